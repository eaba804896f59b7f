//! Usage records, reduced to what is billed and checked.

mod items;
mod places;
mod tables;
mod walk;

pub use items::Items;
pub(crate) use tables::TaxSum;
pub use tables::{CodeTables, DiscountRow, Row, Table, TaxRow};
pub(crate) use walk::{Scratch, DISCOUNT_PARTS, RATE_PARTS};

use crate::{
    ber::{self, DecodeError, Header},
    digits,
    finding::Code,
    tags::*,
};

/// The kind of a usage record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum EventKind {
    /// Call or message sent by the roamer.
    MobileOriginated,
    /// Call or message received by the roamer.
    MobileTerminated,
    /// Use of a supplementary service.
    SupplementaryService,
    /// Use of a service centre.
    ServiceCentre,
    /// Use of a value-added service, of release 10 and before.
    ValueAdded,
    /// Packet data.
    Gprs,
    /// Purchase of content.
    Content,
    /// Location service.
    Location,
    /// Message over IP.
    Messaging,
    /// Session over IP.
    MobileSession,
    /// Aggregate over many events.
    Aggregated,
    /// A tag that is not known, which may be one of a later release.
    Unknown(u32),
}

impl EventKind {
    /// The kind behind an application tag.
    pub const fn from_tag(tag: u32) -> Self {
        match tag {
            MOBILE_ORIGINATED_CALL => Self::MobileOriginated,
            MOBILE_TERMINATED_CALL => Self::MobileTerminated,
            SUPPL_SERVICE_EVENT => Self::SupplementaryService,
            SERVICE_CENTRE_USAGE => Self::ServiceCentre,
            VALUE_ADDED_SERVICE => Self::ValueAdded,
            GPRS_CALL => Self::Gprs,
            CONTENT_TRANSACTION => Self::Content,
            LOCATION_SERVICE => Self::Location,
            MESSAGING_EVENT => Self::Messaging,
            MOBILE_SESSION => Self::MobileSession,
            AGGREGATED_USAGE_RECORD => Self::Aggregated,
            other => Self::Unknown(other),
        }
    }

    /// The field's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MobileOriginated => "mobileOriginatedCall",
            Self::MobileTerminated => "mobileTerminatedCall",
            Self::SupplementaryService => "supplServiceEvent",
            Self::ServiceCentre => "serviceCentreUsage",
            Self::ValueAdded => "valueAddedService",
            Self::Gprs => "gprsCall",
            Self::Content => "contentTransaction",
            Self::Location => "locationService",
            Self::Messaging => "messagingEvent",
            Self::MobileSession => "mobileSession",
            Self::Aggregated => "aggregatedUsageRecord",
            Self::Unknown(_) => "unknown event",
        }
    }
}

/// What records add up, in 10^-decimals of the TAP currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    /// Sum of the charges of type 00 and of CAMEL invocation fees.
    pub charge: u128,
    /// Sum of the taxes.
    pub tax: u128,
    /// Sum of the discounts.
    pub discount: u128,
}

impl std::ops::AddAssign for Amounts {
    fn add_assign(&mut self, other: Self) {
        // Sums of 64-bit numbers: 2^64 of them fit.
        self.charge += other.charge;
        self.tax += other.tax;
        self.discount += other.discount;
    }
}

/// A number called or calling, as it stands in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number<'a> {
    /// Two digits an octet.
    Bcd(&'a [u8]),
    /// Text, which may have a leading `+`.
    Text(&'a [u8]),
}

impl<'a> Number<'a> {
    /// The digits; other characters of a text are left out.
    pub fn digits(self) -> String {
        match self {
            Self::Bcd(octets) => bcd_digits(octets),
            Self::Text(text) => text
                .iter()
                .filter(|c| c.is_ascii_digit())
                .map(|c| char::from(*c))
                .collect(),
        }
    }

    /// The octets as they stand in the file.
    pub const fn octets(self) -> &'a [u8] {
        match self {
            Self::Bcd(octets) | Self::Text(octets) => octets,
        }
    }

    /// How many digits it has; `None` where something else stands among them.
    pub(crate) fn length(self) -> Option<u32> {
        match self {
            Self::Bcd(octets) => bcd_length(octets),
            Self::Text([b'+', digits @ ..] | digits) => {
                let all = digits.iter().all(u8::is_ascii_digit);
                u32::try_from(digits.len()).ok().filter(|_| all)
            }
        }
    }

    /// The first (at most nine) decimal digits, as a number with their count.
    #[inline]
    pub(crate) fn leading_digits(self) -> (u32, u32) {
        match self {
            Self::Bcd(octets) => {
                first_nine(octets.iter().take(5).flat_map(|octet| [octet >> 4, octet & 0xf]))
            }
            Self::Text([b'+', digits @ ..] | digits) => {
                first_nine(digits.iter().map(|c| c.wrapping_sub(b'0')))
            }
        }
    }
}

