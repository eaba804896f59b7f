//! What a file comes down to.

use crate::{
    events::{Amounts, Event},
    model::DateTime,
    reader::Kind,
};
use interclear_primitives::{
    batch::{Anchor, ServiceTotal},
    money::{Currency, Value},
    series::{BatchKey, SeriesKey, Stream},
    service::{Service, Unit},
    tadig::Tadig,
    Digest, Moment,
};
use serde::{Serialize, Serializer};

/// Octets of a megabyte, as roaming agreements count it.
pub const OCTETS_PER_MEGABYTE: u128 = 1 << 20;
/// Parts of a unit of quantity and of a currency.
const MICRO: u128 = 1_000_000;
const SERVICES: usize = Service::ALL.len();

/// Sums over records of one service, in the units of the records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Sum {
    records: u64,
    seconds: u128,
    octets: u128,
    amounts: Amounts,
    refunds: Amounts,
}

/// Sums over records, per service.
///
/// Quantities are added up in the units of the records (seconds, octets, messages, events) and converted once per file
/// and service, to 10^-6 of a minute, megabyte (1,048,576 octets), message or event, half to even: a file is off by at
/// most half of a millionth, whatever the number of its records. Amounts are converted without rounding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    services: [Sum; SERVICES],
    unclassified: Sum,
}

impl Sums {
    /// With the quantities of the record as they were measured.
    #[inline]
    pub(crate) fn add(&mut self, service: Option<Service>, event: &Event<'_>) {
        self.add_quantities(service, event, (event.duration.into(), event.volume()));
    }

    /// With the quantities (seconds, octets) of the record as they are charged.
    #[inline]
    pub(crate) fn add_quantities(
        &mut self,
        service: Option<Service>,
        event: &Event<'_>,
        (seconds, octets): (u128, u128),
    ) {
        let sum = match service {
            Some(service) => &mut self.services[service as usize],
            None => &mut self.unclassified,
        };
        sum.records += 1;
        sum.seconds += seconds;
        sum.octets += octets;
        sum.amounts += event.amounts;
        // Only content is paid back, and seldom.
        if event.refunds != Amounts::default() {
            sum.refunds += event.refunds;
        }
    }

    /// Records of all services.
    pub fn records(&self) -> u64 {
        self.services
            .iter()
            .chain([&self.unclassified])
            .map(|sum| sum.records)
            .sum()
    }

    /// Amounts of all services, in 10^-decimals of the currency.
    pub fn amounts(&self) -> Amounts {
        let mut total = self.unclassified.amounts;
        self.services.iter().for_each(|sum| total += sum.amounts);
        total
    }

    /// The first service of which more is paid back than is charged for it.
    pub(crate) fn overpaid(&self) -> Option<Service> {
        let mut services = Service::ALL.iter().zip(&self.services);
        let (service, _) = services
            .find(|(_, sum)| sum.refunds.charge > sum.amounts.charge || sum.refunds.tax > sum.amounts.tax)?;
        Some(*service)
    }

    /// Totals per service with at least one record, by rising service, and those of records without a service.
    /// `decimals` (0 to 6) is that of the file.
    pub fn normalised(&self, decimals: u8) -> (Vec<ServiceSummary>, Unclassified) {
        let factor = 10u128.pow(6 - u32::from(decimals.min(6)));
        let services = Service::ALL
            .iter()
            .zip(&self.services)
            .filter(|(_, sum)| sum.records > 0);
        let services = services.map(|(service, sum)| ServiceSummary {
            service: *service,
            records: sum.records,
            quantity: quantity(service.unit(), sum),
            charge: sum.amounts.charge.saturating_mul(factor),
            tax: sum.amounts.tax.saturating_mul(factor),
            discount: sum.amounts.discount.saturating_mul(factor),
            refund: sum.refunds.charge.saturating_mul(factor),
            tax_refund: sum.refunds.tax.saturating_mul(factor),
        });
        let rest = self.unclassified;
        let unclassified = Unclassified {
            records: rest.records,
            charge: rest.amounts.charge.saturating_mul(factor),
            tax: rest.amounts.tax.saturating_mul(factor),
            discount: rest.amounts.discount.saturating_mul(factor),
        };
        (services.collect(), unclassified)
    }
}

