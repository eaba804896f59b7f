//! Random sequences of calls by two parties, their arbitrators and the council, each of which tries what it may not.

use crate::{mock::*, Open, WeightInfo};
use frame_support::traits::Hooks;
use interclear_primitives::{
    dispute::{DisputeKind, DisputeOutcome, DisputePhase, Evidence, Figures, LineKey},
    ids::{DisputeId, OperatorId},
    money::Value,
    statement::Statement,
    DAY,
};
use proptest::prelude::*;

/// Who takes a step: mostly who may.
#[derive(Clone, Copy, Debug)]
enum Who {
    OnTurn,
    Other,
    Stranger,
}

/// What is said: mostly something between what the two sides say.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// Sixteenths of the way, and by how many cents charge and tax are another for the same sum.
    Between(u8, i16),
    /// The sum of the other side, for another quantity.
    SameSum(u16),
    Wild(Figures),
}

#[derive(Clone, Debug)]
enum Step {
    Raise(OperatorId, LineKey, DisputeKind, Figures),
    Mark(OperatorId, LineKey, Figures),
    Answer(Who, DisputeId, Said),
    Concede(Who, DisputeId, Said),
    Offer(Who, DisputeId, Said),
    /// What the other side says at that moment.
    Accept(Who, DisputeId),
    Withdraw(Who, DisputeId),
    Escalate(Who, DisputeId),
    Arbitrate(OperatorId, DisputeId, Said),
    Rule(DisputeId, Said),
    Lapse(Who, DisputeId),
    Evidence(Who, DisputeId, u8),
    Affirm(bool),
    Conclude,
    Wait(u64),
    Idle(u64),
}

impl Who {
    fn of(self, id: DisputeId) -> OperatorId {
        let found = Disputes::dispute(id);
        match (self, found) {
            (Self::OnTurn, Some(found)) => found.turn.of(&found.parties),
            (Self::Other, Some(found)) => found.turn.other().of(&found.parties),
            _ => STRANGER,
        }
    }
}

