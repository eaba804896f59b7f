//! The books of one call: what it reads or changes more than once, read once and written back once.
//!
//! A file is checked against the books to the end before anything is booked, so one that is refused leaves no trace and
//! needs no storage layer of its own.

use crate::{
    checks,
    sequence::{self, Change, Place},
    Batches, Config, Error, Event, Pallet, Periods, Sequences, Totals,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::marker::PhantomData;
use frame_support::{ensure, traits::Get, Hashable};
use interclear_primitives::{
    ports::{Agreements, Operators},
    AgreementId, Anchor, Batch, BatchKey, BatchStatus, Direction, Gap, Moment, OperatorId, Period,
    PeriodUsage, Route, SequenceState, SeriesKey, Service, ServiceTotal, Tadig, UsageKey, UsageTerms,
    UsageTotal, ValueError, DAY,
};

/// An agreement's month.
pub(crate) type MonthKey = (AgreementId, Period);

/// A running total of an agreement's month.
pub(crate) type TotalKey = (MonthKey, UsageKey);

/// Entries of one kind, with the mark of those to write back.
struct Cache<K, V>(BTreeMap<K, (V, bool)>);

impl<K: Ord, V> Cache<K, V> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The entry, read once.
    fn get(&mut self, key: K, read: impl FnOnce() -> V) -> &V {
        &self.0.entry(key).or_insert_with(|| (read(), false)).0
    }

    /// The entry, read once, to be changed and written back.
    fn change(&mut self, key: K, read: impl FnOnce() -> V) -> &mut V {
        let (value, changed) = self.0.entry(key).or_insert_with(|| (read(), false));
        *changed = true;
        value
    }

    fn set(&mut self, key: K, value: V) {
        self.0.insert(key, (value, true));
    }

    fn into_changed(self) -> impl Iterator<Item = (K, V)> {
        self.0
            .into_iter()
            .filter(|(_, (_, changed))| *changed)
            .map(|(key, (value, _))| (key, value))
    }
}

/// Under what a series bills in a month.
#[derive(Clone, Copy)]
struct Terms {
    route: Route,
    usage: UsageTerms,
}

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Posted {
    /// It was anchored.
    Anchored,
    /// It is known with the same content.
    Copy,
}

/// An operator's side of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// It sends the files and is paid for them.
    Sender,
    /// It receives the files and pays for them.
    Recipient,
}

/// How running totals change.
#[derive(Clone, Copy)]
pub(crate) enum Booking {
    /// A file is added.
    Add,
    /// A file or records are taken off.
    TakeOff,
}

/// The books; see the module.
pub(crate) struct Books<T: Config> {
    now: Moment,
    owners: Cache<Tadig, Option<OperatorId>>,
    terms: Cache<(SeriesKey, Period), Option<Terms>>,
    prices: Cache<(AgreementId, Direction, u8, Period, Service), bool>,
    sequences: Cache<SeriesKey, SequenceState>,
    months: Cache<MonthKey, PeriodUsage>,
    totals: Cache<TotalKey, UsageTotal>,
    anchored: Vec<BatchKey>,
    config: PhantomData<T>,
}

impl<T: Config> Books<T> {
    /// Empty books at the chain's time.
    pub fn open() -> Self {
        Self {
            now: Pallet::<T>::now(),
            owners: Cache::new(),
            terms: Cache::new(),
            prices: Cache::new(),
            sequences: Cache::new(),
            months: Cache::new(),
            totals: Cache::new(),
            anchored: Vec::new(),
            config: PhantomData,
        }
    }

    /// Writes back what has changed.
    pub fn close(self) {
        for (series, state) in self.sequences.into_changed() {
            Sequences::<T>::insert(series, state);
        }
        for (month, usage) in self.months.into_changed() {
            Periods::<T>::insert(month, usage);
        }
        for ((month, key), total) in self.totals.into_changed() {
            if total.is_empty() {
                Totals::<T>::remove(month, key);
            } else {
                Totals::<T>::insert(month, key, total);
            }
        }
        Pallet::<T>::schedule(Pallet::<T>::due_day(self.now), &self.anchored);
    }

