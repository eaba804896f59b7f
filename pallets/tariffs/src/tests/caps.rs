//! What an agreement may not charge.

use super::*;
use interclear_ports::Caps as _;
use interclear_primitives::rating::{Price, Pricing, RatePlan};

const EUR: Currency = Currency::EUR;

/// The EEA's cap on data between its members: 1.10 now, 1.00 from July 2027 on.
fn publish() {
    assert_ok!(set_region("EEA", NOW, &["DEU", "FRA", "AAZVF"]));
    assert_ok!(set_cap("EEA", Some("EEA"), NOW, price(EUR, 1_100)));
    assert_ok!(set_cap("EEA", Some("EEA"), Period(202707), price(EUR, 1_000)));
}

fn data(home: &[&str], visited: &[&str], millionths: u128) -> Terms {
    terms(
        EUR,
        vec![group(home, visited, vec![line(Service::Gprs, millionths)])],
    )
}

fn ensure(terms: &Terms) -> sp_runtime::DispatchResult {
    Tariffs::ensure_within(terms, terms.first)
}

#[test]
fn terms_should_be_refused_when_a_price_is_above_a_cap() {
    execute(|| {
        publish();
        assert_ok!(ensure(&data(&["DEUD1"], &["FRAF1"], 1_000)));
        let above = data(&["DEUD1"], &["FRAF1"], 1_101);
        assert_noop!(ensure(&above), Reason::AboveCap);
        let told = CapExceeded {
            direction: Direction::FirstHome,
            group: 0,
            service: Service::Gprs,
            cap: CapId(0),
            name: name("Regulation"),
            period: NEXT,
            published: UnitPrice {
                currency: EUR,
                price: Price(1_100_000),
            },
            limit: Some(Price(1_100_000)),
            offered: Price(1_101_000),
        };
        assert_eq!(Tariffs::caps_exceeded(&above, NEXT), [told]);
    });
}

#[test]
fn cap_should_bind_when_it_begins_within_the_terms() {
    execute(|| {
        publish();
        // Within today's cap, above the one that is decided for July.
        let mut between = data(&["DEUD1"], &["FRAF1"], 1_050);
        assert_noop!(ensure(&between), Reason::AboveCap);
        let exceeded = Tariffs::caps_exceeded(&between, NEXT);
        assert_eq!(exceeded.len(), 1);
        assert_eq!(
            (exceeded[0].period, exceeded[0].limit),
            (Period(202707), Some(Price(1_000_000)))
        );
        between.last = Period(202706);
        assert_ok!(ensure(&between));
        // ... unless it renews itself into July.
        between.renewal_months = 1;
        assert_noop!(ensure(&between), Reason::AboveCap);
        // An amendment from July on is not about the months before.
        let within = data(&["DEUD1"], &["FRAF1"], 1_000);
        assert_ok!(Tariffs::ensure_within(&within, Period(202707)));
        assert_ok!(set_cap("EEA", Some("EEA"), Period(202707), None));
        let mut above = data(&["DEUD1"], &["FRAF1"], 9_000);
        assert_noop!(ensure(&above), Reason::AboveCap);
        assert_ok!(Tariffs::ensure_within(&above, Period(202707)));
        above.first = Period(202708);
        assert_ok!(ensure(&above));
    });
}

#[test]
fn cap_should_bind_when_the_networks_are_of_its_regions() {
    execute(|| {
        publish();
        let above = 5_000;
        for (home, visited, bound) in [
            (&["DEUD1"][..], &["FRAF1"][..], true),
            (&["DEUD1"], &["USAVZ"], false),
            (&["USAVZ"], &["FRAF1"], false),
            (&["USAVZ", "DEUD1"], &["JPNDO", "AAZVF"], true),
            (&["DEUD1"], &["AAZOR"], false),
        ] {
            let result = ensure(&data(home, visited, above));
            assert_eq!(result.is_err(), bound, "{home:?} in {visited:?}");
        }
        // Another service is not bound, another direction is.
        let calls = terms(
            EUR,
            vec![group(&["DEUD1"], &["FRAF1"], vec![line(Service::Mtc, above)])],
        );
        assert_ok!(ensure(&calls));
        let mut reversed = data(&["FRAF1"], &["DEUD1"], above);
        reversed.directions.reverse();
        assert_eq!(
            Tariffs::caps_exceeded(&reversed, NEXT)[0].direction,
            Direction::SecondHome
        );
        // Without a region of home networks all are bound.
        assert_ok!(set_cap("EEA", None, NOW, price(EUR, 4_000)));
        assert_noop!(ensure(&data(&["USAVZ"], &["FRAF1"], above)), Reason::AboveCap);
    });
}

#[test]
fn groups_should_be_told_apart_when_both_directions_have_some() {
    execute(|| {
        publish();
        let groups = |above: usize| {
            (0..8)
                .map(|number| {
                    let price = if number == above { 2_000 } else { 1_000 };
                    group(&["DEUD1"], &["FRAF1"], vec![line(Service::Gprs, price)])
                })
                .collect::<Vec<_>>()
        };
        let mut both = terms(EUR, groups(7));
        both.directions[1].groups = groups(0).try_into().expect("eight are few");
        let found: Vec<_> = Tariffs::caps_exceeded(&both, NEXT)
            .into_iter()
            .map(|one| (one.direction, one.group))
            .collect();
        assert_eq!(found, [(Direction::FirstHome, 7), (Direction::SecondHome, 0)]);
    });
}

