use super::pauses::{pause, resume};
use crate::mock::*;
use frame_support::{
    storage::with_transaction,
    traits::{fungibles::Inspect, Hooks},
};
use interclear_netting::net_positions;
use interclear_ports::mocks::{AccountId, MockOperators};
use interclear_primitives::{
    agreement::{Direction, PaymentCondition},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId},
    inventory::{ProductClass, Relation},
    money::{Currency, Value},
    netting::{CyclePhase, LateInterest, Obligation, ObligationSource, ObligationStatus, PaymentReference},
    period::Period,
    Moment, DAY,
};
use proptest::prelude::*;
use sp_runtime::TransactionOutcome;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
    Owe(u32, u32, i128, u64, bool),
    OweGross(u32, u32, i128, u64),
    Pay(u32, u32),
    Tender(u32, u32),
    /// The escrow of a debtor has so much, and could not pay what it owes gross.
    Hold(u32, u128),
    GiveBack(u64, i128),
    Charge(u32),
    OweDollars(u32, u32, i128),
    Open(u32),
    Name(u32, u32),
    Claim(u32),
    Confirm(u32),
    Suspend(u32),
    Cancel,
    Collect,
    Compute(u32),
    Fund(u32),
    Settle,
    Exclude(u32),
    Freeze1(u32),
    Thaw(u32),
    Spend(u32, u32),
    Release(u32),
    /// The council has netting stand still, or go on.
    Pause,
    Resume,
    Wait(u64),
    Idle(u64),
}

/// A step, and of the newest cycles which it is about.
type Done = (Step, u32);

const PARTIES: u32 = 7;

fn party() -> impl Strategy<Value = u32> {
    1..=PARTIES
}

/// Who is owed gross: now and then the issuer of a token in which it is paid.
fn creditor() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(ISSUER.0), 2 => party()]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (party(), party(), 1..200_000i128, 0..6 * DAY, any::<bool>())
            .prop_map(|(a, b, c, d, e)| Step::Owe(a, b, c, d, e)),
        3 => (party(), creditor(), 1..200_000i128, 0..6 * DAY)
            .prop_map(|(a, b, c, d)| Step::OweGross(a, b, c, d)),
        3 => (party(), 1..=3u32).prop_map(|(a, b)| Step::Pay(a, b)),
        1 => (party(), 1..=3u32).prop_map(|(a, b)| Step::Tender(a, b)),
        1 => (0..40u64, 1..100_000i128).prop_map(|(a, b)| Step::GiveBack(a, b)),
        2 => party().prop_map(Step::Charge),
        4 => (party(), party(), 1..200_000i128).prop_map(|(a, b, c)| Step::OweDollars(a, b, c)),
        5 => (1..=3u32).prop_map(Step::Open),
        3 => (party(), 1..=3u32).prop_map(|(a, b)| Step::Name(a, b)),
        1 => party().prop_map(Step::Claim),
        2 => party().prop_map(Step::Confirm),
        1 => (0..4u32).prop_map(Step::Suspend),
        1 => Just(Step::Cancel),
        2 => Just(Step::Collect),
        3 => (1..12u32).prop_map(Step::Compute),
        10 => party().prop_map(Step::Fund),
        3 => Just(Step::Settle),
        2 => (1..12u32).prop_map(Step::Exclude),
        1 => party().prop_map(Step::Freeze1),
        1 => party().prop_map(Step::Thaw),
        1 => (party(), 1..=3u32).prop_map(|(a, b)| Step::Spend(a, b)),
        1 => party().prop_map(Step::Release),
        1 => Just(Step::Pause),
        2 => Just(Step::Resume),
        2 => (0..2 * DAY).prop_map(Step::Wait),
        1 => Just(Step::Wait(RETENTION / 2)),
        3 => (0..40u64).prop_map(Step::Idle),
    ]
}

