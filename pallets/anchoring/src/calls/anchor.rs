//! Anchoring of files, one or many, and the first number of a series.

use super::{
    books::{is_within, Books, Posted},
    checks,
};
use crate::{Batches, Config, Error, Event, Pallet, Sequences, WeightInfo};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{dispatch::DispatchResult, ensure, weights::Weight};
use interclear_ports::Operators;
use interclear_primitives::{
    batch::Anchor,
    ids::OperatorId,
    nrtrde::NrtrdeAnchor,
    operator::Role,
    series::{BatchKey, SequenceState, SeriesKey},
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Weight of anchoring many files: each file and service for itself, what the files of one series and month share, in
    /// whatever order they come, and what each would take if it were of a prepaid direction.
    pub(crate) fn weight_of_many(anchors: &[Anchor]) -> Weight {
        let runs = Self::runs(anchors);
        let services: usize = anchors.iter().map(|anchor| anchor.totals.len()).sum();
        T::WeightInfo::anchor_many(Self::beyond(anchors.len(), runs), runs as u32, services as u32)
            .saturating_add(T::WeightInfo::cover().saturating_mul(anchors.len() as u64))
    }

    /// Series and months of files.
    fn runs(anchors: &[Anchor]) -> usize {
        let runs = anchors.iter().map(|anchor| (anchor.key.series, anchor.period()));
        runs.collect::<BTreeSet<_>>().len()
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
        let operator = match Self::restores(&anchor) {
            true => T::Operators::ensure_role(who, Role::Clearing)?,
            false => T::Operators::ensure_active_role(who, Role::Clearing)?,
        };
        let mut books = Books::<T>::open();
        books.post(operator, anchor)?;
        books.close();
        Ok(())
    }

    /// Whether a file takes the place of a returned one and has nothing that that had not: a suspended operator sends it, as
    /// nobody takes from it by a return what it was owed.
    fn restores(anchor: &Anchor) -> bool {
        let returned = anchor.resent_for.and_then(|_| Batches::<T>::get(anchor.key));
        returned.is_some_and(|old| is_within(&anchor.totals, &old.anchor.totals))
    }

    /// Answers with what it weighed: series of one agreement and month share what is kept of these, and few directions are
    /// prepaid, neither of which can be told beforehand.
    pub(crate) fn do_anchor_many(who: &T::AccountId, anchors: Vec<Anchor>) -> Result<Weight, DispatchError> {
        let (declared, runs, files) = (
            Self::weight_of_many(&anchors),
            Self::runs(&anchors),
            anchors.len(),
        );
        let unspent = Self::post_each(
            who,
            anchors,
            |anchor| anchor.key,
            Books::post,
            |books| books.shared(runs).saturating_add(books.uncovered(files)),
        )?;
        Ok(declared.saturating_sub(unspent))
    }

    pub(crate) fn do_anchor_nrtrde(who: &T::AccountId, anchors: Vec<NrtrdeAnchor>) -> DispatchResult {
        Self::post_each(who, anchors, |anchor| anchor.key, Books::post_nrtrde, |_| ())
    }

    /// Posts files one by one; each that is refused is reported. Answers with what `ask` finds in the books at the end.
    fn post_each<A, Answer>(
        who: &T::AccountId,
        anchors: Vec<A>,
        key: impl Fn(&A) -> BatchKey,
        post: impl Fn(&mut Books<T>, OperatorId, A) -> Result<Posted, Error<T>>,
        ask: impl FnOnce(&mut Books<T>) -> Answer,
    ) -> Result<Answer, DispatchError> {
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let (mut anchored, mut duplicates, mut refused) = (0u32, 0u32, 0u32);
        for (place, anchor) in (0u32..).zip(anchors) {
            let key = key(&anchor);
            match post(&mut books, operator, anchor) {
                Ok(Posted::Anchored) => anchored = anchored.saturating_add(1),
                Ok(Posted::Duplicate) => duplicates = duplicates.saturating_add(1),
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
        let answer = ask(&mut books);
        books.close();
        Self::deposit_event(Event::ManyAnchored {
            anchored,
            duplicates,
            refused,
        });
        Ok(answer)
    }

    pub(crate) fn do_begin_series(who: &T::AccountId, series: SeriesKey, first: u32) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        checks::key::<T>(&series.file(first), series.stream)?;
        let mut books = Books::<T>::open();
        books.ensure_sender(operator, &series)?;
        books.ensure_partners(&series)?;
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
}
