//! What services usually cost, so that a slip is seen: the price of a gigabyte for a megabyte, or one without its decimal point.

use core::ops::RangeInclusive;
use interclear_client::money;
use interclear_primitives::{
    money::Currency,
    rating::Price,
    service::{Service, Unit},
};

/// Prices below a millionth of a unit of the currency, or above a thousand of them, are usual for nothing and in no currency.
const PRICE: RangeInclusive<u128> = 1_000..=1_000 * Price::UNIT;
/// Currencies of which one SDR is about one unit: a third to three of them. In others only [`PRICE`] bounds a price.
const LIKE_THE_SDR: [&str; 10] = [
    "XDR", "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "BND",
];

/// What a unit of a service usually costs.
///
/// The measure are the wholesale caps within the EU (Regulation 2022/612, articles 9 to 11): 0.022 EUR a minute, 0.004 EUR a message,
/// and 2 EUR a gigabyte, so about 0.002 EUR a megabyte. Agreed prices go down to a hundredth of these, and outside of regions with caps
/// up to some fifty times (data), or two hundred times (calls and messages) as high. Calls to satellites and premium numbers, and the few
/// megabytes of small devices, cost more. What events and IMSI-months cost says nothing: it is from nearly nothing to the price of a game.
fn usual(service: Service, currency: Currency) -> RangeInclusive<u128> {
    const MILLIONTH: u128 = Price::UNIT / 1_000_000;
    if !LIKE_THE_SDR.contains(&currency.to_string().as_str()) {
        return PRICE;
    }
    match (service, service.unit()) {
        (Service::MocPremium | Service::MocSatellite | Service::MocSpecialDestinations, _) => {
            100 * MILLIONTH..=20 * Price::UNIT
        }
        (Service::NbIot | Service::LteM | Service::M2m, _) => 10 * MILLIONTH..=Price::UNIT,
        (_, Unit::Minute) => 100 * MILLIONTH..=5 * Price::UNIT,
        (_, Unit::Message) => 10 * MILLIONTH..=Price::UNIT,
        (_, Unit::Megabyte) => 10 * MILLIONTH..=Price::UNIT / 10,
        (_, Unit::Event | Unit::ImsiMonth) => PRICE,
    }
}

/// What is asked about a price that is not usual, as the end of a sentence.
pub(super) fn unusual(price: Price, service: Service, currency: Currency) -> Option<String> {
    let (least, most) = usual(service, currency).into_inner();
    let (unit, shown) = (service.unit(), money::price(price.0));
    let doubt = match unit {
        Unit::Megabyte if price.0 > most => "is it the price of a gigabyte?",
        _ => "is it meant so?",
    };
    let usual = match (price.0 < least, price.0 > most) {
        _ if price.0 == 0 => return None,
        (true, _) => format!("less than {}", money::price(least)),
        (_, true) => format!("more than {}", money::price(most)),
        _ => return None,
    };
    Some(format!(
        "the price is {shown} {currency} per {unit}, {usual}: {doubt}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_should_be_asked_about_when_it_is_far_from_what_the_service_costs() {
        let asked = |service, price| unusual(Price(price), service, Currency::EUR);
        let (whole, milli) = (1_000_000_000, 1_000_000);
        for (service, price) in [
            (Service::Gprs, 2 * milli),
            (Service::Gprs, 10_000),
            (Service::Gprs, 0),
            (Service::MocLocal, 22 * milli),
            (Service::MocInternational, 5 * whole),
            (Service::MocSatellite, 12 * whole),
            (Service::SmsMo, 4 * milli),
            (Service::NbIot, whole / 2),
            (Service::Content, 60 * whole),
        ] {
            assert_eq!(asked(service, price), None, "{service} {price}");
        }
        for (price, shown) in [(2 * whole, "2"), (20 * whole, "20"), (101 * milli, "0.101")] {
            assert_eq!(
                asked(Service::Gprs, price).unwrap(),
                format!("the price is {shown} EUR per MB, more than 0.1: is it the price of a gigabyte?")
            );
        }
        assert_eq!(
            asked(Service::Gprs, 2_000).unwrap(),
            "the price is 0.000002 EUR per MB, less than 0.00001: is it meant so?"
        );
        assert_eq!(
            asked(Service::MocLocal, 22 * whole).unwrap(),
            "the price is 22 EUR per min, more than 5: is it meant so?"
        );
        let yen = "JPY".parse().unwrap();
        assert_eq!(
            unusual(Price(2 * whole), Service::Gprs, yen),
            None,
            "a cent or two"
        );
        assert!(unusual(Price(1_001 * whole), Service::Gprs, yen).is_some());
    }
}