/// What happens to gross debts of two debtors, which freezes keep from paying.
fn gross_step() -> impl Strategy<Value = Step> {
    let debtor = || 1..=2u32;
    prop_oneof![
        4 => (debtor(), prop_oneof![3 => Just(ISSUER.0), 1 => Just(3u32)], 1..400_000i128, 0..6 * DAY)
            .prop_map(|(a, b, c, d)| Step::OweGross(a, b, c, d)),
        2 => (debtor(), 1..=2u32).prop_map(|(a, b)| Step::Pay(a, b)),
        8 => (debtor(), 1..=2u32).prop_map(|(a, b)| Step::Tender(a, b)),
        3 => (debtor(), 0..500_000u128).prop_map(|(a, b)| Step::Hold(a, b)),
        1 => (0..10u64, 1..100_000i128).prop_map(|(a, b)| Step::GiveBack(a, b)),
        1 => Just(Step::Charge(3)),
        1 => debtor().prop_map(Step::Claim),
        1 => Just(Step::Confirm(3)),
        3 => (0..4u32).prop_map(Step::Suspend),
        2 => debtor().prop_map(Step::Freeze1),
        2 => debtor().prop_map(Step::Thaw),
        1 => (debtor(), 1..=2u32).prop_map(|(a, b)| Step::Spend(a, b)),
        6 => (0..2 * DAY).prop_map(Step::Wait),
        1 => (0..40u64).prop_map(Step::Idle),
    ]
}

/// What an operator owns and is owed in a currency, less what it owes: no step but spending may change it.
fn wealth(operator: OperatorId, currency: Currency) -> i128 {
    let tokens = Netting::tokens()
        .into_iter()
        .filter(|(_, token)| token.currency == currency)
        .map(|(id, _)| Assets::total_balance(id, &treasury(operator)) as i128)
        .sum();
    Netting::all()
        .into_iter()
        .map(|(_, debt)| debt)
        .filter(|debt| debt.currency == currency)
        .filter(|debt| !debt.status.is_paid())
        .fold(tokens, |sum, debt| {
            let amount = debt.amount.clear().unwrap();
            match operator {
                _ if debt.creditor == operator => sum + amount,
                _ if debt.debtor == operator => sum - amount,
                _ => sum,
            }
        })
}

fn everybody() -> Vec<[i128; 2]> {
    let both = |n| [Currency::EUR, DOLLAR].map(|currency| wealth(OperatorId(n), currency));
    (ISSUER.0..=PARTIES).map(both).collect()
}

/// What a dispute has withheld.
const NOTE: ObligationSource = ObligationSource::Note {
    agreement: AgreementId(7),
    period: Period(202601),
    dispute: DisputeId(1),
};

/// What was withheld: of a statement, or of a bill of services.
fn withheld_of(amount: i128) -> ObligationSource {
    if amount % 2 == 0 {
        return NOTE;
    }
    ObligationSource::Inventory {
        relation: Relation {
            buyer: ALPHA,
            seller: BETA,
            class: ProductClass::new(b"ELINE").unwrap(),
        },
        period: Period(202601),
    }
}

/// What happened to a debt, written down as it happened.
#[derive(Clone, Default)]
struct Past {
    due: Moment,
    /// The days on which cycles ended that had taken it in, and whether the debtor had missed them.
    ends: Vec<(Moment, bool)>,
    /// The cycle that has it, or had.
    within: Option<CycleId>,
    given_back: i128,
}

/// What happened to a gross debt.
#[derive(Default)]
struct Alone {
    due: Moment,
    /// The days on which its debtor would have paid.
    tendered: BTreeSet<Moment>,
    /// The day of the last claim, and until when that counts.
    claimed: Option<(Moment, Moment)>,
    given_back: i128,
}

/// A second way to count the days that bear interest: by looking on, where the pallet looks back.
#[derive(Default)]
struct History {
    netted: BTreeMap<ObligationId, Past>,
    gross: BTreeMap<ObligationId, Alone>,
    /// What was tendered of a token, from an account, on a day.
    stocks: BTreeMap<(u32, AccountId, Moment), u128>,
    /// Likewise of what a debtor's escrow holds.
    held: BTreeMap<(u32, OperatorId, Moment), u128>,
    /// Since when netting is paused, and the days that pauses have ended or lasted over.
    paused_since: Option<Moment>,
    paused: BTreeSet<Moment>,
}

impl History {
    fn pause(&mut self) {
        if self.paused_since.is_none() {
            self.paused_since = Some(pause());
        }
    }

    fn resume(&mut self) {
        if let Some(since) = self.paused_since.take() {
            resume(since);
            self.paused.extend(since / DAY + 1..=MockClock::now() / DAY);
        }
    }