fn quantity(unit: Unit, sum: &Sum) -> u128 {
    match unit {
        Unit::Minute => half_to_even(sum.seconds.saturating_mul(MICRO), 60),
        Unit::Megabyte => half_to_even(sum.octets.saturating_mul(MICRO), OCTETS_PER_MEGABYTE),
        Unit::Message | Unit::Event | Unit::ImsiMonth => u128::from(sum.records) * MICRO,
    }
}

/// The quotient, rounded half to even.
fn half_to_even(number: u128, divisor: u128) -> u128 {
    let (quotient, twice) = (number / divisor, number % divisor * 2);
    let up = twice > divisor || (twice == divisor && quotient % 2 == 1);
    quotient + u128::from(up)
}

/// Totals of one service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ServiceSummary {
    /// What was used.
    pub service: Service,
    /// Number of records.
    pub records: u64,
    /// In 10^-6 of the unit of the service.
    pub quantity: u128,
    /// After discount and before tax, in 10^-6 of the currency.
    pub charge: u128,
    /// In 10^-6 of the currency.
    pub tax: u128,
    /// Already taken off the charge, in 10^-6 of the currency.
    pub discount: u128,
    /// Charges paid back, not taken off the charge, in 10^-6 of the currency.
    pub refund: u128,
    /// Taxes paid back, not taken off the tax, in 10^-6 of the currency.
    pub tax_refund: u128,
}

impl ServiceSummary {
    /// The totals as they are anchored, or returned: charge and tax less what is paid back.
    ///
    /// # Errors
    /// [`NotAnchorable::TooLarge`]; [`NotAnchorable::Refunds`] where more is paid back than charged.
    pub fn total(&self) -> Result<ServiceTotal, NotAnchorable> {
        Ok(ServiceTotal {
            service: self.service,
            records: fits_records(self.records)?,
            quantity: self.quantity,
            charge: fits(
                self.charge
                    .checked_sub(self.refund)
                    .ok_or(NotAnchorable::Refunds)?,
            )?,
            tax: fits(
                self.tax
                    .checked_sub(self.tax_refund)
                    .ok_or(NotAnchorable::Refunds)?,
            )?,
        })
    }
}

pub(crate) fn fits_records(records: u64) -> Result<u32, NotAnchorable> {
    u32::try_from(records).map_err(|_| NotAnchorable::TooLarge)
}

fn fits(amount: u128) -> Result<Value, NotAnchorable> {
    Value::from_unsigned(amount).map_err(|_| NotAnchorable::TooLarge)
}

/// Totals of records that belong to no service, in 10^-6 of the currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Unclassified {
    /// Number of records.
    pub records: u64,
    /// After discount and before tax.
    pub charge: u128,
    /// Tax on these charges.
    pub tax: u128,
    /// Already taken off the charge.
    pub discount: u128,
}

/// A moment of the header, in UTC and as the sender's clock showed it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Stamp {
    /// Seconds since 1970 UTC.
    pub utc: Moment,
    /// `CCYYMMDDhhmmss+hhmm`.
    pub local: String,
}

impl Stamp {
    pub(crate) fn new(time: &DateTime) -> Option<Self> {
        Some(Self {
            utc: Moment::try_from(time.utc()?).ok()?,
            local: format!("{}{}", time.local, time.offset),
        })
    }
}

