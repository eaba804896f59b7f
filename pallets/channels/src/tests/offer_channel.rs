use crate::{mock::*, types::Versions, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    channel::{digest_of_boxes, BySide, SealedBox, Suite},
    ids::OperatorId,
    DAY,
};

#[test]
fn offer_channel_should_be_refused_when_the_desk_or_the_partner_may_not() {
    build_and_execute(|| {
        with_keys();
        assert!(offer_with(STRANGER, BETA, 1, FIRST).is_err());
        assert!(offer_with(ALPHA_ADMIN, BETA, 1, FIRST).is_err());
        assert_noop!(offer(ALPHA, ALPHA, 1), Error::<Test>::SameOperator);
        assert_noop!(offer(ALPHA, OperatorId(7), 1), Error::<Test>::OperatorNotActive);
        MockOperators::suspend(BETA);
        assert_noop!(offer(ALPHA, BETA, 1), Error::<Test>::OperatorNotActive);
        assert!(offer(BETA, ALPHA, 1).is_err());
    });
}

#[test]
fn offer_channel_should_be_refused_when_a_key_does_not_do() {
    build_and_execute(|| {
        assert_noop!(offer(ALPHA, BETA, 1), Error::<Test>::KeyNotFound);
        assert_ok!(set_key(ALPHA_ADMIN, 1));
        assert_noop!(offer(ALPHA, BETA, 1), Error::<Test>::KeyNotFound);
        assert_ok!(set_key(BETA_ADMIN, 2));
        let offer_in = |suite: Suite, length: usize| {
            let sealed = SealedBox::truncate_from(vec![1; length]);
            Sealing::offer_channel(
                origin(commercial(ALPHA)),
                BETA,
                1,
                suite,
                FIRST,
                sealed.clone(),
                sealed,
            )
        };
        assert_noop!(offer_in(Suite::XWing, 1_168), Error::<Test>::OtherSuite);
        assert_noop!(offer_in(Suite::X25519, 79), Error::<Test>::InvalidBox);
        assert_noop!(offer_in(Suite::X25519, 81), Error::<Test>::InvalidBox);
        wait(400 * DAY - 1);
        assert_ok!(set_key(ALPHA_ADMIN, 3));
        assert_ok!(offer(BETA, ALPHA, 1));
        wait(DAY);
        let new = Versions { own: 1, partner: 2 };
        assert_noop!(
            offer_with(commercial(BETA), ALPHA, 2, new),
            Error::<Test>::MaxKeyAgeExceeded
        );
    });
}

#[test]
fn offer_should_be_kept_with_the_digest_of_its_boxes() {
    build_and_execute(|| {
        with_keys();
        events();
        assert_ok!(offer(BETA, ALPHA, 1));
        assert_eq!(
            events(),
            [Event::ChannelOffered {
                from: BETA,
                to: ALPHA,
                epoch: 1,
                suite: Suite::X25519
            }]
        );
        let kept = epoch(1).unwrap();
        assert_eq!(kept.offered.boxes, digest_of_boxes(&[&sealed(1), &sealed(2)]));
        assert_eq!((kept.offered.block, kept.offered.at), (1, START));
        assert_eq!((kept.from, kept.is_open()), (BETA, false));
        assert_eq!(
            offers(),
            BySide {
                lo: None,
                hi: Some(1)
            }
        );
        assert_eq!(Sealing::channels(ALPHA, None), [(BETA, channel())]);
        assert_eq!(Sealing::channels(BETA, None), [(ALPHA, channel())]);
        assert_eq!(Sealing::channels(BETA, Some(ALPHA)), []);
        assert_eq!(Sealing::epochs(pair()), [(1, kept)]);
    });
}

/// Attack: an offer that is never meant to be accepted stands in the way of the other side's.
#[test]
fn offers_of_both_sides_should_stand_beside_each_other() {
    build_and_execute(|| {
        with_keys();
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_noop!(offer(BETA, ALPHA, 1), Error::<Test>::EpochNotFound);
        assert_ok!(offer(BETA, ALPHA, 2));
        assert_ok!(offer(ALPHA, BETA, 3));
        assert_eq!(
            offers(),
            BySide {
                lo: Some(3),
                hi: Some(2)
            }
        );
        assert_eq!(epoch(1), None, "another offer has taken its place");
        assert_ok!(accept(BETA, ALPHA, 3));
        assert_ok!(accept(ALPHA, BETA, 2));
        assert_eq!(channel().epochs.as_slice(), [2, 3]);
        assert_eq!(channel().newest, Some(3));
    });
}
