//! Commitments: they add as numbers do, and nothing but the number and its blinding opens one.

use crate::{blinding, opening, rng, NETWORK};
use curve25519_dalek::ristretto::RistrettoPoint;
use interclear_sealed::{
    commit::{Commitment, Point, PointInvalid},
    derive::{Kind, ViewKey},
    prove::{Blinding, Opening},
    usage::{commit_usage, one_at, Field},
};
use proptest::prelude::*;

/// The order of the group, least octet first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

proptest! {
    #[test]
    fn commitments_should_add_as_numbers_do(one in any::<i64>(), other in any::<i64>()) {
        let (first, second) = (opening(one.into(), 0), opening(other.into(), 1));
        let points = [&first, &second].map(|opening| opening.commit().point().unwrap());
        let (sum, difference) = (first.plus(&second).unwrap(), first.minus(&second).unwrap());
        prop_assert_eq!(points[0].plus(&points[1]).compress(), sum.commit());
        prop_assert_eq!(points[0].minus(&points[1]).compress(), difference.commit());
        prop_assert!(sum.commit().opens(i128::from(one) + i128::from(other), &sum.blinding.expose()));
        let list = [first.commit(), second.commit()];
        prop_assert_eq!(Point::sum(&list).unwrap().compress(), sum.commit());
        prop_assert_eq!(points[0].minus(&points[0]).compress(), Commitment::IDENTITY);
        prop_assert_eq!(points[0].negated().plus(&points[0]), Point::identity());
    }

    #[test]
    fn commitment_should_not_open_when_number_or_blinding_is_another(value in any::<i128>(), other in any::<i128>()) {
        let made = opening(value, 0);
        let shown = made.blinding.expose();
        prop_assert!(made.commit().opens(value, &shown));
        prop_assert!(value == other || !made.commit().opens(other, &shown));
        prop_assert!(!made.commit().opens(value, &blinding(1).expose()));
    }
}

#[test]
fn extreme_numbers_should_be_committed_to() {
    for value in [i128::MIN, i128::MIN + 1, -1, 0, 1, i128::MAX] {
        let made = opening(value, 3);
        assert!(made.commit().opens(value, &made.blinding.expose()));
        let known = Opening {
            value,
            blinding: Blinding::default(),
        };
        assert_eq!(Point::of_number(value).compress(), known.commit());
    }
    assert_eq!(opening(i128::MAX, 0).plus(&opening(1, 1)), None);
    assert_eq!(opening(i128::MIN, 0).minus(&opening(1, 1)), None);
}

#[test]
fn octets_should_be_refused_when_they_are_not_the_one_encoding_of_a_point() {
    assert_eq!(Commitment::IDENTITY.submitted(), Err(PointInvalid::Identity));
    assert!(Commitment::IDENTITY.point().is_ok());
    // RFC 9496, A.3: not canonical, negative, no square, a negative product, and where y is zero.
    for text in [
        "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
        "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
        "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        let octets = hex::decode(text).unwrap().try_into().unwrap();
        assert_eq!(Commitment(octets).point(), Err(PointInvalid::NotAPoint), "{text}");
    }
    assert!(
        Blinding::from_bytes(ORDER).is_none(),
        "a scalar of the order is zero in another form"
    );
    assert!(!Commitment::IDENTITY.opens(0, &ORDER));
    assert!(Commitment::IDENTITY.opens(0, &[0; 32]));
}

#[test]
fn usage_should_be_in_one_commitment() {
    let (voice, data) = (("MOC_LOCAL", Field::Charge), ("GPRS", Field::Quantity));
    let made = commit_usage([(voice, 7), (data, 1 << 95)], &blinding(0)).unwrap();
    let other = commit_usage([(data, 1 << 95), (voice, 7)], &blinding(0)).unwrap();
    assert_eq!(made, other, "in whatever order");
    let none = commit_usage([], &blinding(0)).unwrap().point().unwrap();
    let seven = (0..7).fold(Point::identity(), |sum, _| {
        sum.plus(&one_at(voice).point().unwrap())
    });
    let half = commit_usage([(data, 1 << 95)], &Blinding::default()).unwrap();
    let sum = none.plus(&seven).plus(&half.point().unwrap());
    assert_eq!(made, sum.compress());
    assert_eq!(commit_usage([(data, 1 << 96)], &blinding(0)), None);
}

/// Attack: two numbers under one blinding differ by a small multiple of G, which anybody finds.
#[test]
fn blindings_should_differ_when_anything_of_the_document_does() {
    let view = ViewKey::from_bytes([5; 32]);
    let made = [
        view.blinding(&NETWORK, Kind::Statement, &[6; 32], 0),
        view.blinding(&NETWORK, Kind::Statement, &[6; 32], 1),
        view.blinding(&NETWORK, Kind::Statement, &[7; 32], 0),
        view.blinding(&NETWORK, Kind::Dispute, &[6; 32], 0),
        ViewKey::from_bytes([4; 32]).blinding(&NETWORK, Kind::Statement, &[6; 32], 0),
    ];
    let commitments = made.map(|blinding| {
        Opening {
            value: 653_445,
            blinding,
        }
        .commit()
    });
    for (place, one) in commitments.iter().enumerate() {
        for other in commitments.iter().skip(place + 1) {
            let difference = one.point().unwrap().minus(&other.point().unwrap());
            assert!((-1_000..=1_000).all(|small| difference != Point::of_number(small)));
        }
    }
}

#[test]
fn random_points_should_come_back_from_their_encoding() {
    let mut rng = rng(1);
    for _ in 0..64 {
        let octets = RistrettoPoint::random(&mut rng).compress().0;
        assert_eq!(Commitment(octets).point().unwrap().compress().0, octets);
    }
}
