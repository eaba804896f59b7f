//! Random sequences of calls by anybody at any time: every record stays consistent, an error changes nothing, and the rate
//! of a month that has begun never changes.

use super::*;
use crate::{Rates, WeightInfo};
use frame_support::traits::Hooks;
use interclear_ports::Caps as _;
use interclear_primitives::rating::{convert, Price};
use proptest::prelude::*;
use sp_runtime::StateVersion;
use std::collections::BTreeMap;

const CURRENCIES: [Currency; 4] = [USD, CHF, Currency::EUR, Currency::SDR];
const REGIONS: [&str; 5] = ["A", "B", "C", "D", "E"];
const CODES: [&str; 4] = ["DEU", "FRA", "USA", "AAZVF"];
const ALL_DESKS: [u64; 5] = [10, 20, 30, 40, TREASURY];

#[derive(Clone, Debug)]
enum Step {
    Region {
        region: usize,
        from: u32,
        members: Vec<usize>,
    },
    Tariff {
        region: usize,
        from: u32,
        price: Option<u128>,
    },
    Cap {
        visited: usize,
        home: Option<usize>,
        from: u32,
        price: Option<u128>,
        currency: usize,
    },
    Rate {
        currency: usize,
        month: u32,
        rate: u128,
        day: u32,
    },
    Feeders {
        which: Vec<usize>,
        quorum: u8,
    },
    Feed {
        desk: usize,
        currency: usize,
        month: u32,
        rate: u128,
        day: u32,
    },
    Refuse {
        currency: usize,
        month: u32,
    },
    Wait {
        days: u64,
    },
    Idle {
        steps: u64,
    },
}

/// A month around the first of the test.
fn month(offset: u32) -> Period {
    (0..offset).fold(NOW.previous(), |month, _| month.next())
}

fn running(offset: u32) -> Period {
    (0..offset).fold(Period::containing(MockClock::now()).previous(), |month, _| {
        month.next()
    })
}

fn steps() -> impl Strategy<Value = Step> {
    let price = || prop::option::weighted(0.8, 1..100u128);
    // Most on the 23rd, some on other days.
    let day = || prop_oneof![4 => Just(23u32), 2 => 18..=23u32, 1 => 1..31u32];
    let currency = || 0..CURRENCIES.len();
    prop_oneof![
        3 => (0..REGIONS.len(), 0..4u32, prop::collection::vec(0..CODES.len(), 0..3))
            .prop_map(|(region, from, members)| Step::Region { region, from, members }),
        2 => (0..REGIONS.len(), 0..4u32, price())
            .prop_map(|(region, from, price)| Step::Tariff { region, from, price }),
        4 => (0..REGIONS.len(), prop::option::of(0..REGIONS.len()), 0..4u32, price(), currency())
            .prop_map(|(visited, home, from, price, currency)| Step::Cap { visited, home, from, price, currency }),
        4 => (currency(), 0..4u32, 0..3u128, day())
            .prop_map(|(currency, month, rate, day)| Step::Rate { currency, month, rate, day }),
        1 => (prop::collection::vec(0..4usize, 0..4), 0..4u8)
            .prop_map(|(which, quorum)| Step::Feeders { which, quorum }),
        8 => (0..ALL_DESKS.len(), currency(), 1..4u32, 1..3u128, day())
            .prop_map(|(desk, currency, month, rate, day)| Step::Feed { desk, currency, month, rate, day }),
        1 => (currency(), 0..4u32).prop_map(|(currency, month)| Step::Refuse { currency, month }),
        3 => (1..40u64).prop_map(|days| Step::Wait { days }),
        2 => (0..20u64).prop_map(|steps| Step::Idle { steps }),
    ]
}

fn quoted(period: Period, day: u32) -> QuoteDate {
    QuoteDate(period.previous().0 * 100 + day)
}

