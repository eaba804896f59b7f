//! Months of chain time with two parties that both play against each other: random sequences of what each may do, after
//! which what they owe must be what all accepted usage costs at once, by figures of this file's own.

use super::{
    group::{begin, by, council, desk, set_clock, AGREEMENT, FUNDS, PARTIES, TOKEN},
    preset,
};
use crate::{Agreements, Anchoring, Assets, Disputes, Netting, Reports, Runtime, Statements, System};
use frame_support::{
    assert_ok,
    storage::with_storage_layer,
    traits::{fungibles::Inspect, Get, Hooks},
    weights::Weight,
    BoundedVec,
};
use interclear_ports::{Clock, Obligations as _, Periods};
use interclear_primitives::{
    agreement::{Direction, Terms},
    batch::{Anchor, FatalReason, ReturnedRecords, ServiceTotal},
    dispute::{DisputeKind, Figures, LineKey},
    ids::{CycleId, DisputeId},
    money::{Currency, Value},
    netting::{Obligation, ObligationSource},
    period::Period,
    rating::{Amount, Condition, Price, Pricing, Quantity, RatePlan, Tier, UsagePlan},
    report::{PairMonth, ReportOutcome, ReportSide, ReportedLine},
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service::{Gprs, Mtc},
    span::Span,
    statement::StatementStatus,
    tadig::Tadig,
    Moment, DAY,
};
use proptest::prelude::*;
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::BTreeMap;

const FIRST: Period = Period(202_601);
const LAST: Period = Period(202_606);
const NETWORKS: [Tadig; 2] = [samples::FIRST, samples::SECOND];
/// Days to answer, and until both waivers are possible after the closing days.
const ANSWER: Moment = 7 * DAY;
const HELD: Moment = 12 * DAY;
/// What the first party commits itself to, in cents.
const COMMITMENT: i128 = 60_000;

/// Data at 0.50 for the first 1,000 units of the whole term and 0.10 beyond, in both directions; the first party
/// commits itself to 600.00.
fn terms() -> Terms {
    let mut terms = samples::terms(FIRST, LAST);
    let tier = |start, price| Tier {
        start: Quantity(start),
        fixed: Amount(0),
        price: Price(price),
    };
    for direction in &mut terms.directions {
        let tiers = vec![tier(0, 500_000_000), tier(1_000_000_000, 100_000_000)];
        direction.window = Span::Term;
        direction.groups[0].lines[0].terms.pricing = Pricing::Usage {
            plan: UsagePlan::Plan(RatePlan::Tiered {
                tiers: tiers.try_into().expect("two fit"),
            }),
            floor: None,
        };
    }
    terms.directions[0].groups[0].lines[0].terms.in_commitment = true;
    terms.directions[0].condition = Condition::DealRevenue {
        commitment: Amount(COMMITMENT as u128 * 10_000),
        including_tax: false,
    };
    terms
}

/// What so many units of the whole term cost, in cents.
fn cost(units: i128) -> i128 {
    units.min(1_000) * 50 + (units - 1_000).max(0) * 10
}

/// What so many units of calls cost, which come in reports: 0.10 each, in cents.
fn cost_of_calls(units: i128) -> i128 {
    units * 10
}

#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    /// Sender, months back, units, numbers left out.
    Send(usize, u32, u32, u32),
    Fill(usize, u32, u32),
    Resend(usize, u32),
    Acknowledge(usize),
    ReturnFile(usize),
    ReturnRecords(usize),
    WaiveGap(usize, usize),
    WaiveFile(usize, usize),
    Close(usize),
    /// As it was seen a change ago.
    CloseUnseen(usize),
    /// So many months after the next one.
    CloseAhead(usize, u32),
    /// Who disputes which line of the newest statement, what was used, and what it comes to more or less than is stated, as charge and tax.
    Raise(usize, usize, u32, i32, i32),
    /// Likewise who answers one of the newest disputes.
    Answer(usize, usize, u32, i32, i32),
    Affirm(usize),
    Settle,
    Idle,
    /// Who reports, whose subscribers roamed, months back, units.
    Report(usize, usize, u32, u32),
    /// Accepts the other side's figures.
    AffirmReport(usize, usize, u32),
    ConcludeReport(usize, usize, u32),
}

