//! Random sequences of calls by anybody at any time: the records stay consistent, and what bills is what is final.

use super::*;
use crate::Reports as Stored;
use frame_support::{traits::Hooks, weights::Weight};
use interclear_primitives::{report::ReportedLine, usage::UsageTotal};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Report(bool, bool, u32, u32),
    Affirm(bool, u32),
    Conclude(bool),
    ByTap(u32),
    Pass(u64),
    Close,
    Idle,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<bool>(), any::<bool>(), 0..3u32, 0..5u32)
            .prop_map(|(back, home, from, lines)| Step::Report(back, home, from, lines)),
        2 => (any::<bool>(), 1..3u32).prop_map(|(home, version)| Step::Affirm(home, version)),
        2 => any::<bool>().prop_map(Step::Conclude),
        1 => (0..3u32).prop_map(Step::ByTap),
        2 => (1..90u64).prop_map(Step::Pass),
        1 => Just(Step::Close),
        1 => Just(Step::Idle),
    ]
}

const SERVICES: [Service; 3] = [MOC, Service::Mtc, DATA];

/// Does a step; many are refused, and that is as it should be.
fn take(step: Step) {
    let desk = |at_home| if at_home { HOME_DESK } else { VISITED_DESK };
    let _ = match step {
        Step::Report(back, at_home, from, lines) => {
            let lines = SERVICES
                .into_iter()
                .skip(from as usize)
                .take(lines as usize)
                .map(|service| reported(service, u128::from(from + lines) * 100, i128::from(lines)))
                .collect();
            report_for(if back { BACK } else { PAIR }, desk(at_home), lines)
        }
        Step::Affirm(at_home, version) => affirm(desk(at_home), version),
        Step::Conclude(at_home) => conclude(desk(at_home)),
        Step::ByTap(place) => {
            let service = SERVICES[place as usize];
            // No file comes of what the visited network has reported, as the anchoring pallet asks before.
            let reported = <Reports as interclear_ports::Reports>::services_by_report(AGREEMENT, &PAIR);
            if !reported.contains(service) {
                let by_file = <MockUsage as interclear_ports::UsageBook>::services_by_file(&PAIR);
                MockUsage::set_by_file(PAIR, by_file.union(ServiceSet::from_iter([service])));
            }
            Ok(())
        }
        Step::Pass(days) => {
            MockClock::advance(days * DAY);
            Ok(())
        }
        Step::Close => complete().and_then(|()| MockUsage::close(AGREEMENT, OCTOBER).map(|_| ())),
        Step::Idle => {
            <Reports as Hooks<u64>>::on_idle(1, Weight::MAX);
            Ok(())
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn totals_should_be_what_is_final_when_anybody_does_anything(steps in proptest::collection::vec(step(), 0..60)) {
        ExtBuilder::build_and_execute(|| {
            for step in steps {
                take(step);
                assert_ok!(Reports::do_try_state());
                let month = MockUsage::period_usage(AGREEMENT, OCTOBER);
                if month.closed {
                    continue;
                }
                let kept: Vec<_> = Stored::<Test>::iter_values().collect();
                let open = kept.iter().filter(|reports| reports.holds && reports.outcome.is_none()).count();
                assert_eq!((month.reports, month.open_reports), (kept.len() as u32, open as u32));
                let mut expected = BTreeMap::new();
                for reports in &kept {
                    for part in reports.billed.iter().map(ReportedLine::total) {
                        let sum: &mut UsageTotal =
                            expected.entry((reports.route.direction, part.service)).or_default();
                        *sum = sum.checked_add(&part).expect("the figures are small");
                    }
                }
                let totals: BTreeMap<_, _> = MockUsage::totals(AGREEMENT, OCTOBER)
                    .into_iter()
                    .map(|(key, total)| ((key.direction, key.service), total))
                    .collect();
                assert_eq!(totals, expected);
            }
        });
    }
}
