//! How an NRTRDE file is posted.

use super::{Books, Posted};
use crate::{
    calls::{checks, sequence},
    Config, Error, Event, NrtrdeFiles, Pallet,
};
use frame_support::ensure;
use interclear_primitives::{
    ids::OperatorId,
    nrtrde::{NrtrdeAnchor, NrtrdeFile},
    period::Period,
    series::{Gap, Stream},
};

impl<T: Config> Books<T> {
    /// Checks an NRTRDE file against every rule and books it.
    ///
    /// # Errors
    /// The first rule that it breaks; nothing has changed then.
    pub fn post_nrtrde(&mut self, operator: OperatorId, anchor: NrtrdeAnchor) -> Result<Posted, Error<T>> {
        let key = anchor.key;
        checks::key::<T>(&key, Stream::Nrtrde)?;
        self.ensure_sender(operator, &key.series)?;
        let known = NrtrdeFiles::<T>::get(key);
        if known.is_some_and(|file| file.anchor == anchor) {
            Pallet::<T>::deposit_event(Event::DuplicateIgnored { key });
            return Ok(Posted::Duplicate);
        }

        checks::nrtrde::<T>(&anchor, self.now)?;
        let (state, place, new) = self.place(&key)?;
        match known {
            Some(old) if new => {
                ensure!(
                    Pallet::<T>::retention_is_over(key.series.test, old.anchored_at, self.now),
                    Error::NumberInUse
                )
            }
            Some(_) => return Err(Error::AlreadyAnchored),
            None => ensure!(new, Error::SequencePassed),
        }
        let period = Period::containing(self.now);
        self.ensure_day(operator)?;
        let replaces = known.is_some();
        let agreement = match key.series.test {
            true => {
                self.ensure_test(&key.series, replaces)?;
                None
            }
            false => Some(self.terms(&key.series, period)?.route.agreement),
        };
        // Nothing waits for a missing file: it is late by itself.
        let revealed = Gap {
            first: key.sequence,
            last: key.sequence,
            period,
            agreement: None,
            since: self.now,
        };
        let (state, change) = sequence::arrive(&state, Stream::Nrtrde, key.sequence, place, revealed)
            .map_err(|_| Error::MaxGapsExceeded)?;

        // Every rule is kept: from here on nothing can fail.
        let gaps = state.gaps.len() as u32;
        self.sequences.set(key.series, state);
        let file = NrtrdeFile {
            anchor,
            agreement,
            anchored_at: self.now,
            acknowledged_at: None,
        };
        self.change_nrtrde_month(key.series, period, |month| month.count(&file));
        NrtrdeFiles::<T>::insert(key, file);
        self.count_entry(operator);
        self.count_test(&key.series, replaces);
        self.keep(key);
        Pallet::<T>::deposit_event(Event::NrtrdeAnchored {
            key,
            records: anchor.records,
            delay: file.delay(),
            late: file.is_late(),
        });
        self.book_gaps(&key, change, gaps);
        Ok(Posted::Anchored)
    }
}
