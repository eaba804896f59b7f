use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;

#[test]
fn close_channel_should_be_refused_when_there_is_nothing_of_the_caller_to_close() {
    build_and_execute(|| {
        with_keys();
        assert_noop!(close(ALPHA, BETA, 1), Error::<Test>::EpochNotFound);
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_noop!(close(GAMMA, BETA, 1), Error::<Test>::EpochNotFound);
        assert_noop!(close(ALPHA, BETA, 2), Error::<Test>::EpochNotFound);
        assert_noop!(close(ALPHA, ALPHA, 1), Error::<Test>::SameOperator);
        assert!(Sealing::close_channel(origin(STRANGER), BETA, 1).is_err());
        assert!(Sealing::close_channel(origin(ALPHA_ADMIN), BETA, 1).is_err());
    });
}

#[test]
fn offer_should_be_gone_when_either_side_closes_it() {
    build_and_execute(|| {
        with_keys();
        for by in [(ALPHA, BETA), (BETA, ALPHA)] {
            let number = channel().last + 1;
            assert_ok!(offer(ALPHA, BETA, number));
            events();
            assert_ok!(close(by.0, by.1, number));
            assert_eq!(
                events(),
                [Event::ChannelClosed {
                    by: by.0,
                    with: by.1,
                    epoch: number
                }]
            );
            assert_eq!((epoch(number), channel().offers.lo), (None, None));
            assert_noop!(accept(BETA, ALPHA, number), Error::<Test>::OfferNotFound);
        }
    });
}

#[test]
fn the_epoch_before_should_be_the_newest_when_the_newest_is_closed() {
    build_and_execute(|| {
        with_keys();
        for number in 1..=3 {
            assert_ok!(offer(ALPHA, BETA, number));
            assert_ok!(accept(BETA, ALPHA, number));
        }
        assert_ok!(close(ALPHA, BETA, 2));
        assert_eq!(channel().newest, Some(3));
        // A suspended operator may close, too.
        MockOperators::suspend(BETA);
        assert_ok!(close(BETA, ALPHA, 3));
        assert_eq!(channel().newest, Some(1));
        assert_noop!(close(ALPHA, BETA, 3), Error::<Test>::AlreadyClosed);
        assert_ok!(close(ALPHA, BETA, 1));
        assert_eq!(channel().newest, None);
        assert!(epoch(3).is_some_and(|epoch| !epoch.is_open() && epoch.confirm.is_some()));
    });
}
