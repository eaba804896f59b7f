//! Five operators with an agreement between any two of them, and each plays against the others for months of chain time. What
//! each has in the end is what the accepted files cost and the disputes came to, by figures of this file's own.

use super::{
    group::{anchor_of, council, set_clock, TOKEN},
    preset,
};
use crate::{
    AccountId, Agreements, Anchoring, Assets, Disputes, Netting, Operators, Runtime, RuntimeOrigin,
    Statements, System,
};
use frame_support::{
    assert_ok,
    storage::with_storage_layer,
    traits::{fungibles::Inspect, Hooks},
    weights::Weight,
    BoundedVec,
};
use interclear_ports::{Clock, Obligations as _, Periods};
use interclear_primitives::{
    agreement::{Direction, PaymentCondition, Terms},
    batch::ServiceTotal,
    dispute::{Dispute, DisputeKind, DisputeSubject, Figures, LineKey, LineSide},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{CyclePhase, Obligation, ObligationSource, ObligationStatus, PaymentReference},
    operator::{OperatorKind, Role},
    period::Period,
    rating::{Price, Pricing, SdrRate},
    samples,
    series::{SeriesKey, Stream},
    service::Service::Mtc,
    statement::StatementStatus,
    tadig::Tadig,
    tariff::{MonthRate, QuoteDate, RateSource},
    Moment, DAY,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const FIRST: Period = Period(202_601);
const LAST: Period = Period(202_603);
const ISSUER: u32 = 0;
const MEMBERS: u32 = 5;
/// Of each member, in cents.
const FUNDS: u128 = 1_000_000_000;
/// What a minute costs, in cents.
const MINUTE: i128 = 10;

#[derive(Clone, Debug)]
enum Step {
    Wait(Moment),
    Idle,
    /// Sender, recipient, months back, minutes.
    Send(u32, u32, u32, u32),
    Acknowledge(usize),
    /// Who closes the next month of which agreement.
    Close(bool, usize),
    /// Both do.
    CloseTogether(usize),
    Affirm(u32),
    /// Debtor or creditor of which line of which statement, and what it says that it is charged, in cents.
    Raise(bool, usize, usize, u32),
    Answer(bool, usize, u32),
    Concede(bool, usize, u32),
    Offer(bool, usize, u32),
    Accept(bool, usize),
    Withdraw(bool, usize),
    Escalate(bool, usize),
    Rule(usize, u32),
    Open,
    Collect(u32),
    Compute(u32, u32),
    Fund(u32),
    Settle(u32),
    Exclude(u32, u32),
    /// A whole cycle, which one of them does not fund.
    Cycle(u32),
    /// Whatever is paid gross.
    Pay(u32),
    BookCarried(u32),
    Claim(usize),
    /// Who says that it was paid elsewhere.
    Confirm(u32, usize),
    Charge(usize),
    Freeze(u32),
    Thaw(u32),
    Suspend(u32),
    Readmit(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let (member, side) = (|| 1..=MEMBERS, any::<bool>);
    let (place, cents) = (|| 0..60usize, || prop_oneof![0..200u32, 0..60_000u32]);
    prop_oneof![
        10 => prop_oneof![4 => 1..3 * DAY, 1 => 3 * DAY..20 * DAY].prop_map(Step::Wait),
        2 => Just(Step::Idle),
        12 => (member(), member(), 0..3u32, 1..5_000u32).prop_map(|(a, b, c, d)| Step::Send(a, b, c, d)),
        4 => place().prop_map(Step::Acknowledge),
        10 => (side(), 0..10usize).prop_map(|(a, b)| Step::Close(a, b)),
        6 => (0..10usize).prop_map(Step::CloseTogether),
        6 => member().prop_map(Step::Affirm),
        5 => (side(), place(), place(), cents()).prop_map(|(a, b, c, d)| Step::Raise(a, b, c, d)),
        3 => (side(), place(), cents()).prop_map(|(a, b, c)| Step::Answer(a, b, c)),
        2 => (side(), place(), cents()).prop_map(|(a, b, c)| Step::Concede(a, b, c)),
        2 => (side(), place(), cents()).prop_map(|(a, b, c)| Step::Offer(a, b, c)),
        2 => (side(), place()).prop_map(|(a, b)| Step::Accept(a, b)),
        1 => (side(), place()).prop_map(|(a, b)| Step::Withdraw(a, b)),
        2 => (side(), place()).prop_map(|(a, b)| Step::Escalate(a, b)),
        2 => (place(), cents()).prop_map(|(a, b)| Step::Rule(a, b)),
        3 => Just(Step::Open),
        3 => member().prop_map(Step::Collect),
        4 => (member(), prop_oneof![1..40u32, Just(10_000)]).prop_map(|(a, b)| Step::Compute(a, b)),
        8 => member().prop_map(Step::Fund),
        4 => member().prop_map(Step::Settle),
        2 => (member(), prop_oneof![1..40u32, Just(10_000)]).prop_map(|(a, b)| Step::Exclude(a, b)),
        6 => (0..=2 * MEMBERS).prop_map(Step::Cycle),
        3 => member().prop_map(Step::Pay),
        1 => member().prop_map(Step::BookCarried),
        1 => place().prop_map(Step::Claim),
        2 => (member(), place()).prop_map(|(a, b)| Step::Confirm(a, b)),
        4 => place().prop_map(Step::Charge),
        1 => member().prop_map(Step::Freeze),
        2 => member().prop_map(Step::Thaw),
        1 => member().prop_map(Step::Suspend),
        2 => member().prop_map(Step::Readmit),
    ]
}

fn account(member: u32) -> AccountId {
    AccountId::new([member as u8 + 1; 32])
}

fn by(member: u32) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(member))
}

