//! What the council pauses: which calls wait, in the pool and when they are made, and what goes on.

use super::{
    calls_of,
    group::{anchor, begin, by, compute, council, desk, owe, set_clock, AGREEMENT, ISSUER, PARTIES, TOKEN},
    metadata, preset,
};
use crate::{
    configs::{CallTriage, ChainClock, PermittedCalls},
    tasks, Anchoring, Netting, Runtime, RuntimeCall, RuntimeOrigin, Switches,
};
use codec::Decode;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, traits::Contains};
use interclear_ports::{Clock, Usage};
use interclear_primitives::{
    batch::{FatalReason, ServiceTotal},
    dispute::Figures,
    ids::{CycleId, DisputeId, ObligationId},
    money::Value,
    period::Period,
    samples,
    service::Service::Gprs,
    switch::Function,
    task::TaskKind,
    DAY,
};
use pallet_operators::{CheckAccess, Standing, Triage};
use sp_runtime::{
    traits::{DispatchTransaction, Dispatchable, TrailingZeroInput},
    transaction_validity::{InvalidTransaction, TransactionSource},
    DispatchError, DispatchResult,
};
use std::collections::{BTreeMap, BTreeSet};

const MONTH: Period = Period(202_601);

/// What is paused with each function.
const PAUSED: [(Function, &[&str]); 5] = [
    (
        Function::Agreements,
        &[
            "Agreements.amend",
            "Agreements.counter",
            "Agreements.propose",
            "Agreements.sign",
            "Escrow.accept_offer",
            "Escrow.publish_offer",
        ],
    ),
    (
        Function::Anchoring,
        &[
            "Anchoring.anchor",
            "Anchoring.anchor_many",
            "Anchoring.begin_series",
        ],
    ),
    (Function::Closing, &["Statements.close_period"]),
    (
        Function::Netting,
        &[
            "Netting.collect",
            "Netting.compute",
            "Netting.exclude_defaulters",
            "Netting.fund",
            "Netting.open_cycle",
            "Netting.settle",
        ],
    ),
    (
        Function::Inventory,
        &[
            "Inventory.propose_profile",
            "Inventory.report_blind_records",
            "Inventory.report_records",
            "Inventory.sign_profile",
            "Inventory.withdraw_records",
        ],
    ),
];

/// What acts on what is missing of a function, and waits as long again.
const AWAITING: [(Function, &[&str]); 2] = [
    (
        Function::Anchoring,
        &[
            "Anchoring.waive_file",
            "Anchoring.waive_gap",
            "Statements.close_period",
        ],
    ),
    (Function::Inventory, &["Inventory.bill_month"]),
];

/// What goes on, of the pallets that have anything of the above: it answers within days that run, pays, or takes nothing from others. So
/// does all of the other pallets.
const GOING_ON: &[&str] = &[
    "Agreements.reject",
    "Agreements.terminate",
    "Agreements.withdraw",
    "Anchoring.acknowledge",
    "Anchoring.acknowledge_many",
    "Anchoring.anchor_nrtrde",
    "Anchoring.prove_record",
    "Anchoring.return_file",
    "Anchoring.return_records",
    "Escrow.deposit",
    "Escrow.pay_debt",
    "Escrow.redeem",
    "Escrow.refund",
    "Escrow.release",
    "Escrow.withdraw_offer",
    "Inventory.affirm_bill",
    "Inventory.dispute_bill",
    "Inventory.withdraw_profile",
    "Netting.cancel_cycle",
    "Netting.charge_interest",
    "Netting.claim_payment",
    "Netting.confirm_payment",
    "Netting.create_token",
    "Netting.name_token",
    "Netting.pay",
    "Netting.release",
    "Netting.set_exposure_cap",
    "Netting.set_general_cap",
    "Netting.set_schedule",
    "Netting.tender",
    "Statements.affirm",
    "Statements.affirm_by_silence",
    "Statements.book_carried",
];

