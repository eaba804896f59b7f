//! Channels: both sides come to one key, and a box opens for whom and for what it is meant.

use crate::{rng, NETWORK};
use curve25519_dalek::{montgomery::MontgomeryPoint, scalar::Scalar};
use interclear_sealed::{
    channel::{contribute, seal, BoxInvalid, KeyVersion, Message, Recipient, Resent, SealingKeypair},
    derive::{Network, Pair, PairKey, Side},
    suite::{KeyInvalid, Suite},
};

fn message(suite: Suite) -> Message {
    let key = |operator, version| KeyVersion { operator, version };
    Message {
        network: NETWORK,
        suite,
        epoch: 4,
        from: key(9, 1),
        to: key(3, 2),
    }
}

#[test]
fn both_sides_should_come_to_the_same_key_when_a_channel_is_accepted() {
    for suite in Suite::ALL {
        let (a, b) = (SealingKeypair::generate(suite), SealingKeypair::generate(suite));
        let pair = Pair::of(9, 3).unwrap();
        let offer = message(suite);
        let answer = Message {
            from: offer.to,
            to: offer.from,
            ..offer
        };
        let (of_a, of_b) = (contribute(&mut rng(1)), contribute(&mut rng(2)));
        let to_b = offer.seal(Recipient::Partner, &b.public(), &of_a).unwrap();
        let to_a = answer.seal(Recipient::Partner, &a.public(), &of_b).unwrap();
        let kept = offer.seal(Recipient::Oneself, &a.public(), &of_a).unwrap();
        assert_eq!(to_b.len(), suite.sealed_key());
        let at_b = PairKey::new(
            &NETWORK,
            pair,
            4,
            &of_b,
            &offer.open(Recipient::Partner, &b, &to_b).unwrap(),
        );
        let restored = offer.open(Recipient::Oneself, &a, &kept).unwrap();
        let at_a = PairKey::new(
            &NETWORK,
            pair,
            4,
            &answer.open(Recipient::Partner, &a, &to_a).unwrap(),
            &restored,
        );
        assert_eq!(at_a, at_b);
        assert_eq!(at_a.confirm(&NETWORK, Side::Lo), at_b.confirm(&NETWORK, Side::Lo));
        assert_ne!(at_a.confirm(&NETWORK, Side::Lo), at_a.confirm(&NETWORK, Side::Hi));
        let resent = Resent {
            network: NETWORK,
            suite,
            epoch: 4,
            from: 3,
            to: KeyVersion {
                operator: 9,
                version: 2,
            },
        };
        let new = SealingKeypair::generate(suite);
        let sealed = resent.seal(&new.public(), &at_b).unwrap();
        assert_eq!(resent.open(&new, &sealed).unwrap(), at_a);
        assert_eq!(resent.open(&a, &sealed), Err(BoxInvalid::NotOpened));
    }
}

#[test]
fn box_should_not_open_when_anything_of_its_message_is_another() {
    for suite in Suite::ALL {
        let key = SealingKeypair::generate(suite);
        let right = message(suite);
        let sealed = right
            .seal(Recipient::Partner, &key.public(), &contribute(&mut rng(1)))
            .unwrap();
        assert!(right.open(Recipient::Partner, &key, &sealed).is_ok());
        let other = |from: KeyVersion| KeyVersion {
            version: from.version + 1,
            ..from
        };
        let messages = [
            Message {
                network: Network([0; 32]),
                ..right
            },
            Message { epoch: 5, ..right },
            Message {
                from: other(right.from),
                ..right
            },
            Message {
                to: other(right.to),
                ..right
            },
            Message {
                from: right.to,
                to: right.from,
                ..right
            },
        ];
        for message in messages {
            assert!(
                message.open(Recipient::Partner, &key, &sealed).is_err(),
                "{message:?}"
            );
        }
        assert!(right.open(Recipient::Oneself, &key, &sealed).is_err());
        assert!(right
            .open(Recipient::Partner, &SealingKeypair::generate(suite), &sealed)
            .is_err());
        for place in [0, sealed.len() - 49, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(right.open(Recipient::Partner, &key, &changed).is_err());
        }
        assert!(right.open(Recipient::Partner, &key, &sealed[1..]).is_err());
        assert!(right.open(Recipient::Partner, &key, &[]).is_err());
    }
}

#[test]
fn keys_should_be_taken_when_they_are_made_here() {
    for suite in Suite::ALL {
        let pair = SealingKeypair::generate(suite);
        assert_eq!(suite.check(&pair.public()), Ok(()));
        let again = SealingKeypair::from_bytes(suite, pair.expose()).unwrap();
        assert_eq!(again.public(), pair.public());
        assert!(SealingKeypair::from_bytes(suite, &[1; 31]).is_none());
    }
}

/// Attack: a key of small order makes what is sealed to it open to everybody; another form of a key passes for another key.
#[test]
fn key_should_be_refused_when_it_is_of_small_order_or_not_in_its_one_form() {
    let mut p = [0xff; 32];
    (p[0], p[31]) = (0xed, 0x7f);
    let plus = |n: u8| {
        let mut octets = p;
        octets[0] += n;
        octets
    };
    let small = [
        [0; 32],
        {
            let mut one = [0; 32];
            one[0] = 1;
            one
        },
        hex::decode("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
            .unwrap()
            .try_into()
            .unwrap(),
        hex::decode("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")
            .unwrap()
            .try_into()
            .unwrap(),
        {
            let mut last = p;
            last[0] = 0xec;
            last
        },
    ];
    for key in small {
        // Eight times any of them is nothing, whatever the private key.
        assert_eq!(MontgomeryPoint(key) * Scalar::from(8u8), MontgomeryPoint([0; 32]));
        assert_eq!(Suite::X25519.check(&key), Err(KeyInvalid::SmallOrder));
        assert_eq!(
            seal(Suite::X25519, &key, b"", b"", b"secret"),
            Err(BoxInvalid::NotAKey)
        );
        let mut other = key;
        other[31] |= 0x80;
        assert_eq!(Suite::X25519.check(&other), Err(KeyInvalid::NotCanonical));
    }
    for key in [p, plus(1), plus(9), [0xff; 32]] {
        assert_eq!(Suite::X25519.check(&key), Err(KeyInvalid::NotCanonical));
    }
    assert_eq!(Suite::X25519.check(&[9; 31]), Err(KeyInvalid::Length));
    assert_eq!(Suite::XWing.check(&[9; 32]), Err(KeyInvalid::Length));
    let hybrid = SealingKeypair::generate(Suite::XWing).public();
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut key = hybrid.clone();
        change(&mut key);
        Suite::XWing.check(&key)
    };
    // The least coefficient that is too great, 3,329, at the first and at the last place.
    let first = changed(&|key| {
        key[0] = 0x01;
        key[1] = key[1] & 0xf0 | 0x0d;
    });
    let last = changed(&|key| {
        key[1_150] = key[1_150] & 0x0f | 0x10;
        key[1_151] = 0xd0;
    });
    let greatest = changed(&|key| {
        key[0] = 0x00;
        key[1] = key[1] & 0xf0 | 0x0d;
    });
    assert_eq!(
        (first, last, greatest),
        (
            Err(KeyInvalid::NotCanonical),
            Err(KeyInvalid::NotCanonical),
            Ok(())
        )
    );
    assert_eq!(changed(&|key| key[1_184..].fill(0)), Err(KeyInvalid::SmallOrder));
    assert_eq!(
        changed(&|key| key[1_184..].fill(0xff)),
        Err(KeyInvalid::NotCanonical)
    );
}
