use super::*;
use crate::Regions;

#[test]
fn set_region_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        govern_wrongly(|| Call::set_region {
            region: code("EEA"),
            from: NOW,
            members: members(&["DEU"]),
        });
    });
}

#[test]
fn members_should_be_in_order_when_a_region_is_set() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["FRA", "AAZVF", "DEU"]));
        assert_eq!(
            events(),
            [Event::RegionPublished {
                region: code("EEA"),
                from: NOW,
                members: 3
            }]
        );
        let versions = Regions::<Test>::get(code("EEA")).expect("the region exists");
        assert_eq!(
            versions[0].members,
            members::<MaxRegionMembers>(&["DEU", "FRA", "AAZVF"])
        );
    });
}

#[test]
fn membership_should_change_from_a_month_on_when_a_region_is_set_again() {
    execute(|| {
        assert_ok!(set_region("EEA", NOW, &["DEU", "GBR"]));
        assert_ok!(set_region("EEA", NEXT.next(), &["DEU"]));
        // What is decided for a month may be decided anew; order makes no difference.
        assert_ok!(set_region("EEA", NEXT, &["DEU", "FRA"]));
        assert_ok!(set_region("EEA", NEXT, &["DEU", "ITA"]));
        let versions = Regions::<Test>::get(code("EEA")).expect("the region exists");
        let from: Vec<_> = versions.iter().map(|version| version.from).collect();
        assert_eq!(from, [NOW, NEXT, NEXT.next()]);
        assert_eq!(versions[1].members, members::<MaxRegionMembers>(&["DEU", "ITA"]));
        assert_noop!(set_region("EEA", NOW.previous(), &["DEU"]), Reason::MonthOver);
    });
}

#[test]
fn set_region_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        for wrong in ["", "eea", "E A"] {
            assert_noop!(set_region(wrong, NOW, &["DEU"]), Reason::InvalidRegionCode);
        }
        assert_noop!(set_region("EEA", Period(202613), &["DEU"]), Reason::InvalidPeriod);
        assert_noop!(set_region("EEA", NOW, &[]), Reason::NoMembers);
        assert_noop!(set_region("EEA", NOW, &["deu"]), Reason::InvalidMember);
        let lower = RawOrigin::Root;
        let network = Call::set_region {
            region: code("EEA"),
            from: NOW,
            members: vec![Member::Network(Tadig(*b"deud1"))]
                .try_into()
                .expect("one is few"),
        };
        assert_noop!(dispatch(lower, network), Reason::InvalidMember);
        assert_noop!(
            set_region("EEA", NOW, &["DEU", "FRA", "DEU"]),
            Reason::DuplicateMember
        );
    });
}

#[test]
fn set_region_should_be_refused_when_there_is_no_room() {
    execute(|| {
        for region in ["A", "B", "C", "D"] {
            assert_ok!(set_region(region, NOW, &["DEU"]));
        }
        assert_noop!(set_region("E", NOW, &["DEU"]), Reason::MaxRegionsExceeded);
        let mut month = NOW;
        for _ in 1..4 {
            month = month.next();
            assert_ok!(set_region("A", month, &["DEU"]));
        }
        assert_noop!(set_region("A", month.next(), &["DEU"]), Reason::MaxStepsExceeded);
        // In time the past makes room.
        MockClock::set(month.start());
        assert_noop!(set_region("A", month.next(), &["DEU"]), Reason::MaxStepsExceeded);
        let later = (0..RETENTION).fold(NEXT, |month, _| month.next());
        MockClock::set(later.start());
        assert_ok!(set_region("A", later, &["DEU"]));
        let versions = Regions::<Test>::get(code("A")).expect("the region exists");
        assert_eq!((versions.len(), versions[0].from), (4, NEXT));
    });
}
