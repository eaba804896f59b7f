//! What the pallet answers to others: the running totals, and whether a month is complete.

use crate::{
    calls::books::{Books, Comes},
    types::Booking,
    Batches, Config, Error, Event, LastClosed, NrtrdeFiles, Pallet, Periods, Proofs, SentAgainUntil,
    Sequences,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, pallet_prelude::DispatchError};
use interclear_ports::{Agreements, Clock, Reports, Switches, Usage, UsageBook};
use interclear_primitives::{
    agreement::{Direction, Route, UsageTerms},
    batch::{BatchStatus, ServiceTotal},
    dispute::{About, LineKey},
    ids::{AgreementId, OperatorId},
    journal::MonthStep,
    period::Period,
    report::PairMonth,
    series::{BatchKey, Stream},
    service::ServiceSet,
    switch::Function,
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest, Moment,
};

impl<T: Config> Pallet<T> {
    fn terms_of(agreement: AgreementId, period: Period) -> Result<UsageTerms, Error<T>> {
        T::Agreements::usage_terms_in(agreement, period).ok_or(Error::NoAgreement)
    }

    /// Whether the files of a month have been answered, or silence no longer stops it from being closed.
    fn is_answered(agreement: AgreementId, period: Period, usage: &PeriodUsage, now: Moment) -> bool {
        usage.unanswered() == 0
            || T::Agreements::closing_terms(agreement, period).is_some_and(|terms| {
                usage.awaiting.iter().all(|awaiting| {
                    awaiting.unanswered == 0 || now >= terms.silence_closes(period, awaiting.latest)
                })
            })
    }
}

impl<T: Config> Usage for Pallet<T> {
    fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
        Self::period_usage(agreement, period)
    }

    fn totals(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
        Self::usage(agreement, period)
    }

    fn late_totals(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)> {
        Self::late_usage(agreement, period)
    }

    fn ensure_complete(agreement: AgreementId, period: Period, now: Moment) -> DispatchResult {
        let usage = Periods::<T>::get((agreement, period));
        ensure!(usage.gaps == 0, Error::<T>::GapsOpen);
        ensure!(usage.returned == 0, Error::<T>::ReturnedFileMissing);
        ensure!(
            Self::is_answered(agreement, period, &usage, now),
            Error::<T>::AwaitingAcknowledgement
        );
        ensure!(usage.open_reports == 0, Error::<T>::ReportsOpen);
        Ok(())
    }

    fn close(agreement: AgreementId, period: Period) -> Result<[i128; 2], DispatchError> {
        let mut books = Books::<T>::open();
        let month = Some((agreement, period));
        books.ensure_open(month)?;
        let last = LastClosed::<T>::get(agreement);
        ensure!(
            last.is_none_or(|last| period == last.next()),
            Error::<T>::EarlierMonthOpen
        );
        let carried = books.carry((agreement, period))?;
        let disputed_until = T::Agreements::disputed_until(agreement, period, books.now());
        books.change_month(month, |usage| {
            usage.closed = true;
            usage.disputed_until = disputed_until;
        });
        books.close();
        LastClosed::<T>::insert(agreement, period);
        Self::deposit_event(Event::PeriodClosed { agreement, period });
        Ok(carried)
    }

    fn note_change(agreement: AgreementId, period: Period) {
        Periods::<T>::mutate((agreement, period), PeriodUsage::note_change);
    }

    fn sent_at() -> Moment {
        let now = T::Clock::now();
        // What its sender could not send it sends when it can.
        T::Switches::since(Function::Anchoring).map_or(now, |since| since.min(now))
    }

    fn sent_again_until(agreement: AgreementId, direction: Direction) -> Moment {
        SentAgainUntil::<T>::get(agreement, direction)
    }

    fn keep_until(agreement: AgreementId, period: Period, until: Moment) {
        Periods::<T>::mutate((agreement, period), |usage| usage.disputed_until = until);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add(
        agreement: AgreementId,
        period: Period,
        late: Option<Period>,
        totals: &[(UsageKey, UsageTotal)],
    ) {
        // As much again came after the closing days, and goes to the next month.
        let both = |entry: &(UsageKey, UsageTotal)| [(*entry, false), (*entry, true)];
        for ((key, total), deferred) in totals.iter().flat_map(both) {
            let group = crate::GroupKey {
                direction: key.direction,
                group: key.group,
                late,
                deferred,
            };
            let part = ServiceTotal {
                service: key.service,
                records: total.records as u32,
                quantity: total.quantity,
                charge: total.charge,
                tax: total.tax,
            };
            let booked = crate::Totals::<T>::mutate((agreement, period), group, |totals| {
                totals.book(&part, Booking::Add)
            });
            assert!(booked.is_ok(), "a benchmark adds what fits");
        }
        Periods::<T>::mutate((agreement, period), |usage| {
            usage.deferred.iter_mut().for_each(|deferred| deferred.files = 1);
        });
    }
}

impl<T: Config> UsageBook for Pallet<T> {
    fn billed_with(agreement: AgreementId, period: Period, answers: bool) -> Result<Period, DispatchError> {
        let terms = Self::terms_of(agreement, period)?;
        let comes = match answers {
            true => Comes::Answer,
            false => Comes::Report,
        };
        Ok(Books::<T>::open().billed_with(agreement, period, &terms, comes)?)
    }

    fn services_by_file(pair: &PairMonth) -> ServiceSet {
        Sequences::<T>::get(pair.series()).services(pair.period)
    }

