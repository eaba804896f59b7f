//! Services, and what they come to.

use interclear_billing::inventory::{charges, Agreed, Convention, MonthSum, Version};
use interclear_matching::Day;
use interclear_primitives::{money::Currency, period::Period};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A service with these prices, in millionths, from these days on; agreed for all months of the tests.
pub fn service(start: &str, end: Option<&str>, versions: &[(&str, u64)]) -> Agreed {
    let versions: Vec<Version> = versions
        .iter()
        .map(|(from, recurring)| Version {
            from: day(from),
            bandwidth: 100_000_000,
            currency: Currency::EUR,
            recurring: *recurring,
        })
        .collect();
    Agreed {
        currency: Currency::EUR,
        one_off: 0,
        start: day(start),
        end: end.map(day),
        versions: versions.try_into().unwrap(),
        through: Period(209_912),
    }
}

pub fn sum(services: &[Agreed], month: Period, convention: Convention) -> MonthSum {
    services.iter().fold(MonthSum::default(), |sum, service| {
        sum.plus(charges(service, Currency::EUR, month, convention).unwrap())
            .unwrap()
    })
}
