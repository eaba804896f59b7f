//! Proofs: an honest one passes; with any field changed it fails.

use crate::{blinding, context, opening, rng};
use interclear_sealed::{
    commit::{Commitment, Point},
    proof::{
        verify_cover, verify_equal, verify_pok, verify_sum, Context, Cover, Object, BLINDING_PROOF, COVER,
        POK,
    },
    prove::{prove_cover, prove_equal, prove_pok, prove_sum, Opening},
    usage::{commit_usage, prove_component, verify_component, Field, Place},
};

/// Each field of the context, changed.
fn other_contexts() -> Vec<Context> {
    let right = context();
    let mut others = vec![
        Context {
            genesis: [0x12; 32],
            ..right
        },
        Context { party: 4, ..right },
        Context {
            document: [8; 32],
            ..right
        },
    ];
    let objects = [
        Object::Statement {
            agreement: 8,
            period: 202_611,
        },
        Object::Statement {
            agreement: 7,
            period: 202_612,
        },
        Object::Undisputed {
            agreement: 7,
            period: 202_611,
        },
        Object::Dispute(7),
        Object::Offer {
            lo: 7,
            hi: 202_611,
            number: 0,
        },
        Object::Position { cycle: 7, round: 0 },
        Object::Question([7; 32]),
    ];
    others.extend(objects.map(|object| Context { object, ..right }));
    others
}

/// Whatever octet of the proof is changed, and whatever its length: it fails, and nothing panics.
fn fails_when_changed(proof: &[u8], verify: impl Fn(&[u8]) -> bool) {
    assert!(verify(proof));
    for place in (0..proof.len()).step_by(if proof.len() > 200 { 13 } else { 1 }) {
        let mut changed = proof.to_vec();
        changed[place] ^= 1;
        assert!(!verify(&changed), "octet {place}");
    }
    // Not canonical: the highest octet of each scalar and point.
    for place in (31..proof.len()).step_by(32) {
        let mut changed = proof.to_vec();
        changed[place] |= 0xf0;
        assert!(!verify(&changed), "octet {place}");
    }
    for length in [0, 31, 32, proof.len() - 32, proof.len() - 1] {
        assert!(!verify(&proof[..length]));
    }
    assert!(!verify(&[proof, &[0]].concat()));
    assert!(!verify(&[proof, &[0; 32]].concat()));
    assert!(!verify(&vec![0; proof.len()]));
}

#[test]
fn pok_should_fail_when_any_field_is_another() {
    let made = opening(-1_234_567, 0);
    let commitment = made.commit();
    let proof = prove_pok(&context(), &commitment, &made, &mut rng(1)).unwrap();
    assert_eq!(proof.len(), POK);
    fails_when_changed(&proof, |proof| verify_pok(&context(), &commitment, proof).is_ok());
    for context in other_contexts() {
        assert!(verify_pok(&context, &commitment, &proof).is_err(), "{context:?}");
    }
    assert!(verify_pok(&context(), &opening(-1_234_567, 1).commit(), &proof).is_err());
    assert!(verify_pok(&context(), &Commitment([0xff; 32]), &proof).is_err());
    assert!(prove_pok(&context(), &commitment, &opening(1, 0), &mut rng(1)).is_err());
    // The rest of a statement of which every line is disputed.
    let nothing = Opening::default();
    let proof = prove_pok(&context(), &Commitment::IDENTITY, &nothing, &mut rng(1)).unwrap();
    assert_eq!(verify_pok(&context(), &Commitment::IDENTITY, &proof), Ok(()));
}

/// Attack: a commitment that another pair has made is submitted as one's own, with its proof, or moved by a number that is known.
#[test]
fn pok_should_fail_when_a_commitment_is_copied_or_shifted() {
    let made = opening(500, 0);
    let proof = prove_pok(&context(), &made.commit(), &made, &mut rng(1)).unwrap();
    let shifted = made
        .commit()
        .point()
        .unwrap()
        .plus(&Point::of_number(1))
        .compress();
    assert!(verify_pok(&context(), &shifted, &proof).is_err());
    let negated = made.commit().point().unwrap().negated().compress();
    assert!(verify_pok(&context(), &negated, &proof).is_err());
    // Nor with the third field of the answer moved along.
    let mut moved = proof.clone();
    moved[32] ^= 1;
    assert!(verify_pok(&context(), &shifted, &moved).is_err());
}

