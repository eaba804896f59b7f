//! Statements and netting together: from a month's usage to money, and random sequences of calls of both pallets.

use super::{
    group::{self, set_clock, PARTIES, TOKEN},
    preset,
};
use crate::{
    tasks, AccountId, Anchoring, Assets, Netting, Operators, Runtime, RuntimeOrigin, Statements, System,
};
use frame_support::{
    assert_noop, assert_ok,
    traits::{fungibles::Inspect, Hooks},
    weights::Weight,
    BoundedVec,
};
use interclear_ports::{Clock, Debt, Obligations};
use interclear_primitives::{
    agreement::{
        DirectionTerms, PaymentCondition, PaymentTerms, ServiceGroup, ServiceLine, Terms, Tolerance,
        UsageTerms,
    },
    batch::{Anchor, ServiceTotal},
    ids::{CycleId, ObligationId, OperatorId},
    increment::Increment,
    issuance::FreezeReason,
    money::{Currency, Value},
    netting::{CyclePhase, ObligationSource, ObligationStatus, PaymentReference},
    operator::{OperatorKind, Role},
    period::Period,
    rating::{Condition, LineTerms, Price, Pricing},
    series::{SeriesKey, Stream},
    service::Service,
    span::Span,
    tadig::Tadig,
    task::{Task, TaskKind},
    Moment, DAY,
};
use pallet_netting::WeightInfo;
use proptest::prelude::*;

mod frozen;

const JANUARY: Period = Period(202601);
const NETWORKS: [Tadig; 2] = [Tadig(*b"NET01"), Tadig(*b"NET02")];

fn try_state() -> Result<(), sp_runtime::TryRuntimeError> {
    Statements::do_try_state()?;
    Netting::do_try_state()
}

/// Data at 0.50 a MB, messages at 0.02.
fn direction(home: Tadig, visited: Tadig) -> DirectionTerms {
    let line = |service, price| ServiceLine {
        service,
        terms: LineTerms {
            pricing: Pricing::linear(Price(price)),
            ..Default::default()
        },
        increment: Increment::Exact,
        tolerance: Tolerance::default(),
        flow: Default::default(),
    };
    let lines = vec![line(Service::Gprs, 500_000_000), line(Service::SmsMo, 20_000_000)];
    let group = ServiceGroup {
        home: vec![home].try_into().expect("one fits"),
        visited: vec![visited].try_into().expect("one fits"),
        lines: lines.try_into().expect("two fit"),
    };
    DirectionTerms {
        groups: vec![group].try_into().expect("one fits"),
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
        in_full: false,
    }
}

/// A file of whole units, with its charges in cents.
fn file(sender: usize, used: &[(Service, u128, i128)]) -> Anchor {
    let totals = used
        .iter()
        .map(|(service, units, cents)| ServiceTotal {
            service: *service,
            records: 1,
            quantity: units * 1_000_000,
            charge: Value::Clear(cents * 10_000),
            tax: Value::ZERO,
        })
        .collect();
    let series = SeriesKey {
        sender: NETWORKS[sender],
        recipient: NETWORKS[1 - sender],
        stream: Stream::Tap,
        test: false,
    };
    group::anchor_of(series.file(1), totals, [JANUARY.start(), JANUARY.end() - 1])
}

/// January with terms that are paid so, in the token that there is; the first party owes 402.00.
fn january(payment: PaymentTerms) {
    january_in(payment, group::ISSUER);
}

/// Likewise, in tokens of an issuer.
fn january_in(payment: PaymentTerms, issuer: OperatorId) {
    let [first, second] = NETWORKS;
    let terms = Terms {
        usage: UsageTerms {
            close_days: 0,
            ..UsageTerms::usual(Currency::EUR)
        },
        payment,
        accepts: [(); 2].map(|()| BoundedVec::truncate_from(vec![issuer])),
        ..Terms::usual(
            JANUARY,
            Period(202603),
            Currency::EUR,
            [direction(first, second), direction(second, first)],
        )
    };
    set_clock(JANUARY.start() - 10 * DAY);
    group::conclude(&terms);
    set_clock(JANUARY.end() + 3_600);
    // The first party's subscribers roam with the second, which sends their file.
    let files = [
        file(0, &[(Service::Gprs, 200, 18_000)]),
        file(1, &[(Service::SmsMo, 100, 900), (Service::Gprs, 1_000, 90_000)]),
    ];
    // The closing days are none: both files came after them, and count once they are acknowledged.
    for (party, file) in PARTIES.into_iter().zip(files) {
        let key = file.key;
        assert_ok!(Anchoring::anchor(group::by(party), file));
        let other = PARTIES.into_iter().find(|one| *one != party).expect("two");
        assert_ok!(Anchoring::acknowledge(group::by(other), key));
    }
    set_clock(JANUARY.end() + 9 * DAY);
    assert_ok!(Statements::close_period(
        group::by(PARTIES[0]),
        group::AGREEMENT,
        JANUARY,
        Anchoring::period_usage(group::AGREEMENT, JANUARY).changes
    ));
}

