//! What a contract of the published format means.

use crate::support::{
    agreement, charged, contract, faults, linear, rated, row, service, unconditional, usage, HOME, VISITED,
};
use interclear_billing::{late::Version, rate::Totals};
use interclear_import::{forecast, rate, Agreement, Course, Label, Late, Rates, Scope, Usage, Used};
use interclear_primitives::{
    agreement::Direction,
    ids::DisputeId,
    money::{Currency, Value as Amount},
    period::Period,
    rating::SdrRate,
    service::{Service, Unit},
    span::{Accounted, Months, Span},
    statement::Decided,
    usage::{UsageKey, UsageTotal},
};
use serde_json::{json, Value};

/// The charge in cents of one volume by one plan.
fn charge(name: &str, plan: Value, volume: &str) -> i128 {
    let rated = rated(
        &contract(json!([service(name, plan)]), unconditional()),
        &usage(&[row(name, volume)]),
        Scope::Term,
    );
    charged(
        &rated.unwrap_or_else(|faults| panic!("{faults}")),
        name.parse().unwrap(),
    )
    .0
}

/// The term of the contracts.
const YEAR: Months = Months {
    first: Period(202_601),
    last: Period(202_612),
};

/// The line of data of the first party's subscribers.
const DATA: UsageKey = UsageKey {
    direction: Direction::FirstHome,
    group: 0,
    service: Service::Gprs,
};

/// So many megabytes on that line.
fn used_data(megabytes: u128) -> Totals {
    let total = UsageTotal {
        records: 1,
        quantity: megabytes * 1_000_000,
        ..UsageTotal::default()
    };
    Totals::from([(DATA, total)])
}

fn tiers(kind: &str) -> Value {
    let thresholds = json!([
        { "start": 0, "linearPrice": 0.10 },
        { "start": "200000", "fixedPrice": 5, "linearPrice": "0.08" },
        { "start": 500000.0, "fixedPrice": 7.5, "linearPrice": 5e-2 },
    ]);
    json!({ "kind": kind, "rate": { "thresholds": thresholds } })
}

#[test]
fn plan_should_charge_as_it_says_when_it_is_of_any_kind() {
    let linear = json!({ "kind": "Linear rate", "rate": { "linearPrice": 0.08 } });
    assert_eq!(charge("MOC Local", linear, "4256505.95"), 34_052_048);
    assert_eq!(
        charge("MTC", json!({ "kind": "Linear rate" }), "10"),
        0,
        "without a rate it settles at the TAP charge, and there is none"
    );
    assert_eq!(charge("MTC", json!({ "kind": "Not Charged" }), "10"), 0);
    let zero = json!({ "kind": "Not Charged", "rate": { "linearPrice": 0 } });
    assert_eq!(charge("MTC", zero, "10"), 0);
    let flat = json!({ "kind": "Flat rate", "rate": { "fixedPrice": 1500 } });
    assert_eq!(charge("MTC", flat, "5000"), 150_000);
    assert_eq!(
        charge("GPRS", tiers("Tiered with Thresholds"), "550000"),
        4_650_000 + 1_250
    );
    assert_eq!(
        charge("GPRS", tiers("Threshold - back to first"), "550000"),
        2_750_000 + 750
    );
    assert_eq!(
        charge("GPRS", tiers("Threshold - back to first"), "500000"),
        4_000_000 + 500
    );
    let once = json!({ "kind": "Linear rate", "rate": { "linearPrice": 2, "fixedPrice": 100 } });
    assert_eq!(charge("GPRS", once, "1000"), 210_000);
}

#[test]
fn flat_fee_should_be_owed_once_for_the_term_when_there_is_no_traffic() {
    let flat = json!([service(
        "MTC",
        json!({ "kind": "Flat rate", "rate": { "fixedPrice": 1500 } })
    )]);
    let rated = rated(&contract(flat, unconditional()), &usage(&[]), Scope::Term).unwrap();
    assert_eq!(charged(&rated, Service::Mtc), (150_000, 0));
    assert_eq!(rated.months.len(), 12);
}

