use super::*;
use crate::FeederSet;

#[test]
fn set_feeders_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        govern_wrongly(|| Call::set_feeders {
            operators: FEEDERS.to_vec().try_into().expect("three are few"),
            quorum: 2,
            currencies: vec![USD].try_into().expect("one is few"),
        });
    });
}

#[test]
fn feeders_should_replace_those_before_when_they_are_appointed() {
    execute(|| {
        let [a, b, c] = FEEDERS;
        assert_ok!(set_feeders(&[c, a, b], 2, &[USD, CHF]));
        let appointed = FeederSet::<Test>::get();
        assert_eq!(appointed.operators.to_vec(), [a, b, c]);
        assert_eq!(appointed.currencies.to_vec(), [CHF, USD]);
        assert_eq!(
            events(),
            [Event::FeedersAppointed {
                operators: appointed.operators,
                quorum: 2
            }]
        );
        assert_ok!(set_feeders(&[], 0, &[]));
        assert_eq!(FeederSet::<Test>::get(), Feeders::default());
    });
}

#[test]
fn set_feeders_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        let [a, b, c] = FEEDERS;
        assert_noop!(set_feeders(&[OperatorId(9)], 1, &[]), Reason::OperatorNotActive);
        assert_noop!(set_feeders(&[a, b, a], 2, &[]), Reason::DuplicateFeeder);
        assert_noop!(set_feeders(&[a], 1, &[USD, USD]), Reason::DuplicateCurrency);
        assert_noop!(set_feeders(&[a], 1, &[Currency::SDR]), Reason::RateOfSdr);
        assert_noop!(
            set_feeders(&[a], 1, &[Currency(*b"us$")]),
            Reason::InvalidCurrency
        );
        for (operators, quorum) in [
            (&[a, b, c][..], 1),
            (&[a, b, c], 4),
            (&[a, b], 1),
            (&[a], 0),
            (&[], 1),
        ] {
            assert_noop!(set_feeders(operators, quorum, &[]), Reason::QuorumOutOfRange);
        }
        MockOperators::suspend(b);
        assert_noop!(set_feeders(&[a, b], 2, &[]), Reason::OperatorNotActive);
    });
}
