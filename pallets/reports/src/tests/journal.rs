//! What reports add to the running digest of the month that bills them, worked out once more from events.

use super::*;
use codec::Encode;
use interclear_primitives::Digest;

/// As an archive does it: knows nothing of the state but that its own octets are right.
fn recomputed() -> Digest {
    let all = System::read_events_for_pallet::<crate::Event<Test>>();
    all.into_iter().fold([0; 32], |before: Digest, event| {
        let step = match event {
            crate::Event::UsageReported {
                pair,
                side,
                version,
                agreement: AGREEMENT,
                billed_with: OCTOBER,
                digest,
            } => (6u8, (pair, side, version), digest).encode(),
            crate::Event::UsageAffirmed {
                pair,
                side,
                version,
                agreement: AGREEMENT,
                billed_with: OCTOBER,
            } => (7u8, (pair, side, version)).encode(),
            crate::Event::UsageConcluded {
                pair,
                disputed,
                agreement: AGREEMENT,
                billed_with: OCTOBER,
            } => (8u8, (pair, disputed)).encode(),
            _ => return before,
        };
        sp_io::hashing::blake2_256(&[before.to_vec(), step].concat())
    })
}

fn running() -> Digest {
    MockUsage::period_usage(AGREEMENT, OCTOBER).running_digest
}

#[test]
fn running_digest_should_be_told_by_events_alone_when_reports_come_and_are_corrected() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        let first = running();
        assert!(first != [0; 32]);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 901, 4_500)]));
        assert_eq!(running(), recomputed());
        assert_ok!(affirm(VISITED_DESK, 2));
        assert_eq!(running(), recomputed());
        // What is refused is no step.
        let before = running();
        assert!(affirm(VISITED_DESK, 2).is_err());
        assert_eq!(running(), before);
    });
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(running(), recomputed());
    });
}
