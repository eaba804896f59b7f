//! The book of debts, as netting uses it, and what clients are told of it.

use crate::{mock::*, Error, ObligationsOf, OpenObligations, UnsettledOf};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockSettlement;
use interclear_primitives::{
    ids::{CycleId, ObligationId},
    money::{Currency, Value},
    netting::ObligationStatus,
};
use std::collections::BTreeSet;

const CYCLE: CycleId = CycleId(3);

#[test]
fn create_should_refuse_when_all_numbers_are_given_out() {
    ExtBuilder::default().build_and_execute(|| {
        let source = obligation(owe(ALPHA, BETA, 1)).source;
        crate::NextObligation::<Test>::put(ObligationId(u64::MAX));
        assert_noop!(
            Statements::create(ALPHA, BETA, Currency::EUR, Value::Clear(1), 0, source),
            Error::<Test>::IdsExhausted
        );
    });
}

#[test]
fn open_should_page_through_all_open_obligations_of_a_currency() {
    ExtBuilder::default().build_and_execute(|| {
        let all: BTreeSet<_> = (0..25).map(|_| owe(ALPHA, BETA, 1)).collect();
        let (mut seen, mut after) = (BTreeSet::new(), None);
        loop {
            let page = Statements::open(Currency::EUR, after, 4);
            for id in &page {
                assert!(seen.insert(*id), "{id:?} comes twice");
                // As a cycle does it: what has been seen is gone before the next page.
                if id.0 % 2 == 0 {
                    assert_ok!(Statements::take_in(*id, CYCLE));
                }
            }
            if page.len() < 4 {
                break;
            }
            after = page.last().copied();
        }
        assert_eq!(seen, all);
        assert_eq!(Statements::open(Currency(*b"USD"), None, 4), vec![]);
        assert_eq!(Statements::open(Currency::EUR, None, 100).len(), 12);
    });
}

#[test]
fn take_in_should_be_refused_for_what_is_not_open() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 10);
        assert_noop!(
            Statements::take_in(ObligationId(9), CYCLE),
            Error::<Test>::ObligationNotFound
        );
        assert_ok!(Statements::take_in(id, CYCLE));
        assert_eq!(obligation(id).status, ObligationStatus::InCycle(CYCLE));
        assert_eq!(OpenObligations::<Test>::iter().count(), 0);
        assert_noop!(
            Statements::take_in(id, CycleId(4)),
            Error::<Test>::ObligationNotOpen
        );
        assert_ok!(Statements::resolve(id, true));
        assert_noop!(Statements::take_in(id, CYCLE), Error::<Test>::ObligationNotOpen);
    });
}

#[test]
fn resolve_should_settle_an_obligation_and_let_it_be_removed() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, other) = (owe(ALPHA, BETA, 10), owe(BETA, GAMMA, 5));
        assert_noop!(Statements::resolve(id, true), Error::<Test>::ObligationNotInCycle);
        assert_noop!(
            Statements::resolve(ObligationId(9), true),
            Error::<Test>::ObligationNotFound
        );
        assert_ok!(Statements::take_in(id, CYCLE));
        Statements::remove(id);
        assert_ok!(Statements::resolve(id, true));
        assert_eq!(obligation(id).status, ObligationStatus::Settled(CYCLE));
        assert!(!Statements::has_unsettled(ALPHA, Currency::EUR));
        assert!(Statements::has_unsettled(BETA, Currency::EUR));
        assert!(!Statements::has_unsettled(BETA, Currency(*b"USD")));
        assert_eq!(UnsettledOf::<Test>::get(Currency::EUR, BETA), 1);
        for id in [id, other] {
            Statements::remove(id);
        }
        assert_eq!(Statements::obligation(id), None);
        assert!(Statements::obligation(other).is_some(), "a debt is not forgotten");
    });
}

#[test]
fn resolve_should_open_an_obligation_again_when_it_was_not_settled() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 10);
        assert_ok!(Statements::take_in(id, CYCLE));
        assert_ok!(Statements::resolve(id, false));
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        assert_eq!(Statements::open(Currency::EUR, None, 9), vec![id]);
        assert_eq!(ObligationsOf::<Test>::iter().count(), 2);
    });
}

#[test]
fn queries_should_tell_at_once_what_a_finished_cycle_has_made_of_an_obligation() {
    ExtBuilder::default().build_and_execute(|| {
        let ids = [owe(ALPHA, BETA, 10), owe(GAMMA, DELTA, 5)];
        for id in ids {
            assert_ok!(Statements::take_in(id, CYCLE));
        }
        let status = || ids.map(|id| obligation(id).status);
        assert_eq!(status(), [ObligationStatus::InCycle(CYCLE); 2]);
        MockSettlement::cancel(CYCLE);
        assert_eq!(status(), [ObligationStatus::Open; 2]);
        MockSettlement::settle(CYCLE, &[DELTA]);
        assert_eq!(
            status(),
            [ObligationStatus::Settled(CYCLE), ObligationStatus::Open]
        );
        assert_eq!(Statements::obligations(ALPHA, ObligationId(0)), vec![]);
        assert_eq!(Statements::obligations(GAMMA, ObligationId(0)).len(), 1);
    });
}
