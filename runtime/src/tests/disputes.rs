//! A month in dispute, from its files to money: what nobody disputes is paid on time, and all that is ever paid is what the two
//! sides, or who rules, come to.

use super::{
    group::{anchor_of, begin, by, compute, desk, set_clock, AGREEMENT, FUNDS, PARTIES, TOKEN},
    preset,
};
use crate::{Anchoring, Assets, Disputes, Netting, Runtime, RuntimeOrigin, Statements, System};
use codec::Encode;
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::Clock;
use interclear_primitives::{
    agreement::{Direction, Terms},
    api::runtime_decl_for_interclear_api::InterclearApi,
    batch::{Anchor, ServiceTotal},
    dispute::{DisputeKind, DisputeOutcome, DisputePhase, Evidence, Figures, LineKey},
    ids::{CycleId, DisputeId, ObligationId, OperatorId},
    money::Value,
    netting::{CyclePhase, ObligationSource, ObligationStatus},
    period::Period,
    rating::{Amount, Condition, TaxRate, TaxRule},
    samples,
    series::{SeriesKey, Stream},
    service::Service,
    span::Span,
    statement::StatementStatus,
    task::TaskKind,
    usage::UsageKey,
    Moment, DAY,
};
use proptest::prelude::*;

pub(super) const MONTH: Period = Period(202_601);
pub(super) const FIRST: DisputeId = DisputeId(0);

fn now() -> Moment {
    <Runtime as pallet_disputes::Config>::Clock::now()
}

/// The second file of the second party, with so much of a call between two moments.
pub(super) fn second_file(quantity: u128, times: [Moment; 2]) -> Anchor {
    let total = ServiceTotal {
        service: Service::Mtc,
        records: 1,
        quantity,
        charge: Value::Clear(1),
        tax: Value::ZERO,
    };
    anchor_of(samples::SERIES.file(2), vec![total], times)
}

/// A party sends a file, and the other one acknowledges it.
pub(super) fn send(sender: usize, file: Anchor) {
    let key = file.key;
    assert_ok!(Anchoring::anchor(by(PARTIES[sender]), file));
    assert_ok!(Anchoring::acknowledge(by(PARTIES[1 - sender]), key));
}

/// Both parties close a month.
pub(super) fn close(month: Period) {
    for party in PARTIES {
        let changes = Statements::closing(AGREEMENT, month).map_or(0, |closing| closing.changes);
        assert_ok!(Statements::close_period(by(party), AGREEMENT, month, changes));
    }
}

/// Lets time pass, and the chain do what it does by itself.
pub(super) fn wait(time: Moment) {
    set_clock(now() + time);
    Disputes::on_idle(System::block_number(), Weight::MAX);
    Statements::on_idle(System::block_number(), Weight::MAX);
}

fn try_state() {
    assert_ok!(Disputes::do_try_state());
    assert_ok!(Statements::do_try_state());
    assert_ok!(Netting::do_try_state());
}

/// A line of a direction.
fn line(direction: Direction, service: Service) -> LineKey {
    LineKey {
        late: None,
        usage: UsageKey {
            direction,
            group: 0,
            service,
        },
    }
}

/// Minutes that the first party's subscribers were called, at 0.10.
pub(super) fn voice() -> LineKey {
    line(Direction::FirstHome, Service::Mtc)
}

pub(super) fn minutes(count: u128) -> Figures {
    Figures {
        quantity: count * 1_000_000,
        charge: Value::Clear(i128::try_from(count * 10).expect("fits")),
        ..Figures::default()
    }
}

/// A closed month in which the first party owes 1,000.00 for 10,000 minutes and 500.00 for 1,000 MB, and is owed 100.00 for
/// 200 MB.
pub(super) fn closed(change: impl FnOnce(&mut Terms), test: impl FnOnce()) {
    preset("development").execute_with(|| {
        let mut terms = samples::terms(MONTH, Period(202_612));
        change(&mut terms);
        set_clock(MONTH.start() - 10 * DAY);
        begin(&terms);
        set_clock(MONTH.end() + 3_600);
        let total = |service, units: u128| ServiceTotal {
            service,
            records: 1,
            quantity: units * 1_000_000,
            charge: Value::Clear(1),
            tax: Value::ZERO,
        };
        let networks = [samples::FIRST, samples::SECOND];
        let used = [
            vec![total(Service::Gprs, 200)],
            vec![total(Service::Mtc, 10_000), total(Service::Gprs, 1_000)],
        ];
        for (sender, totals) in used.into_iter().enumerate() {
            let series = SeriesKey {
                sender: networks[sender],
                recipient: networks[1 - sender],
                stream: Stream::Tap,
                test: false,
            };
            let times = [MONTH.start(), MONTH.end() - 1];
            send(sender, anchor_of(series.file(1), totals, times));
        }
        close(MONTH);
        test();
        try_state();
    });
}