fn step() -> impl Strategy<Value = Step> {
    let party = || 0..2usize;
    let file = || 0..40usize;
    let units = || prop_oneof![1..20u32, 1..600u32];
    let used = || prop_oneof![0..600u32, Just(50_000_000)];
    let cents = || prop_oneof![-3_000..3_000i32, -90_000..90_000i32];
    prop_oneof![
        6 => prop_oneof![4 => 1..5 * DAY, 1 => 5 * DAY..40 * DAY].prop_map(Step::Wait),
        8 => (party(), 0..4u32, units(), prop_oneof![3 => Just(0u32), 1 => 1..4u32])
            .prop_map(|(sender, back, units, skip)| Step::Send(sender, back, units, skip)),
        2 => (party(), 0..4u32, units()).prop_map(|(sender, back, units)| Step::Fill(sender, back, units)),
        2 => (file(), units()).prop_map(|(file, units)| Step::Resend(file, units)),
        5 => file().prop_map(Step::Acknowledge),
        2 => file().prop_map(Step::ReturnFile),
        2 => file().prop_map(Step::ReturnRecords),
        1 => (party(), party()).prop_map(|(party, sender)| Step::WaiveGap(party, sender)),
        1 => (party(), file()).prop_map(|(party, file)| Step::WaiveFile(party, file)),
        6 => party().prop_map(Step::Close),
        1 => party().prop_map(Step::CloseUnseen),
        2 => (party(), 1..4u32).prop_map(|(party, ahead)| Step::CloseAhead(party, ahead)),
        3 => (party(), 0..4usize, used(), cents(), cents())
            .prop_map(|(party, line, used, charge, tax)| Step::Raise(party, line, used, charge, tax)),
        2 => (party(), 0..4usize, used(), cents(), cents())
            .prop_map(|(party, place, used, charge, tax)| Step::Answer(party, place, used, charge, tax)),
        4 => party().prop_map(Step::Affirm),
        1 => Just(Step::Settle),
        2 => Just(Step::Idle),
        2 => (party(), party(), 1..4u32, 1..5u32)
            .prop_map(|(by, home, back, units)| Step::Report(by, home, back, units)),
        1 => (party(), party(), 1..4u32).prop_map(|(by, home, back)| Step::AffirmReport(by, home, back)),
        1 => (party(), party(), 1..4u32).prop_map(|(by, home, back)| Step::ConcludeReport(by, home, back)),
    ]
}

/// A file as this test knows it.
#[derive(Clone, Copy)]
struct File {
    sender: usize,
    key: BatchKey,
    month: Period,
    /// What of it is accepted, in millionths.
    counts: u128,
    /// The return file that refused it last.
    refused: Option<u32>,
}

/// What this test knows by itself.
#[derive(Default)]
struct Model {
    files: Vec<File>,
    /// What each side has reported last of calls, visited network and home network, by whose subscribers roamed and month.
    reported: BTreeMap<(usize, Period), [Option<u32>; 2]>,
    raps: u32,
    /// When each party did something last.
    acted: [Moment; 2],
    /// The net of each month's statement.
    nets: BTreeMap<Period, i128>,
    /// What the statements' lines say was used, by direction.
    stated: [u128; 2],
    /// What the first party pays beyond what is stated, by dispute.
    moved: BTreeMap<DisputeId, i128>,
}

fn now() -> Moment {
    <Runtime as pallet_statements::Config>::Clock::now()
}

fn series(sender: usize) -> SeriesKey {
    SeriesKey {
        sender: NETWORKS[sender],
        recipient: NETWORKS[1 - sender],
        stream: Stream::Tap,
        test: false,
    }
}

fn part(records: u32, quantity: u128) -> ServiceTotal {
    ServiceTotal {
        service: Gprs,
        records,
        quantity,
        charge: Value::ZERO,
        tax: Value::ZERO,
    }
}

