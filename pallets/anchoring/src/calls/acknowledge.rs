//! Acceptance of files by their recipient.

use super::books::Books;
use crate::{Batches, Config, Error, Event, NrtrdeFiles, Pallet};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_ports::Operators;
use interclear_primitives::{
    batch::BatchStatus,
    journal::MonthStep,
    operator::Role,
    series::{BatchKey, Stream},
};

impl<T: Config> Pallet<T> {
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
        let mut file = NrtrdeFiles::<T>::get(key).ok_or(Error::FileNotFound)?;
        ensure!(file.acknowledged_at.is_none(), Error::AlreadyAcknowledged);
        file.acknowledged_at = Some(books.now());
        books.change_nrtrde_month(key.series, file.period(), |month| {
            month.acknowledged = month.acknowledged.saturating_add(1);
        });
        NrtrdeFiles::<T>::insert(key, file);
        Ok(())
    }

    fn accept_batch(books: &mut Books<T>, key: BatchKey) -> Result<(), Error<T>> {
        let mut batch = books.batch(&key).ok_or(Error::FileNotFound)?;
        Self::ensure_unanswered(&batch)?;
        let month = Self::month_of(&batch);
        books.ensure_open(month)?;
        if let Some(route) = batch.route {
            if batch.deferred {
                books.count(&mut batch)?;
            } else {
                books.change_month(month, |usage| usage.awaiting_mut(route.direction).answer());
            }
        }
        books.note_step(month, &MonthStep::Acknowledged { key });
        batch.status = BatchStatus::Acknowledged;
        batch.answered_at = Some(books.now());
        Batches::<T>::insert(key, batch);
        Ok(())
    }
}