fn made(call: RuntimeCall, origin: RuntimeOrigin) -> DispatchResult {
    call.dispatch(origin).map(|_| ()).map_err(|failed| failed.error)
}

fn pause_call(function: Function) -> RuntimeCall {
    let reason = "a cycle pays twice".parse().expect("this is a reason");
    pallet_switches::Call::pause { function, reason }.into()
}

fn pause(function: Function) {
    assert_ok!(made(pause_call(function), council()));
}

fn resume(function: Function) {
    let resume = pallet_switches::Call::resume { function };
    assert_ok!(made(resume.into(), council()));
}

fn filtered() -> DispatchResult {
    Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    pallet_utility::Call::batch_all { calls }.into()
}

/// A file of the second party's network, in the month.
fn file(sequence: u32) -> RuntimeCall {
    let part = ServiceTotal {
        service: Gprs,
        records: 1,
        quantity: 10,
        charge: Value::Clear(100),
        tax: Value::ZERO,
    };
    let anchor = anchor(samples::SERIES.file(sequence), part, MONTH.start() + 20 * DAY);
    pallet_anchoring::Call::anchor { anchor }.into()
}

fn fund(cycle: CycleId) -> RuntimeCall {
    pallet_netting::Call::fund { cycle }.into()
}

/// A cycle that the first party has two days to fund.
fn cycle() -> CycleId {
    set_clock(MONTH.start() - 10 * DAY);
    begin(&samples::terms(MONTH, Period(202_612)));
    owe(PARTIES[0], PARTIES[1], MONTH.start());
    set_clock(MONTH.end());
    let id = CycleId(0);
    assert_ok!(Netting::open_cycle(council(), TOKEN, ChainClock::now(), 2 * DAY));
    assert_ok!(Netting::collect(by(PARTIES[0]), id));
    compute(PARTIES[0], id);
    id
}

fn fund_by(id: CycleId) -> u64 {
    Netting::cycle(id).expect("it is kept").fund_by
}

#[test]
fn anchoring_should_go_on_and_nobody_be_excluded_when_netting_is_paused() {
    preset("development").execute_with(|| {
        let id = cycle();
        let exclude: RuntimeCall = pallet_netting::Call::exclude_defaulters {
            cycle: id,
            max: 1_000,
        }
        .into();
        // A day is left.
        set_clock(fund_by(id) - DAY);
        pause(Function::Netting);
        let [debtor, creditor] = PARTIES;
        assert_eq!(made(fund(id), by(debtor)), filtered());
        assert_eq!(made(batch(vec![fund(id)]), by(debtor)), filtered());
        let open: RuntimeCall = pallet_netting::Call::open_cycle {
            token: TOKEN,
            cut_off: ChainClock::now(),
            funding: 2 * DAY,
        }
        .into();
        assert_eq!(made(open, council()), filtered(), "nor does the council");
        assert_ok!(made(file(1), by(creditor)));
        // The time to fund would be over.
        set_clock(fund_by(id) + DAY);
        assert_eq!(made(exclude.clone(), by(creditor)), filtered());
        resume(Function::Netting);
        assert_eq!(fund_by(id), ChainClock::now() + DAY);
        assert_eq!(
            made(exclude, by(creditor)),
            Err(pallet_netting::Error::<Runtime>::FundingOpen.into())
        );
        assert_ok!(made(fund(id), by(debtor)));
        assert_ok!(made(
            pallet_netting::Call::settle { cycle: id }.into(),
            by(creditor)
        ));
        assert_ok!(Netting::do_try_state());
        assert_ok!(Switches::do_try_state());
    });
}

