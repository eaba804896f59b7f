use super::*;
use crate::Regions;

#[test]
fn set_region_should_refuse_wrong_origins() {
    execute(|| {
        govern_wrongly(|| Call::set_region {
            region: code("EEA"),
            from: NOW,
            members: members(&["DEU"]),
        });
    });
}

#[test]
fn set_region_should_keep_members_in_order() {
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
fn set_region_should_change_a_membership_from_a_month_on_and_never_back() {
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
fn set_region_should_refuse_what_is_not_valid() {
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
fn set_region_should_refuse_more_than_there_is_room_for() {
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
        Clock::set(month.start());
        assert_noop!(set_region("A", month.next(), &["DEU"]), Reason::MaxStepsExceeded);
        let later = (0..RETENTION).fold(NEXT, |month, _| month.next());
        Clock::set(later.start());
        assert_ok!(set_region("A", later, &["DEU"]));
        let versions = Regions::<Test>::get(code("A")).expect("the region exists");
        assert_eq!((versions.len(), versions[0].from), (4, NEXT));
    });
}