pub(super) fn raise(party: OperatorId, line: LineKey, claimed: Figures) -> sp_runtime::DispatchResult {
    Disputes::raise(
        by(party),
        AGREEMENT,
        MONTH,
        line,
        DisputeKind::Volume,
        claimed,
        None,
    )
}

/// What each party has more than in the beginning, in cents.
pub(super) fn balances() -> [i128; 2] {
    PARTIES.map(|party| Assets::balance(TOKEN, desk(party)) as i128 - FUNDS as i128)
}

/// Nets and pays what is due, if anything is.
pub(super) fn cycle() {
    let [first, _] = PARTIES;
    if Netting::open_cycle(RuntimeOrigin::root(), TOKEN, now(), DAY).is_err() {
        return;
    }
    let id = Netting::latest_cycle().expect("just opened");
    assert_ok!(Netting::collect(by(first), id));
    let phase = |id: CycleId| Netting::cycle(id).expect("is kept").phase;
    compute(first, id);
    if phase(id) == CyclePhase::Cancelled {
        return;
    }
    for party in PARTIES {
        // Only the debtor funds.
        let _ = Netting::fund(by(party), id);
    }
    assert_ok!(Netting::settle(by(first), id));
    assert_eq!(phase(id), CyclePhase::Settled);
}

/// A cycle in which a party does not pay.
fn cycle_without(party: OperatorId) {
    let [first, second] = PARTIES;
    assert_ok!(Netting::open_cycle(RuntimeOrigin::root(), TOKEN, now(), DAY));
    let id = Netting::latest_cycle().expect("just opened");
    assert_ok!(Netting::collect(by(first), id));
    assert_ok!(Netting::compute(by(first), id, 10_000));
    wait(2 * DAY);
    let other = if party == first { second } else { first };
    assert_ok!(Netting::exclude_defaulters(by(other), id, 10_000));
    try_state();
}

/// The same, if there is anything to pay.
fn miss(party: OperatorId) {
    if Netting::open_cycle(RuntimeOrigin::root(), TOKEN, now(), DAY).is_err() {
        return;
    }
    let id = Netting::latest_cycle().expect("just opened");
    let [first, second] = PARTIES;
    assert_ok!(Netting::collect(by(first), id));
    compute(first, id);
    let other = if party == first { second } else { first };
    let _ = Netting::fund(by(other), id);
    if Netting::settle(by(other), id).is_err() && !Netting::cycle(id).expect("is kept").is_finished() {
        wait(2 * DAY);
        assert_ok!(Netting::exclude_defaulters(by(other), id, 10_000));
        compute(first, id);
    }
}

/// 8 % a year by days, rounded half to even: by the definition.
fn interest(amount: i128, from: Moment, to: Moment) -> i128 {
    let parts = amount * 800 * i128::from(to / DAY - from / DAY);
    let (whole, rest) = (parts / 3_650_000, parts % 3_650_000);
    let up = rest * 2 > 3_650_000 || rest * 2 == 3_650_000 && whole % 2 == 1;
    whole + i128::from(up)
}

#[test]
fn interest_should_be_paid_from_the_due_day_on_when_the_debtor_has_missed_a_cycle() {
    closed(
        |_| {},
        || {
            let [first, second] = PARTIES;
            let due = now() + 40 * DAY;
            wait(41 * DAY);
            cycle_without(first);
            wait(20 * DAY);
            let owed = |id| Netting::obligation(ObligationId(id)).expect("is owed");
            assert!(kinds(second)
                .iter()
                .all(|kind| !matches!(kind, TaskKind::ChargeInterest { .. })));
            cycle();
            assert_eq!(balances(), [-140_000, 140_000]);
            let amount = interest(140_000, due, now());
            assert_eq!(owed(0).interest.amount, Value::Clear(amount));
            let task = TaskKind::ChargeInterest {
                obligation: ObligationId(0),
                currency: owed(0).currency,
                amount: Value::Clear(amount),
            };
            assert!(kinds(second).contains(&task) && !kinds(first).contains(&task));
            assert_ok!(Netting::charge_interest(by(second), ObligationId(0)));
            assert!(!kinds(second).contains(&task));
            wait(3 * DAY);
            cycle();
            assert_eq!(balances(), [-140_000 - amount, 140_000 + amount]);
        },
    );
}