fn affirm() {
    for party in PARTIES {
        assert_ok!(Statements::affirm(group::by(party), group::AGREEMENT, JANUARY));
    }
}

/// What the parties have gained, in cents.
fn gained() -> [i128; 2] {
    PARTIES.map(|party| Assets::total_balance(TOKEN, &group::desk(party)) as i128 - group::FUNDS as i128)
}

fn freeze(issuer: OperatorId, token: u32, account: Option<AccountId>) -> sp_runtime::DispatchResult {
    crate::Issuance::freeze(group::by(issuer), token, account, FreezeReason::Order, None)
}

fn thaw(issuer: OperatorId, token: u32, account: Option<AccountId>) -> sp_runtime::DispatchResult {
    crate::Issuance::thaw(group::by(issuer), token, account)
}

fn on_affirmation() -> PaymentTerms {
    PaymentTerms {
        payment_days: 0,
        condition: PaymentCondition::OnAffirmation,
        ..PaymentTerms::usual()
    }
}

#[test]
fn what_is_paid_on_affirmation_should_move_with_it_when_it_is_held_ahead() {
    preset("development").execute_with(|| {
        january(on_affirmation());
        let [debtor, creditor] = PARTIES;
        // 402.00 are owed; 400.00 are held.
        assert_ok!(crate::Escrow::deposit(
            group::by(debtor),
            group::AGREEMENT,
            TOKEN,
            40_000
        ));
        assert_eq!(gained(), [0, 0]);
        affirm();
        assert_eq!(gained(), [-40_000, 40_000]);
        let rest = Netting::obligation(ObligationId(0)).expect("it is more than is held");
        assert_eq!(
            (rest.amount, rest.gross, rest.due),
            (Value::Clear(200), true, now())
        );
        assert_ok!(try_state());
        assert_ok!(Netting::pay(group::by(debtor), ObligationId(0), TOKEN));
        assert_eq!(gained(), [-40_200, 40_200]);
        assert_ok!(try_state());
        assert_eq!(Netting::obligations(creditor, None), (vec![], None));
    });
}

#[test]
fn a_debt_should_be_paid_from_what_is_held_when_the_token_was_frozen_as_it_was_affirmed() {
    preset("development").execute_with(|| {
        january(on_affirmation());
        let [debtor, creditor] = PARTIES;
        assert_ok!(crate::Escrow::deposit(
            group::by(debtor),
            group::AGREEMENT,
            TOKEN,
            40_200
        ));
        assert_ok!(freeze(group::ISSUER, TOKEN, None));
        affirm();
        assert_eq!(gained(), [0, 0]);
        assert_ok!(thaw(group::ISSUER, TOKEN, None));
        assert_ok!(crate::Escrow::pay_debt(
            group::by(creditor),
            group::AGREEMENT,
            ObligationId(0)
        ));
        assert_eq!(gained(), [-40_200, 40_200]);
        let debt = Netting::obligation(ObligationId(0)).expect("it is kept for a while");
        assert_eq!(debt.status, ObligationStatus::PaidGross(now()));
        let again = pallet_netting::Error::<Runtime>::AlreadyPaid;
        let paid_again = Netting::pay(group::by(debtor), ObligationId(0), TOKEN);
        assert_eq!(paid_again, Err(again.into()));
        assert_ok!(try_state());
    });
}

fn reference(text: &str) -> PaymentReference {
    PaymentReference(text.as_bytes().to_vec().try_into().expect("it is short"))
}

