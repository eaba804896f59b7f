//! Writes files: transfer batches, notifications and single records.

mod other;

use crate::{
    ber::{Encoder, LengthForm},
    model::{Accounting, AuditControl, BatchControl, Network},
    tags::*,
    time,
};
use std::io::{self, Write};

/// The groups of a transfer batch around its records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Batch {
    /// Who sends what to whom.
    pub control: BatchControl,
    /// Currency, decimals, taxes and discounts.
    pub accounting: Accounting,
    /// Offsets from UTC and recording entities.
    pub network: Network,
    /// What the records add up to.
    pub audit: AuditControl,
}

impl Batch {
    /// Writes the batch. `records` writes encoded records, `size` octets in all, which matters only for definite
    /// lengths.
    ///
    /// # Errors
    /// Those of `out` and `records`.
    pub fn write<W: Write>(
        &self,
        out: &mut W,
        form: LengthForm,
        size: u64,
        records: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut before = Encoder::new(form);
        let release_10 = self.control.is_release_10();
        self.control.encode(&mut before);
        self.accounting.encode_for(&mut before, release_10);
        self.network.encode_for(&mut before, release_10);
        let mut after = Encoder::new(form);
        let mut outer = Encoder::new(form);
        match form {
            LengthForm::Definite => {
                before.open_definite(CALL_EVENT_DETAILS, size);
                self.audit.encode_for(&mut after, release_10);
                let inner = before.octets().len() as u64 + size + after.octets().len() as u64;
                outer.open_definite(TRANSFER_BATCH, inner);
            }
            LengthForm::Indefinite => {
                before.open_indefinite(CALL_EVENT_DETAILS);
                after.close();
                self.audit.encode_for(&mut after, release_10);
                after.close();
                outer.open_indefinite(TRANSFER_BATCH);
            }
        }
        out.write_all(outer.octets())?;
        out.write_all(before.octets())?;
        records(out)?;
        out.write_all(after.octets())
    }

    /// The whole file, from encoded records.
    pub fn to_octets(&self, form: LengthForm, records: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(records.len() + 1024);
        let written = self.write(&mut out, form, records.len() as u64, |out| out.write_all(records));
        debug_assert!(written.is_ok(), "a vector takes every octet");
        out
    }
}

/// The octets of a notification: a file without records.
pub fn notification(control: &BatchControl, form: LengthForm) -> Vec<u8> {
    let mut encoder = Encoder::new(form);
    control.encode_notification(&mut encoder);
    encoder.into_octets()
}

/// Up to 20 decimal digits, such as an IMSI.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Digits {
    octets: [u8; 20],
    length: u8,
}

impl Digits {
    /// Digits followed by a number, which is filled up with zeros to `length` digits in all (at most 20).
    pub fn new(prefix: &str, number: u64, length: usize) -> Self {
        let length = length.min(20);
        let mut octets = [b'0'; 20];
        let mut rest = number;
        let prefix = &prefix.as_bytes()[..prefix.len().min(length)];
        for octet in octets[prefix.len()..length].iter_mut().rev() {
            *octet = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        octets[..prefix.len()].copy_from_slice(prefix);
        Self {
            octets,
            length: length as u8,
        }
    }

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.octets[..usize::from(self.length)]).unwrap_or_default()
    }
}

/// What a record is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Usage {
    /// A call by the roamer; the call types say how far it goes.
    CallMade {
        /// National (1) or international (2).
        level_1: u64,
        /// Kind of destination.
        level_2: u64,
    },
    /// A call to the roamer.
    CallReceived,
    /// A message by the roamer.
    MessageSent,
    /// A message to the roamer.
    MessageReceived,
    /// Packet data.
    Data {
        /// Octets to the roamer.
        incoming: u64,
        /// Octets from the roamer.
        outgoing: u64,
    },
    /// Use of a supplementary service.
    SupplementaryService,
    /// A message through the visited network's service centre.
    ServiceCentre,
    /// Content that was bought, or paid back.
    Content {
        /// Octets moved.
        octets: u64,
        /// Whether charge, tax and discount are paid back.
        refunded: bool,
    },
    /// A position that was asked for.
    Location,
    /// A message over IP.
    Messaging,
    /// A call over IP.
    Session,
}

/// A tax or a discount of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// Code of the row in the table.
    pub code: u64,
    /// The tax or discount, in 10^-decimals of the TAP currency.
    pub value: u64,
    /// The amount from which it was computed, likewise.
    pub base: u64,
}

