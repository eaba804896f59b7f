//! Benchmarks: each call in its worst case, and the steps in which long work is done.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{
        fungibles::{Mutate, MutateHold},
        EnsureOrigin, Get, Hooks,
    },
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use frame_system::{Pallet as System, RawOrigin};
use interclear_billing::rate::Running;
use interclear_ports::{Agreements, Operators, Rates, Usage};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, PaymentTerms, ServiceGroup, ServiceLine, Terms, UsageTerms},
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    netting::{Cycle, CyclePhase, ObligationSource, Token},
    period::Period,
    rating::{
        Amount, Condition, LineCharge, LineHistory, LineTerms, LineUsage, Price, Pricing, Quantity, SdrRate,
        TaxRate, TaxRule,
    },
    service::Service,
    span::Span,
    tadig::Tadig,
    usage::{UsageKey, UsageTotal},
    Moment, DAY,
};

/// Sets the clock.
pub trait BenchmarkHelper {
    /// Makes it `now`, in seconds since the epoch.
    fn set_now(now: Moment);
}

const TOKEN: TokenId = 1;
const PERIOD: Period = Period(202601);
const CLOCK: Moment = 1_800_000_000;
const SERVICES: u32 = Service::COUNT;
const FUNDS: u128 = 1_000_000_000_000;

fn code(number: u32) -> Tadig {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let digit = |n: u32| DIGITS[(n % 36) as usize];
    Tadig([
        b'B',
        b'M',
        digit(number / 1_296),
        digit(number / 36),
        digit(number),
    ])
}

fn desk<T: Config>(number: u32) -> T::AccountId {
    account("desk", number, 0)
}

fn signed<T: Config>(number: u32) -> RawOrigin<T::AccountId> {
    RawOrigin::Signed(desk::<T>(number))
}