fn network(member: u32) -> Tadig {
    samples::tadig(member)
}

fn now() -> Moment {
    <Runtime as pallet_netting::Config>::Clock::now()
}

/// The parties of each agreement.
fn pairs() -> Vec<[u32; 2]> {
    let all = (1..=MEMBERS).flat_map(|first| (first + 1..=MEMBERS).map(move |second| [first, second]));
    all.collect()
}

fn terms([first, second]: [u32; 2]) -> Terms {
    let direction = |home: u32, visited: u32| {
        let price = Pricing::linear(Price(100_000_000));
        let lines = vec![samples::line(Mtc, price)];
        samples::direction(vec![samples::group(network(home), network(visited), lines)])
    };
    let directions = [direction(first, second), direction(second, first)];
    let mut terms = Terms::usual(FIRST, LAST, Currency::EUR, directions);
    terms.accepts = [(); 2].map(|()| BoundedVec::truncate_from(vec![OperatorId(ISSUER)]));
    terms.disputes.fee = 5_000_000;
    // Of each three pairs one is netted, one pays on a date and one on affirmation; of the first two kinds half carry small nets forward.
    terms.payment.condition = match (first + second) % 3 {
        0 => PaymentCondition::AtCycle,
        1 => PaymentCondition::OnDate,
        _ => PaymentCondition::OnAffirmation,
    };
    match terms.payment.condition {
        PaymentCondition::OnAffirmation => terms.payment.payment_days = 0,
        _ => terms.payment.minimum_sdr = 50 * (first % 2),
    }
    terms
}

/// An issuer and the members, each with one desk that has every role, and money; and an agreement between any two members.
fn begin() {
    for member in ISSUER..=MEMBERS {
        let kind = match member {
            ISSUER => OperatorKind::TokenIssuer,
            _ => OperatorKind::Mobile,
        };
        let name = format!("Operator {member}").into_bytes();
        assert_ok!(Operators::admit(
            council(),
            BoundedVec::truncate_from(name),
            BoundedVec::truncate_from(vec![kind]),
            BoundedVec::truncate_from(vec![network(member)]),
            BoundedVec::new(),
            account(member)
        ));
        let roles = vec![Role::Admin, Role::Commercial, Role::Clearing, Role::Treasury];
        assert_ok!(Operators::set_roles(
            by(member),
            account(member),
            BoundedVec::truncate_from(roles)
        ));
        assert_ok!(Operators::set_payout_account(by(member), account(member)));
    }
    let (name, symbol) = (BoundedVec::new(), BoundedVec::new());
    let (issuer, euro) = (OperatorId(ISSUER), Currency::EUR);
    assert_ok!(Netting::create_token(
        council(),
        TOKEN,
        issuer,
        euro,
        2,
        name,
        symbol
    ));
    for member in 1..=MEMBERS {
        assert_ok!(Assets::mint(
            by(ISSUER),
            TOKEN.into(),
            account(member).into(),
            FUNDS
        ));
    }
    for period in (0..12).map(|months| FIRST.plus(months)) {
        let rate = MonthRate {
            rate: SdrRate(1_225_000_000),
            quoted: QuoteDate::of(period),
            source: RateSource::Governance,
        };
        pallet_tariffs::Rates::<Runtime>::insert(period, Currency::EUR, rate);
    }
    for (id, pair) in (0u32..).zip(pairs()) {
        let [first, second] = pair;
        let terms = terms(pair);
        let digest = terms.digest();
        assert_ok!(Agreements::propose(
            by(first),
            OperatorId(second),
            Box::new(terms)
        ));
        for party in pair {
            assert_ok!(Agreements::sign(by(party), AgreementId(id), 1, digest));
        }
    }
}