/// The reduction of a file: what is anchored, and a little more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BatchSummary {
    /// Transfer batch or notification.
    pub kind: Kind,
    /// Visited network, the creditor.
    pub sender: Tadig,
    /// Home network, the debtor.
    pub recipient: Tadig,
    /// 1 to 99,999.
    pub sequence: u32,
    /// Whether the file is a test.
    pub test: bool,
    /// On resending: the RAP file that asked for it.
    pub rap_sequence: Option<u32>,
    /// When the file was made.
    pub created: Option<Stamp>,
    /// Up to when events are in the file.
    pub cut_off: Option<Stamp>,
    /// When the file was made available.
    pub available: Stamp,
    /// Version and release, such as `3.12`.
    pub version: String,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Decimals of the amounts in the file; 0 for a notification.
    pub decimals: u8,
    /// Number of records.
    pub records: u64,
    /// First call, in UTC.
    pub earliest_call: Option<Moment>,
    /// Last call, in UTC.
    pub latest_call: Option<Moment>,
    /// What the records add up to, after discount and before tax, in 10^-6 of the currency.
    pub charge: u128,
    /// Tax, in 10^-6 of the currency.
    pub tax: u128,
    /// Discount, in 10^-6 of the currency.
    pub discount: u128,
    /// Charges paid back, in 10^-6 of the currency: what is billed is the charge less the refund.
    pub refund: u128,
    /// Taxes paid back, in 10^-6 of the currency.
    pub tax_refund: u128,
    /// Totals per service, by rising service.
    pub services: Vec<ServiceSummary>,
    /// Totals of records that belong to no service.
    pub unclassified: Unclassified,
    /// Aggregates, which no public module describes: what they state is in no other total, and is not billed.
    pub aggregated: Unclassified,
    /// Blake2b-256 of the file, when asked for; with a secret, salted with it, as it is anchored.
    #[serde(serialize_with = "hex")]
    pub file_digest: Option<Digest>,
    /// Root of the salted Merkle tree over the records, when a secret was given; zero without records.
    #[serde(serialize_with = "hex")]
    pub root: Option<Digest>,
}

pub(crate) fn hex<S: Serializer>(digest: &Option<Digest>, serializer: S) -> Result<S::Ok, S::Error> {
    match digest {
        Some(digest) => serializer.collect_str(&HexText(digest)),
        None => serializer.serialize_none(),
    }
}

/// Writes octets as hexadecimal digits.
pub(crate) struct HexText<'a>(pub(crate) &'a [u8]);

impl std::fmt::Display for HexText<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

fn belong(records: &u64) -> String {
    match records {
        1 => "1 record belongs".into(),
        many => format!("{many} records belong"),
    }
}

/// Why a file cannot be anchored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAnchorable {
    /// Some records belong to no service, or are aggregates.
    #[error(
        "{} to no service that can be anchored: give each a call type or service that says which it is, or take it out and bill it \
         outside of the chain; `tap inspect` shows what they come to",
        belong(.records)
    )]
    Unclassified {
        /// How many.
        records: u64,
    },
    /// The file was not hashed.
    #[error("the digest of the file was not computed")]
    NotHashed,
    /// No secret was given.
    #[error("the Merkle root was not computed")]
    NoRoot,
    /// More is paid back of a service than is charged for it.
    #[error(
        "more is paid back of a service than is charged for it, and nothing on the chain is below 0: put the refunds into a file \
         that charges as much for the service, or pay them back outside of the chain"
    )]
    Refunds,
    /// No record has a time, which the chain asks for.
    #[error(
        "none of its records says when it was, and the chain takes no file without a first and a last call: state the charging \
         time stamps of supplementary services, and of content when it was ordered or delivered"
    )]
    Untimed,
    /// A total or the number of records is too large.
    #[error("a total does not fit")]
    TooLarge,
}

impl BatchSummary {
    /// Amounts, in 10^-6 of the currency, as a decimal number with the decimals of the file.
    pub fn decimal(&self, amount: u128) -> String {
        decimal(
            amount / 10u128.pow(6 - u32::from(self.decimals.min(6))),
            self.decimals,
        )
    }

