//! Random sequences of calls by two parties, their arbitrators and the council, each of which tries what it may not.

use crate::{mock::*, Open, WeightInfo};
use frame_support::traits::Hooks;
use interclear_primitives::{
    dispute::{DisputeKind, Evidence, Figures, LineKey},
    ids::{DisputeId, OperatorId},
    money::Value,
    DAY,
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Raise(OperatorId, LineKey, DisputeKind, Figures),
    Note(OperatorId, LineKey, Figures),
    Answer(OperatorId, DisputeId, Figures),
    Concede(OperatorId, DisputeId, Figures),
    Offer(OperatorId, DisputeId, Figures),
    /// What the other side says at that moment.
    Accept(OperatorId, DisputeId),
    Withdraw(OperatorId, DisputeId),
    Escalate(OperatorId, DisputeId),
    Arbitrate(OperatorId, DisputeId, Figures),
    Rule(DisputeId, Figures),
    Lapse(OperatorId, DisputeId),
    Evidence(OperatorId, DisputeId, u8),
    Affirm(bool),
    Conclude,
    Wait(u64),
    Idle(u64),
}

fn party() -> impl Strategy<Value = OperatorId> {
    prop_oneof![4 => Just(ALPHA), 4 => Just(BETA), 1 => Just(STRANGER)]
}

fn line() -> impl Strategy<Value = LineKey> {
    prop_oneof![
        Just(data()),
        Just(messages()),
        Just(given_back()),
        Just(reverse_data())
    ]
}

fn claimed() -> impl Strategy<Value = Figures> {
    let near = (0u128..1_500).prop_map(megabytes);
    let other = (0u128..300, -6_000i128..60_000).prop_map(|(units, cents)| figures(units, cents));
    let huge = any::<i128>().prop_map(|charge| Figures {
        charge: Value::Clear(charge >> 20),
        ..megabytes(3_000)
    });
    prop_oneof![4 => near, 4 => other, 1 => huge]
}