/// As a block would: what fails changes nothing.
fn call<R, E>(call: impl FnOnce() -> Result<R, E>) -> bool
where
    E: Into<sp_runtime::DispatchErrorWithPostInfo<frame_support::dispatch::PostDispatchInfo>>,
{
    with_storage_layer(|| call().map_err(|refused| refused.into().error)).is_ok()
}

/// The pair of networks of those subscribers' roaming.
fn pair(home: usize, period: Period) -> PairMonth {
    PairMonth {
        visited: NETWORKS[1 - home],
        home: NETWORKS[home],
        period,
    }
}

/// Figures that differ from others in everything but the shortfall, so that much of them comes to a sum near theirs.
fn differing(stated: &Figures, units: u32, charge: i32, tax: i32) -> Figures {
    let more = |amount: Value, cents: i32| Value::Clear(amount.clear().expect("open") + i128::from(cents));
    Figures {
        quantity: u128::from(units) * 1_000_000,
        charge: more(stated.charge, charge),
        tax: more(stated.tax, tax),
        ..*stated
    }
}

fn months_ago(back: u32) -> Period {
    (0..back).fold(Period::containing(now()), |month, _| month.previous())
}

/// Accepts what the other side has reported last.
fn affirm_report(party: usize, home: usize, month: Period) -> bool {
    let pair = pair(home, month);
    let theirs = if party == home {
        ReportSide::Visited
    } else {
        ReportSide::Home
    };
    let version = Reports::usage_reports(pair)
        .and_then(|(reports, _)| reports.side(theirs).as_ref().map(|report| report.version));
    version.is_some_and(|version| call(|| Reports::affirm_usage(by(PARTIES[party]), pair, version)))
}

fn next_open() -> Period {
    Statements::last_closed(AGREEMENT).map_or(FIRST, |last| last.next())
}

fn close(party: usize, changes: u32) -> bool {
    call(|| Statements::close_period(by(PARTIES[party]), AGREEMENT, next_open(), changes))
}

fn changes() -> u32 {
    Anchoring::period_usage(AGREEMENT, next_open()).changes
}

impl Model {
    fn send(&mut self, sender: usize, sequence: u32, back: u32, units: u32, resent_for: Option<u32>) {
        let month = months_ago(back);
        let cut_off = (month.end() - 1).min(now());
        let mut file_digest = [0; 32];
        file_digest[..4].copy_from_slice(&sequence.to_le_bytes());
        file_digest[4..8].copy_from_slice(&self.raps.to_le_bytes());
        let key = BatchKey {
            series: series(sender),
            sequence,
        };
        let quantity = u128::from(units) * 1_000_000;
        let anchor = Anchor {
            key,
            file_digest,
            root: [1; 32],
            currency: Currency::EUR,
            decimals: 6,
            records: 10,
            totals: BoundedVec::truncate_from(vec![part(10, quantity)]),
            discount: Value::ZERO,
            earliest_call: Some(cut_off),
            latest_call: Some(cut_off),
            cut_off,
            available: cut_off,
            resent_for,
        };
        if !call(|| Anchoring::anchor(by(PARTIES[sender]), anchor)) {
            return;
        }
        self.acted[sender] = now();
        let file = File {
            sender,
            key,
            month,
            counts: quantity,
            refused: None,
        };
        match self.files.iter_mut().find(|file| file.key == key) {
            Some(known) => *known = file,
            None => self.files.push(file),
        }
    }

    /// One of the newest files.
    fn pick(&self, place: usize) -> Option<usize> {
        self.files.len().checked_sub(1 + place % self.files.len().max(1))
    }

