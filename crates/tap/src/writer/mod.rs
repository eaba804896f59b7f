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
        self.control.encode(&mut before);
        self.accounting.encode(&mut before);
        self.network.encode(&mut before);
        let mut after = Encoder::new(form);
        let mut outer = Encoder::new(form);
        match form {
            LengthForm::Definite => {
                before.open_definite(CALL_EVENT_DETAILS, size);
                self.audit.encode(&mut after);
                let inner = before.octets().len() as u64 + size + after.octets().len() as u64;
                outer.open_definite(TRANSFER_BATCH, inner);
            }
            LengthForm::Indefinite => {
                before.open_indefinite(CALL_EVENT_DETAILS);
                after.close();
                self.audit.encode(&mut after);
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
    encoder.group(NOTIFICATION, |e| control.encode_fields(e));
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
    /// Octets of many events together.
    Aggregated {
        /// How many.
        octets: u64,
    },
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
    /// Code of the exchange rate.
    pub exchange_rate_code: u64,
    /// Tax.
    pub tax: Option<Share>,
    /// Discount, already taken off the charge.
    pub discount: Option<Share>,
    /// Code of the recording entity.
    pub entity_code: u64,
    /// Location area.
    pub location_area: u64,
    /// Cell.
    pub cell: u64,
    /// Call reference, or charging id of packet data.
    pub reference: u32,
}

impl Record {
    /// Writes the record.
    pub fn encode(&self, e: &mut Encoder) {
        let (tag, basic) = match self.usage {
            Usage::CallMade { .. } | Usage::MessageSent => {
                (MOBILE_ORIGINATED_CALL, MO_BASIC_CALL_INFORMATION)
            }
            Usage::CallReceived | Usage::MessageReceived => {
                (MOBILE_TERMINATED_CALL, MT_BASIC_CALL_INFORMATION)
            }
            Usage::Data { incoming, outgoing } => return self.encode_data(e, incoming, outgoing),
            other => return self.encode_other(e, other),
        };
        e.group(tag, |e| {
            e.group(basic, |e| {
                self.subscriber(e);
                match self.usage {
                    Usage::CallMade { .. } => {
                        e.group(DESTINATION, |e| e.bcd(CALLED_NUMBER, self.other.as_str()))
                    }
                    Usage::MessageSent => e.group(DESTINATION, |e| {
                        e.bcd(SMS_DESTINATION_NUMBER, self.other.as_str())
                    }),
                    Usage::CallReceived => {
                        e.group(CALL_ORIGINATOR, |e| e.bcd(CALLING_NUMBER, self.other.as_str()))
                    }
                    _ => e.group(CALL_ORIGINATOR, |e| e.bcd(SMS_ORIGINATOR, self.other.as_str())),
                }
                self.start(e, CALL_EVENT_START_TIME_STAMP);
                e.unsigned(TOTAL_CALL_EVENT_DURATION, self.duration);
                e.unsigned(CAUSE_FOR_TERM, 0);
            });
            e.group(LOCATION_INFORMATION, |e| self.network_location(e));
            self.device(e);
            let tele_service = match self.usage {
                Usage::MessageSent => "22",
                Usage::MessageReceived => "21",
                _ => "11",
            };
            e.group(BASIC_SERVICE_USED_LIST, |e| {
                e.group(BASIC_SERVICE_USED, |e| {
                    e.group(BASIC_SERVICE, |e| {
                        e.group(BASIC_SERVICE_CODE, |e| e.text(TELE_SERVICE_CODE, tele_service));
                    });
                    self.start(e, CHARGING_TIME_STAMP);
                    e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e));
                });
            });
        });
    }

    fn encode_data(&self, e: &mut Encoder, incoming: u64, outgoing: u64) {
        e.group(GPRS_CALL, |e| {
            e.group(GPRS_BASIC_CALL_INFORMATION, |e| {
                e.group(GPRS_CHARGEABLE_SUBSCRIBER, |e| {
                    self.subscriber(e);
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
            self.device(e);
            e.group(GPRS_SERVICE_USED, |e| {
                e.unsigned(DATA_VOLUME_INCOMING, incoming);
                e.unsigned(DATA_VOLUME_OUTGOING, outgoing);
                e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e));
            });
        });
    }

    fn subscriber(&self, e: &mut Encoder) {
        e.group(CHARGEABLE_SUBSCRIBER, |e| {
            e.group(SIM_CHARGEABLE_SUBSCRIBER, |e| {
                e.bcd(IMSI, self.imsi.as_str());
                e.bcd(MSISDN, self.msisdn.as_str());
            });
        });
    }

    fn device(&self, e: &mut Encoder) {
        if let Some(imei) = self.imei {
            e.bcd(IMEI, imei.as_str());
        }
    }

    fn start(&self, e: &mut Encoder, tag: u32) {
        e.group(tag, |e| {
            e.text(LOCAL_TIME_STAMP, &time::local_text(self.start_local));
            e.unsigned(UTC_TIME_OFFSET_CODE, self.offset_code);
        });
    }

    fn charges(&self, e: &mut Encoder) {
        let (item, units) = self.charged();
        e.group(CHARGE_INFORMATION, |e| {
            e.text(CHARGED_ITEM, item);
            e.unsigned(EXCHANGE_RATE_CODE, self.exchange_rate_code);
            self.call_type(e);
            self.charge_details(e, units);
            self.taxes(e);
            if let Some(discount) = self.discount {
                e.group(DISCOUNT_INFORMATION, |e| {
                    e.unsigned(DISCOUNT_CODE, discount.code);
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
            Usage::Aggregated { octets } => ("X", octets),
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

    fn taxes(&self, e: &mut Encoder) {
        if let Some(tax) = self.tax {
            e.group(TAX_INFORMATION_LIST, |e| {
                e.group(TAX_INFORMATION, |e| {
                    e.unsigned(TAX_CODE, tax.code);
                    e.unsigned(TAX_VALUE, tax.value);
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