#[test]
fn the_part_that_was_owed_should_bear_interest_when_it_was_withheld_over_a_cycle() {
    closed(
        |_| {},
        || {
            let [first, second] = PARTIES;
            let due = now() + 40 * DAY;
            // 95.00 are withheld of 1,400.00; 60.00 of them were owed.
            assert_ok!(raise(first, voice(), minutes(9_050)));
            assert_ok!(Disputes::answer(by(second), FIRST, minutes(10_000)));
            assert_ok!(Disputes::escalate(by(first), FIRST));
            wait(41 * DAY);
            cycle();
            assert_eq!(balances(), [-130_500, 130_500]);
            let ruling = pallet_disputes::Call::rule {
                dispute: FIRST,
                figures: minutes(9_650),
            };
            super::carry(ruling.into(), &super::council()[..2]);
            wait(10 * DAY);
            cycle();
            let amount = interest(6_000, due, now());
            assert!(amount > 0);
            // What was paid on time bears nothing.
            assert!(Netting::charge_interest(by(second), ObligationId(0)).is_err());
            assert_ok!(Netting::charge_interest(by(second), ObligationId(1)));
            let charged = Netting::obligation(ObligationId(2)).expect("is owed");
            assert_eq!((charged.debtor, charged.amount), (first, Value::Clear(amount)));
        },
    );
}

#[test]
fn nobody_should_bear_interest_on_a_part_that_was_not_owed_when_it_was_paid_late() {
    closed(
        |terms| terms.payment.dispute_days = 120,
        || {
            let [first, second] = PARTIES;
            let due = now() + 40 * DAY;
            wait(41 * DAY);
            cycle_without(first);
            wait(20 * DAY);
            cycle();
            let paid = now();
            assert_ok!(Netting::charge_interest(by(second), ObligationId(0)));
            let amount = |id| Netting::obligation(ObligationId(id)).expect("is owed").amount;
            assert_eq!(amount(1), Value::Clear(interest(140_000, due, paid)));
            // 95.00 of it were not owed.
            assert_ok!(raise(first, voice(), minutes(9_050)));
            assert_ok!(Disputes::accept(by(second), FIRST, minutes(9_050)));
            wait(31 * DAY);
            cycle();
            wait(3 * DAY);
            cycle();
            let all = 130_500 + interest(130_500, due, paid);
            assert_eq!(balances(), [-all, all]);
        },
    );
}

fn kinds(operator: OperatorId) -> Vec<TaskKind> {
    crate::tasks::page(operator, None)
        .tasks
        .iter()
        .map(|task| task.kind)
        .collect()
}

#[test]
fn the_rest_should_be_paid_on_time_and_the_difference_later_when_one_voice_line_has_a_gap() {
    closed(
        |_| {},
        || {
            let [first, second] = PARTIES;
            let issued = now();
            // It counts 9.5 % less.
            assert_ok!(raise(first, voice(), minutes(9_050)));
            let dispute = FIRST;
            assert!(kinds(second).contains(&TaskKind::AnswerDispute { dispute }));
            assert_eq!(Runtime::disputes(AGREEMENT, MONTH).len(), 1);
            wait(10 * DAY);
            assert_ok!(Disputes::answer(by(second), FIRST, minutes(9_500)));
            assert!(kinds(first).contains(&TaskKind::ContinueDispute { dispute }));
            assert_ok!(Disputes::offer(by(first), FIRST, minutes(9_200)));
            wait(10 * DAY);
            assert_ok!(Disputes::offer(by(second), FIRST, minutes(9_400)));
            // Nobody affirms: silence does, with all but what is in dispute.
            wait(10 * DAY + 1);
            let due = issued + 40 * DAY;
            let owed = Netting::obligation(ObligationId(0)).expect("is owed");
            assert_eq!(
                (owed.debtor, owed.amount, owed.due),
                (first, Value::Clear(130_500), due)
            );
            // It stands still for the offer, and accepts it at last.
            wait(4 * DAY);
            assert_ok!(Disputes::accept(by(first), FIRST, minutes(9_400)));
            let note = Netting::obligation(ObligationId(1)).expect("is owed");
            assert_eq!(
                (note.debtor, note.amount, note.due),
                (first, Value::Clear(3_500), due)
            );
            try_state();
            set_clock(due);
            cycle();
            assert_eq!(balances(), [-134_000, 134_000]);
        },
    );
}

