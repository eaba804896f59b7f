use super::*;

fn network(text: &str) -> Area {
    Area::Network(tadig(text))
}

#[test]
fn set_tariff_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        govern_wrongly(|| Call::set_tariff {
            area: network("DEUD1"),
            service: Service::Gprs,
            from: NOW,
            price: price(Currency::EUR, 1),
        });
    });
}

#[test]
fn prices_should_hold_over_time_when_networks_and_regions_have_them() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["DEU"]));
        let region = Area::Region(code("EEA"));
        events();
        for (area, from, published) in [
            (network("DEUD1"), NOW, price(Currency::SDR, 2_000)),
            (network("DEUD1"), NEXT.next(), None),
            (network("DEUD1"), NEXT, price(Currency::SDR, 1_500)),
            (region, NEXT, price(USD, 3_000)),
        ] {
            assert_ok!(set_tariff(area.clone(), Service::Gprs, from, published));
            assert_eq!(
                events(),
                [Event::TariffPublished {
                    area,
                    service: Service::Gprs,
                    from,
                    price: published
                }]
            );
        }
        let steps = crate::Tariffs::<Test>::get(network("DEUD1"), Service::Gprs).expect("it is published");
        let in_month = |month| in_force(&steps, month).and_then(|step| step.price);
        assert_eq!(in_month(NOW), price(Currency::SDR, 2_000));
        assert_eq!(in_month(NEXT), price(Currency::SDR, 1_500));
        assert_eq!(in_month(NEXT.next()), None);
    });
}

#[test]
fn set_tariff_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        let one = price(Currency::EUR, 1);
        let publish = |area, from, price| set_tariff(area, Service::Mtc, from, price);
        assert_noop!(publish(network("ITASI"), NOW, one), Reason::UnknownNetwork);
        assert_noop!(
            publish(Area::Region(code("EEA")), NOW, one),
            Reason::UnknownRegion
        );
        assert_noop!(publish(network("DEUD1"), Period(0), one), Reason::InvalidPeriod);
        assert_noop!(publish(network("DEUD1"), NOW.previous(), one), Reason::MonthOver);
        let euro = price(Currency(*b"eur"), 1);
        assert_noop!(publish(network("DEUD1"), NOW, euro), Reason::InvalidCurrency);
        assert_noop!(publish(network("DEUD1"), NOW, None), Reason::NothingToEnd);
        let mut month = NOW;
        for _ in 0..16 {
            assert_ok!(publish(network("DEUD1"), month, one));
            month = month.next();
        }
        assert_noop!(publish(network("DEUD1"), month, one), Reason::MaxStepsExceeded);
    });
}