    /// The anchor of the file. Without a cut-off time, the time at which the file was made available counts.
    ///
    /// # Errors
    /// When the file was validated without digest or secret, or holds what no anchor can.
    pub fn anchor(&self) -> Result<Anchor, NotAnchorable> {
        let records = self.unclassified.records + self.aggregated.records;
        if records > 0 {
            return Err(NotAnchorable::Unclassified { records });
        }
        if self.records > 0 && self.earliest_call.is_none() {
            return Err(NotAnchorable::Untimed);
        }
        let totals = self
            .services
            .iter()
            .map(ServiceSummary::total)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Anchor {
            key: BatchKey {
                series: SeriesKey {
                    sender: self.sender,
                    recipient: self.recipient,
                    stream: Stream::Tap,
                    test: self.test,
                },
                sequence: self.sequence,
            },
            file_digest: self.file_digest.ok_or(NotAnchorable::NotHashed)?,
            root: self.root.ok_or(NotAnchorable::NoRoot)?,
            currency: self.currency,
            decimals: self.decimals,
            records: fits_records(self.records)?,
            totals: totals.try_into().map_err(|_| NotAnchorable::TooLarge)?,
            discount: fits(self.discount)?,
            earliest_call: self.earliest_call,
            latest_call: self.latest_call,
            cut_off: self.cut_off.as_ref().unwrap_or(&self.available).utc,
            available: self.available.utc,
            resent_for: self.rap_sequence,
        })
    }
}

/// An amount in words, with its currency; the SDR where none is stated. Without sound decimals it is in units of the file.
pub(crate) fn in_words(units: u128, decimals: Option<u64>, currency: Option<&str>) -> String {
    let currency = currency.unwrap_or("XDR");
    let decimals = decimals.and_then(|decimals| u8::try_from(decimals).ok());
    match decimals.filter(|decimals| *decimals <= 6) {
        Some(decimals) => format!("{} {currency}", decimal(units, decimals)),
        None => format!("{units} units of {currency}"),
    }
}

/// An integer of 10^-decimals as a decimal number.
pub(crate) fn decimal(amount: u128, decimals: u8) -> String {
    let digits = usize::from(decimals);
    let text = format!("{amount:0width$}", width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    if fraction.is_empty() {
        whole.into()
    } else {
        format!("{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantity_should_be_rounded_once_half_to_even_when_converted() {
        let sum = |seconds, octets| Sum {
            records: 3,
            seconds,
            octets,
            ..Sum::default()
        };
        assert_eq!(quantity(Unit::Minute, &sum(60, 0)), 1_000_000);
        assert_eq!(quantity(Unit::Minute, &sum(1, 0)), 16_667);
        assert_eq!(quantity(Unit::Minute, &sum(100, 0)), 1_666_667);
        assert_eq!(quantity(Unit::Megabyte, &sum(0, 1 << 20)), 1_000_000);
        assert_eq!(
            quantity(Unit::Megabyte, &sum(0, 1 << 13)),
            7_812,
            "7812.5 goes to the even neighbour"
        );
        assert_eq!(
            quantity(Unit::Megabyte, &sum(0, 3 << 13)),
            23_438,
            "23437.5 goes to the even neighbour"
        );
        assert_eq!(quantity(Unit::Message, &sum(0, 0)), 3_000_000);
    }

    #[test]
    fn decimals_should_be_written_in_full_when_they_are_zeros() {
        assert_eq!(decimal(71_200, 3), "71.200");
        assert_eq!(decimal(5, 3), "0.005");
        assert_eq!(decimal(7, 0), "7");
        assert_eq!(decimal(0, 2), "0.00");
        assert_eq!(in_words(71_200, Some(3), None), "71.200 XDR");
        assert_eq!(in_words(71_200, None, Some("EUR")), "71200 units of EUR");
        assert_eq!(in_words(71_200, Some(300), Some("EUR")), "71200 units of EUR");
    }
}