    fn apply(&mut self, step: &Step) {
        let operator = |party: usize| by(PARTIES[party]);
        match *step {
            Step::Wait(time) => set_clock(now() + time),
            Step::Send(sender, back, units, skip) => {
                let next = Anchoring::sequence(series(sender)).highest + 1 + skip;
                self.send(sender, next, back, units, None);
            }
            Step::Fill(sender, back, units) => {
                let state = Anchoring::sequence(series(sender));
                if let Some(gap) = state.gaps.first() {
                    self.send(sender, gap.first, back, units, None);
                }
            }
            Step::Resend(place, units) => {
                let Some(place) = self.pick(place) else {
                    return;
                };
                let File {
                    sender,
                    key,
                    month,
                    refused,
                    ..
                } = self.files[place];
                let back = month.months_until(Period::containing(now()));
                self.raps += 1;
                if refused.is_some() {
                    self.send(sender, key.sequence, back, units, refused);
                }
            }
            Step::Acknowledge(place) => {
                let Some(place) = self.pick(place) else { return };
                let File { sender, key, .. } = self.files[place];
                if call(|| Anchoring::acknowledge(operator(1 - sender), key)) {
                    self.acted[1 - sender] = now();
                }
            }
            Step::ReturnFile(place) => {
                let Some(place) = self.pick(place) else { return };
                let File { sender, key, .. } = self.files[place];
                self.raps += 1;
                let rap = self.raps;
                let reason = FatalReason::Totals;
                if call(|| Anchoring::return_file(operator(1 - sender), key, reason, rap, [2; 32])) {
                    self.acted[1 - sender] = now();
                    let file = &mut self.files[place];
                    (file.counts, file.refused) = (0, Some(rap));
                }
            }
            Step::ReturnRecords(place) => {
                let Some(place) = self.pick(place) else { return };
                let File {
                    sender, key, counts, ..
                } = self.files[place];
                self.raps += 1;
                // Whole units, so that the cost is whole cents.
                let quantity = counts / 2_000_000 * 1_000_000;
                let records = ReturnedRecords {
                    rap_sequence: self.raps,
                    rap_digest: [3; 32],
                    totals: BoundedVec::truncate_from(vec![part(1, quantity)]),
                };
                if call(|| Anchoring::return_records(operator(1 - sender), key, records)) {
                    self.acted[1 - sender] = now();
                    self.files[place].counts -= quantity;
                }
            }
            Step::WaiveGap(party, sender) => {
                let state = Anchoring::sequence(series(sender));
                if let Some(gap) = state.gaps.first() {
                    call(|| Anchoring::waive_gap(operator(party), series(sender), gap.first));
                }
            }
            Step::WaiveFile(party, place) => {
                let Some(place) = self.pick(place) else { return };
                let key = self.files[place].key;
                call(|| Anchoring::waive_file(operator(party), key));
            }
            Step::Close(party) => {
                close(party, changes());
            }
            Step::CloseUnseen(party) => {
                assert!(
                    !close(party, changes().wrapping_sub(1)),
                    "it has not seen the last change"
                );
            }
            Step::CloseAhead(party, ahead) => {
                let month = next_open().plus(ahead);
                let changes = Anchoring::period_usage(AGREEMENT, month).changes;
                assert!(
                    !call(|| Statements::close_period(operator(party), AGREEMENT, month, changes)),
                    "{month} is closed before {}",
                    next_open()
                );
            }
            Step::Raise(party, place, used, charge, tax) => {
                let Some(month) = Statements::last_closed(AGREEMENT) else {
                    return;
                };
                let statement = Statements::statement(AGREEMENT, month);
                let lines = statement.map(|statement| statement.lines).unwrap_or_default();
                let Some(line) = lines.get(place % lines.len().max(1)) else {
                    return;
                };
                let key = LineKey {
                    late: line.late,
                    usage: line.key(),
                };
                let claimed = differing(&Figures::of(line), used, charge, tax);
                let kind = DisputeKind::FraudLiability;
                call(|| Disputes::raise(operator(party), AGREEMENT, month, key, kind, claimed, None));
            }
            Step::Answer(party, place, used, charge, tax) => {
                let id = pallet_disputes::NextDispute::<Runtime>::get()
                    .0
                    .checked_sub(1 + place as u64);
                let Some(id) = id.map(DisputeId) else { return };
                let Some(dispute) = Disputes::dispute(id) else {
                    return;
                };
                let claimed = differing(&dispute.stated, used, charge, tax);
                call(|| Disputes::answer(operator(party), id, claimed));
            }
            Step::Affirm(party) => {
                for month in self.nets.keys() {
                    call(|| Statements::affirm(operator(party), AGREEMENT, *month));
                }
            }
            Step::Settle => settle(),
            Step::Report(party, home, back, units) => {
                let month = months_ago(back);
                let line = ReportedLine {
                    service: Mtc,
                    quantity: u128::from(units) * 1_000_000,
                    charge: Value::ZERO,
                    tax: Value::ZERO,
                };
                let lines = BoundedVec::truncate_from(vec![line]);
                if call(|| Reports::report_usage(operator(party), pair(home, month), [4; 32], lines)) {
                    self.acted[party] = now();
                    let sides = self.reported.entry((home, month)).or_default();
                    sides[usize::from(party == home)] = Some(units);
                }
            }
            Step::AffirmReport(party, home, back) => {
                affirm_report(party, home, months_ago(back));
            }
            Step::ConcludeReport(party, home, back) => {
                let pair = pair(home, months_ago(back));
                if call(|| Reports::conclude_usage(operator(party), pair)) {
                    self.acted[party] = now();
                }
            }
            Step::Idle => {
                Anchoring::on_idle(System::block_number(), Weight::MAX);
                Statements::on_idle(System::block_number(), Weight::MAX);
                Netting::on_idle(System::block_number(), Weight::MAX);
                Disputes::on_idle(System::block_number(), Weight::MAX);
            }
        }
    }

