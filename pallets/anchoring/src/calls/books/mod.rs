//! The books of one call: what it reads or changes more than once, read once and written back once.
//!
//! A file is checked against the books to the end before anything is booked, so one that is refused leaves no trace and
//! needs no storage layer of its own.

mod nrtrde;
mod tap;

pub(crate) use tap::is_within;

use super::sequence::{self, Change, Place};
use crate::{
    types::{Booking, GroupKey, GroupTotals},
    Batches, Config, EntriesOf, Error, Event, LastClosed, NrtrdeMonthsOf, Pallet, Periods, Sequences,
    TestFiles, Totals, WeightInfo,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::marker::PhantomData;
use frame_support::{ensure, traits::Get, weights::Weight};
use interclear_ports::{Agreements, Clock, Escrows, Operators, Reports, Usage};
use interclear_primitives::{
    agreement::{Direction, Flows, Route, UsageTerms},
    batch::{Batch, ServiceTotal},
    day_of,
    ids::{AgreementId, OperatorId},
    journal::MonthStep,
    money::ValueError,
    nrtrde::{NrtrdeMonth, NrtrdeMonths},
    period::Period,
    report::PairMonth,
    series::{BatchKey, Gap, SequenceState, SeriesKey},
    service::ServiceSet,
    tadig::Tadig,
    usage::{taken_until, Deferred, PeriodUsage},
    Moment,
};

/// An agreement's month.
pub(crate) type MonthKey = (AgreementId, Period);

/// Months that the weight of a series' file counts: the one that bills it, and the one that a gap holds open.
const MONTHS_OF_A_RUN: usize = 2;

/// Running totals of a group in an agreement's month.
pub(crate) type TotalsKey = (MonthKey, GroupKey);

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
    flows: Flows,
}

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Posted {
    /// It was anchored.
    Anchored,
    /// It is known with the same content.
    Duplicate,
}

/// An operator's side of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// It sends the files and is paid for them.
    Sender,
    /// It receives the files and pays for them.
    Recipient,
}

/// What comes for a month, as far as the days agreed for late usage bind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comes {
    /// A file: who could not send it on the last of these days, as anchoring was paused, has them again.
    File,
    /// A report, which is never paused.
    Report,
    /// What answers something that was taken in time, which they do not bind: else who returns a file, or is silent on a report, at the end of
    /// these days would have it for nothing.
    Answer,
}

/// The books; see the module.
pub(crate) struct Books<T: Config> {
    now: Moment,
    owners: Cache<Tadig, Option<OperatorId>>,
    terms: Cache<(SeriesKey, Period), Option<Terms>>,
    partners: Cache<SeriesKey, bool>,
    tests: Cache<SeriesKey, u32>,
    entries: Cache<OperatorId, u32>,
    sequences: Cache<SeriesKey, SequenceState>,
    months: Cache<MonthKey, PeriodUsage>,
    closing: Cache<MonthKey, Option<UsageTerms>>,
    totals: Cache<TotalsKey, GroupTotals>,
    reported: Cache<PairMonth, ServiceSet>,
    punctuality: Cache<SeriesKey, NrtrdeMonths>,
    drawn: BTreeMap<(AgreementId, Direction, Period), i128>,
    covered: usize,
    draws: usize,
    kept: Vec<BatchKey>,
    config: PhantomData<T>,
}

impl<T: Config> Books<T> {
    /// Empty books at the chain's time.
    pub fn open() -> Self {
        Self {
            now: T::Clock::now(),
            owners: Cache::new(),
            terms: Cache::new(),
            partners: Cache::new(),
            tests: Cache::new(),
            entries: Cache::new(),
            sequences: Cache::new(),
            months: Cache::new(),
            closing: Cache::new(),
            totals: Cache::new(),
            reported: Cache::new(),
            punctuality: Cache::new(),
            drawn: BTreeMap::new(),
            covered: 0,
            draws: 0,
            kept: Vec::new(),
            config: PhantomData,
        }
    }

    /// Writes back what has changed.
    pub fn close(mut self) {
        self.draw();
        for (series, state) in self.sequences.into_changed() {
            Sequences::<T>::insert(series, state);
        }
        for (month, usage) in self.months.into_changed() {
            Periods::<T>::insert(month, usage);
        }
        for ((month, group), totals) in self.totals.into_changed() {
            if totals.is_empty() {
                Totals::<T>::remove(month, group);
            } else {
                Totals::<T>::insert(month, group, totals);
            }
        }
        for (series, months) in self.punctuality.into_changed() {
            NrtrdeMonthsOf::<T>::insert(series, months);
        }
        for (operator, count) in self.entries.into_changed() {
            EntriesOf::<T>::insert(operator, (day_of(self.now), count));
        }
        for (series, count) in self.tests.into_changed() {
            TestFiles::<T>::insert(series, count);
        }
        let (tests, others): (Vec<_>, Vec<_>) = self.kept.into_iter().partition(|key| key.series.test);
        for (test, keys) in [(false, others), (true, tests)] {
            Pallet::<T>::schedule(Pallet::<T>::due_day(self.now, test), &keys);
        }
    }

