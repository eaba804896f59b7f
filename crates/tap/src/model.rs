//! Batch-level groups, as they stand in a file.
//!
//! Everything is optional and unchecked here: reading never refuses a field that decodes, validation does.

use crate::{
    ber::{DecodeError, Element, Encoder, Problem},
    tags::*,
    time,
};
use interclear_primitives::money::Currency;

/// The currency of a file's amounts by the code that it names: the SDR without one; `None` of what is no code.
pub(crate) fn currency_of(code: Option<&str>) -> Option<Currency> {
    code.map_or(Some(Currency::SDR), |code| code.parse().ok())
}

/// A local time stamp with its offset from UTC, both as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DateTime {
    /// `CCYYMMDDhhmmss`.
    pub local: String,
    /// `+hhmm` or `-hhmm`.
    pub offset: String,
}

impl DateTime {
    /// A moment, given in seconds since 1970 UTC, as a clock shows it that runs `offset` seconds ahead of UTC.
    pub fn from_utc(seconds: i64, offset: i32) -> Self {
        Self {
            local: time::local_text(seconds + i64::from(offset)),
            offset: time::offset_text(offset),
        }
    }

    /// Seconds since 1970 UTC; `None` when the time stamp or the offset is malformed.
    pub fn utc(&self) -> Option<i64> {
        let local = time::local_seconds(self.local.as_bytes())?;
        Some(local - i64::from(time::offset_seconds(self.offset.as_bytes())?))
    }
}

/// Batch control information: who sends what to whom. Also the whole contents of a notification.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BatchControl {
    /// TADIG code of the visited network.
    pub sender: Option<String>,
    /// TADIG code of the home network.
    pub recipient: Option<String>,
    /// Five digits.
    pub sequence: Option<String>,
    /// When the file was made.
    pub created: Option<DateTime>,
    /// Up to when events are in the file.
    pub cut_off: Option<DateTime>,
    /// When the file was offered to the recipient.
    pub available: Option<DateTime>,
    /// Version of the specification, 3.
    pub version: Option<u64>,
    /// Release of the version, 12 in TAP 3.12.
    pub release: Option<u64>,
    /// `T` in a test file.
    pub file_type: Option<String>,
    /// On resending: the RAP file that asked for it.
    pub rap_sequence: Option<String>,
}

/// A row of the tax table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Taxation {
    /// The code that records refer to.
    pub code: Option<u64>,
    /// Kind of tax, two digits.
    pub tax_type: Option<String>,
    /// Seven digits with five decimals: `1900000` is 19 %.
    pub rate: Option<String>,
    /// Type of the charge that the tax is on, two digits; without one, the tax is on the whole charge.
    pub charge_type: Option<String>,
}

/// A row of the discount table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Discounting {
    /// The code that records refer to.
    pub code: Option<u64>,
    /// Hundredths of a per cent.
    pub rate: Option<u64>,
    /// A fixed amount, in 10^-decimals of the TAP currency.
    pub fixed: Option<u64>,
}

/// A row of the exchange-rate table: local currency per unit of the TAP currency.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conversion {
    /// The code that records refer to.
    pub code: Option<u64>,
    /// Decimals of the rate.
    pub decimals: Option<u64>,
    /// The rate, in 10^-decimals.
    pub rate: Option<u64>,
}

/// Accounting information.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Accounting {
    /// The tax table.
    pub taxation: Vec<Taxation>,
    /// The discount table.
    pub discounting: Vec<Discounting>,
    /// ISO 4217 code of the sender's currency.
    pub local_currency: Option<String>,
    /// ISO 4217 code of the currency of all amounts; the SDR when absent.
    pub tap_currency: Option<String>,
    /// The exchange-rate table.
    pub conversions: Vec<Conversion>,
    /// Decimals of all amounts.
    pub tap_decimals: Option<u64>,
}

/// A row of the table of offsets from UTC.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UtcOffset {
    /// The code that records refer to.
    pub code: Option<u64>,
    /// `+hhmm` or `-hhmm`.
    pub offset: Option<String>,
}

/// A row of the table of recording entities.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecordingEntity {
    /// The code that records refer to.
    pub code: Option<u64>,
    /// Kind of entity: 1 MSC, 2 SMSC, 3 GGSN, 4 SGSN and so on.
    pub entity_type: Option<u64>,
    /// Its name or address.
    pub id: Option<String>,
}

/// Kinds of recording entities that have an address in place of a number.
const GGSN: u64 = 3;
const SGSN: u64 = 4;

