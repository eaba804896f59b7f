//! Both parties come to the same octets, which are those of a second implementation, and to the figures of the open mode.

use super::*;
use interclear_billing::{late::Version, rate::RatedMonth};
use interclear_primitives::{
    agreement::Terms,
    money::Value,
    samples,
    service::Service,
    span::{Accounted, Months, Span},
    usage::UsageTotal,
};
use interclear_rating::{Amount, Condition, Price, Pricing};
use interclear_sealed::{commit::Commitment, document::Plain, statement::verify_statement};
use rand::rngs::OsRng;
use serde_json::Value as Json;

const NETWORK: Network = Network([0x11; 32]);
const START: Period = Period(202_611);
/// The first and the second party.
const PARTIES: [u32; 2] = [9, 3];

/// Asked of `crates/sealed/tests/second.py`, and what it has answered.
fn second() -> Json {
    serde_json::from_str(include_str!("../../../sealed/tests/month.json")).unwrap()
}

fn octets(text: &Json) -> [u8; 32] {
    hex::decode(text.as_str().unwrap()).unwrap().try_into().unwrap()
}

fn view() -> ViewKey {
    ViewKey::from_bytes(octets(&second()["asked"]["key"]))
}

fn heading(period: Period) -> Heading {
    let usage = octets(&second()["asked"]["heading"]["usage"][0]);
    Heading {
        agreement: 7,
        period: period.0,
        parties: PARTIES,
        version: 1,
        currency: *b"EUR",
        decimals: 2,
        epoch: 1,
        usage: [Commitment(usage), Commitment::IDENTITY],
    }
}

fn key(direction: Direction, service: Service) -> UsageKey {
    UsageKey {
        direction,
        group: 0,
        service,
    }
}

fn total(records: u64, quantity: u128, charge: i128, tax: i128) -> UsageTotal {
    UsageTotal {
        records,
        quantity,
        charge: Value::Clear(charge),
        tax: Value::Clear(tax),
    }
}

fn totals() -> Totals {
    let [first, second] = Direction::BOTH;
    Totals::from([
        (key(first, Service::Gprs), total(12, 7_123_456, 3_561_728, 0)),
        (key(first, Service::Mtc), total(3, 65_000_000, 6_505_000, 0)),
        (key(second, Service::Gprs), total(1, 30_000, 15_000, 0)),
        (key(second, Service::Mtc), total(1, 50_000, 5_000, 1_000)),
    ])
}

fn monthly() -> Terms {
    samples::terms(START, START.plus(2))
}

/// One window and one commitment for the whole term, so that each month depends on those before.
fn committed() -> Terms {
    let mut terms = monthly();
    for direction in &mut terms.directions {
        direction.window = Span::Term;
        direction.condition = Condition::DealRevenue {
            commitment: Amount(1_000_000_000),
            including_tax: false,
        };
        for line in &mut direction.groups[0].lines {
            line.terms.in_commitment = true;
        }
    }
    terms
}

fn usage<'a>(terms: &'a Terms, period: Period, totals: &'a Totals) -> MonthUsage<'a> {
    let in_force = Months {
        first: terms.first,
        last: terms.last,
    };
    MonthUsage {
        version: Version {
            terms,
            accounted: [Accounted::alone(in_force); 2],
        },
        period,
        totals,
        exchange: None,
        due: [None; 2],
        decided: &[],
    }
}

