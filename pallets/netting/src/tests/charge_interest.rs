use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId},
    inventory::{ProductClass, Relation},
    money::Value,
    netting::{CyclePhase, LateInterest, ObligationSource, ObligationStatus},
    period::Period,
    Moment, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn charge(id: ObligationId) -> DispatchResult {
    Netting::charge_interest(by(clearing(BETA)), id)
}

fn interest(id: ObligationId) -> LateInterest {
    obligation(id).interest
}

fn days(id: ObligationId) -> u32 {
    interest(id).days
}

/// A cycle that some pay, and from which the others are excluded. Returns the day on which it ended.
fn cycle_with(payers: &[OperatorId]) -> Moment {
    let id = computed();
    while !cycle(id).is_finished() {
        if cycle(id).phase == CyclePhase::Collecting {
            assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 1_000));
            continue;
        }
        for payer in payers {
            let _ = Netting::fund(by(treasury(*payer)), id);
        }
        let settled = [ALPHA, BETA, GAMMA, DELTA]
            .iter()
            .any(|party| Netting::settle(by(clearing(*party)), id).is_ok());
        if !settled {
            MockClock::set(cycle(id).fund_by + 1);
            assert_ok!(Netting::exclude_defaulters(by(clearing(DELTA)), id, 1_000));
        }
        Netting::do_try_state().unwrap();
    }
    MockClock::now() / DAY
}

fn missed() -> Moment {
    cycle_with(&[GAMMA])
}

fn paid() -> Moment {
    cycle_with(&[ALPHA, BETA, GAMMA, DELTA])
}

/// Days go by.
fn wait(days: Moment) {
    MockClock::advance(days * DAY);
}

/// A debt of 10,000.00 that was due `ago` days ago, and bears 10.00 a day.
fn owe_ago(ago: Moment) -> (ObligationId, Moment) {
    let due = MockClock::now() - ago * DAY;
    (owe_at(ALPHA, BETA, 1_000_000, due), due / DAY)
}

fn rich() {
    for operator in [ALPHA, BETA, GAMMA, DELTA] {
        mint(treasury(operator), 10_000_000);
    }
}

fn execute(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        rich();
        test();
    });
}

/// An obligation that was missed once and paid `days` after its due day.
fn paid_late() -> (ObligationId, u32) {
    let (id, due) = owe_ago(3);
    missed();
    wait(20);
    let day = paid();
    (id, (day - due) as u32)
}