#[test]
fn balanced_traffic_should_be_matched_when_the_other_direction_has_any() {
    let plan = json!({
        "kind": "Balanced/Unbalanced (Linear rate)",
        "balancedRate": { "linearPrice": 0.10 },
        "unbalancedRate": { "linearPrice": 0.05 },
    });
    let file = json!({
        "outbound": [row("VoLTE", "250000")],
        "inbound": [{
            "yearMonth": "2026-03", "homeTadig": VISITED, "visitorTadig": HOME, "service": "VoLTE",
            "usage": 175000, "units": "min",
        }],
    });
    let rated = rated(
        &contract(json!([service("VoLTE", plan)]), unconditional()),
        file.to_string().as_bytes(),
        Scope::Term,
    );
    assert_eq!(
        charged(&rated.unwrap(), Service::Volte),
        (2_125_000, 0),
        "matched over the term, not by month"
    );
}

#[test]
fn access_should_be_charged_per_imsi_month_when_alone_or_with_usage() {
    let access = json!({ "ratingPlan": tiers("Tiered with Thresholds"), "unit": "IMSI" });
    let alone = json!([{ "service": "NB-IOT", "includedInCommitment": true, "accessPricing": access }]);
    let imsis = json!({
        "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "NB-IoT", "usage": 1000,
        "units": "IMSI",
    });
    let terms = contract(alone, unconditional());
    let by_service = rated(&terms, &usage(std::slice::from_ref(&imsis)), Scope::Term).unwrap();
    assert_eq!(charged(&by_service, Service::NbIot), (10_000, 0));
    let by_name = rated(&terms, &usage(&[row("Network Access", "1000")]), Scope::Term).unwrap();
    assert_eq!(charged(&by_name, Service::NbIot), (10_000, 0));

    let mut both = linear("NB-IoT", "0.5");
    both["accessPricing"] = access;
    let rated = rated(
        &contract(json!([both]), unconditional()),
        &usage(&[imsis, row("NB-IoT", "10")]),
        Scope::Term,
    );
    assert_eq!(charged(&rated.unwrap(), Service::NbIot), (10_500, 0));
}

#[test]
fn commitment_should_be_split_to_the_cent_when_the_term_ends() {
    let condition = json!({
        "kind": "Deal Revenue Commitment",
        "commitment": { "value": 75000, "currency": "EUR", "includingTaxes": false },
    });
    let services = json!([
        linear("MOC Local", "0.10"),
        linear("SMSMO", "0.05"),
        linear("GPRS", "0.025")
    ]);
    let rows = [
        row("MOC Local", "275000"),
        row("SMS MO", "182000"),
        row("data", "1250000"),
    ];
    let terms = contract(services, condition);
    let due = rated(&terms, &usage(&rows), Scope::Term).unwrap();
    assert_eq!(charged(&due, Service::MocLocal), (2_750_000, 289_794));
    assert_eq!(charged(&due, Service::SmsMo), (910_000, 95_895));
    assert_eq!(charged(&due, Service::Gprs), (3_125_000, 329_311));
    let so_far = rated(&terms, &usage(&rows), Scope::ToDate).unwrap();
    assert_eq!(charged(&so_far, Service::Gprs), (3_125_000, 0));
    let nothing = rated(&terms, &usage(&[]), Scope::Term).unwrap();
    let owed: i128 = nothing.lines.iter().map(|line| line.shortfall).sum();
    assert_eq!(owed, 7_500_000, "it is owed without any traffic");
}

#[test]
fn contract_revenue_commitment_should_be_measured_by_tap_charges() {
    let condition = json!({
        "kind": "Contract Revenue Commitment",
        "commitment": { "value": "1000", "currency": "EUR", "includingTaxes": false },
    });
    let terms = contract(json!([linear("GPRS", "0.01")]), condition);
    let mut charge = row("GPRS", "100");
    charge["charges"] = json!("640.2550");
    let rated = rated(&terms, &usage(&[charge]), Scope::Term).unwrap();
    let line = rated
        .lines
        .iter()
        .find(|line| line.service() == Service::Gprs)
        .unwrap();
    assert_eq!(
        (line.tap_charge, line.charge, line.shortfall),
        (64_026, 100, 35_974)
    );
}

