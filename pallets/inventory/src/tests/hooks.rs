use crate::{mock::*, Groups};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_matching::{Counts, Field, Rule};

#[test]
fn idle_time_should_be_left_alone_when_there_is_nothing_to_do_or_none_of_it() {
    ExtBuilder::build_and_execute(|| {
        assert_eq!(Inventory::on_idle(1, Weight::zero()), Weight::zero());
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        let next = profile(2).with(Field::Currency, Rule::Exact);
        assert_ok!(propose(SELLER + 1, next));
        assert_ok!(sign(BUYER + 1, next));
        assert_eq!(Inventory::on_idle(1, Weight::zero()), Weight::zero());
        idle_long();
        assert_eq!(
            counts(),
            Counts {
                only_at_buyer: 1,
                ..Counts::default()
            }
        );
    });
}

#[test]
#[should_panic(expected = "cannot be matched again")]
fn idle_work_should_fail_in_tests_when_what_is_kept_contradicts_itself() {
    ExtBuilder::build_and_execute(|| {
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        assert_ok!(propose(SELLER + 1, profile(2)));
        assert_ok!(sign(BUYER + 1, profile(2)));
        let _removed = Groups::<Test>::clear(u32::MAX, None);
        idle_long();
    });
}