    /// What the runtime does not let through.
    fn waits(&self, step: &Step) -> bool {
        let of_cycles = matches!(
            step,
            Step::Open(_)
                | Step::Collect
                | Step::Compute(_)
                | Step::Fund(_)
                | Step::Settle
                | Step::Exclude(_)
        );
        of_cycles && self.paused_since.is_some()
    }

    fn arise_gross(&mut self, id: ObligationId) {
        let found = obligation(id);
        assert!(found.gross);
        let alone = Alone {
            due: found.due / DAY,
            ..Alone::default()
        };
        self.gross.insert(id, alone);
    }

    /// It spares its debtor of today, once it is due and if it has not yet.
    fn tendered(&mut self, id: ObligationId, owed: &Obligation, token: u32, desk: AccountId) {
        let today = MockClock::now() / DAY;
        let alone = self.gross.get_mut(&id).expect("no other is tendered");
        assert_eq!(owed.status, ObligationStatus::Open);
        if today < alone.due || !alone.tendered.insert(today) {
            return;
        }
        // What is held counts where it cannot pay, in a token that does not stand, and comes first.
        let amount = owed.amount.clear_unsigned().unwrap();
        let (held, _) = MockEscrows::held_for(AgreementId(7), id, token);
        let mut rest = amount;
        if Netting::stands(token) {
            assert!(held < amount, "what is held pays {id:?}");
        } else {
            let used = self.held.entry((token, owed.debtor, today)).or_default();
            let ahead = held.saturating_sub(*used).min(amount);
            *used += ahead;
            rest -= ahead;
        }
        // No more than there is, whatever else was tendered; and who tenders cannot pay.
        if rest > 0 {
            let stock = self.stocks.entry((token, desk, today)).or_default();
            *stock += rest;
            assert!(*stock < Assets::balance(token, desk));
        }
        let paid = with_transaction(|| TransactionOutcome::Rollback(Netting::pay(by(desk), id, token)));
        assert!(paid.is_err());
    }

    fn claimed(&mut self, id: ObligationId) {
        if let Some(alone) = self.gross.get_mut(&id) {
            let now = MockClock::now();
            alone.claimed = Some((now / DAY, now + 7 * DAY));
        }
    }

    fn confirmed(&mut self, id: ObligationId) {
        if let Some(alone) = self.gross.get_mut(&id) {
            alone.claimed = alone.claimed.filter(|(_, until)| MockClock::now() <= *until);
        }
    }

    fn arise(&mut self, id: ObligationId, accepted: &[OperatorId]) {
        let found = obligation(id);
        let mut past = Past {
            due: found.due / DAY,
            ..Past::default()
        };
        // Without the freeze of a moment it would be in the first of these.
        let euros = accepted.iter().map(|issuer| match *issuer == ISSUER {
            true => TOKEN,
            false => OTHER_EURO,
        });
        let mut tokens: Vec<_> = euros.collect();
        if let Some(place) = tokens.iter().position(|token| Some(*token) == found.token) {
            tokens.truncate(place + 1);
        }
        let taken_in = |token| crate::LastCut::<Test>::get(token).map(|cut| Moment::from(cut.to));
        let was_withheld = found.source == withheld_of(found.amount.clear().unwrap());
        if was_withheld && tokens.into_iter().any(|token| taken_in(token) >= Some(past.due)) {
            past.ends.push((past.due, true));
        }
        self.netted.insert(id, past);
    }

    fn given_back(&mut self, id: ObligationId, amount: i128) {
        if let Some(past) = self.netted.get_mut(&id) {
            past.given_back += amount;
        }
        if let Some(alone) = self.gross.get_mut(&id) {
            alone.given_back += amount;
        }
    }

    /// It leaves the cycle that goes on.
    fn moved(&mut self, id: ObligationId) -> bool {
        if let Some(past) = self.netted.get_mut(&id) {
            past.leave(id);
        }
        true
    }

