//! What a file costs in state.

use crate::mock::*;
use frame_support::{assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_ports::Usage;
use interclear_primitives::DAY;

/// Octets of all keys and values.
fn state() -> usize {
    let (mut sum, mut key) = (0, Vec::new());
    while let Some(next) = sp_io::storage::next_key(&key) {
        sum += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
        key = next;
    }
    sum
}

#[test]
fn state_should_grow_by_half_a_kilobyte_when_a_file_comes() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all(1..=100);
        System::reset_events();
        let before = state();
        anchor_all(101..=300);
        System::reset_events();
        let each = (state() - before) / 200;
        println!("a TAP file with two services takes {each} octets of state");
        assert!((300..500).contains(&each), "{each}");

        let before = state();
        let files = (1..=50).map(nrtrde).collect();
        assert_ok!(Anchoring::anchor_nrtrde(
            origin(VISITED_DESK),
            BoundedVec::truncate_from(files)
        ));
        System::reset_events();
        let each = (state() - before) / 50;
        println!("an NRTRDE file takes {each} octets of state");
        assert!((200..300).contains(&each), "{each}");

        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockClock::advance(122 * DAY);
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        System::reset_events();
        // Series, month, running totals and NRTRDE figures stay, whatever the number of files.
        println!("{} octets stay", state());
        assert!(state() < 2_000, "{}", state());
    });
}