fn month<'a>(own: &'a MonthUsage<'a>, late: &'a [MonthUsage<'a>]) -> Month<'a> {
    Month {
        heading: heading(own.period),
        engine: 1,
        own: Some(own),
        late,
    }
}

fn closed(month: &Month<'_>, kept: &mut Kept) -> Closing {
    close(month, &NETWORK, &view(), kept).unwrap()
}

fn rated(month: &Month<'_>, kept: &mut Kept) -> RatedMonth {
    let period = Period(month.heading.period);
    bill_month(period, month.own, month.late, kept, month.heading.decimals).unwrap()
}

fn figures_of(closing: &Closing) -> Figures {
    let (document, _) = Plain::decode(closing.document().expose()).unwrap();
    Figures::read(&document).unwrap()
}

/// Both parties stand by the statement, and it comes to what the open mode comes to.
fn holds(closing: &Closing, open: &RatedMonth) {
    let statement = closing.statement();
    for party in PARTIES {
        let proof = closing.prove(party, &mut OsRng).unwrap();
        let net = verify_statement(&statement, party, &proof).unwrap();
        assert!(net.opens(open.net.clear().unwrap(), &closing.net().blinding.expose()));
    }
    assert_eq!(statement.lines.len(), open.lines.len());
    for ((line, shown), open) in statement.lines.iter().zip(closing.openings()).zip(&open.lines) {
        let amounts = [open.charge, open.shortfall, open.tax].map(|amount| amount.clear().unwrap());
        assert!(line.amount.opens(amounts.iter().sum(), &shown.blinding.expose()));
    }
    let details = Details::read(&figures_of(closing)).unwrap();
    assert!(details.lines == open.lines);
}

#[test]
fn statement_should_be_the_one_that_a_second_implementation_rates_and_seals() {
    let (terms, totals) = (monthly(), totals());
    let own = usage(&terms, START, &totals);
    let made = closed(&month(&own, &[]), &mut Kept::default());
    let answer = &second()["answer"];
    assert_eq!(
        hex::encode(made.document().expose()),
        answer["document"].as_str().unwrap()
    );
    assert_eq!(made.statement().document, octets(&answer["digest"]));
    let lines = answer["lines"].as_array().unwrap();
    assert_eq!(made.statement().lines.len(), lines.len());
    for (line, text) in made.statement().lines.iter().zip(lines) {
        assert_eq!(line.amount.0, octets(text));
    }
    assert_eq!(made.net().commit().0, octets(&answer["net"]));
    assert_eq!(made.net().value.to_string(), answer["amount"].as_str().unwrap());
}

#[test]
fn months_should_come_to_what_the_open_mode_does_when_a_commitment_runs_over_them() {
    let (terms, totals) = (committed(), totals());
    let (mut first, mut second, mut open) = (Kept::default(), Kept::default(), Kept::default());
    let mut sum = 0;
    for period in [START, START.plus(1), START.plus(2)] {
        let own = usage(&terms, period, &totals);
        let month = month(&own, &[]);
        let (one, other) = (closed(&month, &mut first), closed(&month, &mut second));
        assert_eq!(one.document().expose(), other.document().expose());
        assert_eq!(one.difference(&other.statement()), None);
        holds(&one, &rated(&month, &mut open));
        sum += one.net().value;
    }
    assert_eq!(first, open);
    // Both directions have the same commitment, and what is missing of it is charged: both come to it.
    assert_eq!(sum, 0);
}

/// Late usage of a closed month, and parties that have forgotten differently much of the months before.
#[test]
fn document_should_be_the_same_when_one_party_keeps_more_than_the_other() {
    let (terms, totals) = (monthly(), totals());
    let mut kept = Kept::default();
    closed(&month(&usage(&terms, START, &totals), &[]), &mut kept);
    let own = usage(&terms, START.plus(1), &totals);
    closed(&month(&own, &[]), &mut kept);
    let late_totals = Totals::from([(
        key(Direction::FirstHome, Service::Gprs),
        total(1, 4_000_000, 2_000_000, 0),
    )]);
    let late = [
        usage(&terms, START.plus(1), &late_totals),
        usage(&terms, START, &late_totals),
    ];
    let own = usage(&terms, START.plus(2), &totals);
    let mut forgetful = kept.clone();
    let mut mindful = kept.clone();
    let older = kept.ended[&START].clone();
    mindful.ended.insert(START.previous(), older);
    let ascending = [late[1], late[0]];
    let one = closed(&month(&own, &late), &mut forgetful);
    let other = closed(&month(&own, &ascending), &mut mindful);
    assert_eq!(one.document().expose(), other.document().expose());
    assert_eq!(one.statement(), other.statement());
    let open = rated(&month(&own, &ascending), &mut kept);
    holds(&one, &open);
    assert_eq!(
        open.lines.iter().filter(|line| line.late.is_some()).count(),
        2,
        "the late lines are in it"
    );
}

/// What an arbitrator does: with the terms, the document is all that is needed.
#[test]
fn month_should_be_rated_anew_when_only_its_document_and_terms_are_known() {
    let (terms, totals) = (committed(), totals());
    let late_totals = Totals::from([(
        key(Direction::SecondHome, Service::Mtc),
        total(1, 9_000_000, 900_000, 0),
    )]);
    let mut kept = Kept::default();
    closed(&month(&usage(&terms, START, &totals), &[]), &mut kept);
    let late = [usage(&terms, START, &late_totals)];
    let own = usage(&terms, START.plus(1), &totals);
    let made = closed(&month(&own, &late), &mut kept);
    let figures = figures_of(&made);
    let details = Details::read(&figures).unwrap();
    let told = |used: &Used| (used.period, used.totals.clone());
    let (period, totals) = details.own.as_ref().map(told).unwrap();
    let own = usage(&terms, period, &totals);
    let late_told: Vec<_> = details.late.iter().map(told).collect();
    let late: Vec<_> = late_told
        .iter()
        .map(|(period, totals)| usage(&terms, *period, totals))
        .collect();
    assert_eq!(late.len(), 1);
    let again = closed(&month(&own, &late), &mut details.kept());
    assert_eq!(again, made);
}

/// The partner's figures differ in a single record, in the price of a line or in what was carried on.
#[test]
fn digest_should_be_another_when_anything_that_is_rated_is() {
    let (terms, totals) = (committed(), totals());
    let of = |terms: &Terms, totals: &Totals, kept: &Kept| {
        let own = usage(terms, START.plus(1), totals);
        closed(&month(&own, &[]), &mut kept.clone())
    };
    let mut kept = Kept::default();
    closed(&month(&usage(&terms, START, &totals), &[]), &mut kept);
    let right = of(&terms, &totals, &kept);
    let mut recorded = totals.clone();
    let line = key(Direction::FirstHome, Service::Gprs);
    recorded.entry(line).or_default().records += 1;
    // Dearer by a cent: terms that come to the same cents are told apart by their version, in the heading.
    let mut dearer = terms.clone();
    dearer.directions[0].groups[0].lines[0].terms.pricing = Pricing::linear(Price(501_000_000));
    let mut carried = kept.clone();
    carried.running.entry(line).or_default().usage.volume.0 += 1;
    let others = [
        of(&terms, &recorded, &kept),
        of(&dearer, &totals, &kept),
        of(&terms, &totals, &carried),
    ];
    for other in others {
        assert_ne!(other.statement().document, right.statement().document);
        let proof = right.prove(PARTIES[1], &mut OsRng).unwrap();
        assert!(verify_statement(&other.statement(), PARTIES[1], &proof).is_err());
        for (one, other) in right.statement().lines.iter().zip(other.statement().lines) {
            assert_ne!(one.amount, other.amount, "also where the number is the same");
        }
    }
}

#[test]
fn details_should_be_refused_when_lines_do_not_come_to_the_amounts() {
    let (terms, totals) = (monthly(), totals());
    let own = usage(&terms, START, &totals);
    let figures = figures_of(&closed(&month(&own, &[]), &mut Kept::default()));
    assert!(Details::read(&figures).is_ok());
    let mut others = [figures.clone(), figures.clone(), figures];
    others[0].amounts[0].amount += 1;
    others[1].amounts[0].debtor = Debtor::Second;
    others[2].details.push(0);
    for other in others {
        assert!(matches!(Details::read(&other), Err(DocumentInvalid::Malformed)));
    }
}

#[test]
fn closing_should_be_refused_when_it_is_of_another_month_or_cannot_be_rated() {
    let (terms, mut totals) = (monthly(), totals());
    let before = Kept::default();
    let mut kept = before.clone();
    let refusal = |month: &Month<'_>, kept: &mut Kept| close(month, &NETWORK, &view(), kept).unwrap_err();
    let own = usage(&terms, START, &totals);
    let mut later = month(&own, &[]);
    later.heading.period = START.plus(1).0;
    assert_eq!(refusal(&later, &mut kept), CloseError::OtherMonth);
    let mut dollars = month(&own, &[]);
    dollars.heading.currency = *b"USD";
    assert_eq!(refusal(&dollars, &mut kept), CloseError::OtherMonth);
    totals.insert(key(Direction::FirstHome, Service::SmsMo), total(1, 1, 1, 0));
    let own = usage(&terms, START, &totals);
    assert_eq!(
        refusal(&month(&own, &[]), &mut kept),
        CloseError::Amount(AmountFault::UsageWithoutLine)
    );
    assert_eq!(kept, before);
}

/// Everything but digest, commitments and heading stays with the parties.
#[test]
fn statement_should_hide_every_number_when_it_is_encoded() {
    let (terms, totals) = (monthly(), totals());
    let own = usage(&terms, START, &totals);
    let made = closed(&month(&own, &[]), &mut Kept::default());
    let shown = made.statement().encode();
    let amounts = made.openings().iter().map(|opening| opening.value);
    let amounts = amounts.filter(|amount| *amount > 255).map(i128::to_le_bytes);
    let quantities = totals.values().map(|used| used.quantity.to_le_bytes());
    let numbers: Vec<[u8; 16]> = amounts.chain(quantities).collect();
    assert_eq!(numbers.len(), 6);
    for number in numbers {
        let is_in = |octets: &[u8]| octets.windows(4).any(|window| number.starts_with(window));
        assert!(is_in(made.document().expose()));
        assert!(!is_in(&shown));
    }
}