#[test]
fn nobody_should_be_told_to_fund_or_close_when_that_is_paused() {
    preset("development").execute_with(|| {
        let id = cycle();
        let funds = || -> Vec<Option<u64>> {
            let all = tasks::page(PARTIES[0], None).tasks.into_iter();
            all.filter(|task| matches!(task.kind, TaskKind::FundCycle { .. }))
                .map(|task| task.due)
                .collect()
        };
        assert_eq!(funds(), [Some(fund_by(id))]);
        pause(Function::Netting);
        set_clock(fund_by(id) + DAY);
        assert_eq!(funds(), [], "it is not late");
        resume(Function::Netting);
        assert_eq!(funds(), [Some(fund_by(id))]);
        assert!(fund_by(id) > ChainClock::now());
        // The month is over, and its only file is accepted.
        let closes = || {
            let all = tasks::page(PARTIES[0], None).tasks.into_iter();
            all.filter(|task| matches!(task.kind, TaskKind::CloseMonth { .. }))
                .count()
        };
        assert_ok!(made(file(1), by(PARTIES[1])));
        let key = samples::SERIES.file(1);
        assert_ok!(Anchoring::acknowledge(by(PARTIES[0]), key));
        let before = closes();
        assert!(before > 0);
        for function in [Function::Closing, Function::Anchoring] {
            pause(function);
            assert_eq!(closes(), 0, "{function}");
            resume(function);
        }
        assert_eq!(closes(), before);
    });
}

#[test]
fn transaction_should_be_refused_by_the_pool_when_any_call_in_it_waits_for_the_council() {
    preset("development").execute_with(|| {
        cycle();
        let waits = fund(CycleId(0));
        let either: RuntimeCall = pallet_utility::Call::if_else {
            main: Box::new(file(1)),
            fallback: Box::new(waits.clone()),
        }
        .into();
        let calls = [
            waits.clone(),
            batch(vec![file(1), batch(vec![waits.clone()])]),
            either,
        ];
        let pool = |call: &RuntimeCall| {
            CheckAccess::<Runtime>::from(0)
                .validate_only(
                    by(PARTIES[0]),
                    call,
                    &call.get_dispatch_info(),
                    0,
                    TransactionSource::External,
                    0,
                )
                .map(|_| ())
        };
        for call in &calls {
            assert_ok!(pool(call));
        }
        pause(Function::Netting);
        for call in &calls {
            assert_eq!(
                pool(call),
                Err(InvalidTransaction::Custom(103).into()),
                "{call:?}"
            );
        }
        assert_ok!(pool(&file(1)));
        // What is put to the council is looked at when it is carried out.
        let motion: RuntimeCall = pallet_collective::Call::propose {
            threshold: 2,
            proposal: Box::new(waits),
            length_bound: 1_000,
        }
        .into();
        assert_eq!(CallTriage::waits_for(&motion), None);
        resume(Function::Netting);
        for call in &calls {
            assert_ok!(pool(call));
        }
    });
}

#[test]
fn month_should_not_be_closed_over_files_that_could_not_be_sent_when_anchoring_was_paused() {
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        let close = || -> RuntimeCall {
            let changes = Anchoring::period_usage(AGREEMENT, MONTH).changes;
            pallet_statements::Call::close_period {
                agreement: AGREEMENT,
                period: MONTH,
                changes,
            }
            .into()
        };
        let [debtor, creditor] = PARTIES;
        // The closing days are five, those to answer seven.
        set_clock(MONTH.end() + DAY);
        pause(Function::Anchoring);
        assert_eq!(made(file(1), by(creditor)), filtered());
        set_clock(MONTH.end() + 31 * DAY);
        assert_eq!(made(close(), by(debtor)), filtered());
        resume(Function::Anchoring);
        assert_eq!(
            made(batch(vec![close()]), by(debtor)),
            filtered(),
            "in the block of the motion"
        );
        assert_ok!(made(file(1), by(creditor)));
        set_clock(MONTH.end() + 61 * DAY - 1);
        assert!(!PermittedCalls::contains(&close()));
        set_clock(MONTH.end() + 61 * DAY);
        assert!(PermittedCalls::contains(&close()));
        // It came after the closing days: the next month bills it.
        let RuntimeCall::Anchoring(pallet_anchoring::Call::anchor { anchor }) = file(1) else {
            panic!("it is anchored alone");
        };
        let sent = || Anchoring::batch(anchor.key).expect("it was anchored");
        assert!(sent().deferred);
        assert_eq!(Anchoring::close(AGREEMENT, MONTH), Ok([100, 0]));
        assert_eq!(sent().billed_with(), MONTH.next());
    });
}

