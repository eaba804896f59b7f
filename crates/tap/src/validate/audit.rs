//! Rules that need the whole file, and its reduction.

use super::Run;
use crate::{
    events::{Amounts, RATE_PARTS},
    finding::Code,
    model::{currency_of, DateTime},
    name::Scheme,
    reader::Kind,
    summary::{self, BatchSummary, Stamp, Unclassified},
    time::{self, DAY},
};
use interclear_primitives::Moment;

impl Run<'_, '_, '_> {
    /// Checks what can be said only after the last octet.
    pub(super) fn check_end(&mut self, kind: Kind, file_digest: Option<[u8; 32]>) {
        if self.control.is_none() {
            self.findings.batch(
                Code::BatchControlMissing,
                "batchControlInfo",
                "the group is missing",
            );
        }
        self.check_duplicate(file_digest);
        if kind == Kind::Notification {
            return;
        }
        let release = self.control.as_ref().and_then(|control| control.release);
        if let Some(release) = release.filter(|release| !(10..=12).contains(release)) {
            let message = format!("release {release} is not supported; 10, 11 and 12 are");
            let item = "batchControlInfo.releaseVersionNumber";
            self.findings.batch(Code::VersionUnsupported, item, message);
        }
        self.check_cut_off();
        self.check_taxes();
        if self.records == 0 {
            let message = "there are no records; a notification would be sent instead";
            self.findings.batch(Code::NoEvents, "callEventDetails", message);
        } else if self.accounting.is_none() {
            self.findings
                .batch(Code::AccountingMissing, "accountingInfo", "the group is missing");
        }
        self.check_audit();
    }

    /// Whether the cut-off, by which the month of the file is told, can be the one of these records.
    fn check_cut_off(&mut self) {
        let (Some(cut_off), Some((_, last))) = (self.cut_off, self.in_time) else {
            return;
        };
        if last > cut_off + DAY {
            let message = format!(
                "the last call is {} after the transfer cut-off",
                time::span(last - cut_off)
            );
            let item = "batchControlInfo.transferCutOffTimeStamp";
            self.findings.batch(Code::CallAfterCutOff, item, message);
        }
    }

    /// Adds up what each tax may be off by: of many records it is much.
    fn check_taxes(&mut self) {
        let decimals = self
            .accounting
            .as_ref()
            .and_then(|accounting| accounting.tap_decimals);
        let decimals = decimals.unwrap_or(0).min(6) as u32;
        // Half a hundredth of the currency; where amounts are no finer, one unit.
        let rounding = 5 * 10u128.pow(decimals.saturating_sub(3));
        let rounding = if decimals < 3 { 1 } else { rounding };
        for (row, sum) in self.tables.taxes.rows().iter().zip(&self.scratch.sums) {
            let allowed = u128::from(self.tables.tax_tolerance) + rounding * u128::from(sum.count);
            let expected = sum.parts / RATE_PARTS;
            if sum.stated.abs_diff(expected) > allowed {
                let message = format!(
                    "the {} taxes of code {} add up to {}, charges times rate to {}",
                    sum.count,
                    row.code,
                    self.in_words(sum.stated),
                    self.in_words(expected)
                );
                self.findings
                    .batch(Code::TaxSumDiffers, "accountingInfo.taxation", message);
            }
        }
    }

    /// An amount of the file, with its currency.
    pub(super) fn in_words(&self, units: u128) -> String {
        let accounting = self.accounting.as_ref();
        let decimals = accounting.and_then(|accounting| accounting.tap_decimals);
        let currency = accounting.and_then(|accounting| accounting.tap_currency.as_deref());
        summary::in_words(units, decimals, currency)
    }

    pub(super) fn check_duplicate(&mut self, file_digest: Option<[u8; 32]>) {
        let known = self.options.context.known_digest;
        let (Some(known), Some(digest)) = (known, self.anchored_digest(file_digest)) else {
            return;
        };
        let item = format!("{}.{}", self.group, self.sequence_field());
        if known == digest {
            self.findings.batch(
                Code::DuplicateFile,
                item,
                "the same file, already anchored: it counts once",
            );
        } else {
            let message = "the number was processed before with other content";
            self.findings.batch(Code::SequenceReused, item, message);
        }
    }

    /// A total that is not stated counts as zero.
    fn check_audit(&mut self) {
        let Some(audit) = &self.audit else {
            self.findings
                .batch(Code::AuditMissing, "auditControlInfo", "the group is missing");
            return;
        };
        let amounts = self.sums.amounts();
        for (code, field, stated, sum) in [
            (
                Code::TotalChargeDiffers,
                "totalCharge",
                audit.charge,
                amounts.charge,
            ),
            (Code::TotalTaxDiffers, "totalTaxValue", audit.tax, amounts.tax),
            (
                Code::TotalDiscountDiffers,
                "totalDiscountValue",
                audit.discount,
                amounts.discount,
            ),
            (
                Code::TotalRefundDiffers,
                "totalChargeRefund",
                audit.charge_refund,
                self.refunds.charge,
            ),
            (
                Code::TotalRefundDiffers,
                "totalTaxRefund",
                audit.tax_refund,
                self.refunds.tax,
            ),
            (
                Code::TotalRefundDiffers,
                "totalDiscountRefund",
                audit.discount_refund,
                self.refunds.discount,
            ),
            (
                Code::EventCountDiffers,
                "callEventDetailsCount",
                audit.events,
                self.records.into(),
            ),
        ] {
            let stated = u128::from(stated.unwrap_or(0));
            if stated != sum {
                let mut message = match code {
                    Code::EventCountDiffers => format!("{stated} records stated, {sum} in the file"),
                    _ => format!(
                        "{} stated, the records add up to {}",
                        self.in_words(stated),
                        self.in_words(sum)
                    ),
                };
                if self.aggregated.records > 0 && code != Code::EventCountDiffers {
                    message += &format!(" without aggregates ({})", self.aggregated.records);
                }
                self.findings
                    .batch(code, format!("auditControlInfo.{field}"), message);
            }
        }
        if let Some(service) = self.sums.overpaid() {
            let message = match amounts == Amounts::default() {
                true => {
                    "the file only pays back, and charges nothing: the chain takes no file below 0".into()
                }
                false => format!(
                    "more is paid back of {service} than is charged: the chain takes no total below 0"
                ),
            };
            let item = "auditControlInfo.totalChargeRefund";
            self.findings.batch(Code::RefundAboveCharge, item, message);
        }
        for (stated, found, field) in [
            (&audit.earliest, self.earliest, "earliestCallTimeStamp"),
            (&audit.latest, self.latest, "latestCallTimeStamp"),
        ] {
            let stated = stated.as_ref().and_then(DateTime::utc);
            if stated != found {
                let text = |moment: Option<i64>| moment.map_or("none".to_owned(), time::moment);
                let message = format!("{} stated, {} by the records", text(stated), text(found));
                self.findings.batch(
                    Code::CallSpanDiffers,
                    format!("auditControlInfo.{field}"),
                    message,
                );
            }
        }
    }

    /// The reduction, as far as the file says what is needed for it.
    pub(super) fn summary(&self, kind: Kind, file_digest: Option<[u8; 32]>) -> Option<BatchSummary> {
        if !kind.is_tap() || self.error.is_some() {
            return None;
        }
        let control = self.control.as_ref()?;
        let stamp = |time: &Option<DateTime>| time.as_ref().and_then(Stamp::new);
        let decimals = match &self.accounting {
            Some(accounting) => u8::try_from(accounting.tap_decimals?)
                .ok()
                .filter(|decimals| *decimals <= 6)?,
            None if self.records == 0 => 0,
            None => return None,
        };
        let currency = self.accounting.as_ref().and_then(|a| a.tap_currency.as_deref());
        let moment = |time: Option<i64>| time.and_then(|time| Moment::try_from(time).ok());
        let (services, unclassified) = self.sums.normalised(decimals);
        let factor = 10u128.pow(6 - u32::from(decimals));
        Some(BatchSummary {
            kind,
            sender: control.sender.as_ref()?.parse().ok()?,
            recipient: control.recipient.as_ref()?.parse().ok()?,
            sequence: Scheme::Tap.sequence(control.sequence.as_ref()?)?,
            test: control.is_test(),
            rap_sequence: control
                .rap_sequence
                .as_deref()
                .and_then(|text| Scheme::Returns.sequence(text)),
            created: stamp(&control.created),
            cut_off: stamp(&control.cut_off),
            available: stamp(&control.available)?,
            version: format!("{}.{:02}", control.version?, control.release?),
            currency: currency_of(currency)?,
            decimals,
            records: self.records,
            earliest_call: moment(self.in_time.map(|(first, _)| first)),
            latest_call: moment(self.in_time.map(|(_, last)| last)),
            charge: services.iter().map(|s| s.charge).sum::<u128>() + unclassified.charge,
            tax: services.iter().map(|s| s.tax).sum::<u128>() + unclassified.tax,
            discount: services.iter().map(|s| s.discount).sum::<u128>() + unclassified.discount,
            refund: self.refunds.charge.saturating_mul(factor),
            tax_refund: self.refunds.tax.saturating_mul(factor),
            services,
            unclassified,
            aggregated: Unclassified {
                records: self.aggregated.records,
                charge: self.aggregated.amounts.charge.saturating_mul(factor),
                tax: self.aggregated.amounts.tax.saturating_mul(factor),
                discount: 0,
            },
            file_digest: self.anchored_digest(file_digest),
            root: self.root,
        })
    }
}
