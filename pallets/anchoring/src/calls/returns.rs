//! Refusal of files and of records by their recipient.

use super::{books::Books, checks};
use crate::{types::Booking, Batches, Config, Error, Event, Pallet, SentAgainUntil};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_ports::{Agreements, Operators};
use interclear_primitives::{
    batch::{Batch, BatchStatus, FatalReason, FatalReturn, ReturnedRecords, ServiceTotal},
    ids::OperatorId,
    journal::MonthStep,
    money::ValueError,
    operator::Role,
    series::BatchKey,
    usage::taken_until,
    Digest, Moment,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_return_file(
        who: &T::AccountId,
        key: BatchKey,
        reason: FatalReason,
        rap_sequence: u32,
        rap_digest: Digest,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        books.ensure_recipient(operator, &key.series)?;
        checks::rap_sequence::<T>(rap_sequence)?;
        let mut batch = books.batch(&key).ok_or(Error::<T>::FileNotFound)?;
        Self::ensure_returnable(&mut books, &batch)?;
        let month = Self::month_of(&batch);
        let now = books.now();
        let holds = Self::holds_open(month, now);
        let remaining = batch.remaining().map_err(Error::<T>::from)?;
        Self::take_off(&mut books, &batch, &remaining, operator)?;
        if let Some(route) = batch.route {
            let deferred = batch.deferred;
            if !holds {
                // No month waits for it, and it may bill all the same.
                let until = taken_until(batch.period);
                SentAgainUntil::<T>::mutate(route.agreement, route.direction, |latest| {
                    *latest = until.max(*latest);
                });
            }
            books.change_month(month, |usage| {
                usage.returned = usage.returned.saturating_add(u32::from(holds));
                if deferred {
                    usage.deferred_mut(route.direction).answer();
                } else {
                    usage.batches = usage.batches.saturating_sub(1);
                    usage.awaiting_mut(route.direction).answer();
                }
            });
        }
        batch.deferred = false;
        batch.status = BatchStatus::Returned(reason);
        batch.fatal_return = Some(FatalReturn {
            rap_sequence,
            rap_digest,
            holds,
        });
        batch.answered_at = Some(now);
        Batches::<T>::insert(key, batch);
        let step = MonthStep::Returned {
            key,
            reason,
            rap_sequence,
        };
        books.note_step(month, &step);
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
        let mut batch = books.batch(&key).ok_or(Error::<T>::FileNotFound)?;
        Self::ensure_returnable(&mut books, &batch)?;
        ensure!(
            !batch.returns.contains(&records.rap_sequence),
            Error::<T>::ReturnAlreadyReported
        );
        Self::ensure_records_can_come_again(&batch, books.now())?;
        Self::take_back(&mut batch, &records)?;
        Self::take_off(&mut books, &batch, &records.totals, operator)?;
        let step = MonthStep::RecordsReturned {
            key,
            rap_sequence: records.rap_sequence,
            records: count,
            charge: sum.charge,
            tax: sum.tax,
        };
        books.note_step(Self::month_of(&batch), &step);
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

    /// Takes what is returned of a file off the running totals. That is a move of its recipient, unless the file came after
    /// the closing days: its sender must not be able to hold the month up by what it sends then.
    fn take_off(
        books: &mut Books<T>,
        batch: &Batch,
        parts: &[ServiceTotal],
        by: OperatorId,
    ) -> Result<(), Error<T>> {
        if let Some(totals) = Self::totals_of(batch) {
            let booked = books.rebook(totals, parts.iter().copied(), Booking::TakeOff)?;
            books.set_totals(booked);
            let month = Self::month_of(batch);
            if Self::holds_open(month, batch.anchored_at) {
                books.note_move(month, by);
            }
        }
        Ok(())
    }

    /// A file, or records of it, can be returned: until the recipient has accepted it or its silence no longer holds the month
    /// open, and while the month is open.
    fn ensure_returnable(books: &mut Books<T>, batch: &Batch) -> Result<(), Error<T>> {
        Self::ensure_unanswered(batch)?;
        // Or a debtor would return it until nothing of its month is taken any more.
        let once = batch.late.is_some() && batch.anchor.resent_for.is_some();
        ensure!(!once, Error::ReturnedBefore);
        books.ensure_open(Self::month_of(batch))?;
        let usage = Self::month_of(batch).and_then(|(agreement, period)| {
            T::Agreements::closing_terms(agreement, period).map(|usage| (usage, period))
        });
        let overdue = usage
            .is_some_and(|(usage, period)| books.now() >= usage.silence_closes(period, batch.anchored_at));
        ensure!(!overdue, Error::AnswerOverdue);
        Ok(())
    }

    /// Records of a closed month come again in a new file, which is taken within the days for late usage alone: afterwards the sender
    /// would have no way to its money.
    fn ensure_records_can_come_again(batch: &Batch, now: Moment) -> Result<(), Error<T>> {
        let (Some(route), Some(_)) = (batch.route, batch.late) else {
            return Ok(());
        };
        let terms = T::Agreements::usage_terms_in(route.agreement, batch.period);
        let taken = terms.is_some_and(|terms| now < terms.late_until(batch.period));
        ensure!(taken, Error::RecordsTooLate);
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
            .map_err(|_| Error::MaxReturnsExceeded)?;
        match batch.remaining() {
            Ok(_) => Ok(()),
            Err(ValueError::Negative) => Err(Error::ReturnExceedsFile),
            Err(other) => Err(other.into()),
        }
    }
}
