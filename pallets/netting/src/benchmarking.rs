//! Benchmarks: each call in its worst case, and the steps in which long work is done.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::{calls::positions::Book, *};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{
        fungibles::{Mutate, MutateHold},
        EnsureOrigin, Get,
    },
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_billing::interest::Lateness;
use interclear_ports::{Clock, Debt, Escrows, Operators, Switches};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    netting::{Cycle, CyclePhase, ObligationSource, PaymentReference, Position, Schedule, Token},
    period::Period,
    samples, Moment,
};

const TOKEN: TokenId = 1;
const OTHER: TokenId = 2;
const CLOCK: Moment = 1_800_000_000;
const FUNDS: u128 = 1_000_000_000_000;

fn desk<T: Config>(number: u32) -> T::AccountId {
    account("desk", number, 0)
}

fn signed<T: Config>(number: u32) -> RawOrigin<T::AccountId> {
    RawOrigin::Signed(desk::<T>(number))
}

/// Operators with one desk each, all with money in a token that the first issues.
fn operators<T: Config>(count: u32) -> Vec<OperatorId> {
    T::Clock::benchmark_set_now(CLOCK);
    let operators: Vec<_> = (0..count)
        .map(|number| T::Operators::benchmark_admit(desk::<T>(number), samples::tadig(number)))
        .collect();
    let token = Token {
        issuer: operators[0],
        currency: Currency::EUR,
        decimals: 2,
    };
    Pallet::<T>::do_create_token(TOKEN, token, BoundedVec::new(), BoundedVec::new())
        .expect("the token is new; qed");
    for number in 0..count {
        T::Tokens::mint_into(TOKEN, &desk::<T>(number), FUNDS).expect("the token exists; qed");
    }
    operators
}

fn owe<T: Config>(debtor: OperatorId, creditor: OperatorId, amount: i128) -> ObligationId {
    owe_on::<T>(debtor, creditor, amount, 1)
}

/// A debt that was due some days ago.
fn owe_on<T: Config>(
    debtor: OperatorId,
    creditor: OperatorId,
    amount: i128,
    days_ago: Moment,
) -> ObligationId {
    let source = ObligationSource::Statement {
        agreement: AgreementId(0),
        period: Period(202601),
    };
    let due = CLOCK - days_ago * interclear_primitives::DAY;
    // The last one's token is the only one that stands.
    let unknown = (0..7).map(|n| OperatorId(u32::MAX - n));
    let issuer = Tokens::<T>::get(TOKEN).map(|token| token.issuer);
    Pallet::<T>::do_create(Debt {
        debtor,
        creditor,
        currency: Currency::EUR,
        amount: Value::Clear(amount),
        due,
        source,
        accepts: BoundedVec::truncate_from(unknown.chain(issuer).collect()),
        late_interest_bps: 800,
        gives_back: None,
        condition: Default::default(),
    })
    .expect("few ids are given out; qed")
}

/// A gross debt between two of three operators, in a token that its creditor has named, as it accepts eight others by the terms.
fn owe_gross<T: Config>(debtor: usize, creditor: usize) -> ObligationId {
    let operators = operators::<T>(3);
    let (debtor, creditor) = (operators[debtor], operators[creditor]);
    let id = owe::<T>(debtor, creditor, 1_000);
    owe::<T>(debtor, creditor, 1_000);
    let mut debt = Obligations::<T>::get(id).expect("just booked; qed");
    let late = debt.late;
    Pallet::<T>::take_back(id, &mut debt, late).expect("it is open; qed");
    debt.gross = true;
    debt.accepts = BoundedVec::truncate_from((0..8).map(|n| OperatorId(u32::MAX - n)).collect());
    Obligations::<T>::insert(id, debt);
    OwedGross::<T>::insert((Currency::EUR, debtor, creditor), Value::Clear(2_000));
    Named::<T>::insert((TOKEN, creditor, debtor), T::Clock::now());
    id
}

/// The operator of a desk.
fn operator<T: Config>(number: u32) -> OperatorId {
    T::Operators::desk(&desk::<T>(number))
        .expect("it was admitted; qed")
        .operator
}

fn opened<T: Config>() -> CycleId {
    Pallet::<T>::do_open_cycle(TOKEN, CLOCK, T::MinFundingTime::get(), false)
        .expect("the token has no cycle; qed");
    Pallet::<T>::latest_cycle().expect("just opened; qed")
}