#[test]
fn a_note_should_pay_the_rest_when_a_dispute_ends_after_the_cycle() {
    closed(
        |_| {},
        || {
            let [first, second] = PARTIES;
            assert_ok!(raise(first, voice(), minutes(9_050)));
            for party in PARTIES {
                assert_ok!(Statements::affirm(by(party), AGREEMENT, MONTH));
            }
            wait(14 * DAY);
            assert_ok!(Disputes::answer(by(second), FIRST, minutes(10_000)));
            wait(14 * DAY);
            assert_ok!(Disputes::escalate(by(first), FIRST));
            wait(12 * DAY);
            cycle();
            assert_eq!(balances(), [-130_500, 130_500]);
            let ruling = pallet_disputes::Call::rule {
                dispute: FIRST,
                figures: minutes(9_600),
            };
            super::carry(ruling.into(), &super::council()[..2]);
            let found = Disputes::dispute(FIRST).expect("is kept");
            assert_eq!(found.phase, DisputePhase::Ended(DisputeOutcome::Ruled));
            let note = Netting::obligation(ObligationId(1)).expect("is owed");
            let source = ObligationSource::Note {
                agreement: AGREEMENT,
                period: MONTH,
                dispute: FIRST,
            };
            assert_eq!((note.amount, note.source), (Value::Clear(5_500), source));
            assert_eq!(note.status, ObligationStatus::Open);
            wait(DAY);
            cycle();
            assert_eq!(balances(), [-136_000, 136_000]);
        },
    );
}

#[test]
fn a_credit_note_should_pay_back_when_a_paid_line_turns_out_wrong() {
    closed(
        |terms| terms.payment.dispute_days = 90,
        || {
            let [first, second] = PARTIES;
            wait(41 * DAY);
            let found = Statements::statement(AGREEMENT, MONTH).expect("is kept");
            assert_eq!(found.status, StatementStatus::Affirmed, "it was due");
            cycle();
            assert_eq!(balances(), [-140_000, 140_000]);
            assert_ok!(raise(first, voice(), minutes(9_050)));
            assert_ok!(Disputes::accept(by(second), FIRST, minutes(9_050)));
            wait(31 * DAY);
            cycle();
            assert_eq!(balances(), [-130_500, 130_500]);
        },
    );
}

#[test]
fn a_line_should_not_be_booked_before_its_debtor_has_answered_when_its_creditor_disputes_it_first() {
    closed(
        |terms| terms.payment.dispute_days = 90,
        || {
            let [first, second] = PARTIES;
            wait(39 * DAY);
            assert_ok!(raise(second, voice(), minutes(12_000)));
            // Silence affirms what is due, but for the line: its debtor has 15 days to answer.
            wait(2 * DAY);
            let owed = Netting::obligation(ObligationId(0)).expect("is owed");
            assert_eq!((owed.debtor, owed.amount), (first, Value::Clear(40_000)));
            assert_eq!(
                Disputes::withdraw(by(second), FIRST),
                Err(pallet_disputes::Error::<Runtime>::AnswerIsTheirs.into())
            );
            assert_ok!(Disputes::answer(by(first), FIRST, minutes(9_050)));
            let note = Netting::obligation(ObligationId(1)).expect("is owed");
            assert_eq!((note.amount, note.due), (Value::Clear(90_500), now()));
            assert_ok!(Disputes::accept(by(second), FIRST, minutes(9_050)));
            wait(DAY);
            cycle();
            assert_eq!(balances(), [-130_500, 130_500]);
        },
    );
}