/// 402.00 are owed, and 400.00 of it are paid from what is held; the debtor says that it has paid the rest by a bank, and deposits 5.00
/// for February.
fn claimed_and_deposited() -> (ObligationId, PaymentReference) {
    january(on_affirmation());
    let [debtor, _] = PARTIES;
    let deposit = |amount| crate::Escrow::deposit(group::by(debtor), group::AGREEMENT, TOKEN, amount);
    assert_ok!(deposit(40_000));
    affirm();
    let rest = ObligationId(0);
    let reference = reference("E2E-2026/1");
    assert_ok!(Netting::claim_payment(group::by(debtor), rest, reference.clone()));
    assert_ok!(deposit(500));
    (rest, reference)
}

fn visit_escrows() {
    for _ in 0..2 {
        crate::Escrow::on_idle(System::block_number(), Weight::MAX);
    }
}

/// What the escrow of the first party holds, and how many debts it could not pay.
fn held() -> (u128, u32) {
    let [escrow, _] = crate::Escrow::escrows(group::AGREEMENT);
    escrow.map_or((0, 0), |escrow| (escrow.held, escrow.unpaid))
}

#[test]
fn a_debt_should_be_paid_once_when_its_debtor_has_paid_by_a_bank_and_deposits_for_more() {
    preset("development").execute_with(|| {
        let (rest, reference) = claimed_and_deposited();
        let [_, creditor] = PARTIES;
        visit_escrows();
        let pay = || crate::Escrow::pay_debt(group::by(creditor), group::AGREEMENT, rest);
        assert_noop!(pay(), pallet_netting::Error::<Runtime>::ClaimPending);
        assert_eq!((gained(), held()), ([-40_000, 40_000], (500, 1)));
        assert_ok!(Netting::confirm_payment(group::by(creditor), rest, reference));
        visit_escrows();
        assert_eq!((gained(), held()), ([-40_000, 40_000], (500, 0)));
        let status = Netting::obligation(rest).map(|debt| debt.status);
        assert_eq!(status, Some(ObligationStatus::PaidOutside(now())));
        assert_ok!(try_state());
        assert_ok!(crate::Escrow::do_try_state());
    });
}

#[test]
fn a_debt_should_be_paid_by_its_creditors_call_alone_when_the_claim_of_its_debtor_has_lapsed() {
    preset("development").execute_with(|| {
        let (rest, reference) = claimed_and_deposited();
        set_clock(now() + 7 * DAY + 1);
        let [debtor, creditor] = PARTIES;
        // Its creditor may have been paid by the bank, and not have looked.
        visit_escrows();
        assert_eq!((gained(), held()), ([-40_000, 40_000], (500, 1)));
        // It says so once more, to keep what it holds.
        assert_ok!(Netting::claim_payment(group::by(debtor), rest, reference));
        assert_ok!(crate::Escrow::pay_debt(
            group::by(creditor),
            group::AGREEMENT,
            rest
        ));
        assert_eq!((gained(), held()), ([-40_200, 40_200], (300, 0)));
        let status = Netting::obligation(rest).map(|debt| debt.status);
        assert_eq!(status, Some(ObligationStatus::PaidGross(now())));
        assert_ok!(try_state());
        assert_ok!(crate::Escrow::do_try_state());
    });
}

#[test]
fn a_creditor_should_be_told_what_its_call_alone_pays_when_a_claim_has_lapsed() {
    preset("development").execute_with(|| {
        let (rest, reference) = claimed_and_deposited();
        let [debtor, creditor] = PARTIES;
        let waits = || -> Vec<Task> {
            let all = tasks::page(creditor, None).tasks.into_iter();
            all.filter(|task| matches!(task.kind, TaskKind::ConfirmPayment { .. }))
                .collect()
        };
        let task = |due, escrow| Task {
            due,
            silence: None,
            partner: Some(debtor),
            kind: TaskKind::ConfirmPayment {
                obligation: rest,
                currency: Currency::EUR,
                amount: Value::Clear(200),
                in_cycle: None,
                escrow,
            },
        };
        let (ours, until) = (Some(group::AGREEMENT), now() + 7 * DAY);
        assert_eq!(waits(), [task(Some(until), None)]);
        set_clock(until + 1);
        visit_escrows();
        assert_eq!(waits(), [task(None, ours)]);
        // What is claimed once more holds its call up no longer.
        let again = now() + 7 * DAY;
        assert_ok!(Netting::claim_payment(group::by(debtor), rest, reference));
        assert_eq!(waits(), [task(Some(again), ours)]);
        // Of a cent too little its call would have nothing paid.
        assert_ok!(crate::Escrow::release(group::by(creditor), group::AGREEMENT, 301));
        assert_eq!(waits(), [task(Some(again), None)]);
        set_clock(again + 1);
        assert_eq!(waits(), []);
        let deposit = crate::Escrow::deposit(group::by(debtor), group::AGREEMENT, TOKEN, 1);
        assert_ok!(deposit);
        assert_eq!(waits(), [task(None, ours)]);
        let paid = crate::Escrow::pay_debt(group::by(creditor), group::AGREEMENT, rest);
        assert_ok!(paid);
        assert_eq!(waits(), []);
    });
}