#[test]
fn equal_should_fail_when_any_field_is_another() {
    let (one, other) = (opening(500, 0), opening(500, 1));
    let (first, second) = (one.commit(), other.commit());
    let proof = prove_equal(
        &context(),
        (&first, &one.blinding),
        (&second, &other.blinding),
        &mut rng(1),
    )
    .unwrap();
    assert_eq!(proof.len(), BLINDING_PROOF);
    fails_when_changed(&proof, |proof| {
        verify_equal(&context(), &first, &second, proof).is_ok()
    });
    for context in other_contexts() {
        assert!(verify_equal(&context, &first, &second, &proof).is_err());
    }
    assert!(verify_equal(&context(), &second, &first, &proof).is_err());
    let third = opening(501, 1);
    assert!(prove_equal(
        &context(),
        (&first, &one.blinding),
        (&third.commit(), &third.blinding),
        &mut rng(1)
    )
    .is_err());
}

#[test]
fn sum_should_fail_when_any_field_is_another() {
    let parts = [opening(500, 0), opening(-200, 1), opening(7, 2)];
    let total = parts[0].plus(&parts[1]).unwrap().minus(&parts[2]).unwrap();
    assert_eq!(total.value, 293);
    let summands = [0, 1, 2].map(|place| (parts[place].commit(), place == 2));
    let proof = prove_sum(&context(), &summands, &total, &mut rng(1)).unwrap();
    assert_eq!(proof.len(), BLINDING_PROOF);
    let right = |proof: &[u8]| verify_sum(&context(), &summands, 293, proof).is_ok();
    fails_when_changed(&proof, right);
    for context in other_contexts() {
        assert!(verify_sum(&context, &summands, 293, &proof).is_err());
    }
    assert!(verify_sum(&context(), &summands, 294, &proof).is_err());
    assert!(verify_sum(&context(), &summands, -293, &proof).is_err());
    assert!(verify_sum(&context(), &summands[..2], 293, &proof).is_err());
    for place in 0..3 {
        let mut signs = summands;
        signs[place].1 = !signs[place].1;
        assert!(verify_sum(&context(), &signs, 293, &proof).is_err());
        let mut others = summands;
        others[place].0 = opening(1, 9).commit();
        assert!(verify_sum(&context(), &others, 293, &proof).is_err());
    }
    let mut swapped = summands;
    swapped.swap(0, 1);
    assert!(
        verify_sum(&context(), &swapped, 293, &proof).is_err(),
        "the same sum, but not what was asked"
    );
    assert!(prove_sum(&context(), &summands, &opening(293, 0), &mut rng(1)).is_err());
}

const SERVICES: [&str; 3] = ["GPRS", "MOC_LOCAL", "SMS_MO"];

fn usage(place: Place<'_>) -> u128 {
    match place {
        ("GPRS", Field::Charge) => 123_456,
        ("GPRS", Field::Quantity) => 99,
        ("SMS_MO", Field::Tax) => 7,
        _ => 0,
    }
}

