use super::*;
use crate::{Rates, Submissions};

const RATE: u128 = 1_312_345_000;

fn submit(who: u64) -> sp_runtime::DispatchResult {
    feed(who, USD, NEXT, RATE, QUOTED)
}

#[test]
fn feed_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        appoint();
        let call = || Call::feed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
        };
        for origin in [RawOrigin::None, RawOrigin::Root] {
            assert_noop!(dispatch(origin, call()), DispatchError::BadOrigin);
        }
        assert_noop!(submit(99), NOT_A_DESK);
        assert_noop!(submit(TREASURY), WRONG_ROLE);
        assert_noop!(submit(OTHER_DESK), Reason::NotAFeeder);
        MockOperators::suspend(FEEDERS[0]);
        assert_noop!(submit(DESKS[0]), SUSPENDED);
    });
}

#[test]
fn rate_should_be_fixed_when_a_quorum_has_submitted_it() {
    execute(|| {
        appoint();
        events();
        let submitted = |feeder, equal| Event::RateSubmitted {
            feeder,
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
            equal,
            quorum: 2,
        };
        assert_ok!(submit(DESKS[0]));
        assert_eq!(events(), [submitted(FEEDERS[0], 1)]);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        // The same operator again is not a quorum.
        assert_ok!(submit(DESKS[0]));
        assert_eq!(events(), [submitted(FEEDERS[0], 1)]);
        assert_ok!(submit(DESKS[2]));
        let fixed = Event::RateFixed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
            source: RateSource::Feeders,
        };
        assert_eq!(events(), [submitted(FEEDERS[2], 2), fixed]);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
        assert!(Submissions::<Test>::get(NEXT, USD).is_none());
        assert_noop!(submit(DESKS[1]), Reason::AlreadyFixed);
        assert_eq!(Tariffs::fixed_rate(USD, NOW), None);
        assert_eq!(Tariffs::fixed_rate(Currency::SDR, NEXT), Some(SdrRate::SDR));
    });
}

#[test]
fn submissions_should_count_when_rate_and_day_are_equal() {
    execute(|| {
        appoint();
        assert_ok!(submit(DESKS[0]));
        assert_ok!(feed(DESKS[1], USD, NEXT, RATE + 1, QUOTED));
        assert_ok!(feed(DESKS[2], USD, NEXT, RATE, QuoteDate(20261222)));
        assert!(!Rates::<Test>::contains_key(NEXT, USD));
        assert_eq!(Submissions::<Test>::get(NEXT, USD).map(|all| all.len()), Some(3));
        assert_ok!(submit(DESKS[1]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
    });
}

#[test]
fn submission_should_not_count_when_its_feeder_is_dismissed() {
    execute(|| {
        appoint();
        assert_ok!(submit(DESKS[0]));
        assert_ok!(set_feeders(&FEEDERS[1..], 2, &[USD]));
        assert_ok!(submit(DESKS[1]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        assert_ok!(submit(DESKS[2]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
    });
}

#[test]
fn feed_should_be_refused_when_the_quotation_is_not_of_the_23rd() {
    execute(|| {
        appoint();
        for wrong in [20261217, 20261224, 20261123, 20270118, 0] {
            assert_noop!(
                feed(DESKS[0], USD, NEXT, RATE, QuoteDate(wrong)),
                Reason::WrongQuoteDate
            );
        }
        MockClock::set(QuoteDate(20261218).start() - 1);
        assert_noop!(
            feed(DESKS[0], USD, NEXT, RATE, QuoteDate(20261218)),
            Reason::NotQuotedYet
        );
        MockClock::set(QuoteDate(20261218).start());
        assert_ok!(feed(DESKS[0], USD, NEXT, RATE, QuoteDate(20261218)));
        assert_noop!(submit(DESKS[0]), Reason::NotQuotedYet);
        // The month after next has no day of quotation yet.
        let after = feed(DESKS[0], USD, NEXT.next(), RATE, QuoteDate::of(NEXT.next()));
        assert_noop!(after, Reason::NotQuotedYet);
        MockClock::set(NEXT.start() - 1);
        assert_ok!(submit(DESKS[1]));
        MockClock::set(NEXT.start());
        assert_noop!(submit(DESKS[2]), Reason::MonthBegun);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
    });
}

#[test]
fn feed_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        appoint();
        assert_noop!(
            feed(DESKS[0], Currency(*b"usd"), NEXT, RATE, QUOTED),
            Reason::InvalidCurrency
        );
        assert_noop!(
            feed(DESKS[0], Currency::SDR, NEXT, RATE, QUOTED),
            Reason::RateOfSdr
        );
        assert_noop!(
            feed(DESKS[0], Currency::EUR, NEXT, RATE, QUOTED),
            Reason::NotQuoted
        );
        assert_noop!(
            feed(DESKS[0], USD, Period(202713), RATE, QUOTED),
            Reason::InvalidPeriod
        );
        assert_noop!(feed(DESKS[0], USD, NEXT, 0, QUOTED), Reason::ZeroRate);
    });
}

#[test]
fn feed_should_be_refused_when_the_rate_jumps_or_looks_like_its_reciprocal() {
    execute(|| {
        appoint();
        let before = 1_300_000_000;
        assert_ok!(set_rate(USD, NOW, before, QuoteDate(20261123)));
        events();
        // One divided by 1.3 is 0.769: SDR per dollar in place of dollars per SDR.
        for wrong in [
            before / 10,
            before * 10,
            769_230_769,
            1_560_000_001,
            1_039_999_999,
        ] {
            for desk in [DESKS[0], DESKS[1]] {
                assert_noop!(feed(desk, USD, NEXT, wrong, QUOTED), Reason::RateLooksWrong);
            }
        }
        // Whoever may not submit at all is told so first.
        assert_noop!(
            feed(OTHER_DESK, USD, NEXT, 769_230_769, QUOTED),
            Reason::NotAFeeder
        );
        assert_eq!(events(), []);
        for right in [1_560_000_000, 1_040_000_000] {
            assert_ok!(feed(DESKS[0], USD, NEXT, right, QUOTED));
        }
        // The franc has no rate before.
        assert_ok!(feed(DESKS[0], CHF, NEXT, 769_230_769, QUOTED));
    });
}

#[test]
fn rate_that_jumps_should_be_fixed_when_the_council_sets_it() {
    execute(|| {
        appoint();
        assert_ok!(set_rate(USD, NOW, 1_300_000_000, QuoteDate(20261123)));
        assert_noop!(
            feed(DESKS[0], USD, NEXT, 2_000_000_000, QUOTED),
            Reason::RateLooksWrong
        );
        govern_wrongly(|| Call::set_rate {
            currency: USD,
            period: NEXT,
            rate: SdrRate(2_000_000_000),
            quoted: QUOTED,
        });
        assert_ok!(set_rate(USD, NEXT, 2_000_000_000, QUOTED));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(2_000_000_000)));
    });
}