/// As a block would: what fails changes nothing.
fn call<R, E>(call: impl FnOnce() -> Result<R, E>) -> bool
where
    E: Into<sp_runtime::DispatchErrorWithPostInfo<frame_support::dispatch::PostDispatchInfo>>,
{
    with_storage_layer(|| call().map_err(|refused| refused.into().error)).is_ok()
}

fn idle() {
    let block = System::block_number();
    Anchoring::on_idle(block, Weight::MAX);
    Disputes::on_idle(block, Weight::MAX);
    Statements::on_idle(block, Weight::MAX);
    Netting::on_idle(block, Weight::MAX);
}

fn try_state() {
    assert_ok!(Anchoring::do_try_state());
    assert_ok!(Disputes::do_try_state());
    assert_ok!(Statements::do_try_state());
    assert_ok!(Netting::do_try_state());
}

fn statements() -> Vec<(AgreementId, Period)> {
    let mut all: Vec<_> = pallet_statements::Statements::<Runtime>::iter_keys().collect();
    all.sort();
    all
}

fn disputes() -> Vec<(DisputeId, Dispute)> {
    // Months later the first ones have been removed.
    let mut kept: Vec<_> = pallet_disputes::Disputes::<Runtime>::iter().collect();
    kept.sort_by_key(|(id, _)| *id);
    kept
}

fn next_month(agreement: AgreementId) -> Period {
    Statements::last_closed(agreement).map_or(FIRST, |last| last.next())
}

fn close(member: u32, agreement: AgreementId) {
    let month = next_month(agreement);
    let changes = Statements::closing(agreement, month).map_or(0, |closing| closing.changes);
    call(|| Statements::close_period(by(member), agreement, month, changes));
}

/// The clear amount, which all here are.
fn cents(value: Value) -> i128 {
    value.clear().expect("is clear")
}

/// The tokens of a member, on hold or not.
fn tokens(member: u32) -> i128 {
    Assets::total_balance(TOKEN, &account(member)) as i128
}

/// What a member gains if something is paid; negative if it pays.
fn gain(member: u32, debt: &Obligation) -> i128 {
    let amount = cents(debt.amount);
    match OperatorId(member) {
        operator if operator == debt.creditor => amount,
        operator if operator == debt.debtor => -amount,
        _ => 0,
    }
}

/// What this test knows by itself.
#[derive(Default)]
struct Model {
    files: Vec<(u32, u32, u32)>,
    /// Minutes that the members of the second number owe those of the first, by both.
    minutes: BTreeMap<(u32, u32), i128>,
    /// Everything that was ever owed, as it stood when it was last seen.
    debts: BTreeMap<ObligationId, Obligation>,
    /// Cents that disputes have come to beyond what their lines state, by creditor and debtor.
    decided: BTreeMap<DisputeId, (u32, u32, i128)>,
}

impl Model {
    fn pick<T: Copy>(all: &[T], place: usize) -> Option<T> {
        all.len()
            .checked_sub(1 + place % all.len().max(1))
            .map(|place| all[place])
    }

