//! Benchmarks: each call in its worst case, on a statement of as many lines as there can be whose net has become an obligation.
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
    traits::{EnsureOrigin, Get},
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_ports::{Agreements, Clock, DisputedStatements, Evidence as Proofs, Operators};
use interclear_primitives::{
    agreement::{Direction, DisputeTerms, PaymentTerms, Prepaid, Terms, MAX_AGREEMENT_LINES},
    dispute::{About, DisputeKind, Evidence, Figures, LineKey, MAX_EVIDENCE},
    ids::{AgreementId, DisputeId, OperatorId},
    money::{Currency, Value},
    period::Period,
    rating::Pricing,
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    statement::{Disputed, Statement, StatementLine, StatementStatus},
    usage::{UsageKey, MAX_LATE_MONTHS},
    Moment, DAY,
};

const PERIOD: Period = Period(202601);
const CLOCK: Moment = 1_800_000_000;
const FIRST: DisputeId = DisputeId(0);
const ROOT: [u8; 32] = [7; 32];

fn desk<T: Config>(number: u32) -> T::AccountId {
    account("desk", number, 0)
}

fn signed<T: Config>(number: u32) -> RawOrigin<T::AccountId> {
    RawOrigin::Signed(desk::<T>(number))
}

/// The last line of the statement.
fn line() -> LineKey {
    LineKey {
        late: Some(PERIOD.previous()),
        usage: UsageKey {
            direction: Direction::FirstHome,
            group: u8::MAX,
            service: Service::Gprs,
        },
    }
}

/// Of the creditor of the line.
fn tap_file() -> BatchKey {
    let series = SeriesKey {
        sender: samples::tadig(1),
        recipient: samples::tadig(0),
        stream: Stream::Tap,
        test: false,
    };
    series.file(1)
}

fn figures(charge: i128) -> Figures {
    Figures {
        quantity: 1_000_000,
        charge: Value::Clear(charge),
        ..Figures::default()
    }
}

fn lines() -> Vec<StatementLine> {
    let count = MAX_AGREEMENT_LINES * (MAX_LATE_MONTHS + 1);
    let line_of = |key: LineKey| StatementLine {
        direction: key.usage.direction,
        group: key.usage.group,
        service: key.usage.service,
        late: key.late,
        quantity: 1_000_000,
        tap_charge: Value::ZERO,
        charge: Value::Clear(100_000),
        shortfall: Value::ZERO,
        tax: Value::ZERO,
    };
    // A statement that bills late usage of as many months as it can.
    let months: Vec<_> = core::iter::successors(Some(PERIOD.previous()), |month| Some(month.previous()))
        .take(MAX_LATE_MONTHS as usize)
        .collect();
    let other = |number: u32| LineKey {
        late: months.get(number as usize % months.len()).copied(),
        usage: UsageKey {
            group: (number % 8) as u8,
            ..line().usage
        },
    };
    (1..count).map(other).chain([line()]).map(line_of).collect()
}

