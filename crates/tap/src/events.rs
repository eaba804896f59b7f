//! Usage records, reduced to what is billed and checked.

use crate::{
    ber::{self, unsigned, DecodeError, Header, Visitor},
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
            Self::Gprs => "gprsCall",
            Self::Content => "contentTransaction",
            Self::Location => "locationService",
            Self::Messaging => "messagingEvent",
            Self::MobileSession => "mobileSession",
            Self::Aggregated => "aggregatedUsageRecord",
            Self::Unknown(_) => "unknown event",
        }
    }

    /// Whether every part that matters is known, so that parts that are not known can be stepped over.
    const fn is_typed(self) -> bool {
        matches!(self, Self::MobileOriginated | Self::MobileTerminated | Self::Gprs)
    }
}

/// Codes that records may refer to, one sorted list per table.
#[derive(Clone, Debug, Default)]
pub struct CodeTables {
    /// Tax codes.
    pub taxes: Vec<u64>,
    /// Discount codes.
    pub discounts: Vec<u64>,
    /// Exchange-rate codes.
    pub exchange_rates: Vec<u64>,
    /// UTC-offset codes with their seconds east of UTC; `None` where the offset is malformed.
    pub offsets: Vec<(u64, Option<i32>)>,
    /// Recording-entity codes.
    pub entities: Vec<u64>,
}

/// Charge, tax and discount, in 10^-decimals of the TAP currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    /// Sum of the charges of type 00: after discount, before tax.
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

/// One record, borrowed from the octets of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event<'a> {
    /// Its kind.
    pub kind: EventKind,
    /// IMSI of the roamer, in BCD.
    pub imsi: Option<&'a [u8]>,
    /// MSISDN of the roamer, in BCD.
    pub msisdn: Option<&'a [u8]>,
    /// IMEI of the roamer's device, in BCD.
    pub imei: Option<&'a [u8]>,
    /// Number called or written to, in BCD, international without prefix.
    pub called: Option<&'a [u8]>,
    /// Number that called or wrote, in BCD.
    pub calling: Option<&'a [u8]>,
    /// Who is charged, where a record names a party by another identifier than its IMSI.
    pub party: Option<&'a [u8]>,
    /// The visited network's own reference of the event: of a call, session or message, transaction or aggregate.
    pub reference: Option<&'a [u8]>,
    /// Start, `CCYYMMDDhhmmss`, by the clock of the visited network; of an aggregate its first day, `CCYYMMDD`.
    pub start: Option<&'a [u8]>,
    /// Code of the clock's offset from UTC.
    pub offset_code: Option<u64>,
    /// Length in seconds.
    pub duration: u64,
    /// Octets received and sent by the roamer's device.
    pub volume: u128,
    /// Teleservice of the first basic service, two digits.
    pub tele_service: Option<&'a [u8]>,
    /// Bearer service of the first basic service, two digits.
    pub bearer_service: Option<&'a [u8]>,
    /// What the first charge counts (`D` duration, `E` events, `X` all octets and so on), or an aggregate's unit.
    pub charged_item: Option<&'a [u8]>,
    /// Units of the first charge of type 00 as they are to be charged, where stated: seconds, octets or events.
    pub chargeable_units: Option<u64>,
    /// Charges of type 00 that the record adds up.
    pub charges: u32,
    /// Charging id of the packet-data context.
    pub charging_id: Option<u64>,
    /// Call type of the first charge: national, international and so on.
    pub level_1: Option<u64>,
    /// Call type of the first charge: kind of destination.
    pub level_2: Option<u64>,
    /// What is charged.
    pub amounts: Amounts,
    /// What is paid back.
    pub refunds: Amounts,
    /// What is wrong with the record, as far as it shows while reading.
    pub faults: Faults,
}

