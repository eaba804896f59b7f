//! The table behind a report: what its rows add up to, and whether that is what was reported.

use crate::{
    commands::files::{self, TableArgs},
    error::CommandError,
    output::hex,
};
use interclear_client::{
    chain::Chain,
    money::{self, USAGE_DECIMALS},
};
use interclear_import::{Agreement, Faults, Usage};
use interclear_primitives::{
    agreement::Terms,
    ids::AgreementId,
    money::Value,
    period::Period,
    report::{PairMonth, ReportLines, ReportedLine, UsageReport},
    service::Service,
    Digest,
};
use serde::Serialize;
use std::{collections::BTreeSet, path::Path};

/// What is in force under an agreement in a month.
pub(super) async fn in_force(
    chain: &Chain,
    agreement: AgreementId,
    period: Period,
) -> Result<Agreement, CommandError> {
    let (_, terms, _) = chain.version_in(agreement, period).await?;
    // The chain has said that they are in force in this month, maybe renewed.
    Ok(Agreement::of_terms(Terms {
        first: period,
        last: period,
        ..terms
    }))
}

/// What the rows of a pair's month come to: that is reported, and with that a report is compared.
///
/// # Errors
/// All faults of the rows, with their places.
pub(super) fn add_up(agreement: &Agreement, pair: PairMonth, usage: &Usage) -> Result<ReportLines, Faults> {
    let mut reports = agreement.reports(usage)?;
    Ok(reports.remove(&pair).map(|pair| pair.lines).unwrap_or_default())
}

/// Something that a report states otherwise than the table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Difference {
    /// What it is, such as `GPRS: charge`.
    pub(super) what: String,
    /// What the table comes to.
    pub(super) table: String,
    /// What was reported.
    pub(super) report: String,
}

/// A usage table from which a side says to have reported.
pub(super) struct Table {
    usage: Usage,
    document: Digest,
}

/// How the digest of a table is called among what differs.
const DIGEST: &str = "Digest of the table";

/// Whether a report states the same figures as the table, and was made from another one.
pub(super) fn is_digest_alone(found: &[Difference]) -> bool {
    matches!(found, [one] if one.what == DIGEST)
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// The file cannot be opened; what is wrong with its rows is the inner result.
    pub(super) fn read(path: &Path, written: &TableArgs) -> Result<Result<Self, Faults>, CommandError> {
        let (usage, document) = files::usage_hashed(path, written)?;
        if let Ok(usage) = &usage {
            files::warn(path, &usage.warnings);
        }
        Ok(usage.map(|usage| Self { usage, document }))
    }

    /// Everything that a report of a pair's month states otherwise; nothing where the table bears it out.
    ///
    /// # Errors
    /// All faults of the pair's rows, with their places.
    pub(super) fn compare(
        self,
        agreement: &Agreement,
        pair: PairMonth,
        report: &UsageReport,
    ) -> Result<Vec<Difference>, Faults> {
        let rows = self.usage.rows.into_iter();
        let rows =
            rows.filter(|row| (row.visited, row.home, row.period) == (pair.visited, pair.home, pair.period));
        let usage = Usage {
            rows: rows.collect(),
            ..Usage::default()
        };
        let lines = add_up(agreement, pair, &usage)?;
        Ok(differences(&lines, &self.document, report))
    }
}

fn differences(lines: &[ReportedLine], document: &Digest, report: &UsageReport) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what: String, table: String, report: String| {
        if table != report {
            found.push(Difference { what, table, report });
        }
    };
    compare(DIGEST.into(), hex(document), hex(&report.document));
    let services: BTreeSet<Service> = lines
        .iter()
        .chain(report.lines.iter())
        .map(|line| line.service)
        .collect();
    for service in services {
        let names = [
            format!("{service}: quantity ({})", service.unit()),
            format!("{service}: charge"),
            format!("{service}: tax"),
        ];
        let each = figures(lines, service)
            .into_iter()
            .zip(figures(&report.lines, service));
        for (what, (table, report)) in names.into_iter().zip(each) {
            compare(what, table, report);
        }
    }
    found
}