/// Two parties, their three arbitrators, and a statement that nobody has affirmed.
fn issue<T: Config>() -> AgreementId {
    T::Clock::benchmark_set_now(CLOCK);
    let operators: Vec<OperatorId> = (0..5)
        .map(|number| T::Operators::benchmark_admit(desk::<T>(number), samples::tadig(number)))
        .collect();
    let parties = [operators[0], operators[1]];
    let line_of = |service: &Service| samples::line(*service, Pricing::default());
    let groups = |home, visited| {
        let lines = Service::ALL.iter().map(line_of).collect();
        samples::direction(vec![samples::group(
            samples::tadig(home),
            samples::tadig(visited),
            lines,
        )])
    };
    let mut terms = Terms {
        disputes: DisputeTerms {
            fee: 1_000_000_000,
            arbitrators: Some([operators[2], operators[3], operators[4]]),
            ..DisputeTerms::usual()
        },
        ..Terms::usual(PERIOD, PERIOD.next(), Currency::EUR, [groups(0, 1), groups(1, 0)])
    };
    // Both are warned of what a decision leaves of an escrow.
    terms.usage.prepaid = [Some(Prepaid { floor: 0 }); 2];
    let agreement = T::Agreements::benchmark_activate(parties, terms);
    let lines = BoundedVec::truncate_from(lines());
    let total = Value::Clear(100_000 * lines.len() as i128);
    let statement = Statement {
        parties,
        version: 1,
        currency: Currency::EUR,
        decimals: 2,
        exchange: None,
        lines,
        totals: [total, Value::ZERO],
        net: total,
        status: StatementStatus::Issued,
        affirmed: [false; 2],
        issued_at: CLOCK,
        affirm_by: CLOCK + DAY,
        disputed_until: CLOCK + 90 * DAY,
        payment: PaymentTerms::usual(),
        accepts: Default::default(),
        due: CLOCK + DAY,
        decided: Default::default(),
        running_digest: [0; 32],
        minimum: 0,
        carried: Value::ZERO,
        obligation: None,
        disputed: Disputed::default(),
        escrowed: [Value::ZERO; 2],
    };
    T::Statements::benchmark_issue(agreement, PERIOD, statement);
    agreement
}

/// Likewise, with the same line of the month itself: those alone count towards three months running.
fn issue_of_month<T: Config>() -> (AgreementId, LineKey) {
    let agreement = issue::<T>();
    let mut statement = T::Statements::statement(agreement, PERIOD).expect("was issued; qed");
    statement.lines.last_mut().expect("it is full; qed").late = None;
    T::Statements::benchmark_issue(agreement, PERIOD, statement);
    (agreement, LineKey { late: None, ..line() })
}

/// A line of which its debtor says that it is worth half.
fn raised<T: Config>() -> AgreementId {
    raised_by::<T>(0, figures(50_000))
}

/// A line in dispute, of a statement whose net has become an obligation meanwhile.
fn raised_by<T: Config>(party: u32, claimed: Figures) -> AgreementId {
    let agreement = issue::<T>();
    Pallet::<T>::raise(
        signed::<T>(party).into(),
        agreement,
        PERIOD,
        line(),
        DisputeKind::Rate,
        claimed,
        None,
    )
    .expect("the line is there; qed");
    // Its net becomes an obligation.
    let mut statement = T::Statements::statement(agreement, PERIOD).expect("was issued; qed");
    statement.status = StatementStatus::Affirmed;
    T::Statements::benchmark_issue(agreement, PERIOD, statement);
    agreement
}

/// The other party has affirmed, so that who has raised it may withdraw it.
fn raised_and_affirmed<T: Config>() {
    let agreement = raised::<T>();
    let mut statement = T::Statements::statement(agreement, PERIOD).expect("was issued; qed");
    statement.affirmed = [true; 2];
    T::Statements::benchmark_issue(agreement, PERIOD, statement);
}

fn answered<T: Config>() {
    raised::<T>();
    Pallet::<T>::answer(signed::<T>(1).into(), FIRST, figures(150_000)).expect("waits for it; qed");
}

fn escalated<T: Config>() {
    answered::<T>();
    Pallet::<T>::escalate(signed::<T>(0).into(), FIRST).expect("has been answered; qed");
}

/// Lets the time for the next step pass.
fn silent<T: Config>() {
    let until = Open::<T>::get(FIRST).expect("it is open; qed");
    T::Clock::benchmark_set_now(until + 1);
}

fn is_over<T: Config>() -> bool {
    Disputes::<T>::get(FIRST).is_some_and(|dispute| !dispute.phase.is_open())
}