    fn apply(&mut self, step: &Step) {
        let id = Netting::latest_cycle().unwrap_or(CycleId(0));
        let open = || -> Vec<ObligationId> { Netting::all().into_iter().map(|(id, _)| id).collect() };
        // The side of a line that disputes it, and what it says.
        let dispute = |debtor: bool, place: usize, charge: u32| {
            let side = if debtor {
                LineSide::Debtor
            } else {
                LineSide::Creditor
            };
            let all = disputes();
            let ids: Vec<_> = all.iter().map(|(id, _)| *id).collect();
            let id = Self::pick(&ids, place)?;
            let found = &all.iter().find(|(other, _)| *other == id)?.1;
            let parties = [
                OperatorId(1),
                OperatorId(2),
                OperatorId(3),
                OperatorId(4),
                OperatorId(5),
            ];
            let party = parties
                .into_iter()
                .find(|party| found.side(*party) == Some(side))?;
            let claimed = Figures {
                charge: Value::Clear(i128::from(charge)),
                ..found.stated
            };
            Some((party.0, id, claimed, found.position(side.other())))
        };
        match *step {
            Step::Wait(time) => set_clock(now() + time),
            Step::Idle => idle(),
            Step::Send(sender, recipient, back, minutes) if sender != recipient => {
                self.send(sender, recipient, back, minutes);
            }
            Step::Send(..) => {}
            Step::Acknowledge(place) => {
                if let Some((sender, recipient, sequence)) = Self::pick(&self.files, place) {
                    let key = series(sender, recipient).file(sequence);
                    call(|| Anchoring::acknowledge(by(recipient), key));
                }
            }
            Step::Close(first, place) => {
                close(pairs()[place][usize::from(!first)], AgreementId(place as u32))
            }
            Step::CloseTogether(place) => {
                let agreement = AgreementId(place as u32);
                pairs()[place]
                    .into_iter()
                    .for_each(|member| close(member, agreement));
            }
            Step::Affirm(member) => {
                for (agreement, month) in statements() {
                    call(|| Statements::affirm(by(member), agreement, month));
                }
            }
            Step::Raise(debtor, place, line, charge) => {
                let Some((agreement, period)) = Self::pick(&statements(), place) else {
                    return;
                };
                let statement = Statements::statement(agreement, period).expect("was listed");
                if statement.lines.is_empty() {
                    return;
                }
                let line = &statement.lines[line % statement.lines.len()];
                let [home, visited] = match line.direction {
                    Direction::FirstHome => statement.parties,
                    Direction::SecondHome => [statement.parties[1], statement.parties[0]],
                };
                let party = if debtor { home } else { visited };
                let claimed = Figures {
                    charge: Value::Clear(i128::from(charge)),
                    ..Figures::of(line)
                };
                let key = LineKey::of(line);
                call(|| {
                    let kind = DisputeKind::Rate;
                    Disputes::raise(by(party.0), agreement, period, key, kind, claimed, None)
                });
            }
            Step::Answer(debtor, place, charge) => {
                if let Some((party, id, claimed, _)) = dispute(debtor, place, charge) {
                    call(|| Disputes::answer(by(party), id, claimed));
                }
            }
            Step::Concede(debtor, place, charge) => {
                if let Some((party, id, claimed, _)) = dispute(debtor, place, charge) {
                    call(|| Disputes::concede(by(party), id, claimed));
                }
            }
            Step::Offer(debtor, place, charge) => {
                if let Some((party, id, claimed, _)) = dispute(debtor, place, charge) {
                    call(|| Disputes::offer(by(party), id, claimed));
                }
            }
            Step::Accept(debtor, place) => {
                if let Some((party, id, _, theirs)) = dispute(debtor, place, 0) {
                    call(|| Disputes::accept(by(party), id, theirs));
                }
            }
            Step::Withdraw(debtor, place) => {
                if let Some((party, id, ..)) = dispute(debtor, place, 0) {
                    call(|| Disputes::withdraw(by(party), id));
                }
            }
            Step::Escalate(debtor, place) => {
                if let Some((party, id, ..)) = dispute(debtor, place, 0) {
                    call(|| Disputes::escalate(by(party), id));
                }
            }
            Step::Rule(place, charge) => {
                if let Some((_, id, claimed, _)) = dispute(true, place, charge) {
                    call(|| Disputes::rule(council(), id, claimed));
                }
            }
            Step::Open => {
                call(|| Netting::open_cycle(council(), TOKEN, now(), 2 * DAY));
            }
            Step::Collect(member) => {
                call(|| Netting::collect(by(member), id));
            }
            Step::Compute(member, max) => {
                call(|| Netting::compute(by(member), id, max));
            }
            Step::Fund(member) => {
                call(|| Netting::fund(by(member), id));
            }
            Step::Settle(member) => {
                call(|| Netting::settle(by(member), id));
            }
            Step::Exclude(member, max) => {
                call(|| Netting::exclude_defaulters(by(member), id, max));
            }
            Step::Cycle(without) => {
                self.cycle(|member| member != without);
            }
            Step::Pay(member) => self.pay(member),
            Step::BookCarried(member) => {
                for (id, _) in (0u32..).zip(pairs()) {
                    call(|| Statements::book_carried(by(member), AgreementId(id)));
                }
            }
            Step::Claim(place) => {
                if let Some((id, debt)) = Self::pick(&Netting::all(), place) {
                    call(|| Netting::claim_payment(by(debt.debtor.0), id, reference()));
                }
            }
            Step::Confirm(member, place) => {
                if let Some(id) = Self::pick(&open(), place) {
                    call(|| Netting::confirm_payment(by(member), id, reference()));
                }
            }
            Step::Charge(place) => {
                if let Some((id, debt)) = Self::pick(&Netting::all(), place) {
                    call(|| Netting::charge_interest(by(debt.creditor.0), id));
                }
            }
            Step::Freeze(member) => {
                call(|| Assets::freeze(by(ISSUER), TOKEN.into(), account(member).into()));
            }
            Step::Thaw(member) => {
                call(|| Assets::thaw(by(ISSUER), TOKEN.into(), account(member).into()));
            }
            Step::Suspend(member) => {
                call(|| Operators::suspend(council(), OperatorId(member)));
            }
            Step::Readmit(member) => {
                call(|| Operators::readmit(council(), OperatorId(member)));
            }
        }
    }