/// Quantity, charge and tax of a service; where it has no line, nothing was used.
fn figures(lines: &[ReportedLine], service: Service) -> [String; 3] {
    let line = lines.iter().find(|line| line.service == service);
    let amount = |of: fn(&ReportedLine) -> Value| money::value(&line.map_or(Value::ZERO, of), USAGE_DECIMALS);
    [
        money::quantity(line.map_or(0, |line| line.quantity)),
        amount(|line| line.charge),
        amount(|line| line.tax),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_client::files::digest;
    use interclear_primitives::samples::{terms, FIRST, SECOND};

    const MONTH: Period = Period(202_601);
    const PAIR: PairMonth = PairMonth {
        visited: SECOND,
        home: FIRST,
        period: MONTH,
    };
    const HEAD: &str = "Year_Month,HPMN,VPMN,Services Categorised,Usage,Units,Charges,Direction\n";
    const DATA: &str = "202601,AAAAA,BBBBB,GPRS,12000,MB,24.50,inbound\n";

    fn agreement() -> Agreement {
        Agreement::of_terms(terms(MONTH, Period(202_612)))
    }

    fn table(rows: &str) -> Table {
        let text = format!("{HEAD}{rows}");
        Table {
            usage: Usage::read(text.as_bytes()).unwrap(),
            document: digest(text.as_bytes()),
        }
    }

    /// What a side reports of these rows.
    fn report(rows: &str) -> UsageReport {
        let Table { usage, document } = table(rows);
        UsageReport {
            version: 1,
            document,
            lines: add_up(&agreement(), PAIR, &usage).unwrap(),
            reported_at: 0,
        }
    }

    fn rows(found: Vec<Difference>) -> Vec<[String; 3]> {
        let rows = found.into_iter();
        rows.map(|one| [one.what, one.table, one.report]).collect()
    }

    fn row(what: &str, table: &str, report: &str) -> [String; 3] {
        [what, table, report].map(Into::into)
    }

    fn compared(rows_of_table: &str, report: &UsageReport) -> Vec<[String; 3]> {
        rows(table(rows_of_table).compare(&agreement(), PAIR, report).unwrap())
    }

    #[test]
    fn the_figure_should_be_listed_alone_when_a_report_states_ten_times_a_charge() {
        let mut report = report(DATA);
        assert_eq!(
            (report.lines[0].quantity, report.lines[0].charge),
            (12_000_000_000, Value::Clear(24_500_000))
        );
        assert_eq!(compared(DATA, &report), Vec::<[String; 3]>::new());
        report.lines[0].charge = Value::Clear(245_000_000);
        assert_eq!(
            compared(DATA, &report),
            [row("GPRS: charge", "24.500000", "245.000000")]
        );
        report.lines[0] = ReportedLine {
            quantity: 12_000_000_001,
            tax: Value::Clear(1),
            charge: Value::Clear(24_500_000),
            ..report.lines[0]
        };
        assert_eq!(
            compared(DATA, &report),
            [
                row("GPRS: quantity (MB)", "12000", "12000.000001"),
                row("GPRS: tax", "0.000000", "0.000001"),
            ]
        );
    }

    #[test]
    fn a_service_should_be_listed_when_only_the_table_or_only_the_report_has_it() {
        let calls = "202601,AAAAA,BBBBB,MTC,100,min,10,inbound\n";
        let both = [DATA, calls].concat();
        let services = |found: Vec<[String; 3]>| -> Vec<[String; 3]> {
            found
                .into_iter()
                .filter(|one| one[0].starts_with("MTC"))
                .collect()
        };
        assert_eq!(
            services(compared(&both, &report(DATA))),
            [
                row("MTC: quantity (min)", "100", "0"),
                row("MTC: charge", "10.000000", "0.000000"),
            ]
        );
        assert_eq!(
            services(compared(DATA, &report(&both))),
            [
                row("MTC: quantity (min)", "0", "100"),
                row("MTC: charge", "0.000000", "10.000000"),
            ]
        );
    }

    #[test]
    fn the_digest_should_be_listed_alone_when_another_table_adds_up_to_the_same() {
        let halves = "202601,AAAAA,BBBBB,GPRS,6000,MB,12.25,inbound\n".repeat(2);
        let found = compared(&halves, &report(DATA));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0][0], "Digest of the table");
        assert!(
            found[0][1] != found[0][2] && found[0][1].starts_with("0x"),
            "{found:?}"
        );
    }

    #[test]
    fn rows_should_count_for_nothing_when_they_are_of_another_pair_or_month() {
        let others = [
            "202602,AAAAA,BBBBB,GPRS,1,MB,1,inbound\n",
            "202601,BBBBB,AAAAA,GPRS,1,MB,1,outbound\n",
            // Nothing that the agreement prices.
            "202601,CCCCC,BBBBB,MOC Premium,1,min,1,inbound\n",
        ]
        .concat();
        let all = [DATA, &others].concat();
        let document = table(&all).document;
        let honest = UsageReport {
            document,
            ..report(DATA)
        };
        assert_eq!(compared(&all, &honest), Vec::<[String; 3]>::new());
        let wrong = [DATA, "202601,AAAAA,BBBBB,MOC Premium,1,min,1,inbound\n"].concat();
        let faults = table(&wrong).compare(&agreement(), PAIR, &honest).unwrap_err();
        assert!(faults.to_string().contains("row 3"), "{faults}");
    }
}
