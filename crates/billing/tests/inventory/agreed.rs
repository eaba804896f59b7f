//! What becomes agreed of two records, and that no side moves it alone.

use crate::support::day;
use interclear_billing::inventory::{charges, uncompared, undisputed, Agreed, Charging, Convention};
use interclear_matching::{Day, Field, Profile, Record, Rule, Status, Text};
use interclear_primitives::period::Period;

const MONTHLY: Charging = Charging::Monthly(Convention::ThirtyDays);

fn text<const N: usize>(text: &str) -> Text<N> {
    Text::new(text.as_bytes()).unwrap()
}

/// 300.00 a month since 10 January, both sides.
fn record() -> Record {
    Record {
        buyer_id: text("B1"),
        seller_id: text("S1"),
        product: text("P"),
        bandwidth: 100,
        recurring: 300_000_000,
        one_off: 50_000_000,
        currency: *b"EUR",
        start: day("2026-01-10"),
        since: day("2026-01-10"),
        ..Record::default()
    }
}

fn changed(record: &Record, since: &str, recurring: u64) -> Record {
    Record {
        since: day(since),
        recurring: recurring * 1_000_000,
        ..*record
    }
}

/// In the currency, of a month that divides evenly.
fn whole(agreed: &Agreed, month: u32) -> u128 {
    charges(agreed, Period(month), MONTHLY, &[]).unwrap().recurring / 30_000_000
}

#[test]
fn less_should_be_agreed_when_tolerances_let_records_differ() {
    let buyer = Record {
        recurring: 299_000_000,
        start: day("2026-01-11"),
        end: Some(day("2026-05-01")),
        ..record()
    };
    let seller = Record {
        one_off: 40_000_000,
        bandwidth: 99,
        end: Some(day("2026-05-03")),
        ..record()
    };
    let terms = undisputed(&buyer, &seller);
    assert_eq!(
        (terms.recurring, terms.one_off, terms.bandwidth),
        (299_000_000, 40_000_000, 99)
    );
    assert_eq!(
        (terms.start, terms.end),
        (day("2026-01-11"), Some(day("2026-05-01")))
    );
    assert_eq!(terms, undisputed(&seller, &buyer), "whoever buys");
}

#[test]
fn dearer_price_should_hold_from_the_later_day_and_cheaper_one_from_the_earlier_when_days_differ() {
    let mut agreed = Agreed::new(&undisputed(&record(), &record()), Period(202_601));
    let [early, late] = ["2026-04-11", "2026-04-13"].map(|since| changed(&record(), since, 600));
    assert!(agreed.agree(&undisputed(&early, &late), Period(202_604)));
    assert_eq!(agreed.versions[1].from, day("2026-04-13"));
    // 12 days at 300 and 18 at 600.
    assert_eq!(whole(&agreed, 202_604), 120 + 360);
    let [early, late] = ["2026-05-11", "2026-05-13"].map(|since| changed(&record(), since, 300));
    assert!(agreed.agree(&undisputed(&late, &early), Period(202_605)));
    assert_eq!(agreed.versions[2].from, day("2026-05-11"));
}

#[test]
fn price_should_take_the_place_of_later_ones_when_both_agree_on_it_for_the_past() {
    let mut agreed = Agreed::new(&undisputed(&record(), &record()), Period(202_601));
    for (since, price, month) in [("2026-03-01", 600, 202_603), ("2026-04-01", 900, 202_604)] {
        let both = changed(&record(), since, price);
        assert!(agreed.agree(&undisputed(&both, &both), Period(month)));
    }
    assert_eq!(
        [202_602, 202_603, 202_604].map(|month| whole(&agreed, month)),
        [300, 600, 900]
    );
    let corrected = changed(&record(), "2026-03-16", 300);
    assert!(agreed.agree(&undisputed(&corrected, &corrected), Period(202_605)));
    assert_eq!(
        [202_602, 202_603, 202_604].map(|month| whole(&agreed, month)),
        [300, 450, 300]
    );
    // The same once more adds nothing.
    let before = agreed.clone();
    assert!(agreed.agree(&undisputed(&corrected, &corrected), Period(202_605)));
    assert_eq!(agreed, before);
}

#[test]
fn nothing_should_bill_and_all_be_credited_when_both_say_that_it_never_came_into_use() {
    let mut agreed = Agreed::new(&undisputed(&record(), &record()), Period(202_601));
    assert_eq!(whole(&agreed, 202_601), 210, "21 days");
    let cancelled = Record {
        status: Status::Cancelled,
        ..record()
    };
    // One side alone says so where the status is compared: they do not match, and nobody comes to agree.
    assert!(agreed.agree(&undisputed(&cancelled, &cancelled), Period(202_602)));
    let nothing = charges(&agreed, Period(202_601), MONTHLY, &[]).unwrap();
    assert_eq!((nothing.recurring, nothing.one_off), (0, 0));
    assert!(agreed.agree(&undisputed(&record(), &record()), Period(202_603)));
    assert_eq!(whole(&agreed, 202_601), 210, "and accepted after all");
}

#[test]
fn days_should_not_bill_when_their_price_is_not_known() {
    // Reported when the price was another one since March; of January and February the chain knows none.
    let both = changed(&record(), "2026-03-01", 600);
    let agreed = Agreed::new(&undisputed(&both, &both), Period(202_603));
    assert_eq!(
        [202_601, 202_602, 202_603].map(|month| whole(&agreed, month)),
        [0, 0, 600]
    );
}

#[test]
fn change_should_be_refused_when_there_is_no_room_and_taken_when_old_versions_are_forgotten() {
    let mut agreed = Agreed::new(&undisputed(&record(), &record()), Period(202_601));
    let at = |number: u16| Record {
        since: Day(record().since.0 + 30 * number),
        recurring: u64::from(number) * 30_000_000,
        ..record()
    };
    for number in 1..16 {
        assert!(agreed.agree(&undisputed(&at(number), &at(number)), Period(202_601)));
    }
    let before = agreed.clone();
    assert!(!agreed.agree(&undisputed(&at(16), &at(16)), Period(202_701)));
    assert_eq!(agreed, before);
    // What holds on the day stays.
    agreed.forget(at(3).since);
    assert_eq!(agreed.versions.len(), 13);
    assert_eq!(agreed.versions[0].from, at(3).since);
    agreed.forget(Day(at(3).since.0 + 29));
    assert_eq!(agreed.versions.len(), 13);
    assert!(agreed.agree(&undisputed(&at(16), &at(16)), Period(202_701)));
}

#[test]
fn profile_should_not_do_for_billing_when_a_side_could_set_a_figure_alone() {
    use Field::*;
    let compared = [Recurring, OneOff, Currency, Start, End, Since, Status];
    let all = compared.into_iter().fold(Profile::default(), |profile, field| {
        profile.with(field, Rule::Exact)
    });
    assert_eq!(uncompared(&all), None);
    for field in compared {
        assert_eq!(uncompared(&all.with(field, Rule::Informative)), Some(field));
    }
}