fn collecting<T: Config>() -> (CycleId, Cycle) {
    let id = opened::<T>();
    Pallet::<T>::do_collect(&desk::<T>(0), id).expect("the cut-off has come; qed");
    (id, Cycles::<T>::get(id).expect("just opened; qed"))
}

/// A cycle with `parties` positions, all but the first of them net debtors of the first: the most transfers, holds and
/// carried amounts that so many parties can have.
fn computed<T: Config>(parties: u32, owed: i128) -> CycleId {
    let operators = operators::<T>(parties);
    for debtor in &operators[1..] {
        owe::<T>(*debtor, operators[0], owed);
    }
    let (id, _) = collecting::<T>();
    // After a long step the end is one of its own.
    while phase::<T>(id) == Some(CyclePhase::Collecting) {
        Pallet::<T>::do_compute(&desk::<T>(0), id, u32::MAX).expect("amounts are small; qed");
    }
    id
}

/// As many cycles before another one as are kept.
fn kept_before<T: Config>(id: CycleId) {
    let cuts: Vec<_> = (1..T::MaxCycles::get())
        .map(|_| Cut {
            to: 0,
            cycle: CycleId(id.0.saturating_sub(1)),
        })
        .collect();
    Cuts::<T>::insert(TOKEN, BoundedVec::truncate_from(cuts));
}

fn taken<T: Config>(id: CycleId) -> Taken {
    TakenIn::<T>::get(id).expect("it takes in; qed")
}

/// What is too small to be paid, where the runtime has a minimum.
fn small<T: Config>() -> i128 {
    let below = T::MinimumNet::get().saturating_sub(1).max(1);
    i128::try_from(below).expect("a minimum is small; qed")
}

/// What is enough to be paid.
fn large<T: Config>() -> i128 {
    i128::try_from(T::MinimumNet::get()).expect("a minimum is small; qed") + 1_000
}

/// The same with all debtors' money on hold.
fn funded<T: Config>(parties: u32) -> CycleId {
    let id = computed::<T>(parties, large::<T>());
    for number in 1..parties {
        Pallet::<T>::do_fund(&desk::<T>(number), id).expect("all but the first are debtors; qed");
    }
    assert_eq!(Cycles::<T>::get(id).map(|cycle| cycle.unfunded), Some(0));
    id
}

fn late<T: Config>(id: CycleId) {
    let fund_by = Cycles::<T>::get(id).map_or(CLOCK, |cycle| cycle.fund_by);
    T::Clock::benchmark_set_now(fund_by + 1);
}

impl<T: Config> Pallet<T> {
    /// Has every operator a cap.
    pub(crate) fn benchmark_cap(currency: Currency) {
        GeneralCaps::<T>::insert(currency, u128::MAX);
    }

    /// Has two operators owe each other something in a token, with caps.
    pub(crate) fn benchmark_expose(one: OperatorId, other: OperatorId) {
        let token = Token {
            issuer: one,
            currency: Currency::EUR,
            decimals: 2,
        };
        if !TokenOf::<T>::contains_key(token.currency, one) {
            Self::do_create_token(701, token, BoundedVec::new(), BoundedVec::new())
                .expect("the token is new; qed");
        }
        for (debtor, creditor) in [(one, other), (other, one)] {
            Self::do_create(Debt {
                debtor,
                creditor,
                currency: Currency::EUR,
                amount: Value::Clear(1),
                due: T::Clock::now(),
                source: ObligationSource::Carried { cycle: CycleId(0) },
                accepts: BoundedVec::truncate_from(vec![one]),
                late_interest_bps: 0,
                gives_back: None,
                condition: Default::default(),
            })
            .expect("few ids are given out; qed");
            ExposureCaps::<T>::insert((creditor, Currency::EUR, None::<OperatorId>), u128::MAX);
        }
        Self::benchmark_cap(Currency::EUR);
        // As many tokens as there may be, each of another currency.
        for number in 0..u8::try_from(MAX_TOKENS).expect("they are few; qed") - 1 {
            let currency = Currency([b'X', b'A' + number, b'X']);
            Decimals::<T>::insert(currency, 2);
            for (party, partner) in [(one, other), (other, one)] {
                let sum = Sum::owed(Value::Clear(1));
                Pairs::<T>::insert((currency, party, partner), sum);
                OwedGross::<T>::insert((currency, party, partner), Value::Clear(1));
                Totals::<T>::insert(currency, party, sum);
                ExposureCaps::<T>::insert((party, currency, None::<OperatorId>), u128::MAX);
            }
            Self::benchmark_cap(currency);
        }
    }
}