#[test]
fn a_creditor_should_be_told_to_name_a_token_when_it_does_not_accept_that_of_the_escrow_for_a_debt() {
    preset("development").execute_with(|| {
        let (rest, _) = claimed_and_deposited();
        let [_, creditor] = PARTIES;
        set_clock(now() + 7 * DAY + 1);
        visit_escrows();
        // As if an amendment had it netted in the token of another issuer, which has none yet.
        pallet_netting::Obligations::<Runtime>::mutate(rest, |debt| {
            let debt = debt.as_mut().expect("it is open");
            debt.accepts = BoundedVec::truncate_from(vec![OperatorId(4711)]);
            debt.gross = false;
        });
        assert_noop!(
            crate::Escrow::pay_debt(group::by(creditor), group::AGREEMENT, rest),
            pallet_escrow::Error::<Runtime>::TokenNotAccepted
        );
        let all = tasks::page(creditor, None).tasks.into_iter();
        let of_it: Vec<TaskKind> = all
            .map(|task| task.kind)
            .filter(|kind| matches!(kind, TaskKind::ConfirmPayment { .. } | TaskKind::NameToken { .. }))
            .collect();
        let name = TaskKind::NameToken {
            obligation: rest,
            currency: Currency::EUR,
            amount: Value::Clear(200),
            named: None,
        };
        assert_eq!(of_it, [name]);
    });
}

#[test]
fn what_is_paid_on_affirmation_should_be_due_at_once_when_nothing_is_held() {
    preset("development").execute_with(|| {
        january(on_affirmation());
        let [debtor, creditor] = PARTIES;
        affirm();
        assert_eq!(gained(), [0, 0]);
        let again = pallet_netting::Error::<Runtime>::AlreadyPaid;
        set_clock(now() + 10 * DAY);
        // 402.00 x 8 % x 10 / 365 = 0.88
        let owed = Netting::obligation(ObligationId(0)).expect("the net is not zero");
        assert_eq!((owed.interest.days, owed.interest.amount), (10, Value::Clear(88)));
        assert_ok!(Netting::pay(group::by(debtor), ObligationId(0), TOKEN));
        assert_eq!(
            Netting::pay(group::by(debtor), ObligationId(0), TOKEN),
            Err(again.into())
        );
        assert_ok!(Netting::charge_interest(group::by(creditor), ObligationId(0)));
        assert_eq!(gained(), [-40_200, 40_200]);
        assert_ok!(try_state());
    });
}

#[test]
fn suspended_operators_should_affirm_pay_and_be_paid_when_something_is_owed() {
    preset("development").execute_with(|| {
        january(on_affirmation());
        let [debtor, creditor] = PARTIES;
        for party in PARTIES {
            assert_ok!(Operators::suspend(council(), party));
        }
        affirm();
        set_clock(now() + 10 * DAY);
        assert_ok!(Netting::pay(group::by(debtor), ObligationId(0), TOKEN));
        assert_eq!(gained(), [-40_200, 40_200]);
        // Its late interest, which a bank pays: 402.00 x 8 % x 10 / 365.
        let interest = ObligationId(1);
        assert_ok!(Netting::charge_interest(group::by(creditor), ObligationId(0)));
        let owed = Netting::obligation(interest).expect("it was charged");
        assert_eq!((owed.debtor, owed.amount), (debtor, Value::Clear(88)));
        let reference = reference("E2E-2026/2");
        let claimed = Netting::claim_payment(group::by(debtor), interest, reference.clone());
        assert_ok!(claimed);
        assert_ok!(Netting::confirm_payment(group::by(creditor), interest, reference));
        let ended = Netting::obligation(interest).map(|debt| debt.status);
        assert_eq!(ended, Some(ObligationStatus::PaidOutside(now())));
        // Neither of them begins anything new.
        let mut another = file(0, &[(Service::Gprs, 1, 1)]);
        another.key.sequence = 2;
        assert_noop!(
            Anchoring::anchor(group::by(debtor), another),
            pallet_operators::Error::<Runtime>::OperatorSuspended
        );
        assert_ok!(try_state());
    });
}