#[test]
fn charge_interest_should_be_refused_when_another_than_the_creditor_asks() {
    execute(|| {
        let (id, _) = paid_late();
        let charged = |origin| Netting::charge_interest(origin, id);
        assert_noop!(charged(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(charged(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(charged(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(charged(by(treasury(BETA))), DispatchError::Other("WrongRole"));
        for other in [ALPHA, GAMMA] {
            assert_noop!(charged(by(clearing(other))), Error::<Test>::NotTheCreditor);
        }
        assert_noop!(charge(ObligationId(99)), Error::<Test>::ObligationNotFound);
        // A creditor that is suspended is owed what it is owed.
        MockOperators::suspend(BETA);
        assert_ok!(charged(by(clearing(BETA))));
    });
}

#[test]
fn late_interest_should_run_from_the_due_day_to_the_day_paid_when_the_debtor_misses_a_cycle() {
    execute(|| {
        let (id, due) = owe_ago(3);
        assert_eq!(days(id), 0);
        let first = missed();
        assert_eq!(cycle(CycleId(0)).phase, CyclePhase::Cancelled, "nothing was left");
        assert_eq!(u64::from(days(id)), first - due);
        wait(10);
        assert_eq!(u64::from(days(id)), first - due + 10, "so far");
        assert_noop!(charge(id), Error::<Test>::ObligationNotPaid);
        let second = missed();
        wait(20);
        let third = paid();
        assert!(due < first && first < second && second < third);
        wait(5);
        let late = u32::try_from(third - due).unwrap();
        let amount = Value::Clear(i128::from(late) * 1_000);
        let expected = LateInterest {
            bps: RATE,
            owed: Value::Clear(1_000_000),
            days: late,
            amount,
            charged: Value::ZERO,
        };
        assert_eq!(interest(id), expected);

        System::reset_events();
        assert_ok!(charge(id));
        let charged = ObligationId(id.0 + 1);
        assert_eq!(
            events().last(),
            Some(&Event::InterestCharged {
                obligation: id,
                interest: charged,
                days: late
            })
        );
        let found = obligation(charged);
        assert_eq!(
            (found.debtor, found.creditor, found.amount),
            (ALPHA, BETA, amount)
        );
        assert_eq!(found.source, ObligationSource::Interest { obligation: id });
        assert_eq!((found.token, found.due), (Some(TOKEN), MockClock::now() + DAY));
        assert_eq!(interest(id).charged, amount);
        assert_noop!(charge(id), Error::<Test>::NoInterest);
    });
}

#[test]
fn no_late_interest_should_be_borne_when_the_debtor_pays_with_the_first_cycle_however_late() {
    execute(|| {
        let (id, _) = owe_ago(3);
        // A cycle that is called off is none, and another one's default is not the debtor's.
        let off = open();
        assert_ok!(Netting::cancel_cycle(RuntimeOrigin::root(), off));
        wait(90);
        owe(DELTA, BETA, 7);
        cycle_with(&[ALPHA]);
        assert!(matches!(obligation(id).status, ObligationStatus::Settled(_)));
        assert_eq!(interest(id).amount, Value::ZERO);
        assert_noop!(charge(id), Error::<Test>::NoInterest);
    });
}

#[test]
fn no_late_interest_should_be_borne_when_the_creditor_alone_misses_the_cycle() {
    execute(|| {
        let (id, due) = owe_ago(3);
        // BETA owes more than it is owed, and does not pay.
        owe(BETA, GAMMA, 2_000_000);
        cycle_with(&[ALPHA, GAMMA]);
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        wait(40);
        assert_eq!(days(id), 0);
        // Now both miss one: that counts, from the cycle before.
        let first = MockClock::now() / DAY - 40;
        let second = cycle_with(&[GAMMA]);
        assert_eq!(u64::from(days(id)), second - first);
        // And once more the creditor alone: it waits on its own account.
        let third = cycle_with(&[ALPHA, GAMMA]);
        wait(60);
        let fourth = paid();
        assert!(due < first && fourth > third + 59);
        assert_eq!(u64::from(days(id)), third - first);
    });
}

#[test]
fn a_creditor_should_not_go_on_earning_when_it_keeps_out_of_the_cycles_itself() {
    execute(|| {
        let (id, due) = owe_ago(3);
        missed();
        // It has itself excluded: nobody knows where to pay it.
        MockOperators::clear_payout_account(BETA);
        let second = cycle_with(&[ALPHA]);
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        wait(300);
        MockOperators::add_desk(
            treasury(BETA),
            BETA,
            &[interclear_primitives::operator::Role::Treasury],
        );
        paid();
        assert_eq!(u64::from(days(id)), second - due);
    });
}

#[test]
fn charge_interest_should_be_refused_when_its_days_are_over() {
    execute(|| {
        let (id, _) = paid_late();
        wait(90);
        assert_ok!(frame_support::storage::with_storage_layer(|| {
            assert_ok!(charge(id));
            Err::<(), _>(DispatchError::Other("only a look"))
        })
        .or(Ok::<_, DispatchError>(())));
        MockClock::advance(1);
        assert_noop!(charge(id), Error::<Test>::ChargeDaysOver);
        assert_eq!(interest(id).charged, Value::ZERO);
    });
}

#[test]
fn interest_should_bear_none_and_be_netted_like_any_other_debt() {
    execute(|| {
        let (id, _) = paid_late();
        assert_ok!(charge(id));
        let own = ObligationId(id.0 + 1);
        let amount = obligation(own).amount.clear().unwrap();
        wait(2);
        missed();
        wait(30);
        assert_eq!(
            interest(own),
            LateInterest {
                days: days(own),
                owed: Value::Clear(amount),
                ..LateInterest::default()
            }
        );
        // What BETA owes is netted with it.
        owe(BETA, ALPHA, amount);
        let cycle_id = computed();
        assert_eq!([net(cycle_id, ALPHA), net(cycle_id, BETA)], [0, 0]);
        assert_ok!(Netting::settle(by(clearing(ALPHA)), cycle_id));
        assert_eq!(obligation(own).status, ObligationStatus::Settled(cycle_id));
        assert_noop!(charge(own), Error::<Test>::NoInterest);
    });
}

/// A note of a debtor towards a creditor.
fn note(debtor: OperatorId, creditor: OperatorId, amount: i128, due: Moment) -> Debt {
    let source = ObligationSource::Note {
        agreement: AgreementId(7),
        period: Period(202601),
        dispute: DisputeId(1),
    };
    Debt {
        source,
        ..debt(debtor, creditor, amount, due)
    }
}

#[test]
fn what_was_withheld_should_bear_interest_from_the_due_day_when_a_cycle_has_gone_by() {
    execute(|| {
        let (paid_in_time, due) = owe_ago(3);
        let later = MockClock::now() + 60 * DAY;
        paid();
        wait(100);
        // The dispute ends: another 500.00 were owed all the time, and 30.00 are owed from now on.
        let withheld = Netting::create(note(ALPHA, BETA, 50_000, due * DAY)).unwrap();
        let corrected = Netting::create(note(ALPHA, BETA, 3_000, later + 60 * DAY)).unwrap();
        wait(30);
        let day = paid();
        assert_eq!([days(paid_in_time), days(corrected)], [0, 0]);
        assert_eq!(u64::from(days(withheld)), day - due);
        assert_eq!(
            interest(withheld).amount,
            Value::Clear(i128::from(day - due) * 50)
        );
        assert_ok!(charge(withheld));
    });
}

#[test]
fn what_was_withheld_should_bear_none_when_it_is_paid_with_the_first_cycle() {
    execute(|| {
        let due = MockClock::now() - 10 * DAY;
        owe_at(ALPHA, BETA, 1_000, due);
        let withheld = Netting::create(note(ALPHA, BETA, 50_000, due)).unwrap();
        paid();
        assert_eq!(days(withheld), 0);
    });
}

#[test]
fn what_was_withheld_should_bear_interest_when_the_issuer_freezes_its_token_while_the_note_arises() {
    // The creditor accepts this token alone, or another one after it, in which there has been no cycle.
    let lists: [&[OperatorId]; 2] = [&[ISSUER], &[ISSUER, OTHER_ISSUER]];
    for issuers in lists {
        execute(|| {
            create_others();
            let (_, due) = owe_ago(3);
            paid();
            wait(100);
            freeze_token();
            let owed = Debt {
                accepts: accepts(issuers),
                ..note(ALPHA, BETA, 50_000, due * DAY)
            };
            let withheld = Netting::create(owed).unwrap();
            thaw_token();
            assert_ne!(obligation(withheld).token, Some(TOKEN));
            let ids = vec![withheld].try_into().unwrap();
            assert_ok!(Netting::name_token(by(clearing(BETA)), TOKEN, ids));
            wait(30);
            let day = paid();
            assert_eq!(u64::from(days(withheld)), day - due);
            assert_ok!(charge(withheld));
        });
    }
}

#[test]
fn what_comes_again_of_a_bill_should_bear_interest_from_its_due_day_when_a_cycle_has_gone_by() {
    execute(|| {
        let source = ObligationSource::Inventory {
            relation: Relation {
                buyer: ALPHA,
                seller: BETA,
                class: ProductClass::new(b"ELINE").unwrap(),
            },
            period: Period(202601),
        };
        let bill = |amount, due| Debt {
            source,
            ..debt(ALPHA, BETA, amount, due)
        };
        let due = MockClock::now();
        owe_at(ALPHA, BETA, 1_000, due - DAY);
        wait(2);
        paid();
        wait(28);
        // With the next bill comes what was withheld of this one; the rest of it is due when it is closed.
        let again = Netting::create(bill(50_000, due)).unwrap();
        let rest = Netting::create(bill(70_000, MockClock::now())).unwrap();
        wait(1);
        let day = paid();
        assert_eq!([again, rest].map(days), [(day - due / DAY) as u32, 0]);
        assert_eq!(interest(again).amount, Value::Clear(31 * 50));
        assert_ok!(charge(again));
        assert_noop!(charge(rest), Error::<Test>::NoInterest);
    });
}

#[test]
fn nobody_should_bear_interest_on_what_was_not_owed() {
    for charged_before in [false, true] {
        execute(|| {
            let (id, late) = paid_late();
            let bears = |owed: i128| owed / 1_000 * i128::from(late);
            if charged_before {
                assert_ok!(charge(id));
                assert_eq!(interest(id).charged, Value::Clear(bears(1_000_000)));
            }
            let first = crate::NextObligation::<Test>::get();
            // 2,000.00 of it were not owed.
            let back = Debt {
                gives_back: Some(id),
                ..note(BETA, ALPHA, 200_000, MockClock::now() + 30 * DAY)
            };
            let given_back = Netting::create(back).unwrap();
            assert_eq!(interest(id).amount, Value::Clear(bears(800_000)));
            if charged_before {
                // With the note comes what was charged on it.
                let found = obligation(first);
                assert_eq!((found.debtor, found.creditor), (BETA, ALPHA));
                assert_eq!(found.amount, Value::Clear(bears(200_000)));
                assert_eq!(found.source, ObligationSource::Interest { obligation: id });
                assert_ne!(first, given_back);
                assert_noop!(charge(id), Error::<Test>::NoInterest);
            } else {
                assert_ok!(charge(id));
            }
            assert_eq!(interest(id).charged, Value::Clear(bears(800_000)));
            // A note of the other direction, or on something else, gives nothing back.
            for wrong in [
                Debt {
                    gives_back: Some(id),
                    ..note(ALPHA, BETA, 5, NOON)
                },
                Debt {
                    gives_back: Some(id),
                    ..note(GAMMA, ALPHA, 5, NOON)
                },
                Debt {
                    gives_back: Some(ObligationId(999)),
                    ..note(BETA, ALPHA, 5, NOON)
                },
            ] {
                assert_ok!(Netting::create(wrong));
                assert_eq!(interest(id).charged, Value::Clear(bears(800_000)));
            }
            // More than it came to is not given back of it.
            let all = Debt {
                gives_back: Some(id),
                ..note(BETA, ALPHA, 5_000_000, MockClock::now())
            };
            assert_ok!(Netting::create(all));
            assert_eq!(interest(id).charged, Value::ZERO);
        });
    }
}

#[test]
fn nobody_should_bear_interest_on_what_an_escrow_has_given_back() {
    for charged_before in [false, true] {
        execute(|| {
            let (id, late) = paid_late();
            let bears = |owed: i128| owed / 1_000 * i128::from(late);
            if charged_before {
                assert_ok!(charge(id));
            }
            let first = crate::NextObligation::<Test>::get();
            // An escrow gives back 500.00, and the rest of 2,000.00 is owed.
            let part = |cents| Debt {
                gives_back: Some(id),
                ..note(BETA, ALPHA, cents, MockClock::now() + 30 * DAY)
            };
            assert_ok!(Netting::give_back(id, &part(50_000)));
            let owed = Netting::create(part(150_000)).unwrap();
            assert_eq!(interest(id).amount, Value::Clear(bears(800_000)));
            assert_eq!(obligation(owed).amount, Value::Clear(150_000));
            // What was charged on either comes back, by netting alone.
            let back: i128 = (first.0..owed.0)
                .map(|id| obligation(ObligationId(id)))
                .map(|debt| {
                    assert_eq!((debt.debtor, debt.creditor), (BETA, ALPHA));
                    debt.amount.clear().unwrap()
                })
                .sum();
            assert_eq!(back, if charged_before { bears(200_000) } else { 0 });
        });
    }
}

#[test]
fn what_was_charged_should_come_back_when_the_obligation_has_been_removed_meanwhile() {
    execute(|| {
        let (id, late) = paid_late();
        assert_ok!(charge(id));
        // The interest is paid, and everything is removed.
        wait(2);
        paid();
        MockClock::advance(RETENTION + DAY);
        idle();
        assert_eq!(Netting::all(), vec![]);
        let first = crate::NextObligation::<Test>::get();
        let back = Debt {
            gives_back: Some(id),
            ..note(BETA, ALPHA, 200_000, MockClock::now() + 30 * DAY)
        };
        assert_ok!(Netting::create(back));
        assert_eq!(obligation(first).amount, Value::Clear(i128::from(late) * 200));
        assert_eq!(obligation(first).creditor, ALPHA);
        // Until the statement has gone as well.
        Netting::forget_interest(id);
        assert_eq!(crate::Charges::<Test>::iter().count(), 0);
    });
}

#[test]
fn days_should_count_on_when_the_obligation_moves_to_another_token() {
    execute(|| {
        create_others();
        assert_ok!(Assets::mint(
            by(treasury(OTHER_ISSUER)),
            OTHER_EURO,
            treasury(ALPHA),
            10_000_000
        ));
        let due = MockClock::now() - 3 * DAY;
        let id = Netting::create(Debt {
            accepts: accepts(&[ISSUER, OTHER_ISSUER]),
            ..debt(ALPHA, BETA, 1_000_000, due)
        })
        .unwrap();
        missed();
        wait(10);
        MockOperators::suspend(ISSUER);
        let ids = vec![id].try_into().unwrap();
        assert_ok!(Netting::name_token(by(clearing(BETA)), OTHER_EURO, ids));
        wait(10);
        let cycle_id = open_in(OTHER_EURO);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), cycle_id));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), cycle_id, 100));
        assert_ok!(Netting::fund(by(treasury(ALPHA)), cycle_id));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), cycle_id));
        let day = MockClock::now() / DAY;
        assert_eq!(u64::from(days(id)), day - due / DAY);
        assert_ok!(charge(id));
        assert_eq!(obligation(ObligationId(id.0 + 1)).token, Some(OTHER_EURO));
    });
}

