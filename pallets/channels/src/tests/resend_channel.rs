use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    channel::{digest_of_boxes, SealedBox},
    DAY,
};

#[test]
fn resend_channel_should_be_refused_when_there_is_nothing_to_send() {
    build_and_execute(|| {
        with_keys();
        assert_noop!(resend(ALPHA, BETA, 1, 1), Error::<Test>::EpochNotFound);
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_noop!(resend(ALPHA, BETA, 1, 1), Error::<Test>::NotAccepted);
        assert_ok!(accept(BETA, ALPHA, 1));
        assert_noop!(resend(ALPHA, BETA, 2, 1), Error::<Test>::EpochNotFound);
        assert_noop!(resend(ALPHA, BETA, 1, 2), Error::<Test>::KeyNotFound);
        assert_noop!(resend(GAMMA, BETA, 1, 1), Error::<Test>::EpochNotFound);
        let by = |who, length| {
            let sealed = SealedBox::truncate_from(vec![1; length]);
            Sealing::resend_channel(origin(who), BETA, 1, 1, sealed)
        };
        assert!(by(STRANGER, 80).is_err());
        assert!(by(ALPHA_ADMIN, 80).is_err());
        assert_noop!(by(commercial(ALPHA), 79), Error::<Test>::InvalidBox);
    });
}

#[test]
fn key_should_be_sent_to_the_new_key_when_the_old_one_is_lost() {
    build_and_execute(|| {
        with_keys();
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_ok!(accept(BETA, ALPHA, 1));
        wait(DAY);
        assert_ok!(set_key(BETA_ADMIN, 3));
        assert_noop!(resend(ALPHA, BETA, 1, 2), Error::<Test>::KeyNotUsable);
        wait(DAY);
        // Also of an epoch that is closed: what was sealed in it is still to be read.
        assert_ok!(close(ALPHA, BETA, 1));
        events();
        assert_ok!(resend(ALPHA, BETA, 1, 2));
        assert_eq!(
            events(),
            [Event::ChannelResent {
                from: ALPHA,
                to: BETA,
                epoch: 1,
                version: 2
            }]
        );
        let resent = epoch(1).unwrap().resent;
        assert_eq!(resent.lo, None);
        let resent = resent.hi.unwrap();
        assert_eq!(
            (resent.version, resent.said.boxes),
            (2, digest_of_boxes(&[&sealed(5)]))
        );
    });
}
