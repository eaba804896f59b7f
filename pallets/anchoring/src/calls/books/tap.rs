//! How a TAP file is posted.

use super::{Books, MonthKey, Posted, Terms};
use crate::{
    calls::{
        checks,
        sequence::{self, Place},
    },
    types::Booking,
    Batches, Config, Error, Event, Pallet,
};
use frame_support::{ensure, Hashable};
use interclear_billing::closing::holds;
use interclear_primitives::{
    agreement::Route,
    batch::{Anchor, Batch, BatchStatus},
    ids::{AgreementId, OperatorId},
    period::Period,
    series::{Gap, SeriesKey, Stream},
    service::ServiceSet,
    Moment, DAY,
};

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
        let known = Batches::<T>::get(key);
        if known.as_ref().is_some_and(|batch| batch.digest == digest) {
            Pallet::<T>::deposit_event(Event::DuplicateIgnored { key });
            return Ok(Posted::Duplicate);
        }

        let sum = checks::content::<T>(&anchor, self.now)?;
        let period = anchor.period();
        let (state, place, new) = self.place(&key)?;
        let returned = self.ensure_free(new, known, &anchor)?;
        let route = self.route(&anchor, period)?;
        let month = route.map(|route| (route.agreement, period));
        let totals = match route {
            Some(route) => Some(self.rebook(&route, period, anchor.totals.iter().copied(), Booking::Add)?),
            None => None,
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
        let (mut state, change) = sequence::arrive(&state, key.series.stream, key.sequence, place, revealed)
            .map_err(|_| Error::MaxGapsExceeded)?;

        let in_time = self.holds(&key.series, period);

        // Every rule is kept: from here on nothing can fail.
        let gaps = state.gaps.len() as u32;
        if let Some(totals) = totals {
            self.set_totals(totals);
            state.note(period, services_of(&anchor));
        }
        self.sequences.set(key.series, state);
        self.change_month(returned, |usage| {
            usage.returned = usage.returned.saturating_sub(1)
        });
        let now = self.now;
        if let Some(route) = route {
            self.change_month(month, |usage| {
                usage.batches = usage.batches.saturating_add(1);
                if in_time {
                    usage.awaiting_mut(route.direction).expect(now);
                }
            });
            if !in_time {
                // Its recipient need not wait for it, nor its sender close over it.
                self.note_move(month, operator);
            }
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
        self.keep(key);
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
    /// unless it is closed or not earlier; then the month of the file after them. Months are closed in order, so that
    /// the earlier one holds the later one open, too. A month whose closing days are over is not held open: the missing
    /// files then hold the next one whose are not.
    fn held_open(
        &mut self,
        series: &SeriesKey,
        newest: u32,
        period: Period,
        agreement: Option<AgreementId>,
    ) -> (Period, Option<AgreementId>) {
        let (first, holder) = self.missing_from(series, newest, period, agreement);
        if holder.is_none() || self.holds(series, first) {
            return (first, holder);
        }
        let running = Period::containing(self.now);
        for later in [running.previous(), running] {
            if later <= first || !self.holds(series, later) {
                continue;
            }
            let agreement = self.terms(series, later).ok().map(|terms| terms.route.agreement);
            if self
                .ensure_open(agreement.map(|agreement| (agreement, later)))
                .is_ok()
            {
                return (later, agreement);
            }
        }
        (first, None)
    }

    /// Whether what arises now in a month holds it open: an agreement covers the series in it, and its closing days are not
    /// over.
    fn holds(&mut self, series: &SeriesKey, period: Period) -> bool {
        let now = self.now;
        !series.test
            && self
                .terms(series, period)
                .is_ok_and(|terms| holds(&terms.usage, period, now))
    }

    /// The month to which missing files may bill first, and its agreement.
    fn missing_from(
        &mut self,
        series: &SeriesKey,
        newest: u32,
        period: Period,
        agreement: Option<AgreementId>,
    ) -> (Period, Option<AgreementId>) {
        let before = Batches::<T>::get(series.file(newest));
        let Some(before) = before.filter(|before| before.period < period) else {
            return (period, agreement);
        };
        let holder = before.route.map(|route| route.agreement);
        match self.ensure_open(holder.map(|holder| (holder, before.period))) {
            Ok(()) => (before.period, holder),
            Err(_) => (period, agreement),
        }
    }

    /// Whether the number may be taken, which is new or has passed. Answers with the month that waited for the file to be
    /// sent again.
    fn ensure_free(
        &self,
        new: bool,
        known: Option<Batch>,
        anchor: &Anchor,
    ) -> Result<Option<MonthKey>, Error<T>> {
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
        let waits = old.route.filter(|_| refused.holds);
        Ok(waits.map(|route| (route.agreement, old.period)))
    }

    /// Under what a file bills, if it may: agreement, currency, age, month and services. `None` for a test file.
    fn route(&mut self, anchor: &Anchor, period: Period) -> Result<Option<Route>, Error<T>> {
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
        // Single records that are too old are returned by the recipient; here it is about a file of nothing else. One
        // without records is as old as its cut-off, so that it holds no older month open either.
        let latest = anchor.latest_call.unwrap_or(anchor.cut_off);
        let limit = Moment::from(usage.age_limit_days).saturating_mul(DAY);
        ensure!(anchor.available.saturating_sub(latest) <= limit, Error::TooOld);
        self.ensure_open(Some((route.agreement, period)))?;
        let services = services_of(anchor);
        ensure!(flows.priced().contains_all(services), Error::ServiceNotAgreed);
        ensure!(flows.files.contains_all(services), Error::ReportsAgreed);
        let reported = self.reported(route.agreement, series.pair(period));
        ensure!(!reported.overlaps(services), Error::SettledByReport);
        Ok(Some(route))
    }
}

/// The services of a file.
fn services_of(anchor: &Anchor) -> ServiceSet {
    anchor.totals.iter().map(|total| total.service).collect()
}
