use crate::mock::*;
use interclear_primitives::{ids::RedemptionId, DAY};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Redeem(bool, u128),
    Confirm(u64),
    Return(bool, u64),
    Freeze(bool),
    Thaw(bool),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any::<bool>(), 0..400_000u128).prop_map(|(who, amount)| Step::Redeem(who, amount)),
        2 => (0..12u64).prop_map(Step::Confirm),
        2 => (any::<bool>(), 0..12u64).prop_map(|(who, id)| Step::Return(who, id)),
        1 => any::<bool>().prop_map(Step::Freeze),
        1 => any::<bool>().prop_map(Step::Thaw),
        2 => (0..2 * DAY).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_calls_should_break_an_invariant(steps in prop::collection::vec(step(), 1..60)) {
        execute(|| {
            let holder = |first| if first { ALPHA } else { BETA };
            for step in steps {
                let before = Assets::total_supply(TOKEN);
                let mut burnt = 0;
                // Calls may fail; what counts is the state that they leave.
                match step {
                    Step::Redeem(who, amount) => {
                        let _ = Issuance::redeem(by(treasury(holder(who))), TOKEN, amount, reference("X"));
                    }
                    Step::Confirm(id) => {
                        let found = crate::Redemptions::<Test>::get(RedemptionId(id));
                        if Issuance::confirm_redemption(by(treasury(ISSUER)), RedemptionId(id), reference("Y")).is_ok() {
                            burnt = found.unwrap().redemption.amount;
                        }
                    }
                    Step::Return(who, id) => {
                        let _ = Issuance::return_redemption(by(treasury(holder(who))), RedemptionId(id));
                    }
                    Step::Freeze(who) => drop(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(holder(who)))),
                    Step::Thaw(who) => drop(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(holder(who)))),
                    Step::Wait(seconds) => MockClock::advance(seconds),
                }
                Issuance::do_try_state().unwrap();
                assert_eq!(Assets::total_supply(TOKEN), before - burnt);
            }
        });
    }
}
