//! Charges against the prices of an agreement: of single records, and of all those of a service.

use crate::{
    classify::Zones,
    events::{Amounts, Event, EventKind},
    summary::OCTETS_PER_MEGABYTE,
};
use interclear_primitives::{
    agreement::Terms,
    increment::Increment,
    money::Currency,
    period::Period,
    service::{Service, Unit},
    tadig::Tadig,
};
use interclear_rating::{Pricing, RatePlan, UsagePlan};
use serde::Serialize;
use std::fmt;

/// What the charges of records are compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TariffCheck {
    /// The agreement.
    pub terms: Terms,
    /// Accepted difference per record, in 10^-6 of the currency, on top of one unit of the file's last decimal place, by
    /// which a rounded charge may differ.
    pub tolerance: u64,
}

/// An exchange rate that the networks agreed on for a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AgreedRate {
    /// The sender's currency.
    pub local: Currency,
    /// The currency of the charges, often the SDR.
    pub tap: Currency,
    /// Units of the local currency for one of the TAP currency, in 10^-9.
    pub rate: u64,
}

/// What is agreed about a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Rate {
    /// In 10^-9 of the currency per unit of the service, where it is the same for every unit.
    price: Option<u128>,
    increment: Increment,
    /// In 10^-6 of the larger of two figures, by how much they may differ.
    tolerance: u32,
}

/// The prices that apply to one file.
#[derive(Clone, Debug)]
pub(crate) struct Rates {
    rates: Vec<Option<Rate>>,
    /// Currency of the prices.
    currency: Currency,
    /// Whether international calls are split by zones, so that one that is not cannot be told a price.
    split: bool,
    /// Why the prices are not those of the file; increments count anyway.
    unpriced: Option<Unpriced>,
    /// In 10^-9 of the currency.
    allowed: u128,
    /// A charge of the file times the first is in 10^-9 of the agreement's currency, times the second.
    exchange: (u128, u128),
    /// 10^-9 of the currency per unit of the file's amounts, rounded up.
    factor: u128,
}

/// What a file says of itself by which its prices are found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Billed {
    pub(crate) sender: Tadig,
    pub(crate) recipient: Tadig,
    /// The month to which it bills, where that can be told.
    pub(crate) period: Option<Period>,
    pub(crate) currency: Currency,
    pub(crate) decimals: u8,
    /// The exchange rate agreed for the month, where one is known.
    pub(crate) agreed: Option<AgreedRate>,
}

/// Why no charge of a file is compared with an agreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unpriced {
    /// The agreement has no prices between these networks.
    Networks {
        /// Who charges.
        sender: Tadig,
        /// Who is charged.
        recipient: Tadig,
    },
    /// The file bills to a month outside the term.
    Term {
        /// The month of the file.
        period: Period,
        /// First month of the term.
        first: Period,
        /// Last month of the term.
        last: Period,
    },
    /// The file is in a currency that the agreement does not name.
    Currency {
        /// That of the file.
        file: Currency,
        /// That of the prices.
        prices: Currency,
        /// That of usage files.
        usage: Currency,
    },
    /// The file is in the agreed currency for usage, and no exchange rate between that and the currency of the prices is known.
    Rate {
        /// That of the file.
        file: Currency,
        /// That of the prices.
        prices: Currency,
    },
}

impl Unpriced {
    /// Whether the agreement covers the file all the same, so that only a rate is missing.
    pub const fn is_covered(&self) -> bool {
        matches!(self, Self::Rate { .. })
    }

    /// The item of the file that says so.
    pub(crate) const fn item(&self) -> &'static str {
        match self {
            Self::Networks { .. } => "batchControlInfo.sender",
            Self::Term { .. } => "batchControlInfo.transferCutOffTimeStamp",
            Self::Currency { .. } | Self::Rate { .. } => "accountingInfo.tapCurrency",
        }
    }
}

impl fmt::Display for Unpriced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Networks { sender, recipient } => {
                write!(f, "the agreement has no prices of {sender} for subscribers of {recipient}")
            }
            Self::Term { period, first, last } => {
                write!(f, "the file bills to {period}, and the agreement is of {first} to {last}")
            }
            Self::Currency { file, prices, usage } if prices == usage => {
                write!(f, "the file is in {file}, and the agreement in {prices}")
            }
            Self::Currency { file, prices, usage } => write!(
                f,
                "the file is in {file}, and the agreement in {prices}, with usage in {usage}"
            ),
            Self::Rate { file, prices } => write!(
                f,
                "the file is in {file}, the prices are in {prices}, and no exchange rate agreed between both is named"
            ),
        }
    }
}