/// Room for one step of `weight`, after a glance.
fn meter<T: Config>(weight: Weight) -> WeightMeter {
    WeightMeter::with_limit(weight.saturating_add(T::DbWeight::get().reads(4)))
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// The affirmation date has passed, and nobody has noticed. It is about a file of as many services as there are, and the month counts
    /// towards three in a row.
    #[benchmark]
    fn raise() {
        let (agreement, line) = issue_of_month::<T>();
        T::Clock::benchmark_set_now(CLOCK + 2 * DAY);
        let key = tap_file();
        T::Evidence::benchmark_bill(key, agreement, PERIOD, &line);

        #[extrinsic_call]
        _(
            signed::<T>(0),
            agreement,
            PERIOD,
            line,
            DisputeKind::Rate,
            figures(50_000),
            Some(About::File(key)),
        );

        assert!(Open::<T>::contains_key(FIRST));
    }

    #[benchmark]
    fn mark_difference() {
        let (agreement, line) = issue_of_month::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), agreement, PERIOD, line, figures(99_999));

        assert_eq!(SmallDifferences::<T>::iter().count(), 1);
    }

    /// The debtor of the line admits all that it missed, which ends it.
    #[benchmark]
    fn answer() {
        raised_by::<T>(1, figures(150_000));

        #[extrinsic_call]
        _(signed::<T>(0), FIRST, figures(150_000));

        assert!(is_over::<T>());
    }

    /// Ends it, on both sides of what was stated.
    #[benchmark]
    fn concede() {
        answered::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST, figures(150_000));

        assert!(is_over::<T>());
    }

    #[benchmark]
    fn offer() {
        answered::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST, figures(60_000));
    }

    #[benchmark]
    fn accept() {
        answered::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST, figures(150_000));

        assert!(is_over::<T>());
    }

    #[benchmark]
    fn withdraw() {
        raised_and_affirmed::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST);

        assert!(is_over::<T>());
    }

    #[benchmark]
    fn escalate() {
        answered::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST);
    }

    /// The second of two that say the same.
    #[benchmark]
    fn arbitrate() {
        escalated::<T>();
        Pallet::<T>::arbitrate(signed::<T>(2).into(), FIRST, figures(140_000)).expect("it may; qed");

        #[extrinsic_call]
        _(signed::<T>(3), FIRST, figures(140_000));

        assert!(is_over::<T>());
    }

    #[benchmark]
    fn rule() {
        escalated::<T>();
        silent::<T>();
        Pallet::<T>::lapse(signed::<T>(0).into(), FIRST).expect("the time is over; qed");
        T::Clock::benchmark_set_now(CLOCK + DAY);
        let origin = T::GovernanceOrigin::try_successful_origin().expect("governance can act; qed");

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, FIRST, figures(140_000));

        assert!(is_over::<T>());
    }

    #[benchmark]
    fn lapse() {
        raised::<T>();
        silent::<T>();

        #[extrinsic_call]
        _(signed::<T>(0), FIRST);

        assert!(is_over::<T>());
    }

    /// The last one.
    #[benchmark]
    fn add_evidence() {
        raised::<T>();
        for number in 1..MAX_EVIDENCE * 2 {
            let evidence = Evidence::Document([number as u8; 32]);
            Pallet::<T>::add_evidence(signed::<T>(number % 2).into(), FIRST, evidence)
                .expect("there is room; qed");
        }
        let key = tap_file();
        T::Evidence::benchmark_prove(key, ROOT, 3);
        let evidence = Evidence::Record {
            key,
            root: ROOT,
            index: 3,
        };

        #[extrinsic_call]
        _(signed::<T>(0), FIRST, evidence);
    }

    #[benchmark]
    fn lapse_step() {
        raised::<T>();
        silent::<T>();
        let mut meter = meter::<T>(T::WeightInfo::lapse_step());

        #[block]
        {
            Pallet::<T>::lapse_silent(&mut meter);
        }

        assert!(is_over::<T>());
    }

    /// Its statement is kept, so that it waits anew.
    #[benchmark]
    fn evict_step() {
        raised_and_affirmed::<T>();
        Pallet::<T>::withdraw(signed::<T>(0).into(), FIRST).expect("nobody has answered; qed");
        T::Clock::benchmark_set_now(CLOCK + T::Retention::get() + DAY);
        let mut meter = meter::<T>(T::WeightInfo::evict_step());

        #[block]
        {
            Pallet::<T>::evict_expired(&mut meter);
        }

        assert_eq!(ExpiryQueue::<T>::get().head, 1);
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default().build(),
        crate::mock::Test
    );
}
