//! Figures of `golden.py`, which goes day by day with fractions.

use crate::support::{day, service, sum};
use interclear_billing::inventory::{lines, Agreed, Convention, LineKind, MonthBilled};
use interclear_primitives::period::Period;
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("golden.json")).unwrap()
}

fn convention(case: &Value) -> Convention {
    match case["convention"].as_str().unwrap() {
        "actual_days" => Convention::ActualDays,
        "thirty_days" => Convention::ThirtyDays,
        other => panic!("{other}"),
    }
}

fn services(case: &Value) -> Vec<Agreed> {
    let read = |told: &Value| {
        let versions: Vec<(&str, u64)> = told["versions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|version| (version[0].as_str().unwrap(), version[1].as_u64().unwrap()))
            .collect();
        let start = told["start"].as_str().unwrap();
        Agreed {
            one_off: told["one_off"].as_u64().unwrap(),
            start: day(start),
            through: Period(told["through"].as_u64().unwrap() as u32),
            ..service(start, told["end"].as_str(), &versions)
        }
    };
    case["services"].as_array().unwrap().iter().map(read).collect()
}

#[test]
fn month_should_come_to_the_golden_figure_under_both_conventions() {
    let golden = golden();
    let mut figures = 0;
    for case in golden["cases"].as_array().unwrap() {
        let (convention, services) = (convention(case), services(case));
        let decimals = case["decimals"].as_u64().unwrap() as u8;
        for (month, expected) in case["expected"].as_object().unwrap() {
            let month: Period = month.parse().unwrap();
            let rounded = sum(&services, month, convention).rounded(month, convention, decimals);
            let expected = (
                expected[0].as_u64().unwrap().into(),
                expected[1].as_u64().unwrap().into(),
            );
            assert_eq!(rounded, Ok(expected), "{month} of {case}");
            figures += 1;
        }
    }
    assert_eq!(figures, 160);
}

#[test]
fn statements_should_state_the_golden_differences_when_services_are_corrected_and_withheld() {
    let golden = golden();
    let (mut credits, mut charges) = (0, 0);
    for course in golden["courses"].as_array().unwrap() {
        let convention = convention(course);
        let mut months: Vec<MonthBilled> = Vec::new();
        for statement in course["statements"].as_array().unwrap() {
            let services = services(statement);
            let month = Period(statement["month"].as_u64().unwrap() as u32);
            months.push(MonthBilled {
                month,
                sum: Default::default(),
                stated: Default::default(),
            });
            for billed in &mut months {
                billed.sum = sum(&services, billed.month, convention);
            }
            let stated: Vec<(u64, String, i64)> = lines(&mut months, convention, 2)
                .unwrap()
                .into_iter()
                .map(|line| {
                    let kind = match line.kind {
                        LineKind::Recurring => "recurring",
                        LineKind::OneOff => "one_off",
                    };
                    (
                        u64::from(line.month.0),
                        kind.to_owned(),
                        i64::try_from(line.amount).unwrap(),
                    )
                })
                .collect();
            let expected: Vec<(u64, String, i64)> =
                serde_json::from_value(statement["lines"].clone()).unwrap();
            assert_eq!(stated, expected, "{month}");
            credits += stated.iter().filter(|(.., amount)| *amount < 0).count();
            charges += stated.iter().filter(|(.., amount)| *amount > 0).count();
        }
    }
    assert!(
        credits > 30 && charges > 80,
        "{credits} credits, {charges} charges"
    );
}