#[test]
fn a_late_file_should_still_come_when_anchoring_is_paused_again_before_its_time_is_over() {
    preset("development").execute_with(|| {
        // Its last day is the first of the pause.
        let last = MONTH.end() + DAY;
        set_clock(MONTH.end());
        pause(Function::Anchoring);
        set_clock(MONTH.end() + 10 * DAY);
        resume(Function::Anchoring);
        assert!(<Anchoring as Usage>::sent_at() < last);
        // A day of the ten that it has passes.
        set_clock(MONTH.end() + 11 * DAY);
        pause(Function::Anchoring);
        set_clock(MONTH.end() + 12 * DAY);
        resume(Function::Anchoring);
        set_clock(MONTH.end() + 22 * DAY - 1);
        assert!(<Anchoring as Usage>::sent_at() < last);
        set_clock(MONTH.end() + 22 * DAY);
        assert_eq!(<Anchoring as Usage>::sent_at(), ChainClock::now());
    });
}

#[test]
fn answers_money_and_governance_should_go_on_when_everything_is_paused_that_can_be() {
    preset("development").execute_with(|| {
        cycle();
        Function::ALL.into_iter().for_each(pause);
        let key = samples::SERIES.file(1);
        let (obligation, dispute, claimed) = (ObligationId(0), DisputeId(0), Figures::default());
        let go_on: Vec<RuntimeCall> = vec![
            pallet_anchoring::Call::acknowledge { key }.into(),
            pallet_anchoring::Call::return_file {
                key,
                reason: FatalReason::Totals,
                rap_sequence: 1,
                rap_digest: [9; 32],
            }
            .into(),
            pallet_agreements::Call::terminate {
                agreement: AGREEMENT,
                last: MONTH,
            }
            .into(),
            pallet_disputes::Call::answer { dispute, claimed }.into(),
            pallet_netting::Call::pay {
                obligation,
                token: TOKEN,
            }
            .into(),
            pallet_netting::Call::tender {
                obligation,
                token: TOKEN,
            }
            .into(),
            pallet_netting::Call::release { cycle: CycleId(0) }.into(),
            pallet_netting::Call::cancel_cycle { cycle: CycleId(0) }.into(),
            pallet_issuance::Call::mint {
                token: TOKEN,
                to: desk(PARTIES[0]),
                amount: 1,
            }
            .into(),
            pallet_operators::Call::suspend { operator: ISSUER }.into(),
            pallet_switches::Call::resume {
                function: Function::Closing,
            }
            .into(),
        ];
        for call in go_on {
            assert!(PermittedCalls::contains(&call), "{call:?}");
            assert_eq!(CallTriage::waits_for(&call), None, "{call:?}");
        }
        assert_eq!(Switches::pauses().len(), Function::ALL.len());
        // And the council can end all of it.
        Function::ALL.into_iter().for_each(resume);
    });
}

/// A call of each kind, by pallet and name: all of its arguments are zero.
fn one_of_each() -> BTreeMap<String, RuntimeCall> {
    let metadata = metadata();
    let mut found = BTreeMap::new();
    for pallet in &metadata.pallets {
        for call in calls_of(&metadata.types, pallet).unwrap_or_default() {
            let octets = [pallet.index, call.index];
            if let Ok(one) = RuntimeCall::decode(&mut TrailingZeroInput::new(&octets)) {
                found.insert(format!("{}.{}", pallet.name, call.name), one);
            }
        }
    }
    found
}

