//! Rules about single records.

use super::{history, Run};
use crate::{
    ber::DecodeError,
    events::{Amounts, CodeKind, Event, EventKind},
    finding::{Code, Findings, Severity},
    model::Accounting,
    rap::ReturnedRecord,
    reader::RawEvent,
    summary::{decimal, in_words},
    tags::{CALL_EVENT_DETAILS, TRANSFER_BATCH},
    tariff::{Compared, Difference, TariffSummary},
    time::{self, DAY},
};

use interclear_primitives::service::Service;

/// What is known of the time of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Seconds since 1970 UTC.
    At(i64),
    /// Missing or malformed; the reason.
    Bad(&'static str),
    /// Not known, and nothing is said about it here.
    Unknown,
}

impl Run<'_, '_, '_> {
    #[inline]
    pub(super) fn record(&mut self, raw: &RawEvent<'_>) -> Result<(), DecodeError> {
        let mut event = Event::new(EventKind::from_tag(raw.header.tag.number()));
        event
            .fill(raw.octets, &raw.header, &self.tables, &mut self.scratch)
            .map_err(|mut error| {
                error.offset += raw.offset;
                error.within(&[TRANSFER_BATCH, CALL_EVENT_DETAILS])
            })?;
        self.records += 1;
        self.digester.record(raw.octets);
        if event.kind == EventKind::Aggregated {
            return self.aggregate(raw, &event);
        }
        let service = self.classifier.service(&event);
        match &self.rates {
            Some((rates, _)) => {
                let quantities = rates.quantities(service, &event);
                self.sums.add_quantities(service, &event, quantities);
            }
            None => self.sums.add(service, &event),
        }
        self.refunds += event.refunds;
        if !self.wanted.is_empty() {
            self.select(raw, service, &event);
        }
        if self.options.tariff.is_some() {
            self.compare(raw.index, service, &event);
        }
        if let Some(service) = self.agreed().and_then(|agreed| agreed.not_agreed(service)) {
            *self.not_agreed.entry(service).or_default() += 1;
        }
        if let Some(prices) = &mut self.prices {
            prices.add(service, &event);
        }
        let start = self.start(&event);
        let mut suspicious = event.faults.any
            || service.is_none()
            || self.classifier.contradiction(&event).is_some()
            || event.duration > DAY as u64
            || !self.options.rules.agreed.contains(event.kind);
        match start {
            Start::At(start) => {
                self.earliest = Some(self.earliest.map_or(start, |earliest| earliest.min(start)));
                self.latest = Some(self.latest.map_or(start, |latest| latest.max(start)));
                let age = self.available.map_or(0, |available| available - start);
                suspicious |=
                    ends_late(age, &event) || age > i64::from(self.options.rules.max_age_days) * DAY;
                if age >= 0 {
                    let (first, last) = self.in_time.unwrap_or((start, start));
                    self.in_time = Some((first.min(start), last.max(start)));
                }
                suspicious |= self
                    .search
                    .as_mut()
                    .is_some_and(|search| search.wants(&event, start));
            }
            Start::Bad(_) => suspicious = true,
            Start::Unknown => {}
        }
        if suspicious {
            self.report(raw, &event, start);
        }
        Ok(())
    }

    /// An aggregate is counted apart: it is described by no public module, so that nothing can be billed by it.
    #[cold]
    fn aggregate(&mut self, raw: &RawEvent<'_>, event: &Event<'_>) -> Result<(), DecodeError> {
        self.aggregated.records += 1;
        self.aggregated.amounts += event.amounts;
        let (decimals, currency) = money_of(self.accounting.as_ref());
        self.findings.record(Code::AggregatedUsage, raw.index, || {
            let amount = in_words(event.amounts.charge, decimals, currency);
            let message = format!("an aggregate with a charge of {amount}, which counts in no total");
            (event.kind.name(), message)
        });
        if !self.options.rules.agreed.contains(event.kind) {
            self.report(raw, event, Start::Unknown);
        }
        Ok(())
    }

    /// Adds a record that was asked for to the others.
    #[cold]
    fn select(&mut self, raw: &RawEvent<'_>, service: Option<Service>, event: &Event<'_>) {
        let Some(left) = self.wanted.get_mut(raw.octets).filter(|left| **left > 0) else {
            return;
        };
        *left -= 1;
        self.selected.places.insert(raw.index);
        match &self.rates {
            Some((rates, _)) => {
                let quantities = rates.quantities(service, event);
                self.selected.sums.add_quantities(service, event, quantities);
            }
            None => self.selected.sums.add(service, event),
        }
    }

    /// Compares the charge with the agreed price.
    fn compare(&mut self, index: u64, service: Option<Service>, event: &Event<'_>) {
        let Some((rates, decimals)) = &self.rates else {
            self.tariff.add(Compared::Skipped);
            return;
        };
        // Once for the file, if it has records.
        if let Some(unpriced) = rates
            .unpriced()
            .filter(|_| self.tariff == TariffSummary::default())
        {
            let message = format!("{unpriced}: nothing is compared");
            self.findings
                .batch(Code::PricesUnchecked, unpriced.item(), message);
        }
        let compared = rates.compare(service, event);
        self.tariff.add(compared);
        if let Compared::NotAgreed(service) = compared {
            self.findings.record(Code::ServiceNotAgreed, index, || {
                let message = format!("the agreement has no line for {service}");
                (event.kind.name(), message)
            });
        }
        if let Compared::Differs(Difference {
            above,
            difference,
            agreed,
        }) = compared
        {
            let (code, word) = match above {
                true => (Code::ChargeAboveRate, "above"),
                false => (Code::ChargeBelowRate, "below"),
            };
            let file = self
                .accounting
                .as_ref()
                .and_then(|a| a.tap_currency.as_deref())
                .unwrap_or("XDR");
            let prices = rates.currency();
            self.findings.record(code, index, || {
                let mut charge = decimal(event.amounts.charge, *decimals);
                let mut agreed = shortest(agreed);
                if file.parse() != Ok(prices) {
                    charge = format!("{charge} {file}");
                    agreed = format!("{agreed} {prices}");
                }
                let message = format!(
                    "{} {prices} {word} the agreed rate: {charge} instead of {agreed}",
                    shortest(difference),
                );
                ("charge", message)
            });
        }
    }

    #[inline]
    fn start(&self, event: &Event<'_>) -> Start {
        // Nothing is known of kinds without a name, and these need no time.
        let timed = !matches!(
            event.kind,
            EventKind::Unknown(_) | EventKind::Content | EventKind::SupplementaryService
        );
        let Some(text) = event.start else {
            return if timed {
                Start::Bad("the start is missing")
            } else {
                Start::Unknown
            };
        };
        let Some(local) = time::local_seconds(text) else {
            return Start::Bad("the start is not a time stamp");
        };
        match event.offset_code {
            None => Start::Bad("the start has no code of an offset from UTC"),
            Some(code) => match self.tables.offset(code) {
                Some(offset) => Start::At(local - i64::from(offset)),
                // A code that is in no table is a fault of its own.
                None if self.tables.offsets.row(code).is_none() => Start::Unknown,
                None => Start::Bad("the offset from UTC of the start is not an offset"),
            },
        }
    }

    /// Names what is wrong with a record; the path for records that are not in order.
    #[cold]
    fn report(&mut self, raw: &RawEvent<'_>, event: &Event<'_>, start: Start) {
        let index = raw.index;
        let before = self.findings.count(Severity::Severe);
        let mut returned = self.options.keep_returned.then(Vec::new);
        let max_age = self.options.rules.max_age_days;
        let (decimals, currency) = money_of(self.accounting.as_ref());
        let mut findings = Noted {
            findings: &mut self.findings,
            faults: returned.as_mut(),
        };
        if !self.options.rules.agreed.contains(event.kind) {
            findings.record(Code::EventTypeNotAgreed, index, || match event.kind {
                EventKind::Unknown(tag) => ("tag", format!("records with tag {tag} are not known")),
                kind => (
                    kind.name(),
                    format!(
                        "records of kind {} are not agreed between the networks",
                        kind.name()
                    ),
                ),
            });
        }
        match start {
            Start::Bad(why) => {
                findings.record(Code::CallTimeBad, index, || {
                    ("callEventStartTimeStamp", String::from(why))
                });
            }
            Start::At(start) => {
                if let Some(available) = self.available {
                    let age = available - start;
                    if age < 0 {
                        findings.record(Code::CallTimeBad, index, || {
                            (
                                "callEventStartTimeStamp",
                                format!(
                                    "the call started {} after the file was made available",
                                    time::span(age)
                                ),
                            )
                        });
                    } else if ends_late(age, event) {
                        findings.record(Code::CallTimeBad, index, || {
                            let message = format!(
                                "the call started {} before the file was made available, and lasts {}",
                                time::span(age),
                                time::duration(event.duration)
                            );
                            ("totalCallEventDuration", message)
                        });
                    } else if age > i64::from(max_age) * DAY {
                        findings.record(Code::RecordTooOld, index, || {
                            let days = age / DAY;
                            let message = format!(
                                "{days} days old when the file was made available; {max_age} are agreed"
                            );
                            ("callEventStartTimeStamp", message)
                        });
                    }
                }
            }
            Start::Unknown => {}
        }
        if event.duration > DAY as u64 {
            findings.record(Code::DurationOverDay, index, || {
                (
                    "totalCallEventDuration",
                    format!("{} are more than 24 h", time::duration(event.duration)),
                )
            });
        }
        let faults = &event.faults;
        if faults.amount {
            findings.record(Code::AmountBad, index, || {
                (
                    "chargeInformation",
                    "an amount, volume or duration is negative or too large".into(),
                )
            });
        }
        if let Some(tax) = faults.tax {
            findings.record(Code::TaxDiffers, index, || {
                let [stated, expected] =
                    [tax.stated, tax.expected].map(|units| in_words(units, decimals, currency));
                (
                    "taxInformation",
                    format!("a tax of {stated}, charge times rate is {expected}"),
                )
            });
        }
        if let Some(discount) = faults.discount {
            findings.record(Code::DiscountDiffers, index, || {
                let [stated, expected] =
                    [discount.stated, discount.expected].map(|units| in_words(units, decimals, currency));
                (
                    "discountInformation",
                    format!("a discount of {stated}, by its row of the table discounting it is {expected}"),
                )
            });
        }
        if faults.rate_missing {
            findings.record(Code::ExchangeRateCodeMissing, index, || {
                ("exchangeRateCode", "a charge has no exchange rate code".into())
            });
        }
        if faults.tax_unrated {
            findings.record(Code::TaxUnrated, index, || {
                (
                    "taxInformation",
                    "the tax has no rate in the taxation table, by which it could be checked".into(),
                )
            });
        }
        for (code, items, why) in [
            (Code::ItemMissing, faults.missing, "missing"),
            (Code::ItemRepeated, faults.repeated, "there more than once"),
            (Code::ItemMalformed, faults.malformed, "malformed"),
        ] {
            for item in items.names() {
                findings.record(code, index, || {
                    let message = match (code, item) {
                        // Others may be there. A message over IP has a charge without a type.
                        (Code::ItemMissing, "chargeDetail") if event.kind != EventKind::Messaging => {
                            "a charge of type 00, which is the total, or the amount of a charge is missing"
                                .into()
                        }
                        _ => format!("{item} is {why}"),
                    };
                    (item, message)
                });
            }
        }
        for table in CodeKind::ALL {
            let Some(fault) = faults.code(table) else { continue };
            // That the start cannot be told says it already.
            if fault.rule == Code::UtcOffsetBad && matches!(start, Start::Bad(_)) {
                continue;
            }
            findings.code(fault.rule, index, Some(fault.code), || {
                let (code, rows) = (fault.code, table.rows());
                let message = match fault.rule {
                    Code::DuplicateCode => format!("code {code} occurs more than once in the table {rows}"),
                    Code::ExchangeRateBelowAgreed => {
                        format!("code {code} of the table {rows} stands for a rate below the agreed one")
                    }
                    rule if rule.name().starts_with("unknown-") => {
                        format!("code {code} is not in the table {rows}")
                    }
                    _ => format!("code {code} stands for a row of the table {rows} that is wrong"),
                };
                (table.field(), message)
            });
        }
        if self.classifier.service(event).is_none()
            && !matches!(event.kind, EventKind::Unknown(_) | EventKind::Aggregated)
        {
            findings.record(Code::ServiceUnclassified, index, || {
                let message =
                    "the service cannot be told from service codes, call types and the called number";
                (event.kind.name(), message.into())
            });
        }
        if let Some(contradiction) = self.classifier.contradiction(event) {
            findings.record(Code::CallTypeDiffers, index, || {
                (contradiction.field(), contradiction.text().into())
            });
        }
        let searched = match (start, &mut self.search) {
            (Start::At(start), Some(search)) => search.history(event, start).map(|history| (start, history)),
            _ => None,
        };
        if let Some((start, history)) = searched {
            let fingerprint = history::fingerprint(event, start, history.hasher());
            if history.known(fingerprint, start, index) {
                findings.record(Code::DuplicateRecord, index, || {
                    (
                        event.kind.name(),
                        "a duplicate: the same record came before, in this file or an earlier one".into(),
                    )
                });
            } else if findings.findings.count(Severity::Severe) == before {
                // A record that is returned may be sent again.
                history.note(fingerprint, start, index);
            }
        }
        if self.findings.count(Severity::Severe) > before {
            let mut returned_event = *event;
            if event.kind == EventKind::Aggregated {
                // In no total, and so not in that of what is returned.
                returned_event.amounts = Amounts::default();
            }
            let service = self.classifier.service(event);
            match &self.rates {
                Some((rates, _)) => {
                    let quantities = rates.quantities(service, event);
                    self.returned.add_quantities(service, &returned_event, quantities);
                }
                None => self.returned.add(service, &returned_event),
            }
            if let Some(faults) = returned {
                self.returned_records.push(ReturnedRecord {
                    index,
                    offset: raw.offset,
                    octets: raw.octets.to_vec(),
                    faults,
                });
            }
        }
    }
}

