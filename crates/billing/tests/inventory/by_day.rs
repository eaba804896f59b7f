//! Charges against a definition that looks at every day by itself.

use interclear_billing::inventory::{charges, Agreed, Convention, Version};
use interclear_matching::Day;
use interclear_primitives::{money::Currency, period::Period, DAY};
use proptest::prelude::*;

/// Each price of a service is in one of these.
const CURRENCIES: [Currency; 2] = [Currency::EUR, Currency(*b"HRK")];

/// Days between two dates, as 30E/360 counts them, from a common beginning.
fn thirty(day: Day) -> u64 {
    let (year, month, day) = day.civil();
    u64::from(360 * year + 30 * month + day.min(30))
}

/// Price by price: what each day of the month costs, in 10^-6 of the currency times the days of the month.
fn day_by_day(service: &Agreed, currency: Currency, month: Period, convention: Convention) -> u128 {
    let (first, last) = (month.start() / DAY, month.end() / DAY);
    let mut sum = 0;
    for day in first..last {
        let day = Day(u16::try_from(day).unwrap());
        let is_there =
            day >= service.start && service.end.is_none_or(|end| day < end) && month <= service.through;
        let price = service.versions.iter().rev().find(|version| version.from <= day);
        let price = price.filter(|version| version.currency == currency);
        let weight = match convention {
            Convention::ActualDays => 1,
            Convention::ThirtyDays => thirty(Day(day.0 + 1)) - thirty(day),
        };
        if let (true, Some(version)) = (is_there, price) {
            sum += u128::from(version.recurring) * u128::from(weight);
        }
    }
    sum
}

/// A service that begins, changes and ends somewhere in 2027 and the first months of 2028, a leap year.
fn service() -> impl Strategy<Value = Agreed> {
    let days = 20_800u16..21_300;
    let versions = prop::collection::btree_map(days.clone(), 1u64..1_000_000_000_000, 1..5);
    (days.clone(), prop::option::of(days), versions).prop_map(|(start, end, versions)| {
        let versions: Vec<Version> = versions
            .into_iter()
            .map(|(from, recurring)| Version {
                from: Day(from),
                bandwidth: 1,
                currency: CURRENCIES[usize::from(from % 2)],
                recurring,
            })
            .collect();
        Agreed {
            currency: Currency::EUR,
            one_off: 0,
            start: Day(start),
            end: end.map(|end| Day(end.max(start))),
            versions: versions.try_into().unwrap(),
            through: Period(202_802),
        }
    })
}

proptest! {
    #[test]
    fn month_should_come_to_the_sum_of_its_days_when_prices_change_at_any_time(service in service()) {
        let mut month = Period(202_612);
        while month <= Period(202_804) {
            let conventions = [Convention::ActualDays, Convention::ThirtyDays];
            for (convention, currency) in conventions.into_iter().flat_map(|of| CURRENCIES.map(|currency| (of, currency))) {
                let sum = charges(&service, currency, month, convention).unwrap();
                let by_day = day_by_day(&service, currency, month, convention);
                prop_assert_eq!(sum.recurring, by_day, "{} {} {:?}", month, currency, convention);
            }
            month = month.next();
        }
    }
}