/// Faults that show while a record is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// An amount, volume or duration is negative or too large.
    pub amount: bool,
    /// A tax code is not in its table.
    pub tax_code: Option<u64>,
    /// A discount code is not in its table.
    pub discount_code: Option<u64>,
    /// An exchange-rate code is not in its table.
    pub exchange_rate_code: Option<u64>,
    /// A UTC-offset code is not in its table.
    pub offset_code: Option<u64>,
    /// A recording-entity code is not in its table.
    pub entity_code: Option<u64>,
}

impl<'a> Event<'a> {
    pub(crate) const fn new(kind: EventKind) -> Self {
        Self {
            kind,
            imsi: None,
            msisdn: None,
            imei: None,
            called: None,
            calling: None,
            party: None,
            reference: None,
            start: None,
            offset_code: None,
            duration: 0,
            volume: 0,
            tele_service: None,
            bearer_service: None,
            charged_item: None,
            chargeable_units: None,
            charges: 0,
            charging_id: None,
            level_1: None,
            level_2: None,
            amounts: Amounts {
                charge: 0,
                tax: 0,
                discount: 0,
            },
            refunds: Amounts {
                charge: 0,
                tax: 0,
                discount: 0,
            },
            faults: Faults {
                amount: false,
                tax_code: None,
                discount_code: None,
                exchange_rate_code: None,
                offset_code: None,
                entity_code: None,
            },
        }
    }

    /// Reads a record from its octets, header included, in one pass and without allocating.
    ///
    /// # Errors
    /// The first malformed element; its offset is counted from the start of `octets`.
    pub fn read(octets: &'a [u8], header: &Header, tables: &CodeTables) -> Result<Self, DecodeError> {
        let mut event = Self::new(EventKind::from_tag(header.tag.number()));
        event.fill(octets, header, tables)?;
        Ok(event)
    }

    /// Reads into a record that is new, which is not small and would otherwise be copied.
    pub(crate) fn fill(
        &mut self,
        octets: &'a [u8],
        header: &Header,
        tables: &CodeTables,
    ) -> Result<(), DecodeError> {
        let mut walker = Walker {
            typed: self.kind.is_typed(),
            event: self,
            tables,
            charge_type: None,
            charge: None,
            units: None,
            start_parent: 0,
            refunding: false,
        };
        ber::walk(octets, header, &mut walker)?;
        if self.kind == EventKind::Aggregated && matches!(self.charged_item, Some(b"V" | b"W" | b"X")) {
            self.volume = self.chargeable_units.unwrap_or(0).into();
        }
        Ok(())
    }

    /// Whether this is a short message, by its teleservice (20, 21, 22).
    pub fn is_message(&self) -> bool {
        matches!(self.tele_service, Some([b'2', b'0'..=b'2']))
    }
}

/// Constructed elements that are looked into within records of a known structure.
const KNOWN_GROUPS: [bool; 512] = {
    let mut known = [false; 512];
    let groups = [
        BASIC_SERVICE,
        BASIC_SERVICE_USED_LIST,
        BASIC_SERVICE_USED,
        CALL_ORIGINATOR,
        CALL_EVENT_START_TIME_STAMP,
        CAMEL_SERVICE_USED,
        CHARGE_DETAIL,
        CHARGE_DETAIL_LIST,
        CHARGE_INFORMATION,
        CHARGE_INFORMATION_LIST,
        CHARGING_TIME_STAMP,
        DESTINATION,
        DISCOUNT_INFORMATION,
        GPRS_BASIC_CALL_INFORMATION,
        GPRS_CHARGEABLE_SUBSCRIBER,
        GPRS_LOCATION_INFORMATION,
        GPRS_NETWORK_LOCATION,
        GPRS_SERVICE_USED,
        LOCATION_INFORMATION,
        MO_BASIC_CALL_INFORMATION,
        MT_BASIC_CALL_INFORMATION,
        NETWORK_LOCATION,
        REC_ENTITY_CODE_LIST,
        MIN_CHARGEABLE_SUBSCRIBER,
        SIM_CHARGEABLE_SUBSCRIBER,
        TAX_INFORMATION_LIST,
        TAX_INFORMATION,
        CALL_TYPE_GROUP,
        CHARGE_DETAIL_TIME_STAMP,
        BASIC_SERVICE_CODE,
        CHARGEABLE_SUBSCRIBER,
    ];
    let mut index = 0;
    while index < groups.len() {
        known[groups[index] as usize] = true;
        index += 1;
    }
    known
};