#[test]
fn late_usage_should_not_be_lost_when_a_later_month_is_closed_first_after_the_end() {
    closed(
        |terms| terms.last = MONTH,
        || {
            let [first, second] = PARTIES;
            // The debtor accepts a difference of 1 %, so that something was decided.
            assert_ok!(raise(second, voice(), minutes(10_100)));
            assert_ok!(Disputes::accept(by(first), FIRST, minutes(10_100)));
            let (february, march) = (MONTH.next(), MONTH.next().next());
            set_clock(march.end() + 6 * DAY);
            let file = second_file(50_100_000_000, [MONTH.start(), MONTH.end() - 1]);
            let key = file.key;
            assert_ok!(Anchoring::anchor(by(second), file));
            // The debtor would skip the month that bills it.
            assert!(Statements::close_period(by(first), AGREEMENT, march, 0).is_err());
            assert_ok!(Anchoring::acknowledge(by(first), key));
            let changes = Statements::closing(AGREEMENT, february).expect("is open").changes;
            assert_ok!(Statements::close_period(by(second), AGREEMENT, february, changes));
            let statement = Statements::statement(AGREEMENT, february).expect("is closed");
            // 100 of the 50,100 minutes were decided before.
            assert_eq!(statement.totals, [Value::Clear(500_000), Value::ZERO]);
        },
    );
}

#[test]
fn interest_should_not_run_while_the_creditor_itself_keeps_a_line_from_being_booked() {
    closed(
        |terms| terms.payment.dispute_days = 90,
        || {
            let [first, second] = PARTIES;
            wait(39 * DAY);
            assert_ok!(raise(second, voice(), minutes(10_100)));
            wait(2 * DAY);
            cycle();
            assert_eq!(balances(), [-40_000, 40_000]);
            // In its days the debtor answers that what is stated is right, and pays with the next cycle.
            wait(DAY);
            assert_ok!(Disputes::answer(by(first), FIRST, minutes(10_000)));
            wait(30 * DAY);
            cycle();
            assert_eq!(balances(), [-140_000, 140_000]);
            assert!(Netting::charge_interest(by(second), ObligationId(1)).is_err());
        },
    );
}

#[test]
fn missing_usage_should_be_paid_once_when_a_late_file_brings_what_a_dispute_has_settled() {
    closed(
        |_| {},
        || {
            let [first, second] = PARTIES;
            let next = MONTH.next();
            // The creditor says that a file of 500 minutes is missing, and the debtor admits it.
            assert_ok!(raise(second, voice(), minutes(10_500)));
            assert_ok!(Disputes::accept(by(first), FIRST, minutes(10_500)));
            let payable = Statements::statement(AGREEMENT, MONTH).map(|found| found.payable());
            assert_eq!(payable, Some(Ok(Value::Clear(145_000))));
            // Then it sends the file, with 100 minutes more.
            send(1, second_file(600_000_000, [MONTH.start(), MONTH.end() - 1]));
            set_clock(next.end() + 3_600);
            close(next);
            let statement = Statements::statement(AGREEMENT, next).expect("is closed");
            assert_eq!(statement.totals, [Value::Clear(1_000), Value::ZERO]);
            let usage = Anchoring::period_usage(AGREEMENT, next);
            assert!(usage.running_digest != [0; 32]);
            assert_eq!(statement.running_digest, usage.running_digest);
        },
    );
}

#[test]
fn running_digest_should_be_in_the_statement_and_told_by_events_alone() {
    closed(
        |_| {},
        || {
            // What an archive has: the events, in order.
            let mut digest = [0u8; 32];
            for record in System::events() {
                let crate::RuntimeEvent::Anchoring(event) = record.event else {
                    continue;
                };
                let step = match event {
                    pallet_anchoring::Event::Anchored {
                        key,
                        agreement: Some(AGREEMENT),
                        billed_with: MONTH,
                        digest,
                        ..
                    } => (0u8, key, digest.to_vec()),
                    pallet_anchoring::Event::Acknowledged { key } => (1, key, vec![]),
                    _ => continue,
                };
                let (variant, key, rest) = step;
                let octets = [digest.to_vec(), vec![variant], key.encode(), rest].concat();
                digest = sp_io::hashing::blake2_256(&octets);
            }
            let statement = Statements::statement(AGREEMENT, MONTH).expect("is closed");
            assert_eq!(statement.running_digest, digest);
        },
    );
}