#[test]
fn component_should_fail_when_any_field_is_another() {
    let places = SERVICES
        .iter()
        .flat_map(|service| Field::ALL.map(|field| (*service, field)));
    let commitment = commit_usage(places.map(|place| (place, usage(place))), &blinding(0)).unwrap();
    let place = ("GPRS", Field::Charge);
    let proof = prove_component(
        &context(),
        &SERVICES,
        &commitment,
        place,
        usage,
        &blinding(0),
        &mut rng(1),
    )
    .unwrap();
    assert_eq!(proof.len(), 32 + 32 * 12);
    let verify =
        |context: &Context, services: &[&str], commitment: &Commitment, place, number, proof: &[u8]| {
            verify_component(context, services, commitment, place, number, proof).is_ok()
        };
    fails_when_changed(&proof, |proof| {
        verify(&context(), &SERVICES, &commitment, place, 123_456, proof)
    });
    for context in other_contexts() {
        assert!(!verify(&context, &SERVICES, &commitment, place, 123_456, &proof));
    }
    assert!(!verify(
        &context(),
        &SERVICES,
        &commitment,
        place,
        123_457,
        &proof
    ));
    assert!(!verify(
        &context(),
        &SERVICES,
        &commitment,
        ("GPRS", Field::Tax),
        123_456,
        &proof
    ));
    assert!(!verify(
        &context(),
        &SERVICES,
        &commitment,
        ("SMS_MO", Field::Charge),
        123_456,
        &proof
    ));
    assert!(!verify(
        &context(),
        &["GPRS", "SMS_MO", "MOC_LOCAL"],
        &commitment,
        place,
        123_456,
        &proof
    ));
    let other = commit_usage([(place, 123_456)], &blinding(0)).unwrap();
    assert!(!verify(&context(), &SERVICES, &other, place, 123_456, &proof));
    let false_one = |place: Place<'_>| usage(place) + 1;
    assert!(prove_component(
        &context(),
        &SERVICES,
        &commitment,
        place,
        false_one,
        &blinding(0),
        &mut rng(1)
    )
    .is_err());
}

#[test]
fn cover_should_fail_when_any_field_is_another() {
    let made = opening(-1_000, 0);
    let cover = Cover {
        sealed: made.commit(),
        clear: 300,
        hold: 800,
    };
    let proof = prove_cover(&context(), &cover, &made, &mut rng(1)).unwrap();
    assert_eq!(proof.len(), COVER);
    fails_when_changed(&proof, |proof| verify_cover(&context(), &cover, proof).is_ok());
    for context in other_contexts() {
        assert!(verify_cover(&context, &cover, &proof).is_err());
    }
    let others = [
        Cover {
            sealed: opening(-1_000, 1).commit(),
            ..cover
        },
        Cover {
            sealed: Commitment([0xff; 32]),
            ..cover
        },
        Cover { clear: 301, ..cover },
        Cover { clear: 299, ..cover },
        Cover { hold: 801, ..cover },
        // The same sum of both, in other parts.
        Cover {
            clear: 299,
            hold: 801,
            ..cover
        },
    ];
    for other in others {
        assert!(verify_cover(&context(), &other, &proof).is_err(), "{other:?}");
    }
}

#[test]
fn cover_should_be_proven_when_and_only_when_nothing_is_missing() {
    let cover = |value: i128, clear: i128, hold: u128| {
        let made = opening(value, 0);
        let cover = Cover {
            sealed: made.commit(),
            clear,
            hold,
        };
        prove_cover(&context(), &cover, &made, &mut rng(2))
            .is_ok_and(|proof| verify_cover(&context(), &cover, &proof).is_ok())
    };
    assert!(cover(-1_100, 300, 800));
    assert!(!cover(-1_101, 300, 800));
    assert!(cover(0, 0, 0));
    assert!(!cover(0, -1, 0));
    assert!(cover(i128::from(u64::MAX), 0, 0));
    assert!(!cover(i128::from(u64::MAX), 0, 1));
    assert!(!cover(i128::MIN, -1, 0));
    assert!(!cover(i128::MAX, 1, u128::MAX));
    assert!(prove_cover(
        &context(),
        &Cover {
            sealed: opening(5, 1).commit(),
            clear: 0,
            hold: 0
        },
        &opening(5, 0),
        &mut rng(2)
    )
    .is_err());
}

/// Attack: the same nonces for two challenges give the witness away.
#[test]
fn nonces_should_differ_when_the_source_of_randomness_repeats_itself() {
    let (one, other) = (opening(1, 0), opening(2, 0));
    let first = prove_pok(&context(), &one.commit(), &one, &mut rng(1)).unwrap();
    let second = prove_pok(&context(), &other.commit(), &other, &mut rng(1)).unwrap();
    let again = prove_pok(&other_contexts()[0], &one.commit(), &one, &mut rng(1)).unwrap();
    assert_ne!(first[..32], second[..32]);
    assert_ne!(first[..32], again[..32]);
}
