//! The whole way, with real keys: both sides come to one key, and what is lost comes back from what was said on the chain.

use crate::{mock::*, types::Versions};
use frame_support::assert_ok;
use interclear_primitives::{
    channel::{digest_of_boxes, PublicKey, SealedBox, Suite},
    ids::OperatorId,
    DAY,
};
use interclear_sealed::{
    channel::{KeyVersion, Message, Recipient, Resent, SealingKeypair},
    derive::{Contribution, Network, Pair, PairKey, Side},
};
use sp_runtime::DispatchResult;

const NETWORK: Network = Network([3; 32]);

/// An operator with its secrets.
struct Party {
    operator: OperatorId,
    keys: Vec<SealingKeypair>,
}

impl Party {
    fn with_key(operator: OperatorId, suite: Suite) -> Self {
        let mut party = Self {
            operator,
            keys: Vec::new(),
        };
        assert_ok!(party.register(suite));
        party
    }

    fn register(&mut self, suite: Suite) -> DispatchResult {
        let pair = SealingKeypair::generate(suite);
        let admin = u64::from(self.operator.0) * 10;
        let key = PublicKey::truncate_from(pair.public());
        Sealing::set_sealing_key(origin(admin), suite, key)?;
        self.keys.push(pair);
        Ok(())
    }

    fn newest(&self) -> (KeyVersion, &SealingKeypair) {
        let version = self.keys.len() as u32;
        let operator = self.operator.0;
        (KeyVersion { operator, version }, self.keys.last().unwrap())
    }
}

fn message(from: &Party, to: &Party, epoch: u32) -> Message {
    Message {
        network: NETWORK,
        suite: from.newest().1.suite(),
        epoch,
        from: from.newest().0,
        to: to.newest().0,
    }
}

/// The boxes of a message, for the partner and for oneself.
fn boxes(message: &Message, from: &Party, to: &Party, contribution: &Contribution) -> [SealedBox; 2] {
    let seal = |recipient, to: &Party| {
        let sealed = message.seal(recipient, &to.newest().1.public(), contribution);
        SealedBox::truncate_from(sealed.unwrap())
    };
    [seal(Recipient::Partner, to), seal(Recipient::Oneself, from)]
}

/// Alpha offers and Beta accepts: what both have said, and the key that Beta has.
fn agree(alpha: &Party, beta: &Party, epoch: u32) -> ([SealedBox; 2], [SealedBox; 2], PairKey) {
    let (offered, answered) = (message(alpha, beta, epoch), message(beta, alpha, epoch));
    let of_alpha = Contribution::from_bytes([epoch as u8; 32]);
    let of_beta = Contribution::from_bytes([epoch as u8 + 100; 32]);
    let offer = boxes(&offered, alpha, beta, &of_alpha);
    let [to_partner, to_oneself] = offer.clone();
    let versions = Versions {
        own: alpha.newest().0.version,
        partner: beta.newest().0.version,
    };
    assert_ok!(Sealing::offer_channel(
        origin(commercial(ALPHA)),
        BETA,
        epoch,
        offered.suite,
        versions,
        to_partner,
        to_oneself
    ));
    let opened = offered
        .open(Recipient::Partner, beta.newest().1, &offer[0])
        .unwrap();
    let key = PairKey::new(&NETWORK, Pair::of(1, 2).unwrap(), epoch, &opened, &of_beta);
    let answer = boxes(&answered, beta, alpha, &of_beta);
    let [to_partner, to_oneself] = answer.clone();
    assert_ok!(Sealing::accept_channel(
        origin(commercial(BETA)),
        ALPHA,
        epoch,
        to_partner,
        to_oneself,
        key.confirm(&NETWORK, Side::Hi)
    ));
    (offer, answer, key)
}

#[test]
fn both_sides_should_come_to_the_same_key_when_an_offer_is_accepted() {
    for suite in Suite::ALL {
        build_and_execute(|| {
            let (alpha, beta) = (Party::with_key(ALPHA, suite), Party::with_key(BETA, suite));
            let (offer, answer, at_beta) = agree(&alpha, &beta, 1);
            // Alpha has nothing but its sealing key, and the boxes of the blocks.
            let kept = epoch(1).unwrap();
            assert_eq!(kept.offered.boxes, digest_of_boxes(&[&offer[0], &offer[1]]));
            assert_eq!(
                kept.accepted.unwrap().boxes,
                digest_of_boxes(&[&answer[0], &answer[1]])
            );
            let own = message(&alpha, &beta, 1)
                .open(Recipient::Oneself, alpha.newest().1, &offer[1])
                .unwrap();
            let theirs = message(&beta, &alpha, 1)
                .open(Recipient::Partner, alpha.newest().1, &answer[0])
                .unwrap();
            let at_alpha = PairKey::new(&NETWORK, Pair::of(1, 2).unwrap(), 1, &own, &theirs);
            assert_eq!(at_alpha, at_beta);
            assert_eq!(kept.confirm, Some(at_alpha.confirm(&NETWORK, Side::Hi)));
        });
    }
}

/// Rotation in the middle of a month: the old epoch stays readable with the old key, and not with the new one.
#[test]
fn each_epoch_should_have_a_key_of_its_own_when_sealing_keys_are_rotated() {
    build_and_execute(|| {
        let mut alpha = Party::with_key(ALPHA, Suite::X25519);
        let mut beta = Party::with_key(BETA, Suite::X25519);
        let (old_offer, _, first) = agree(&alpha, &beta, 1);
        let old = message(&alpha, &beta, 1);
        wait(DAY);
        assert_ok!(alpha.register(Suite::XWing));
        assert_ok!(beta.register(Suite::XWing));
        wait(DAY);
        let (_, _, second) = agree(&alpha, &beta, 2);
        assert_ne!(first, second);
        assert_eq!(channel().newest, Some(2));
        assert!(epoch(1).unwrap().is_open());
        assert!(old
            .open(Recipient::Oneself, &alpha.keys[0], &old_offer[1])
            .is_ok());
        assert!(old
            .open(Recipient::Oneself, &alpha.keys[1], &old_offer[1])
            .is_err());
    });
}

/// Vault and sealing key are lost: the partner sends the key again, and a false one is seen.
#[test]
fn key_should_be_known_by_what_was_confirmed_when_it_is_sent_again() {
    build_and_execute(|| {
        let alpha = Party::with_key(ALPHA, Suite::X25519);
        let mut beta = Party::with_key(BETA, Suite::X25519);
        let (_, _, key) = agree(&alpha, &beta, 1);
        wait(DAY);
        beta.keys.clear();
        assert_ok!(beta.register(Suite::XWing));
        wait(DAY);
        let to = KeyVersion {
            operator: BETA.0,
            version: 2,
        };
        let resent = Resent {
            network: NETWORK,
            suite: Suite::XWing,
            epoch: 1,
            from: ALPHA.0,
            to,
        };
        let new = beta.newest().1;
        for (sent, genuine) in [(PairKey::from_bytes([1; 32]), false), (key, true)] {
            let sealed = SealedBox::truncate_from(resent.seal(&new.public(), &sent).unwrap());
            assert_ok!(Sealing::resend_channel(
                origin(commercial(ALPHA)),
                BETA,
                1,
                2,
                sealed.clone()
            ));
            let kept = epoch(1).unwrap();
            assert_eq!(kept.resent.hi.unwrap().said.boxes, digest_of_boxes(&[&sealed]));
            let opened = resent.open(new, &sealed).unwrap();
            assert_eq!(kept.confirm == Some(opened.confirm(&NETWORK, Side::Hi)), genuine);
        }
    });
}