/// What the comparison came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct TariffSummary {
    /// Records whose charge was compared.
    pub compared: u64,
    /// Records for which no single price can be told: a plan in tiers or with a fee, nothing charged, no service, or a file that the
    /// prices are not for.
    pub skipped: u64,
    /// Records of a service for which the agreement has no line.
    pub not_agreed: u64,
    /// Records above the agreed rate.
    pub above: u64,
    /// Records below the agreed rate.
    pub below: u64,
    /// Sum of what is above, in 10^-6 of the currency, rounded down.
    pub excess: u128,
    /// Sum of what is below, in 10^-6 of the currency, rounded down.
    pub shortfall: u128,
}

/// A charge that is not the agreed one; amounts in 10^-9 of the currency, the agreed one rounded down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Difference {
    pub(crate) above: bool,
    pub(crate) difference: u128,
    pub(crate) agreed: u128,
}

/// The outcome for one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Compared {
    Skipped,
    /// The agreement has no line for this service.
    NotAgreed(Service),
    Agrees,
    Differs(Difference),
}

const NANO_PER_MICRO: u128 = 1_000;
const NANO: u128 = 1_000_000_000;
const MICRO: u128 = 1_000_000;

impl Rates {
    /// The prices and increments for a file.
    pub(crate) fn new(terms: &Terms, tolerance: u64, billed: &Billed) -> Self {
        let groups = terms
            .directions
            .iter()
            .flat_map(|direction| direction.groups.iter());
        let mut groups = groups
            .filter(|group| group.visited.contains(&billed.sender) && group.home.contains(&billed.recipient));
        let group = groups.next();
        let mut rates = vec![None; Service::ALL.len()];
        let lines = || group.into_iter().flat_map(|group| group.lines.iter());
        for line in lines() {
            if let Some(rate) = rates.get_mut(line.service as usize) {
                *rate = Some(Rate {
                    price: single_price(&line.terms.pricing),
                    increment: line.increment,
                    tolerance: line.tolerance.ppm,
                });
            }
        }
        let services: Vec<Service> = lines().map(|line| line.service).collect();
        let exchange = exchange(billed, terms.currency);
        let (times, parts) = exchange.unwrap_or((1, 1));
        let times = 10u128
            .pow(9u32.saturating_sub(billed.decimals.into()))
            .saturating_mul(times);
        let factor = times.div_ceil(parts);
        Self {
            rates,
            currency: terms.currency,
            split: Zones::of(&services) == Zones::European,
            unpriced: unpriced(terms, billed, group.is_some(), exchange.is_some()),
            allowed: u128::from(tolerance)
                .saturating_mul(NANO_PER_MICRO)
                .saturating_add(factor),
            exchange: (times, parts),
            factor,
        }
    }

    /// The currency of the prices, and of what charges differ by.
    pub(crate) const fn currency(&self) -> Currency {
        self.currency
    }

    /// Why no charge of the file is compared.
    pub(crate) const fn unpriced(&self) -> Option<Unpriced> {
        self.unpriced
    }

    /// The service of a record, if the agreement covers the file and has no line for it.
    #[inline]
    pub(crate) fn not_agreed(&self, service: Option<Service>) -> Option<Service> {
        let service = service.filter(|_| self.unpriced.is_none())?;
        let unsplit = service == Service::MocInternational && self.split;
        let line = self.rates.get(service as usize)?;
        (line.is_none() && !unsplit).then_some(service)
    }

    fn rate(&self, service: Option<Service>) -> Option<(Service, Rate)> {
        let service = service?;
        Some((service, (*self.rates.get(service as usize)?)?))
    }

    /// Seconds and octets of a record, rounded up to the agreed increment of its service.
    pub(crate) fn quantities(&self, service: Option<Service>, event: &Event<'_>) -> (u128, u128) {
        let measured = (u128::from(event.duration), event.volume());
        let Some((service, rate)) = self.rate(service) else {
            return measured;
        };
        // Nothing so large was ever used, and steps of 0 are not agreed on.
        let charged = |units| rate.increment.charged(units).unwrap_or(units);
        match service.unit() {
            Unit::Minute => (charged(measured.0), measured.1),
            Unit::Megabyte => (measured.0, charged(measured.1)),
            Unit::Message | Unit::Event | Unit::ImsiMonth => measured,
        }
    }

