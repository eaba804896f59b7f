//! Giving up of files that do not come.

use super::books::{Books, MonthKey, Side};
use crate::{Batches, Config, Error, Event, Pallet, Sequences};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_ports::{Agreements, Operators};
use interclear_primitives::{
    batch::BatchStatus,
    journal::MonthStep,
    operator::Role,
    series::{BatchKey, Gap, SeriesKey},
    Moment,
};

impl<T: Config> Pallet<T> {
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
        let Gap { first, last, .. } = gap;
        let step = MonthStep::GapWaived {
            series,
            first,
            last,
            by,
        };
        books.note_step(month, &step);
        books.close();
        Self::deposit_event(Event::GapWaived {
            series,
            first,
            last,
            by,
            agreement: gap.agreement,
            period: gap.period,
        });
        Ok(())
    }

    pub(crate) fn do_waive_file(who: &T::AccountId, key: BatchKey) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let side = books.side(by, &key.series)?;
        let mut batch = books.batch(&key).ok_or(Error::<T>::FileNotFound)?;
        let reason = match batch.status {
            BatchStatus::Returned(reason) => reason,
            BatchStatus::Waived(_) => return Err(Error::<T>::FileWaived.into()),
            BatchStatus::Anchored | BatchStatus::Acknowledged => return Err(Error::<T>::NotReturned.into()),
        };
        let (month, period) = (Self::month_of(&batch), batch.period);
        let returned_at = batch.answered_at.unwrap_or(batch.anchored_at);
        Self::ensure_may_waive(side, month, returned_at, books.now())?;
        let held = batch.fatal_return.is_some_and(|refused| refused.holds);
        books.change_month(month, |usage| {
            usage.returned = usage.returned.saturating_sub(u32::from(held));
        });
        batch.status = BatchStatus::Waived(reason);
        Batches::<T>::insert(key, batch);
        books.note_step(month, &MonthStep::FileWaived { key, by });
        books.close();
        Self::deposit_event(Event::FileWaived {
            key,
            by,
            agreement: month.map(|(agreement, _)| agreement),
            period: month.map_or(period, |(_, period)| period),
        });
        Ok(())
    }

    /// The sender gives up its own money when it likes; the recipient frees itself of a file that does not come, once
    /// the sender has had the days to send it. So neither is a move over which the other one needed time.
    fn ensure_may_waive(
        side: Side,
        month: Option<MonthKey>,
        since: Moment,
        now: Moment,
    ) -> Result<(), Error<T>> {
        if side == Side::Sender {
            return Ok(());
        }
        // Nothing waits for a test file, nor for one that holds no month open.
        let (agreement, period) = month.ok_or(Error::NotSender)?;
        let usage = T::Agreements::closing_terms(agreement, period).ok_or(Error::NoAgreement)?;
        ensure!(now >= usage.answer_by(since), Error::StillExpected);
        Ok(())
    }
}