/// A record to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Record {
    /// What it is about.
    pub usage: Usage,
    /// IMSI of the roamer.
    pub imsi: Digits,
    /// MSISDN of the roamer.
    pub msisdn: Digits,
    /// IMEI of the roamer's device; written in calls, short messages and packet data.
    pub imei: Option<Digits>,
    /// The number called or calling.
    pub other: Digits,
    /// Start by the visited network's clock, in seconds since 1970 of that clock.
    pub start_local: i64,
    /// Code of the clock's offset from UTC.
    pub offset_code: u64,
    /// Length in seconds.
    pub duration: u64,
    /// Charge of type 00, in 10^-decimals of the TAP currency.
    pub charge: u64,
    /// Code of the exchange rate in the accounting information.
    pub exchange_rate_code: u64,
    /// Tax on the charge.
    pub tax: Option<Share>,
    /// Discount, already taken off the charge.
    pub discount: Option<Share>,
    /// Code of the recording entity.
    pub entity_code: u64,
    /// Location area code of the cell.
    pub location_area: u64,
    /// Identity of the cell in which the usage began.
    pub cell: u64,
    /// Call reference, or charging id of packet data.
    pub reference: u32,
}

/// How a release lays records out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// Release 10: choices without tags of their own, other items for numbers, devices, volumes and discounts.
    Release10,
    /// Releases 11 and 12.
    #[default]
    Release11,
}

impl Layout {
    /// That of a release of TAP 3.
    pub const fn of(release: u64) -> Self {
        match release {
            10 => Self::Release10,
            _ => Self::Release11,
        }
    }

    /// A choice, which has a tag of its own or none.
    fn choice(self, e: &mut Encoder, tag: u32, inner: impl FnOnce(&mut Encoder)) {
        match self {
            Self::Release10 => inner(e),
            Self::Release11 => e.group(tag, inner),
        }
    }
}

impl Record {
    /// Writes the record as releases 11 and 12 have it.
    pub fn encode(&self, e: &mut Encoder) {
        self.encode_as(e, Layout::Release11);
    }