fn longest_reference() -> PaymentReference {
    PaymentReference(BoundedVec::truncate_from(vec![b'X'; 35]))
}

fn phase<T: Config>(id: CycleId) -> Option<CyclePhase> {
    Cycles::<T>::get(id).map(|cycle| cycle.phase)
}

/// Room for `steps` steps of `weight`, after a glance.
fn meter<T: Config>(weight: Weight, steps: u64) -> WeightMeter {
    WeightMeter::with_limit(
        weight
            .saturating_mul(steps)
            .saturating_add(T::DbWeight::get().reads(4)),
    )
}

/// An obligation that was paid with the last of so many cycles, as its debtor has missed the others; netting was paused as often as is
/// remembered.
fn paid_after<T: Config>(c: u32) -> ObligationId {
    T::Switches::benchmark_remember();
    let id = funded::<T>(2);
    Pallet::<T>::do_settle(&desk::<T>(0), id).expect("all have funded; qed");
    let settled = Cycles::<T>::get(id).expect("just settled; qed");
    let (debtor, last) = (operator::<T>(1), id.0 + c);
    let cuts = (1..c).map(|number| CycleId(id.0 + number)).map(|cycle| {
        Cycles::<T>::insert(cycle, &settled);
        let position = Position {
            excluded: true,
            missed: true,
            ..Position::default()
        };
        Positions::<T>::insert(cycle, debtor, position);
        Cut { to: 0, cycle }
    });
    let mut cuts: Vec<_> = cuts.collect();
    let paid_with = CycleId(last);
    Cycles::<T>::insert(paid_with, &settled);
    cuts.push(Cut {
        to: 0,
        cycle: paid_with,
    });
    Cuts::<T>::insert(TOKEN, BoundedVec::truncate_from(cuts));
    Obligations::<T>::mutate(ObligationId(0), |debt| {
        if let Some(debt) = debt {
            debt.amount = Value::Clear(1_000_000);
            debt.late = Lateness {
                missed: true,
                ..Lateness::due(0)
            };
            debt.place = Some(Place {
                token: TOKEN,
                slot: Slot::After(id),
            });
        }
    });
    ObligationId(0)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn create_token() -> Result<(), BenchmarkError> {
        let issuer = T::Operators::benchmark_admit(desk::<T>(0), samples::tadig(0));
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let name = BoundedVec::truncate_from(vec![b'N'; <MaxTokenName as Get<u32>>::get() as usize]);
        let symbol = BoundedVec::truncate_from(vec![b'S'; <MaxTokenSymbol as Get<u32>>::get() as usize]);
        let other = Token {
            issuer,
            currency: Currency(*b"USD"),
            decimals: 2,
        };
        for number in 1..MAX_TOKENS {
            Tokens::<T>::insert(TOKEN + number, &other);
        }

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            TOKEN,
            issuer,
            Currency::EUR,
            2,
            name,
            symbol,
        );

        assert!(Tokens::<T>::contains_key(TOKEN));
        Ok(())
    }

    #[benchmark]
    fn open_cycle() -> Result<(), BenchmarkError> {
        let operators = operators::<T>(2);
        owe::<T>(operators[0], operators[1], 1_000);
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, TOKEN, CLOCK, T::MinFundingTime::get());

        assert!(Unfinished::<T>::contains_key(TOKEN));
        Ok(())
    }

    /// Beside as many others as there may be.
    #[benchmark]
    fn set_schedule() -> Result<(), BenchmarkError> {
        operators::<T>(1);
        let turns = Turns {
            first: CLOCK + 1,
            every_days: 7,
            funding: T::MinFundingTime::get(),
        };
        let others = (1..T::MaxSchedules::get()).map(|number| Schedule {
            token: TOKEN + number,
            next: CLOCK + 1,
            every_days: 1,
            funding: turns.funding,
        });
        Schedules::<T>::put(BoundedVec::truncate_from(others.collect()));
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, TOKEN, Some(turns));

        assert_eq!(Schedules::<T>::get().len(), T::MaxSchedules::get() as usize);
        Ok(())
    }

    /// Each from another debtor, which has named it as well, out of a token whose issuer is gone.
    #[benchmark]
    fn name_token(n: Linear<1, { <MaxNamed as Get<u32>>::get() }>) {
        let operators = operators::<T>(n + 2);
        let issuer = operators[1];
        let token = Token {
            issuer,
            currency: Currency::EUR,
            decimals: 2,
        };
        let debts: Vec<_> = operators[2..]
            .iter()
            .map(|debtor| owe::<T>(*debtor, issuer, 1_000))
            .collect();
        Pallet::<T>::do_create_token(OTHER, token, BoundedVec::new(), BoundedVec::new())
            .expect("the token is new; qed");
        // As if its issuer were unknown.
        let gone = OperatorId(u32::MAX);
        Tokens::<T>::mutate(TOKEN, |token| {
            if let Some(token) = token {
                token.issuer = gone;
            }
        });
        for debtor in &operators[2..] {
            Named::<T>::insert((OTHER, debtor, issuer), CLOCK);
        }

        #[extrinsic_call]
        _(signed::<T>(1), OTHER, BoundedVec::truncate_from(debts));

        let first = Obligations::<T>::get(ObligationId(0)).and_then(|debt| debt.place);
        assert_eq!(first.map(|place| place.token), Some(OTHER));
    }

    #[benchmark]
    fn set_exposure_cap() {
        let operators = operators::<T>(2);
        Pallet::<T>::benchmark_cap(Currency::EUR);
        owe::<T>(operators[1], operators[0], 1_000);

        #[extrinsic_call]
        _(signed::<T>(0), Currency::EUR, Some(operators[1]), Some(1));

        assert!(Exceeded::<T>::contains_key((
            operators[0],
            Currency::EUR,
            Some(operators[1])
        )));
    }

    #[benchmark]
    fn set_general_cap() -> Result<(), BenchmarkError> {
        operators::<T>(1);
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, Currency::EUR, Some(1));

        assert!(GeneralCaps::<T>::contains_key(Currency::EUR));
        Ok(())
    }

    #[benchmark]
    fn claim_payment() {
        T::Switches::benchmark_remember();
        let operators = operators::<T>(2);
        let id = owe::<T>(operators[0], operators[1], 1_000);
        opened::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), id, longest_reference());

        assert!(PaidOutside::<T>::contains_key(id));
    }

    /// What has been claimed, in a token that has an announced cycle, beside another debt of the pair.
    #[benchmark]
    fn confirm_payment() {
        T::Switches::benchmark_remember();
        let operators = operators::<T>(2);
        let id = owe::<T>(operators[0], operators[1], 1_000);
        owe::<T>(operators[0], operators[1], 1_000);
        let cycle = opened::<T>();
        kept_before::<T>(cycle);
        Pallet::<T>::do_claim_payment(&desk::<T>(0), id, longest_reference()).expect("it is open; qed");

        #[extrinsic_call]
        _(signed::<T>(1), id, longest_reference());

        assert!(Obligations::<T>::get(id).is_some_and(|debt| debt.paid_outside.is_some()));
    }

    /// How an obligation stands that was paid with the last of so many cycles.
    #[benchmark]
    fn stand(c: Linear<1, { T::MaxCycles::get() }>) {
        let id = paid_after::<T>(c);
        let debt = Obligations::<T>::get(id).expect("it is kept; qed");

        let (walked, status);
        #[block]
        {
            walked = Pallet::<T>::cycles_since(&[id]);
            status = Pallet::<T>::status_of(&debt);
        }

        assert_eq!(walked, c);
        assert!(status.is_paid());
    }

    #[benchmark]
    fn cancel_cycle() -> Result<(), BenchmarkError> {
        let operators = operators::<T>(2);
        owe::<T>(operators[0], operators[1], 1_000);
        let id = opened::<T>();
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, id);

        assert!(!Unfinished::<T>::contains_key(TOKEN));
        Ok(())
    }

    #[benchmark]
    fn collect() {
        let operators = operators::<T>(2);
        owe::<T>(operators[0], operators[1], 1_000);
        let id = opened::<T>();

        kept_before::<T>(id);

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert_eq!(phase::<T>(id), Some(CyclePhase::Collecting));
    }

    /// Of operators seen for the first time, as long as there may be more.
    #[benchmark]
    fn add_up(n: Linear<0, 400>, p: Linear<2, { T::Operators::max_operators() }>) {
        let operators = operators::<T>(p);
        for pair in operators.windows(2) {
            owe::<T>(pair[0], pair[1], 1_000);
        }
        // Two sums, and the end of the day.
        for day in 2..2 + Moment::from(n.div_ceil(3)) {
            owe_on::<T>(operators[0], operators[1], 1_000, day);
        }
        let (id, mut cycle) = collecting::<T>();
        let taken = taken::<T>(id);
        let first = taken.first().expect("a day is taken in; qed");

        #[block]
        {
            let _ = Pallet::<T>::add_up(id, &mut cycle, &taken, (first, None), u32::MAX);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(cycle.parties, p);
    }

    /// The pairs of one excluded operator with others, as many as there may be, of which nothing waits for the next cycle yet.
    #[benchmark]
    fn exclude(n: Linear<1, 400>) {
        let others = n.min(T::Operators::max_operators() - 1);
        let operators = operators::<T>(others + 1);
        for other in &operators[1..] {
            owe::<T>(operators[0], *other, 1_000);
        }
        let (id, mut cycle) = collecting::<T>();
        let taken = taken::<T>(id);
        let first = taken.first().expect("a day is taken in; qed");
        let _ = Pallet::<T>::add_up(id, &mut cycle, &taken, (first, None), u32::MAX);
        let book = Pallet::<T>::book(id);
        Pallet::<T>::mark_excluded(id, &mut cycle, &taken, book, &operators[..1])
            .expect("amounts are small; qed");

        #[block]
        {
            let _ = Pallet::<T>::exclude(id, &mut cycle, &taken, n);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(cycle.obligations, 0);
    }

    /// Each debtor has its amount on hold, and owes so little after an exclusion that it is not paid: everything is carried
    /// and every hold released.
    #[benchmark]
    fn conclude(p: Linear<2, { T::Operators::max_operators() }>) {
        let id = funded::<T>(p);
        let mut cycle = Cycles::<T>::get(id).expect("just computed; qed");
        let taken = taken::<T>(id);
        let book: Book = Pallet::<T>::book(id);
        let debtors = i128::from(p) - 1;
        for (operator, position) in book {
            let whole = match position.held {
                0 => small::<T>() * debtors,
                _ => -small::<T>(),
            };
            let net = Value::Clear(whole);
            Positions::<T>::insert(id, operator, Position { net, ..position });
        }

        #[block]
        {
            let _ = Pallet::<T>::conclude(id, &mut cycle, &taken);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(Stages::<T>::get(id), None);
        let held = Positions::<T>::iter_prefix_values(id)
            .map(|position| position.held)
            .sum::<u128>();
        if T::MinimumNet::get() > 1 {
            assert_eq!((held, cycle.net), (0, Value::ZERO));
        }
    }

    /// A part is on hold on another account of the operator, and moves to the caller's.
    #[benchmark]
    fn fund() {
        let id = computed::<T>(2, large::<T>());
        let operator = operator::<T>(1);
        let other: T::AccountId = account("other", 0, 0);
        T::Tokens::mint_into(TOKEN, &other, FUNDS).expect("the token exists; qed");
        T::Holds::hold(TOKEN, &HoldReason::NettingCycle.into(), &other, 500).expect("it has enough; qed");
        FundedFrom::<T>::insert(id, operator, &other);
        Positions::<T>::mutate(id, operator, |position| position.held = 500);
        // The cycle before could not give back what was on hold for it.
        let before = CycleId(u32::MAX);
        let finished = Cycle {
            phase: CyclePhase::Cancelled,
            ..Cycles::<T>::get(id).expect("just computed; qed")
        };
        Cycles::<T>::insert(before, finished);
        T::Holds::hold(TOKEN, &HoldReason::NettingCycle.into(), &other, 300).expect("it has enough; qed");
        FundedFrom::<T>::insert(before, operator, &other);
        Positions::<T>::mutate(before, operator, |position| position.held = 300);
        TakenIn::<T>::mutate(id, |taken| {
            if let Some(taken) = taken {
                taken.after = Some(before);
            }
        });

        #[extrinsic_call]
        _(signed::<T>(1), id);

        assert_eq!(Cycles::<T>::get(id).map(|cycle| cycle.unfunded), Some(0));
        assert_eq!(Positions::<T>::get(before, operator).held, 0);
    }

    /// As many transfers as there can be.
    #[benchmark]
    fn settle(p: Linear<2, { T::Operators::max_operators() }>) {
        let id = funded::<T>(p);

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert_eq!(phase::<T>(id), Some(CyclePhase::Settled));
        assert!(FundedFrom::<T>::iter_key_prefix(id).next().is_none());
    }

    /// As many obligations carried forward as there can be.
    #[benchmark]
    fn settle_carried(p: Linear<2, { T::Operators::max_operators() }>) {
        let id = computed::<T>(p, small::<T>());
        let pays = Cycles::<T>::get(id).is_some_and(|cycle| cycle.unfunded > 0);
        for number in 1..p {
            if pays {
                // A runtime without a minimum carries nothing.
                Pallet::<T>::do_fund(&desk::<T>(number), id).expect("all but the first are debtors; qed");
            }
        }

        let kept = || Obligations::<T>::iter_keys().count();
        let before = kept();

        #[block]
        {
            Pallet::<T>::do_settle(&desk::<T>(0), id).expect("all have funded; qed");
        }

        assert_eq!(phase::<T>(id), Some(CyclePhase::Settled));
        assert_eq!(kept() - before, if pays { 0 } else { p as usize - 1 });
    }

    /// Nobody has funded.
    #[benchmark]
    fn exclude_defaulters(p: Linear<2, { T::Operators::max_operators() }>) {
        let id = computed::<T>(p, large::<T>());
        late::<T>(id);
        let mut cycle = Cycles::<T>::get(id).expect("just computed; qed");

        #[block]
        {
            let book = Pallet::<T>::book(id);
            let defaulters = Pallet::<T>::defaulters(id, &cycle, &book);
            let _ = Pallet::<T>::mark_excluded(id, &mut cycle, &taken::<T>(id), book, &defaulters);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(phase::<T>(id), Some(CyclePhase::Collecting));
        assert_eq!(Exclusions::<T>::iter_key_prefix(id).count(), p as usize - 1);
    }

    /// Its debtor has missed all cycles that are kept but the last one.
    #[benchmark]
    fn charge_interest(c: Linear<1, { T::MaxCycles::get() }>) {
        paid_after::<T>(c);

        #[extrinsic_call]
        _(signed::<T>(0), ObligationId(0));

        assert!(Charges::<T>::contains_key(ObligationId(0)));
    }

    /// In a token that the creditor has named, as it accepts eight others by the terms.
    #[benchmark]
    fn pay() {
        let id = owe_gross::<T>(0, 1);

        #[extrinsic_call]
        _(signed::<T>(0), id, TOKEN);

        assert!(Obligations::<T>::get(id).is_some_and(|debt| debt.paid_gross.is_some()));
    }

    /// Likewise, where nothing that it accepts stands, as its issuer is not an operator any more, and a part is held ahead.
    #[benchmark]
    fn tender() {
        let id = owe_gross::<T>(1, 2);
        Tokens::<T>::mutate(TOKEN, |token| {
            if let Some(token) = token {
                token.issuer = OperatorId(u32::MAX);
            }
        });
        T::Escrows::benchmark_hold(AgreementId(0), id, TOKEN, 1);

        #[extrinsic_call]
        _(signed::<T>(1), id, TOKEN);

        let late = Obligations::<T>::get(id).map(|debt| debt.late.since);
        assert!(late > Some(day_of(T::Clock::now())));
        assert_eq!(Tendered::<T>::iter().count(), 2);
    }

    #[benchmark]
    fn release() {
        let id = funded::<T>(2);
        let operator = operator::<T>(1);
        // As if it had been excluded while its account was frozen.
        Positions::<T>::mutate(id, operator, |position| position.excluded = true);

        #[extrinsic_call]
        _(signed::<T>(1), id);

        assert!(!FundedFrom::<T>::contains_key(id, operator));
    }

    /// What was tendered on a day that is over.
    #[benchmark]
    fn forget_tendered() {
        operators::<T>(1);
        let yesterday = day_of(T::Clock::now()) - 1;
        Tendered::<T>::insert(TOKEN, Stock::Account(desk::<T>(0)), (yesterday, FUNDS));
        let mut meter = meter::<T>(T::WeightInfo::forget_tendered(), 1);

        #[block]
        {
            Pallet::<T>::forget_tendered(&mut meter);
        }

        assert_eq!(Tendered::<T>::iter().count(), 0);
        assert!(TenderCursor::<T>::exists());
    }

    /// An obligation that was settled.
    #[benchmark]
    fn evict_step() {
        let id = funded::<T>(2);
        Pallet::<T>::do_settle(&desk::<T>(0), id).expect("all have funded; qed");
        T::Clock::benchmark_set_now(CLOCK + T::Retention::get() + 1);
        let mut meter = meter::<T>(T::WeightInfo::evict_step(), 1);

        #[block]
        {
            Pallet::<T>::evict_expired(&mut meter);
        }

        assert!(!Obligations::<T>::contains_key(ObligationId(0)));
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default()
            .without_token()
            .minimum_net(100)
            .build(),
        crate::mock::Test
    );
}