/// Whether a record that starts so many seconds before its file was made available ends after that.
#[inline]
fn ends_late(age: i64, event: &Event<'_>) -> bool {
    u64::try_from(age).map_or(true, |age| event.duration > age)
}

/// Decimals and currency of the amounts of a file.
fn money_of(accounting: Option<&Accounting>) -> (Option<u64>, Option<&str>) {
    let currency = accounting.and_then(|accounting| accounting.tap_currency.as_deref());
    (
        accounting.and_then(|accounting| accounting.tap_decimals),
        currency,
    )
}

/// An amount of 10^-9 without zeros at its end.
fn shortest(nano: u128) -> String {
    let text = decimal(nano, 9);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Findings about records, which are also noted for returning the record.
struct Noted<'f> {
    findings: &'f mut Findings,
    faults: Option<&'f mut Vec<(Code, &'static str, Option<u64>)>>,
}

impl Noted<'_> {
    fn record(&mut self, code: Code, index: u64, text: impl Fn() -> (&'static str, String)) {
        self.code(code, index, None, text);
    }

    /// With the code in the record that is wrong.
    fn code(
        &mut self,
        code: Code,
        index: u64,
        wrong: Option<u64>,
        text: impl Fn() -> (&'static str, String),
    ) {
        if let Some(faults) = self
            .faults
            .as_mut()
            .filter(|_| code.severity() == Severity::Severe)
        {
            faults.push((code, text().0, wrong));
        }
        self.findings.record(code, index, text);
    }
}