/// The names of the calls that wait for a function now, in the pool and when they are made.
fn waiting(calls: &BTreeMap<String, RuntimeCall>, function: Function) -> BTreeSet<&str> {
    let code = Some(function.code());
    let waits = calls
        .iter()
        .filter(|(_, call)| CallTriage::waits_for(call) == code);
    let names: BTreeSet<&str> = waits
        .inspect(|(name, call)| assert!(!PermittedCalls::contains(call), "{name} waits in the pool alone"))
        .map(|(name, _)| name.as_str())
        .collect();
    names
}

fn named(list: &[(Function, &[&'static str])], function: Function) -> BTreeSet<&'static str> {
    let found = list.iter().filter(|(of, _)| *of == function);
    found.flat_map(|(_, names)| names.iter().copied()).collect()
}

#[test]
fn each_call_should_wait_for_the_functions_that_are_named_here_and_for_no_other() {
    let calls = one_of_each();
    let lists = PAUSED.iter().chain(&AWAITING).map(|(_, names)| *names);
    let listed: BTreeSet<&str> = lists.chain([GOING_ON]).flatten().copied().collect();
    let pallets: BTreeSet<&str> = listed.iter().filter_map(|name| name.split('.').next()).collect();
    let found: BTreeSet<&str> = calls
        .keys()
        .map(String::as_str)
        .filter(|name| name.split('.').next().is_some_and(|of| pallets.contains(of)))
        .collect();
    assert_eq!(
        found, listed,
        "a new call has its place in one of the lists above"
    );
    for function in Function::ALL {
        preset("development").execute_with(|| {
            set_clock(MONTH.start());
            assert!(waiting(&calls, function).is_empty());
            pause(function);
            let awaiting = named(&AWAITING, function);
            let mut paused = named(&PAUSED, function);
            paused.extend(&awaiting);
            assert_eq!(waiting(&calls, function), paused);
            set_clock(MONTH.start() + DAY);
            resume(function);
            assert_eq!(waiting(&calls, function), awaiting);
            set_clock(MONTH.start() + 2 * DAY);
            assert!(waiting(&calls, function).is_empty());
        });
    }
}

#[test]
fn readme_should_name_what_waits_with_each_function_and_after_it() {
    let readme = include_str!("../../../pallets/switches/README.md");
    let (_, table) = readme
        .split_once("## What can be paused")
        .expect("it has the section");
    for function in Function::ALL {
        let begins = format!("| {function} |");
        let row = table.lines().find(|line| line.starts_with(&begins));
        let cells: Vec<&str> = row.unwrap_or_default().split('|').collect();
        let [_, _, paused, awaiting, _] = cells.as_slice() else {
            panic!("the table has a row of {function}");
        };
        for (cell, list) in [(paused, &PAUSED[..]), (awaiting, &AWAITING[..])] {
            let said: BTreeSet<&str> = cell.split('`').skip(1).step_by(2).collect();
            let calls = named(list, function).into_iter();
            let calls: BTreeSet<&str> = calls.filter_map(|name| name.split('.').nth(1)).collect();
            assert_eq!(said, calls, "{function}");
        }
    }
}

#[test]
fn two_thirds_of_the_council_should_pause_a_function_and_nobody_else() {
    preset("development").execute_with(|| {
        let pause = pause_call(Function::Closing);
        assert_eq!(
            CallTriage::standing(&pause),
            Standing::Refused,
            "no account signs it"
        );
        let members = super::council();
        for origin in [
            RuntimeOrigin::none(),
            RuntimeOrigin::signed(members[0].clone()),
            RuntimeOrigin::from(pallet_collective::RawOrigin::Members(1, 3)),
        ] {
            assert_eq!(made(pause.clone(), origin), Err(DispatchError::BadOrigin));
        }
        super::carry(pause, &members[..2]);
        assert!(Switches::pauses()
            .iter()
            .any(|pause| pause.function == Function::Closing));
    });
}
