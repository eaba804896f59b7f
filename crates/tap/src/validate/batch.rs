//! Rules about the groups of a batch: control, accounting and network information.

use super::Run;
use crate::{
    classify::Classifier,
    events::{DiscountRow, Row, Table, TaxRow, TaxSum, DISCOUNT_PARTS},
    finding::{Code, Severity},
    model::{currency_of, Accounting, BatchControl, DateTime, Network},
    name::Scheme,
    summary::decimal,
    tariff::{AgreedRate, Billed, Prices, Rates},
    time::{self, DAY},
};
use interclear_primitives::{money::Currency, period::Period, tadig::Tadig, Moment};
use std::cmp::Ordering;

/// Most decimals of an exchange rate.
const MAX_RATE_DECIMALS: u64 = 9;
/// The part of an exchange rate by which rounding may change it.
const ROUNDING: u128 = 10_000;

impl Run<'_, '_, '_> {
    pub(super) fn batch_control(&mut self, control: BatchControl) {
        if self.control.is_some() {
            self.findings
                .batch(Code::GroupRepeated, "batchControlInfo", "the group occurs twice");
            return;
        }
        if self.started {
            self.findings.batch(
                Code::GroupOrder,
                "batchControlInfo",
                "the group is not the first one",
            );
        }
        self.started = true;
        self.parties(&control);
        self.sequence(&control);
        self.times(&control);
        self.version(&control);
        self.resent_for(&control);
        self.file_name(&control);
        let code = |tadig: &Option<String>| tadig.clone().unwrap_or_default();
        let (sender, recipient) = (code(&control.sender), code(&control.recipient));
        self.classifier = Classifier::new(sender.as_bytes(), recipient.as_bytes(), self.options.rules.zones);
        self.available = control.available.as_ref().and_then(DateTime::utc);
        self.tables.release_10 = control.is_release_10();
        self.control = Some(control);
    }

    /// The name of a field of the control information.
    fn item(&self, field: &str) -> String {
        format!("{}.{field}", self.group)
    }

    pub(super) fn parties(&mut self, control: &BatchControl) {
        for (value, field, code) in [
            (&control.sender, "sender", Code::SenderMissing),
            (&control.recipient, "recipient", Code::RecipientMissing),
        ] {
            let item = self.item(field);
            match value {
                None => self.findings.batch(code, item, "the TADIG code is missing"),
                Some(text) if text.parse::<Tadig>().is_err() => {
                    self.findings.batch(
                        Code::TadigMalformed,
                        item,
                        format!("{text:?} is not a TADIG code"),
                    );
                }
                Some(_) => {}
            }
        }
        let same = control
            .sender
            .as_ref()
            .filter(|_| control.sender == control.recipient);
        if let Some(network) = same {
            let message = format!("{network:?} is the sender, too: nobody bills itself");
            let item = self.item("recipient");
            self.findings.batch(Code::PartiesSame, item, message);
        }
    }

    pub(super) fn sequence(&mut self, control: &BatchControl) {
        let item = self.item(self.sequence_field());
        let Some(text) = &control.sequence else {
            self.findings
                .batch(Code::SequenceMissing, item, "the sequence number is missing");
            return;
        };
        let (digits, max) = (self.scheme.digits(), self.scheme.max_sequence());
        let Some(sequence) = self.scheme.sequence(text) else {
            let message = format!("{text:?} is not {:0digits$} to {max}", 1);
            self.findings.batch(Code::SequenceMalformed, item, message);
            return;
        };
        let Some(expected) = self.options.context.expected_sequence else {
            return;
        };
        let ahead = self.scheme.ahead(expected, sequence);
        if ahead == 0 || self.options.context.known_digest.is_some() {
            return;
        }
        if ahead > 0 {
            let message = format!("{sequence} instead of {expected}: {ahead} missing");
            self.findings.batch(Code::SequenceGap, item, message);
        } else {
            let message =
                format!("{sequence} instead of {expected}: a file that was missing, or one that is known");
            self.findings.batch(Code::SequenceLate, item, message);
        }
    }

    /// The name of the field with the sequence number.
    pub(super) fn sequence_field(&self) -> &'static str {
        match self.scheme {
            Scheme::Tap => "fileSequenceNumber",
            Scheme::Returns => "rapFileSequenceNumber",
            Scheme::Nrtrde => "sequenceNumber",
        }
    }

    /// Whether the returns that asked for this file are known.
    fn resent_for(&mut self, control: &BatchControl) {
        let (Some(text), Some(known)) = (&control.rap_sequence, &self.options.context.known_returns) else {
            return;
        };
        let named = Scheme::Returns.sequence(text);
        if named.is_none_or(|named| !known.contains(&named)) {
            let message = format!("no RAP file with the number {text:?} was made to the sender");
            self.findings
                .batch(Code::UnknownReturn, self.item("rapFileSequenceNumber"), message);
        }
    }

    /// When the file was made available.
    pub(super) fn available_time(&mut self, control: &BatchControl) {
        let item = self.item("fileAvailableTimeStamp");
        match &control.available {
            None => self
                .findings
                .batch(Code::AvailableMissing, item, "the time stamp is missing"),
            Some(stamp) if stamp.utc().is_none() => {
                self.findings
                    .batch(Code::AvailableMalformed, item, unreadable(stamp));
            }
            Some(_) => {}
        }
    }

    fn times(&mut self, control: &BatchControl) {
        self.available_time(control);
        if control.cut_off.is_none() {
            let item = "batchControlInfo.transferCutOffTimeStamp";
            self.findings
                .batch(Code::CutOffMissing, item, "the time stamp is missing");
        }
        for (stamp, item) in [
            (&control.created, "batchControlInfo.fileCreationTimeStamp"),
            (&control.cut_off, "batchControlInfo.transferCutOffTimeStamp"),
        ] {
            if let Some(stamp) = stamp.as_ref().filter(|stamp| stamp.utc().is_none()) {
                self.findings
                    .batch(Code::HeaderTimeMalformed, item, unreadable(stamp));
            }
        }
        let moment = |stamp: &Option<DateTime>| stamp.as_ref().and_then(DateTime::utc);
        self.cut_off = moment(&control.cut_off);
        if let (Some(available), Some(cut_off)) = (moment(&control.available), self.cut_off) {
            let month = |at: i64| Moment::try_from(at).ok().map(Period::containing);
            // Within a day clocks and zones explain it, unless the month is another.
            if cut_off > available && (cut_off > available + DAY || month(cut_off) != month(available)) {
                let message = format!(
                    "the transfer cut-off is {} after the file was made available",
                    time::span(cut_off - available)
                );
                let item = "batchControlInfo.transferCutOffTimeStamp";
                self.findings.batch(Code::CutOffAfterAvailable, item, message);
            }
        }
        if let (Some(created), Some(cut_off)) = (moment(&control.created), self.cut_off) {
            if created < cut_off {
                let message = format!(
                    "the file was created {} before its transfer cut-off",
                    time::span(cut_off - created)
                );
                self.findings.batch(
                    Code::CreatedBeforeCutOff,
                    "batchControlInfo.fileCreationTimeStamp",
                    message,
                );
            }
        }
    }

    fn version(&mut self, control: &BatchControl) {
        let item = "batchControlInfo.specificationVersionNumber";
        match control.version {
            None => self
                .findings
                .batch(Code::VersionMissing, item, "the version is missing"),
            Some(3) => {}
            Some(other) => self.findings.batch(
                Code::VersionUnsupported,
                item,
                format!("version {other} is not 3"),
            ),
        }
        let item = "batchControlInfo.releaseVersionNumber";
        // What another release than 10 to 12 is like is not known: see `check_end`.
        if control.release.is_none() {
            self.findings
                .batch(Code::VersionMissing, item, "the release is missing");
        }
        if let Some(other) = control
            .file_type
            .as_deref()
            .filter(|text| !matches!(*text, "" | "T"))
        {
            let counts = if control.is_test() { "a test" } else { "chargeable" };
            let message = format!("{other:?} is not \"T\": the file counts as {counts}");
            let item = "batchControlInfo.fileTypeIndicator";
            self.findings.batch(Code::FileTypeUnknown, item, message);
        }
    }

    pub(super) fn file_name(&mut self, control: &BatchControl) {
        let name = self.options.context.file_name.as_deref();
        let Some(name) = name.and_then(|name| self.scheme.parse(name)) else {
            return;
        };
        let stated = control.sequence.as_deref();
        if let Some(sequence) = stated.and_then(|text| self.scheme.sequence(text)) {
            if sequence != name.sequence {
                let message = format!("{sequence} in the file, {} in its name", name.sequence);
                let item = self.item(self.sequence_field());
                self.findings.batch(Code::NameSequenceDiffers, item, message);
            }
        }
        for (text, tadig, field) in [
            (&control.sender, name.sender, "sender"),
            (&control.recipient, name.recipient, "recipient"),
        ] {
            if let Some(text) = text.as_ref().filter(|text| *text != tadig.as_str()) {
                let message = format!("{text} in the file, {tadig} in its name");
                self.findings
                    .batch(Code::NamePartiesDiffer, self.item(field), message);
            }
        }
        let test = control.is_test();
        if test != name.test {
            let word = |test| if test { "test" } else { "chargeable" };
            let message = format!(
                "a {} file by its contents, a {} one by its name",
                word(test),
                word(name.test)
            );
            self.findings
                .batch(Code::NameTestDiffers, self.item("fileTypeIndicator"), message);
        }
    }

    pub(super) fn accounting_info(&mut self, accounting: Accounting) {
        if !self.group_allowed("accountingInfo", self.accounting.is_some()) {
            return;
        }
        self.currencies(&accounting);
        if accounting.tap_decimals.is_none_or(|decimals| decimals > 6) {
            let message = match accounting.tap_decimals {
                None => "the number of decimals is missing".to_owned(),
                Some(decimals) => format!("{decimals} is not 0 to 6"),
            };
            self.findings
                .batch(Code::DecimalsBad, "accountingInfo.tapDecimalPlaces", message);
        }
        for (row, rate) in accounting.conversions.iter().enumerate() {
            let good = rate.code.is_some()
                && rate.rate.is_some_and(|rate| rate > 0)
                && rate
                    .decimals
                    .is_some_and(|decimals| decimals <= MAX_RATE_DECIMALS);
            if !good {
                let item = format!("accountingInfo.currencyConversionInfo[{row}]");
                let message = "code, rate above 0 and at most 9 decimals are needed";
                self.findings.batch(Code::ExchangeRateBad, item, message);
            }
        }
        let mut taxes = Vec::new();
        for (row, tax) in accounting.taxation.iter().enumerate() {
            let digits = |r: &String| r.len() == 7 && r.bytes().all(|c| c.is_ascii_digit());
            let fault = self.row_fault(
                Code::TaxationBad,
                tax.code.is_some() && tax.rate.as_ref().is_none_or(digits),
                || format!("accountingInfo.taxation[{row}]"),
                "a code and a rate of seven digits are needed",
            );
            let rate = tax.rate.as_ref().filter(|rate| digits(rate));
            let charge_type = tax.charge_type.as_ref();
            let value = TaxRow {
                rate: rate.and_then(|rate| rate.parse().ok()),
                charge_type: charge_type.and_then(|text| text.as_bytes().try_into().ok()),
            };
            taxes.push((tax.code, value, fault));
        }
        self.tables.taxes = self.table("accountingInfo.taxation", taxes);
        self.scratch.sums = vec![TaxSum::default(); self.tables.taxes.rows().len()];
        let mut discounts = Vec::new();
        for (row, discount) in accounting.discounting.iter().enumerate() {
            let fault = self.row_fault(
                Code::DiscountingBad,
                discount.code.is_some()
                    && discount.rate.is_some() != discount.fixed.is_some()
                    && discount.rate.is_none_or(|rate| rate <= DISCOUNT_PARTS),
                || format!("accountingInfo.discounting[{row}]"),
                "a code and either a rate of at most 100 % or an amount are needed",
            );
            let value = match fault {
                Some(_) => DiscountRow::default(),
                None => DiscountRow {
                    rate: discount.rate,
                    fixed: discount.fixed,
                },
            };
            discounts.push((discount.code, value, fault));
        }
        self.tables.discounts = self.table("accountingInfo.discounting", discounts);
        self.agreed_currencies(&accounting);
        let mut rates = Vec::new();
        for (row, rate) in accounting.conversions.iter().enumerate() {
            rates.push((rate.code, (), self.agreed_rate(row, &accounting)));
        }
        self.tables.exchange_rates = self.table("accountingInfo.currencyConversionInfo", rates);
        self.tables.tax_tolerance = tax_tolerance(accounting.tap_decimals);
        let options = self.options;
        let billed = self.billed(&accounting);
        self.rates = options.tariff.as_ref().zip(billed).map(|(check, billed)| {
            let rates = Rates::new(&check.terms, check.tolerance, &billed);
            (rates, billed.decimals)
        });
        let expected = options.expected.as_ref().zip(billed);
        self.prices = expected.map(|(terms, billed)| Prices::new(terms, &billed));
        self.accounting = Some(accounting);
    }

    /// Who bills whom in which amounts, where the file says so.
    fn billed(&self, accounting: &Accounting) -> Option<Billed> {
        let control = self.control.as_ref()?;
        let decimals = u8::try_from(accounting.tap_decimals?)
            .ok()
            .filter(|decimals| *decimals <= 6)?;
        Some(Billed {
            sender: control.sender.as_deref()?.parse().ok()?,
            recipient: control.recipient.as_deref()?.parse().ok()?,
            period: self
                .cut_off
                .or(self.available)
                .and_then(|at| Moment::try_from(at).ok())
                .map(Period::containing),
            currency: currency_of(accounting.tap_currency.as_deref())?,
            decimals,
            agreed: self.options.context.agreed_rate,
        })
    }

    fn currencies(&mut self, accounting: &Accounting) {
        if accounting.local_currency.is_none() {
            let item = "accountingInfo.localCurrency";
            self.findings
                .batch(Code::LocalCurrencyMissing, item, "the currency is missing");
        }
        for (text, item) in [
            (&accounting.local_currency, "accountingInfo.localCurrency"),
            (&accounting.tap_currency, "accountingInfo.tapCurrency"),
        ] {
            let none = |text: &&String| NO_CURRENCIES.contains(&text.as_str());
            if let Some(text) = text.as_ref().filter(none) {
                let message = format!("{text:?} stands for no currency (ISO 4217)");
                self.findings.batch(Code::CurrencyMalformed, item, message);
            } else if let Some(text) = text.as_ref().filter(|text| text.parse::<Currency>().is_err()) {
                let message =
                    format!("{text:?} is not a code as ISO 4217 has them: three upper-case letters");
                self.findings.batch(Code::CurrencyMalformed, item, message);
            }
        }
    }

    pub(super) fn network_info(&mut self, network: Network) {
        if !self.group_allowed("networkInfo", self.network.is_some()) {
            return;
        }
        let mut offsets = Vec::new();
        for (row, offset) in network.offsets.iter().enumerate() {
            let text = offset.offset.as_ref().map(String::as_bytes);
            let seconds = text.and_then(time::offset_seconds);
            let fault = self.row_fault(
                Code::UtcOffsetBad,
                offset.code.is_some() && seconds.is_some(),
                || format!("networkInfo.utcTimeOffsetInfo[{row}]"),
                "a code and an offset such as +0100 are needed",
            );
            offsets.push((offset.code, seconds, fault));
        }
        self.tables.offsets = self.table("networkInfo.utcTimeOffsetInfo", offsets);
        let mut entities = Vec::new();
        for (row, entity) in network.entities.iter().enumerate() {
            let fault = self.row_fault(
                Code::RecordingEntityBad,
                entity.code.is_some(),
                || format!("networkInfo.recEntityInfo[{row}]"),
                "a code is needed",
            );
            entities.push((entity.code, (), fault));
        }
        self.tables.entities = self.table("networkInfo.recEntityInfo", entities);
        self.network = Some(network);
    }

    fn group_allowed(&mut self, item: &'static str, repeated: bool) -> bool {
        if repeated {
            self.findings
                .batch(Code::GroupRepeated, item, "the group occurs twice");
            return false;
        }
        if self.records > 0 {
            self.findings.batch(
                Code::GroupOrder,
                item,
                "the group stands behind records that need it",
            );
        }
        self.started = true;
        true
    }

    /// Reports a row of a table that is wrong, for which records are returned.
    fn row_fault(
        &mut self,
        code: Code,
        good: bool,
        item: impl FnOnce() -> String,
        message: &str,
    ) -> Option<Code> {
        if good {
            return None;
        }
        self.findings.row(code, item(), message);
        Some(code)
    }

    /// Whether the agreed exchange rate is one between the file's currencies. A file that does not name its local currency
    /// cannot get out of it by that.
    fn agrees_on(agreed: &AgreedRate, accounting: &Accounting) -> bool {
        let local = accounting.local_currency.as_deref();
        local.is_none_or(|text| text.parse() == Ok(agreed.local))
            && currency_of(accounting.tap_currency.as_deref()) == Some(agreed.tap)
    }

    /// The rate of a file whose amounts are in the local currency: 1, whatever is agreed.
    fn without_conversion(accounting: &Accounting) -> Option<AgreedRate> {
        let local: Currency = accounting.local_currency.as_deref()?.parse().ok()?;
        let tap = currency_of(accounting.tap_currency.as_deref())?;
        (local == tap).then_some(AgreedRate {
            local,
            tap,
            rate: 10u64.pow(MAX_RATE_DECIMALS as u32),
        })
    }

    /// Says where the agreed exchange rate is between other currencies than the file's.
    fn agreed_currencies(&mut self, accounting: &Accounting) {
        let Some(agreed) = &self.options.context.agreed_rate else {
            return;
        };
        let local = accounting.local_currency.as_deref().unwrap_or("none");
        let tap = accounting.tap_currency.as_deref().unwrap_or("XDR");
        if local != tap && !accounting.conversions.is_empty() && !Self::agrees_on(agreed, accounting) {
            let message = format!(
                "from {tap} to {local} in the file, the agreed rate is from {} to {}: nothing is compared",
                agreed.tap, agreed.local
            );
            let item = "accountingInfo.currencyConversionInfo";
            self.findings.batch(Code::ExchangeRateUnchecked, item, message);
        }
    }

    /// Compares a row of the table of exchange rates with the rate agreed for the month, or with 1 between a currency and
    /// itself. What is rounded to the decimals of the row is neither below nor above, as far as that leaves five digits: a
    /// ten-thousandth of the rate.
    fn agreed_rate(&mut self, row: usize, accounting: &Accounting) -> Option<Code> {
        let between_them = self.options.context.agreed_rate;
        let between_them = between_them.filter(|agreed| Self::agrees_on(agreed, accounting));
        let own = Self::without_conversion(accounting);
        let agreed = between_them.or(own)?;
        let conversion = &accounting.conversions[row];
        let decimals = conversion
            .decimals
            .filter(|decimals| *decimals <= MAX_RATE_DECIMALS)?;
        let unit = 10u128.pow(MAX_RATE_DECIMALS as u32 - decimals as u32);
        let stated = conversion.rate?;
        let (nano, wanted) = (u128::from(stated) * unit, u128::from(agreed.rate));
        let off = nano.abs_diff(wanted);
        if off < unit && off.saturating_mul(ROUNDING) <= wanted {
            return None;
        }
        let (code, word) = match nano.cmp(&wanted) {
            Ordering::Less => (Code::ExchangeRateBelowAgreed, "below"),
            Ordering::Greater => (Code::ExchangeRateAboveAgreed, "above"),
            Ordering::Equal => return None,
        };
        let stated = decimal(stated.into(), decimals as u8);
        let message = match own == Some(agreed) {
            true => format!(
                "{stated} is {word} 1 {0} per {0}: nothing is converted",
                agreed.tap
            ),
            false => format!(
                "{stated} is {word} the agreed {} {} per {}",
                decimal(agreed.rate.into(), MAX_RATE_DECIMALS as u8),
                agreed.local,
                agreed.tap
            ),
        };
        let item = format!("accountingInfo.currencyConversionInfo[{row}]");
        self.findings.row(code, item, message);
        (code.severity() >= Severity::Severe).then_some(code)
    }

    /// A table of rows (code, value, fault); reports codes that occur more often.
    fn table<T>(&mut self, item: &str, rows: Vec<(Option<u64>, T, Option<Code>)>) -> Table<T> {
        let rows = rows.into_iter().filter_map(|(code, value, fault)| {
            Some(Row {
                code: code?,
                value,
                fault,
            })
        });
        let (table, twice) = Table::new(rows);
        for code in twice {
            let message = format!("code {code} occurs more than once");
            self.findings.row(Code::DuplicateCode, item, message);
        }
        table
    }
}

/// Codes of ISO 4217 for no currency, and for tests.
const NO_CURRENCIES: [&str; 2] = ["XXX", "XTS"];

/// How far a tax may be from charge times rate, and a discount from what its row says: 0.02 of the currency, and one unit where
/// that is less than a unit.
fn tax_tolerance(decimals: Option<u64>) -> u64 {
    match decimals.unwrap_or(0).min(6) {
        decimals @ 2.. => 2 * 10u64.pow(decimals as u32 - 2),
        _ => 1,
    }
}

fn unreadable(stamp: &DateTime) -> String {
    format!(
        "{:?} with offset {:?} is not a time stamp",
        stamp.local, stamp.offset
    )
}
