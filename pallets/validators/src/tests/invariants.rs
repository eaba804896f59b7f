//! Random sequences of calls by anybody at any time: every record stays consistent, an error changes nothing, a disabled validator
//! makes no blocks, and somebody always does.

use super::*;
use frame_support::traits::Hooks;
use proptest::prelude::*;
use sp_runtime::StateVersion;

const ACCOUNTS: [u64; 8] = [1, 2, 3, 4, 5, 6, CLERK, 99];
const KEYS: [Sr25519Keyring; 8] = [
    Sr25519Keyring::Alice,
    Sr25519Keyring::Bob,
    Sr25519Keyring::Charlie,
    Sr25519Keyring::Dave,
    Sr25519Keyring::Eve,
    Sr25519Keyring::Ferdie,
    Sr25519Keyring::One,
    Sr25519Keyring::Two,
];

#[derive(Clone, Debug)]
enum Step {
    Add(usize),
    Remove(usize),
    Retire(usize),
    Peers(usize, Vec<u8>),
    Reenable(usize),
    Keys(usize, usize),
    Report(usize, u64),
    Suspend(bool),
    Readmit(bool),
    Stall(u64),
    Enact,
    Blocks(Vec<u64>),
    Turn(u32),
    Idle,
}

fn steps() -> impl Strategy<Value = Step> {
    let who = || 0..ACCOUNTS.len();
    prop_oneof![
        4 => who().prop_map(Step::Add),
        3 => who().prop_map(Step::Remove),
        1 => who().prop_map(Step::Retire),
        1 => (who(), prop::collection::vec(0..5u8, 0..4)).prop_map(|(who, peers)| Step::Peers(who, peers)),
        3 => who().prop_map(Step::Reenable),
        5 => (who(), 0..KEYS.len()).prop_map(|(who, key)| Step::Keys(who, key)),
        3 => (who(), 0..40u64).prop_map(|(who, round)| Step::Report(who, round)),
        1 => any::<bool>().prop_map(Step::Suspend),
        1 => any::<bool>().prop_map(Step::Readmit),
        1 => (0..3u64).prop_map(Step::Stall),
        1 => Just(Step::Enact),
        4 => prop::collection::vec(1..9u64, 1..8).prop_map(Step::Blocks),
        5 => (1..4u32).prop_map(Step::Turn),
        2 => Just(Step::Idle),
    ]
}

fn operator(alpha: bool) -> interclear_primitives::ids::OperatorId {
    if alpha {
        ALPHA
    } else {
        BETA
    }
}

/// Whether a call succeeded; `None` for what is not a call.
fn take(step: &Step) -> Option<bool> {
    let done = match step {
        Step::Add(who) => add(ACCOUNTS[*who]),
        Step::Remove(who) => remove(ACCOUNTS[*who]),
        Step::Retire(who) => retire(ACCOUNTS[*who]),
        Step::Peers(who, peers) => set_peers(ACCOUNTS[*who], peers),
        Step::Reenable(who) => reenable(ACCOUNTS[*who]),
        // The runtime refuses keys while a forced change is under way.
        Step::Keys(..) if Validators::is_forcing() => return None,
        Step::Keys(who, key) => set_keys(ACCOUNTS[*who], KEYS[*key]),
        Step::Report(who, round) => report(ACCOUNTS[*who], *round),
        Step::Stall(delay) => note_stalled(*delay, System::block_number() - 1),
        other => {
            match other {
                Step::Suspend(alpha) => {
                    MockOperators::suspend(operator(*alpha));
                }
                Step::Readmit(alpha) => {
                    MockOperators::readmit(operator(*alpha));
                }
                Step::Enact => Changing::set(false),
                Step::Blocks(gaps) => gaps.iter().for_each(|gap| block(slot() + gap)),
                Step::Turn(count) => turn_sessions(*count),
                _ => {
                    Validators::on_idle(1, frame_support::weights::Weight::MAX);
                }
            }
            return None;
        }
    };
    Some(done.is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn records_should_stay_consistent_when_anybody_calls_anything(steps in prop::collection::vec(steps(), 1..60)) {
        new_test_ext().execute_with(|| {
            for step in &steps {
                let before = sp_io::storage::root(StateVersion::V1);
                let set = Session::validators();
                let forcing = Changing::get();
                if take(step) == Some(false) {
                    prop_assert_eq!(&before, &sp_io::storage::root(StateVersion::V1), "{:?}", step);
                }
                let state = Validators::do_try_state();
                prop_assert!(state.is_ok(), "{:?} after {:?}", state, step);
                if forcing && Changing::get() {
                    prop_assert_eq!(&set, &Session::validators(), "a change was lost to finality by {:?}", step);
                }
                for who in Session::validators() {
                    let able = Session::validators().into_iter().filter(|one| makes_blocks(*one)).count();
                    let disabled = Registered::<Test>::get(who).is_some_and(|record| record.disabled);
                    prop_assert!(!(disabled && makes_blocks(who)) || able == 1, "{} after {:?}", who, step);
                }
            }
            Ok(())
        })?;
    }
}