    fn pay(&mut self, member: u32) {
        for (id, debt) in Netting::all() {
            let paid = call(|| Netting::pay(by(member), id, TOKEN));
            assert!(!paid || debt.gross && debt.debtor == OperatorId(member));
        }
        self.note();
    }

    fn send(&mut self, sender: u32, recipient: u32, back: u32, minutes: u32) {
        let month = (0..back).fold(Period::containing(now()), |month, _| month.previous());
        let at = (month.end() - 1).min(now());
        let sequence = Anchoring::sequence(series(sender, recipient)).highest + 1;
        let total = ServiceTotal {
            service: Mtc,
            records: 1,
            quantity: u128::from(minutes) * 1_000_000,
            charge: Value::ZERO,
            tax: Value::ZERO,
        };
        let file = anchor_of(series(sender, recipient).file(sequence), vec![total], [at, at]);
        if call(|| Anchoring::anchor(by(sender), file)) {
            self.files.push((sender, recipient, sequence));
            *self.minutes.entry((sender, recipient)).or_default() += i128::from(minutes);
        }
    }

    /// Sees what is owed before it is evicted, and holds against it what was seen before.
    fn note(&mut self) {
        for (id, debt) in Netting::all() {
            let Some(before) = self.debts.insert(id, debt) else {
                continue;
            };
            let fixed = |debt: &Obligation| (debt.debtor, debt.creditor, cents(debt.amount), debt.source);
            assert_eq!(fixed(&before), fixed(&debt), "what is owed never changes");
            assert!(
                !before.status.is_paid() || before.status == debt.status,
                "{id:?} has ended once: {before:?} {debt:?}"
            );
        }
        for (id, dispute) in disputes() {
            let party = |side| (1..=MEMBERS).find(|member| dispute.side(OperatorId(*member)) == Some(side));
            let (creditor, debtor) = (party(LineSide::Creditor), party(LineSide::Debtor));
            let beyond =
                cents(dispute.ended.unwrap_or(dispute.claims[0]).charge) - cents(dispute.stated.charge);
            let DisputeSubject::StatementLine { .. } = dispute.subject;
            self.decided
                .insert(id, (creditor.expect("is one"), debtor.expect("is one"), beyond));
        }
    }