/// Whether a call succeeded; `None` for what is not a call.
fn take(step: &Step) -> Option<bool> {
    let published = |price: Option<u128>, currency: usize| {
        price.map(|price| UnitPrice {
            currency: CURRENCIES[currency],
            price: Price(price),
        })
    };
    let done = match step {
        Step::Region {
            region,
            from,
            members,
        } => {
            let codes: Vec<_> = members.iter().map(|place| CODES[*place]).collect();
            set_region(REGIONS[*region], running(*from), &codes)
        }
        Step::Tariff { region, from, price } => {
            let area = Area::Region(code(REGIONS[*region]));
            set_tariff(area, Service::Gprs, running(*from), published(*price, 0))
        }
        Step::Cap {
            visited,
            home,
            from,
            price,
            currency,
        } => {
            let home = home.map(|place| REGIONS[place]);
            set_cap(
                REGIONS[*visited],
                home,
                running(*from),
                published(*price, *currency),
            )
        }
        Step::Rate {
            currency,
            month,
            rate,
            day,
        } => {
            let period = running(*month);
            set_rate(
                CURRENCIES[*currency],
                period,
                *rate * 1_000_000_000,
                quoted(period, *day),
            )
        }
        Step::Feeders { which, quorum } => {
            let operators: Vec<_> = which.iter().map(|place| OperatorId(*place as u32 + 1)).collect();
            set_feeders(&operators, *quorum, &CURRENCIES[..3])
        }
        Step::Feed {
            desk,
            currency,
            month,
            rate,
            day,
        } => {
            let period = running(*month);
            feed(
                ALL_DESKS[*desk],
                CURRENCIES[*currency],
                period,
                *rate * 1_000_000_000,
                quoted(period, *day),
            )
        }
        Step::Refuse { currency, month } => refuse_rate(CURRENCIES[*currency], running(*month)),
        Step::Wait { days } => {
            MockClock::advance(days * DAY);
            return None;
        }
        Step::Idle { steps } => {
            let limit = <()>::evict_base().saturating_add(<()>::evict_step().saturating_mul(*steps));
            let used = Tariffs::on_idle(1, limit);
            assert!(
                used.all_lte(limit),
                "on_idle used more than it was given: {used:?}"
            );
            return None;
        }
    };
    Some(done.is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn records_should_stay_consistent_when_anybody_calls_anything(steps in prop::collection::vec(steps(), 1..80)) {
        new_test_ext().execute_with(|| {
            appoint();
            let mut begun: BTreeMap<(Period, Currency), MonthRate> = BTreeMap::new();
            for step in &steps {
                let before = sp_io::storage::root(StateVersion::V1);
                if take(step) == Some(false) {
                    prop_assert_eq!(&before, &sp_io::storage::root(StateVersion::V1), "{:?}", step);
                }
                let state = Tariffs::do_try_state();
                prop_assert!(state.is_ok(), "{:?} after {:?}", state, step);
                let (current, horizon) = (Tariffs::current(), Tariffs::rate_horizon());
                for (period, currency, fixed) in Rates::<Test>::iter().filter(|(period, ..)| *period <= current) {
                    let first = *begun.entry((period, currency)).or_insert(fixed);
                    prop_assert_eq!(first, fixed, "a rate has changed after {:?}", step);
                }
                for (period, currency) in begun.keys().filter(|(period, _)| *period >= horizon) {
                    prop_assert!(Rates::<Test>::contains_key(period, currency), "a rate has gone after {:?}", step);
                }
            }
            Ok(())
        })?;
    }

    /// The rule of the caps, month by month and pair by pair, as slowly as it can be written.
    #[test]
    fn caps_should_bind_when_month_and_pair_are_theirs(
        steps in prop::collection::vec(steps(), 1..60),
        home in 0..CODES.len(), visited in 0..CODES.len(), other in 0..CODES.len(),
        price in 1..100u128, first in 0..4u32, months in 0..5u32, currency in 0..CURRENCIES.len(),
    ) {
        new_test_ext().execute_with(|| {
            appoint();
            for step in &steps {
                take(step);
            }
            let network = |place: usize| ["DEUD1", "FRAF1", "USAVZ", "AAZVF"][place];
            let mut priced = line(Service::Gprs, 0);
            priced.terms.pricing = rating::Pricing::linear(Price(price));
            let mut offered =
                terms(CURRENCIES[currency], vec![group(&[network(home)], &[network(visited), network(other)], vec![priced])]);
            offered.first = month(first);
            offered.last = month(first + months);

            let rate = |currency: Currency| {
                let newest = crate::NewestRate::<Test>::get(currency).unwrap_or(NOW);
                Tariffs::fixed_rate(currency, offered.first).or_else(|| Tariffs::fixed_rate(currency, newest))
            };
            let within = |region: &RegionCode, at: Period, text: &str| {
                let versions = crate::Regions::<Test>::get(region).unwrap_or_default();
                in_force(&versions, at).is_some_and(|version| version.includes(&tadig(text)))
            };
            let (mut above, mut unknown) = (false, false);
            let mut at = offered.first;
            while at <= offered.last {
                for cap in crate::Caps::<Test>::get(Service::Gprs) {
                    let Some(published) = in_force(&cap.steps, at).and_then(|step| step.price) else { continue };
                    let from = within(&cap.visited, at, network(visited)) || within(&cap.visited, at, network(other));
                    let to = cap.home.as_ref().is_none_or(|region| within(region, at, network(home)));
                    if !(from && to) {
                        continue;
                    }
                    let limit = if published.currency == offered.currency {
                        Some(published.price.0)
                    } else {
                        let rates = rate(published.currency).zip(rate(offered.currency));
                        rates.map(|(from, to)| convert(published.price.0, from, to).unwrap())
                    };
                    match limit {
                        Some(limit) => above |= price > limit,
                        None => unknown = true,
                    }
                }
                at = at.next();
            }
            let expected = if above {
                Err(Reason::AboveCap.into())
            } else if unknown {
                Err(Reason::CapRateMissing.into())
            } else {
                Ok(())
            };
            prop_assert_eq!(Tariffs::ensure_within(&offered, offered.first), expected);
            Ok(())
        })?;
    }
}
