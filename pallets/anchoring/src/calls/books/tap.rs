//! How a TAP file is posted.

use super::{Books, Comes, MonthKey, Posted, Terms};
use crate::{
    calls::{
        checks,
        sequence::{self, Place},
    },
    types::{Booking, GroupKey},
    Batches, Config, Error, Event, Pallet,
};
use frame_support::{ensure, Hashable};
use interclear_billing::closing::holds;
use interclear_ports::Agreements;
use interclear_primitives::{
    agreement::Route,
    batch::{Anchor, Batch, BatchStatus, ServiceTotal},
    ids::{AgreementId, OperatorId},
    journal::MonthStep,
    period::Period,
    series::{Gap, SeriesKey, Stream},
    service::{Service, ServiceSet},
    usage::UsageTotal,
    Moment, DAY,
};

/// A returned file whose place another one takes.
#[derive(Clone, Copy)]
struct Replaced {
    /// The month to which it belonged.
    period: Period,
    /// When it was made available, and when its last call was.
    available: Moment,
    latest: Moment,
    /// The month that would have billed it.
    month: MonthKey,
    /// When it had come.
    anchored_at: Moment,
    /// Whether the month waits for it to be sent again.
    holds: bool,
}

impl<T: Config> Books<T> {
    /// Checks a file against every rule and books it.
    ///
    /// # Errors
    /// The first rule that it breaks; nothing has changed then.
    pub fn post(&mut self, operator: OperatorId, anchor: Anchor) -> Result<Posted, Error<T>> {
        let key = anchor.key;
        checks::key::<T>(&key, Stream::Tap)?;
        self.ensure_sender(operator, &key.series)?;
        let digest = anchor.blake2_256();
        let known = self.batch(&key);
        if known.as_ref().is_some_and(|batch| batch.digest == digest) {
            Pallet::<T>::deposit_event(Event::DuplicateIgnored { key });
            return Ok(Posted::Duplicate);
        }

        let sum = checks::content::<T>(&anchor, self.now)?;
        let period = anchor.period();
        let (state, place, new) = self.place(&key)?;
        self.ensure_day(operator)?;
        let replaces = known.is_some();
        let before = known.as_ref().map(|old| old.anchor.totals.clone());
        let returned = self.ensure_free(new, known, &anchor)?;
        if key.series.test {
            self.ensure_test(&key.series, replaces)?;
        }
        let route = self.route(&anchor, period, returned.as_ref())?;
        let (route, billed_with) = match route {
            Some((route, billed_with)) => (Some(route), billed_with),
            None => (None, period),
        };
        let more = before
            .as_ref()
            .is_none_or(|before| !is_within(&anchor.totals, before));
        if let Some(route) = route.filter(|_| (returned.is_none() || more) && anchor.records > 0) {
            // What is sent again is not new, as far as it has nothing more. It had been paid ahead when it came first.
            self.ensure_prepaid(&key.series, period, &route, billed_with, &sum)?;
        }
        let late = (billed_with != period).then_some(billed_with);
        if let (Some(before), Some(_), Some(_)) = (before, returned, late) {
            // What is new of a closed month comes in a file of its own, within the days for late usage.
            ensure!(is_within(&anchor.totals, &before), Error::ExceedsReturnedFile);
        }
        let month = route.map(|route| (route.agreement, billed_with));
        // What the month waits for, or what takes the place of a file in time, is in time whenever it comes.
        let missing = match place {
            Place::Late(index) => state.gaps.get(index).and_then(Pallet::<T>::month_of_gap),
            _ => None,
        };
        let in_place = match (month, returned) {
            (Some(month), Some(old)) => old.month == month && self.holds_at(month, old.anchored_at),
            _ => false,
        };
        let deferred = month.is_some_and(|month| !in_place && missing != Some(month) && !self.holds(month));
        let totals = match route {
            Some(route) => {
                let group = GroupKey {
                    direction: route.direction,
                    group: route.group,
                    late: late.map(|_| period),
                    deferred,
                };
                let key = ((route.agreement, billed_with), group);
                let booked = self.rebook(key, anchor.totals.iter().copied(), Booking::Add)?;
                let full = |(service, total): &(Service, UsageTotal)| {
                    !total.fits_a_month() && anchor.totals.iter().any(|part| part.service == *service)
                };
                ensure!(!booked.1.iter().any(full), Error::MaxPerMonthExceeded);
                Some(booked)
            }
            None => None,
        };
        let agreement = route.map(|route| route.agreement);
        let (held, holder) = match place {
            Place::Ahead => self.held_open(&key.series, state.highest, billed_with, agreement),
            _ => (billed_with, agreement),
        };
        let revealed = Gap {
            first: key.sequence,
            last: key.sequence,
            period: held,
            agreement: holder,
            since: self.now,
        };
        let (mut state, change) = sequence::arrive(&state, key.series.stream, key.sequence, place, revealed)
            .map_err(|_| Error::MaxGapsExceeded)?;

        // Every rule is kept: from here on nothing can fail.
        let gaps = state.gaps.len() as u32;
        if let Some(totals) = totals {
            self.set_totals(totals);
            state.note(period, services_of(&anchor));
        }
        self.sequences.set(key.series, state);
        let held = returned.filter(|old| old.holds).map(|old| old.month);
        self.change_month(held, |usage| usage.returned = usage.returned.saturating_sub(1));
        let now = self.now;
        if let Some(route) = route {
            self.change_month(month, |usage| {
                if deferred {
                    usage.deferred_mut(route.direction).add(now);
                } else {
                    usage.batches = usage.batches.saturating_add(1);
                    usage.awaiting_mut(route.direction).expect(1, now);
                }
            });
        }
        self.note_step(month, &MonthStep::Anchored { key, digest });
        let (records, resent_for) = (anchor.records, anchor.resent_for);
        let batch = Batch {
            anchor,
            digest,
            route,
            period,
            late,
            deferred,
            status: BatchStatus::Anchored,
            anchored_at: now,
            answered_at: None,
            fatal_return: None,
            returned: Default::default(),
            returns: Default::default(),
        };
        Batches::<T>::insert(key, batch);
        self.count_entry(operator);
        self.count_test(&key.series, replaces);
        self.keep(key);
        Pallet::<T>::deposit_event(Event::Anchored {
            key,
            agreement,
            period,
            billed_with,
            digest,
            records,
            charge: sum.charge,
            tax: sum.tax,
            resent_for,
        });
        self.book_gaps(&key, change, gaps);
        Ok(Posted::Anchored)
    }

