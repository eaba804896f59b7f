//! Benchmarks: each call in its worst case, and the steps in which long work is done.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::Get,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_billing::{
    late::{Brought, LatePart},
    rate::Running,
};
use interclear_ports::{Agreements, Clock, Escrows, Obligations, Operators, Rates, Usage};
use interclear_primitives::{
    agreement::{
        Direction, DirectionTerms, PaymentTerms, Prepaid, ServiceGroup, ServiceLine, Terms, UsageTerms,
        MAX_AGREEMENT_LINES,
    },
    ids::{AgreementId, DisputeId, ObligationId, OperatorId},
    money::{Currency, Value},
    period::Period,
    rating::{
        Amount, Condition, LineCharge, LineHistory, LineTerms, LineUsage, Price, Pricing, Quantity, SdrRate,
        TaxRate, TaxRule,
    },
    samples,
    service::Service,
    span::{Months, Span},
    statement::{Decided, MaxMonthLines, MAX_DECIDED},
    usage::{UsageKey, UsageTotal, MAX_AGREED_LATE_DAYS, MAX_LATE_MONTHS},
    Moment, DAY,
};

/// The last month of the quarter in which the benchmark agreement is accounted, and of its commitment.
const PERIOD: Period = Period(202601);
const CLOCK: Moment = 1_800_000_000;
const SERVICES: u32 = Service::COUNT;
/// More than any statement here says, in cents.
const REDEEMED: u128 = 1_000_000_000_000_000_000;

fn desk<T: Config>(number: u32) -> T::AccountId {
    frame_benchmarking::account("desk", number, 0)
}

fn signed<T: Config>(number: u32) -> RawOrigin<T::AccountId> {
    RawOrigin::Signed(desk::<T>(number))
}

/// The two parties, with one desk each.
fn operators<T: Config>() -> [OperatorId; 2] {
    T::Clock::benchmark_set_now(CLOCK);
    let parties =
        [0, 1].map(|number| T::Operators::benchmark_admit(desk::<T>(number), samples::tadig(number)));
    T::Obligations::benchmark_issue(Currency::EUR, parties[0]);
    parties
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
        flow: Default::default(),
    };
    BoundedVec::truncate_from(Service::ALL.iter().take(count as usize).map(line).collect())
}

/// `count` lines in groups of all services, accounted by `window` under a commitment for `span`.
fn direction(home: u32, visited: u32, count: u32, [window, span]: [Span; 2]) -> DirectionTerms {
    let mut groups = Vec::new();
    let mut left = count;
    while left > 0 {
        let here = left.min(SERVICES);
        groups.push(ServiceGroup {
            home: BoundedVec::truncate_from(vec![samples::tadig(home)]),
            // A pair of networks is in one group only.
            visited: BoundedVec::truncate_from(vec![samples::tadig(
                1_000 + visited * 100 + groups.len() as u32,
            )]),
            lines: lines(here),
        });
        left -= here;
    }
    // More than is ever used, so that every line has a part in the shortfall; more one way, so that the net is a debt.
    let commitment = Amount::from_units(1_000_000_000 * (1 + u128::from(home))).expect("billions fit; qed");
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
        window,
        commitment_span: span,
        in_full: false,
    }
}

/// Terms from a month to the one after [`PERIOD`] with `count` lines. TAP charges are converted where the runtime has rates.
fn terms<T: Config>(count: u32, from: Period, spans: [Span; 2]) -> Terms {
    let first = count.div_ceil(2);
    let rate = SdrRate(1_234_567_890);
    for month in (Months {
        first: from,
        last: PERIOD,
    })
    .iter()
    {
        T::Rates::benchmark_set_rate(Currency::EUR, month, rate);
    }
    let usage_currency = match T::Rates::sdr_rate(Currency::EUR, PERIOD) {
        Some(_) => Currency::SDR,
        None => Currency::EUR,
    };
    Terms {
        usage: UsageTerms {
            acknowledge_days: 5,
            late_days: MAX_AGREED_LATE_DAYS,
            // What goes to the next month draws on an escrow there.
            prepaid: [Some(Prepaid { floor: 0 }); 2],
            ..UsageTerms::usual(usage_currency)
        },
        payment: PaymentTerms {
            late_interest_bps: 0,
            minimum_sdr: 1,
            ..PaymentTerms::usual()
        },
        // The last one's token is the only one that stands.
        accepts: [0, 1].map(|_| {
            let unknown = (0..7).map(|n| OperatorId(u32::MAX - n));
            let last = T::Operators::desk(&desk::<T>(0)).map(|desk| desk.operator);
            BoundedVec::truncate_from(unknown.chain(last).collect())
        }),
        ..Terms::usual(
            from,
            PERIOD.next(),
            Currency::EUR,
            [
                direction(0, 1, first, spans),
                direction(1, 0, count - first, spans),
            ],
        )
    }
}

