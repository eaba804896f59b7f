use super::*;
use crate::WeightInfo;
use frame_support::{traits::Hooks, weights::Weight};

fn idle(steps: u64) -> Weight {
    let limit = <()>::evict_base().saturating_add(<()>::evict_step().saturating_mul(steps));
    let used = Validators::on_idle(1, limit);
    assert!(used.all_lte(limit), "more than it was given: {used:?}");
    used
}

#[test]
fn offence_should_be_removed_when_it_has_been_kept_for_its_time() {
    execute(|| {
        assert_ok!(report(4, 1));
        turn_sessions(3);
        assert_ok!(report(4, 2));
        turn_sessions(KEPT - 3);
        idle(9);
        assert_eq!(Validators::validator_record(&4).1.len(), 2);
        turn_session();
        idle(9);
        assert_eq!(Validators::validator_record(&4).1.len(), 1);
        turn_sessions(3);
        idle(9);
        assert_eq!(Validators::validator_record(&4).1.len(), 0);
        assert!(
            Registered::<Test>::get(4).unwrap().disabled,
            "that takes the council"
        );
    });
}

#[test]
fn offences_should_be_removed_in_parts_when_there_is_little_room() {
    execute(|| {
        assert_ok!(report(3, 1));
        assert_ok!(report(4, 1));
        turn_sessions(KEPT + 1);
        assert_eq!(Validators::on_idle(1, Weight::zero()), Weight::zero());
        idle(0);
        assert_eq!(crate::OffencesOf::<Test>::iter().count(), 2);
        idle(1);
        assert_eq!(crate::OffencesOf::<Test>::iter().count(), 1);
        idle(1);
        assert_eq!(crate::OffencesOf::<Test>::iter().count(), 0);
        idle(0);
        // Nothing more to do before the session turns.
        assert_eq!(idle(5), <()>::evict_base());
    });
}

#[test]
fn constants_should_make_sense() {
    Validators::integrity_test();
}