#[test]
fn what_is_agreed_gross_should_stay_gross_when_the_issuer_freezes_its_token_for_the_affirmation() {
    preset("development").execute_with(|| {
        january(on_affirmation());
        let [debtor, creditor] = PARTIES;
        assert_ok!(freeze(group::ISSUER, TOKEN, None));
        affirm();
        assert_ok!(thaw(group::ISSUER, TOKEN, None));
        let id = ObligationId(0);
        assert!(Netting::obligation(id).is_some_and(|owed| owed.gross));
        set_clock(now() + 10 * DAY);
        assert_ok!(Netting::pay(group::by(debtor), id, TOKEN));
        assert_eq!(Netting::obligation(id).map(|owed| owed.interest.days), Some(10));
        assert_ok!(Netting::charge_interest(group::by(creditor), id));
        assert_ok!(try_state());
    });
}

#[test]
fn a_month_should_go_from_usage_to_money() {
    preset("development").execute_with(|| {
        january(PaymentTerms {
            late_interest_bps: 0,
            ..PaymentTerms::usual()
        });
        affirm();
        let due = Netting::obligation(ObligationId(0))
            .expect("the net is not zero")
            .due;
        set_clock(due);
        assert_ok!(try_state());
        group::settle(due);
        assert_eq!(gained(), [-40_200, 40_200]);
        assert_ok!(try_state());
        Netting::on_idle(System::block_number(), Weight::MAX);
        assert_ok!(try_state());
        assert_eq!(Netting::obligations(PARTIES[0], None), (vec![], None));
    });
}

#[test]
fn mint_should_be_refused_when_what_is_attested_does_not_cover_it() {
    preset("development").execute_with(|| {
        begin();
        let supply = Assets::total_issuance(TOKEN);
        let mint = |amount| {
            frame_support::storage::with_storage_layer(|| {
                crate::Issuance::mint(by(ISSUER), TOKEN, account(ISSUER), amount)
            })
        };
        let refused = Err(pallet_issuance::Error::<Runtime>::NotCovered.into());
        assert_ok!(mint(1));
        pallet_netting::TestNetwork::<Runtime>::put(false);
        assert_eq!(
            mint(1),
            refused,
            "on a test network alone nothing has to be attested"
        );
        assert_ok!(crate::Issuance::attest(
            by(ISSUER),
            TOKEN,
            supply + 6,
            now(),
            [1; 32]
        ));
        assert_eq!(mint(6), refused);
        assert_ok!(mint(5));
        // What is burnt was paid by a bank: it covers nothing else.
        assert_ok!(crate::Issuance::burn(by(ISSUER), TOKEN, 5));
        assert_eq!(mint(1), refused);
    });
}

#[test]
fn a_removed_desk_should_neither_mint_nor_burn_when_the_token_was_created_with_its_account() {
    use sp_runtime::traits::Dispatchable;
    preset("development").execute_with(|| {
        begin();
        // The payout account with which the token was created is lost, and is a desk of another member now.
        pallet_operators::Desks::<Runtime>::mutate(account(ISSUER), |desk| {
            if let Some(desk) = desk {
                desk.operator = OperatorId(1);
            }
        });
        let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
        let calls = [
            pallet_assets::Call::mint {
                id: TOKEN.into(),
                beneficiary: account(2).into(),
                amount: 1,
            },
            pallet_assets::Call::burn {
                id: TOKEN.into(),
                who: account(2).into(),
                amount: 1,
            },
        ];
        for call in calls {
            let outcome = crate::RuntimeCall::Assets(call).dispatch(by(ISSUER));
            assert_eq!(
                outcome.map(|_| ()).map_err(|refused| refused.error),
                Err(filtered)
            );
        }
        let refused = Err(pallet_issuance::Error::<Runtime>::NotTheIssuer.into());
        assert_eq!(crate::Issuance::mint(by(ISSUER), TOKEN, account(2), 1), refused);
        assert_eq!(crate::Issuance::burn(by(ISSUER), TOKEN, 1), refused);
    });
}

