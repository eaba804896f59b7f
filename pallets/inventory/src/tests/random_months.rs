//! Services whose prices, currencies, ends and ids change in any order, with members that report what the other one does not: what
//! is owed is what a second definition comes to, which keeps all that both sides have ever said and goes day by day.

use super::billing::*;
use crate::{mock::*, Newcomers, StatedMonths};
use frame_support::assert_ok;
use interclear_matching::{Day, Field, Profile, Record, Rule, Status};
use interclear_ports::{
    mocks::{MockClock, MockObligations},
    Obligations,
};
use interclear_primitives::{
    ids::OperatorId, inventory::InventoryTerms, money::Currency, period::Period, DAY,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const CURRENCIES: [Currency; 2] = [Currency::EUR, Currency(*b"HRK")];
const FIRST: Period = Period(202_608);

/// A circuit, as it is and as the two sides report it.
struct Circuit {
    truth: Record,
    bought: Option<Record>,
    sold: Option<Record>,
    /// All that both have said when a month was billed, the oldest first.
    said: Vec<Record>,
    /// The last month for which they did.
    through: Period,
}

impl Circuit {
    fn new(number: u16) -> Self {
        let start = day("2026-08-05");
        let truth = Record {
            order: text(&format!("{}", 7 + number)),
            start: Day(start.0 + number),
            since: Day(start.0 + number),
            one_off: 30 * EURO,
            ..service(&format!("B{number}"), &format!("S{number}"), 100, "2026-08-05")
        };
        Self {
            truth,
            bought: Some(truth),
            sold: Some(truth),
            said: Vec::new(),
            through: FIRST,
        }
    }

    /// What both say, if nobody disputes it; by the seller's ids or by the orders.
    fn matched(&self, by_id: bool) -> Option<Record> {
        let (bought, sold) = (self.bought?, self.sold?);
        let same = Record {
            buyer_id: sold.buyer_id,
            seller_id: sold.seller_id,
            ..bought
        };
        let same_id = !by_id || bought.seller_id == sold.seller_id;
        (same == sold && same_id).then_some(Record {
            buyer_id: bought.buyer_id,
            ..sold
        })
    }

    /// What both say when a month is billed.
    fn look(&mut self, month: Period, by_id: bool) {
        let Some(now) = self.matched(by_id) else { return };
        // That something else under other ids has never come into use says nothing of this one.
        let is_other = self
            .said
            .last()
            .is_some_and(|before| before.buyer_id != now.buyer_id && before.seller_id != now.seller_id);
        if !is_other || now.status.bills() {
            self.said.push(now);
            self.through = month;
        }
    }

    /// What is forgotten when a month is billed: what no bill corrects any more.
    fn forget(&mut self, oldest: Period) {
        let ended = self.said.last().and_then(|last| last.end);
        let first = oldest.start() / DAY;
        if self.through < oldest || ended.is_some_and(|end| u64::from(end.0) <= first) {
            self.said.clear();
        }
    }

    /// What a day costs a month, and in which currency: the newest word on it.
    fn price(&self, day: u16) -> Option<(Currency, u64)> {
        let newest = self.said.iter().rev().take_while(|said| said.status.bills());
        let mut of_day = newest.filter(|said| said.since.0 <= day);
        of_day
            .next()
            .map(|said| (Currency(said.currency), said.recurring))
    }

    /// What a month comes to: in 10^-6 of the currency times its days, and once.
    fn charges(&self, currency: Currency, month: Period) -> (u128, u128) {
        let Some(last) = self.said.last().filter(|_| month <= self.through) else {
            return (0, 0);
        };
        let days = |from: u64, until: u64| u16::try_from(from).unwrap()..u16::try_from(until).unwrap();
        let mut recurring = 0;
        for day in days(month.start() / DAY, month.end() / DAY) {
            let is_there = last.start.0 <= day && last.end.is_none_or(|end| day < end.0);
            if let Some((_, price)) = self.price(day).filter(|(of, _)| is_there && *of == currency) {
                recurring += u128::from(price);
            }
        }
        // In the currency of the first day of which there is a price, as both said last in that currency.
        let at_start = (last.start.0..u16::MAX).find_map(|day| self.price(day));
        let mut newest = self.said.iter().rev().take_while(|said| said.status.bills());
        let once = at_start
            .filter(|(of, _)| *of == currency && month == FIRST)
            .and_then(|_| newest.find(|said| said.currency == currency.0));
        (recurring, once.map_or(0, |said| said.one_off.into()))
    }
}

/// In cents, the half to the even one.
fn cents(sum: u128, whole: u128) -> i128 {
    let (cents, rest) = (sum / whole, sum % whole);
    let up = rest * 2 > whole || (rest * 2 == whole && cents % 2 == 1);
    i128::try_from(cents + u128::from(up)).unwrap()
}

/// What all circuits come to in a month: over and over, and once.
fn expected(circuits: &[Circuit], currency: Currency, month: Period) -> [i128; 2] {
    let days = u128::from((month.end() - month.start()) / DAY);
    let (recurring, once) = circuits.iter().fold((0, 0), |sum, circuit| {
        let (recurring, once) = circuit.charges(currency, month);
        (sum.0 + recurring, sum.1 + once)
    });
    [cents(recurring, days * 10_000), cents(once, 10_000)]
}

fn owed(currency: Currency) -> i128 {
    let debts = MockObligations::all().into_iter().map(|(_, debt)| debt);
    let signed = debts.filter(|debt| debt.currency == currency).map(|debt| {
        let amount = debt.amount.clear().unwrap();
        if debt.debtor == OperatorId(1) {
            amount
        } else {
            -amount
        }
    });
    signed.sum()
}

/// Which fields are keys: the seller's ids, or the orders.
fn keyed(by_id: bool) -> Profile {
    match by_id {
        true => billed_profile(1),
        false => billed_profile(1)
            .with(Field::SellerId, Rule::Informative)
            .with(Field::Order, Rule::Key),
    }
}

fn sign(profile: Profile) {
    let of = Some(InventoryTerms {
        first: FIRST,
        ..terms()
    });
    let (buyer, seller) = (origin(BUYER + 1), origin(SELLER + 1));
    assert_ok!(Inventory::propose_profile(buyer, relation(), profile, of.clone()));
    assert_ok!(Inventory::sign_profile(seller, relation(), profile, of));
}

/// Reports what is true, or something else.
fn says(who: AccountId, circuit: &mut Circuit, what: Record) {
    assert_ok!(report(who, &[what]));
    let own = if who == BUYER {
        &mut circuit.bought
    } else {
        &mut circuit.sold
    };
    *own = Some(what);
}

/// Takes a record of its own away.
fn takes(who: AccountId, circuit: &mut Circuit) {
    let own = if who == BUYER {
        circuit.bought.take()
    } else {
        circuit.sold.take()
    };
    if let Some(record) = own {
        let id = if who == BUYER {
            record.buyer_id
        } else {
            record.seller_id
        };
        assert_ok!(withdraw(who, core::str::from_utf8(id.as_bytes()).unwrap()));
    }
}

fn bill_all(
    month: Period,
    circuits: &mut [Circuit],
    by_id: bool,
    frozen: &mut BTreeMap<(Currency, Period), [i128; 2]>,
) {
    for circuit in circuits.iter_mut() {
        circuit.look(month, by_id);
    }
    billed(month);
    assert_eq!(Newcomers::<Test>::iter().count(), 0);
    let mut oldest = month;
    for _ in 0..3 {
        oldest = oldest.previous();
    }
    for currency in CURRENCIES {
        let mut of = oldest.max(FIRST);
        while of <= month {
            let figures = expected(circuits, currency, of);
            let stated = StatedMonths::<Test>::get(relation(), (currency, of));
            let stated = [stated.recurring, stated.one_off].map(|figure| i128::try_from(figure).unwrap());
            assert_eq!(stated, figures, "{of} in {currency:?}, billed with {month}");
            frozen.insert((currency, of), figures);
            of = of.next();
        }
    }
    for (of, currency, _) in Inventory::inventory_bills(relation()) {
        for side in [BUYER, SELLER] {
            if of == month {
                assert_ok!(Inventory::affirm_bill(origin(side), relation(), of, currency));
            }
        }
    }
    assert_ok!(Inventory::do_try_state());
    for currency in CURRENCIES {
        let all = frozen.iter().filter(|((of, _), _)| *of == currency);
        assert_eq!(owed(currency), all.flat_map(|(_, figures)| figures).sum::<i128>());
    }
    for circuit in circuits.iter_mut() {
        circuit.forget(oldest);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn months_should_come_to_all_that_both_have_said_of_each_day_when_services_change_in_any_way(
        by_id in any::<bool>(),
        steps in prop::collection::vec((0u8..16, 0usize..3, 1u64..5, 0u16..150), 0..80),
    ) {
        ExtBuilder::build().execute_with(|| {
            for currency in CURRENCIES {
                MockObligations::set_decimals(currency, 2);
            }
            MockClock::set(FIRST.start());
            sign(keyed(by_id));
            let mut circuits: Vec<Circuit> = (0..3).map(Circuit::new).collect();
            for circuit in &circuits {
                both(circuit.truth);
            }
            let (mut month, mut frozen) = (FIRST, BTreeMap::new());
            for (place, (what, of, figure, days)) in steps.into_iter().enumerate() {
                let circuit = &mut circuits[of];
                let since = Day(circuit.truth.start.0 + days);
                match what {
                    // Something changes, and both report it.
                    0..=5 => {
                        let truth = &mut circuit.truth;
                        match what {
                            0 | 1 => {
                                truth.recurring = figure * 77 * EURO;
                                truth.since = since;
                            }
                            2 => {
                                let [euro, kuna] = CURRENCIES.map(|currency| currency.0);
                                truth.currency = if truth.currency == euro { kuna } else { euro };
                                truth.one_off = figure * 11 * EURO;
                                truth.since = since;
                            }
                            3 => truth.end = (figure > 1).then_some(Day(since.0 + 1)),
                            4 => truth.one_off = figure * 13 * EURO,
                            _ => {
                                truth.status = match figure {
                                    1 => Status::Cancelled,
                                    _ => Status::Active,
                                }
                            }
                        }
                        let truth = *truth;
                        says(BUYER, circuit, truth);
                        says(SELLER, circuit, truth);
                    }
                    // One side or both give it another id, and the other one may follow.
                    6..=8 => {
                        let (buyer, seller) = (what != 7, what != 6);
                        if buyer {
                            takes(BUYER, circuit);
                            circuit.truth.buyer_id = text(&format!("B{place}X"));
                        }
                        if seller {
                            takes(SELLER, circuit);
                            circuit.truth.seller_id = text(&format!("S{place}X"));
                        }
                        let truth = circuit.truth;
                        if buyer || figure > 1 {
                            says(BUYER, circuit, truth);
                        }
                        if seller || figure > 1 {
                            says(SELLER, circuit, truth);
                        }
                    }
                    // A side says what is not so, or nothing at all.
                    9 => {
                        let false_price = Record { recurring: figure * 1_000 * EURO, since, ..circuit.truth };
                        says(if figure > 2 { BUYER } else { SELLER }, circuit, false_price);
                    }
                    10 => takes(if figure > 2 { BUYER } else { SELLER }, circuit),
                    // It says what is so again.
                    11 => {
                        let truth = circuit.truth;
                        says(BUYER, circuit, truth);
                        says(SELLER, circuit, truth);
                    }
                    _ => {
                        bill_all(month, &mut circuits, by_id, &mut frozen);
                        month = month.next();
                    }
                }
            }
            bill_all(month, &mut circuits, by_id, &mut frozen);
        });
    }
}
