//! Random sequences of calls by both parties, a stranger and the issuer, with files and statements between them.

use crate::{mock::*, Escrows, Event, Months, Pallet, Unpaid};
use interclear_ports::{
    mocks::{MockObligations, MockPeriods},
    Obligations, Periods,
};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    period::Period,
    voucher::Voucher,
    DAY,
};
use proptest::prelude::*;
use sp_runtime::testing::TestSignature;

#[derive(Clone, Copy, Debug)]
enum Step {
    Deposit(OperatorId, bool, u32, u128),
    Release(OperatorId, u128),
    Redeem(Period, u64, u128),
    Refund(OperatorId),
    /// The home party has everything paid that the escrow could not pay, and adds what that lacks.
    PayDebts(bool),
    Draw(Period, i128),
    /// A month is closed, and its statement affirmed: what it comes to is paid, or becomes an obligation. The next one bills files that
    /// charge so much in its place.
    Close(Period, u128, u128),
    Freeze(bool),
    /// The home party says that it has paid elsewhere all that the escrow could not pay.
    Claim,
    FreezeDesk(bool),
    Settle,
    Wait(u64),
    Idle,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || prop_oneof![6 => Just(ALPHA), 2 => Just(BETA), 1 => Just(GAMMA)];
    let amount = || prop_oneof![6 => 0..3_000u128, 1 => Just(FUNDS * 3), 1 => Just(u128::MAX)];
    let month = || (0..4u32).prop_map(|n| JANUARY.plus(n));
    prop_oneof![
        8 => (who(), any::<bool>(), prop::sample::select(vec![TOKEN, TOKEN, TOKEN, OTHER_TOKEN, 5]), amount())
            .prop_map(|(a, b, c, d)| Step::Deposit(a, b, c, d)),
        2 => (prop_oneof![Just(ALPHA), Just(BETA), Just(GAMMA)], amount()).prop_map(|(a, b)| Step::Release(a, b)),
        4 => (month(), 0..5u64, amount()).prop_map(|(a, b, c)| Step::Redeem(a, b, c)),
        3 => who().prop_map(Step::Refund),
        2 => any::<bool>().prop_map(Step::PayDebts),
        8 => (month(), -500..2_000i128).prop_map(|(a, b)| Step::Draw(a, b)),
        4 => (month(), amount(), 0..3_000u128).prop_map(|(a, b, c)| Step::Close(a, b, c)),
        2 => any::<bool>().prop_map(Step::Freeze),
        1 => Just(Step::Claim),
        2 => any::<bool>().prop_map(Step::FreezeDesk),
        1 => Just(Step::Settle),
        2 => (0..40 * DAY).prop_map(Step::Wait),
        2 => Just(Step::Idle),
    ]
}

fn take(step: Step) {
    // Calls may fail; what counts is the state that they leave.
    match step {
        Step::Deposit(who, first, token, amount) => {
            let desk = if first {
                treasury(who)
            } else {
                second_treasury(who)
            };
            let _ = Pallet::<Test>::deposit(by(desk), AGREEMENT, token, amount);
        }
        Step::Release(who, amount) => {
            let _ = Pallet::<Test>::release(by(treasury(who)), AGREEMENT, amount);
        }
        Step::Redeem(period, number, amount) => {
            let voucher = Voucher {
                agreement: AGREEMENT,
                direction: PREPAID,
                period,
                amount,
                number,
            };
            let [text, _] = Pallet::<Test>::signable(&voucher);
            let signer = treasury(ALPHA);
            let signature = TestSignature(signer, text);
            let _ = Pallet::<Test>::redeem(by(treasury(BETA)), voucher, signer, signature);
        }
        Step::Refund(who) => {
            let _ = Pallet::<Test>::refund(by(treasury(who)), AGREEMENT);
        }
        Step::PayDebts(first) => {
            let desk = match first {
                true => treasury(ALPHA),
                false => second_treasury(ALPHA),
            };
            for debt in noted() {
                let _ = Pallet::<Test>::pay_debt(by(desk), AGREEMENT, debt);
            }
        }
        Step::Draw(period, cents) => draw(period, cents),
        Step::Close(period, owed, late) => {
            let (next, is_closed) = (period.next(), |month| MockPeriods::is_closed(AGREEMENT, month));
            if is_closed(period) {
                return;
            }
            let owed = owed.min(FUNDS);
            // Months are closed in one row, and no step closes May.
            let late = if period > MARCH || is_closed(next) {
                0
            } else {
                late
            };
            MockPeriods::close(AGREEMENT, period);
            let uncounted = |month| Months::<Test>::get((AGREEMENT, PREPAID), month).redeemed;
            let (own, redeemed, before) = (redeemed_of(period), uncounted(period), uncounted(next));
            let charged = i128::try_from(late * 10_000).expect("it is little");
            Pallet::<Test>::close(AGREEMENT, period, [owed, 0], [charged, 0]);
            let carried = uncounted(next) - before;
            // What came from the month before is not carried on, and neither is what the statement says or no file charges.
            assert!(carried <= own.min(redeemed.saturating_sub(owed)).min(late));
            let [counted, _] = Pallet::<Test>::take_redeemed(AGREEMENT, period, [owed, 0], [0; 2]);
            assert!(
                counted + carried >= own,
                "all that vouchers of the month were paid"
            );
            assert_eq!(counted + carried, redeemed, "in one month or the next, once");
            Pallet::<Test>::reserve(AGREEMENT, period, [0, 0]);
            let rest = owed.saturating_sub(counted);
            let rest = rest - pay_for(period, rest);
            if rest > 0 {
                owe_in(terms().accepts[1].clone(), rest);
            }
        }
        Step::Freeze(frozen) => {
            let _ = match frozen {
                true => Assets::freeze_asset(by(treasury(ISSUER)), TOKEN),
                false => Assets::thaw_asset(by(treasury(ISSUER)), TOKEN),
            };
        }
        Step::Claim => noted().into_iter().for_each(MockObligations::claim),
        Step::FreezeDesk(frozen) => {
            let _ = match frozen {
                true => Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)),
                false => Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)),
            };
        }
        Step::Settle => MockObligations::all()
            .into_iter()
            .for_each(|(id, _)| MockObligations::forget(id)),
        Step::Wait(seconds) => MockClock::advance(seconds),
        Step::Idle => idle(),
    }
}