    fn look(&mut self) {
        for (id, alone) in &self.gross {
            if let Some(found) = Netting::obligation(*id) {
                alone.check(found);
            }
        }
        for (id, past) in &mut self.netted {
            let Some(found) = Netting::obligation(*id) else {
                continue;
            };
            past.within = match found.status {
                ObligationStatus::InCycle(cycle) => Some(cycle),
                _ => past.within,
            };
            let ended = past.within.is_some_and(|cycle| {
                crate::Cycles::<Test>::get(cycle).is_none_or(|cycle| cycle.is_finished())
            });
            if ended {
                past.leave(*id);
            }
            if let ObligationStatus::Settled(_) = found.status {
                past.check(found, &self.paused);
            }
        }
    }
}

impl Past {
    fn leave(&mut self, id: ObligationId) {
        let Some(cycle) = self.within.take() else { return };
        let missed = position(cycle, obligation(id).debtor).missed;
        self.ends.push((MockClock::now() / DAY, missed));
    }

    /// Day by day, but for those on which nobody could pay with a cycle.
    fn check(&self, found: Obligation, paused: &BTreeSet<Moment>) {
        let paid = self.ends.last().expect("it was paid with one").0;
        let bears = |day: &Moment| {
            let before = self.ends.iter().rev().find(|(end, _)| end < day);
            let after = self.ends.iter().find(|(end, _)| end >= day);
            let missed = [before, after].into_iter().flatten().any(|(_, missed)| *missed);
            missed && !paused.contains(day)
        };
        let days = (self.due + 1..=paid).filter(bears).count();
        check_interest(found, self.given_back, days);
    }
}

impl Alone {
    /// Each day from the due day to the payment, or the claim of one that was confirmed, is late but for those with a tender.
    fn check(&self, found: Obligation) {
        let until = match found.status {
            ObligationStatus::PaidGross(at) => at / DAY,
            ObligationStatus::PaidOutside(at) => self.claimed.map_or(at / DAY, |(day, _)| day),
            _ => MockClock::now() / DAY,
        };
        let late = (self.due..until).filter(|day| !self.tendered.contains(day));
        check_interest(found, self.given_back, late.count());
    }
}

/// A thousandth for each day, of what is owed.
fn check_interest(found: Obligation, given_back: i128, days: usize) {
    let amount = found.amount.clear().unwrap();
    let owed = amount - given_back.min(amount);
    let borne = owed * days as i128;
    let (whole, rest) = (borne / 1_000, borne % 1_000);
    let up = rest > 500 || rest == 500 && whole % 2 == 1;
    let expected = LateInterest {
        bps: RATE,
        owed: Value::Clear(owed),
        days: days as u32,
        amount: Value::Clear(whole + i128::from(up)),
        charged: found.interest.charged,
    };
    assert_eq!(found.interest, expected);
    assert!([Value::ZERO, expected.amount].contains(&expected.charged));
}