/// Usage of all lines.
fn usage(terms: &Terms) -> Vec<(UsageKey, UsageTotal)> {
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
    totals
}

/// What a window with that usage has come to.
fn account(totals: &[(UsageKey, UsageTotal)]) -> BoundedVec<AccountLine, MaxMonthLines> {
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
    let lines = totals
        .iter()
        .map(|(key, _)| AccountLine {
            key: *key,
            running: Running {
                usage: used_before,
                history: LineHistory {
                    window: charged,
                    ..LineHistory::default()
                },
            },
        })
        .collect();
    BoundedVec::truncate_from(lines)
}

/// Late usage of all lines of a month, which each of the later ones before [`PERIOD`] has billed.
fn late_lines(
    totals: &[(UsageKey, UsageTotal)],
    month: Period,
) -> BoundedVec<LateLine, interclear_primitives::statement::MaxStatementLines> {
    let part = LatePart {
        brought: Brought {
            quantity: 1_000,
            charge: 1_000,
            tax: 10,
        },
        stated: 1_000,
        billed: 1_000,
        decided: 0,
    };
    let billers = || core::iter::successors(Some(month.next()), |month| Some(month.next())).take(6);
    let billers = || billers().take_while(|month| *month < PERIOD);
    let lines = totals.iter().flat_map(|(key, _)| {
        billers().map(move |statement| LateLine {
            key: *key,
            statement,
            part,
        })
    });
    BoundedVec::truncate_from(lines.collect())
}

/// Each party holds a little ahead, so that a part is paid from it and the rest becomes an obligation.
fn with_escrows<T: Config>(agreement: AgreementId) {
    for direction in Direction::BOTH {
        T::Escrows::benchmark_open(agreement, direction, 2);
    }
}

/// Vouchers have paid more of [`PERIOD`] than its statement says: what its late files charge goes with them to the next month.
fn with_vouchers<T: Config>(agreement: AgreementId) {
    for direction in Direction::BOTH {
        T::Escrows::benchmark_redeem(agreement, direction, PERIOD, REDEEMED);
    }
}

/// An agreement with `count` lines, all used in [`PERIOD`], the last month of their window and of the commitment's span: it
/// is charged what the commitment misses, shared out over all lines, and the account of the months before is read and
/// removed.
fn agreement<T: Config>(count: u32) -> AgreementId {
    let operators = operators::<T>();
    let terms = terms::<T>(count, PERIOD.previous().previous(), [Span::Quarter; 2]);
    let totals = usage(&terms);
    let agreement = T::Agreements::benchmark_activate(operators, terms);
    with_escrows::<T>(agreement);
    Accounts::<T>::insert(agreement, account(&totals));
    LastClosed::<T>::insert(agreement, PERIOD.previous());
    T::Usage::benchmark_add(agreement, PERIOD, None, &totals);
    agreement
}

/// As many months before [`PERIOD`], the latest first.
fn before(months: usize) -> impl Iterator<Item = Period> {
    core::iter::successors(Some(PERIOD.previous()), |month| Some(month.previous())).take(months)
}

/// Months that can be in dispute at the same time: a statement of a year ago, of the months before it whose late usage it bills, and
/// the 62 months that the longest dispute takes, for offers, answers, and who rules.
const IN_DISPUTE: usize = 12 + MAX_LATE_MONTHS as usize + 62;