#[derive(Clone, Debug)]
enum Step {
    Owe(u32, u32, i128, u64),
    Open,
    Cancel,
    Collect,
    Compute(u32),
    Fund(u32),
    Settle,
    Exclude(u32),
    FreezeAccount(u32),
    ThawAccount(u32),
    Spend(u32),
    Release(u32),
    Wait(u64),
    Idle(u64),
}

const ISSUER: u32 = 0;
const MEMBERS: u32 = 7;

fn member() -> impl Strategy<Value = u32> {
    1..=MEMBERS
}

/// Some of which is too small to be paid.
fn amount() -> impl Strategy<Value = i128> {
    prop_oneof![1..200i128, 1..200_000i128]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (member(), member(), amount(), 0..5_000u64).prop_map(|(a, b, c, d)| Step::Owe(a, b, c, d)),
        2 => Just(Step::Open),
        1 => Just(Step::Cancel),
        2 => Just(Step::Collect),
        3 => (1..12u32).prop_map(Step::Compute),
        10 => member().prop_map(Step::Fund),
        3 => Just(Step::Settle),
        2 => (1..12u32).prop_map(Step::Exclude),
        1 => member().prop_map(Step::FreezeAccount),
        1 => member().prop_map(Step::ThawAccount),
        1 => member().prop_map(Step::Spend),
        1 => member().prop_map(Step::Release),
        2 => prop_oneof![4 => 0..9_000u64, 4 => 0..2 * DAY, 1 => Just(181 * DAY)].prop_map(Step::Wait),
        3 => (0..20u64).prop_map(Step::Idle),
    ]
}

fn account(member: u32) -> AccountId {
    AccountId::new([member as u8 + 1; 32])
}

fn by(member: u32) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(member))
}

fn council() -> RuntimeOrigin {
    RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3))
}

fn now() -> Moment {
    <Runtime as pallet_netting::Config>::Clock::now()
}

/// An issuer and members, each with one desk that has every role, and money.
fn begin() {
    set_clock(JANUARY.start());
    for member in ISSUER..=MEMBERS {
        let kind = match member {
            ISSUER => OperatorKind::TokenIssuer,
            _ => OperatorKind::Mobile,
        };
        assert_ok!(Operators::admit(
            council(),
            format!("Operator {member}")
                .into_bytes()
                .try_into()
                .expect("short"),
            vec![kind].try_into().expect("one fits"),
            vec![Tadig([b'M', b'E', b'M', b'0', b'0' + member as u8])]
                .try_into()
                .expect("one fits"),
            BoundedVec::new(),
            account(member)
        ));
        let roles = vec![Role::Admin, Role::Clearing, Role::Treasury];
        assert_ok!(Operators::set_roles(
            by(member),
            account(member),
            roles.try_into().expect("each once")
        ));
        assert_ok!(Operators::set_payout_account(by(member), account(member)));
    }
    let (name, symbol) = (BoundedVec::new(), BoundedVec::new());
    assert_ok!(Netting::create_token(
        council(),
        TOKEN,
        OperatorId(ISSUER),
        Currency::EUR,
        2,
        name,
        symbol
    ));
    for member in 1..=MEMBERS {
        assert_ok!(Assets::mint(
            by(ISSUER),
            TOKEN.into(),
            account(member).into(),
            1_000_000
        ));
    }
}

/// What an operator owns and is owed, less what it owes: no step but spending may change it.
fn wealth(member: u32) -> i128 {
    let operator = OperatorId(member);
    let tokens = Assets::total_balance(TOKEN, &account(member)) as i128;
    Netting::all()
        .into_iter()
        .map(|(_, debt)| debt)
        .filter(|debt| !debt.status.is_paid())
        .fold(tokens, |sum, debt| {
            let amount = debt.amount.clear().expect("open");
            match operator {
                _ if debt.creditor == operator => sum + amount,
                _ if debt.debtor == operator => sum - amount,
                _ => sum,
            }
        })
}