    /// What the first party owes more than is stated, because of disputes.
    fn disputed(&self) -> i128 {
        let mut kept = pallet_disputes::Disputes::<Runtime>::iter_values();
        assert!(
            kept.all(|dispute| !dispute.phase.is_open()),
            "time ends every dispute"
        );
        self.moved.values().sum()
    }

    /// Notes what disputes have come to: months later they are removed.
    fn note_disputes(&mut self) {
        for (id, dispute) in pallet_disputes::Disputes::<Runtime>::iter() {
            let stated = dispute.stated.worth().and_then(|worth| worth.clear());
            let moved = dispute.settled.clear().expect("open") - stated.expect("open");
            let moved = match dispute.parties == PARTIES {
                true => moved,
                false => -moved,
            };
            self.moved.insert(id, moved);
        }
    }

    /// Notes what has been stated, each month once.
    fn note_statements(&mut self) {
        for (agreement, month, statement) in pallet_statements::Statements::<Runtime>::iter() {
            assert_eq!(agreement, AGREEMENT);
            let net = statement.net.clear().expect("open");
            if self.nets.insert(month, net).is_none() {
                for line in &statement.lines {
                    self.stated[line.direction.index()] += line.quantity;
                }
            }
        }
    }

    /// Does everything by which a party can end what holds a month open.
    fn unblock(&self, party: usize) {
        for sender in 0..2 {
            for gap in &Anchoring::sequence(series(sender)).gaps {
                call(|| Anchoring::waive_gap(by(PARTIES[party]), series(sender), gap.first));
            }
        }
        for file in &self.files {
            if file.sender != party {
                call(|| Anchoring::acknowledge(by(PARTIES[party]), file.key));
            }
            call(|| Anchoring::waive_file(by(PARTIES[party]), file.key));
        }
        for (home, month) in self.reported.keys() {
            affirm_report(party, *home, *month);
        }
    }

    /// Nobody holds a month open for a party that ends what it can end, once the days for it are over and its own last
    /// deed is old.
    fn check_closable(&self) {
        let month = next_open();
        if month > LAST {
            return;
        }
        // Who has reported alone waits for the other side first, and moves when it concludes.
        if Anchoring::period_usage(AGREEMENT, month).open_reports > 0 {
            return;
        }
        for party in 0..2 {
            let free = (month.end() + HELD).max(self.acted[party] + ANSWER);
            if now() < free {
                continue;
            }
            let mut closed = false;
            let _: DispatchResult = with_storage_layer(|| {
                self.unblock(party);
                closed = close(party, changes()) && next_open() > month;
                Err(DispatchError::Other("it was only tried"))
            });
            assert!(closed, "party {party} cannot close {month}");
        }
    }