/// An agreement of the most lines, all used in [`PERIOD`], which also bills late usage of all of them in `months` months: of the first
/// one and the last ones. All months since the first have been disputed, so that their windows are kept; the commitment of all of them
/// was due with the month before [`PERIOD`], and is due anew with each correction. Of the months before that as many are forgotten as
/// can be at once.
fn late_agreement<T: Config>(months: u32) -> AgreementId {
    let operators = operators::<T>();
    let first = before(IN_DISPUTE).last().expect("there are months; qed");
    let mut terms = terms::<T>(MAX_AGREEMENT_LINES, first, [Span::Month, Span::Term]);
    // What follows is a renewal.
    terms.last = PERIOD.previous();
    terms.renewal_months = 12;
    let totals = usage(&terms);
    let agreement = T::Agreements::benchmark_activate(operators, terms);
    with_escrows::<T>(agreement);
    // Either party closes alone, and the windows are not yet too old for late usage.
    T::Clock::benchmark_set_now(PERIOD.end() + 6 * DAY);
    for month in before(IN_DISPUTE) {
        Undecided::<T>::insert(agreement, month, 2);
    }
    for month in before(IN_DISPUTE + crate::calls::rating::FORGOTTEN_AT_ONCE) {
        EndedWindows::<T>::insert(agreement, month, account(&totals));
        let late = late_lines(&totals, month);
        if !late.is_empty() {
            LateLines::<T>::insert(agreement, month, late);
        }
    }
    LastClosed::<T>::insert(agreement, PERIOD.previous());
    T::Usage::benchmark_add(agreement, PERIOD, None, &totals);
    // As many decisions as one closing takes, of the oldest month: each takes back something of what all later months have billed.
    let lines = totals.iter().map(|(key, _)| *key).cycle();
    for (number, line) in (0..u64::from(MAX_DECIDED)).zip(lines) {
        let decided = Decided {
            dispute: DisputeId(number),
            statement: first,
            period: first,
            line,
            moves_window: true,
            quantity: 4_500,
            charge: Value::Clear(7),
            shortfall: Value::ZERO,
            tax: Value::ZERO,
        };
        Decisions::<T>::insert(agreement, decided.dispute, decided);
    }
    // The oldest one has the most windows after it.
    for month in core::iter::once(first).chain(before(months.saturating_sub(1) as usize)) {
        T::Usage::benchmark_add(agreement, PERIOD, Some(month), &totals);
    }
    agreement
}

/// An agreement whose month has a statement of the most lines. It has reserved less than is held, so that what is paid of it has the escrow
/// run dry, and both parties are warned.
fn closed<T: Config>() -> AgreementId {
    let agreement = agreement::<T>(MAX_AGREEMENT_LINES);
    Pallet::<T>::close_period(signed::<T>(0).into(), agreement, PERIOD, 0).expect("the month is over; qed");
    T::Escrows::reserve(agreement, PERIOD, [1; 2]);
    agreement
}

/// As if earlier statements, which have been removed, had carried something forward a year ago. Nothing is carried any more, so that it is
/// a debt of its own beside that of the month, which the first party is owed as well.
fn with_carried<T: Config>(agreement: AgreementId) {
    let of = before(MAX_CARRIED as usize).collect();
    let carried = CarriedNet {
        net: Value::Clear(-1),
        since: 0,
        latest: Some(PERIOD),
        of: BoundedVec::truncate_from(of),
        removed: Value::Clear(-1),
    };
    Carried::<T>::insert(agreement, carried);
    Statements::<T>::mutate(agreement, PERIOD, |statement| {
        if let Some(statement) = statement {
            statement.minimum = 0;
        }
    });
}