/// What the escrow could not pay, as far as it knows.
fn noted() -> Vec<ObligationId> {
    Unpaid::<Test>::iter_key_prefix((AGREEMENT, PREPAID)).collect()
}

/// What an obligation comes to that is not paid.
fn owed(debt: &ObligationId) -> Option<u128> {
    let found = MockObligations::get(*debt).filter(|found| !found.status.is_paid())?;
    found.amount.clear_unsigned().ok()
}

/// What an operator has of a token, free and on hold.
fn wealth(operator: OperatorId, token: u32) -> u128 {
    let of = |who| {
        let (free, held) = balance(token, who);
        free + held
    };
    of(treasury(operator)) + of(second_treasury(operator))
}

/// What vouchers of a month were paid, by the events.
fn redeemed_of(month: Period) -> u128 {
    let redeemed = events().into_iter().map(|event| match event {
        Event::Redeemed { period, amount, .. } if period == month => amount,
        _ => 0,
    });
    redeemed.sum()
}

fn paid() -> u128 {
    let paid = events().into_iter().map(|event| match event {
        Event::Paid { amount, .. } | Event::Redeemed { amount, .. } => amount,
        _ => 0,
    });
    paid.sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_money_should_be_lost_or_taken_in_random_sequences_of_calls(
        steps in prop::collection::vec(step(), 1..120)
    ) {
        ExtBuilder.build().execute_with(|| {
            for step in &steps {
                let (was_open, unpaid) = (Escrows::<Test>::contains_key(AGREEMENT, PREPAID), noted());
                take(*step);
                Pallet::<Test>::do_try_state().unwrap_or_else(|error| panic!("after {step:?}: {error:?}"));
                // Whoever owes what the escrow could not pay gets nothing back before.
                match Escrows::<Test>::get(AGREEMENT, PREPAID) {
                    None => assert!(!was_open || unpaid.iter().find_map(owed).is_none()),
                    // What is owed covers no new usage.
                    Some(escrow) => {
                        let owed: u128 = noted().iter().filter_map(owed).sum();
                        assert!(left() <= escrow.held.saturating_sub(owed), "after {step:?}: {owed} are owed");
                    }
                }
                // All that ever moves between operators is what escrows pay, from the home party to the visited one.
                let tokens = [TOKEN, OTHER_TOKEN];
                let sum = |operator| tokens.map(|token| wealth(operator, token)).iter().sum::<u128>();
                assert_eq!(sum(ALPHA), 4 * FUNDS - paid());
                assert_eq!(sum(BETA), 4 * FUNDS + paid());
                assert_eq!(sum(GAMMA), 4 * FUNDS);
            }
            // Nothing is held back from who is owed it, once the token is not frozen and all claims have lapsed, whatever account is.
            take(Step::Freeze(false));
            MockClock::advance(7 * DAY + 1);
            for debt in noted() {
                let Some(owed) = owed(&debt) else {
                    continue;
                };
                // Without an escrow nothing is held.
                let before = Escrows::<Test>::get(AGREEMENT, PREPAID);
                let payable = before.as_ref().is_some_and(|escrow| escrow.token == TOKEN && owed <= escrow.held);
                let paid = Pallet::<Test>::pay_debt(by(treasury(BETA)), AGREEMENT, debt);
                assert_eq!(paid.is_ok(), payable, "{owed} of {before:?}: {paid:?}");
            }
            Pallet::<Test>::do_try_state().unwrap();
        });
    }
}