    fn check(&self, step: &Step) {
        let sound = Statements::do_try_state()
            .and_then(|()| Netting::do_try_state())
            .and_then(|()| Anchoring::do_try_state())
            .and_then(|()| Reports::do_try_state())
            .and_then(|()| Disputes::do_try_state());
        if let Err(fault) = sound {
            panic!("{fault:?} after {step:?}");
        }
        self.check_closable();
    }

    /// The units of calls that are final, of what was reported of those subscribers.
    fn calls(&self, home: usize) -> i128 {
        let of_home = self.reported.iter().filter(|((of, _), _)| *of == home);
        of_home
            .map(|((_, month), [visited, at_home])| {
                let outcome =
                    Reports::usage_reports(pair(home, *month)).and_then(|(reports, _)| reports.outcome);
                let units = match outcome {
                    None => None,
                    Some(ReportOutcome::Affirmed(ReportSide::Visited)) => *visited,
                    Some(ReportOutcome::Affirmed(ReportSide::Home)) => *at_home,
                    // Of what both say the smaller one, or what one says alone.
                    Some(ReportOutcome::Concluded { .. }) => [*visited, *at_home].into_iter().flatten().min(),
                };
                i128::from(units.unwrap_or(0))
            })
            .sum()
    }

    /// Lets everything come to its end: all that was sent is answered by silence, every month is closed and affirmed.
    fn finish(&mut self) {
        for _ in 0..60 {
            let month = next_open();
            set_clock((now() + DAY).max(month.end() + 20 * DAY));
            for (party, operator) in PARTIES.into_iter().enumerate() {
                self.unblock(party);
                for (home, month) in self.reported.keys() {
                    call(|| Reports::conclude_usage(by(operator), pair(*home, *month)));
                }
            }
            for party in 0..2 {
                close(party, changes());
            }
            self.note_statements();
        }
        assert!(next_open() > LAST, "every month of the term is closed");
        assert!(
            !Anchoring::period_usage(AGREEMENT, next_open()).in_use(),
            "nothing is left"
        );
        // Nobody rules, and nobody answers any more.
        for _ in 0..4 {
            set_clock(now() + 61 * DAY);
            Disputes::on_idle(System::block_number(), Weight::MAX);
            Statements::on_idle(System::block_number(), Weight::MAX);
            self.note_disputes();
        }
        set_clock(now() + 61 * DAY);
    }
}

/// Nets and pays what is due, as far as it goes: there may be nothing to net, or a cycle whose time has not come.
fn settle() {
    let time = now();
    call(|| Netting::open_cycle(council(), TOKEN, time, 2 * DAY));
    let id = Netting::latest_cycle().unwrap_or(CycleId(0));
    call(|| Netting::collect(by(PARTIES[0]), id));
    // Each day since the last cycle is a step.
    call(|| Netting::compute(by(PARTIES[1]), id, 10_000));
    for party in PARTIES {
        call(|| Netting::fund(by(party), id));
    }
    call(|| Netting::settle(by(PARTIES[0]), id));
}

/// Debts that nobody has paid.
fn unpaid() -> Vec<Obligation> {
    let debts = Netting::all().into_iter().map(|(_, debt)| debt);
    debts.filter(|debt| !debt.status.is_paid()).collect()
}

/// All is affirmed and due: when both do their part, nothing stays unpaid.
fn pay_all() {
    for (_, month, statement) in pallet_statements::Statements::<Runtime>::iter() {
        assert_eq!(statement.status, StatementStatus::Affirmed, "{month}");
    }
    // A cycle that was left half done ends first.
    for _ in 0..4 {
        settle();
        set_clock(now() + 7 * DAY);
    }
    // What is too little for a transfer of its own is carried from cycle to cycle.
    let least: u128 = <Runtime as pallet_netting::Config>::MinimumNet::get();
    let carried = |debt: &Obligation| {
        matches!(debt.source, ObligationSource::Carried { .. })
            && debt.amount.clear().is_ok_and(|amount| amount < least as i128)
    };
    let unpaid = unpaid();
    assert!(unpaid.len() <= 1 && unpaid.iter().all(carried), "{unpaid:?}");
}