/// Does a call as a block would: what fails changes nothing.
fn call<R, E>(call: impl FnOnce() -> Result<R, E>) -> bool
where
    E: Into<sp_runtime::DispatchErrorWithPostInfo<frame_support::dispatch::PostDispatchInfo>>,
{
    frame_support::storage::with_storage_layer(|| call().map_err(|refused| refused.into().error)).is_ok()
}

fn apply(step: &Step) {
    let id = Netting::latest_cycle().unwrap_or(CycleId(0));
    let takes = || pallet_netting::TakenIn::<Runtime>::contains_key(id);
    let phase = || Netting::cycle(id).map(|cycle| cycle.phase);
    match step {
        Step::Owe(a, b, amount, due) if a != b => {
            assert_ok!(Netting::create(Debt {
                debtor: OperatorId(*a),
                creditor: OperatorId(*b),
                currency: Currency::EUR,
                amount: Value::Clear(*amount),
                due: now() + due,
                source: ObligationSource::Carried { cycle: CycleId(0) },
                accepts: BoundedVec::truncate_from(vec![OperatorId(ISSUER)]),
                late_interest_bps: 800,
                gives_back: None,
                condition: Default::default(),
            }));
        }
        Step::Owe(..) => {}
        Step::Open => {
            call(|| Netting::open_cycle(council(), TOKEN, now(), DAY));
        }
        Step::Cancel => {
            if call(|| Netting::cancel_cycle(council(), id)) {
                assert_eq!((phase(), takes()), (Some(CyclePhase::Cancelled), false));
            }
        }
        Step::Collect => {
            call(|| Netting::collect(by(1), id));
        }
        Step::Compute(max) => {
            call(|| Netting::compute(by(1), id, *max));
        }
        Step::Fund(n) => {
            call(|| Netting::fund(by(*n), id));
        }
        Step::Settle => {
            if (1..=MEMBERS).any(|n| call(|| Netting::settle(by(n), id))) {
                assert_eq!(phase(), Some(CyclePhase::Settled));
            }
        }
        Step::Exclude(max) => {
            call(|| Netting::exclude_defaulters(by(1), id, *max));
        }
        Step::FreezeAccount(n) => {
            call(|| Assets::freeze(by(ISSUER), TOKEN.into(), account(*n).into()));
        }
        Step::ThawAccount(n) => {
            call(|| Assets::thaw(by(ISSUER), TOKEN.into(), account(*n).into()));
        }
        Step::Spend(n) => {
            call(|| Assets::transfer(by(*n), TOKEN.into(), account(99).into(), 300_000));
        }
        Step::Release(n) => {
            call(|| Netting::release(by(*n), id));
        }
        Step::Wait(seconds) => set_clock(now() + seconds),
        Step::Idle(steps) => {
            let room = <Runtime as pallet_netting::Config>::WeightInfo::evict_step().saturating_mul(*steps);
            assert!(Netting::on_idle(1, room).all_lte(room));
            assert!(Statements::on_idle(1, room).all_lte(room));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_sequence_of_calls_should_break_what_ties_statements_and_netting(
        steps in prop::collection::vec(step(), 1..120),
        test_network in proptest::bool::ANY,
    ) {
        preset("development").execute_with(|| {
            pallet_netting::TestNetwork::<Runtime>::put(test_network);
            begin();
            let issuance = Assets::total_issuance(TOKEN);
            for step in &steps {
                let before: Vec<_> = (1..=MEMBERS).map(wealth).collect();
                // Calls may fail; what counts is the state that they leave.
                apply(step);
                if let Err(fault) = try_state() {
                    panic!("{fault:?} after {step:?}");
                }
                assert_eq!(Assets::total_issuance(TOKEN), issuance);
                if !matches!(step, Step::Owe(..) | Step::Spend(_)) {
                    let after: Vec<_> = (1..=MEMBERS).map(wealth).collect();
                    assert_eq!(before, after, "{step:?} made somebody richer or poorer");
                }
            }
        });
    }
}
