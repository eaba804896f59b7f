//! How the two sides' usage reports (billing and charging evolution, BCE) compare, and what bills of them.

use alloc::vec::Vec;
use interclear_primitives::{
    agreement::Tolerance,
    money::Value,
    report::{ComparedLine, LineMatch, ReportSide, ReportedLine, UsageReport, UsageReports},
    service::Service,
};
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// Compares the two sides' reports: one result for each service that either of them reports, by ascending service.
pub fn compare(reports: &UsageReports, tolerances: &[(Service, Tolerance)]) -> Vec<ComparedLine> {
    let lines = |report: &Option<UsageReport>| {
        report
            .as_ref()
            .map_or_else(Vec::new, |report| report.lines.to_vec())
    };
    compare_reports(&lines(&reports.visited), &lines(&reports.home), tolerances)
}

/// As [`compare`], of the lines themselves. The figures of a service without a tolerance must be equal.
pub fn compare_reports(
    visited: &[ReportedLine],
    home: &[ReportedLine],
    tolerances: &[(Service, Tolerance)],
) -> Vec<ComparedLine> {
    let of = |lines: &[ReportedLine], service| lines.iter().find(|line| line.service == service).copied();
    let tolerance = |service| {
        tolerances
            .iter()
            .find(|(known, _)| *known == service)
            .map_or_else(Tolerance::default, |(_, tolerance)| *tolerance)
    };
    let one = |service: Service| {
        let (visited, home) = (of(visited, service), of(home, service));
        let found = match (&visited, &home) {
            (Some(a), Some(b)) if accepts(&tolerance(service), a, b) => LineMatch::Agrees,
            (Some(_), Some(_)) => LineMatch::Differs,
            (Some(_), None) => LineMatch::MissingAtHome,
            (None, Some(_)) => LineMatch::MissingAtVisited,
            (None, None) => return None,
        };
        Some(ComparedLine {
            service,
            visited,
            home,
            found,
        })
    };
    Service::ALL.iter().filter_map(|service| one(*service)).collect()
}

/// The part of a line that nobody disputes: what agrees, by the figures of the visited network, which invoices; of what
/// differs the smaller figures. What is missing at a side bills only if that side never reported at all: `silent`.
pub fn undisputed(line: &ComparedLine, silent: Option<ReportSide>) -> Option<ReportedLine> {
    match (line.found, line.visited, line.home) {
        (LineMatch::Agrees, visited, _) => visited,
        (LineMatch::Differs, Some(visited), Some(home)) => Some(smaller(&visited, &home)),
        (LineMatch::MissingAtHome, visited, _) if silent == Some(ReportSide::Home) => visited,
        (LineMatch::MissingAtVisited, _, home) if silent == Some(ReportSide::Visited) => home,
        _ => None,
    }
}

/// The smaller of the two sides' figures, each taken by itself.
fn smaller(one: &ReportedLine, other: &ReportedLine) -> ReportedLine {
    let lesser = |a: Value, b: Value| match (a.clear_unsigned(), b.clear_unsigned()) {
        (Ok(x), Ok(y)) if y < x => b,
        _ => a,
    };
    ReportedLine {
        service: one.service,
        quantity: one.quantity.min(other.quantity),
        charge: lesser(one.charge, other.charge),
        tax: lesser(one.tax, other.tax),
    }
}

/// The difference that is accepted where `larger` is the larger of two quantities: the absolute bound or the share of
/// `larger`, whichever is more. In 10^-6 of the unit.
pub fn accepted(tolerance: &Tolerance, larger: u128) -> u128 {
    tolerance
        .absolute
        .max(share(larger, u128::from(tolerance.ppm), 1_000_000))
}