    /// The chain's time.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The operator sends the series, and somebody receives it.
    pub fn ensure_sender(&mut self, operator: OperatorId, series: &SeriesKey) -> Result<(), Error<T>> {
        let sender = self.owner(series.sender).ok_or(Error::UnknownSender)?;
        ensure!(sender == operator, Error::NotSender);
        self.owner(series.recipient)
            .map(|_| ())
            .ok_or(Error::UnknownRecipient)
    }

    /// On which side of the series the operator is.
    ///
    /// # Errors
    /// On none, or nobody has one of the networks.
    pub fn side(&mut self, operator: OperatorId, series: &SeriesKey) -> Result<Side, Error<T>> {
        let sender = self.owner(series.sender).ok_or(Error::UnknownSender)?;
        let recipient = self.owner(series.recipient).ok_or(Error::UnknownRecipient)?;
        match operator {
            _ if operator == sender => Ok(Side::Sender),
            _ if operator == recipient => Ok(Side::Recipient),
            _ => Err(Error::NotAParty),
        }
    }

    /// The operator receives the series.
    pub fn ensure_recipient(&mut self, operator: OperatorId, series: &SeriesKey) -> Result<(), Error<T>> {
        let recipient = self.owner(series.recipient).ok_or(Error::UnknownRecipient)?;
        ensure!(recipient == operator, Error::NotRecipient);
        Ok(())
    }

    /// Whether a month is open; test files have none.
    pub fn ensure_open(&mut self, month: Option<MonthKey>) -> Result<(), Error<T>> {
        let sealed = month.is_some_and(|month| self.month(month).sealed);
        ensure!(!sealed, Error::PeriodSealed);
        Ok(())
    }

    /// What has been anchored for a month.
    fn month(&mut self, month: MonthKey) -> &PeriodUsage {
        self.months.get(month, || Periods::<T>::get(month))
    }

    /// Changes what has been anchored for a month; nothing for test files.
    pub fn change_month(&mut self, month: Option<MonthKey>, change: impl FnOnce(&mut PeriodUsage)) {
        if let Some(month) = month {
            change(self.months.change(month, || Periods::<T>::get(month)));
        }
    }

    /// The running totals of a route's month after parts are added or taken off.
    ///
    /// # Errors
    /// An amount does not fit, or more is taken off than there is.
    pub fn rebook(
        &mut self,
        route: &Route,
        period: Period,
        parts: &[ServiceTotal],
        booking: Booking,
    ) -> Result<Vec<(TotalKey, UsageTotal)>, ValueError> {
        let month = (route.agreement, period);
        let one = |part: &ServiceTotal| {
            let key = UsageKey {
                direction: route.direction,
                group: route.group,
                service: part.service,
            };
            let total = self
                .totals
                .get((month, key), || Totals::<T>::get(month, key).unwrap_or_default());
            let total = match booking {
                Booking::Add => total.checked_add(part)?,
                Booking::TakeOff => total.checked_sub(part)?,
            };
            Ok(((month, key), total))
        };
        parts.iter().map(one).collect()
    }

    /// Takes over running totals.
    pub fn set_totals(&mut self, totals: Vec<(TotalKey, UsageTotal)>) {
        for (key, total) in totals {
            self.totals.set(key, total);
        }
    }