    /// Lets everything come to its end: nobody is kept from anything, files are answered by silence, months are closed and
    /// affirmed, disputes end, and all pay.
    fn finish(&mut self) {
        for member in 1..=MEMBERS {
            call(|| Operators::readmit(council(), OperatorId(member)));
            call(|| Assets::thaw(by(ISSUER), TOKEN.into(), account(member).into()));
        }
        set_clock(now().max(LAST.end() + 40 * DAY));
        // The months of the term, and those that bill late usage.
        for _ in 0..6 {
            for (id, pair) in (0u32..).zip(pairs()) {
                pair.into_iter().for_each(|member| close(member, AgreementId(id)));
            }
            set_clock(now() + 31 * DAY);
            idle();
            self.note();
            try_state();
        }
        for (id, _) in (0u32..).zip(pairs()) {
            let next = next_month(AgreementId(id));
            assert!(next > LAST && !Anchoring::period_usage(AgreementId(id), next).in_use());
        }
        // An answer, the ruling, and the days to pay.
        for days in [16, 61, 61, 61, 61] {
            set_clock(now() + days * DAY);
            idle();
            self.note();
        }
        for (agreement, month) in statements() {
            let found = Statements::statement(agreement, month).expect("was listed");
            assert_eq!(found.status, StatementStatus::Affirmed);
        }
        assert!(disputes().iter().all(|(_, dispute)| !dispute.phase.is_open()));
        for (id, [first, _]) in (0u32..).zip(pairs()) {
            // All months are closed: nothing is carried forward any more.
            call(|| Statements::book_carried(by(first), AgreementId(id)));
            let carried = pallet_statements::Carried::<Runtime>::get(AgreementId(id));
            assert_eq!(carried.net, Value::ZERO);
        }
        (1..=MEMBERS).for_each(|member| self.pay(member));
        // A cycle that was left half done ends first, without those that did not fund in time.
        for _ in 0..8 {
            self.cycle(|_| true);
            set_clock(now() + 7 * DAY);
        }
        try_state();
    }

    /// Opens a cycle if none is open, and takes it as far as those go that pay.
    fn cycle(&mut self, pays: impl Fn(u32) -> bool) {
        call(|| Netting::open_cycle(council(), TOKEN, now(), 2 * DAY));
        let id = Netting::latest_cycle().unwrap_or(CycleId(0));
        call(|| Netting::collect(by(1), id));
        call(|| Netting::exclude_defaulters(by(1), id, 10_000));
        for _ in 0..40 {
            call(|| Netting::compute(by(1), id, 10_000));
        }
        for member in (1..=MEMBERS).filter(|member| pays(*member)) {
            call(|| Netting::fund(by(member), id));
        }
        let _ = (1..=MEMBERS).any(|member| call(|| Netting::settle(by(member), id)));
        self.note();
    }
}

fn reference() -> PaymentReference {
    PaymentReference(BoundedVec::truncate_from(b"BANK-1".to_vec()))
}

fn series(sender: u32, recipient: u32) -> SeriesKey {
    SeriesKey {
        sender: network(sender),
        recipient: network(recipient),
        stream: Stream::Tap,
        test: false,
    }
}

