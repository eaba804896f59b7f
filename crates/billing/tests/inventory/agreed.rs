//! What becomes agreed of two records, and that no side moves it alone.

use crate::support::day;
use interclear_billing::inventory::{charges, uncompared, undisputed, Agreed, Convention};
use interclear_matching::{Day, Field, Profile, Record, Rule, Status, Text};
use interclear_primitives::{money::Currency, period::Period};

const THIRTY: Convention = Convention::ThirtyDays;

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
    in_currency(agreed, Currency::EUR, month).0
}

/// Recurring and one-off charge of a month in a currency, in whole units.
fn in_currency(agreed: &Agreed, currency: Currency, month: u32) -> (u128, u128) {
    let sum = charges(agreed, currency, Period(month), THIRTY).unwrap();
    (sum.recurring / 30_000_000, sum.one_off / 1_000_000)
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
    let nothing = charges(&agreed, Currency::EUR, Period(202_601), THIRTY).unwrap();
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

const KUNA: Currency = Currency(*b"HRK");

/// HRK 750.00 a month since January, and 375.00 once.
fn kuna() -> Record {
    Record {
        recurring: 750_000_000,
        one_off: 375_000_000,
        currency: KUNA.0,
        start: day("2026-01-01"),
        since: day("2026-01-01"),
        ..record()
    }
}

/// The same at EUR 99.54, as both report it.
fn euro(since: &str) -> Record {
    Record {
        recurring: 99_540_000,
        one_off: 49_770_000,
        currency: *b"EUR",
        since: day(since),
        ..kuna()
    }
}

fn cents(agreed: &Agreed, currency: Currency, month: u32) -> (u128, u128) {
    let sum = charges(agreed, currency, Period(month), THIRTY).unwrap();
    sum.rounded(Period(month), THIRTY, 2).unwrap()
}

#[test]
fn days_should_be_charged_in_their_own_currency_when_a_service_changes_it() {
    let mut agreed = Agreed::new(&undisputed(&kuna(), &kuna()), Period(202_601));
    let euros = euro("2026-03-11");
    assert!(agreed.agree(&undisputed(&euros, &euros), Period(202_604)));
    // What was charged once was charged in kuna, whatever the records say of it in euros.
    assert_eq!(
        [202_601, 202_602, 202_603, 202_604].map(|month| cents(&agreed, KUNA, month)),
        [(75_000, 37_500), (75_000, 0), (25_000, 0), (0, 0)]
    );
    // 20 of 30 days of 99.54.
    assert_eq!(
        [202_601, 202_602, 202_603, 202_604].map(|month| cents(&agreed, Currency::EUR, month)),
        [(0, 0), (0, 0), (6_636, 0), (9_954, 0)]
    );
    assert_eq!(agreed.currencies(), [Currency::EUR, KUNA].into());
    // Once more, and nothing changes.
    let before = agreed.clone();
    assert!(agreed.agree(&undisputed(&euros, &euros), Period(202_604)));
    assert_eq!(agreed, before);
}

#[test]
fn all_should_be_charged_in_the_other_currency_when_both_say_that_it_always_was() {
    let mut agreed = Agreed::new(&undisputed(&kuna(), &kuna()), Period(202_601));
    let euros = euro("2026-01-01");
    assert!(agreed.agree(&undisputed(&euros, &euros), Period(202_602)));
    assert_eq!(
        [202_601, 202_602].map(|month| cents(&agreed, Currency::EUR, month)),
        [(9_954, 4_977), (9_954, 0)]
    );
    assert_eq!(
        [202_601, 202_602].map(|month| cents(&agreed, KUNA, month)),
        [(0, 0); 2]
    );
}

#[test]
fn price_in_another_currency_should_hold_from_the_later_day_when_days_differ() {
    let mut agreed = Agreed::new(&undisputed(&kuna(), &kuna()), Period(202_601));
    // Fewer units, and no lower price for all that anybody knows.
    let terms = undisputed(&euro("2026-03-11"), &euro("2026-03-13"));
    assert!(agreed.agree(&terms, Period(202_603)));
    assert_eq!(agreed.versions[1].from, day("2026-03-13"));
}

#[test]
fn service_should_go_on_with_its_earlier_prices_when_it_follows_itself_under_other_ids() {
    let before = Agreed::new(&undisputed(&kuna(), &kuna()), Period(202_601));
    let euros = euro("2026-03-01");
    let mut after = Agreed::new(&undisputed(&euros, &euros), Period(202_603));
    assert_eq!(cents(&after, KUNA, 202_602), (0, 0), "nobody has said it yet");
    after.follow(&before);
    assert_eq!(
        [202_601, 202_602, 202_603]
            .map(|month| (cents(&after, KUNA, month), cents(&after, Currency::EUR, month))),
        [
            ((75_000, 37_500), (0, 0)),
            ((75_000, 0), (0, 0)),
            ((0, 0), (9_954, 0))
        ]
    );
    // As if the ids had stayed.
    let mut same = before.clone();
    assert!(same.agree(&undisputed(&euros, &euros), Period(202_603)));
    assert_eq!(after, same);
}

#[test]
fn the_last_prices_should_count_when_a_service_follows_one_with_as_many_as_there_can_be() {
    let of = |number: u16| Record {
        since: Day(record().since.0 + number),
        recurring: u64::from(number) * 30_000_000,
        ..record()
    };
    let mut before = Agreed::new(&undisputed(&of(0), &of(0)), Period(202_601));
    for number in 1..16 {
        assert!(before.agree(&undisputed(&of(number), &of(number)), Period(202_601)));
    }
    let mut after = Agreed::new(&undisputed(&of(20), &of(20)), Period(202_602));
    after.follow(&before);
    assert_eq!(after.versions.len(), 16);
    assert_eq!(after.versions[0].from, of(1).since);
    assert_eq!(after.versions[15].from, of(20).since);
}