/// Whether octets are an IMSI: country, network and subscriber (ITU-T E.212).
#[inline]
pub(crate) fn is_imsi(octets: &[u8]) -> bool {
    bcd_length(octets).is_some_and(|length| (6..=15).contains(&length))
}

/// How many digits a BCD number has before its filler; `None` where anything else is among or behind them.
#[inline]
pub(crate) fn bcd_length(octets: &[u8]) -> Option<u32> {
    if octets.len() <= digits::WORD / 2 {
        return digits::length(digits::word(octets));
    }
    bcd_length_of_any(octets)
}

#[cold]
fn bcd_length_of_any(octets: &[u8]) -> Option<u32> {
    let (mut count, mut filled) = (0, false);
    for octet in octets {
        match BCD_DIGITS[usize::from(*octet)] {
            2 if !filled => count += 2,
            1 if !filled => {
                count += 1;
                filled = true;
            }
            0 => filled = true,
            _ => return None,
        }
    }
    Some(count)
}

/// How many digits an octet has, from which on it is filled up; 3 where it has anything else.
const BCD_DIGITS: [u8; 256] = {
    let mut digits = [3; 256];
    let mut octet = 0;
    while octet < digits.len() {
        digits[octet] = match (octet >> 4, octet & 0xf) {
            (0..=9, 0..=9) => 2,
            (0..=9, 0xf) => 1,
            (0xf, 0xf) => 0,
            _ => 3,
        };
        octet += 1;
    }
    digits
};

/// Up to nine digits, which end with the first that is none.
#[inline]
fn first_nine(digits: impl Iterator<Item = u8>) -> (u32, u32) {
    let (mut number, mut count) = (0u32, 0);
    for digit in digits.take(9) {
        if digit > 9 {
            break;
        }
        number = number * 10 + u32::from(digit);
        count += 1;
    }
    (number, count)
}

/// One record, borrowed from the octets of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event<'a> {
    /// What was used, as its tag says: a call, a session, content.
    pub kind: EventKind,
    /// IMSI of the roamer, in BCD.
    pub imsi: Option<&'a [u8]>,
    /// MSISDN of the roamer, in BCD.
    pub msisdn: Option<&'a [u8]>,
    /// IMEI of the roamer's device, in BCD; of other devices their ESN.
    pub imei: Option<&'a [u8]>,
    /// Number called or written to, international without prefix.
    pub called: Option<Number<'a>>,
    /// Number that called or wrote.
    pub calling: Option<Number<'a>>,
    /// Who is charged, where a record names a party by another identifier than its IMSI.
    pub party: Option<&'a [u8]>,
    /// The visited network's own reference of the event: of a call, session or message, transaction or aggregate.
    pub reference: Option<&'a [u8]>,
    /// Which part of a whole the record is: partial type of packet data, number of a message.
    pub part: Option<&'a [u8]>,
    /// What was used where nothing else tells: code and action of a supplementary service, code and type of content.
    pub marks: [&'a [u8]; 2],
    /// Whether something is paid back.
    pub refunded: bool,
    /// Start, `CCYYMMDDhhmmss`, by the clock of the visited network; of an aggregate its first day, `CCYYMMDD`.
    pub start: Option<&'a [u8]>,
    /// Code of the clock's offset from UTC.
    pub offset_code: Option<u64>,
    /// Length in seconds.
    pub duration: u64,
    /// Octets received by the roamer's device.
    pub volume_in: u128,
    /// Octets sent by the roamer's device.
    pub volume_out: u128,
    /// Teleservice of the first basic service, two digits.
    pub tele_service: Option<&'a [u8]>,
    /// Bearer service of the first basic service, two digits.
    pub bearer_service: Option<&'a [u8]>,
    /// Service of a session over IP.
    pub session_service: Option<u64>,
    /// Whether packet data is signalling of the IP multimedia subsystem.
    pub ims_signalling: bool,
    /// What the first charge counts (`D` duration, `E` events, `X` all octets and so on), or an aggregate's unit.
    pub charged_item: Option<&'a [u8]>,
    /// Units of the first charge of type 00 as they are to be charged, where stated: seconds, octets or events.
    pub chargeable_units: Option<u64>,
    /// Charges that the record adds up.
    pub charges: u32,
    /// Charging id of the packet-data context.
    pub charging_id: Option<u64>,
    /// Call type of the first charge: national, international and so on.
    pub level_1: Option<u64>,
    /// Call type of the first charge: kind of destination.
    pub level_2: Option<u64>,
    /// Call type of the first charge: by agreement.
    pub level_3: Option<u64>,
    /// What is charged.
    pub amounts: Amounts,
    /// What is paid back.
    pub refunds: Amounts,
    /// What is wrong with the record, as far as it shows while reading.
    pub faults: Faults,
}

