//! Charges of single records against the prices of an agreement.

use crate::{
    events::{Amounts, Event, EventKind},
    summary::OCTETS_PER_MEGABYTE,
};
use interclear_primitives::{
    agreement::Terms,
    increment::Increment,
    money::Currency,
    service::{Service, Unit},
    tadig::Tadig,
};
use interclear_rating::{Pricing, RatePlan, UsagePlan};
use serde::Serialize;

/// What the charges of records are compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TariffCheck {
    /// The agreement.
    pub terms: Terms,
    /// Accepted difference per record, in 10^-6 of the currency, on top of one unit of the file's last decimal place, by
    /// which a rounded charge may differ.
    pub tolerance: u64,
}

/// What is agreed about a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Rate {
    /// In 10^-9 of the currency per unit of the service, where it is the same for every unit.
    price: Option<u128>,
    increment: Increment,
}

/// The prices that apply to one file.
#[derive(Clone, Debug)]
pub(crate) struct Rates {
    rates: Vec<Option<Rate>>,
    /// Whether the prices are in the currency of the file; increments count anyway.
    comparable: bool,
    /// In 10^-9 of the currency.
    allowed: u128,
    /// 10^-9 of the currency per unit of the file's amounts.
    factor: u128,
}

/// What the comparison came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct TariffSummary {
    /// Records whose charge was compared.
    pub compared: u64,
    /// Records for which no single price can be told: no line, a plan in tiers or with a fee, nothing charged, or another
    /// currency.
    pub skipped: u64,
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
    Agrees,
    Differs(Difference),
}

const NANO_PER_MICRO: u128 = 1_000;

impl Rates {
    /// The prices and increments for files from `sender` to `recipient`; `None` where the agreement has no group for them.
    pub(crate) fn new(
        check: &TariffCheck,
        sender: &str,
        recipient: &str,
        currency: Currency,
        decimals: u8,
    ) -> Option<Self> {
        let (sender, recipient): (Tadig, Tadig) = (sender.parse().ok()?, recipient.parse().ok()?);
        let groups = check
            .terms
            .directions
            .iter()
            .flat_map(|direction| direction.groups.iter());
        let mut groups =
            groups.filter(|group| group.visited.contains(&sender) && group.home.contains(&recipient));
        let group = groups.next()?;
        let factor = 10u128.pow(9u32.saturating_sub(decimals.into()));
        let mut rates = vec![None; Service::ALL.len()];
        for line in &group.lines {
            if let Some(rate) = rates.get_mut(line.service as usize) {
                *rate = Some(Rate {
                    price: single_price(&line.terms.pricing),
                    increment: line.increment,
                });
            }
        }
        Some(Self {
            rates,
            comparable: check.terms.currency == currency,
            allowed: u128::from(check.tolerance)
                .saturating_mul(NANO_PER_MICRO)
                .saturating_add(factor),
            factor,
        })
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

    /// Compares all that a record charges with what its use costs: as it was measured, whatever units the sender charges.
    pub(crate) fn compare(&self, service: Option<Service>, event: &Event<'_>) -> Compared {
        let Some((service, rate)) = self.rate(service).filter(|_| self.comparable) else {
            return Compared::Skipped;
        };
        let Some(price) = rate.price.filter(|_| event.charges > 0) else {
            return Compared::Skipped;
        };
        // Of what is paid back the charge is not asked for.
        let refund = event.refunds != Amounts::default() && event.amounts == Amounts::default();
        if refund || event.kind == EventKind::Aggregated {
            return Compared::Skipped;
        }
        let (units, divisor) = match service.unit() {
            Unit::Minute => (event.duration.into(), 60),
            Unit::Megabyte => (event.volume(), OCTETS_PER_MEGABYTE),
            Unit::Message | Unit::Event => (1, 1),
            Unit::ImsiMonth => return Compared::Skipped,
        };
        let charged = || {
            let agreed = price.checked_mul(rate.increment.charged(units).ok()?)?;
            let charge = event
                .amounts
                .charge
                .checked_mul(self.factor)?
                .checked_mul(divisor)?;
            Some((agreed, charge, self.allowed.checked_mul(divisor)?))
        };
        // Nothing so large was ever sold.
        let Some((agreed, charge, allowed)) = charged() else {
            return Compared::Skipped;
        };
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

impl TariffSummary {
    pub(crate) fn add(&mut self, compared: Compared) {
        match compared {
            Compared::Skipped => self.skipped += 1,
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
