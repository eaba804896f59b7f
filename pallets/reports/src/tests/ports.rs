//! What other pallets ask.

use super::*;
use interclear_ports::{ReportedPair, Reports as Port};

fn by_report() -> ServiceSet {
    <Reports as Port>::services_by_report(AGREEMENT, &PAIR)
}

#[test]
fn services_should_settle_by_report_when_the_visited_network_reports_them() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        assert!(
            by_report().is_empty(),
            "a home network's report alone decides nothing"
        );
        assert_ok!(report(VISITED_DESK, vec![reported(Service::Mtc, 5, 50)]));
        assert_eq!(by_report(), ServiceSet::from_iter([Service::Mtc]));
        // A correction without the service frees it.
        assert_ok!(report(VISITED_DESK, vec![]));
        assert!(by_report().is_empty());
    });
}

#[test]
fn figures_should_bill_when_they_are_final() {
    ExtBuilder::build_and_execute(|| {
        let billed = || <Reports as Port>::billed_in(AGREEMENT, OCTOBER);
        assert_eq!(billed(), []);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!(
            billed().into_iter().map(|pair| pair.billed).collect::<Vec<_>>(),
            [None]
        );
        assert_ok!(affirm(HOME_DESK, 1));
        let [ReportedPair {
            route,
            billed: Some(parts),
            ..
        }] = &billed()[..]
        else {
            panic!("one pair has final figures")
        };
        assert_eq!(route.agreement, AGREEMENT);
        let figures: Vec<_> = parts.iter().map(|part| (part.service, part.quantity)).collect();
        assert_eq!(figures, [(MOC, 1_000), (DATA, 80_000)]);
    });
}
