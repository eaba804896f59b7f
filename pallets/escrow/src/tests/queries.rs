use crate::{mock::*, Pallet};
use frame_support::assert_ok;

#[test]
fn escrows_should_be_by_direction_when_one_is_open() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(Pallet::<Test>::escrows(AGREEMENT), [None, None]);
        assert_ok!(deposit(300));
        assert_eq!(Pallet::<Test>::escrows(AGREEMENT), [Some(escrow()), None]);
    });
}