    /// All that a record charges, and what its use costs: as it was measured, whatever units the sender charges. `None` where no
    /// single price can be told.
    fn asked(&self, service: Option<Service>, event: &Event<'_>) -> Option<Asked> {
        let (service, rate) = self.rate(service).filter(|_| self.unpriced.is_none())?;
        let price = rate.price.filter(|_| event.charges > 0)?;
        // Of what is paid back the charge is not asked for.
        let refund = event.refunds != Amounts::default() && event.amounts == Amounts::default();
        if refund || event.kind == EventKind::Aggregated {
            return None;
        }
        let units = match service.unit() {
            Unit::Minute => event.duration.into(),
            Unit::Megabyte => event.volume(),
            Unit::Message | Unit::Event => 1,
            Unit::ImsiMonth => return None,
        };
        // Nothing so large was ever sold that one of these does not fit.
        let divisor = divisor(service);
        let (times, parts) = self.exchange;
        let charge = event.amounts.charge.checked_mul(times)?;
        Some(Asked {
            agreed: price.checked_mul(rate.increment.charged(units).ok()?)?,
            // What the exchange leaves is less than a part.
            charge: charge.checked_mul(divisor)? / parts,
            divisor,
        })
    }

    /// Compares all that a record charges with what its use costs.
    pub(crate) fn compare(&self, service: Option<Service>, event: &Event<'_>) -> Compared {
        if let Some(service) = self.not_agreed(service) {
            return Compared::NotAgreed(service);
        }
        let asked = self.asked(service, event);
        let allowed = asked.and_then(|asked| self.allowed.checked_mul(asked.divisor));
        let (Some(asked), Some(allowed)) = (asked, allowed) else {
            return Compared::Skipped;
        };
        let Asked {
            agreed,
            charge,
            divisor,
        } = asked;
        let difference = charge.abs_diff(agreed);
        if difference <= allowed {
            return Compared::Agrees;
        }
        Compared::Differs(Difference {
            above: charge > agreed,
            difference: difference / divisor,
            agreed: agreed / divisor,
        })
    }
}

/// What a charge of a file is multiplied with and divided by to be in another currency; `None` where no rate between both is known.
fn exchange(billed: &Billed, to: Currency) -> Option<(u128, u128)> {
    if billed.currency == to {
        return Some((1, 1));
    }
    let agreed = billed.agreed.filter(|agreed| agreed.rate > 0)?;
    let rate = u128::from(agreed.rate);
    let between = (agreed.local, agreed.tap);
    if between == (to, billed.currency) {
        return Some((rate, NANO));
    }
    (between == (billed.currency, to)).then_some((NANO, rate))
}

/// Why nothing of a file is compared with terms.
fn unpriced(terms: &Terms, billed: &Billed, has_group: bool, has_rate: bool) -> Option<Unpriced> {
    let Billed {
        sender,
        recipient,
        currency: file,
        ..
    } = *billed;
    if !has_group {
        return Some(Unpriced::Networks { sender, recipient });
    }
    // What renews itself ends when it is terminated, of which the terms say nothing.
    let (first, last) = (terms.first, terms.last);
    let outside = |period: &Period| *period < first || (*period > last && terms.renewal_months == 0);
    if let Some(period) = billed.period.filter(outside) {
        return Some(Unpriced::Term { period, first, last });
    }
    let (prices, usage) = (terms.currency, terms.usage.currency);
    if file != prices && file != usage {
        return Some(Unpriced::Currency { file, prices, usage });
    }
    (!has_rate).then_some(Unpriced::Rate { file, prices })
}

impl TariffSummary {
    pub(crate) fn add(&mut self, compared: Compared) {
        match compared {
            Compared::Skipped => self.skipped += 1,
            Compared::NotAgreed(_) => self.not_agreed += 1,
            Compared::Agrees => self.compared += 1,
            Compared::Differs(Difference {
                above, difference, ..
            }) => {
                self.compared += 1;
                let (count, sum) = match above {
                    true => (&mut self.above, &mut self.excess),
                    false => (&mut self.below, &mut self.shortfall),
                };
                *count += 1;
                *sum = sum.saturating_add(difference / NANO_PER_MICRO);
            }
        }
    }
}

/// What a record charges, and what is asked for it, in parts of 10^-9 of the currency.
#[derive(Clone, Copy)]
struct Asked {
    agreed: u128,
    charge: u128,
    /// How many parts there are of 10^-9.
    divisor: u128,
}