    /// Writes the record. What release 10 does not have (messages and sessions over IP) is written as in release 12.
    pub fn encode_as(&self, e: &mut Encoder, layout: Layout) {
        let (tag, basic) = match self.usage {
            Usage::CallMade { .. } | Usage::MessageSent => {
                (MOBILE_ORIGINATED_CALL, MO_BASIC_CALL_INFORMATION)
            }
            Usage::CallReceived | Usage::MessageReceived => {
                (MOBILE_TERMINATED_CALL, MT_BASIC_CALL_INFORMATION)
            }
            Usage::Data { incoming, outgoing } => return self.encode_data(e, layout, incoming, outgoing),
            other => return self.encode_other(e, layout, other),
        };
        e.group(tag, |e| {
            e.group(basic, |e| {
                self.subscriber(e, layout);
                self.other_party(e, layout);
                self.start(e, CALL_EVENT_START_TIME_STAMP);
                e.unsigned(TOTAL_CALL_EVENT_DURATION, self.duration);
                e.unsigned(CAUSE_FOR_TERM, 0);
            });
            e.group(LOCATION_INFORMATION, |e| self.network_location(e));
            self.device(e, layout);
            let tele_service = match self.usage {
                Usage::MessageSent => "22",
                Usage::MessageReceived => "21",
                _ => "11",
            };
            e.group(BASIC_SERVICE_USED_LIST, |e| {
                e.group(BASIC_SERVICE_USED, |e| {
                    e.group(BASIC_SERVICE, |e| {
                        layout.choice(e, BASIC_SERVICE_CODE, |e| e.text(TELE_SERVICE_CODE, tele_service));
                    });
                    self.start(e, CHARGING_TIME_STAMP);
                    e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e, layout));
                });
            });
        });
    }

    /// The number of the other party: of calls in BCD, of messages as text.
    fn other_party(&self, e: &mut Encoder, layout: Layout) {
        let other = self.other.as_str();
        let (group, number, text) = match self.usage {
            Usage::CallMade { .. } => (DESTINATION, CALLED_NUMBER, false),
            Usage::MessageSent => (DESTINATION, SMS_DESTINATION_NUMBER, true),
            Usage::CallReceived => (CALL_ORIGINATOR, CALLING_NUMBER, false),
            _ => (CALL_ORIGINATOR, SMS_ORIGINATOR, true),
        };
        e.group(group, |e| match (layout, text) {
            (Layout::Release10, _) => e.bcd(ADDRESS_STRING_DIGITS, other),
            (_, true) => e.text(number, other),
            (_, false) => e.bcd(number, other),
        });
    }

    fn encode_data(&self, e: &mut Encoder, layout: Layout, incoming: u64, outgoing: u64) {
        e.group(GPRS_CALL, |e| {
            e.group(GPRS_BASIC_CALL_INFORMATION, |e| {
                e.group(GPRS_CHARGEABLE_SUBSCRIBER, |e| {
                    self.subscriber(e, layout);
                    e.text(PDP_ADDRESS, "10.0.0.1");
                });
                e.group(GPRS_DESTINATION, |e| e.text(ACCESS_POINT_NAME_NI, "internet"));
                self.start(e, CALL_EVENT_START_TIME_STAMP);
                e.unsigned(TOTAL_CALL_EVENT_DURATION, self.duration);
                e.unsigned(CAUSE_FOR_TERM, 0);
                e.unsigned(CHARGING_ID, self.reference.into());
            });
            e.group(GPRS_LOCATION_INFORMATION, |e| {
                e.group(GPRS_NETWORK_LOCATION, |e| {
                    e.group(REC_ENTITY_CODE_LIST, |e| {
                        e.unsigned(REC_ENTITY_CODE, self.entity_code)
                    });
                    e.unsigned(LOCATION_AREA, self.location_area);
                    e.unsigned(CELL_ID, self.cell);
                });
            });
            self.device(e, layout);
            let volumes = |e: &mut Encoder| {
                e.unsigned(DATA_VOLUME_INCOMING, incoming);
                e.unsigned(DATA_VOLUME_OUTGOING, outgoing);
            };
            e.group(GPRS_SERVICE_USED, |e| {
                match layout {
                    Layout::Release10 => e.group(GPRS_SERVICE_USAGE_LIST, |e| {
                        e.group(GPRS_SERVICE_USAGE, |e| {
                            self.start(e, CHARGING_TIME_STAMP);
                            volumes(e);
                        });
                    }),
                    Layout::Release11 => volumes(e),
                }
                e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e, layout));
            });
        });
    }

    fn subscriber(&self, e: &mut Encoder, layout: Layout) {
        layout.choice(e, CHARGEABLE_SUBSCRIBER, |e| {
            e.group(SIM_CHARGEABLE_SUBSCRIBER, |e| {
                e.bcd(IMSI, self.imsi.as_str());
                e.bcd(MSISDN, self.msisdn.as_str());
            });
        });
    }

    fn device(&self, e: &mut Encoder, layout: Layout) {
        let Some(imei) = self.imei else { return };
        match layout {
            Layout::Release10 => e.group(EQUIPMENT_INFORMATION, |e| {
                e.unsigned(MOBILE_STATION_CLASS_MARK, 2);
                e.bcd(IMEI, imei.as_str());
            }),
            Layout::Release11 => e.group(IMEI_OR_ESN, |e| e.bcd(IMEI, imei.as_str())),
        }
    }

    fn start(&self, e: &mut Encoder, tag: u32) {
        e.group(tag, |e| {
            e.text(LOCAL_TIME_STAMP, &time::local_text(self.start_local));
            e.unsigned(UTC_TIME_OFFSET_CODE, self.offset_code);
        });
    }

    fn charges(&self, e: &mut Encoder, layout: Layout) {
        let (item, units) = self.charged();
        e.group(CHARGE_INFORMATION, |e| {
            e.text(CHARGED_ITEM, item);
            e.unsigned(EXCHANGE_RATE_CODE, self.exchange_rate_code);
            self.call_type(e);
            self.charge_details(e, units);
            self.taxes(e, layout);
            if let Some(discount) = self.discount {
                e.group(DISCOUNT_INFORMATION, |e| {
                    e.unsigned(DISCOUNT_CODE, discount.code);
                    if layout == Layout::Release10 {
                        return e.unsigned(DISCOUNT_VALUE, discount.value);
                    }
                    e.unsigned(DISCOUNT, discount.value);
                    e.unsigned(DISCOUNTABLE_AMOUNT, discount.base);
                });
            }
        });
    }

    /// What is counted, and how much of it.
    fn charged(&self) -> (&'static str, u64) {
        match self.usage {
            Usage::CallMade { .. } | Usage::CallReceived | Usage::Session => ("D", self.duration),
            Usage::Data { incoming, outgoing } => ("X", incoming.saturating_add(outgoing)),
            _ => ("E", 1),
        }
    }

    fn call_type(&self, e: &mut Encoder) {
        let levels = match self.usage {
            Usage::CallMade { level_1, level_2 } => (level_1, level_2),
            Usage::Data { .. } => (10, 0),
            _ => (1, 0),
        };
        e.group(CALL_TYPE_GROUP, |e| {
            e.unsigned(CALL_TYPE_LEVEL_1, levels.0);
            e.unsigned(CALL_TYPE_LEVEL_2, levels.1);
            e.unsigned(CALL_TYPE_LEVEL_3, 0);
        });
    }

    fn charge_details(&self, e: &mut Encoder, units: u64) {
        e.group(CHARGE_DETAIL_LIST, |e| {
            e.group(CHARGE_DETAIL, |e| {
                e.text(CHARGE_TYPE, "00");
                e.unsigned(CHARGE, self.charge);
                e.unsigned(CHARGEABLE_UNITS, units);
                e.unsigned(CHARGED_UNITS, units);
            });
        });
    }

    fn taxes(&self, e: &mut Encoder, layout: Layout) {
        if let Some(tax) = self.tax {
            e.group(TAX_INFORMATION_LIST, |e| {
                e.group(TAX_INFORMATION, |e| {
                    e.unsigned(TAX_CODE, tax.code);
                    e.unsigned(TAX_VALUE, tax.value);
                    if layout == Layout::Release10 {
                        e.text(CHARGE_TYPE, "00");
                    }
                    e.unsigned(TAXABLE_AMOUNT, tax.base);
                });
            });
        }
    }

    /// Whether what is charged is paid back.
    pub fn is_refund(&self) -> bool {
        matches!(self.usage, Usage::Content { refunded: true, .. })
    }
}