impl Said {
    fn of(self, id: DisputeId) -> Figures {
        match (self, Disputes::dispute(id)) {
            (Self::SameSum(units), Some(found)) => {
                let other = found.turn.other().of(&found.claims);
                figures(units.into(), other.worth().unwrap().clear().unwrap())
            }
            (Self::Between(share, shifted), Some(found)) => {
                let [debtor, creditor] = found.claims.map(|claim| claim.worth().unwrap().clear().unwrap());
                // Sixteenths, so that two arbitrators often say the same.
                let sum = debtor + (creditor - debtor) / 16 * i128::from(share % 17);
                let shifted = i128::from(shifted);
                Figures {
                    tax: Value::Clear(-shifted),
                    ..figures(1, sum + shifted)
                }
            }
            (Self::Wild(figures), _) => figures,
            (_, None) => Figures::default(),
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![8 => Just(Who::OnTurn), 3 => Just(Who::Other), 1 => Just(Who::Stranger)]
}

fn said() -> impl Strategy<Value = Said> {
    let shifted = || prop_oneof![4 => Just(0i16), 1 => any::<i16>()];
    prop_oneof![
        5 => (any::<u8>(), shifted()).prop_map(|(share, shifted)| Said::Between(share, shifted)),
        1 => any::<u16>().prop_map(Said::SameSum),
        1 => claimed().prop_map(Said::Wild)
    ]
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
        1 => Just(DisputeKind::Volume),
        1 => Just(DisputeKind::Rate),
        4 => Just(DisputeKind::FraudLiability)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let id = || (0..4u64).prop_map(DisputeId);
    let arbitrator = || prop::sample::select(ARBITRATORS.to_vec());
    let party = || prop_oneof![4 => Just(ALPHA), 4 => Just(BETA), 1 => Just(STRANGER)];
    prop_oneof![
        6 => (party(), line(), kind(), claimed()).prop_map(|(a, b, c, d)| Step::Raise(a, b, c, d)),
        1 => (party(), line(), claimed()).prop_map(|(a, b, c)| Step::Mark(a, b, c)),
        6 => (who(), id(), said()).prop_map(|(a, b, c)| Step::Answer(a, b, c)),
        4 => (who(), id(), said()).prop_map(|(a, b, c)| Step::Concede(a, b, c)),
        6 => (who(), id(), said()).prop_map(|(a, b, c)| Step::Offer(a, b, c)),
        1 => (who(), id()).prop_map(|(a, b)| Step::Accept(a, b)),
        1 => (who(), id()).prop_map(|(a, b)| Step::Withdraw(a, b)),
        3 => (who(), id()).prop_map(|(a, b)| Step::Escalate(a, b)),
        4 => (arbitrator(), id(), said()).prop_map(|(a, b, c)| Step::Arbitrate(a, b, c)),
        2 => (id(), said()).prop_map(|(a, b)| Step::Rule(a, b)),
        1 => (who(), id()).prop_map(|(a, b)| Step::Lapse(a, b)),
        1 => (who(), id(), 0..4u8).prop_map(|(a, b, c)| Step::Evidence(a, b, c)),
        1 => any::<bool>().prop_map(Step::Affirm),
        1 => Just(Step::Conclude),
        3 => (0..2 * DAY).prop_map(Step::Wait),
        1 => (0..20 * DAY).prop_map(Step::Wait),
        2 => (0..6u64).prop_map(Step::Idle),
    ]
}

fn take(step: &Step) {
    // Calls may fail; what counts is the state that they leave.
    let _ = match step.clone() {
        Step::Raise(who, line, kind, claimed) => raise(who, line, kind, claimed),
        Step::Mark(who, line, claimed) => {
            Disputes::mark_difference(by(who), AGREEMENT, JANUARY, line, claimed)
        }
        Step::Answer(who, id, said) => Disputes::answer(by(who.of(id)), id, said.of(id)),
        Step::Concede(who, id, said) => Disputes::concede(by(who.of(id)), id, said.of(id)),
        Step::Offer(who, id, said) => Disputes::offer(by(who.of(id)), id, said.of(id)),
        Step::Accept(who, id) => match Disputes::dispute(id) {
            Some(found) => {
                let who = who.of(id);
                let other = found.side(who).map_or(found.raised_by, |side| side.other());
                Disputes::accept(by(who), id, found.position(other))
            }
            None => Ok(()),
        },
        Step::Withdraw(who, id) => Disputes::withdraw(by(who.of(id)), id),
        Step::Escalate(who, id) => Disputes::escalate(by(who.of(id)), id),
        Step::Arbitrate(who, id, said) => Disputes::arbitrate(by(who), id, said.of(id)),
        Step::Rule(id, said) => Disputes::rule(RuntimeOrigin::root(), id, said.of(id)),
        Step::Lapse(who, id) => Disputes::lapse(by(who.of(id)), id),
        Step::Evidence(who, id, digest) => {
            Disputes::add_evidence(by(who.of(id)), id, Evidence::Document([digest; 32]))
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

/// Some lines are in dispute from the beginning.
fn begin(raised: &[(bool, u8)]) {
    let lines = [
        (data(), 50_000i128),
        (messages(), 200),
        (given_back(), -3_000),
        (reverse_data(), 10_000),
    ];
    for ((line, stated), (by_debtor, share)) in lines.into_iter().zip(raised) {
        let of_first = line.usage.direction == interclear_primitives::agreement::Direction::FirstHome;
        let party = if of_first == *by_debtor { ALPHA } else { BETA };
        // Up to as much again as is stated, either way.
        let differ = stated.abs() * i128::from(*share) / 255;
        let claimed = if *by_debtor {
            stated - differ
        } else {
            stated + differ
        };
        let _ = raise(party, line, DisputeKind::FraudLiability, figures(1, claimed));
    }
}

fn run(raised: &[(bool, u8)], steps: &[Step], dispute_days: u64) {
    let before = statement();
    let disputed_until = ISSUED + dispute_days * DAY;
    MockStatements::set(
        AGREEMENT,
        JANUARY,
        Statement {
            disputed_until,
            ..before
        },
    );
    begin(raised);
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
    // Windows move by figures that both sides have named, or those who rule, and by no others.
    for decided in MockStatements::decided() {
        let ended = Disputes::dispute(decided.dispute).unwrap();
        let named = matches!(
            ended.phase,
            DisputePhase::Ended(DisputeOutcome::Accepted | DisputeOutcome::Ruled)
        );
        assert!(named, "{ended:?}");
        let stands = ended.ended.unwrap();
        assert_eq!(ended.decided(decided.dispute, &stands), Ok(Some(decided)));
    }
    assert_eq!(booked_statement(), Some(payable()));
    Disputes::do_try_state().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_sequence_of_calls_should_break_an_invariant(
        raised in prop::collection::vec(any::<(bool, u8)>(), 0..4),
        steps in prop::collection::vec(step(), 1..120),
        arbitrated in any::<bool>(),
        dispute_days in 20u64..90,
        fee in 0u128..10_000_000,
    ) {
        let builder = ExtBuilder::default().terms(|terms| terms.fee = fee);
        let builder = if arbitrated { builder.arbitrated() } else { builder };
        builder.build_and_execute(|| run(&raised, &steps, dispute_days));
    }
}