fn run(steps: &[Done]) {
    create_others();
    let issued = || [TOKEN, OTHER_EURO, DOLLARS].map(Assets::total_issuance);
    let issuance = issued();
    let anybody = || by(clearing(OperatorId(40)));
    let mut history = History::default();
    for (step, back) in steps {
        if history.waits(step) {
            continue;
        }
        let newest = Netting::latest_cycle().unwrap_or(CycleId(0));
        let id = CycleId(newest.0.saturating_sub(*back));
        let before = everybody();
        let neutral = !matches!(
            step,
            Step::Owe(..)
                | Step::OweGross(..)
                | Step::OweDollars(..)
                | Step::Spend(..)
                | Step::GiveBack(..)
                | Step::Charge(..)
                | Step::Confirm(_)
        );
        let reference = PaymentReference(b"REF".to_vec().try_into().unwrap());
        // Calls may fail; what counts is the state that they leave.
        match step {
            Step::Owe(a, b, amount, due, withheld) if a != b => {
                let due = (MockClock::now() + due).saturating_sub(3 * DAY);
                // Creditors accept the one, the other, both or none.
                let lists: [&[OperatorId]; 4] = [&[ISSUER], &[OTHER_ISSUER], &[OTHER_ISSUER, ISSUER], &[]];
                let accepted = lists[(*b % 4) as usize];
                let source = match withheld {
                    true => withheld_of(*amount),
                    false => ObligationSource::Carried { cycle: CycleId(0) },
                };
                let id = Netting::create(Debt {
                    accepts: accepts(accepted),
                    source,
                    ..debt(OperatorId(*a), OperatorId(*b), *amount, due)
                });
                history.arise(id.unwrap(), accepted);
            }
            Step::GiveBack(id, amount) => {
                let id = ObligationId(*id);
                if let Some(found) = Netting::obligation(id) {
                    let back = Debt {
                        gives_back: Some(id),
                        currency: found.currency,
                        ..debt(found.creditor, found.debtor, *amount, MockClock::now() + DAY)
                    };
                    history.arise(Netting::create(back).unwrap(), &[ISSUER]);
                    history.given_back(id, *amount);
                }
            }
            Step::Charge(n) => {
                let creditor = by(clearing(OperatorId(*n)));
                for id in (0..crate::NextObligation::<Test>::get().0).map(ObligationId) {
                    let _ = Netting::charge_interest(creditor.clone(), id);
                }
            }
            Step::OweDollars(a, b, amount) if a != b => {
                history.arise(owe_dollars(OperatorId(*a), OperatorId(*b), *amount), &[]);
            }
            Step::OweGross(a, b, amount, due) if a != b => {
                let due = (MockClock::now() + due).saturating_sub(3 * DAY);
                let lists: [&[OperatorId]; 2] = [&[ISSUER], &[OTHER_ISSUER, ISSUER]];
                let owed = Debt {
                    accepts: accepts(lists[(*amount % 2) as usize]),
                    condition: PaymentCondition::OnDate,
                    ..debt(OperatorId(*a), OperatorId(*b), *amount, due)
                };
                history.arise_gross(Netting::create(owed).unwrap());
            }
            Step::Pay(n, token) => {
                for (id, owed) in obligations(OperatorId(*n)) {
                    let paid = frame_support::storage::with_storage_layer(|| {
                        Netting::pay(by(treasury(OperatorId(*n))), id, *token)
                    });
                    assert!(paid.is_err() || owed.gross && owed.debtor == OperatorId(*n));
                }
            }
            Step::Tender(n, token) => {
                let desk = treasury(OperatorId(*n));
                for (id, owed) in obligations(OperatorId(*n)) {
                    if Netting::tender(by(desk), id, *token).is_ok() {
                        history.tendered(id, &owed, *token, desk);
                    }
                }
            }
            Step::Hold(n, held) => {
                let (debtor, agreement) = (OperatorId(*n), AgreementId(7));
                let direction = match debtor == ALPHA {
                    true => Direction::FirstHome,
                    false => Direction::SecondHome,
                };
                MockEscrows::set(agreement, direction, *held);
                for (id, owed) in obligations(debtor) {
                    if owed.gross && owed.debtor == debtor {
                        MockEscrows::note_unpaid(agreement, direction, Period(202601), id);
                    }
                }
            }
            Step::Owe(..) | Step::OweGross(..) | Step::OweDollars(..) => {}
            Step::Open(token) => {
                let _ = open_at(*token, MockClock::now(), MIN_FUNDING);
            }
            Step::Name(n, token) => {
                let creditor = OperatorId(*n);
                for (id, _) in obligations(creditor) {
                    // As a block would: what is refused changes nothing.
                    let _ = frame_support::storage::with_storage_layer(|| {
                        let ids = vec![id].try_into().unwrap();
                        Netting::name_token(by(clearing(creditor)), *token, ids)
                    })
                    .is_ok_and(|_| history.moved(id));
                }
            }
            Step::Claim(n) => {
                for (id, _) in obligations(OperatorId(*n)) {
                    let desk = treasury(OperatorId(*n));
                    if Netting::claim_payment(by(desk), id, reference.clone()).is_ok() {
                        history.claimed(id);
                    }
                }
            }
            Step::Confirm(n) => {
                for (id, debt) in obligations(OperatorId(*n)).into_iter().take(2) {
                    let amount = debt.amount.clear().unwrap();
                    let all = everybody();
                    let done = frame_support::storage::with_storage_layer(|| {
                        Netting::confirm_payment(by(treasury(OperatorId(*n))), id, reference.clone())
                    });
                    // The one is owed less, the other owes less, and nobody else is touched.
                    let moved: i128 = all
                        .iter()
                        .zip(everybody())
                        .flat_map(|(before, after)| {
                            before
                                .iter()
                                .zip(after)
                                .map(|(a, b)| (a - b).abs())
                                .collect::<Vec<_>>()
                        })
                        .sum();
                    assert_eq!(moved, if done.is_ok() { 2 * amount } else { 0 });
                    if done.is_ok() {
                        history.confirmed(id);
                    }
                }
            }
            Step::Suspend(which) => match which {
                0 => MockOperators::suspend(OTHER_ISSUER),
                1 => MockOperators::readmit(OTHER_ISSUER),
                2 if Netting::stands(TOKEN) => freeze_token(),
                2 => {}
                _ if Netting::stands(TOKEN) => {}
                _ => thaw_token(),
            },
            Step::Cancel => {
                let takes = crate::TakenIn::<Test>::contains_key(id);
                if Netting::cancel_cycle(RuntimeOrigin::root(), id).is_ok() {
                    assert_eq!((cycle(id).phase, takes), (CyclePhase::Cancelled, false));
                }
            }
            Step::Collect => {
                let _ = Netting::collect(anybody(), id);
            }
            Step::Compute(max) => {
                let _ = Netting::compute(anybody(), id, *max);
            }
            Step::Fund(n) => {
                let _ = Netting::fund(by(treasury(OperatorId(*n))), id);
            }
            Step::Settle => {
                for n in 1..=PARTIES {
                    if Netting::settle(by(clearing(OperatorId(n))), id).is_ok() {
                        assert_eq!(cycle(id).phase, CyclePhase::Settled);
                        break;
                    }
                }
            }
            Step::Exclude(max) => {
                let _ = Netting::exclude_defaulters(anybody(), id, *max);
            }
            Step::Freeze1(n) => {
                let _ = Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(OperatorId(*n)));
            }
            Step::Thaw(n) => {
                let _ = Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(OperatorId(*n)));
            }
            Step::Spend(n, token) => {
                let _ = Assets::transfer(by(treasury(OperatorId(*n))), *token, 9_999, 300_000);
            }
            Step::Release(n) => {
                let _ = Netting::release(by(treasury(OperatorId(*n))), id);
            }
            Step::Pause => history.pause(),
            Step::Resume => history.resume(),
            Step::Wait(seconds) => MockClock::advance(*seconds),
            Step::Idle(steps) => {
                let room = <() as crate::WeightInfo>::evict_step().saturating_mul(*steps);
                assert!(Netting::on_idle(1, room).all_lte(room));
            }
        }
        history.look();
        if let Err(fault) = Netting::do_try_state() {
            panic!("{fault:?} after {step:?}");
        }
        assert_eq!(issued(), issuance);
        if neutral {
            assert_eq!(before, everybody(), "{step:?} made somebody richer or poorer");
        }
    }
}

