//! Whatever is called, in whatever order: `try_state` holds, and what is refused changes nothing.

use crate::{mock::*, types::Versions};
use frame_support::assert_ok;
use interclear_primitives::{
    channel::{Suite, SuiteStatus},
    ids::OperatorId,
    DAY,
};
use proptest::prelude::*;
use sp_io::storage::root;
use sp_runtime::StateVersion;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn try_state_should_hold_when_anything_is_called(
        steps in prop::collection::vec((0u8..10, 0u8..3, 0u8..3, 0u32..4), 0..120),
    ) {
        build().execute_with(|| {
            let mut next = 1u8;
            for (what, one, other, number) in steps {
                let (from, to) = (OperatorId(u32::from(one) + 1), OperatorId(u32::from(other) + 1));
                let admin = u64::from(from.0) * 10;
                let last = interclear_primitives::channel::Pair::of(from, to)
                    .and_then(crate::Channels::<Test>::get)
                    .map_or(0, |channel| channel.last);
                let epoch = last.saturating_sub(number);
                let before = root(StateVersion::V1);
                let result = match what {
                    0 => {
                        next = next.wrapping_add(1);
                        set_key(admin, next % 100)
                    }
                    1 => Sealing::revoke_sealing_key(origin(admin), to, number),
                    2 => {
                        let versions = Versions { own: number, partner: number };
                        offer_with(commercial(from), to, last + 1, versions)
                    }
                    3 => offer(from, to, last + 1),
                    4 | 5 => accept(from, to, epoch),
                    6 => close(from, to, epoch),
                    7 => resend(from, to, epoch, 1),
                    8 => {
                        let status = [SuiteStatus::Active, SuiteStatus::Active, SuiteStatus::Retired];
                        Sealing::set_suite(council(), Suite::X25519, status[usize::from(one)])
                    }
                    _ => {
                        wait(DAY / 2);
                        Ok(())
                    }
                };
                if result.is_err() {
                    assert_eq!(before, root(StateVersion::V1), "what is refused changes nothing");
                }
                assert_ok!(Sealing::do_try_state());
            }
        });
    }
}