/// How many units of a record are one of its service.
const fn divisor(service: Service) -> u128 {
    match service.unit() {
        Unit::Minute => 60,
        Unit::Megabyte => OCTETS_PER_MEGABYTE,
        Unit::Message | Unit::Event | Unit::ImsiMonth => 1,
    }
}

/// What all records of a service charge in a file, beside what the agreement asks for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PricedService {
    /// Who charges: the visited network.
    pub sender: Tadig,
    /// Who is charged: the home network.
    pub recipient: Tadig,
    /// What was used.
    pub service: Service,
    /// Records for which a single price can be told.
    pub records: u64,
    /// Currency of the amounts.
    pub currency: Currency,
    /// What they charge, in 10^-6 of the currency.
    pub charge: u128,
    /// What the agreement asks for them, in 10^-6 of the currency, rounded down.
    pub agreed: u128,
    /// What the two may differ by: the agreed tolerance of the service, and one unit of the file's last decimal place for each
    /// record; in 10^-6 of the currency.
    pub tolerance: u128,
}

impl PricedService {
    /// Whether one of charge and agreed price is more than `factor`, in 10^-6, times the other, by more than the tolerance.
    pub fn deviates(&self, factor: u64) -> bool {
        let (less, more) = (self.charge.min(self.agreed), self.charge.max(self.agreed));
        let most = less.saturating_mul(factor.into()) / MICRO;
        more > most.saturating_add(self.tolerance)
    }
}

/// What records charge and what is asked for them, by service.
#[derive(Clone, Debug)]
pub(crate) struct Prices {
    rates: Rates,
    sender: Tadig,
    recipient: Tadig,
    sums: Vec<PriceSum>,
}

/// Of one service: its records, and parts of 10^-9 of the currency.
#[derive(Clone, Copy, Default, Debug)]
struct PriceSum {
    records: u64,
    charge: u128,
    agreed: u128,
}

impl Prices {
    /// What is asked of a file.
    pub(crate) fn new(terms: &Terms, billed: &Billed) -> Self {
        Self {
            rates: Rates::new(terms, 0, billed),
            sender: billed.sender,
            recipient: billed.recipient,
            sums: vec![PriceSum::default(); Service::ALL.len()],
        }
    }

    /// What applies to the file.
    pub(crate) const fn rates(&self) -> &Rates {
        &self.rates
    }

    pub(crate) fn add(&mut self, service: Option<Service>, event: &Event<'_>) {
        let Some((service, asked)) = service.zip(self.rates.asked(service, event)) else {
            return;
        };
        if let Some(sum) = self.sums.get_mut(service as usize) {
            sum.records += 1;
            sum.charge = sum.charge.saturating_add(asked.charge);
            sum.agreed = sum.agreed.saturating_add(asked.agreed);
        }
    }

    /// The services that were charged, by rising service.
    pub(crate) fn services(&self) -> Vec<PricedService> {
        let sums = Service::ALL.iter().zip(&self.sums);
        let sums = sums.filter(|(_, sum)| sum.records > 0);
        let priced = sums.map(|(service, sum)| {
            let micro = |parts: u128| parts / divisor(*service) / NANO_PER_MICRO;
            let (charge, agreed) = (micro(sum.charge), micro(sum.agreed));
            let share = self
                .rates
                .rate(Some(*service))
                .map_or(0, |(_, rate)| rate.tolerance);
            let agreed_share = charge.max(agreed).saturating_mul(share.into()) / MICRO;
            let rounded = u128::from(sum.records).saturating_mul(self.rates.factor) / NANO_PER_MICRO;
            PricedService {
                sender: self.sender,
                recipient: self.recipient,
                service: *service,
                records: sum.records,
                currency: self.rates.currency,
                charge,
                agreed,
                tolerance: agreed_share.saturating_add(rounded),
            }
        });
        priced.collect()
    }
}

/// The price per unit where it is the same for every unit, whatever the volume of the month; in 10^-9 of the currency.
fn single_price(pricing: &Pricing) -> Option<u128> {
    let plan = match pricing {
        Pricing::Usage {
            plan: UsagePlan::Plan(plan),
            ..
        } => plan,
        Pricing::UsageAndAccess { usage, .. } => usage,
        _ => return None,
    };
    match plan {
        RatePlan::NotCharged => Some(0),
        RatePlan::Linear { price } => Some(price.0),
        _ => None,
    }
}