/// Lets the affirmation date pass.
fn silent<T: Config>(agreement: AgreementId) {
    let affirm_by = Unaffirmed::<T>::get(agreement, PERIOD).expect("just closed; qed");
    T::Clock::benchmark_set_now(affirm_by + 1);
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

    /// After a request, in a month that is charged what a commitment misses.
    #[benchmark]
    fn close_period(l: Linear<1, 256>) {
        let agreement = agreement::<T>(l);
        with_vouchers::<T>(agreement);
        let [party, _] = T::Agreements::parties(agreement).expect("it is in force; qed");
        let request = CloseRequest::of(party, &Default::default());
        CloseRequests::<T>::insert((agreement, PERIOD), request);

        #[extrinsic_call]
        _(signed::<T>(0), agreement, PERIOD, 0);

        let statement = Statements::<T>::get(agreement, PERIOD).expect("just closed; qed");
        assert_eq!(statement.lines.len(), l as usize);
        assert!(statement.lines.iter().all(|line| line.shortfall != Value::ZERO));
        assert!(!Accounts::<T>::contains_key(agreement));
        assert!(T::Escrows::has_redeemed(agreement, PERIOD.next()));
    }

    /// As many lines as there can be, late usage of `m` months, and a commitment that was due before.
    #[benchmark]
    fn close_with_late(m: Linear<1, MAX_LATE_MONTHS>) {
        let agreement = late_agreement::<T>(m);
        with_vouchers::<T>(agreement);

        #[extrinsic_call]
        close_period(signed::<T>(0), agreement, PERIOD, 0);

        let statement = Statements::<T>::get(agreement, PERIOD).expect("just closed; qed");
        assert_eq!(statement.lines.len() as u32, MAX_AGREEMENT_LINES * (m + 1));
        assert!(T::Escrows::has_redeemed(agreement, PERIOD.next()));
    }

    /// The first of two requests, under the largest terms.
    #[benchmark]
    fn request_close() {
        let agreement = agreement::<T>(MAX_AGREEMENT_LINES);
        T::Clock::benchmark_set_now(PERIOD.end());

        #[extrinsic_call]
        close_period(signed::<T>(0), agreement, PERIOD, 0);

        assert!(CloseRequests::<T>::contains_key((agreement, PERIOD)));
    }

    #[benchmark]
    fn affirm() {
        let agreement = closed::<T>();
        with_carried::<T>(agreement);
        Pallet::<T>::do_affirm(&desk::<T>(0), agreement, PERIOD).expect("not affirmed yet; qed");

        #[extrinsic_call]
        _(signed::<T>(1), agreement, PERIOD);

        assert_eq!(T::Obligations::all().len(), 2);
    }

    #[benchmark]
    fn affirm_by_silence() {
        let agreement = closed::<T>();
        with_carried::<T>(agreement);
        silent::<T>(agreement);

        #[extrinsic_call]
        _(signed::<T>(1), agreement, PERIOD);

        assert_eq!(T::Obligations::all().len(), 2);
    }

    /// Beside the net of the same statement.
    #[benchmark]
    fn book_carried() {
        let agreement = closed::<T>();
        silent::<T>(agreement);
        Pallet::<T>::affirm_by_silence(signed::<T>(0).into(), agreement, PERIOD)
            .expect("the date has passed; qed");
        with_carried::<T>(agreement);

        #[extrinsic_call]
        _(signed::<T>(1), agreement);

        assert_eq!(T::Obligations::all().len(), 2);
    }

    #[benchmark]
    fn silence_step() {
        let agreement = closed::<T>();
        with_carried::<T>(agreement);
        silent::<T>(agreement);
        let mut meter = meter::<T>(T::WeightInfo::silence_step(), 1);

        #[block]
        {
            Pallet::<T>::affirm_silent(&mut meter);
        }

        assert!(!Unaffirmed::<T>::contains_key(agreement, PERIOD));
    }

    #[benchmark]
    fn evict_step() {
        let agreement = closed::<T>();
        with_carried::<T>(agreement);
        silent::<T>(agreement);
        Pallet::<T>::affirm_by_silence(signed::<T>(0).into(), agreement, PERIOD)
            .expect("the date has passed; qed");
        // Its debts and its note have been paid and forgotten, and its lines cannot be disputed any more.
        let _ = Notes::<T>::clear_prefix((agreement, PERIOD), 1, None);
        Statements::<T>::mutate(agreement, PERIOD, |statement| {
            if let Some(statement) = statement {
                statement.obligation = Some(ObligationId(u64::MAX));
                statement.disputed.note = Some(ObligationId(u64::MAX));
            }
        });
        for note in 1..crate::hooks::NOTE_LOOKS as u64 {
            Notes::<T>::insert(
                (agreement, PERIOD),
                ObligationId(u64::MAX.saturating_sub(note)),
                (),
            );
        }
        T::Clock::benchmark_set_now(T::Clock::now() + T::Retention::get() + 366 * DAY);
        let totals = usage(&terms::<T>(MAX_AGREEMENT_LINES, PERIOD, [Span::Month; 2]));
        // As if the month that bills what came late had been closed, too: while it is open nothing is forgotten.
        LastClosed::<T>::insert(agreement, PERIOD.next());
        // Of windows before the quarter of the statement, which is forgotten as well.
        for month in before(IN_DISPUTE + 3).skip(3) {
            Undecided::<T>::insert(agreement, month, 1);
        }
        // As many as are forgotten at once: another look is to see whether there are more.
        let forgotten: Vec<_> = before(IN_DISPUTE + 3 + crate::calls::rating::FORGOTTEN_AT_ONCE)
            .skip(IN_DISPUTE + 3)
            .collect();
        for month in &forgotten {
            EndedWindows::<T>::insert(agreement, month, account(&totals));
            LateLines::<T>::insert(
                agreement,
                month,
                late_lines(&totals, PERIOD.previous().previous()),
            );
        }
        let mut meter = meter::<T>(T::WeightInfo::evict_step(), 2);

        #[block]
        {
            Pallet::<T>::evict_expired(&mut meter);
        }

        assert!(!Statements::<T>::contains_key(agreement, PERIOD));
        for month in forgotten {
            assert!(!EndedWindows::<T>::contains_key(agreement, month));
            assert!(!LateLines::<T>::contains_key(agreement, month));
        }
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default().without_token().build(),
        crate::mock::Test
    );
}