    /// Checks a file against every rule and books it.
    ///
    /// # Errors
    /// The first rule that it breaks; nothing has changed then.
    pub fn post(&mut self, operator: OperatorId, anchor: Anchor) -> Result<Posted, Error<T>> {
        let key = anchor.key;
        checks::key::<T>(&key)?;
        self.ensure_sender(operator, &key.series)?;
        let digest = anchor.blake2_256();
        let known = Batches::<T>::get(key);
        if known.as_ref().is_some_and(|batch| batch.digest == digest) {
            Pallet::<T>::deposit_event(Event::CopyIgnored { key });
            return Ok(Posted::Copy);
        }

        let sum = checks::content::<T>(&anchor, self.now)?;
        let period = anchor.period();
        let state = self
            .sequences
            .get(key.series, || Sequences::<T>::get(key.series))
            .clone();
        let place = sequence::place(&state, key.series.stream, key.sequence, T::MaxGapLength::get());
        let returned = self.ensure_free(place, known, &anchor)?;
        let route = self.route(&anchor, period)?;
        let month = route.map(|route| (route.agreement, period));
        let totals = match route {
            Some(route) => self.rebook(&route, period, &anchor.totals, Booking::Add)?,
            None => Vec::new(),
        };
        let agreement = route.map(|route| route.agreement);
        let (held, holder) = match place {
            Place::Ahead => self.held_open(&key.series, state.highest, period, agreement),
            _ => (period, agreement),
        };
        let revealed = Gap {
            first: key.sequence,
            last: key.sequence,
            period: held,
            agreement: holder,
            since: self.now,
        };
        let (state, change) = sequence::arrive(&state, key.series.stream, key.sequence, place, revealed)
            .map_err(|_| Error::TooManyGaps)?;

        // Every rule is kept: from here on nothing can fail.
        let gaps = state.gaps.len() as u32;
        if change != Change::None || place == Place::Next {
            self.sequences.set(key.series, state);
        }
        self.set_totals(totals);
        self.change_month(returned, |usage| {
            usage.returned = usage.returned.saturating_sub(1)
        });
        let now = self.now;
        if let Some(route) = route {
            self.change_month(month, |usage| {
                usage.batches = usage.batches.saturating_add(1);
                let awaiting = usage.awaiting_mut(route.direction);
                awaiting.unanswered = awaiting.unanswered.saturating_add(1);
                awaiting.latest = now;
            });
        }
        let (records, resent_for) = (anchor.records, anchor.resent_for);
        let batch = Batch {
            anchor,
            digest,
            route,
            period,
            status: BatchStatus::Anchored,
            anchored_at: now,
            answered_at: None,
            fatal_return: None,
            returned: Default::default(),
            returns: Default::default(),
        };
        Batches::<T>::insert(key, batch);
        self.anchored.push(key);
        Pallet::<T>::deposit_event(Event::Anchored {
            key,
            agreement,
            period,
            records,
            charge: sum.charge,
            tax: sum.tax,
            resent_for,
        });
        self.book_gaps(&key, change, gaps);
        Ok(Posted::Anchored)
    }

    /// The month that missing files hold open, and its agreement: that of the file before them, to which they may bill,
    /// unless it is sealed or not earlier; then the month of the file after them. Months are closed in order, so that
    /// the earlier one holds the later one open, too.
    fn held_open(
        &mut self,
        series: &SeriesKey,
        newest: u32,
        period: Period,
        agreement: Option<AgreementId>,
    ) -> (Period, Option<AgreementId>) {
        let before = Batches::<T>::get(BatchKey {
            series: *series,
            sequence: newest,
        });
        let Some(before) = before.filter(|before| before.period < period) else {
            return (period, agreement);
        };
        let holder = before.route.map(|route| route.agreement);
        match self.ensure_open(holder.map(|holder| (holder, before.period))) {
            Ok(()) => (before.period, holder),
            Err(_) => (period, agreement),
        }
    }

