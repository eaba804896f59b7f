//! Files from parameters.

use crate::parameters::{Parameters, ParametersInvalid, Variant};
use interclear_primitives::{series::MAX_TAP_SEQUENCE, tadig::Tadig};
use interclear_tap::{
    ber::{Encoder, LengthForm},
    country,
    model::{
        Accounting, AuditControl, BatchControl, Conversion, DateTime, Discounting, Network, RecordingEntity,
        Taxation, UtcOffset,
    },
    nrtrde::{self, NrtrdeCall, NrtrdeControl},
    numbers, time,
    writer::{self, Batch, Digits, Layout, Record, Share, Usage},
    FileName, Scheme,
};
use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};
use std::io::{self, Write};

/// A file that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Its name by the naming scheme.
    pub name: FileName,
    /// What stands around its records; all but the batch control information is empty in a notification.
    pub batch: Batch,
}

/// Makes the files of one month and direction.
#[derive(Clone, Debug)]
pub struct Generator {
    parameters: Parameters,
    home_code: String,
    /// How numbers that are called in the home country begin, and how many digits come behind.
    home_numbers: (String, usize),
    visited_code: String,
    foreign_codes: Vec<(&'static str, usize)>,
    subscribers: u64,
}

/// How numbers of countries that roamers call begin, and the digits behind that; none is home or visited.
const FOREIGN_CODES: [(&str, usize); 8] = [
    ("447400", 6),
    ("39333", 7),
    ("34612", 6),
    ("48601", 6),
    ("90532", 7),
    ("86138", 8),
    ("61412", 6),
    ("5511961", 6),
];
/// Seconds between cut-off and making, and between making and availability.
const DELAY: (i64, i64) = (600, 1_800);
/// A day later is when a file is sent again.
const RESEND_DELAY: i64 = time::DAY;
/// Longest time between a record and the cut-off: with the delays of a file sent again, no record gets too old.
const MAX_SPAN: i64 = 28 * time::DAY;
/// The single rows of the tables.
const CODE: u64 = 1;

impl Generator {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The first parameter that is out of bounds.
    pub fn new(parameters: Parameters) -> Result<Self, ParametersInvalid> {
        let p = &parameters;
        if p.decimals > 6 {
            return Err(ParametersInvalid::Decimals);
        }
        if !(1..=40_000).contains(&p.files) {
            return Err(ParametersInvalid::Files);
        }
        if !(1..=MAX_TAP_SEQUENCE).contains(&p.first_sequence) {
            return Err(ParametersInvalid::Sequence);
        }
        if p.utc_offset.unsigned_abs() > 14 * 3600 || p.utc_offset % 60 != 0 {
            return Err(ParametersInvalid::UtcOffset);
        }
        if !(10..=12).contains(&p.release) {
            return Err(ParametersInvalid::Release);
        }
        if !p.period.is_valid() {
            return Err(ParametersInvalid::Period);
        }
        if !matches!(p.home_plmn.len(), 5 | 6) || !p.home_plmn.bytes().all(|c| c.is_ascii_digit()) {
            return Err(ParametersInvalid::HomePlmn);
        }
        // Codes that no country has stand for countries that are not known.
        let code = |tadig: &Tadig, unknown: &str| {
            country(&tadig.0).map_or(unknown.into(), |(code, _)| code.to_string())
        };
        let (visited_code, home_code) = (code(&p.sender, "210"), code(&p.recipient, "219"));
        let foreign_codes = FOREIGN_CODES
            .into_iter()
            .filter(|(code, _)| {
                !code.starts_with(visited_code.as_str()) && !code.starts_with(home_code.as_str())
            })
            .collect();
        let subscribers = (p.events.saturating_mul(p.files.into()) / 25).clamp(20, 999_999);
        Ok(Self {
            home_numbers: numbers(&parameters.recipient.0).unwrap_or_else(|| (home_code.clone(), 9)),
            home_code,
            visited_code,
            foreign_codes,
            subscribers,
            parameters,
        })
    }

    /// What was asked for.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// As [`Generator::write`], into memory.
    ///
    /// # Errors
    /// There is no such file.
    pub fn octets(&self, file: u32, variant: Variant) -> io::Result<(Made, Vec<u8>)> {
        let mut octets = Vec::new();
        let made = self.write(file, variant, &mut octets)?;
        Ok((made, octets))
    }