#[test]
fn traffic_should_settle_at_the_tap_charge_when_no_group_lists_it() {
    let terms = contract(json!([linear("GPRS", "0.01")]), unconditional());
    let mut premium = row("MOC Premium", "11250");
    premium["charges"] = json!(24075);
    premium["taxes"] = json!(481.5);
    let rated = rated(&terms, &usage(&[premium]), Scope::Term).unwrap();
    assert_eq!(charged(&rated, Service::MocPremium), (2_407_500, 0));
    let line = rated
        .lines
        .iter()
        .find(|line| line.service() == Service::MocPremium)
        .unwrap();
    assert_eq!(line.tax, 48_150);
}

#[test]
fn voice_over_lte_should_be_counted_in_megabytes_when_the_contract_says_so() {
    let mut volte = linear("VoLTE", "0.5");
    volte["usagePricing"]["unit"] = json!("MB");
    let terms = contract(json!([volte]), unconditional());
    let mut used = row("VoLTE", "30");
    used["units"] = json!("MB");
    let rated = rated(&terms, &usage(&[used]), Scope::Term).unwrap();
    let line = rated
        .lines
        .iter()
        .find(|line| line.label == Label::Outbound)
        .unwrap();
    assert_eq!((line.unit, line.charge), (Unit::Megabyte, 1_500));
}

#[test]
fn contract_should_become_terms_that_the_chain_accepts() {
    let read = agreement(&contract(json!([linear("GPRS", "0.012")]), unconditional()));
    assert_eq!(interclear_billing::terms::validate(&read.terms), Ok(()));
    assert_eq!(read.parties, Some(["ONE".into(), "TWO".into()]));
    assert_eq!(
        (read.terms.first, read.terms.last),
        (Period(202_601), Period(202_612))
    );
    let first = read.terms.direction(Direction::FirstHome);
    assert_eq!((first.window, first.commitment_span), (Span::Term, Span::Term));
    assert_eq!(first.groups[0].home[0].as_str(), HOME);
    let again = Agreement::read(&serde_json::to_string(&read.terms).unwrap()).unwrap();
    assert_eq!(
        again.terms, read.terms,
        "the terms, written down, are read as our own"
    );

    let excluded = read.excluded();
    assert_eq!(excluded.len(), 2 * (Service::ALL.len() - 1));
    let all = read.with_excluded(&excluded).unwrap();
    assert_eq!(all.terms.line_count() as usize, 2 * Service::ALL.len());
    assert_eq!(interclear_billing::terms::validate(&all.terms), Ok(()));
    assert!(!excluded.contains(&DATA));
}

#[test]
fn a_plan_should_be_refused_when_a_part_of_it_would_count_for_nothing() {
    let place = "discounts.TWO.serviceGroups[0].services[0].usagePricing.ratingPlan";
    let one = json!({ "linearPrice": 1 });
    let both = "states one rate for all units, and others for balanced or unbalanced ones";
    for (plan, reason) in [
        (
            json!({ "kind": "Not Charged", "rate": one }),
            "is Not Charged, and states a rate",
        ),
        (
            json!({ "kind": "Not Charged", "balancedRate": one }),
            "is Not Charged, and states a rate",
        ),
        (
            json!({ "kind": "Linear rate", "rate": one, "unbalancedRate": one }),
            both,
        ),
        (
            json!({ "rate": one, "balancedRate": one, "unbalancedRate": one }),
            both,
        ),
    ] {
        let read = Agreement::read(&contract(json!([service("GPRS", plan)]), unconditional()).to_string());
        assert_eq!(faults(read), [format!("{place}: {reason}")]);
    }
}

#[test]
fn forecast_should_go_on_at_the_pace_so_far_when_months_are_missing() {
    let condition = json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": 1000 } });
    let terms = contract(json!([linear("GPRS", "0.5")]), condition);
    let read = Usage::read(&usage(&[row("GPRS", "31")])).unwrap();
    let assigned = agreement(&terms).assign(&read).unwrap();
    let forecasts = forecast(&assigned, &Rates::new(), 2).unwrap();
    assert_eq!(forecasts.len(), 1, "one direction has committed itself");
    let one = &forecasts[0];
    // A megabyte a day: 365 in the year.
    assert_eq!(
        (one.committed, one.reached, one.missing),
        (100_000, 18_250, 81_750)
    );
    assert_eq!((one.direction, one.shortfall), (Direction::FirstHome, 81_750));
    assert_eq!(
        (one.span.first, one.span.last),
        (Period(202_601), Period(202_612))
    );

    let nothing = agreement(&terms).assign(&Usage::default()).unwrap();
    assert!(forecast(&nothing, &Rates::new(), 2).is_err());
}