    fn open_report(agreement: AgreementId, period: Period, holds: bool) -> DispatchResult {
        let mut books = Books::<T>::open();
        let month = Some((agreement, period));
        books.ensure_open(month)?;
        books.change_month(month, |usage| {
            usage.reports = usage.reports.saturating_add(1);
            usage.open_reports = usage.open_reports.saturating_add(u32::from(holds));
            usage.pending_reports = usage.pending_reports.saturating_add(1);
        });
        books.close();
        Ok(())
    }

    fn note_expected(agreement: AgreementId, period: Period) {
        let mut books = Books::<T>::open();
        books.change_month(Some((agreement, period)), |usage| {
            usage.expected_reports = usage.expected_reports.saturating_add(1);
        });
        books.close();
    }

    fn note_move(agreement: AgreementId, period: Period, by: OperatorId) {
        let mut books = Books::<T>::open();
        books.note_move(Some((agreement, period)), by);
        books.close();
    }

    fn note_step(agreement: AgreementId, period: Period, step: &MonthStep) {
        let mut books = Books::<T>::open();
        books.note_step(Some((agreement, period)), step);
        books.close();
    }

    fn bill_report(
        route: &Route,
        period: Period,
        reported: Period,
        totals: &[ServiceTotal],
        holds: bool,
    ) -> Result<Period, DispatchError> {
        let mut books = Books::<T>::open();
        let noted = (route.agreement, reported);
        let closed = books.ensure_open(Some(noted)).is_err();
        let billed_with = match closed {
            true => {
                let terms = Self::terms_of(route.agreement, period)?;
                books.billed_with(route.agreement, period, &terms, Comes::Answer)?
            }
            false => reported,
        };
        let late = (billed_with != period).then_some(period);
        let group = crate::GroupKey {
            direction: route.direction,
            group: route.group,
            late,
            deferred: false,
        };
        let key = ((route.agreement, billed_with), group);
        let totals = books
            .rebook(key, totals.iter().copied(), Booking::Add)
            .map_err(Error::<T>::from)?;
        books.set_totals(totals);
        books.change_month(Some(noted), |usage| {
            usage.open_reports = usage.open_reports.saturating_sub(u32::from(holds));
            usage.pending_reports = usage.pending_reports.saturating_sub(1);
            usage.reports = usage.reports.saturating_sub(u32::from(closed));
        });
        books.change_month(Some((route.agreement, billed_with)), |usage| {
            usage.reports = usage.reports.saturating_add(u32::from(closed));
        });
        books.close();
        Ok(billed_with)
    }
}

impl<T: Config> interclear_ports::Evidence for Pallet<T> {
    fn is_proven(key: &BatchKey, root: Digest, index: u32) -> bool {
        Proofs::<T>::contains_key((*key, root), index)
    }

    fn is_of_line(about: &About, agreement: AgreementId, period: Period, line: &LineKey) -> bool {
        let LineKey { late, usage } = *line;
        let month = late.unwrap_or(period);
        let route = Route {
            agreement,
            direction: usage.direction,
            group: usage.group,
        };
        let is_between =
            |visited, home| T::Agreements::route(visited, home, month).is_some_and(|found| found == route);
        match about {
            About::File(key) if key.series.stream == Stream::Tap => {
                Batches::<T>::get(key).is_some_and(|batch| {
                    let bills = matches!(batch.status, BatchStatus::Anchored | BatchStatus::Acknowledged);
                    let mut services = batch.anchor.totals.iter().map(|total| total.service);
                    bills
                        && batch.route == Some(route)
                        && (batch.period, batch.billed_with()) == (month, period)
                        && services.any(|service| service == usage.service)
                })
            }
            About::File(key) => NrtrdeFiles::<T>::get(key).is_some_and(|file| {
                file.agreement == Some(agreement)
                    && file.is_late()
                    && is_between(&key.series.sender, &key.series.recipient)
            }),
            About::Reports { visited, home } => {
                let pair = PairMonth {
                    visited: *visited,
                    home: *home,
                    period: month,
                };
                is_between(visited, home)
                    && T::Reports::services_by_report(agreement, &pair).contains(usage.service)
            }
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_prove(key: BatchKey, root: Digest, index: u32) {
        let proven = interclear_primitives::batch::ProvenRecord {
            key,
            leaf: root,
            by: Default::default(),
            at: 0,
        };
        Proofs::<T>::insert((key, root), index, proven);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_bill(key: BatchKey, agreement: AgreementId, period: Period, line: &LineKey) {
        let services = interclear_primitives::service::Service::ALL.iter().copied();
        let batch = interclear_primitives::batch::Batch {
            anchor: interclear_primitives::batch::Anchor {
                key,
                file_digest: Default::default(),
                root: Default::default(),
                currency: interclear_primitives::money::Currency::EUR,
                decimals: 2,
                records: 0,
                totals: frame_support::BoundedVec::truncate_from(services.map(ServiceTotal::empty).collect()),
                discount: interclear_primitives::money::Value::ZERO,
                earliest_call: None,
                latest_call: None,
                cut_off: 0,
                available: 0,
                resent_for: None,
            },
            digest: Default::default(),
            route: Some(Route {
                agreement,
                direction: line.usage.direction,
                group: line.usage.group,
            }),
            period: line.late.unwrap_or(period),
            late: line.late.map(|_| period),
            deferred: false,
            status: BatchStatus::Anchored,
            anchored_at: 0,
            answered_at: None,
            fatal_return: None,
            returned: Default::default(),
            returns: Default::default(),
        };
        Batches::<T>::insert(key, batch);
    }
}
