//! Whatever is called, in whatever order: `try_state` holds.

use super::billing::*;
use crate::{mock::*, Bills, StatedMonths};
use frame_support::assert_ok;
use interclear_matching::{Field, Record, Rule};
use interclear_ports::{
    mocks::{MockClock, MockObligations},
    Obligations,
};
use interclear_primitives::{
    ids::OperatorId,
    inventory::{Convention, InventoryTerms},
    money::Currency,
    DAY,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn try_state_should_hold_when_anything_is_called(
        steps in prop::collection::vec((0u8..8, 0u8..6, 0u8..4, 0u64..3), 0..60),
    ) {
        ExtBuilder::build().execute_with(|| {
            signed();
            let mut version = 1;
            for (what, own, other, price) in steps {
                let (own, other) = (format!("X{own}"), format!("X{other}"));
                let _ = match what {
                    0..=2 => report(BUYER, &[record(&own, &other, price)]),
                    3..=4 => report(SELLER, &[record(&other, &own, price)]),
                    5 => withdraw(if price == 0 { BUYER } else { SELLER }, &own),
                    6 => {
                        let key = if price == 0 { Field::BuyerId } else { Field::SellerId };
                        let next = profile(version + 1)
                            .with(Field::SellerId, Rule::Informative)
                            .with(key, Rule::Key);
                        let signed = propose(SELLER + 1, next).and_then(|()| sign(BUYER + 1, next));
                        version += u32::from(signed.is_ok());
                        Ok(())
                    }
                    _ => {
                        idle(price as u32);
                        Ok(())
                    }
                };
                assert_ok!(Inventory::do_try_state());
            }
            idle_long();
            assert_ok!(Inventory::do_try_state());
        });
    }

    #[test]
    fn debts_should_be_what_the_bills_say_when_months_are_billed_disputed_and_terms_change(
        steps in prop::collection::vec((0u8..12, 0u8..3, 1u64..4, 0u16..60), 0..80),
    ) {
        ExtBuilder::build().execute_with(|| {
            MockObligations::set_decimals(Currency::EUR, 2);
            MockClock::set(SEPTEMBER.start());
            signed_terms(terms());
            let (mut month, mut version) = (SEPTEMBER, 1);
            for (what, number, figure, days) in steps {
                let (own, other) = (format!("B{number}"), format!("S{number}"));
                let start = day("2026-09-05");
                let found = Record {
                    one_off: figure * EURO,
                    start,
                    since: interclear_matching::Day(start.0 + days),
                    end: (what == 2).then(|| interclear_matching::Day(start.0 + days)),
                    ..service(&own, &other, figure * 100, "2026-09-05")
                };
                let _ = match what {
                    0..=2 => report(BUYER, &[found]).and_then(|()| report(SELLER, &[found])),
                    3 => report(BUYER, &[found]),
                    4 => report(SELLER, &[found]),
                    5 => withdraw(if figure == 1 { BUYER } else { SELLER }, if figure == 1 { &own } else { &other }),
                    6 | 7 => {
                        MockClock::set(month.end() + 5 * DAY);
                        let billed = bill(month);
                        if billed.is_ok() {
                            idle_long();
                            month = month.next();
                        }
                        billed
                    }
                    8 => {
                        let (last, currency) = (month.previous(), Currency::EUR);
                        let stated = StatedMonths::<Test>::get(relation(), (currency, last));
                        let part = u128::from(figure) - 1;
                        let (recurring, one_off) = (stated.recurring * part / 3, stated.one_off * part / 3);
                        Inventory::dispute_bill(origin(BUYER), relation(), last, currency, recurring, one_off)
                    }
                    9 => {
                        // Now and then silence has affirmed it before.
                        MockClock::advance(if number == 2 { 10 * DAY } else { 0 });
                        affirm(BUYER, month.previous())
                    }
                    10 => affirm(SELLER, month.previous()),
                    _ => {
                        let convention = match figure {
                            1 => Convention::ActualDays,
                            _ => Convention::ThirtyDays,
                        };
                        let (next, of) = (billed_profile(version + 1), Some(InventoryTerms { convention, ..terms() }));
                        let by = origin(BUYER + 1);
                        let signed = Inventory::propose_profile(by, relation(), next, of.clone())
                            .and_then(|()| Inventory::sign_profile(origin(SELLER + 1), relation(), next, of));
                        version += u32::from(signed.is_ok());
                        idle_long();
                        signed
                    }
                };
                assert_ok!(Inventory::do_try_state());
                let owed = MockObligations::all().into_iter().map(|(_, debt)| {
                    let amount = debt.amount.clear().unwrap();
                    if debt.debtor == OperatorId(1) { amount } else { -amount }
                });
                let closed = Bills::<Test>::iter_values().filter(|bill| bill.closed);
                let bills = closed.map(|bill| bill.net.clear().unwrap() - bill.withheld());
                assert_eq!(owed.sum::<i128>(), bills.sum::<i128>());
            }
        });
    }
}
