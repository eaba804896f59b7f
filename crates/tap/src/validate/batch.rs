//! Rules about the groups of a batch: control, accounting and network information.

use super::Run;
use crate::{
    classify::Classifier,
    events::CodeTables,
    finding::Code,
    model::{Accounting, BatchControl, DateTime, Network},
    name::Scheme,
    tariff::Rates,
    time,
};
use interclear_primitives::{money::Currency, tadig::Tadig};

/// Most decimals of an exchange rate.
const MAX_RATE_DECIMALS: u64 = 9;

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
                    self.findings
                        .batch(Code::TadigMalformed, item, format!("{text:?} is no TADIG code"));
                }
                Some(_) => {}
            }
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
        // The distance ahead in a series that goes from its highest number on to 1.
        let ahead = (sequence + max - expected.clamp(1, max)) % max;
        if ahead == 0 || self.options.context.known_hash.is_some() {
            return;
        }
        if ahead <= max / 2 {
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
            let message = format!("there are no returns with number {text:?}");
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
        if let (Some(created), Some(cut_off)) = (moment(&control.created), moment(&control.cut_off)) {
            if created < cut_off {
                let message = format!("made {} s before the cut-off", cut_off - created);
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
        match control.release {
            None => self
                .findings
                .batch(Code::VersionMissing, item, "the release is missing"),
            Some(9..=12) => {}
            Some(other) => self.findings.batch(
                Code::ReleaseUnusual,
                item,
                format!("release {other} is not 9 to 12"),
            ),
        }
        if let Some(other) = control.file_type.as_deref().filter(|text| *text != "T") {
            let item = "batchControlInfo.fileTypeIndicator";
            self.findings
                .batch(Code::FileTypeUnknown, item, format!("{other:?} is not \"T\""));
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
        for (row, tax) in accounting.taxation.iter().enumerate() {
            let rate = tax
                .rate
                .as_ref()
                .is_none_or(|r| r.len() == 7 && r.bytes().all(|c| c.is_ascii_digit()));
            if tax.code.is_none() || !rate {
                let item = format!("accountingInfo.taxation[{row}]");
                self.findings.batch(
                    Code::TaxationBad,
                    item,
                    "a code and a rate of seven digits are needed",
                );
            }
        }
        for (row, discount) in accounting.discounting.iter().enumerate() {
            if discount.code.is_none() || discount.rate.is_some() == discount.fixed.is_some() {
                let item = format!("accountingInfo.discounting[{row}]");
                self.findings.batch(
                    Code::DiscountingBad,
                    item,
                    "a code and either a rate or an amount are needed",
                );
            }
        }
        self.tables.taxes = self.table(
            "accountingInfo.taxation",
            accounting.taxation.iter().map(|row| row.code),
        );
        self.tables.discounts = self.table(
            "accountingInfo.discounting",
            accounting.discounting.iter().map(|row| row.code),
        );
        self.tables.exchange_rates = self.table(
            "accountingInfo.currencyConversionInfo",
            accounting.conversions.iter().map(|row| row.code),
        );
        self.rates = self.rates_for(&accounting);
        self.accounting = Some(accounting);
    }

    /// The agreed prices, where the agreement has some for these networks in this currency.
    fn rates_for(&self, accounting: &Accounting) -> Option<(Rates, u8)> {
        let check = self.options.tariff.as_ref()?;
        let control = self.control.as_ref()?;
        let (sender, recipient) = (control.sender.as_deref()?, control.recipient.as_deref()?);
        let currency = accounting.tap_currency.as_deref();
        let currency = currency.map_or(Ok(Currency::SDR), str::parse).ok()?;
        let rates = Rates::new(check, sender, recipient, currency, accounting.tap_decimals)?;
        Some((rates, u8::try_from(accounting.tap_decimals?).ok()?))
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
            if let Some(text) = text.as_ref().filter(|text| text.parse::<Currency>().is_err()) {
                self.findings.batch(
                    Code::CurrencyMalformed,
                    item,
                    format!("{text:?} is no ISO 4217 code"),
                );
            }
        }
    }

    pub(super) fn network_info(&mut self, network: Network) {
        if !self.group_allowed("networkInfo", self.network.is_some()) {
            return;
        }
        let seconds = |text: &Option<String>| time::offset_seconds(text.as_deref()?.as_bytes());
        for (row, offset) in network.offsets.iter().enumerate() {
            if offset.code.is_none() || seconds(&offset.offset).is_none() {
                let item = format!("networkInfo.utcTimeOffsetInfo[{row}]");
                self.findings.batch(
                    Code::UtcOffsetBad,
                    item,
                    "a code and an offset such as +0100 are needed",
                );
            }
        }
        for (row, entity) in network.entities.iter().enumerate() {
            if entity.code.is_none() {
                let item = format!("networkInfo.recEntityInfo[{row}]");
                self.findings
                    .batch(Code::RecordingEntityBad, item, "a code is needed");
            }
        }
        self.table(
            "networkInfo.utcTimeOffsetInfo",
            network.offsets.iter().map(|row| row.code),
        );
        let offsets = network
            .offsets
            .iter()
            .filter_map(|row| Some((row.code?, seconds(&row.offset))));
        self.tables.offsets = offsets.collect();
        // Of rows with the same code the first one counts: the order of equal codes is kept.
        self.tables.offsets.sort_by_key(|row| row.0);
        self.tables.offsets.dedup_by_key(|row| row.0);
        self.tables.entities = self.table(
            "networkInfo.recEntityInfo",
            network.entities.iter().map(|row| row.code),
        );
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

    /// The codes of a table, sorted and each once; reports those that occur more often.
    fn table(&mut self, item: &str, codes: impl Iterator<Item = Option<u64>>) -> Vec<u64> {
        let mut codes: Vec<u64> = codes.flatten().collect();
        codes.sort_unstable();
        let mut reported = None;
        for pair in codes.windows(2) {
            if pair[0] == pair[1] && reported != Some(pair[0]) {
                reported = Some(pair[0]);
                self.findings.batch(
                    Code::DuplicateCode,
                    item,
                    format!("code {} occurs more than once", pair[0]),
                );
            }
        }
        codes.dedup();
        codes
    }
}

fn unreadable(stamp: &DateTime) -> String {
    format!(
        "{:?} with offset {:?} is no time stamp",
        stamp.local, stamp.offset
    )
}

impl CodeTables {
    /// Seconds east of UTC for a code; `None` when the code or its offset is not known.
    #[inline]
    pub(super) fn offset(&self, code: u64) -> Option<i32> {
        let place = self.offsets.binary_search_by_key(&code, |row| row.0).ok()?;
        self.offsets[place].1
    }
}
