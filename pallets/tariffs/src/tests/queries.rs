use super::*;

#[test]
fn queries_should_tell_everything_when_it_is_published() {
    execute(|| {
        assert_ok!(set_region("EU", NOW, &["DEU"]));
        assert_ok!(set_region("ASIA", NOW, &["JPN"]));
        let codes: Vec<_> = Tariffs::regions()
            .into_iter()
            .map(|(region, _)| region.to_string())
            .collect();
        assert_eq!(codes, ["ASIA", "EU"]);
        let one = price(Currency::EUR, 1);
        for service in [Service::NetworkAccess, Service::MocLocal, Service::Mtc] {
            assert_ok!(set_service_cap(service, "EU", None, NOW, one));
        }
        let services: Vec<_> = Tariffs::caps().into_iter().map(|(service, _)| service).collect();
        assert_eq!(
            services,
            [Service::NetworkAccess, Service::MocLocal, Service::Mtc]
        );

        appoint();
        assert_ok!(set_rate(USD, NEXT, 2_000_000_000, QUOTED));
        assert_ok!(feed(DESKS[0], CHF, NEXT, 1_000_000_000, QUOTED));
        assert_eq!(Tariffs::rates(NEXT).len(), 1);
        assert_eq!(Tariffs::rate_submissions(NEXT)[0].0, CHF);
        assert_eq!(Tariffs::rate_feeders().quorum, 2);
    });
}

#[test]
fn tariffs_should_come_without_a_gap_when_they_are_paged() {
    execute(|| {
        let one = price(Currency::EUR, 1);
        for service in Service::ALL {
            for network in ["DEUD1", "FRAF1", "AAZVF"] {
                assert_ok!(set_tariff(Area::Network(tadig(network)), *service, NOW, one));
            }
        }
        let all = Tariffs::tariffs(None);
        assert_eq!(all.len(), 3 * Service::ALL.len());
        let (area, service, _) = all[9].clone();
        assert_eq!(Tariffs::tariffs(Some((area, service))), all[10..]);
    });
}
