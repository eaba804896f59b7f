//! The rules behind the calls, and what the pallet offers to others.

use crate::{
    books::{Books, MonthKey, Posted, Side},
    checks,
    types::{Booking, GroupKey, GroupTotals},
    Batches, Config, Error, Event, NrtrdeFiles, NrtrdeMonthsOf, Pallet, Periods, Sequences, Totals,
    WeightInfo,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{dispatch::DispatchResult, ensure, traits::UnixTime, weights::Weight};
use interclear_ports::{Agreements, Operators, Usage};
use interclear_primitives::{
    batch::{Anchor, Batch, BatchStatus, FatalReason, FatalReturn, ReturnedRecords},
    ids::{AgreementId, OperatorId},
    money::ValueError,
    nrtrde::{NrtrdeAnchor, NrtrdeFile, NrtrdeMonths},
    operator::Role,
    period::Period,
    series::{BatchKey, SequenceState, SeriesKey, Stream},
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest, Moment,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// The chain's time, in seconds since the epoch.
    pub(crate) fn now() -> Moment {
        T::Time::now().as_secs()
    }

    /// Weight of anchoring many files: each file for itself, and what the files of one series and month share, in
    /// whatever order they come.
    pub(crate) fn weight_of_many(anchors: &[Anchor]) -> Weight {
        let runs: BTreeSet<_> = anchors
            .iter()
            .map(|anchor| (anchor.key.series, anchor.period()))
            .collect();
        T::WeightInfo::anchor_many(Self::beyond(anchors.len(), runs.len()), runs.len() as u32)
    }

    /// Weight of anchoring NRTRDE files: likewise, by series.
    pub(crate) fn weight_of_nrtrde(anchors: &[NrtrdeAnchor]) -> Weight {
        let series: BTreeSet<_> = anchors.iter().map(|anchor| anchor.key.series).collect();
        T::WeightInfo::anchor_nrtrde(Self::beyond(anchors.len(), series.len()), series.len() as u32)
    }

    /// Files beyond the first one of each series, which is in the weight of the series.
    fn beyond(files: usize, series: usize) -> u32 {
        files.saturating_sub(series) as u32
    }

    pub(crate) fn do_anchor(who: &T::AccountId, anchor: Anchor) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.post(operator, anchor)?;
        books.close();
        Ok(())
    }

    pub(crate) fn do_anchor_many(who: &T::AccountId, anchors: Vec<Anchor>) -> DispatchResult {
        Self::post_each(who, anchors, |anchor| anchor.key, Books::post)
    }

    pub(crate) fn do_anchor_nrtrde(who: &T::AccountId, anchors: Vec<NrtrdeAnchor>) -> DispatchResult {
        Self::post_each(who, anchors, |anchor| anchor.key, Books::post_nrtrde)
    }

    /// Posts files one by one; each that is refused is reported.
    fn post_each<A>(
        who: &T::AccountId,
        anchors: Vec<A>,
        key: impl Fn(&A) -> BatchKey,
        post: impl Fn(&mut Books<T>, OperatorId, A) -> Result<Posted, Error<T>>,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let (mut anchored, mut copies, mut refused) = (0u32, 0u32, 0u32);
        for (place, anchor) in (0u32..).zip(anchors) {
            let key = key(&anchor);
            match post(&mut books, operator, anchor) {
                Ok(Posted::Anchored) => anchored = anchored.saturating_add(1),
                Ok(Posted::Copy) => copies = copies.saturating_add(1),
                Err(error) => {
                    refused = refused.saturating_add(1);
                    Self::deposit_event(Event::AnchorRefused {
                        place,
                        key,
                        error: error.into(),
                    });
                }
            }
        }
        books.close();
        Self::deposit_event(Event::ManyAnchored {
            anchored,
            copies,
            refused,
        });
        Ok(())
    }

    pub(crate) fn do_acknowledge(who: &T::AccountId, key: BatchKey) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.ensure_recipient(operator, &key.series)?;
        Self::accept(&mut books, key)?;
        books.close();
        Ok(())
    }

    pub(crate) fn do_acknowledge_many(who: &T::AccountId, keys: &[BatchKey]) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let (mut acknowledged, mut refused) = (0u32, 0u32);
        for (place, key) in (0u32..).zip(keys) {
            let answer = books
                .ensure_recipient(operator, &key.series)
                .and_then(|()| Self::accept(&mut books, *key));
            match answer {
                Ok(()) => acknowledged = acknowledged.saturating_add(1),
                Err(error) => {
                    refused = refused.saturating_add(1);
                    Self::deposit_event(Event::AcknowledgeRefused {
                        place,
                        key: *key,
                        error: error.into(),
                    });
                }
            }
        }
        books.close();
        Self::deposit_event(Event::ManyAcknowledged {
            acknowledged,
            refused,
        });
        Ok(())
    }

    /// Marks a file as accepted.
    fn accept(books: &mut Books<T>, key: BatchKey) -> Result<(), Error<T>> {
        match key.series.stream {
            Stream::Tap => Self::accept_batch(books, key)?,
            Stream::Nrtrde => Self::accept_nrtrde(books, key)?,
        }
        Self::deposit_event(Event::Acknowledged { key });
        Ok(())
    }

    fn accept_nrtrde(books: &mut Books<T>, key: BatchKey) -> Result<(), Error<T>> {
        let mut file = NrtrdeFiles::<T>::get(key).ok_or(Error::NotFound)?;
        ensure!(file.acknowledged_at.is_none(), Error::AlreadyAcknowledged);
        file.acknowledged_at = Some(books.now());
        books.change_nrtrde_month(key.series, file.period(), |month| {
            month.acknowledged = month.acknowledged.saturating_add(1);
        });
        NrtrdeFiles::<T>::insert(key, file);
        Ok(())
    }

    fn accept_batch(books: &mut Books<T>, key: BatchKey) -> Result<(), Error<T>> {
        let mut batch = Batches::<T>::get(key).ok_or(Error::NotFound)?;
        Self::ensure_unanswered(&batch)?;
        books.ensure_open(Self::month_of(&batch))?;
        if let Some(route) = batch.route {
            books.change_month(Self::month_of(&batch), |usage| {
                let awaiting = usage.awaiting_mut(route.direction);
                awaiting.unanswered = awaiting.unanswered.saturating_sub(1);
            });
        }
        batch.status = BatchStatus::Acknowledged;
        batch.answered_at = Some(books.now());
        Batches::<T>::insert(key, batch);
        Ok(())
    }

    pub(crate) fn do_return_file(
        who: &T::AccountId,
        key: BatchKey,
        reason: FatalReason,
        rap_sequence: u32,
        rap_hash: Digest,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.ensure_recipient(operator, &key.series)?;
        checks::rap_sequence::<T>(rap_sequence)?;
        let mut batch = Batches::<T>::get(key).ok_or(Error::<T>::NotFound)?;
        Self::ensure_unanswered(&batch)?;
        let month = Self::month_of(&batch);
        books.ensure_open(month)?;
        if let Some(route) = batch.route {
            let accepted =
                Self::silence_accepts(route.agreement, batch.period, batch.anchored_at, books.now());
            ensure!(!accepted, Error::<T>::AnswerOverdue);
            let remaining = batch.remaining().map_err(Error::<T>::from)?;
            let totals = books
                .rebook(&route, batch.period, remaining, Booking::TakeOff)
                .map_err(Error::<T>::from)?;
            books.set_totals(totals);
            books.change_month(month, |usage| {
                usage.batches = usage.batches.saturating_sub(1);
                usage.returned = usage.returned.saturating_add(1);
                let awaiting = usage.awaiting_mut(route.direction);
                awaiting.unanswered = awaiting.unanswered.saturating_sub(1);
            });
        }
        batch.status = BatchStatus::Returned(reason);
        batch.fatal_return = Some(FatalReturn {
            rap_sequence,
            rap_hash,
        });
        batch.answered_at = Some(books.now());
        Batches::<T>::insert(key, batch);
        books.close();
        Self::deposit_event(Event::FileReturned {
            key,
            reason,
            rap_sequence,
        });
        Ok(())
    }

    pub(crate) fn do_return_records(
        who: &T::AccountId,
        key: BatchKey,
        records: ReturnedRecords,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.ensure_recipient(operator, &key.series)?;
        checks::rap_sequence::<T>(records.rap_sequence)?;
        let count: u64 = records.totals.iter().map(|total| u64::from(total.records)).sum();
        let count = u32::try_from(count).map_err(|_| Error::<T>::ReturnExceedsFile)?;
        ensure!(count > 0, Error::<T>::NothingReturned);
        let sum = checks::totals::<T>(&records.totals, count)?;
        let mut batch = Batches::<T>::get(key).ok_or(Error::<T>::NotFound)?;
        ensure!(
            !matches!(batch.status, BatchStatus::Returned(_) | BatchStatus::Waived(_)),
            Error::<T>::FileReturned
        );
        ensure!(
            !batch.returns.contains(&records.rap_sequence),
            Error::<T>::ReturnAlreadyReported
        );
        books.ensure_open(Self::month_of(&batch))?;
        Self::take_back(&mut batch, &records)?;
        if let Some(route) = batch.route {
            let totals = books
                .rebook(
                    &route,
                    batch.period,
                    records.totals.iter().copied(),
                    Booking::TakeOff,
                )
                .map_err(Error::<T>::from)?;
            books.set_totals(totals);
        }
        Batches::<T>::insert(key, batch);
        books.close();
        Self::deposit_event(Event::RecordsReturned {
            key,
            rap_sequence: records.rap_sequence,
            records: count,
            charge: sum.charge,
            tax: sum.tax,
        });
        Ok(())
    }

    /// Notes returned records in a file.
    ///
    /// # Errors
    /// More is returned than is left of the file, or there are too many returns.
    fn take_back(batch: &mut Batch, records: &ReturnedRecords) -> Result<(), Error<T>> {
        for part in &records.totals {
            ensure!(
                batch
                    .anchor
                    .totals
                    .iter()
                    .any(|total| total.service == part.service),
                Error::ServiceNotInFile
            );
            match batch
                .returned
                .iter_mut()
                .find(|total| total.service == part.service)
            {
                Some(total) => *total = total.checked_add(part)?,
                None => batch
                    .returned
                    .try_push(*part)
                    .map_err(|_| Error::ServiceNotInFile)?,
            }
        }
        batch.returned.sort_by_key(|total| total.service);
        batch
            .returns
            .try_push(records.rap_sequence)
            .map_err(|_| Error::TooManyReturns)?;
        match batch.remaining() {
            Ok(_) => Ok(()),
            Err(ValueError::Negative) => Err(Error::ReturnExceedsFile),
            Err(other) => Err(other.into()),
        }
    }

    pub(crate) fn do_waive_gap(who: &T::AccountId, series: SeriesKey, first: u32) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let side = books.side(by, &series)?;
        let mut state = Sequences::<T>::get(series);
        let gap = state
            .gaps
            .iter()
            .find(|gap| gap.first == first)
            .copied()
            .ok_or(Error::<T>::GapNotFound)?;
        let month = gap.agreement.map(|agreement| (agreement, gap.period));
        Self::ensure_may_waive(side, month, gap.since, books.now())?;
        state.gaps.retain(|entry| *entry != gap);
        Sequences::<T>::insert(series, state);
        books.change_month(month, |usage| usage.gaps = usage.gaps.saturating_sub(1));
        books.close();
        Self::deposit_event(Event::GapWaived {
            series,
            first: gap.first,
            last: gap.last,
            by,
        });
        Ok(())
    }

    pub(crate) fn do_waive_file(who: &T::AccountId, key: BatchKey) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let side = books.side(by, &key.series)?;
        let mut batch = Batches::<T>::get(key).ok_or(Error::<T>::NotFound)?;
        let reason = match batch.status {
            BatchStatus::Returned(reason) => reason,
            BatchStatus::Waived(_) => return Err(Error::<T>::FileWaived.into()),
            BatchStatus::Anchored | BatchStatus::Acknowledged => return Err(Error::<T>::NotReturned.into()),
        };
        let month = Self::month_of(&batch);
        let returned_at = batch.answered_at.unwrap_or(batch.anchored_at);
        Self::ensure_may_waive(side, month, returned_at, books.now())?;
        books.change_month(month, |usage| usage.returned = usage.returned.saturating_sub(1));
        batch.status = BatchStatus::Waived(reason);
        Batches::<T>::insert(key, batch);
        books.close();
        Self::deposit_event(Event::FileWaived { key, by });
        Ok(())
    }

    /// The sender gives up its own money when it likes; the recipient frees itself of a file that does not come, once
    /// the sender has had the days to send it.
    fn ensure_may_waive(
        side: Side,
        month: Option<MonthKey>,
        since: Moment,
        now: Moment,
    ) -> Result<(), Error<T>> {
        if side == Side::Sender {
            return Ok(());
        }
        // Nothing waits for a test file.
        let (agreement, period) = month.ok_or(Error::NotSender)?;
        let usage = T::Agreements::usage_terms_in(agreement, period).ok_or(Error::NoAgreement)?;
        ensure!(now >= usage.answer_by(since), Error::StillExpected);
        Ok(())
    }

    pub(crate) fn do_begin_series(who: &T::AccountId, series: SeriesKey, first: u32) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        checks::key::<T>(&series.file(first), series.stream)?;
        Books::<T>::open().ensure_sender(operator, &series)?;
        ensure!(
            !Sequences::<T>::contains_key(series),
            Error::<T>::SeriesAlreadyBegun
        );
        let state = SequenceState {
            highest: first.saturating_sub(1),
            ..Default::default()
        };
        Sequences::<T>::insert(series, state);
        Self::deposit_event(Event::SeriesBegun { series, first });
        Ok(())
    }

    fn ensure_unanswered(batch: &Batch) -> Result<(), Error<T>> {
        match batch.status {
            BatchStatus::Anchored => Ok(()),
            BatchStatus::Acknowledged => Err(Error::AlreadyAcknowledged),
            BatchStatus::Returned(_) | BatchStatus::Waived(_) => Err(Error::FileReturned),
        }
    }

    /// The month that a file bills to; `None` for a test file.
    fn month_of(batch: &Batch) -> Option<MonthKey> {
        batch.route.map(|route| (route.agreement, batch.period))
    }

    /// Whether by the agreement a file that was anchored then has been accepted by silence.
    fn silence_accepts(agreement: AgreementId, period: Period, anchored_at: Moment, now: Moment) -> bool {
        T::Agreements::usage_terms_in(agreement, period)
            .is_some_and(|usage| usage.deemed_acknowledged && now >= usage.answer_by(anchored_at))
    }

    /// Whether the files of a month have been answered, or silence no longer stops it from being closed.
    fn is_answered(agreement: AgreementId, period: Period, usage: &PeriodUsage, now: Moment) -> bool {
        usage.unanswered() == 0
            || T::Agreements::usage_terms_in(agreement, period).is_some_and(|terms| {
                usage.awaiting.iter().all(|awaiting| {
                    awaiting.unanswered == 0 || now >= terms.silence_closes(period, awaiting.latest)
                })
            })
    }

    /// How far a series has come, with its gaps.
    pub fn sequence(series: SeriesKey) -> SequenceState {
        Sequences::<T>::get(series)
    }

    /// A file, until its details are evicted.
    pub fn batch(key: BatchKey) -> Option<Batch> {
        Batches::<T>::get(key)
    }

    /// What has been anchored for a month.
    pub fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
        Periods::<T>::get((agreement, period))
    }

    /// An NRTRDE file, until its details are evicted.
    pub fn nrtrde_file(key: BatchKey) -> Option<NrtrdeFile> {
        NrtrdeFiles::<T>::get(key)
    }

    /// How punctual an NRTRDE series was, by rising month.
    pub fn nrtrde_months(series: SeriesKey) -> NrtrdeMonths {
        NrtrdeMonthsOf::<T>::get(series)
    }

    /// Running totals of a month, by rising key.
    pub fn usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
        let lines = |(group, totals): (GroupKey, GroupTotals)| {
            let line = |(service, total): &(_, _)| {
                let key = UsageKey {
                    direction: group.direction,
                    group: group.group,
                    service: *service,
                };
                (key, *total)
            };
            totals.iter().map(line).collect::<Vec<_>>()
        };
        let mut totals: Vec<_> = Totals::<T>::iter_prefix((agreement, period))
            .flat_map(lines)
            .collect();
        totals.sort_by_key(|(key, _)| *key);
        totals
    }
}

impl<T: Config> Usage for Pallet<T> {
    fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
        Self::period_usage(agreement, period)
    }

    fn totals(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
        Self::usage(agreement, period)
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

    fn seal(agreement: AgreementId, period: Period) -> DispatchResult {
        Periods::<T>::try_mutate((agreement, period), |usage| -> Result<(), DispatchError> {
            ensure!(!usage.sealed, Error::<T>::PeriodSealed);
            usage.sealed = true;
            Ok(())
        })?;
        Self::deposit_event(Event::PeriodSealed { agreement, period });
        Ok(())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add(agreement: AgreementId, period: Period, totals: &[(UsageKey, UsageTotal)]) {
        for (key, total) in totals {
            let group = GroupKey {
                direction: key.direction,
                group: key.group,
            };
            let part = interclear_primitives::batch::ServiceTotal {
                service: key.service,
                records: total.records as u32,
                quantity: total.quantity,
                charge: total.charge,
                tax: total.tax,
            };
            Totals::<T>::mutate((agreement, period), group, |totals| {
                let _ = totals.book(&part, Booking::Add);
            });
        }
    }
}