#[test]
fn forecast_should_count_each_month_by_its_own_prices_when_an_amendment_carries_a_commitment_on() {
    let condition = json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": 1200 } });
    let old = agreement(&contract(json!([linear("GPRS", "1")]), condition.clone())).terms;
    let new = agreement(&contract(json!([linear("GPRS", "2")]), condition)).terms;
    let version = |period: Period| {
        let (terms, first, last) = match period < Period(202_605) {
            true => (&old, YEAR.first, Period(202_604)),
            false => (&new, Period(202_605), YEAR.last),
        };
        let carried = Accounted {
            counted: YEAR,
            priced: Months { first, last },
        };
        Version {
            terms,
            accounted: [carried; 2],
        }
    };
    // A megabyte a day until the end of June: 120 days at 1, the others at 2.
    let used: Used = YEAR
        .iter()
        .take(6)
        .map(|period| {
            let days = (period.end() - period.start()) / interclear_primitives::DAY;
            (period, used_data(u128::from(days)))
        })
        .collect();
    let course = Course {
        version: Box::new(version),
        months: YEAR,
        used: &used,
        late: &[],
        complete: Period(202_606).end(),
        exchange: Box::new(|_, _| Ok(None)),
        decimals: 2,
    };
    let forecasts = course.forecast(Period(202_607).start()).unwrap();
    let [one] = forecasts.as_slice() else {
        panic!("one direction has committed itself");
    };
    assert_eq!((one.committed, one.reached), (120_000, 12_000 + 245 * 200));
    assert_eq!((one.missing, one.shortfall), (59_000, 59_000));
    assert_eq!(one.span, YEAR);
}

#[test]
fn forecast_should_count_what_disputes_have_decided_and_what_came_late() {
    let condition = json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": 1000 } });
    let terms = agreement(&contract(json!([linear("GPRS", "1")]), condition)).terms;
    let (january, february) = (Period(202_601), Period(202_602));
    // A megabyte a day in January, which is closed, at one a megabyte: 365 in the year.
    let used = Used::from([(january, used_data(31))]);
    let reached = |late: &[Late]| {
        let accounted = [Accounted::alone(YEAR); 2];
        let course = Course {
            version: Box::new(|_| Version {
                terms: &terms,
                accounted,
            }),
            months: YEAR,
            used: &used,
            late,
            complete: january.end(),
            exchange: Box::new(|_, _| Ok(None)),
            decimals: 2,
        };
        let forecasts = course
            .forecast(february.start() + 14 * interclear_primitives::DAY)
            .unwrap();
        let [one] = forecasts.as_slice() else {
            panic!("one direction has committed itself");
        };
        assert_eq!(one.reached + one.missing, 100_000);
        assert_eq!(i128::try_from(one.missing), Ok(one.shortfall));
        one.reached
    };
    let late = |totals, decided| Late {
        billed_with: february,
        period: january,
        totals,
        decided,
    };
    let decided = |quantity, charge| Decided {
        dispute: DisputeId(7),
        statement: january,
        period: january,
        moves_window: true,
        line: DATA,
        quantity,
        charge: Amount::Clear(charge),
        shortfall: Amount::ZERO,
        tax: Amount::ZERO,
    };
    assert_eq!(reached(&[]), 36_500);
    // A line of 4.82 was ruled 20.00: it counts as it was ruled, whatever its usage would come to, and is no pace.
    assert_eq!(reached(&[late(Totals::new(), vec![decided(0, 1_518)])]), 38_018);
    assert_eq!(
        reached(&[late(Totals::new(), vec![decided(5_000_000, 1_518)])]),
        38_018
    );
    assert_eq!(reached(&[late(Totals::new(), vec![decided(0, -500)])]), 36_000);
    // As much again came late, as if it had come in time: two megabytes a day.
    assert_eq!(reached(&[late(used_data(31), Vec::new())]), 73_000);
    // A dispute has decided that 31 megabytes more were used, and then their files came: they are charged once.
    let both = reached(&[late(used_data(31), vec![decided(31_000_000, 3_100)])]);
    assert_eq!(both, 73_000);
}