#[test]
fn records_should_be_evidence_when_they_were_proven_from_the_file_of_the_month() {
    closed(
        |_| {},
        || {
            let [first, _] = PARTIES;
            assert_ok!(raise(first, voice(), minutes(9_050)));
            let key = samples::SERIES.file(1);
            let root = Anchoring::batch(key).expect("is there").anchor.root;
            let record = Evidence::Record { key, root, index: 0 };
            let refused = Disputes::add_evidence(by(first), FIRST, record);
            assert_eq!(
                refused,
                Err(pallet_disputes::Error::<Runtime>::RecordNotProven.into())
            );
            let proven = interclear_primitives::batch::ProvenRecord {
                key,
                leaf: [1; 32],
                by: first,
                at: now(),
            };
            pallet_anchoring::Proofs::<Runtime>::insert((key, root), 0, proven);
            assert_ok!(Disputes::add_evidence(by(first), FIRST, record));
            assert_eq!(Runtime::dispute(FIRST).map(|found| found.evidence.len()), Some(1));
        },
    );
}

/// Likewise with a fifth of tax.
fn taxed(count: u128) -> Figures {
    Figures {
        tax: Value::Clear(i128::try_from(count * 2).expect("fits")),
        ..minutes(count)
    }
}

/// What is committed for the quarter, in cents.
const COMMITTED: i128 = 300_000;

