//! Public sample files, where they are at hand.

use interclear_tap::{ber::Problem, validate_file, Code, Kind, Options, Outcome, Severity, Verdict};
use std::path::PathBuf;

/// The outcome of a sample, or `None` with a message where the samples are absent.
fn sample(name: &str) -> Option<Outcome> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tap")).join(name);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(validate_file(path, &Options::default()).unwrap())
}

fn codes(outcome: &Outcome, severity: Severity) -> Vec<Code> {
    outcome
        .findings
        .kept()
        .iter()
        .filter(|f| f.severity == severity)
        .map(|f| f.code)
        .collect()
}

#[test]
fn sample_should_be_refused_when_its_total_is_not_what_its_records_add_up_to() {
    for name in ["tap_3_12_valid.ber", "tap_3_12_valid_most_indef.ber"] {
        let Some(outcome) = sample(name) else { return };
        assert_eq!(outcome.error, None, "{name}");
        assert_eq!((outcome.kind, outcome.events), (Kind::Tap, 4));
        assert_eq!(
            codes(&outcome, Severity::Fatal),
            [Code::TotalChargeDiffers],
            "{:?}",
            outcome.findings.kept()
        );
        let finding = outcome
            .findings
            .kept()
            .iter()
            .find(|f| f.code == Code::TotalChargeDiffers)
            .unwrap();
        assert_eq!(finding.item, "auditControlInfo.totalCharge");
        assert_eq!(
            finding.message,
            "2.300 XDR stated, the records add up to 71.200 XDR"
        );
        assert_eq!(outcome.verdict(), Verdict::Findings);
        let report = outcome.report(name);
        assert_eq!(report.sender.as_deref(), Some("WERFD"));
        assert_eq!(report.recipient.as_deref(), Some("XLKJE"));
        assert_eq!(report.sequence, Some(31_707));
        assert_eq!(report.total_charge.as_deref(), Some("71.200"));
        let summary = outcome.summary.unwrap();
        assert_eq!(
            (summary.charge, summary.version.as_str(), summary.decimals),
            (71_200_000, "3.12", 3)
        );
        assert_eq!(summary.currency.to_string(), "XDR");
    }
}

#[test]
fn sample_should_come_down_to_the_same_when_lengths_are_of_either_form() {
    let (Some(definite), Some(indefinite)) = (
        sample("tap_3_12_valid.ber"),
        sample("tap_3_12_valid_most_indef.ber"),
    ) else {
        return;
    };
    assert_eq!(definite.findings.kept(), indefinite.findings.kept());
    assert_eq!(definite.summary, indefinite.summary);
    assert_eq!(definite.audit, indefinite.audit);
}

#[test]
fn notification_should_be_billable_when_it_is_in_order() {
    let Some(outcome) = sample("tap_notification.ber") else {
        return;
    };
    assert_eq!(
        (outcome.kind, outcome.events, outcome.verdict()),
        (Kind::Notification, 0, Verdict::Billable)
    );
    assert!(
        outcome.findings.kept().is_empty(),
        "{:?}",
        outcome.findings.kept()
    );
    assert_eq!(outcome.summary.unwrap().sequence, 23_023);
}

#[test]
fn near_real_time_records_should_be_judged_when_read() {
    let Some(outcome) = sample("nrt_2_1.ber") else {
        return;
    };
    assert_eq!(
        (outcome.kind, outcome.events, outcome.error.as_ref()),
        (Kind::Nrtrde, 7, None)
    );
    // The sample states ten records and has seven, numbers itself with one digit and is a day late.
    assert_eq!(
        codes(&outcome, Severity::Fatal),
        [Code::SequenceMalformed, Code::EventCountDiffers]
    );
    assert_eq!(codes(&outcome, Severity::Warning), [Code::LateDelivery; 7]);
    assert_eq!(codes(&outcome, Severity::Severe), []);
    assert_eq!(outcome.verdict(), Verdict::Findings);
    assert!(outcome.summary.is_none());
    let report = outcome.report("nrt_2_1.ber");
    assert_eq!(
        (report.sender.as_deref(), report.recipient.as_deref()),
        (Some("FOO01"), Some("BAR02"))
    );
    assert_eq!((report.sequence, report.total_charge), (Some(1), None));
}

#[test]
fn returns_should_be_refused_when_details_and_totals_are_missing() {
    let Some(outcome) = sample("rap_mini.ber") else {
        return;
    };
    assert_eq!(
        (outcome.kind, outcome.events, outcome.error.as_ref()),
        (Kind::Rap, 0, None)
    );
    assert_eq!(codes(&outcome, Severity::Fatal), [Code::AuditMissing]);
    assert_eq!(outcome.findings.kept().len(), 1, "{:?}", outcome.findings.kept());
    let report = outcome.report("rap_mini.ber");
    assert_eq!(
        (report.sender.as_deref(), report.recipient.as_deref()),
        (Some("ABC08"), Some("DEF15"))
    );
    assert_eq!((report.sequence, report.total_charge), (Some(23), None));
}

#[test]
fn file_should_be_undecodable_at_its_place_when_malformed() {
    let Some(outcome) = sample("deep_invalid.ber") else {
        return;
    };
    let error = outcome.error.as_ref().unwrap();
    assert_eq!((outcome.kind, error.problem), (Kind::Nrtrde, Problem::Overrun));
    assert_eq!((error.offset, error.path_text().as_str()), (0x4d, "/1/2/3/?"));
    assert_eq!(codes(&outcome, Severity::Fatal), [Code::Undecodable]);
    assert_eq!(outcome.verdict(), Verdict::Undecodable);

    let Some(outcome) = sample("length_overflow.ber") else {
        return;
    };
    let error = outcome.error.as_ref().unwrap();
    assert_eq!(
        (outcome.kind, error.problem, error.offset),
        (Kind::Unknown, Problem::LengthOverflow, 0)
    );
    assert_eq!(outcome.verdict(), Verdict::Undecodable);
}
