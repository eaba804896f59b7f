use crate::{mock::*, Error, Event, Proposals};
use frame_support::{assert_noop, assert_ok};
use interclear_matching::{Counts, Field, Rule};

#[test]
fn sign_profile_should_be_refused_when_it_is_not_the_other_sides_to_sign() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(sign(SELLER + 1, profile(1)), Error::<Test>::ProposalNotFound);
        assert_ok!(propose(BUYER + 1, profile(1)));
        assert_noop!(sign(BUYER + 1, profile(1)), Error::<Test>::AlreadySigned);
        assert_noop!(sign(THIRD + 1, profile(1)), Error::<Test>::NotAParty);
        assert!(sign(SELLER, profile(1)).is_err());
        assert!(sign(STRANGER, profile(1)).is_err());
    });
}

#[test]
fn sign_profile_should_be_refused_when_the_proposal_was_changed_since_it_was_seen() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(propose(BUYER + 1, profile(1)));
        assert_ok!(propose(
            BUYER + 1,
            profile(1).with(Field::Recurring, Rule::Percent(900_000))
        ));
        assert_noop!(sign(SELLER + 1, profile(1)), Error::<Test>::OtherProfile);
    });
}

#[test]
fn profile_should_be_in_force_for_all_records_when_idle_time_has_come() {
    ExtBuilder::build_and_execute(|| {
        signed();
        for number in 0..6 {
            assert_ok!(report(
                BUYER,
                &[record(&format!("B{number}"), &format!("S{number}"), 100)]
            ));
            assert_ok!(report(SELLER, &[record("", &format!("S{number}"), 101)]));
        }
        assert_eq!(
            counts(),
            Counts {
                partial: 6,
                ..Counts::default()
            }
        );
        events();
        let lenient = profile(2).with(Field::Recurring, Rule::Percent(100_000));
        assert_ok!(propose(SELLER + 1, lenient));
        assert_ok!(sign(BUYER + 1, lenient));
        assert_eq!(counts().partial, 6, "nothing is matched by it yet");
        assert_ok!(propose(SELLER + 1, profile(3)));
        assert_noop!(sign(BUYER + 1, profile(3)), Error::<Test>::RematchNotFinished);
        idle(4);
        assert_ok!(Inventory::do_try_state());
        assert!(counts().partial < 6 && counts().matched < 6);
        events();
        idle_long();
        assert_eq!(
            counts(),
            Counts {
                matched: 6,
                ..Counts::default()
            }
        );
        assert_eq!(
            events(),
            [Event::Rematched {
                relation: relation(),
                version: 2
            }]
        );
        assert_ok!(sign(BUYER + 1, profile(3)));
        assert_eq!(Proposals::<Test>::get(relation()), None);
        idle_long();
    });
}
