//! Random sequences of calls.

use crate::{mock::*, Decisions, LastClosed, WeightInfo};
use frame_support::traits::Hooks;
use interclear_billing::disputes::Change;
use interclear_ports::{
    mocks::{MockEscrows, MockObligations, MockRates, MockUsage},
    DisputedStatements, Usage,
};
use interclear_primitives::{
    agreement::{Direction, PaymentCondition},
    ids::{DisputeId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::Obligation,
    period::Period,
    rating::{Amount, Condition, SdrRate},
    service::Service,
    span::Span,
    statement::{Decided, StatementStatus},
    usage::{PeriodUsage, UsageKey, UsageTotal},
    DAY,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Close(bool, u8),
    Affirm(bool, u8),
    Silence(u8),
    Dispute(bool, u8),
    Adjust(bool, u8, i16, i16),
    EndDispute(bool, u8, u64, i128, i128),
    /// Usage of a month that is closed already, in whole units.
    Late(bool, u8, u8),
    Hold(bool, u16),
    /// A voucher of a month that is open.
    Redeem(bool, u8, u16),
    Wait(u64),
    Idle(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let month = || 0..3u8;
    prop_oneof![
        4 => (any::<bool>(), month()).prop_map(|(first, month)| Step::Close(first, month)),
        4 => (any::<bool>(), month()).prop_map(|(first, month)| Step::Affirm(first, month)),
        1 => month().prop_map(Step::Silence),
        2 => (any::<bool>(), month()).prop_map(|(first, month)| Step::Dispute(first, month)),
        2 => (any::<bool>(), month(), any::<i16>(), any::<i16>())
            .prop_map(|(first, month, withheld, corrected)| Step::Adjust(first, month, withheld, corrected)),
        1 => (any::<bool>(), month(), 0..9u64, -9..9i128, -900..900i128)
            .prop_map(|(first, month, id, units, cents)| Step::EndDispute(first, month, id, units, cents)),
        2 => (any::<bool>(), month(), 0..12u8)
            .prop_map(|(first, month, units)| Step::Late(first, month, units)),
        2 => (any::<bool>(), any::<u16>()).prop_map(|(first, cents)| Step::Hold(first, cents)),
        2 => (any::<bool>(), month(), any::<u16>())
            .prop_map(|(first, month, cents)| Step::Redeem(first, month, cents)),
        2 => (0..20 * DAY).prop_map(Step::Wait),
        2 => (0..6u64).prop_map(Step::Idle),
    ]
}

fn month(place: u8) -> Period {
    JANUARY.plus(place.into())
}

fn party(first: bool) -> OperatorId {
    if first {
        ALPHA
    } else {
        BETA
    }
}

fn desk(first: bool) -> RuntimeOrigin {
    by(clearing(party(first)))
}

fn data(direction: Direction) -> UsageKey {
    UsageKey {
        direction,
        group: 0,
        service: Service::Gprs,
    }
}

/// Has a month that is open, of those that steps close, bill late usage of another one.
fn late(direction: Direction, of: Period, units: u8) {
    let Some(closed) = LastClosed::<Test>::get(AGREEMENT) else {
        return;
    };
    let bills = closed.next();
    if of > closed || bills > month(2) || Statements::is_past_late_usage(of, MockClock::now()) {
        return;
    }
    let total = UsageTotal {
        records: 1,
        quantity: u128::from(units) * 1_000_000,
        ..UsageTotal::default()
    };
    MockUsage::set_late(AGREEMENT, (of, bills), data(direction), total);
    let usage = PeriodUsage {
        batches: 1,
        ..MockUsage::period_usage(AGREEMENT, bills)
    };
    MockUsage::set_period(AGREEMENT, bills, usage);
}

fn booked() -> BTreeMap<ObligationId, Obligation> {
    MockObligations::all().into_iter().collect()
}

fn run(steps: &[Step], on_affirmation: bool) {
    for place in 0..3 {
        used(month(place), Direction::FirstHome, Service::Gprs, 10, 0);
        used(
            month(place),
            Direction::SecondHome,
            Service::Gprs,
            8 + u128::from(place),
            0,
        );
    }
    // What is deposited, and what escrows have paid of each month, whose statement may be removed later.
    let (mut deposited, mut paid) = (0, [0; 3]);
    for step in steps {
        let before = booked();
        // Calls may fail; what counts is the state that they leave.
        match step {
            Step::Close(first, place) => {
                let changes = MockUsage::period_usage(AGREEMENT, month(*place)).changes;
                let _ = Statements::close_period(desk(*first), AGREEMENT, month(*place), changes);
            }
            Step::Affirm(first, place) => {
                let _ = Statements::affirm(desk(*first), AGREEMENT, month(*place));
            }
            Step::Silence(place) => {
                let _ = Statements::affirm_by_silence(desk(true), AGREEMENT, month(*place));
            }
            Step::Dispute(first, place) => {
                let _ = Statements::begin_dispute(AGREEMENT, month(*place), party(*first));
            }
            Step::Adjust(first, place, withheld, corrected) => {
                let direction = Direction::BOTH[usize::from(*first)];
                let change = Change {
                    withheld: (*withheld).into(),
                    corrected: (*corrected).into(),
                    gives_back: *corrected < 0,
                    due_from: 0,
                };
                let _ = Statements::adjust(AGREEMENT, month(*place), direction, change, DisputeId(1));
            }
            Step::EndDispute(first, place, dispute, units, cents) => {
                let decided = Decided {
                    dispute: DisputeId(*dispute),
                    statement: month(*place),
                    period: month(*place),
                    moves_window: *first,
                    line: data(Direction::BOTH[usize::from(*first)]),
                    quantity: units * 1_000_000,
                    charge: Value::Clear(*cents),
                    shortfall: Value::Clear(cents / 7),
                    tax: Value::ZERO,
                };
                let party = party(*first);
                // A dispute ends once.
                if !Decisions::<Test>::contains_key(AGREEMENT, decided.dispute) {
                    let _ =
                        Statements::end_dispute(AGREEMENT, month(*place), party, DisputeId(5), Some(decided));
                }
            }
            Step::Late(first, place, units) => {
                late(Direction::BOTH[usize::from(*first)], month(*place), *units);
            }
            Step::Hold(first, cents) => {
                let direction = Direction::BOTH[usize::from(*first)];
                let held = MockEscrows::get(AGREEMENT, direction).0;
                MockEscrows::set(AGREEMENT, direction, held + u128::from(*cents));
                deposited += u128::from(*cents);
            }
            Step::Redeem(first, place, cents) => {
                let period = month(*place);
                let direction = Direction::BOTH[usize::from(*first)];
                let held = MockEscrows::get(AGREEMENT, direction).0;
                let cents = u128::from(*cents).min(held);
                if LastClosed::<Test>::get(AGREEMENT).is_none_or(|closed| closed < period) {
                    let mut redeemed = MockEscrows::redeemed(AGREEMENT, period);
                    redeemed[direction.index()] += cents;
                    MockEscrows::redeem(AGREEMENT, period, redeemed);
                    MockEscrows::set(AGREEMENT, direction, held - cents);
                }
            }
            Step::Wait(seconds) => MockClock::advance(*seconds),
            Step::Idle(steps) => {
                let room = <() as WeightInfo>::silence_step().saturating_mul(*steps);
                assert!(Statements::on_idle(1, room).all_lte(room));
            }
        }
        if let Err(fault) = Statements::do_try_state() {
            panic!("{fault:?} after {step:?}");
        }
        // What escrows no longer hold is what they have paid of statements.
        let held = Direction::BOTH.map(|direction| MockEscrows::get(AGREEMENT, direction).0);
        for (place, paid) in (0..3).zip(&mut paid) {
            if let Some(statement) = Statements::statement(AGREEMENT, month(place)) {
                let [first, second] = statement.escrowed.map(|paid| paid.clear_unsigned().unwrap());
                *paid = first + second;
            }
        }
        let sum = |cents: &[u128]| cents.iter().sum::<u128>();
        let redeemed = [0, 1, 2].map(|place| sum(&MockEscrows::redeemed(AGREEMENT, month(place))));
        assert_eq!(deposited, sum(&held) + sum(&redeemed) + sum(&paid), "{step:?}");
        for (place, redeemed) in (0..3).zip(redeemed) {
            if let Some(statement) = Statements::statement(AGREEMENT, month(place)) {
                let is_final = statement.status == StatementStatus::Affirmed && !statement.is_disputed();
                assert!(
                    redeemed == 0 || !is_final,
                    "vouchers are counted at the latest when nothing is in dispute: {step:?}"
                );
            }
        }
        let after = booked();
        for (id, debt) in &before {
            assert_eq!(after.get(id), Some(debt), "a debt is not forgotten: {step:?}");
        }
        // Also what silence affirms, or was withheld, or corrected.
        for (_, debt) in after.iter().filter(|(id, _)| !before.contains_key(id)) {
            let at_once = debt.gross && debt.due <= MockClock::now();
            assert!(at_once || !on_affirmation, "what is due at once waits: {step:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_calls_should_break_an_invariant(
        steps in prop::collection::vec(step(), 1..80),
        close_days in 0..4u16,
        committed in any::<bool>(),
        minimum in any::<bool>(),
        on_affirmation in any::<bool>(),
    ) {
        let mut terms = terms();
        // 1.23: the net of January is less, those of two months together are not.
        terms.payment.minimum_sdr = (minimum && !on_affirmation).into();
        if on_affirmation {
            terms.payment.condition = PaymentCondition::OnAffirmation;
            terms.payment.payment_days = 0;
        }
        if committed {
            for agreed in &mut terms.directions {
                (agreed.window, agreed.commitment_span) = (Span::Quarter, Span::Quarter);
                agreed.groups[0].lines[0].terms.in_commitment = true;
                agreed.condition = Condition::DealRevenue {
                    commitment: Amount(20_000_000),
                    including_tax: false,
                };
            }
        }
        ExtBuilder::default().terms(terms).close_days(close_days).build_and_execute(|| {
            for place in 0..4 {
                MockRates::set(Currency::EUR, month(place), SdrRate(1_225_000_000));
            }
            run(&steps, on_affirmation);
        });
    }
}