/// The tables that records refer to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CodeKind {
    Tax,
    Discount,
    ExchangeRate,
    Offset,
    Entity,
}

impl CodeKind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Tax,
        Self::Discount,
        Self::ExchangeRate,
        Self::Offset,
        Self::Entity,
    ];

    /// The field that refers to the table.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Tax => "taxCode",
            Self::Discount => "discountCode",
            Self::ExchangeRate => "exchangeRateCode",
            Self::Offset => "utcTimeOffsetCode",
            Self::Entity => "recEntityCode",
        }
    }

    /// The table itself.
    pub(crate) const fn rows(self) -> &'static str {
        match self {
            Self::Tax => "taxation",
            Self::Discount => "discounting",
            Self::ExchangeRate => "currencyConversionInfo",
            Self::Offset => "utcTimeOffsetInfo",
            Self::Entity => "recEntityInfo",
        }
    }

    /// The rule that a code breaks which is in no row.
    const fn unknown(self) -> Code {
        match self {
            Self::Tax => Code::UnknownTaxCode,
            Self::Discount => Code::UnknownDiscountCode,
            Self::ExchangeRate => Code::UnknownExchangeRateCode,
            Self::Offset => Code::UnknownUtcOffsetCode,
            Self::Entity => Code::UnknownRecordingEntityCode,
        }
    }
}

/// A code of a record that is in no table, or whose row is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeFault {
    /// As the record states it.
    pub code: u64,
    /// The rule that is broken.
    pub rule: Code,
}

/// A tax that is not charge times rate, or a discount that is not what its row says, in 10^-decimals of the TAP currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShareFault {
    /// What the record says.
    pub stated: u128,
    /// What it would be, rounded down.
    pub expected: u128,
}

/// Faults that show while a record is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// Whether there is any.
    pub any: bool,
    /// An amount, volume or duration is negative or too large.
    pub amount: bool,
    /// The first tax that is not charge times rate.
    pub tax: Option<ShareFault>,
    /// The first discount that is not what its row of the table says.
    pub discount: Option<ShareFault>,
    /// There is a charge without the code of its exchange rate.
    pub rate_missing: bool,
    /// There is a tax whose row has no rate, by which it could be checked.
    pub tax_unrated: bool,
    /// Items that the record needs and does not have.
    pub missing: Items,
    /// Items of which there are several where one belongs.
    pub repeated: Items,
    /// Items that are not what they should be.
    pub malformed: Items,
    /// The first code that is wrong, by table.
    codes: [Option<CodeFault>; CodeKind::ALL.len()],
}

impl Faults {
    pub(crate) const fn code(&self, table: CodeKind) -> Option<CodeFault> {
        self.codes[table as usize]
    }
}