    /// What a new file charges is covered by the escrow of its direction, or by vouchers of the month that bills it, if the
    /// direction is prepaid.
    fn ensure_prepaid(
        &mut self,
        series: &SeriesKey,
        period: Period,
        route: &Route,
        billed_with: Period,
        sum: &checks::Sum,
    ) -> Result<(), Error<T>> {
        let Terms { usage, .. } = self.terms(series, period)?;
        if usage.prepaid(route.direction).is_none() {
            return Ok(());
        }
        let charged = sum.charge.checked_add(&sum.tax)?.clear()?;
        self.ensure_covered((route.agreement, billed_with), route.direction, charged)
    }

    /// The month that missing files hold open, and its agreement: that of the file before them, to which they may bill,
    /// unless it is closed or not earlier; then the month of the file after them. Months are closed in order, so that the
    /// earlier one holds the later one open, too. What bills late counts with the month that bills it. A month whose
    /// closing days are over is not held open: the missing files then hold the next one whose are not.
    fn held_open(
        &mut self,
        series: &SeriesKey,
        newest: u32,
        period: Period,
        agreement: Option<AgreementId>,
    ) -> (Period, Option<AgreementId>) {
        let (first, holder) = self.missing_from(series, newest, period, agreement);
        let Some(agreement) = holder else {
            return (first, None);
        };
        if self.holds((agreement, first)) {
            return (first, holder);
        }
        let running = Period::containing(self.now);
        for later in [running.previous(), running] {
            let Ok(terms) = self.terms(series, later) else {
                continue;
            };
            let month = (terms.route.agreement, later);
            if later > first && self.holds(month) && self.ensure_open(Some(month)).is_ok() {
                return (later, Some(terms.route.agreement));
            }
        }
        (first, None)
    }

    /// Whether what arises now in a month holds it open: its closing days are not over.
    fn holds(&mut self, month: MonthKey) -> bool {
        self.holds_at(month, self.now)
    }

    /// Whether what arose then in a month holds it open.
    fn holds_at(&mut self, month: MonthKey, then: Moment) -> bool {
        let (agreement, period) = month;
        self.closing
            .get(month, || T::Agreements::closing_terms(agreement, period))
            .is_some_and(|usage| holds(&usage, period, then))
    }