#[test]
fn days_should_count_on_when_the_cycles_that_were_missed_have_been_removed() {
    execute(|| {
        let (id, due) = owe_ago(3);
        // One that the creditor alone misses, and one that both do.
        owe(BETA, GAMMA, 2_000_000);
        let first = cycle_with(&[ALPHA, GAMMA]);
        wait(4);
        missed();
        MockClock::advance(RETENTION + DAY);
        idle();
        assert_eq!(crate::Cuts::<Test>::get(TOKEN).len(), 0);
        assert_eq!(u64::from(days(id)), MockClock::now() / DAY - first);
        let day = paid();
        assert!(first > due);
        assert_eq!(u64::from(days(id)), day - first);
        assert_ok!(charge(id));
    });
}

#[test]
fn amounts_carried_forward_should_bear_none() {
    ExtBuilder::default().minimum_net(500).build_and_execute(|| {
        owe(ALPHA, BETA, 400);
        let first = computed();
        assert_ok!(Netting::settle(by(clearing(ALPHA)), first));
        let (carried, found) = obligations(ALPHA)[0];
        assert_eq!(found.source, ObligationSource::Carried { cycle: first });
        wait(2);
        owe(ALPHA, BETA, 400);
        missed();
        assert!(days(carried) > 0);
        wait(30);
        paid();
        assert_eq!(interest(carried).amount, Value::ZERO);
        assert_noop!(charge(carried), Error::<Test>::NoInterest);
    });
}
