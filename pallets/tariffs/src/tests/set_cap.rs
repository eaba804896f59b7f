use super::*;
use crate::Caps;

#[test]
fn set_cap_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        govern_wrongly(|| Call::set_cap {
            name: name("Regulation"),
            service: Service::Gprs,
            visited: code("EEA"),
            home: None,
            from: NOW,
            price: price(Currency::EUR, 1),
        });
    });
}

#[test]
fn cap_should_keep_its_number_when_it_changes_over_time() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["DEU"]));
        events();
        for (home, from, published, id) in [
            (Some("EEA"), NOW, price(Currency::EUR, 1_100), 0),
            (None, NOW, price(Currency::EUR, 5_000), 1),
            (Some("EEA"), NEXT, price(Currency::EUR, 1_000), 0),
            (None, NEXT, None, 1),
        ] {
            assert_ok!(set_cap("EEA", home, from, published));
            assert_eq!(
                events(),
                [Event::CapPublished {
                    cap: CapId(id),
                    name: name("Regulation"),
                    service: Service::Gprs,
                    visited: code("EEA"),
                    home: home.map(code),
                    from,
                    price: published
                }]
            );
        }
        let caps = Caps::<Test>::get(Service::Gprs);
        let steps: Vec<_> = caps.iter().map(|cap| (cap.id.0, cap.steps.len())).collect();
        assert_eq!(steps, [(0, 2), (1, 2)]);
        assert!(Caps::<Test>::get(Service::Mtc).is_empty());
    });
}

#[test]
fn set_cap_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        let one = price(Currency::EUR, 1);
        assert_noop!(set_cap("EEA", None, NOW, one), Reason::UnknownRegion);
        assert_ok!(set_region("EEA", NOW, &["DEU"]));
        assert_noop!(set_cap("EEA", Some("WORLD"), NOW, one), Reason::UnknownRegion);
        assert_noop!(set_cap("EEA", None, Period(13), one), Reason::InvalidPeriod);
        assert_noop!(set_cap("EEA", None, NOW.previous(), one), Reason::MonthOver);
        assert_noop!(
            set_cap("EEA", None, NOW, price(Currency(*b"E1R"), 1)),
            Reason::InvalidCurrency
        );
        assert_noop!(set_cap("EEA", None, NOW, None), Reason::NothingToEnd);
        let nameless = Call::set_cap {
            name: name(""),
            service: Service::Gprs,
            visited: code("EEA"),
            home: None,
            from: NOW,
            price: one,
        };
        assert_noop!(dispatch(RawOrigin::Root, nameless), Reason::InvalidName);
        crate::NextCapId::<Test>::put(CapId(u32::MAX));
        assert_noop!(set_cap("EEA", None, NOW, one), Reason::IdsExhausted);
    });
}

#[test]
fn set_cap_should_forget_caps_that_ended_long_ago_when_room_is_needed() {
    execute(|| {
        let one = price(Currency::EUR, 1);
        let regions = ["A", "B", "C", "D"];
        for region in regions {
            assert_ok!(set_region(region, NOW, &["DEU"]));
        }
        for (visited, home) in regions.iter().flat_map(|a| [(*a, None), (*a, Some("A"))]) {
            assert_ok!(set_cap(visited, home, NOW, one));
        }
        assert_noop!(set_cap("A", Some("B"), NOW, one), Reason::MaxCapsExceeded);
        assert_ok!(set_cap("B", None, NEXT, None));
        assert_noop!(set_cap("A", Some("B"), NEXT, one), Reason::MaxCapsExceeded);
        let later = (0..RETENTION).fold(NEXT, |month, _| month.next());
        MockClock::set(later.start());
        assert_ok!(set_cap("A", Some("B"), later, one));
        let caps = Caps::<Test>::get(Service::Gprs);
        let ids: Vec<_> = caps.iter().map(|cap| cap.id.0).collect();
        assert_eq!(ids, [0, 1, 3, 4, 5, 6, 7, 8]);
    });
}