#[test]
fn forecast_should_not_take_a_month_for_one_without_usage_when_its_files_have_not_come_yet() {
    let condition = json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": 1000 } });
    let mut terms = agreement(&contract(json!([linear("GPRS", "1")]), condition)).terms;
    // The other direction is priced, too, and committed to nothing.
    terms.directions[1].groups = terms.directions[0].groups.clone();
    let forecast = |used: Used, complete: Period, now| {
        let accounted = [Accounted::alone(YEAR); 2];
        let course = Course {
            version: Box::new(|_| Version {
                terms: &terms,
                accounted,
            }),
            months: YEAR,
            used: &used,
            late: &[],
            complete: complete.start(),
            exchange: Box::new(|_, _| Ok(None)),
            decimals: 2,
        };
        course.forecast(now).map(|found| {
            let [one] = found.as_slice() else {
                panic!("one direction has committed itself");
            };
            (
                one.reached,
                one.basis.months.clone(),
                one.basis.passed / interclear_primitives::DAY,
                one.basis.more.clone(),
            )
        })
    };
    let (january, february, march) = (Period(202_601), Period(202_602), Period(202_603));
    let day = interclear_primitives::DAY;
    let middle = february.start() + 14 * day;
    // A megabyte a day in January, at one a megabyte: 365 in the year, whatever part of February has passed.
    let whole = Ok((36_500, vec![january], 31, vec![]));
    let only = Used::from([(january, used_data(31))]);
    assert_eq!(forecast(only.clone(), february, middle), whole);
    assert_eq!(forecast(only, february, february.end()), whole);
    // What has come of February is more than at January's pace: it counts, and the pace of January for the rest of it.
    let both = Used::from([(january, used_data(31)), (february, used_data(28))]);
    assert_eq!(
        forecast(both, february, middle),
        Ok((36_500 + 1_400, vec![january], 31, vec![february]))
    );
    // One file of February, of either direction: what else was used is on its way, while it runs and when it is over.
    let other = UsageKey {
        direction: Direction::SecondHome,
        ..DATA
    };
    let theirs = Totals::from([(other, used_data(28)[&DATA])]);
    for first in [used_data(1), theirs] {
        let used = Used::from([(january, used_data(31)), (february, first)]);
        for now in [middle, february.end(), march.start() + 4 * day] {
            assert_eq!(forecast(used.clone(), february, now), whole);
        }
    }
    // Before any month is closed those that are over are the basis.
    let over = Used::from([
        (january, used_data(31)),
        (february, used_data(28)),
        (march, used_data(1)),
    ]);
    assert_eq!(
        forecast(over, january, march.start() + 4 * day),
        Ok((36_500, vec![january, february], 59, vec![]))
    );
    // A month that is known to have no usage slows the pace down: 31 megabytes in 59 days.
    let none = Used::from([(january, used_data(31)), (february, Totals::new())]);
    let slower = (3_100 * 365 + 29) / 59;
    assert_eq!(
        forecast(none, march, march.start()),
        Ok((slower, vec![january, february], 59, vec![]))
    );
    // The first month is all that there is, as far as it has gone: 2 megabytes a day.
    let first = Used::from([(january, used_data(20))]);
    assert_eq!(
        forecast(first, january, january.start() + 10 * day),
        Ok((73_000, vec![january], 10, vec![]))
    );
    assert!(forecast(Used::new(), january, middle).is_err());
}

#[test]
fn tap_charges_should_need_the_rates_of_their_months_when_in_another_currency() {
    let mut own = agreement(&contract(json!([linear("GPRS", "0.5")]), unconditional()));
    own.terms.usage.currency = Currency::SDR;
    let mut charged = row("GPRS", "1");
    charged["charges"] = json!(10);
    charged["currency"] = json!("SDR");
    let assigned = own.assign(&Usage::read(&usage(&[charged])).unwrap()).unwrap();
    let refused = rate(&assigned, Scope::Term, &Rates::new(), 2)
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "2026-01: TAP charges are in XDR: a rate of EUR per SDR is needed"
    );
    let rates = Rates::from([((Period(202_601), Currency::EUR), SdrRate(1_180_000_000))]);
    let rated = rate(&assigned, Scope::Term, &rates, 2).unwrap();
    let line = rated
        .lines
        .iter()
        .find(|line| line.service() == Service::Gprs)
        .unwrap();
    assert_eq!(line.tap_charge, 1_180, "months without charges need no rate");
}
