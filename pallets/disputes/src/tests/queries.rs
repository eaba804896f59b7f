use crate::mock::*;
use frame_support::assert_ok;
use interclear_primitives::{dispute::DisputeKind, ids::DisputeId, period::Period};

#[test]
fn disputes_should_be_found_by_their_statement_and_by_who_has_a_say() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(raise(
            BETA,
            reverse_data(),
            DisputeKind::Rate,
            figures(200, 5_000)
        ));
        let numbers = |found: Vec<(DisputeId, _)>| -> Vec<u64> {
            let mut ids: Vec<u64> = found.into_iter().map(|(id, _)| id.0).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(numbers(Disputes::disputes_on(AGREEMENT, JANUARY)), [0, 1]);
        assert!(Disputes::disputes_on(AGREEMENT, Period(202602)).is_empty());
        assert_eq!(numbers(Disputes::open_disputes(ALPHA, None)), [0, 1]);
        assert_eq!(numbers(Disputes::open_disputes(BETA, None)), [0, 1]);
        // Each page goes on where the one before stopped.
        let first = Disputes::open_disputes(BETA, None)[0].0;
        let rest = Disputes::open_disputes(BETA, Some(first));
        assert_eq!(rest.len(), 1);
        assert!(Disputes::open_disputes(BETA, Some(rest[0].0)).is_empty());
        assert!(Disputes::open_disputes(STRANGER, None).is_empty());
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        assert_eq!(numbers(Disputes::open_disputes(ALPHA, None)), [1]);
        assert_eq!(numbers(Disputes::disputes_on(AGREEMENT, JANUARY)), [0, 1]);
    });
}