/// Reduces what a pass over a record finds.
struct Walker<'a, 't> {
    event: &'t mut Event<'a>,
    tables: &'t CodeTables,
    typed: bool,
    /// Type and amount of the charge detail that is open; they may come in either order.
    charge_type: Option<&'a [u8]>,
    charge: Option<u64>,
    /// Its chargeable units.
    units: Option<u64>,
    /// The element that gave the start, whose offset code belongs to it.
    start_parent: u32,
    /// Inside content that is paid back.
    refunding: bool,
}

impl Walker<'_, '_> {
    #[inline]
    fn number(&mut self, contents: &[u8]) -> u64 {
        match unsigned(contents) {
            Some(number) => number,
            None => {
                self.event.faults.amount = true;
                0
            }
        }
    }

    /// A charge that stands outside of the charge details.
    fn charge(&mut self, contents: &[u8]) {
        let charge = u128::from(self.number(contents));
        self.amounts().charge += charge;
        self.event.charges = self.event.charges.saturating_add(1);
    }

    #[inline]
    fn amounts(&mut self) -> &mut Amounts {
        if self.refunding {
            &mut self.event.refunds
        } else {
            &mut self.event.amounts
        }
    }
}

/// Notes the first code that is not in its table.
#[inline]
fn check(contents: &[u8], table: &[u64], fault: &mut Option<u64>) {
    // A code that is no number can be in no table.
    let code = unsigned(contents).unwrap_or(u64::MAX);
    if fault.is_none() && table.binary_search(&code).is_err() {
        *fault = Some(code);
    }
}

impl<'a> Visitor<'a> for Walker<'a, '_> {
    #[inline]
    fn enter(&mut self, _: u32, tag: u32) -> bool {
        if tag == CHARGE_DETAIL {
            self.charge_type = None;
            self.charge = None;
            self.units = None;
        }
        !self.typed || KNOWN_GROUPS.get(tag as usize).copied().unwrap_or(false)
    }

