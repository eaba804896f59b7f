//! Whatever is called, in whatever order: `try_state` holds.

use crate::mock::*;
use frame_support::assert_ok;
use interclear_matching::{Field, Rule};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn try_state_should_hold_when_anything_is_called(
        steps in prop::collection::vec((0u8..8, 0u8..6, 0u8..4, 0u64..3), 0..60),
    ) {
        ExtBuilder::build().execute_with(|| {
            signed();
            let mut version = 1;
            for (what, own, other, price) in steps {
                let (own, other) = (format!("X{own}"), format!("X{other}"));
                let _ = match what {
                    0..=2 => report(BUYER, &[record(&own, &other, price)]),
                    3..=4 => report(SELLER, &[record(&other, &own, price)]),
                    5 => withdraw(if price == 0 { BUYER } else { SELLER }, &own),
                    6 => {
                        let key = if price == 0 { Field::BuyerId } else { Field::SellerId };
                        let next = profile(version + 1)
                            .with(Field::SellerId, Rule::Informative)
                            .with(key, Rule::Key);
                        let signed = propose(SELLER + 1, next).and_then(|()| sign(BUYER + 1, next));
                        version += u32::from(signed.is_ok());
                        Ok(())
                    }
                    _ => {
                        idle(price as u32);
                        Ok(())
                    }
                };
                assert_ok!(Inventory::do_try_state());
            }
            idle_long();
            assert_ok!(Inventory::do_try_state());
        });
    }
}