#[test]
fn membership_should_count_when_its_month_has_come() {
    execute(|| {
        publish();
        assert_ok!(set_region("EEA", Period(202704), &["DEU", "FRA", "GBR"]));
        let exceeded = Tariffs::caps_exceeded(&data(&["GBRVF"], &["FRAF1"], 1_200), NEXT);
        assert_eq!(
            exceeded.iter().map(|one| one.period).collect::<Vec<_>>(),
            [Period(202704)]
        );
        let left = data(&["AAZVF"], &["FRAF1"], 1_050);
        assert_ok!(ensure(&left));
    });
}

#[test]
fn network_access_cap_should_bind_when_a_line_charges_per_imsi_month() {
    execute(|| {
        publish();
        assert_ok!(set_service_cap(
            Service::NetworkAccess,
            "EEA",
            None,
            NOW,
            price(EUR, 100)
        ));
        let linear = |millionths: u128| RatePlan::Linear {
            price: Price(millionths * 1_000),
        };
        let with = |pricing| {
            let mut priced = line(Service::Gprs, 0);
            priced.terms.pricing = pricing;
            terms(EUR, vec![group(&["DEUD1"], &["FRAF1"], vec![priced])])
        };
        // Access at 0.2 a month is above the cap on access, far below that on data.
        let exceeded = Tariffs::caps_exceeded(&with(Pricing::Access { plan: linear(200) }), NEXT);
        assert_eq!(
            exceeded
                .iter()
                .map(|one| (one.cap, one.service))
                .collect::<Vec<_>>(),
            [(CapId(1), Service::Gprs)]
        );
        let both = Pricing::UsageAndAccess {
            usage: linear(9_000),
            floor: None,
            access: linear(50),
        };
        let exceeded = Tariffs::caps_exceeded(&with(both), NEXT);
        assert_eq!(exceeded.iter().map(|one| one.cap).collect::<Vec<_>>(), [CapId(0)]);
        assert_ok!(ensure(&with(Pricing::TapCharge)));
    });
}

#[test]
fn cap_should_be_converted_by_the_first_months_rates_when_its_currency_is_another() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["DEU", "FRA"]));
        assert_ok!(set_cap("EEA", None, NOW, price(Currency::SDR, 1_000)));
        // 1 SDR is 1.312345 USD: the cap of 0.001 SDR is 0.001312345 USD.
        let offer = |nano: u128| {
            let mut priced = line(Service::Gprs, 0);
            priced.terms.pricing = Pricing::linear(Price(nano));
            terms(USD, vec![group(&["DEUD1"], &["FRAF1"], vec![priced])])
        };
        assert_noop!(ensure(&offer(1)), Reason::CapRateMissing);
        assert_eq!(Tariffs::caps_exceeded(&offer(1), NEXT)[0].limit, None);
        // What is free needs no rate.
        assert_ok!(ensure(&offer(0)));
        // Until the first month has a rate, the newest counts.
        assert_ok!(set_rate(USD, NOW, 2_000_000_000, QuoteDate::of(NOW)));
        assert_ok!(ensure(&offer(2_000_000)));
        assert_noop!(ensure(&offer(2_000_001)), Reason::AboveCap);
        assert_ok!(set_rate(USD, NEXT, 1_312_345_000, QUOTED));
        assert_ok!(ensure(&offer(1_312_345)));
        assert_noop!(ensure(&offer(1_312_346)), Reason::AboveCap);
        // Between two currencies: 0.001 CHF at 1.1 CHF and 1.312345 USD for an SDR is 0.001193040909... USD.
        assert_ok!(set_cap("EEA", None, NEXT, price(CHF, 1_000)));
        assert_noop!(ensure(&offer(1)), Reason::CapRateMissing);
        assert_ok!(set_rate(CHF, NEXT, 1_100_000_000, QUOTED));
        assert_ok!(ensure(&offer(1_193_041)));
        let exceeded = Tariffs::caps_exceeded(&offer(1_193_042), NEXT);
        assert_eq!(exceeded[0].limit, Some(Price(1_193_041)));
    });
}

#[test]
fn cap_should_be_compared_when_prices_and_rates_are_at_their_bounds() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["DEU", "FRA"]));
        let most = Price::MAX_AGREED;
        let above = Price(most.0 + 1);
        let cap = |price| set_cap("EEA", None, NOW, Some(UnitPrice { currency: USD, price }));
        assert_noop!(cap(above), Reason::MaxPriceExceeded);
        assert_ok!(cap(most));
        assert_ok!(set_rate(USD, NEXT, SdrRate::MIN.0, QUOTED));
        assert_ok!(set_rate(EUR, NEXT, SdrRate::MAX.0, QUOTED));
        assert_ok!(ensure(&data(&["DEUD1"], &["FRAF1"], most.0 / 1_000)));
        let limit = |terms: &Terms| {
            Tariffs::caps_exceeded(terms, NEXT)
                .first()
                .and_then(|one| one.limit)
        };
        assert_eq!(limit(&data(&["DEUD1"], &["FRAF1"], most.0 / 1_000)), None);
        // The other way round next to nothing may be charged.
        assert_ok!(set_rate(USD, NEXT, SdrRate::MAX.0, QUOTED));
        assert_ok!(set_rate(EUR, NEXT, SdrRate::MIN.0, QUOTED));
        assert_eq!(
            limit(&data(&["DEUD1"], &["FRAF1"], most.0 / 1_000)),
            Some(Price(most.0 / 100_000_000))
        );
    });
}