/// Network information.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Network {
    /// The table of offsets from UTC.
    pub offsets: Vec<UtcOffset>,
    /// The table of recording entities.
    pub entities: Vec<RecordingEntity>,
}

/// Audit control information: what the sender says the records add up to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditControl {
    /// The earliest call.
    pub earliest: Option<DateTime>,
    /// The latest call.
    pub latest: Option<DateTime>,
    /// Sum of the charges of type 00.
    pub charge: Option<u64>,
    /// Sum of the refunded charges.
    pub charge_refund: Option<u64>,
    /// Sum of the taxes.
    pub tax: Option<u64>,
    /// Sum of the refunded taxes.
    pub tax_refund: Option<u64>,
    /// Sum of the discounts.
    pub discount: Option<u64>,
    /// Sum of the refunded discounts.
    pub discount_refund: Option<u64>,
    /// Number of records.
    pub events: Option<u64>,
}

/// Whether a file type indicator stands for a test. A small letter is not as it should be, but nothing is billed by it.
pub(crate) fn says_test(indicator: Option<&str>) -> bool {
    indicator.is_some_and(|text| text.eq_ignore_ascii_case("T"))
}

/// Reads a group and everything in it.
pub(crate) trait Group: Sized + Default {
    /// Takes over one field; fields that are not known are ignored, and so are those of another release: `old` is release 10.
    fn field(&mut self, field: &Element<'_>, old: bool) -> Result<(), Problem>;

    fn decode(group: &Element<'_>, old: bool) -> Result<Self, DecodeError> {
        let mut result = Self::default();
        let mut fields = group.elements();
        let mut seen = Once::default();
        loop {
            let offset = fields.position() as u64;
            let error = |problem| DecodeError {
                offset,
                path: vec![group.tag],
                problem,
            };
            match fields.next() {
                None => return Ok(result),
                Some(field) => field
                    .and_then(|field| {
                        seen.see(field.tag, is_of_usage(field.tag))?;
                        result.field(&field, old)
                    })
                    .map_err(error)?,
            }
        }
    }
}

pub(crate) fn each<'a>(
    list: &Element<'a>,
    mut row: impl FnMut(&Element<'a>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    list.elements().try_for_each(|element| row(&element?))
}

/// Items of a sequence that have been seen.
#[derive(Default)]
pub(crate) struct Once(Vec<u32>);

impl Once {
    /// An item comes, which may not have been there before. What is not `known` may be there as often as it likes.
    pub(crate) fn see(&mut self, tag: u32, known: bool) -> Result<(), Problem> {
        if !known {
            return Ok(());
        }
        if self.0.contains(&tag) {
            return Err(Problem::Repeated);
        }
        self.0.push(tag);
        Ok(())
    }
}

/// Whether a tag is one of usage files, or of RAP files, which have those of usage, too.
pub(crate) const fn is_of_usage(tag: u32) -> bool {
    is_known(tag) || rap::is_known(tag)
}

/// Takes over the items of a sequence, in which each stands once.
pub(crate) fn items<'a>(
    sequence: &Element<'a>,
    mut item: impl FnMut(&Element<'a>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut seen = Once::default();
    each(sequence, |element| {
        seen.see(element.tag, is_of_usage(element.tag))?;
        item(element)
    })
}

pub(crate) fn date_time(element: &Element<'_>) -> Result<Option<DateTime>, Problem> {
    let mut result = DateTime::default();
    items(element, |part| {
        match part.tag {
            LOCAL_TIME_STAMP => result.local = part.text(),
            UTC_TIME_OFFSET => result.offset = part.text(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(Some(result))
}

impl Group for BatchControl {
    fn field(&mut self, field: &Element<'_>, _: bool) -> Result<(), Problem> {
        match field.tag {
            SENDER => self.sender = Some(field.text()),
            RECIPIENT => self.recipient = Some(field.text()),
            FILE_SEQUENCE_NUMBER => self.sequence = Some(field.text()),
            FILE_CREATION_TIME_STAMP => self.created = date_time(field)?,
            TRANSFER_CUT_OFF_TIME_STAMP => self.cut_off = date_time(field)?,
            FILE_AVAILABLE_TIME_STAMP => self.available = date_time(field)?,
            SPECIFICATION_VERSION_NUMBER => self.version = field.unsigned(),
            RELEASE_VERSION_NUMBER => self.release = field.unsigned(),
            FILE_TYPE_INDICATOR => self.file_type = Some(field.text()),
            RAP_FILE_SEQUENCE_NUMBER => self.rap_sequence = Some(field.text()),
            _ => {}
        }
        Ok(())
    }
}

fn taxation(row: &Element<'_>) -> Result<Taxation, Problem> {
    let mut result = Taxation::default();
    items(row, |field| {
        match field.tag {
            TAX_CODE => result.code = field.unsigned(),
            TAX_TYPE => result.tax_type = Some(field.text()),
            TAX_RATE => result.rate = Some(field.text()),
            CHARGE_TYPE => result.charge_type = Some(field.text()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

fn discounting(row: &Element<'_>, old: bool) -> Result<Discounting, Problem> {
    let mut result = Discounting::default();
    items(row, |field| {
        match field.tag {
            DISCOUNT_CODE => result.code = field.unsigned(),
            // In release 10 the choice has no tag of its own.
            DISCOUNT_RATE if old => result.rate = field.unsigned(),
            DISCOUNT_VALUE if old => result.fixed = field.unsigned(),
            DISCOUNT_APPLIED if !old => items(field, |choice| {
                match choice.tag {
                    DISCOUNT_RATE => result.rate = choice.unsigned(),
                    FIXED_DISCOUNT_VALUE => result.fixed = choice.unsigned(),
                    _ => {}
                }
                Ok(())
            })?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

fn conversion(row: &Element<'_>) -> Result<Conversion, Problem> {
    let mut result = Conversion::default();
    items(row, |field| {
        match field.tag {
            EXCHANGE_RATE_CODE => result.code = field.unsigned(),
            NUMBER_OF_DECIMAL_PLACES => result.decimals = field.unsigned(),
            EXCHANGE_RATE => result.rate = field.unsigned(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

impl Group for Accounting {
    fn field(&mut self, field: &Element<'_>, old: bool) -> Result<(), Problem> {
        match field.tag {
            TAXATION_LIST => each(field, |row| {
                self.taxation.push(taxation(row)?);
                Ok(())
            })?,
            // Some senders turn list and row around; nothing else has either tag.
            DISCOUNTING_LIST | DISCOUNTING => each(field, |row| {
                self.discounting.push(discounting(row, old)?);
                Ok(())
            })?,
            CURRENCY_CONVERSION_LIST => each(field, |row| {
                self.conversions.push(conversion(row)?);
                Ok(())
            })?,
            LOCAL_CURRENCY => self.local_currency = Some(field.text()),
            TAP_CURRENCY => self.tap_currency = Some(field.text()),
            TAP_DECIMAL_PLACES => self.tap_decimals = field.unsigned(),
            _ => {}
        }
        Ok(())
    }
}

fn utc_offset(row: &Element<'_>) -> Result<UtcOffset, Problem> {
    let mut result = UtcOffset::default();
    items(row, |field| {
        match field.tag {
            UTC_TIME_OFFSET_CODE => result.code = field.unsigned(),
            UTC_TIME_OFFSET => result.offset = Some(field.text()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

fn recording_entity(row: &Element<'_>, old: bool) -> Result<RecordingEntity, Problem> {
    let mut result = RecordingEntity::default();
    items(row, |field| {
        match field.tag {
            REC_ENTITY_CODE => result.code = field.unsigned(),
            REC_ENTITY_TYPE => result.entity_type = field.unsigned(),
            // In release 10 each kind of entity has an item of its own.
            REC_ENTITY_ID if !old => result.id = Some(field.text()),
            MSC_ID | IP_TEXT_V4_ADDRESS | IP_TEXT_V6_ADDRESS if old => {
                result.id = Some(field.text());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

impl Group for Network {
    fn field(&mut self, field: &Element<'_>, old: bool) -> Result<(), Problem> {
        match field.tag {
            UTC_TIME_OFFSET_INFO_LIST => each(field, |row| {
                self.offsets.push(utc_offset(row)?);
                Ok(())
            }),
            REC_ENTITY_INFO_LIST => each(field, |row| {
                self.entities.push(recording_entity(row, old)?);
                Ok(())
            }),
            _ => Ok(()),
        }
    }
}

impl Group for AuditControl {
    fn field(&mut self, field: &Element<'_>, old: bool) -> Result<(), Problem> {
        match field.tag {
            EARLIEST_CALL_TIME_STAMP => self.earliest = date_time(field)?,
            LATEST_CALL_TIME_STAMP => self.latest = date_time(field)?,
            TOTAL_CHARGE if !old => self.charge = field.unsigned(),
            TOTAL_CHARGE_VALUE_LIST if old => each(field, |row| self.total_of_type(row))?,
            TOTAL_CHARGE_REFUND => self.charge_refund = field.unsigned(),
            TOTAL_TAX_VALUE => self.tax = field.unsigned(),
            TOTAL_TAX_REFUND => self.tax_refund = field.unsigned(),
            TOTAL_DISCOUNT_VALUE => self.discount = field.unsigned(),
            TOTAL_DISCOUNT_REFUND => self.discount_refund = field.unsigned(),
            CALL_EVENT_DETAILS_COUNT => self.events = field.unsigned(),
            _ => {}
        }
        Ok(())
    }
}

impl AuditControl {
    /// Release 10 states a total per type of charge; type 00 is that of the file.
    fn total_of_type(&mut self, row: &Element<'_>) -> Result<(), Problem> {
        let mut total = Self::default();
        let mut invoiceable = false;
        items(row, |field| {
            match field.tag {
                CHARGE_TYPE => invoiceable = field.contents == b"00",
                ABSOLUTE_AMOUNT => total.charge = field.unsigned(),
                TOTAL_CHARGE_REFUND => total.charge_refund = field.unsigned(),
                _ => {}
            }
            Ok(())
        })?;
        if invoiceable {
            self.charge = total.charge;
            self.charge_refund = total.charge_refund.or(self.charge_refund);
        }
        Ok(())
    }
}

pub(crate) fn text(e: &mut Encoder, tag: u32, value: &Option<String>) {
    if let Some(value) = value {
        e.text(tag, value);
    }
}

pub(crate) fn number(e: &mut Encoder, tag: u32, value: Option<u64>) {
    if let Some(value) = value {
        e.unsigned(tag, value);
    }
}

pub(crate) fn moment(e: &mut Encoder, tag: u32, value: &Option<DateTime>) {
    if let Some(value) = value {
        e.group(tag, |e| {
            e.text(LOCAL_TIME_STAMP, &value.local);
            e.text(UTC_TIME_OFFSET, &value.offset);
        });
    }
}

fn list<T>(e: &mut Encoder, tag: u32, row_tag: u32, rows: &[T], row: impl Fn(&mut Encoder, &T)) {
    if !rows.is_empty() {
        e.group(tag, |e| rows.iter().for_each(|r| e.group(row_tag, |e| row(e, r))));
    }
}

impl BatchControl {
    /// Whether the file says that it is a test.
    pub fn is_test(&self) -> bool {
        says_test(self.file_type.as_deref())
    }

    /// Whether the file is laid out as release 10 is.
    pub(crate) fn is_release_10(&self) -> bool {
        self.release == Some(10)
    }

    /// Writes the batch control information of a transfer batch.
    pub fn encode(&self, e: &mut Encoder) {
        e.group(BATCH_CONTROL_INFO, |e| {
            text(e, SENDER, &self.sender);
            text(e, RECIPIENT, &self.recipient);
            text(e, FILE_SEQUENCE_NUMBER, &self.sequence);
            moment(e, FILE_CREATION_TIME_STAMP, &self.created);
            moment(e, TRANSFER_CUT_OFF_TIME_STAMP, &self.cut_off);
            moment(e, FILE_AVAILABLE_TIME_STAMP, &self.available);
            number(e, SPECIFICATION_VERSION_NUMBER, self.version);
            number(e, RELEASE_VERSION_NUMBER, self.release);
            text(e, FILE_TYPE_INDICATOR, &self.file_type);
            text(e, RAP_FILE_SEQUENCE_NUMBER, &self.rap_sequence);
        });
    }

    /// Writes a notification, which has the same fields in another order.
    pub(crate) fn encode_notification(&self, e: &mut Encoder) {
        e.group(NOTIFICATION, |e| {
            text(e, SENDER, &self.sender);
            text(e, RECIPIENT, &self.recipient);
            text(e, FILE_SEQUENCE_NUMBER, &self.sequence);
            text(e, RAP_FILE_SEQUENCE_NUMBER, &self.rap_sequence);
            moment(e, FILE_CREATION_TIME_STAMP, &self.created);
            moment(e, FILE_AVAILABLE_TIME_STAMP, &self.available);
            moment(e, TRANSFER_CUT_OFF_TIME_STAMP, &self.cut_off);
            number(e, SPECIFICATION_VERSION_NUMBER, self.version);
            number(e, RELEASE_VERSION_NUMBER, self.release);
            text(e, FILE_TYPE_INDICATOR, &self.file_type);
        });
    }
}

impl Accounting {
    /// Writes the accounting information.
    pub fn encode(&self, e: &mut Encoder) {
        self.encode_for(e, false);
    }

    /// Writes the accounting information, where asked for as release 10 has it.
    pub(crate) fn encode_for(&self, e: &mut Encoder, release_10: bool) {
        e.group(ACCOUNTING_INFO, |e| {
            list(e, TAXATION_LIST, TAXATION, &self.taxation, |e, row| {
                number(e, TAX_CODE, row.code);
                text(e, TAX_TYPE, &row.tax_type);
                text(e, TAX_RATE, &row.rate);
                text(e, CHARGE_TYPE, &row.charge_type);
            });
            list(e, DISCOUNTING_LIST, DISCOUNTING, &self.discounting, |e, row| {
                number(e, DISCOUNT_CODE, row.code);
                if release_10 {
                    number(e, DISCOUNT_VALUE, row.fixed);
                    number(e, DISCOUNT_RATE, row.rate);
                    return;
                }
                e.group(DISCOUNT_APPLIED, |e| {
                    number(e, FIXED_DISCOUNT_VALUE, row.fixed);
                    number(e, DISCOUNT_RATE, row.rate);
                });
            });
            text(e, LOCAL_CURRENCY, &self.local_currency);
            text(e, TAP_CURRENCY, &self.tap_currency);
            list(
                e,
                CURRENCY_CONVERSION_LIST,
                CURRENCY_CONVERSION,
                &self.conversions,
                |e, row| {
                    number(e, EXCHANGE_RATE_CODE, row.code);
                    number(e, NUMBER_OF_DECIMAL_PLACES, row.decimals);
                    number(e, EXCHANGE_RATE, row.rate);
                },
            );
            number(e, TAP_DECIMAL_PLACES, self.tap_decimals);
        });
    }
}

impl Network {
    /// Writes the network information.
    pub fn encode(&self, e: &mut Encoder) {
        self.encode_for(e, false);
    }

    /// Writes the network information, where asked for as release 10 has it.
    pub(crate) fn encode_for(&self, e: &mut Encoder, release_10: bool) {
        e.group(NETWORK_INFO, |e| {
            list(
                e,
                UTC_TIME_OFFSET_INFO_LIST,
                UTC_TIME_OFFSET_INFORMATION,
                &self.offsets,
                |e, row| {
                    number(e, UTC_TIME_OFFSET_CODE, row.code);
                    text(e, UTC_TIME_OFFSET, &row.offset);
                },
            );
            list(
                e,
                REC_ENTITY_INFO_LIST,
                REC_ENTITY_INFORMATION,
                &self.entities,
                |e, row| {
                    number(e, REC_ENTITY_CODE, row.code);
                    number(e, REC_ENTITY_TYPE, row.entity_type);
                    let item = match (release_10, row.entity_type) {
                        (false, _) => REC_ENTITY_ID,
                        (true, Some(GGSN | SGSN)) => IP_TEXT_V4_ADDRESS,
                        (true, _) => MSC_ID,
                    };
                    text(e, item, &row.id);
                },
            );
        });
    }
}

impl AuditControl {
    /// Writes the audit control information.
    pub fn encode(&self, e: &mut Encoder) {
        self.encode_for(e, false);
    }

    /// Writes the audit control information, where asked for as release 10 has it: with a total per type of charge.
    pub(crate) fn encode_for(&self, e: &mut Encoder, release_10: bool) {
        e.group(AUDIT_CONTROL_INFO, |e| {
            moment(e, EARLIEST_CALL_TIME_STAMP, &self.earliest);
            moment(e, LATEST_CALL_TIME_STAMP, &self.latest);
            if release_10 {
                e.group(TOTAL_CHARGE_VALUE_LIST, |e| {
                    e.group(TOTAL_CHARGE_VALUE, |e| {
                        e.text(CHARGE_TYPE, "00");
                        number(e, ABSOLUTE_AMOUNT, self.charge);
                        number(e, TOTAL_CHARGE_REFUND, self.charge_refund);
                    });
                });
            } else {
                number(e, TOTAL_CHARGE, self.charge);
                number(e, TOTAL_CHARGE_REFUND, self.charge_refund);
            }
            number(e, TOTAL_TAX_REFUND, self.tax_refund);
            number(e, TOTAL_TAX_VALUE, self.tax);
            number(e, TOTAL_DISCOUNT_VALUE, self.discount);
            number(e, TOTAL_DISCOUNT_REFUND, self.discount_refund);
            number(e, CALL_EVENT_DETAILS_COUNT, self.events);
        });
    }
}