fn kind() -> impl Strategy<Value = DisputeKind> {
    prop_oneof![
        Just(DisputeKind::Volume),
        Just(DisputeKind::MissingUsage),
        Just(DisputeKind::Rate),
        Just(DisputeKind::FraudLiability)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let id = || (0..4u64).prop_map(DisputeId);
    let judge = || prop::sample::select(ARBITRATORS.to_vec());
    prop_oneof![
        6 => (party(), line(), kind(), claimed()).prop_map(|(a, b, c, d)| Step::Raise(a, b, c, d)),
        1 => (party(), line(), claimed()).prop_map(|(a, b, c)| Step::Note(a, b, c)),
        4 => (party(), id(), claimed()).prop_map(|(a, b, c)| Step::Answer(a, b, c)),
        4 => (party(), id(), claimed()).prop_map(|(a, b, c)| Step::Concede(a, b, c)),
        4 => (party(), id(), claimed()).prop_map(|(a, b, c)| Step::Offer(a, b, c)),
        1 => (party(), id()).prop_map(|(a, b)| Step::Accept(a, b)),
        1 => (party(), id()).prop_map(|(a, b)| Step::Withdraw(a, b)),
        2 => (party(), id()).prop_map(|(a, b)| Step::Escalate(a, b)),
        2 => (judge(), id(), claimed()).prop_map(|(a, b, c)| Step::Arbitrate(a, b, c)),
        2 => (id(), claimed()).prop_map(|(a, b)| Step::Rule(a, b)),
        1 => (party(), id()).prop_map(|(a, b)| Step::Lapse(a, b)),
        1 => (party(), id(), 0..4u8).prop_map(|(a, b, c)| Step::Evidence(a, b, c)),
        1 => any::<bool>().prop_map(Step::Affirm),
        1 => Just(Step::Conclude),
        3 => (0..20 * DAY).prop_map(Step::Wait),
        3 => (0..6u64).prop_map(Step::Idle),
    ]
}

fn take(step: &Step) {
    // Calls may fail; what counts is the state that they leave.
    let _ = match step.clone() {
        Step::Raise(who, line, kind, claimed) => raise(who, line, kind, claimed),
        Step::Note(who, line, claimed) => {
            Disputes::note_difference(by(who), AGREEMENT, JANUARY, line, claimed)
        }
        Step::Answer(who, id, claimed) => Disputes::answer(by(who), id, claimed),
        Step::Concede(who, id, claimed) => Disputes::concede(by(who), id, claimed),
        Step::Offer(who, id, figures) => Disputes::offer(by(who), id, figures),
        Step::Accept(who, id) => match Disputes::dispute(id) {
            Some(found) => {
                let other = found.side(who).map_or(found.raised_by, |side| side.other());
                Disputes::accept(by(who), id, found.position(other))
            }
            None => Ok(()),
        },
        Step::Withdraw(who, id) => Disputes::withdraw(by(who), id),
        Step::Escalate(who, id) => Disputes::escalate(by(who), id),
        Step::Arbitrate(who, id, figures) => Disputes::arbitrate(by(who), id, figures),
        Step::Rule(id, figures) => Disputes::rule(RuntimeOrigin::root(), id, figures),
        Step::Lapse(who, id) => Disputes::lapse(by(who), id),
        Step::Evidence(who, id, digest) => {
            Disputes::add_evidence(by(who), id, Evidence::Document([digest; 32]))
        }
        Step::Affirm(first) => {
            MockStatements::affirm(AGREEMENT, JANUARY, usize::from(!first));
            Ok(())
        }
        Step::Conclude => {
            if booked_statement().is_none() {
                conclude();
            }
            Ok(())
        }
        Step::Wait(seconds) => {
            MockClock::advance(seconds);
            Ok(())
        }
        Step::Idle(steps) => {
            let room = <() as WeightInfo>::lapse_step().saturating_mul(steps);
            assert!(Disputes::on_idle(1, room).all_lte(room));
            Ok(())
        }
    };
}

/// What the statement's parties owe each other by its obligation and notes, once it is affirmed; fees are none of it.
fn booked_statement() -> Option<i128> {
    let statement = MockStatements::statement(AGREEMENT, JANUARY).unwrap();
    (statement.status == interclear_primitives::statement::StatementStatus::Affirmed).then(|| {
        let all = MockObligations::all().into_iter();
        let of_it = all.filter(|(_, debt)| {
            !matches!(
                debt.source,
                interclear_primitives::netting::ObligationSource::DisputeFee { .. }
            )
        });
        let signed = of_it.map(|(_, debt)| match debt.debtor {
            ALPHA => debt.amount.clear().unwrap(),
            _ => -debt.amount.clear().unwrap(),
        });
        signed.sum()
    })
}

fn run(steps: &[Step]) {
    for step in steps {
        take(step);
        if let Err(fault) = Disputes::do_try_state() {
            panic!("{fault:?} after {step:?}");
        }
        let after = MockStatements::statement(AGREEMENT, JANUARY).unwrap();
        let before = statement();
        assert_eq!(
            (after.lines, after.totals, after.net),
            (before.lines, before.totals, before.net),
            "what is stated stays"
        );
        if let Some(booked) = booked_statement() {
            assert_eq!(booked, payable(), "after {step:?}");
        }
    }
    if booked_statement().is_none() {
        conclude();
    }
    // Whatever anybody does or does not do, time ends every dispute: three silences at most.
    for _ in 0..4 {
        MockClock::advance(RULING + 1);
        idle();
    }
    assert_eq!(Open::<Test>::iter().count(), 0);
    assert_eq!(booked_statement(), Some(payable()));
    Disputes::do_try_state().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_sequence_of_calls_should_break_an_invariant(
        steps in prop::collection::vec(step(), 1..80),
        arbitrated in any::<bool>(),
        fee in 0u128..10_000_000,
    ) {
        let builder = ExtBuilder::default().terms(|terms| terms.fee = fee);
        let builder = if arbitrated { builder.arbitrated() } else { builder };
        builder.build_and_execute(|| run(&steps));
    }
}