/// Whether two lines of a service agree. Charge and tax may differ by the agreed share, or in the proportion in which the
/// quantities do: never by what the quantities might have differed, or over next to no usage any charge would do.
pub fn accepts(tolerance: &Tolerance, a: &ReportedLine, b: &ReportedLine) -> bool {
    let (smaller, larger) = (a.quantity.min(b.quantity), a.quantity.max(b.quantity));
    let differ = larger.abs_diff(smaller);
    let near = |x: Value, y: Value| match (x.clear_unsigned(), y.clear_unsigned()) {
        (Ok(x), Ok(y)) => {
            let by_share = share(x.max(y), u128::from(tolerance.ppm), 1_000_000);
            // Nothing is in proportion to nothing.
            let by_quantity = match smaller {
                0 => 0,
                _ => share(x.max(y), differ, larger),
            };
            x.abs_diff(y) <= by_share.max(by_quantity)
        }
        _ => x == y,
    };
    differ <= accepted(tolerance, larger) && near(a.charge, b.charge) && near(a.tax, b.tax)
}

/// `whole * part / of`, rounded down; all of `u128` where it does not fit.
fn share(whole: u128, part: u128, of: u128) -> u128 {
    multiply_by_rational_with_rounding(whole, part, of, Rounding::Down).unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::money::Value;
    use proptest::prelude::*;

    fn line(service: Service, quantity: u128, charge: i128) -> ReportedLine {
        ReportedLine {
            service,
            quantity,
            charge: Value::Clear(charge),
            tax: Value::ZERO,
        }
    }

    fn found(visited: &[ReportedLine], home: &[ReportedLine], tolerance: Tolerance) -> Vec<LineMatch> {
        let tolerances: Vec<_> = Service::ALL.iter().map(|service| (*service, tolerance)).collect();
        compare_reports(visited, home, &tolerances)
            .into_iter()
            .map(|line| line.found)
            .collect()
    }

    const ONE_PERCENT: Tolerance = Tolerance {
        absolute: 0,
        ppm: 10_000,
    };

    #[test]
    fn charges_should_differ_when_the_quantities_do_not_explain_it() {
        // A hundred minutes more or less are agreed, and less than that was used.
        let some = Tolerance {
            absolute: 100_000_000,
            ppm: 10_000,
        };
        let mtc = |quantity, charge| [line(Service::Mtc, quantity, charge)];
        for (visited, home, expected) in [
            (
                mtc(50_000_000, 1_000_000_000_000),
                mtc(50_000_000, 5),
                LineMatch::Differs,
            ),
            (mtc(50_000_000, 1_010), mtc(50_000_000, 1_000), LineMatch::Agrees),
            (mtc(50_000_000, 1_011), mtc(50_000_000, 1_000), LineMatch::Differs),
            // Twice the minutes at the same price, and at another.
            (mtc(100_000_000, 2_000), mtc(50_000_000, 1_000), LineMatch::Agrees),
            (
                mtc(100_000_000, 2_001),
                mtc(50_000_000, 1_000),
                LineMatch::Differs,
            ),
            (mtc(100_000_000, 2_000), mtc(0, 0), LineMatch::Differs),
            (mtc(100_000_000, 0), mtc(0, 0), LineMatch::Agrees),
        ] {
            assert_eq!(found(&visited, &home, some), [expected], "{visited:?} {home:?}");
            assert_eq!(found(&home, &visited, some), [expected], "{home:?} {visited:?}");
        }
    }

    #[test]
    fn comparing_should_give_one_result_for_every_service_of_either_side() {
        let visited = [line(Service::Mtc, 100, 100), line(Service::Gprs, 1_000, 5_000)];
        let home = [line(Service::Mtc, 98, 98), line(Service::SmsMo, 3, 30)];
        use LineMatch::*;
        let mut results = found(&visited, &home, ONE_PERCENT);
        results.sort();
        assert_eq!(results, [Differs, MissingAtHome, MissingAtVisited]);
        assert_eq!(found(&visited, &visited, Tolerance::default()), [Agrees, Agrees]);
        assert_eq!(found(&[], &[], ONE_PERCENT), []);
    }

    #[test]
    fn the_larger_tolerance_should_count_to_the_last_unit() {
        let tolerance = |absolute, ppm| Tolerance { absolute, ppm };
        for (a, b, tolerance, agrees) in [
            (1_000_000, 990_000, ONE_PERCENT, true),
            (1_000_000, 989_999, ONE_PERCENT, false),
            (989_999, 1_000_000, ONE_PERCENT, false),
            (1_000, 990, tolerance(10, 0), true),
            (1_000, 989, tolerance(10, 0), false),
            (1_000, 989, tolerance(10, 11_000), true),
            (u128::MAX, 0, tolerance(u128::MAX, 0), true),
            (u128::MAX, 1, ONE_PERCENT, false),
            (0, 0, tolerance(0, 0), true),
        ] {
            let (a, b) = (line(Service::Gprs, a, 0), line(Service::Gprs, b, 0));
            assert_eq!(accepts(&tolerance, &a, &b), agrees, "{a:?} {b:?} {tolerance:?}");
        }
    }

    #[test]
    fn charges_should_agree_when_they_differ_in_proportion_to_the_quantities() {
        let visited = line(Service::Mtc, 1_000, 50_000);
        let absolute = Tolerance { absolute: 10, ppm: 0 };
        for (charge, agrees) in [(49_500, true), (49_499, false), (50_505, true), (50_506, false)] {
            assert_eq!(
                accepts(&absolute, &visited, &line(Service::Mtc, 990, charge)),
                agrees,
                "{charge}"
            );
        }
        // Without a quantity the share of the charge itself counts.
        let fee = |charge| line(Service::Mtc, 0, charge);
        assert!(
            accepts(&ONE_PERCENT, &fee(1_000), &fee(990)) && !accepts(&ONE_PERCENT, &fee(1_000), &fee(989))
        );
    }

    #[test]
    fn the_undisputed_part_should_not_exceed_what_either_side_reports() {
        let visited = [line(Service::Mtc, 100, 90), line(Service::Gprs, 50, 70)];
        let home = [line(Service::Mtc, 80, 95)];
        let compared = compare_reports(&visited, &home, &[]);
        let bills = |silent| -> Vec<_> {
            compared
                .iter()
                .filter_map(|line| undisputed(line, silent))
                .collect()
        };
        assert_eq!(bills(None), [line(Service::Mtc, 80, 90)]);
    }

    #[test]
    fn every_line_should_be_undisputed_when_the_other_side_is_silent() {
        let lines = [line(Service::Mtc, 100, 90), line(Service::Gprs, 50, 70)];
        let bills = |compared: &[ComparedLine], silent| -> Vec<_> {
            compared
                .iter()
                .filter_map(|line| undisputed(line, silent))
                .collect()
        };
        let by_visited = compare_reports(&lines, &[], &[]);
        let by_home = compare_reports(&[], &lines, &[]);
        assert_eq!(bills(&by_visited, Some(ReportSide::Home)), lines);
        assert_eq!(bills(&by_home, Some(ReportSide::Visited)), lines);
        // An empty report is an answer.
        assert_eq!(bills(&by_visited, None), []);
        assert_eq!(bills(&by_home, None), []);
    }

    proptest! {
        #[test]
        fn comparing_should_give_the_same_result_in_either_order(
            a in (0u128..=u128::MAX, 0i128..i128::MAX),
            b in (0u128..=u128::MAX, 0i128..i128::MAX),
            absolute in any::<u128>(),
            ppm in 0u32..=1_000_000,
        ) {
            let tolerance = Tolerance { absolute, ppm };
            let (a, b) = (line(Service::Gprs, a.0, a.1), line(Service::Gprs, b.0, b.1));
            prop_assert_eq!(accepts(&tolerance, &a, &b), accepts(&tolerance, &b, &a));
            prop_assert!(accepts(&tolerance, &a, &a));
        }
    }
}
