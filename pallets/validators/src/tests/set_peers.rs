use super::*;

#[test]
fn set_peers_should_be_refused_when_no_engineering_desk_signs() {
    execute(|| {
        let call = || Call::set_peers {
            peers: Default::default(),
        };
        assert_noop!(dispatch(RawOrigin::None, call()), DispatchError::BadOrigin);
        assert_noop!(dispatch(RawOrigin::Root, call()), DispatchError::BadOrigin);
        assert_noop!(set_peers(99, &[1]), DispatchError::Other("NotADesk"));
        assert_noop!(set_peers(CLERK, &[1]), DispatchError::Other("WrongRole"));
    });
}

#[test]
fn set_peers_should_be_refused_when_a_node_is_listed_twice() {
    execute(|| {
        assert_noop!(set_peers(3, &[1, 2, 1]), Reason::DuplicatePeer);
    });
}

#[test]
fn node_should_have_one_owner_when_another_operator_lists_it_too() {
    execute(|| {
        assert_ok!(set_peers(3, &[1, 2]));
        assert_noop!(set_peers(4, &[3, 2]), Reason::PeerOfAnother);
        // Nor while its owner is suspended, whom it would let in again.
        MockOperators::suspend(ALPHA);
        assert_noop!(set_peers(4, &[2]), Reason::PeerOfAnother);
        assert_ok!(set_peers(3, &[1]));
        assert_ok!(set_peers(4, &[2]));
    });
}

#[test]
fn nodes_should_be_those_told_last_when_an_operator_tells_again() {
    execute(|| {
        events();
        assert_ok!(set_peers(3, &[2, 1]));
        let told = Event::PeersSet {
            operator: ALPHA,
            peers: 2,
        };
        assert_eq!(events(), [told]);
        assert_ok!(set_peers(4, &[3]));
        let of = |peers: &[u8]| peers.iter().map(|octet| [*octet; 32]).collect::<Vec<_>>();
        let all = || {
            Validators::peers()
                .into_iter()
                .map(|(operator, peers)| (operator, peers.to_vec()))
        };
        assert_eq!(
            all().collect::<Vec<_>>(),
            [(ALPHA, of(&[1, 2])), (BETA, of(&[3]))]
        );
        // Another desk of the operator speaks for it, too.
        assert_ok!(set_peers(NEWCOMERS[0], &[4]));
        assert_ok!(set_peers(4, &[]));
        assert_eq!(all().collect::<Vec<_>>(), [(ALPHA, of(&[4]))]);
    });
}

#[test]
fn nodes_should_not_be_told_when_their_operator_is_suspended() {
    execute(|| {
        assert_ok!(set_peers(3, &[1]));
        MockOperators::suspend(ALPHA);
        assert_eq!(Validators::peers(), []);
        // It may tell new ones meanwhile, which count when it is readmitted.
        assert_ok!(set_peers(3, &[2]));
        assert_eq!(Validators::peers(), []);
        MockOperators::readmit(ALPHA);
        assert_eq!(Validators::peers().len(), 1);
    });
}