/// A cycle, and what arises before it.
#[derive(Clone, Debug)]
struct Round {
    debts: Vec<(u32, u32, i128, u64, bool)>,
    pays: [bool; 4],
    days: u64,
    /// Of which netting was paused for so long at the end.
    paused: u64,
    given_back: Option<(u64, i128)>,
    charges: bool,
}

fn round() -> impl Strategy<Value = Round> {
    let debt = (1..=4u32, 1..=4u32, 1..20_000i128, 1..40u64, any::<bool>());
    (
        prop::collection::vec(debt, 0..5),
        any::<[bool; 4]>(),
        0..40u64,
        0..10u64,
        prop::option::of((0..20u64, 1..20_000i128)),
        any::<bool>(),
    )
        .prop_map(|(debts, pays, days, paused, given_back, charges)| Round {
            debts,
            pays,
            days,
            paused,
            given_back,
            charges,
        })
}

impl Round {
    fn run(&self, history: &mut History) {
        for (debtor, creditor, amount, ago, withheld) in self.debts.iter().filter(|debt| debt.0 != debt.1) {
            let due = MockClock::now() - ago * DAY;
            let mut owed = debt(OperatorId(*debtor), OperatorId(*creditor), *amount, due);
            if *withheld {
                owed.source = withheld_of(*amount);
            }
            history.arise(Netting::create(owed).unwrap(), &[ISSUER]);
        }
        MockClock::advance(self.days.saturating_sub(self.paused) * DAY);
        history.pause();
        MockClock::advance(self.paused * DAY);
        history.resume();
        if open_at(TOKEN, MockClock::now(), MIN_FUNDING).is_ok() {
            self.cycle(history);
        }
        for id in (0..crate::NextObligation::<Test>::get().0).map(ObligationId) {
            let creditor = Netting::obligation(id).map(|found| found.creditor);
            if let Some(creditor) = creditor.filter(|_| self.charges) {
                let _ = Netting::charge_interest(by(clearing(creditor)), id);
            }
        }
        let back = self.given_back.map(|(id, amount)| (ObligationId(id), amount));
        if let Some((id, amount)) = back.filter(|(id, _)| Netting::obligation(*id).is_some()) {
            let found = obligation(id);
            let note = Debt {
                gives_back: Some(id),
                ..debt(found.creditor, found.debtor, amount, MockClock::now() + DAY)
            };
            history.arise(Netting::create(note).unwrap(), &[ISSUER]);
            history.given_back(id, amount);
        }
        history.look();
        Netting::do_try_state().unwrap();
    }