    /// Counts what a file did to the gaps of its series.
    fn book_gaps(&mut self, key: &BatchKey, change: Change, gaps: u32) {
        let month = |gap: Gap| gap.agreement.map(|agreement| (agreement, gap.period));
        match change {
            Change::None => return,
            Change::Opened(gap) => {
                self.change_month(month(gap), |usage| usage.gaps = usage.gaps.saturating_add(1));
                let (
                    series,
                    Gap {
                        first, last, period, ..
                    },
                ) = (key.series, gap);
                Pallet::<T>::deposit_event(Event::GapOpened {
                    series,
                    first,
                    last,
                    period,
                });
                return;
            }
            Change::Split(gap) => {
                self.change_month(month(gap), |usage| usage.gaps = usage.gaps.saturating_add(1));
            }
            Change::Closed(gap) => {
                self.change_month(month(gap), |usage| usage.gaps = usage.gaps.saturating_sub(1));
            }
            Change::Narrowed(_) => {}
        }
        Pallet::<T>::deposit_event(Event::LateFile { key: *key, gaps });
    }

    /// Whether the number may be taken. Answers with the month that waited for the file to be sent again.
    fn ensure_free(
        &self,
        place: Place,
        known: Option<Batch>,
        anchor: &Anchor,
    ) -> Result<Option<MonthKey>, Error<T>> {
        match place {
            Place::Next | Place::Ahead | Place::Late(_) => {
                ensure!(anchor.resent_for.is_none(), Error::NotReturned);
                let free = known.is_none_or(|old| Pallet::<T>::is_evictable(&old, self.now));
                ensure!(free, Error::NumberInUse);
                Ok(None)
            }
            Place::Passed => {
                let old = known.ok_or(Error::SequencePassed)?;
                let refused = match (old.status, old.fatal_return) {
                    (BatchStatus::Returned(_), Some(refused)) => refused,
                    (BatchStatus::Waived(_), _) => return Err(Error::FileWaived),
                    _ => return Err(Error::AlreadyAnchored),
                };
                let named = anchor.resent_for.ok_or(Error::ReturnNotNamed)?;
                ensure!(named == refused.rap_sequence, Error::OtherReturnNamed);
                ensure!(anchor.file_hash != old.anchor.file_hash, Error::ReturnedContent);
                Ok(old.route.map(|route| (route.agreement, old.period)))
            }
            Place::TooFar => Err(Error::GapTooLong),
            Place::Blocked => Err(Error::GapInTheWay),
        }
    }

    /// Under what a file bills, if it may: agreement, currency, age, month and services. `None` for a test file.
    fn route(&mut self, anchor: &Anchor, period: Period) -> Result<Option<Route>, Error<T>> {
        let series = anchor.key.series;
        if series.test {
            return Ok(None);
        }
        let terms = *self.terms.get((series, period), || {
            let route = T::Agreements::route(&series.sender, &series.recipient, period)?;
            let usage = T::Agreements::usage_terms_in(route.agreement, period)?;
            Some(Terms { route, usage })
        });
        let Terms { route, usage } = terms.ok_or(Error::NoAgreement)?;
        // A file without records has no amounts, and a notification names no currency.
        ensure!(
            anchor.records == 0 || anchor.currency == usage.currency,
            Error::CurrencyMismatch
        );
        // Single records that are too old are returned by the recipient; here it is about a file of nothing else.
        if let Some(latest) = anchor.latest_call {
            let limit = Moment::from(usage.age_limit_days).saturating_mul(DAY);
            ensure!(anchor.available.saturating_sub(latest) <= limit, Error::TooOld);
        }
        self.ensure_open(Some((route.agreement, period)))?;
        for total in &anchor.totals {
            let line = (
                route.agreement,
                route.direction,
                route.group,
                period,
                total.service,
            );
            let priced = *self
                .prices
                .get(line, || T::Agreements::prices(&route, period, total.service));
            ensure!(priced, Error::ServiceNotAgreed);
        }
        Ok(Some(route))
    }

    fn owner(&mut self, tadig: Tadig) -> Option<OperatorId> {
        *self.owners.get(tadig, || T::Operators::owner_of(&tadig))
    }
}