impl<'a> Event<'a> {
    pub(crate) const fn new(kind: EventKind) -> Self {
        const NOTHING: Amounts = Amounts {
            charge: 0,
            tax: 0,
            discount: 0,
        };
        Self {
            kind,
            imsi: None,
            msisdn: None,
            imei: None,
            called: None,
            calling: None,
            party: None,
            reference: None,
            part: None,
            marks: [&[]; 2],
            refunded: false,
            start: None,
            offset_code: None,
            duration: 0,
            volume_in: 0,
            volume_out: 0,
            tele_service: None,
            bearer_service: None,
            session_service: None,
            ims_signalling: false,
            charged_item: None,
            chargeable_units: None,
            charges: 0,
            charging_id: None,
            level_1: None,
            level_2: None,
            level_3: None,
            amounts: NOTHING,
            refunds: NOTHING,
            faults: Faults {
                any: false,
                amount: false,
                tax: None,
                discount: None,
                rate_missing: false,
                tax_unrated: false,
                missing: Items::NONE,
                repeated: Items::NONE,
                malformed: Items::NONE,
                codes: [None; CodeKind::ALL.len()],
            },
        }
    }

    /// Reads a record from its octets, header included, in one pass and without allocating. Elements count only where they
    /// belong: what stands in an element that is not known counts for nothing.
    ///
    /// # Errors
    /// The first malformed element; its offset is counted from the start of `octets`.
    pub fn read(octets: &'a [u8], header: &Header, tables: &CodeTables) -> Result<Self, DecodeError> {
        let mut event = Self::new(EventKind::from_tag(header.tag.number()));
        event.fill(octets, header, tables, &mut Scratch::default())?;
        Ok(event)
    }

    /// Reads into a record that is new, which is not small and would otherwise be copied, and adds its taxes up by the row
    /// of the tax table.
    #[inline]
    pub(crate) fn fill(
        &mut self,
        octets: &'a [u8],
        header: &Header,
        tables: &CodeTables,
        scratch: &mut Scratch,
    ) -> Result<(), DecodeError> {
        if self.kind == EventKind::ValueAdded && !tables.release_10 {
            self.kind = EventKind::Unknown(VALUE_ADDED_SERVICE);
        }
        let mut walker = walk::Walker::new(self, tables, scratch);
        ber::walk(octets, header, &mut walker)?;
        walker.finish();
        Ok(())
    }

    /// What alone tells some records of the same time apart: which supplementary service or content was used, and whether it is
    /// paid back. `None` for records of other kinds, which have no such thing.
    pub(crate) const fn told_apart_by(&self) -> Option<([&'a [u8]; 2], bool)> {
        match self.kind {
            EventKind::SupplementaryService | EventKind::Content => Some((self.marks, self.refunded)),
            _ => None,
        }
    }

    /// Octets received and sent by the roamer's device.
    pub const fn volume(&self) -> u128 {
        // Sums of 64-bit numbers.
        self.volume_in + self.volume_out
    }

    /// Whether a call or short message says what it is: by a code of two hexadecimal digits, as 3GPP TS 29.002 has them.
    pub(crate) fn has_service_code(&self) -> bool {
        let is_code = |code: Option<&[u8]>| {
            code.is_some_and(|code| code.len() == 2 && code.iter().all(u8::is_ascii_hexdigit))
        };
        is_code(self.tele_service) || is_code(self.bearer_service)
    }

    /// Whether this is a short message, by its teleservice (20, 21, 22).
    pub fn is_message(&self) -> bool {
        matches!(self.tele_service, Some([b'2', b'0'..=b'2']))
    }
}

/// The digits of a BCD number, up to the filler `f`; values above 9 are written `a` to `e`.
pub fn bcd_digits(octets: &[u8]) -> String {
    let nibbles = octets.iter().flat_map(|octet| [octet >> 4, octet & 0xf]);
    nibbles
        .take_while(|digit| *digit != 0xf)
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn bcd_length_should_be_the_same_when_a_word_holds_the_octets(
            octets in prop::collection::vec(prop_oneof![Just(0xff), Just(0x1f), Just(0xf1), 0u8..0x10, any::<u8>()], 0..9)
        ) {
            prop_assert_eq!(bcd_length(&octets), bcd_length_of_any(&octets));
        }
    }
}