    fn cycle(&self, history: &mut History) {
        let id = Netting::latest_cycle().unwrap();
        Netting::collect(by(clearing(ALPHA)), id).unwrap();
        history.look();
        let parties = [ALPHA, BETA, GAMMA, DELTA];
        while !cycle(id).is_finished() {
            if cycle(id).phase == CyclePhase::Collecting {
                Netting::compute(by(clearing(ALPHA)), id, 1_000).unwrap();
                continue;
            }
            for (party, pays) in parties.iter().zip(self.pays) {
                let _ = pays && Netting::fund(by(treasury(*party)), id).is_ok();
            }
            let settles = |party: &OperatorId| Netting::settle(by(clearing(*party)), id).is_ok();
            if !parties.iter().any(settles) {
                MockClock::set(cycle(id).fund_by + 1);
                Netting::exclude_defaulters(by(clearing(ALPHA)), id, 1_000).unwrap();
            }
        }
        history.look();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_sequence_of_calls_should_break_an_invariant(
        steps in prop::collection::vec((step(), 0..3u32), 1..160),
        minimum in prop_oneof![Just(0u128), 1..50_000u128],
    ) {
        ExtBuilder::default().minimum_net(minimum).build_and_execute(|| run(&steps));
    }

    /// Freezes and suspensions come and go, and their debtors say so or do not.
    #[test]
    fn gross_debts_should_be_late_on_all_days_but_those_with_a_tender_when_calls_come_in_any_order(
        steps in prop::collection::vec(gross_step(), 1..120),
    ) {
        let steps: Vec<Done> = steps.into_iter().map(|step| (step, 0)).collect();
        ExtBuilder::default().build_and_execute(|| run(&steps));
    }

    /// Cycle after cycle, each of them missed by some.
    #[test]
    fn late_interest_should_be_what_counting_day_by_day_comes_to(
        rounds in prop::collection::vec(round(), 1..12),
    ) {
        ExtBuilder::default().build_and_execute(|| {
            let mut history = History::default();
            for one in &rounds {
                one.run(&mut history);
            }
        });
    }

    #[test]
    fn positions_should_be_those_of_the_netting_engine(
        debts in prop::collection::vec((party(), party(), 1..1_000_000i128), 1..60),
        page in 1..20u32,
    ) {
        prop_assume!(debts.iter().any(|(debtor, creditor, _)| debtor != creditor));
        ExtBuilder::default().build_and_execute(|| {
            let debts: Vec<_> = debts.iter().filter(|(a, b, _)| a != b).collect();
            for (debtor, creditor, amount) in &debts {
                owe(OperatorId(*debtor), OperatorId(*creditor), *amount);
            }
            let id = open();
            Netting::collect(by(clearing(ALPHA)), id).unwrap();
            while cycle(id).phase == CyclePhase::Collecting {
                Netting::compute(by(clearing(ALPHA)), id, page).unwrap();
            }
            let expected = net_positions(
                debts.iter().map(|(a, b, amount)| (OperatorId(*a), OperatorId(*b), amount.unsigned_abs())),
            )
            .unwrap();
            let positions = Netting::positions(id);
            assert_eq!(positions.len(), expected.len());
            for (operator, position) in positions {
                assert_eq!(Some(&position.net), expected.get(&operator).copied().map(Value::Clear).as_ref());
            }
        });
    }
}