    /// Makes the file with this place in the month, from 0, and writes it.
    ///
    /// # Errors
    /// Those of `out`; [`io::ErrorKind::InvalidInput`] when there is no such file.
    pub fn write<W: Write>(&self, file: u32, variant: Variant, out: &mut W) -> io::Result<Made> {
        if file >= self.parameters.files {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "there are fewer files in the month",
            ));
        }
        let name = self.name(file);
        let control = self.control(file, variant);
        if self.parameters.events == 0 {
            out.write_all(&writer::notification(&control, variant.form))?;
            return Ok(Made {
                name,
                batch: Batch {
                    control,
                    ..Batch::default()
                },
            });
        }
        // The first pass adds up, the second writes: records need not be kept.
        let (audit, size) = self.audit(file, variant);
        let batch = Batch {
            control,
            accounting: self.accounting(),
            network: self.network(),
            audit,
        };
        batch.write(out, variant.form, size, |out| {
            let mut encoder = Encoder::new(variant.form);
            for record in self.records(file) {
                record.encode_as(&mut encoder, Layout::of(self.parameters.release));
                if encoder.octets().len() > 1 << 16 {
                    out.write_all(encoder.octets())?;
                    encoder.clear();
                }
            }
            out.write_all(encoder.octets())
        })?;
        Ok(Made { name, batch })
    }

    /// The file of near-real-time records over the same usage as the file with this place in the month, offered when that
    /// file would be; where the files of a month cover more than some hours each, many records are late.
    pub fn nrtrde(&self, file: u32) -> (FileName, Vec<u8>) {
        let name = self.name(file);
        let control = self.control(file, Variant::default());
        let offset = self.parameters.utc_offset;
        let calls: Vec<_> = self
            .records(file)
            .filter_map(|record| NrtrdeCall::of(&record, offset))
            .collect();
        let control = NrtrdeControl {
            sender: control.sender,
            recipient: control.recipient,
            sequence: Some(format!(
                "{:0width$}",
                name.sequence,
                width = Scheme::Nrtrde.digits()
            )),
            version: Some(nrtrde::VERSION),
            release: Some(nrtrde::RELEASE),
            available: control.available,
            events: Some(calls.len() as u64),
        };
        (
            FileName { test: false, ..name },
            control.to_octets(LengthForm::Definite, calls),
        )
    }

    /// The name of the file with this place in the month.
    pub fn name(&self, file: u32) -> FileName {
        let p = &self.parameters;
        let sequence = (p.first_sequence - 1 + file) % MAX_TAP_SEQUENCE + 1;
        FileName {
            test: p.test,
            sender: p.sender,
            recipient: p.recipient,
            sequence,
        }
    }

    /// First and last second of the events of a file, in UTC. Where a file covers more, it holds the last days only.
    fn window(&self, file: u32) -> (i64, i64) {
        let p = &self.parameters;
        let (start, end) = (p.period.start() as i64, p.period.end() as i64);
        let share = |file: i64| start + (end - start) * file / i64::from(p.files);
        let last = share(i64::from(file) + 1) - 1;
        (share(file.into()).max(last - MAX_SPAN), last)
    }

    fn control(&self, file: u32, variant: Variant) -> BatchControl {
        let p = &self.parameters;
        let cut_off = self.window(file).1;
        let created = cut_off + DELAY.0 + variant.rap_sequence.map_or(0, |_| RESEND_DELAY);
        let stamp = |time| Some(DateTime::from_utc(time, p.utc_offset));
        BatchControl {
            sender: Some(p.sender.to_string()),
            recipient: Some(p.recipient.to_string()),
            sequence: Some(format!("{:05}", self.name(file).sequence)),
            created: stamp(created),
            cut_off: stamp(cut_off),
            available: stamp(created + DELAY.1),
            version: Some(3),
            release: Some(p.release),
            file_type: p.test.then(|| "T".into()),
            rap_sequence: variant.rap_sequence.map(|number| format!("{number:05}")),
        }
    }

    fn accounting(&self) -> Accounting {
        let p = &self.parameters;
        let tax = Taxation {
            code: Some(CODE),
            tax_type: Some("13".into()),
            rate: Some(format!("{TAX_PERCENT:02}00000")),
            charge_type: None,
        };
        let discount = Discounting {
            code: Some(CODE),
            rate: Some(DISCOUNT_PERCENT * 100),
            fixed: None,
        };
        Accounting {
            taxation: p.taxes.then_some(tax).into_iter().collect(),
            discounting: p.discounts.then_some(discount).into_iter().collect(),
            local_currency: Some(p.currency.to_string()),
            tap_currency: Some(p.currency.to_string()),
            conversions: vec![Conversion {
                code: Some(CODE),
                decimals: Some(5),
                rate: Some(100_000),
            }],
            tap_decimals: Some(p.decimals.into()),
        }
    }

    fn network(&self) -> Network {
        let entity = |code, entity_type, id: &str| RecordingEntity {
            code: Some(code),
            entity_type: Some(entity_type),
            id: Some(id.into()),
        };
        Network {
            offsets: vec![UtcOffset {
                code: Some(CODE),
                offset: Some(time::offset_text(self.parameters.utc_offset)),
            }],
            entities: vec![
                entity(1, 1, "msc-1"),
                entity(2, 1, "msc-2"),
                entity(3, 4, "192.0.2.1"),
                entity(4, 3, "192.0.2.2"),
            ],
        }
    }

    fn audit(&self, file: u32, variant: Variant) -> (AuditControl, u64) {
        let offset = self.parameters.utc_offset;
        let layout = Layout::of(self.parameters.release);
        let mut encoder = Encoder::new(variant.form);
        let (mut size, mut charge, mut tax, mut discount, mut events) = (0, 0, 0, 0, 0);
        let (mut charge_refund, mut tax_refund) = (0, 0);
        let (mut earliest, mut latest) = (i64::MAX, i64::MIN);
        for record in self.records(file) {
            encoder.clear();
            record.encode_as(&mut encoder, layout);
            size += encoder.octets().len() as u64;
            let (charged, taxed) = (record.charge, record.tax.map_or(0, |tax| tax.value));
            if record.is_refund() {
                charge_refund += charged;
                tax_refund += taxed;
            } else {
                charge += charged;
                tax += taxed;
                discount += record.discount.map_or(0, |discount| discount.value);
            }
            events += 1;
            earliest = earliest.min(record.start_local);
            latest = latest.max(record.start_local);
        }
        let stamp = |local: i64| {
            let known = earliest <= latest;
            known.then(|| DateTime::from_utc(local - i64::from(offset), offset))
        };
        let audit = AuditControl {
            earliest: stamp(earliest),
            latest: stamp(latest),
            charge: Some(charge + u64::from(variant.wrong_total)),
            tax: Some(tax),
            discount: Some(discount),
            events: Some(events),
            charge_refund: (charge_refund > 0).then_some(charge_refund),
            tax_refund: (tax_refund > 0).then_some(tax_refund),
            ..AuditControl::default()
        };
        (audit, size)
    }

    /// The records of a file, in the order of their start.
    pub fn records(&self, file: u32) -> impl Iterator<Item = Record> + '_ {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.parameters.seed.to_le_bytes());
        seed[8..12].copy_from_slice(&file.to_le_bytes());
        seed[12..17].copy_from_slice(&self.parameters.sender.0);
        seed[17..22].copy_from_slice(&self.parameters.recipient.0);
        let mut random = Random(ChaCha8Rng::from_seed(seed));
        let window = self.window(file);
        (0..self.parameters.events).map(move |index| self.record(&mut random, window, index))
    }

    fn record(&self, random: &mut Random, (first, last): (i64, i64), index: u64) -> Record {
        let p = &self.parameters;
        let subscriber = random.below(self.subscribers);
        let (usage, other, duration, price) = self.usage(random);
        // Every record starts in its own share of the window and ends before the cut-off.
        let length = (last - first) as u64;
        let duration = duration.min(length);
        let share =
            |index: u64| (u128::from(length - duration) * u128::from(index) / u128::from(p.events)) as u64;
        let start = first + (share(index) + random.below(share(index + 1) - share(index) + 1)) as i64;
        let full = in_units(price, p.decimals);
        let draw = random.below(100);
        let is_data = matches!(usage, Usage::Data { .. });
        let discount = (p.discounts && is_data && draw < 25).then(|| Share {
            code: CODE,
            value: full * DISCOUNT_PERCENT / 100,
            base: full,
        });
        let charge = full - discount.map_or(0, |discount| discount.value);
        let taxed = match usage {
            Usage::CallMade { level_1: 1, .. } | Usage::MessageSent => true,
            Usage::Data { .. } => draw < 50,
            Usage::Content { .. } | Usage::Messaging | Usage::Session => true,
            _ => false,
        };
        let tax = (p.taxes && taxed).then(|| Share {
            code: CODE,
            value: (charge * TAX_PERCENT + 50) / 100,
            base: charge,
        });
        let (identity, line) = match p.lifelike {
            true => (scattered(subscriber, 1), scattered(subscriber, 2)),
            false => (subscriber, 550_000_000 + subscriber),
        };
        // 14 digits and the check digit, which networks transmit as 0.
        let imei = |device: u64| Digits::new("35", (device * 1_000 + device % 1_000) * 10, 15);
        Record {
            usage,
            imsi: Digits::new(&p.home_plmn, identity, 15),
            msisdn: Digits::new(&self.home_code, line, self.home_code.len() + 9),
            imei: p.lifelike.then(|| imei(scattered(subscriber, 3))),
            other,
            start_local: start + i64::from(p.utc_offset),
            offset_code: CODE,
            duration,
            charge,
            exchange_rate_code: CODE,
            tax,
            discount,
            entity_code: if is_data { 3 } else { 1 + random.below(2) },
            location_area: 3_000 + random.below(40),
            cell: 7_000 + random.below(400),
            reference: index as u32,
        }
    }

    /// What is used, the other party, the length in seconds and the price in 10^-6 of the currency.
    fn usage(&self, random: &mut Random) -> (Usage, Digits, u64, u64) {
        let draw = random.below(100);
        let number = 600_000_000 + random.below(99_999_999);
        let to = |code: &str| Digits::new(code, number, code.len() + 9);
        let beginning_with = |code: &str, rest: usize| {
            let last = number % 10u64.pow(rest as u32);
            Digits::new(code, last, code.len() + rest)
        };
        // Most calls are short, few are long.
        let spread = 60 + random.below(900);
        let seconds = 5 + random.below(spread);
        if self.parameters.all_kinds && draw < 40 && draw.is_multiple_of(2) {
            return self.rare_usage(random, to(&self.home_code), seconds);
        }
        match draw {
            0..=9 => call(1, 1, to(&self.visited_code), seconds, 40_000),
            10..=17 if self.home_code != self.visited_code => {
                let (code, rest) = &self.home_numbers;
                call(2, 1, beginning_with(code, *rest), seconds, 120_000)
            }
            10..=20 => {
                let (code, rest) = self.foreign_codes[random.below(self.foreign_codes.len() as u64) as usize];
                call(2, 1, beginning_with(code, rest), seconds, 350_000)
            }
            21 => call(1, 4, to(&self.visited_code), seconds, 900_000),
            22..=39 => (
                Usage::CallReceived,
                to(&self.home_code),
                seconds,
                seconds * 15_000 / 60,
            ),
            40..=54 => (Usage::MessageSent, to(&self.home_code), 0, 30_000),
            55..=66 => (Usage::MessageReceived, to(&self.home_code), 0, 0),
            _ => {
                let incoming = 10_000 + random.below(40_000_000);
                let outgoing = 1_000 + random.below(incoming / 4 + 1);
                let price = ((incoming + outgoing) * 2_500) >> 20;
                (
                    Usage::Data { incoming, outgoing },
                    Digits::default(),
                    30 + random.below(3_600),
                    price,
                )
            }
        }
    }
}