/// A fifth of tax on minutes, and a commitment of the first party for all that it uses.
fn tax_and_commit(terms: &mut Terms) {
    let agreed = &mut terms.directions[0];
    agreed.commitment_span = Span::Quarter;
    agreed.condition = Condition::DealRevenue {
        commitment: Amount(COMMITTED as u128 * 10_000),
        including_tax: false,
    };
    for line in &mut agreed.groups[0].lines {
        line.terms.in_commitment = true;
        if line.service == Service::Mtc {
            line.terms.tax = TaxRule::Excluded {
                rate: TaxRate(TaxRate::WHOLE / 5),
            };
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Raise(bool, LineKey, u128),
    Answer(bool, u64, u128),
    Concede(bool, u64, u128),
    Offer(bool, u64, u128),
    Accept(bool, u64),
    Escalate(bool, u64),
    Rule(u64, u128),
    Affirm(bool),
    Wait(Moment),
    Cycle,
    Miss(bool),
    Charge(bool, u64),
}

fn step() -> impl Strategy<Value = Step> {
    let lines = vec![
        voice(),
        line(Direction::FirstHome, Service::Gprs),
        line(Direction::SecondHome, Service::Gprs),
    ];
    let (id, units) = (|| 0..3u64, || 0..12_000u128);
    let side = any::<bool>;
    prop_oneof![
        4 => (side(), prop::sample::select(lines), units()).prop_map(|(a, b, c)| Step::Raise(a, b, c)),
        3 => (side(), id(), units()).prop_map(|(a, b, c)| Step::Answer(a, b, c)),
        3 => (side(), id(), units()).prop_map(|(a, b, c)| Step::Concede(a, b, c)),
        2 => (side(), id(), units()).prop_map(|(a, b, c)| Step::Offer(a, b, c)),
        1 => (side(), id()).prop_map(|(a, b)| Step::Accept(a, b)),
        2 => (side(), id()).prop_map(|(a, b)| Step::Escalate(a, b)),
        2 => (id(), units()).prop_map(|(a, b)| Step::Rule(a, b)),
        1 => side().prop_map(Step::Affirm),
        4 => (1..20 * DAY).prop_map(Step::Wait),
        2 => Just(Step::Cycle),
        1 => side().prop_map(Step::Miss),
        1 => (side(), 0..20u64).prop_map(|(a, b)| Step::Charge(a, b)),
    ]
}

fn take(step: &Step) {
    let party = |first: &bool| PARTIES[usize::from(!*first)];
    // Calls may fail; what counts is the state that they leave.
    let _ = match step {
        Step::Raise(who, line, units) => {
            let kind = DisputeKind::FraudLiability;
            Disputes::raise(by(party(who)), AGREEMENT, MONTH, *line, kind, taxed(*units), None)
        }
        Step::Answer(who, id, units) => Disputes::answer(by(party(who)), DisputeId(*id), taxed(*units)),
        Step::Concede(who, id, units) => Disputes::concede(by(party(who)), DisputeId(*id), taxed(*units)),
        Step::Offer(who, id, units) => Disputes::offer(by(party(who)), DisputeId(*id), taxed(*units)),
        Step::Accept(who, id) => {
            let found = Disputes::dispute(DisputeId(*id));
            found.map_or(Ok(()), |found| {
                let other = found.side(party(who)).expect("a party").other();
                Disputes::accept(by(party(who)), DisputeId(*id), found.position(other))
            })
        }
        Step::Escalate(who, id) => Disputes::escalate(by(party(who)), DisputeId(*id)),
        Step::Rule(id, units) => {
            let council = RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3));
            Disputes::rule(council, DisputeId(*id), taxed(*units))
        }
        Step::Affirm(who) => Statements::affirm(by(party(who)), AGREEMENT, MONTH),
        Step::Wait(time) => {
            wait(*time);
            Ok(())
        }
        Step::Cycle => {
            cycle();
            Ok(())
        }
        Step::Miss(who) => {
            miss(party(who));
            Ok(())
        }
        Step::Charge(who, id) => Netting::charge_interest(by(party(who)), ObligationId(*id)),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Two parties that dispute whatever they like while cycles pay: in the end each line has been paid at the figure that stands, the
    /// quarter's commitment is charged by what was used and what both have named or was ruled, and nothing else is paid.
    #[test]
    fn what_is_paid_in_all_should_be_what_the_disputes_come_to(
        steps in prop::collection::vec(step(), 1..60),
        dispute_days in 1..120u16,
        fee in 0u128..50_000_000,
    ) {
        let change = |terms: &mut Terms| {
            tax_and_commit(terms);
            terms.payment.dispute_days = dispute_days;
            terms.disputes.fee = fee;
        };
        closed(change, || {
            for step in &steps {
                take(step);
                try_state();
            }
            // An answer, the ruling, and the days to pay.
            for time in [16, 61, 61, 61, 61] {
                wait(time * DAY);
            }
            let found = Runtime::disputes(AGREEMENT, MONTH);
            assert!(found.iter().all(|(_, dispute)| !dispute.phase.is_open()));
            // Either party closes alone by now.
            for month in [MONTH.next(), MONTH.next().next()] {
                let changes = Statements::closing(AGREEMENT, month).map_or(0, |closing| closing.changes);
                assert_ok!(Statements::close_period(by(PARTIES[0]), AGREEMENT, month, changes));
            }
            for _ in 0..3 {
                wait(121 * DAY);
            }
            cycle();
            // By the figures that stand, which the engine has not seen.
            let on = |key: LineKey| {
                found.iter().map(|(_, dispute)| dispute).find(|dispute| {
                    let interclear_primitives::dispute::DisputeSubject::StatementLine { line, .. } = dispute.subject;
                    line == key
                })
            };
            let stands = |key: LineKey, stated: i128| {
                on(key).map_or(stated, |dispute| {
                    let ended = dispute.ended.expect("has ended");
                    ended.worth().expect("fits").clear().expect("is clear")
                })
            };
            // Silence moves the money of the line, and no commitment.
            let counts = |key: LineKey, stated: i128| {
                on(key).map_or(stated, |dispute| match dispute.phase {
                    DisputePhase::Ended(DisputeOutcome::Accepted | DisputeOutcome::Ruled) => {
                        dispute.ended.expect("has ended").charge.clear().expect("is clear")
                    }
                    _ => stated,
                })
            };
            let data = line(Direction::FirstHome, Service::Gprs);
            let counted = counts(voice(), 100_000) + counts(data, 50_000);
            let owed = stands(voice(), 120_000) + stands(data, 50_000)
                - stands(line(Direction::SecondHome, Service::Gprs), 10_000)
                + (COMMITTED - counted).max(0);
            let fees: i128 = (0..200)
                .filter_map(|id| Netting::obligation(ObligationId(id)))
                .filter(|debt| {
                    let (fee, interest) = (
                        matches!(debt.source, ObligationSource::DisputeFee { .. }),
                        matches!(debt.source, ObligationSource::Interest { .. }),
                    );
                    fee || interest
                })
                .map(|debt| {
                    let amount = debt.amount.clear().expect("is clear");
                    if debt.debtor == PARTIES[0] { amount } else { -amount }
                })
                .sum();
            // Less than a unit of the currency is carried into the next cycle.
            let [first, second] = balances();
            assert_eq!(first, -second);
            assert!((owed + fees - second).abs() < 100, "{owed} {fees} {second}");
        });
    }
}