/// Operators with one desk each, all with money in a token that the first issues.
fn operators<T: Config>(count: u32) -> Vec<OperatorId> {
    T::BenchmarkHelper::set_now(CLOCK);
    let operators: Vec<_> = (0..count)
        .map(|number| T::Operators::benchmark_admit(desk::<T>(number), code(number)))
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

fn lines(count: u32) -> BoundedVec<ServiceLine, interclear_primitives::agreement::MaxGroupLines> {
    let line = |service: &Service| ServiceLine {
        service: *service,
        terms: LineTerms {
            pricing: Pricing::linear(Price(123_456_789)),
            in_commitment: true,
            tax: TaxRule::Excluded {
                rate: TaxRate(1_900_000),
            },
        },
        increment: Default::default(),
        tolerance: Default::default(),
    };
    BoundedVec::truncate_from(Service::ALL.iter().take(count as usize).map(line).collect())
}

/// `count` lines in groups of all services, accounted by quarter under a commitment for it.
fn direction(home: u32, visited: u32, count: u32) -> DirectionTerms {
    let mut groups = Vec::new();
    let mut left = count;
    while left > 0 {
        let here = left.min(SERVICES);
        groups.push(ServiceGroup {
            home: BoundedVec::truncate_from(vec![code(home)]),
            // A pair of networks is in one group only.
            visited: BoundedVec::truncate_from(vec![code(1_000 + visited * 100 + groups.len() as u32)]),
            lines: lines(here),
        });
        left -= here;
    }
    let commitment = Amount::from_units(1_000_000).expect("a million fits; qed");
    let condition = match count {
        0 => Condition::Unconditional,
        _ => Condition::DealRevenue {
            commitment,
            including_tax: false,
        },
    };
    DirectionTerms {
        groups: BoundedVec::truncate_from(groups),
        condition,
        window: Span::Quarter,
        commitment_span: Span::Quarter,
    }
}

/// An agreement with `count` lines, all used in [`PERIOD`], the second month of their window: its account is both read
/// and written. TAP charges are converted where the runtime has rates.
fn agreement<T: Config>(count: u32) -> AgreementId {
    let operators = operators::<T>(2);
    let first = count.div_ceil(2);
    let rate = SdrRate(1_234_567_890);
    T::Rates::benchmark_set_rate(Currency::EUR, PERIOD, rate);
    let usage_currency = match T::Rates::sdr_rate(Currency::EUR, PERIOD) {
        Some(_) => Currency::SDR,
        None => Currency::EUR,
    };
    let terms = Terms {
        usage: UsageTerms {
            acknowledge_days: 5,
            ..UsageTerms::usual(usage_currency)
        },
        payment: PaymentTerms {
            late_interest_bps: 0,
            ..PaymentTerms::usual()
        },
        ..Terms::usual(
            PERIOD.previous(),
            PERIOD.next(),
            Currency::EUR,
            [direction(0, 1, first), direction(1, 0, count - first)],
        )
    };
    let used = UsageTotal {
        records: 1_000,
        quantity: 123_456_789_012,
        charge: Value::Clear(123_456_789_012),
        tax: Value::Clear(1_234_567),
    };
    let mut totals = Vec::new();
    for direction in Direction::BOTH {
        for (group, line) in terms.direction(direction).lines() {
            totals.push((
                UsageKey {
                    direction,
                    group,
                    service: line.service,
                },
                used,
            ));
        }
    }
    let used_before = LineUsage {
        volume: Quantity(123_456_789_012),
        tap_charge: Amount(123_456_789_012),
        ..Default::default()
    };
    let charged = LineCharge {
        quantity: 123_456_789_012,
        charge: 1,
        ..Default::default()
    };
    let account = totals
        .iter()
        .map(|(key, _)| AccountLine {
            key: *key,
            running: Running {
                usage: used_before,
                history: LineHistory {
                    window: charged,
                    earlier: LineCharge::default(),
                },
            },
        })
        .collect();
    let agreement = T::Agreements::benchmark_activate([operators[0], operators[1]], terms);
    Accounts::<T>::insert(agreement, BoundedVec::truncate_from(account));
    LastClosed::<T>::insert(agreement, PERIOD.previous());
    T::Usage::benchmark_add(agreement, PERIOD, &totals);
    agreement
}

/// An agreement whose month has a statement of one line.
fn closed<T: Config>() -> AgreementId {
    let agreement = agreement::<T>(1);
    Pallet::<T>::close_period(signed::<T>(0).into(), agreement, PERIOD).expect("the month is over; qed");
    agreement
}

fn owe<T: Config>(debtor: OperatorId, creditor: OperatorId, amount: i128) -> ObligationId {
    let source = ObligationSource::Statement {
        agreement: AgreementId(0),
        period: PERIOD,
    };
    let due = CLOCK - 1;
    Pallet::<T>::create_obligation(debtor, creditor, Currency::EUR, Value::Clear(amount), due, source)
        .map_err(|_| "numbers are used up")
        .expect("few numbers are given out; qed")
}

/// A cycle opened by the first operator, which has something to settle.
fn opened<T: Config>() -> CycleId {
    Pallet::<T>::do_open_cycle(&desk::<T>(0), TOKEN, CLOCK, CLOCK + T::MinFundingTime::get())
        .expect("the token has no cycle; qed");
    Pallet::<T>::latest_cycle().expect("just opened; qed")
}

fn frozen<T: Config>() -> (CycleId, Cycle) {
    let id = opened::<T>();
    Pallet::<T>::do_freeze(&desk::<T>(0), id).expect("the cut-off has come; qed");
    (id, Cycles::<T>::get(id).expect("just opened; qed"))
}

/// A cycle with `parties` positions, half of them net debtors, the first with all others.
fn computed<T: Config>(parties: u32) -> CycleId {
    let operators = operators::<T>(parties);
    for pair in operators.chunks_exact(2) {
        owe::<T>(pair[0], pair[1], 1_000);
    }
    if parties % 2 == 1 {
        owe::<T>(operators[parties as usize - 1], operators[0], 7);
    }
    let (id, _) = frozen::<T>();
    Pallet::<T>::do_compute(&desk::<T>(0), id, u32::MAX).expect("amounts are small; qed");
    id
}

/// The same with all debtors' money on hold.
fn funded<T: Config>(parties: u32) -> CycleId {
    let id = computed::<T>(parties);
    for number in 0..parties {
        // Fails for creditors.
        let _ = Pallet::<T>::do_fund(&desk::<T>(number), id);
    }
    assert_eq!(Cycles::<T>::get(id).map(|cycle| cycle.unfunded), Some(0));
    id
}

fn late<T: Config>(id: CycleId) {
    let fund_by = Cycles::<T>::get(id).map_or(CLOCK, |cycle| cycle.fund_by);
    T::BenchmarkHelper::set_now(fund_by + 1);
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

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn create_token() -> Result<(), BenchmarkError> {
        let issuer = T::Operators::benchmark_admit(desk::<T>(0), code(0));
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let name = BoundedVec::truncate_from(vec![b'N'; <MaxTokenName as Get<u32>>::get() as usize]);
        let symbol = BoundedVec::truncate_from(vec![b'S'; <MaxTokenSymbol as Get<u32>>::get() as usize]);

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

    /// After a request.
    #[benchmark]
    fn close_period(l: Linear<1, 256>) {
        let agreement = agreement::<T>(l);
        let [party, _] = T::Agreements::parties(agreement).expect("it is in force; qed");
        CloseRequests::<T>::insert((agreement, PERIOD), party);

        #[extrinsic_call]
        _(signed::<T>(0), agreement, PERIOD);

        assert_eq!(
            Statements::<T>::get(agreement, PERIOD).map(|statement| statement.lines.len()),
            Some(l as usize)
        );
    }

    /// The first of two requests, under the largest terms.
    #[benchmark]
    fn request_close() {
        let agreement = agreement::<T>(256);
        T::BenchmarkHelper::set_now(PERIOD.end());

        #[extrinsic_call]
        close_period(signed::<T>(0), agreement, PERIOD);

        assert!(CloseRequests::<T>::contains_key((agreement, PERIOD)));
    }

    #[benchmark]
    fn affirm() {
        let agreement = closed::<T>();
        Pallet::<T>::do_affirm(&desk::<T>(0), agreement, PERIOD).expect("not affirmed yet; qed");

        #[extrinsic_call]
        _(signed::<T>(1), agreement, PERIOD);

        assert!(Obligations::<T>::contains_key(ObligationId(0)));
    }

    #[benchmark]
    fn affirm_by_silence() {
        let agreement = closed::<T>();
        T::BenchmarkHelper::set_now(CLOCK + 11 * DAY);

        #[extrinsic_call]
        _(signed::<T>(1), agreement, PERIOD);

        assert!(Obligations::<T>::contains_key(ObligationId(0)));
    }

    #[benchmark]
    fn open_cycle() {
        let operators = operators::<T>(2);
        owe::<T>(operators[0], operators[1], 1_000);

        #[extrinsic_call]
        _(signed::<T>(0), TOKEN, CLOCK, CLOCK + T::MinFundingTime::get());

        assert!(Unfinished::<T>::contains_key(TOKEN));
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
    fn freeze() {
        let operators = operators::<T>(2);
        owe::<T>(operators[0], operators[1], 1_000);
        let id = opened::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert_eq!(phase::<T>(id), Some(CyclePhase::Frozen));
    }

    /// Between pairs of operators, each seen for the first time, as long as there may be more.
    #[benchmark]
    fn take_in(n: Linear<1, 400>) {
        let parties = n.saturating_mul(2).min(T::MaxParties::get());
        let operators = operators::<T>(parties.max(2));
        let pairs: Vec<_> = operators.chunks_exact(2).collect();
        for number in 0..n as usize {
            let pair = pairs[number % pairs.len()];
            owe::<T>(pair[0], pair[1], 1_000);
        }
        let (id, mut cycle) = frozen::<T>();

        #[block]
        {
            Pallet::<T>::take_in(id, &mut cycle, None, n);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(cycle.obligations, n);
    }

    /// The pairs of one defaulter with others, as many as there may be.
    #[benchmark]
    fn take_out(n: Linear<1, 400>) {
        let others = n.min(T::MaxParties::get() - 1);
        let operators = operators::<T>(others + 1);
        for other in &operators[1..] {
            owe::<T>(operators[0], *other, 1_000);
        }
        let (id, mut cycle) = frozen::<T>();
        Pallet::<T>::take_in(id, &mut cycle, None, u32::MAX);
        let book = Pallet::<T>::book(id);
        Pallet::<T>::mark_leaving(id, &mut cycle, book, &operators[..1])
            .map_err(|_| "an amount does not fit")
            .expect("amounts are small; qed");

        #[block]
        {
            let _ = Pallet::<T>::take_out(id, &mut cycle, n);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(cycle.obligations, 0);
    }

    /// Each debtor has more on hold than it needs.
    #[benchmark]
    fn conclude(p: Linear<2, { T::MaxParties::get() }>) {
        let id = funded::<T>(p);
        let mut cycle = Cycles::<T>::get(id).expect("just computed; qed");
        for (operator, position) in Pallet::<T>::book(id) {
            let net = Value::Clear(position.net.clear().unwrap_or_default() / 2);
            Positions::<T>::insert(
                id,
                operator,
                interclear_primitives::netting::Position { net, ..position },
            );
        }
        // Halves may not sum to zero; the odd unit goes to the first.
        let sum: i128 = Pallet::<T>::book(id)
            .values()
            .filter_map(|position| position.net.clear().ok())
            .sum();
        if let Some((operator, position)) = Pallet::<T>::book(id).into_iter().next() {
            let net = Value::Clear(position.net.clear().unwrap_or_default() - sum);
            Positions::<T>::insert(
                id,
                operator,
                interclear_primitives::netting::Position { net, ..position },
            );
        }

        #[block]
        {
            let _ = Pallet::<T>::conclude(id, &mut cycle);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(phase::<T>(id), Some(CyclePhase::Funding));
    }

    /// A part is on hold on another account of the operator, and moves to the caller's.
    #[benchmark]
    fn fund() {
        let id = computed::<T>(2);
        let operator = T::Operators::desk(&desk::<T>(0))
            .expect("just admitted; qed")
            .operator;
        let other: T::AccountId = account("other", 0, 0);
        T::Tokens::mint_into(TOKEN, &other, FUNDS).expect("the token exists; qed");
        T::Holds::hold(TOKEN, &HoldReason::NettingCycle.into(), &other, 500).expect("it has enough; qed");
        FundedFrom::<T>::insert(id, operator, &other);
        Positions::<T>::mutate(id, operator, |position| position.held = 500);

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert_eq!(Cycles::<T>::get(id).map(|cycle| cycle.unfunded), Some(0));
    }

    #[benchmark]
    fn settle(p: Linear<2, { T::MaxParties::get() }>) {
        let id = funded::<T>(p);

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert_eq!(phase::<T>(id), Some(CyclePhase::Settled));
    }

    /// Nobody has funded.
    #[benchmark]
    fn unwind(p: Linear<2, { T::MaxParties::get() }>) {
        let id = computed::<T>(p);
        late::<T>(id);
        let mut cycle = Cycles::<T>::get(id).expect("just computed; qed");

        #[block]
        {
            let book = Pallet::<T>::book(id);
            let defaulters = Pallet::<T>::defaulters(id, &cycle, &book);
            let _ = Pallet::<T>::mark_leaving(id, &mut cycle, book, &defaulters);
            Cycles::<T>::insert(id, &cycle);
        }

        assert_eq!(phase::<T>(id), Some(CyclePhase::Frozen));
    }

    #[benchmark]
    fn release() {
        let id = funded::<T>(2);
        let operator = T::Operators::desk(&desk::<T>(0))
            .expect("just admitted; qed")
            .operator;
        // As if it had been taken out while its account was blocked.
        Positions::<T>::mutate(id, operator, |position| position.excluded = true);

        #[extrinsic_call]
        _(signed::<T>(0), id);

        assert!(!FundedFrom::<T>::contains_key(id, operator));
    }

    #[benchmark]
    fn resolve_step() {
        let id = funded::<T>(2);
        Pallet::<T>::do_settle(&desk::<T>(0), id).expect("all have funded; qed");
        let mut meter = meter::<T>(T::WeightInfo::resolve_step(), 1);

        #[block]
        {
            Pallet::<T>::resolve_finished(&mut meter);
        }

        assert!(Unresolved::<T>::get(id).is_some_and(|progress| progress.after.is_some()));
    }

    #[benchmark]
    fn silence_step() {
        let agreement = closed::<T>();
        T::BenchmarkHelper::set_now(CLOCK + 11 * DAY);
        let mut meter = meter::<T>(T::WeightInfo::silence_step(), 1);

        #[block]
        {
            Pallet::<T>::affirm_silent(&mut meter);
        }

        assert!(!Unaffirmed::<T>::contains_key(agreement, PERIOD));
    }

    #[benchmark]
    fn evict_step() {
        let id = funded::<T>(2);
        Pallet::<T>::do_settle(&desk::<T>(0), id).expect("all have funded; qed");
        Pallet::<T>::on_idle(System::<T>::block_number(), Weight::MAX);
        T::BenchmarkHelper::set_now(CLOCK + T::Retention::get() + 1);
        let mut meter = meter::<T>(T::WeightInfo::evict_step(), 1);

        #[block]
        {
            Pallet::<T>::evict_expired(&mut meter);
        }

        assert!(!Obligations::<T>::contains_key(ObligationId(0)));
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default().without_token().build(),
        crate::mock::Test
    );
}