    /// The database's work that so many series and months did not need: months, running totals and agreements are read and
    /// written once, however many of them bill to the same, and the second month of each is that of a gap, which few have.
    pub fn shared(&self, runs: usize) -> Weight {
        let terms = self.terms.0.values().filter_map(|(terms, _)| terms.as_ref());
        let agreements: BTreeSet<_> = terms.map(|terms| terms.route.agreement).collect();
        let unused = |declared: usize, count: usize| declared.saturating_sub(count) as u64;
        // In the place of a month, a series of test files has its count, and it looks for its agreement alone.
        let tests = self.tests.0.len();
        let months = unused(
            runs.saturating_mul(MONTHS_OF_A_RUN),
            self.months.0.len().saturating_add(tests),
        );
        let totals = unused(runs, self.totals.0.len());
        // An agreement is read with its outline.
        let agreements = unused(runs, agreements.len().saturating_add(tests)).saturating_mul(2);
        let written = months.saturating_add(totals);
        T::DbWeight::get().reads_writes(written.saturating_add(agreements), written)
    }

    /// What so many files did not need, as they neither looked at what covers them nor drew on it: what is sent again does that alone.
    pub fn uncovered(&mut self, files: usize) -> Weight {
        self.draw();
        let needed = self.covered.max(self.draws);
        T::WeightInfo::cover().saturating_mul(files.saturating_sub(needed) as u64)
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

    /// The two networks of a series have agreed to exchange files, now or from a later month on: nobody leaves anything with
    /// somebody who has not signed for it.
    pub fn ensure_partners(&mut self, series: &SeriesKey) -> Result<(), Error<T>> {
        let now = Period::containing(self.now);
        let partners = *self.partners.get(*series, || {
            T::Agreements::is_routed(&series.sender, &series.recipient, now)
        });
        ensure!(partners, Error::NoAgreement);
        Ok(())
    }

    /// The operator may anchor one more file today, or prove one more record.
    pub fn ensure_day(&mut self, operator: OperatorId) -> Result<(), Error<T>> {
        let entries = *self.entries_of(operator);
        ensure!(entries < T::MaxEntriesPerDay::get(), Error::MaxPerDayExceeded);
        Ok(())
    }

    /// Counts a file that was anchored, or a record that was proven.
    pub fn count_entry(&mut self, operator: OperatorId) {
        let entries = self.entries_of(operator).saturating_add(1);
        self.entries.set(operator, entries);
    }

    /// What the operator has anchored and proven today.
    fn entries_of(&mut self, operator: OperatorId) -> &u32 {
        let today = day_of(self.now);
        self.entries
            .get(operator, || match EntriesOf::<T>::get(operator) {
                (day, count) if day == today => count,
                _ => 0,
            })
    }

    /// A test file of a series may be kept, beside those that are; `replaces` one of them or not.
    fn ensure_test(&mut self, series: &SeriesKey, replaces: bool) -> Result<(), Error<T>> {
        self.ensure_partners(series)?;
        let kept = *self.tests.get(*series, || TestFiles::<T>::get(series));
        ensure!(
            replaces || kept < T::MaxTestFiles::get(),
            Error::MaxTestFilesExceeded
        );
        Ok(())
    }

    /// Counts a file that is kept, if it is a test file.
    fn count_test(&mut self, series: &SeriesKey, replaces: bool) {
        if series.test && !replaces {
            let kept = self.tests.change(*series, || TestFiles::<T>::get(series));
            *kept = kept.saturating_add(1);
        }
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
        let closed = month.is_some_and(|month| self.month(month).closed);
        ensure!(!closed, Error::PeriodClosed);
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

    /// Notes that a party has done something to a month, after which it waits before it closes the month alone; nothing
    /// for test files.
    pub fn note_move(&mut self, month: Option<MonthKey>, by: OperatorId) {
        let parties = month.and_then(|(agreement, _)| T::Agreements::parties(agreement));
        let place = parties.and_then(|parties| parties.iter().position(|party| *party == by));
        if let Some(place) = place {
            let now = self.now;
            self.change_month(month, |usage| usage.note_move(place, now));
        }
    }

    /// Adds a step to the running digest of a month, or of the next open one if that is closed; nothing for test files.
    pub fn note_step(&mut self, month: Option<MonthKey>, step: &MonthStep) {
        let month = month.map(
            |(agreement, period)| match self.month((agreement, period)).closed {
                true => (agreement, Self::next_open(agreement, period)),
                false => (agreement, period),
            },
        );
        self.change_month(month, |usage| {
            usage.running_digest = step.after(&usage.running_digest)
        });
    }

    /// The month that bills usage of a month that comes now: itself while it is open, afterwards the next open one.
    ///
    /// # Errors
    /// The month is closed, and the days for late usage of it are over, or none are agreed; or nothing of it is taken any more.
    pub fn billed_with(
        &mut self,
        agreement: AgreementId,
        period: Period,
        terms: &UsageTerms,
        comes: Comes,
    ) -> Result<Period, Error<T>> {
        if !self.month((agreement, period)).closed {
            return Ok(period);
        }
        if comes != Comes::Answer {
            ensure!(terms.late_days > 0, Error::PeriodClosed);
            let until = terms.late_until(period);
            let again = || comes == Comes::File && Pallet::<T>::sent_at() < until;
            let in_time = self.now < until || again();
            ensure!(in_time, Error::TooLate);
        }
        ensure!(self.now < taken_until(period), Error::TooLate);
        Ok(Self::next_open(agreement, period))
    }

    /// The month after the last closed one of an agreement, of which `closed` is one.
    pub fn next_open(agreement: AgreementId, closed: Period) -> Period {
        LastClosed::<T>::get(agreement).unwrap_or(closed).next()
    }

    /// A file as it stands now.
    pub fn batch(&mut self, key: &BatchKey) -> Option<Batch> {
        let batch = Batches::<T>::get(key)?;
        Some(Pallet::<T>::resolved(batch, |month| *self.month(month)))
    }

    /// Running totals after parts are added or taken off.
    ///
    /// # Errors
    /// An amount does not fit, or more is taken off than there is.
    pub fn rebook(
        &mut self,
        key: TotalsKey,
        parts: impl IntoIterator<Item = ServiceTotal>,
        booking: Booking,
    ) -> Result<(TotalsKey, GroupTotals), ValueError> {
        let mut totals = self.totals.get(key, || Totals::<T>::get(key.0, key.1)).clone();
        for part in parts {
            totals.book(&part, booking)?;
        }
        Ok((key, totals))
    }

    /// Takes over running totals. What counts changes what the month comes to; it draws down an escrow, and so does what does not
    /// count yet, as it will have to be paid.
    pub fn set_totals(&mut self, (key, totals): (TotalsKey, GroupTotals)) {
        let (month, group) = key;
        if !group.deferred {
            self.change_month(Some(month), PeriodUsage::note_change);
        }
        let before = self.totals.get(key, || Totals::<T>::get(key.0, key.1)).charged();
        let change = totals.charged().saturating_sub(before);
        let drawn = self.drawn.entry((month.0, group.direction, month.1)).or_default();
        *drawn = drawn.saturating_add(change);
        self.totals.set(key, totals);
    }

    /// Has escrows know what was booked so far.
    fn draw(&mut self) {
        for ((agreement, direction, period), change) in core::mem::take(&mut self.drawn) {
            if change != 0 && T::Escrows::draw(agreement, direction, period, change) {
                self.draws = self.draws.saturating_add(1);
            }
        }
    }

    /// A prepaid direction has enough left for usage that charges so much and that a month bills: what has run dry takes none,
    /// whatever it charges.
    pub fn ensure_covered(
        &mut self,
        (agreement, period): MonthKey,
        direction: Direction,
        charged: i128,
    ) -> Result<(), Error<T>> {
        self.covered = self.covered.saturating_add(1);
        // The files before it are booked to the end.
        self.draw();
        let left = T::Escrows::left(agreement, direction, period);
        let left = i128::try_from(left).unwrap_or(i128::MAX);
        ensure!(left > 0 && charged <= left, Error::EscrowExhausted);
        Ok(())
    }

    /// Has a file count that came after the closing days.
    ///
    /// # Errors
    /// A sum does not fit; nothing has changed then.
    pub fn count(&mut self, batch: &mut Batch) -> Result<(), ValueError> {
        let Some(from) = Pallet::<T>::totals_of(batch) else {
            return Ok(());
        };
        let remaining = batch.remaining()?;
        let to = (
            from.0,
            GroupKey {
                deferred: false,
                ..from.1
            },
        );
        let from = self.rebook(from, remaining.iter().copied(), Booking::TakeOff)?;
        let to = self.rebook(to, remaining, Booking::Add)?;
        batch.deferred = false;
        let (month, group) = to.0;
        self.set_totals(from);
        self.set_totals(to);
        self.change_month(Some(month), |usage| {
            usage.deferred_mut(group.direction).answer();
            usage.batches = usage.batches.saturating_add(1);
        });
        Ok(())
    }

    /// What came after the closing days of a month that is closed now, and was not acknowledged, is billed by the next one, which
    /// waits for the answer. Answers what it charges, by direction: escrows know it as something of the closed month, until they are told of
    /// it together with the statement that takes the place of that.
    ///
    /// # Errors
    /// A sum does not fit, which the bounds of what is booked exclude.
    pub fn carry(&mut self, month: MonthKey) -> Result<[i128; 2], Error<T>> {
        let (agreement, period) = month;
        let usage = *self.month(month);
        let mut charges = [0i128; 2];
        if !usage.has_deferred() {
            return Ok(charges);
        }
        let next = (agreement, period.next());
        let waiting: Vec<_> = Totals::<T>::iter_prefix(month)
            .filter(|(group, _)| group.deferred)
            .collect();
        for (group, totals) in waiting {
            if let Some(charges) = charges.get_mut(group.direction.index()) {
                *charges = charges.saturating_add(totals.charged());
            }
            let late = GroupKey {
                late: Some(group.late.unwrap_or(period)),
                deferred: false,
                ..group
            };
            let target = (next, late);
            let mut sum = self
                .totals
                .get(target, || Totals::<T>::get(target.0, target.1))
                .clone();
            sum.merge(&totals)?;
            self.set_totals((target, sum));
            self.set_totals(((month, group), GroupTotals::default()));
        }
        for direction in Direction::BOTH {
            let Deferred { files, latest, .. } = *usage.deferred(direction);
            if files == 0 {
                continue;
            }
            self.change_month(Some(month), |usage| {
                let deferred = usage.deferred_mut(direction);
                (deferred.files, deferred.carried) = (0, true);
            });
            self.change_month(Some(next), |usage| {
                usage.batches = usage.batches.saturating_add(files);
                usage.awaiting_mut(direction).expect(files, latest);
            });
            Pallet::<T>::deposit_event(Event::FilesDeferred {
                agreement,
                period,
                direction,
                files,
            });
        }
        self.drawn.clear();
        Ok(charges)
    }

    /// The services of a pair's month that settle by usage reports.
    fn reported(&mut self, agreement: AgreementId, pair: PairMonth) -> ServiceSet {
        *self
            .reported
            .get(pair, || T::Reports::services_by_report(agreement, &pair))
    }

    /// Queues a file for its eviction.
    pub fn keep(&mut self, key: BatchKey) {
        self.kept.push(key);
    }

    /// Under what files between the networks of a series fall in a month.
    fn terms(&mut self, series: &SeriesKey, period: Period) -> Result<Terms, Error<T>> {
        let terms = *self.terms.get((*series, period), || {
            let route = T::Agreements::route(&series.sender, &series.recipient, period)?;
            let usage = T::Agreements::usage_terms_in(route.agreement, period)?;
            let flows = T::Agreements::flows(&route, period);
            Some(Terms { route, usage, flows })
        });
        terms.ok_or(Error::NoAgreement)
    }

    /// How far a series has come, and where a number of it stands: `true` if it is a new one, `false` if it has passed.
    ///
    /// # Errors
    /// The number is too far ahead, or a gap is in the way.
    fn place(&mut self, key: &BatchKey) -> Result<(SequenceState, Place, bool), Error<T>> {
        let state = self
            .sequences
            .get(key.series, || Sequences::<T>::get(key.series))
            .clone();
        let place = sequence::place(&state, key.series.stream, key.sequence, T::MaxGapLength::get());
        match place {
            Place::Next | Place::Ahead | Place::Late(_) => Ok((state, place, true)),
            Place::Passed => Ok((state, place, false)),
            Place::TooFar => Err(Error::MaxGapLengthExceeded),
            Place::Blocked => Err(Error::GapInTheWay),
        }
    }

    /// Changes the figures of a series in a month of deliveries; nothing for a month that is no longer kept, or for test files,
    /// for which nobody is liable.
    pub fn change_nrtrde_month(
        &mut self,
        series: SeriesKey,
        period: Period,
        change: impl FnOnce(&mut NrtrdeMonth),
    ) {
        if series.test {
            return;
        }
        let months = self
            .punctuality
            .change(series, || NrtrdeMonthsOf::<T>::get(series));
        if let Some(month) = months.iter_mut().find(|month| month.period == period) {
            change(month);
        } else if months.last().is_none_or(|newest| newest.period < period) {
            let mut month = NrtrdeMonth::empty(period);
            change(&mut month);
            if months.is_full() {
                months.remove(0);
            }
            // There is room now.
            let _ = months.try_push(month);
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

    fn owner(&mut self, tadig: Tadig) -> Option<OperatorId> {
        *self.owners.get(tadig, || T::Operators::owner_of(&tadig))
    }
}
