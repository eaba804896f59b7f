use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::channel::{digest_of_boxes, SealedBox};

#[test]
fn accept_channel_should_be_refused_when_nothing_is_offered_to_the_caller() {
    build_and_execute(|| {
        with_keys();
        assert_noop!(accept(BETA, ALPHA, 1), Error::<Test>::EpochNotFound);
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_noop!(accept(ALPHA, BETA, 1), Error::<Test>::OfferNotFound);
        assert_noop!(accept(BETA, ALPHA, 2), Error::<Test>::OfferNotFound);
        assert_noop!(accept(GAMMA, ALPHA, 1), Error::<Test>::EpochNotFound);
        assert_noop!(accept(BETA, BETA, 1), Error::<Test>::SameOperator);
        let by = |who| Sealing::accept_channel(origin(who), ALPHA, 1, sealed(3), sealed(4), [7; 32]);
        assert!(by(STRANGER).is_err());
        assert!(by(BETA_ADMIN).is_err());
        let short = SealedBox::truncate_from(vec![1; 79]);
        assert_noop!(
            Sealing::accept_channel(origin(commercial(BETA)), ALPHA, 1, sealed(3), short, [7; 32]),
            Error::<Test>::InvalidBox
        );
        MockOperators::suspend(ALPHA);
        assert_noop!(accept(BETA, ALPHA, 1), Error::<Test>::OperatorNotActive);
    });
}

#[test]
fn epoch_should_be_open_when_it_is_accepted() {
    build_and_execute(|| {
        with_keys();
        assert_ok!(offer(ALPHA, BETA, 1));
        events();
        System::set_block_number(5);
        assert_ok!(accept(BETA, ALPHA, 1));
        assert_eq!(
            events(),
            [Event::ChannelAccepted {
                by: BETA,
                with: ALPHA,
                epoch: 1
            }]
        );
        let kept = epoch(1).unwrap();
        let accepted = kept.accepted.unwrap();
        assert_eq!((accepted.block, kept.offered.block), (5, 1));
        assert_eq!(accepted.boxes, digest_of_boxes(&[&sealed(3), &sealed(4)]));
        assert_eq!((kept.confirm, kept.is_open()), (Some([7; 32]), true));
        assert_eq!((channel().newest, channel().offers.lo), (Some(1), None));
        assert_noop!(accept(BETA, ALPHA, 1), Error::<Test>::OfferNotFound);
    });
}

#[test]
fn the_oldest_epoch_should_go_when_there_are_too_many() {
    build_and_execute(|| {
        with_keys();
        for number in 1..=34 {
            assert_ok!(offer(ALPHA, BETA, number));
            assert_ok!(accept(BETA, ALPHA, number));
        }
        assert_eq!(channel().epochs.as_slice(), (3..=34).collect::<Vec<_>>());
        assert_eq!((epoch(2), channel().newest), (None, Some(34)));
        assert_noop!(close(ALPHA, BETA, 2), Error::<Test>::EpochNotFound);
    });
}