    #[inline]
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]) {
        match tag {
            CHARGE_TYPE if parent == CHARGE_DETAIL => self.charge_type = Some(contents),
            CHARGE if parent == CHARGE_DETAIL => self.charge = Some(self.number(contents)),
            // Records over IP and aggregates carry the charge itself.
            CHARGE | AGGREGATED_USAGE_CHARGE if !self.typed => self.charge(contents),
            CAMEL_INVOCATION_FEE => self.charge(contents),
            CHARGEABLE_UNITS if parent == CHARGE_DETAIL => self.units = unsigned(contents),
            CHARGED_ITEM | AGGREGATED_CHARGE_UNIT_TYPE => {
                self.event.charged_item.get_or_insert(contents);
            }
            AGGREGATED_CHARGE_UNITS => self.event.chargeable_units = unsigned(contents),
            TAX_VALUE | AUR_TAX_VALUE if parent == TAX_INFORMATION || parent == AUR_TAX_INFORMATION => {
                let tax = u128::from(self.number(contents));
                self.amounts().tax += tax;
            }
            DISCOUNT if parent == DISCOUNT_INFORMATION => {
                let discount = u128::from(self.number(contents));
                self.amounts().discount += discount;
            }
            TAX_CODE => check(contents, &self.tables.taxes, &mut self.event.faults.tax_code),
            DISCOUNT_CODE => check(
                contents,
                &self.tables.discounts,
                &mut self.event.faults.discount_code,
            ),
            EXCHANGE_RATE_CODE => {
                check(
                    contents,
                    &self.tables.exchange_rates,
                    &mut self.event.faults.exchange_rate_code,
                );
            }
            REC_ENTITY_CODE => check(
                contents,
                &self.tables.entities,
                &mut self.event.faults.entity_code,
            ),
            LOCAL_TIME_STAMP
                if self.event.start.is_none() && (!self.typed || parent == CALL_EVENT_START_TIME_STAMP) =>
            {
                self.event.start = Some(contents);
                self.start_parent = parent;
            }
            AGGREGATED_USAGE_DATE_START => self.event.start = Some(contents),
            UTC_TIME_OFFSET_CODE => {
                let code = unsigned(contents).unwrap_or(u64::MAX);
                if self.start_parent == parent && self.event.offset_code.is_none() {
                    self.event.offset_code = Some(code);
                }
                let fault = &mut self.event.faults.offset_code;
                if fault.is_none()
                    && self
                        .tables
                        .offsets
                        .binary_search_by_key(&code, |row| row.0)
                        .is_err()
                {
                    *fault = Some(code);
                }
            }
            TOTAL_CALL_EVENT_DURATION => self.event.duration = self.number(contents),
            DATA_VOLUME_INCOMING | DATA_VOLUME_OUTGOING => {
                let octets = u128::from(self.number(contents));
                self.event.volume += octets;
            }
            IMSI => self.event.imsi = Some(contents),
            MSISDN => self.event.msisdn = Some(contents),
            IMEI => self.event.imei = Some(contents),
            CALLED_NUMBER | SMS_DESTINATION_NUMBER | NON_CHARGED_NUMBER | NON_CHARGED_PARTY_NUMBER => {
                self.event.called = Some(contents);
            }
            CALLING_NUMBER | SMS_ORIGINATOR => self.event.calling = Some(contents),
            CHARGED_PARTY_IDENTIFIER | CUSTOMER_IDENTIFIER | PUBLIC_USER_ID => {
                self.event.party.get_or_insert(contents);
            }
            CALL_REFERENCE | EVENT_REFERENCE | TRANSACTION_IDENTIFIER | AGGREGATION_IDENTIFIER => {
                self.event.reference.get_or_insert(contents);
            }
            TELE_SERVICE_CODE => {
                self.event.tele_service.get_or_insert(contents);
            }
            BEARER_SERVICE_CODE => {
                self.event.bearer_service.get_or_insert(contents);
            }
            CHARGING_ID => self.event.charging_id = unsigned(contents),
            CALL_TYPE_LEVEL_1 if self.event.level_1.is_none() => self.event.level_1 = unsigned(contents),
            CALL_TYPE_LEVEL_2 if self.event.level_2.is_none() => self.event.level_2 = unsigned(contents),
            CHARGE_REFUND_INDICATOR => self.refunding = unsigned(contents) == Some(1),
            _ => {}
        }
    }

    #[inline]
    fn leave(&mut self, tag: u32) {
        match tag {
            CHARGE_DETAIL => {
                if let (Some(b"00"), Some(charge)) = (self.charge_type, self.charge) {
                    self.amounts().charge += u128::from(charge);
                    if self.event.charges == 0 {
                        self.event.chargeable_units = self.units;
                    }
                    self.event.charges = self.event.charges.saturating_add(1);
                }
            }
            CONTENT_SERVICE_USED => self.refunding = false,
            _ => {}
        }
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

/// The first (at most nine) decimal digits of a BCD number, as a number with their count.
#[inline]
pub(crate) fn leading_digits(octets: &[u8]) -> (u32, u32) {
    let (mut number, mut count) = (0u32, 0);
    for octet in octets.iter().take(5) {
        for digit in [octet >> 4, octet & 0xf] {
            if digit > 9 || count == 9 {
                return (number, count);
            }
            number = number * 10 + u32::from(digit);
            count += 1;
        }
    }
    (number, count)
}