/// The tokens that a party has gained, and what is carried in its favour or against it.
fn gained(party: usize) -> i128 {
    let operator = PARTIES[party];
    let tokens = Assets::total_balance(TOKEN, &desk(operator)) as i128 - FUNDS as i128;
    unpaid().into_iter().fold(tokens, |sum, debt| {
        let amount = debt.amount.clear().expect("open");
        if debt.creditor == operator {
            sum + amount
        } else {
            sum - amount
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parties_should_owe_what_all_accepted_usage_costs_at_once_when_both_play_for_months(
        steps in prop::collection::vec(step(), 40..160),
    ) {
        preset("development").execute_with(|| {
            set_clock(FIRST.start() - 40 * DAY);
            begin(&terms());
            set_clock(FIRST.start() + DAY);
            let mut model = Model::default();
            for step in &steps {
                model.apply(step);
                model.note_statements();
                model.note_disputes();
                model.check(step);
            }
            model.finish();
            model.check(&Step::Idle);

            // Each file bills once, in whatever month.
            let mut units = [0i128; 2];
            for (owed, units) in Direction::BOTH.into_iter().zip(&mut units) {
                // Who owes is the recipient.
                let sent = model.files.iter().filter(|file| file.sender != owed.index());
                let quantity: u128 = sent.map(|file| file.counts).sum();
                let calls = model.calls(owed.index());
                assert_eq!(
                    model.stated[owed.index()] as i128,
                    quantity as i128 + calls * 1_000_000,
                    "{owed:?}"
                );
                *units = (quantity / 1_000_000) as i128;
            }
            // And all of them come to what they cost at once.
            let [first, second] = [0, 1].map(|home| cost_of_calls(model.calls(home)));
            let owed = [cost(units[0]).max(COMMITMENT) + first, cost(units[1]) + second];
            // What only one side has said of a line moves the money of the line, and no tier and no commitment.
            assert_eq!(model.nets.values().sum::<i128>(), owed[0] - owed[1]);
            let net = owed[0] - owed[1] + model.disputed();
            pay_all();
            assert_eq!([gained(0), gained(1)], [-net, net]);
        });
    }
}

/// The first party sends nothing, the second so many units of a month.
fn second_sends(model: &mut Model, month: Period, sequence: u32, units: u32) {
    let back = month.months_until(Period::containing(now()));
    model.send(1, sequence, back, units, None);
}

#[test]
fn a_commitment_should_be_owed_once_and_for_the_months_that_it_ran_when_the_last_closed_month_is_the_last() {
    preset("development").execute_with(|| {
        set_clock(FIRST.start() - 40 * DAY);
        begin(&terms());
        let mut model = Model::default();
        let last = Period(202_603);
        for (month, sequence) in [(FIRST, 1), (FIRST.next(), 2), (last, 3)] {
            set_clock(month.end() - DAY);
            second_sends(&mut model, month, sequence, 100);
            if month == FIRST {
                assert_ok!(Agreements::terminate(by(PARTIES[0]), AGREEMENT, last));
            }
            set_clock(month.end() + HELD);
            assert!(close(0, changes()));
            model.note_statements();
            assert_ok!(Statements::do_try_state());
        }
        assert_eq!(Statements::last_closed(AGREEMENT), Some(last));
        // 300 units cost 150.00; of 600.00 for six months 300.00 are owed for three.
        assert_eq!(model.nets.values().sum::<i128>(), 30_000);
        // What comes late is given back of the shortfall, and nothing is charged once more.
        second_sends(&mut model, last, 4, 200);
        set_clock(last.next().end() + HELD);
        assert!(close(0, changes()));
        model.note_statements();
        assert_eq!((model.nets.len(), model.nets.values().sum::<i128>()), (4, 30_000));
        assert!(!close(0, changes()) && !close(1, changes()));
        assert_ok!(Statements::do_try_state());
    });
}