/// Statements of four pairs that owe each other in a ring are affirmed one by one, between any two steps of a cycle, when all of them
/// are due already.
#[test]
fn each_net_should_be_paid_by_exactly_one_cycle_when_statements_are_affirmed_at_every_step_of_it() {
    preset("development").execute_with(|| {
        set_clock(FIRST.start() - 40 * DAY);
        begin();
        let mut model = Model::default();
        let ring = [(1, 2), (2, 4), (4, 5), (5, 1)];
        let mut month = FIRST;
        while month <= LAST {
            set_clock(month.start() + DAY);
            for (sender, recipient) in ring {
                model.send(sender, recipient, 0, 5_000);
            }
            month = month.next();
        }
        assert_eq!(model.files.len(), 12);
        set_clock(LAST.end() + 40 * DAY);
        let ring_of = |pair: &[u32; 2]| {
            let is_of = |(one, other): (u32, u32)| pair.contains(&one) && pair.contains(&other);
            ring.into_iter().any(is_of)
        };
        let netted: Vec<_> = (0u32..)
            .map(AgreementId)
            .zip(pairs())
            .filter(|(_, pair)| ring_of(pair))
            .collect();
        for (id, [first, _]) in &netted {
            for _ in 0..3 {
                close(*first, *id);
            }
            assert_eq!(next_month(*id), LAST.next());
        }
        // Nobody has noticed that silence would affirm by now.
        set_clock(now() + 41 * DAY);
        let mut waiting = statements();
        assert_eq!(waiting.len(), 12);
        let mut affirm = || {
            let Some((agreement, month)) = waiting.pop() else {
                return;
            };
            for member in pairs()[agreement.0 as usize] {
                assert_ok!(Statements::affirm(by(member), agreement, month));
            }
            let statement = Statements::statement(agreement, month).expect("is kept");
            assert!(statement.obligation.is_some() && statement.due < now());
            try_state();
        };
        let mut taken = 0;
        affirm();
        for _ in 0..12 {
            affirm();
            if Netting::open_cycle(council(), TOKEN, now(), 2 * DAY).is_err() {
                break;
            }
            let id = Netting::latest_cycle().expect("was opened");
            let cycle = || Netting::cycle(id).expect("is kept");
            affirm();
            assert_ok!(Netting::collect(by(1), id));
            affirm();
            while cycle().phase == CyclePhase::Collecting {
                assert_ok!(Netting::compute(by(1), id, 1));
                affirm();
            }
            if cycle().phase == CyclePhase::Cancelled {
                break;
            }
            for member in 1..=MEMBERS {
                call(|| Netting::fund(by(member), id));
                affirm();
            }
            assert!((1..=MEMBERS).any(|member| call(|| Netting::settle(by(member), id))));
            taken += cycle().obligations;
            set_clock(now() + DAY);
        }
        assert_eq!(taken, 12, "none is left out, none is taken twice");
        let all = Netting::all();
        assert_eq!(all.len(), 12);
        for (_, debt) in all {
            assert!(matches!(debt.status, ObligationStatus::Settled(_)), "{debt:?}");
        }
        // Each owes 1,500.00 and is owed as much: nobody has gained or lost anything.
        let kept: Vec<_> = (1..=MEMBERS).map(tokens).collect();
        assert_eq!(kept, [FUNDS as i128; MEMBERS as usize]);
        try_state();
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn each_operator_should_have_what_files_and_disputes_come_to_when_five_play_for_months(
        steps in prop::collection::vec(step(), 200..500),
    ) {
        preset("development").execute_with(|| {
            set_clock(FIRST.start() - 40 * DAY);
            begin();
            set_clock(FIRST.start() + DAY);
            let mut model = Model::default();
            let supply = Assets::total_issuance(TOKEN);
            for step in &steps {
                let before: Vec<_> = (1..=MEMBERS).map(tokens).collect();
                model.apply(step);
                model.note();
                try_state();
                assert_eq!(Assets::total_issuance(TOKEN), supply);
                let after: Vec<_> = (1..=MEMBERS).map(tokens).collect();
                assert_eq!(after.iter().sum::<i128>(), supply as i128);
                if !matches!(step, Step::Settle(_) | Step::Cycle(_) | Step::Pay(_)) {
                    assert_eq!(before, after, "{step:?} has moved money");
                }
            }
            model.finish();

            // Between any two: what the files cost, and what the disputes came to beyond.
            let mut owed: BTreeMap<(u32, u32), i128> = BTreeMap::new();
            for ((sender, recipient), minutes) in &model.minutes {
                *owed.entry((*sender, *recipient)).or_default() += minutes * MINUTE;
            }
            for (creditor, debtor, beyond) in model.decided.values() {
                *owed.entry((*creditor, *debtor)).or_default() += beyond;
            }
            for [first, second] in pairs() {
                let net = |one: u32, other: u32| owed.get(&(one, other)).copied().unwrap_or_default();
                let billed: i128 = model
                    .debts
                    .values()
                    .filter(|debt| matches!(debt.source, ObligationSource::Statement { .. }
                        | ObligationSource::Note { .. }
                        | ObligationSource::CarriedForward { .. }))
                    .filter(|debt| gain(first, debt) != 0 && gain(second, debt) != 0)
                    .map(|debt| gain(first, debt))
                    .sum();
                assert_eq!(billed, net(first, second) - net(second, first), "{first} {second}");
            }
            // And each has been paid all of it, once.
            let carried = |debt: &Obligation| matches!(debt.source, ObligationSource::Carried { .. });
            let outside = |debt: &Obligation| matches!(debt.status, ObligationStatus::PaidOutside(_));
            for debt in model.debts.values() {
                assert!(debt.status.is_paid() || carried(debt), "{debt:?}");
            }
            for member in 1..=MEMBERS {
                let sum = |counts: &dyn Fn(&Obligation) -> bool| -> i128 {
                    let debts = model.debts.values().filter(|debt| counts(debt));
                    debts.map(|debt| gain(member, debt)).sum()
                };
                let due = sum(&|debt| !carried(debt));
                let elsewhere = sum(&outside);
                let waits = sum(&|debt| !debt.status.is_paid());
                assert_eq!(tokens(member) - FUNDS as i128, due - elsewhere - waits, "{member}");
            }
        });
    }
}
