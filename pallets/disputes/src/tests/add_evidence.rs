use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{Evidence, MAX_EVIDENCE},
    ids::OperatorId,
    series::{BatchKey, SeriesKey, Stream},
    Digest,
};
use sp_runtime::traits::BadOrigin;

const ROOT: Digest = [7; 32];

fn file(sender: OperatorId) -> BatchKey {
    SeriesKey {
        sender: tadig(sender),
        recipient: tadig(ALPHA),
        stream: Stream::Tap,
        test: false,
    }
    .file(1)
}

fn record(sender: OperatorId, index: u32) -> Evidence {
    Evidence::Record {
        key: file(sender),
        root: ROOT,
        index,
    }
}

#[test]
fn records_should_be_evidence_when_the_chain_has_verified_their_proof() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        MockEvidence::prove(file(BETA), ROOT, 3);
        MockEvidence::prove(file(STRANGER), ROOT, 3);
        let add = |evidence| Disputes::add_evidence(by(ALPHA), FIRST, evidence);
        assert_noop!(add(record(BETA, 4)), Error::<Test>::RecordNotProven);
        assert_noop!(add(record(STRANGER, 3)), Error::<Test>::FileOfOthers);
        assert_ok!(add(record(BETA, 3)));
        assert_noop!(add(record(BETA, 3)), Error::<Test>::AlreadySubmitted);
        assert_eq!(dispute().evidence[0].by, ALPHA);
        assert!(matches!(
            events().last(),
            Some(Event::EvidenceAdded { by: ALPHA, .. })
        ));
    });
}

#[test]
fn a_party_should_keep_its_room_for_evidence_when_the_other_has_used_up_its_own() {
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        let document = |number: u32| Evidence::Document([u8::try_from(number).unwrap(); 32]);
        for number in 0..MAX_EVIDENCE {
            assert_ok!(Disputes::add_evidence(by(ALPHA), FIRST, document(number)));
        }
        assert_noop!(
            Disputes::add_evidence(by(ALPHA), FIRST, document(99)),
            Error::<Test>::MaxEvidenceExceeded
        );
        for number in 0..MAX_EVIDENCE {
            assert_ok!(Disputes::add_evidence(by(BETA), FIRST, document(number)));
        }
    });
}

#[test]
fn add_evidence_should_be_refused_to_others_and_when_the_dispute_is_over() {
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        raised();
        let document = Evidence::Document([1; 32]);
        assert_noop!(
            Disputes::add_evidence(RuntimeOrigin::none(), FIRST, document),
            BadOrigin
        );
        for other in [STRANGER, ARBITRATORS[0]] {
            assert_noop!(
                Disputes::add_evidence(by(other), FIRST, document),
                Error::<Test>::NotAParty
            );
        }
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        assert_noop!(
            Disputes::add_evidence(by(ALPHA), FIRST, document),
            Error::<Test>::DisputeOver
        );
    });
}