impl Generator {
    /// Kinds that few files hold; the last two came with release 12.
    fn rare_usage(&self, random: &mut Random, other: Digits, seconds: u64) -> (Usage, Digits, u64, u64) {
        let kinds = if self.parameters.release >= 12 { 7 } else { 5 };
        let octets = 1_000 + random.below(5_000_000);
        let (usage, duration, price) = match random.below(kinds) {
            0 => (Usage::SupplementaryService, 0, 10_000),
            1 => (Usage::ServiceCentre, 0, 20_000),
            2 => (Usage::Location, 0, 50_000),
            3 => {
                let refunded = random.below(10) == 0;
                (Usage::Content { octets, refunded }, 0, 990_000)
            }
            4 => (
                Usage::Content {
                    octets,
                    refunded: false,
                },
                0,
                1_990_000,
            ),
            5 => (Usage::Messaging, 0, 25_000),
            _ => (Usage::Session, seconds, seconds * 30_000 / 60),
        };
        (usage, other, duration, price)
    }
}

/// A number of nine digits, the first of them not 0, that no other subscriber has.
fn scattered(subscriber: u64, kind: u64) -> u64 {
    // The factor has no divisor in common with the modulus, so that no two come out the same.
    (subscriber * 371_842_547 + kind * 271_828_183) % 900_000_000 + 100_000_000
}

const TAX_PERCENT: u64 = 19;
const DISCOUNT_PERCENT: u64 = 10;

fn call(
    level_1: u64,
    level_2: u64,
    other: Digits,
    seconds: u64,
    per_minute: u64,
) -> (Usage, Digits, u64, u64) {
    (
        Usage::CallMade { level_1, level_2 },
        other,
        seconds,
        seconds * per_minute / 60,
    )
}

/// 10^-6 as 10^-decimals, half up.
fn in_units(micro: u64, decimals: u8) -> u64 {
    let factor = 10u64.pow(6 - u32::from(decimals));
    (micro + factor / 2) / factor
}

struct Random(ChaCha8Rng);

impl Random {
    /// A number below `bound` (at least 1); the slight favour of small numbers does not matter here.
    fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }
}