    /// The month to which missing files may bill first, and its agreement.
    fn missing_from(
        &mut self,
        series: &SeriesKey,
        newest: u32,
        period: Period,
        agreement: Option<AgreementId>,
    ) -> (Period, Option<AgreementId>) {
        let before = self.batch(&series.file(newest));
        let Some(before) = before.filter(|before| before.billed_with() < period) else {
            return (period, agreement);
        };
        let holder = before.route.map(|route| route.agreement);
        let held = before.billed_with();
        match self.ensure_open(holder.map(|holder| (holder, held))) {
            Ok(()) => (held, holder),
            Err(_) => (period, agreement),
        }
    }

    /// Whether the number may be taken, which is new or has passed. Answers with the returned file of which it takes the
    /// place.
    fn ensure_free(
        &self,
        new: bool,
        known: Option<Batch>,
        anchor: &Anchor,
    ) -> Result<Option<Replaced>, Error<T>> {
        if new {
            ensure!(anchor.resent_for.is_none(), Error::NotReturned);
            let free = known.is_none_or(|old| Pallet::<T>::is_evictable(&old, self.now));
            ensure!(free, Error::NumberInUse);
            return Ok(None);
        }
        let old = known.ok_or(Error::SequencePassed)?;
        let refused = match (old.status, old.fatal_return) {
            (BatchStatus::Returned(_), Some(refused)) => refused,
            (BatchStatus::Waived(_), _) => return Err(Error::FileWaived),
            _ => return Err(Error::AlreadyAnchored),
        };
        let named = anchor.resent_for.ok_or(Error::ReturnNotNamed)?;
        ensure!(named == refused.rap_sequence, Error::OtherReturnNamed);
        ensure!(
            anchor.file_digest != old.anchor.file_digest,
            Error::ReturnedContent
        );
        Ok(Pallet::<T>::month_of(&old).map(|month| Replaced {
            period: old.period,
            available: old.anchor.available,
            latest: latest_of(&old.anchor),
            month,
            anchored_at: old.anchored_at,
            holds: refused.holds,
        }))
    }

    /// Under what and with which month a file bills, if it may: agreement, currency, age, month and services. `None` for a
    /// test file. What takes the place of a file of the same month was sent in time if that was.
    fn route(
        &mut self,
        anchor: &Anchor,
        period: Period,
        returned: Option<&Replaced>,
    ) -> Result<Option<(Route, Period)>, Error<T>> {
        let series = anchor.key.series;
        if series.test {
            return Ok(None);
        }
        let Terms { route, usage, flows } = self.terms(&series, period)?;
        // A file without records has no amounts, and a notification names no currency.
        ensure!(
            anchor.records == 0 || anchor.currency == usage.currency,
            Error::CurrencyMismatch
        );
        let same = |old: &&Replaced| (old.month.0, old.period) == (route.agreement, period);
        let returned = returned.filter(same);
        let comes = returned.map_or(Comes::File, |_| Comes::Answer);
        let billed_with = self.billed_with(route.agreement, period, &usage, comes)?;
        // Single records that are too old are returned by the recipient; here it is about a file of nothing else. One
        // without records is as old as its cut-off, so that it holds no older month open either. A closed month has days
        // of its own for what comes late. What is sent again is as old as it was when it came first.
        let latest = latest_of(anchor);
        let limit = Moment::from(usage.age_limit_days).saturating_mul(DAY);
        let available = returned.map_or(anchor.available, |old| old.available.min(anchor.available));
        let young =
            available.saturating_sub(latest) <= limit || returned.is_some_and(|old| latest >= old.latest);
        ensure!(young || billed_with != period, Error::TooOld);
        let services = services_of(anchor);
        ensure!(flows.priced().contains_all(services), Error::ServiceNotAgreed);
        ensure!(flows.files.contains_all(services), Error::ReportsAgreed);
        let reported = self.reported(route.agreement, series.pair(period));
        ensure!(!reported.overlaps(services), Error::SettledByReport);
        Ok(Some((route, billed_with)))
    }
}

/// The last call of a file, or without records its cut-off.
fn latest_of(anchor: &Anchor) -> Moment {
    anchor.latest_call.unwrap_or(anchor.cut_off)
}

/// Whether a file has nothing that another one has not.
pub(crate) fn is_within(totals: &[ServiceTotal], of: &[ServiceTotal]) -> bool {
    totals.iter().all(|total| {
        let of = of.iter().find(|of| of.service == total.service);
        of.is_some_and(|of| of.checked_sub(total).is_ok())
    })
}

/// The services of a file.
fn services_of(anchor: &Anchor) -> ServiceSet {
    anchor.totals.iter().map(|total| total.service).collect()
}
