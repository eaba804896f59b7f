//! What waits for an operator, and what a motion would do.

use super::{
    council,
    group::{self, anchor, begin, by, set_clock, AGREEMENT, PARTIES, TOKEN},
    preset,
};
use crate::{
    tasks::{cycle_step, open_month, page},
    Anchoring, Channels, Council, Inventory, Netting, Operators, Runtime, RuntimeCall, RuntimeOrigin,
    Statements, System,
};
use codec::Encode;
use frame_support::{
    assert_ok, dispatch::DispatchResultWithPostInfo, traits::Hooks, weights::Weight, BoundedVec,
};
use interclear_matching::{Day, Field, Profile, Record, Rule, Text};
use interclear_ports::{Debt, Obligations as _};
use interclear_primitives::{
    agreement::Direction,
    api::{runtime_decl_for_interclear_api::InterclearApi, Activity},
    batch::ServiceTotal,
    channel::{PublicKey, SealedBox, Suite},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId},
    inventory::{Convention, InventoryTerms, Relation},
    money::{Currency, Value},
    netting::{Cycle, CyclePhase, Issuers, ObligationSource, PaymentReference},
    nrtrde::NrtrdeAnchor,
    period::Period,
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    statement::Decided,
    task::{Task, TaskCursor, TaskKind},
    usage::{Awaiting, PeriodUsage, UsageKey},
    DAY,
};
use pallet_channels::Versions;
use sp_runtime::traits::{BlakeTwo256, Hash as _};

const MONTH: Period = Period(202_601);

/// Everything that waits for an operator, which is on one page here.
fn of(operator: OperatorId) -> Vec<Task> {
    let page = page(operator, None);
    assert_eq!(page.more, None);
    page.tasks
}

fn kinds(operator: OperatorId) -> Vec<TaskKind> {
    of(operator).iter().map(|task| task.kind).collect()
}

/// A file that the second party's network sends, whose subscribers are the first party's.
fn send(sequence: u32) {
    let total = ServiceTotal {
        service: Service::Gprs,
        records: 1,
        quantity: 1_000_000_000,
        charge: Value::Clear(500_000_000),
        tax: Value::ZERO,
    };
    let file = anchor(key(sequence), total, MONTH.start() + 20 * DAY);
    assert_ok!(Anchoring::anchor(by(PARTIES[1]), file));
}

/// The desks of the group have every role.
#[test]
fn sealing_keys_and_offers_should_be_told_when_they_wait() {
    let [first, second] = PARTIES;
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        let register = |operator, octet: u8| {
            let mut key = [octet; 32];
            key[31] = 1;
            let key = PublicKey::truncate_from(key.to_vec());
            assert_ok!(Channels::set_sealing_key(by(operator), Suite::X25519, key));
        };
        register(first, 1);
        register(second, 2);
        assert_eq!(kinds(first), [], "the first key is used at once");
        let versions = Versions { own: 1, partner: 1 };
        let sealed = SealedBox::truncate_from(vec![7; Suite::X25519.sealed_key()]);
        assert_ok!(Channels::offer_channel(
            by(second),
            first,
            1,
            Suite::X25519,
            versions,
            sealed.clone(),
            sealed.clone()
        ));
        let offered = Task {
            due: None,
            silence: None,
            partner: Some(second),
            kind: TaskKind::AnswerChannel { epoch: 1 },
        };
        assert_eq!((of(first), of(second)), (vec![offered], vec![]));
        assert_ok!(Channels::accept_channel(
            by(first),
            second,
            1,
            sealed.clone(),
            sealed,
            [7; 32]
        ));
        assert_eq!(kinds(first), []);
        set_clock(MONTH.start() - 9 * DAY);
        register(first, 3);
        let usable = MONTH.start() - 8 * DAY;
        let waits = Task {
            due: Some(usable),
            silence: Some(usable),
            partner: None,
            kind: TaskKind::CheckSealingKey { version: 2 },
        };
        assert_eq!(of(first), [waits]);
        assert_ok!(Channels::revoke_sealing_key(by(first), first, 2));
        assert_eq!(kinds(first), []);
    });
}

#[test]
fn tasks_should_follow_a_month_to_its_money_when_each_is_done() {
    let [first, second] = PARTIES;
    let (agreement, period) = (AGREEMENT, MONTH);
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        let terms = samples::terms(MONTH, Period(202_612));
        begin(&terms);
        assert_eq!(of(first), []);
        set_clock(MONTH.end() + 3_600);
        send(1);
        send(3);
        let counted = Activity {
            files_anchored: 2,
            ..Default::default()
        };
        assert_eq!(Runtime::activity(), counted, "of this block");
        let waits = TaskKind::AnswerFiles {
            agreement,
            period,
            files: 2,
        };
        let missing = TaskKind::MissingFiles {
            agreement,
            period,
            gaps: 1,
        };
        // As many days to answer as agreed; the month may wait for longer.
        let silence = terms.usage.silence_closes(MONTH, MONTH.end() + 3_600);
        let due = MONTH.end() + 3_600 + u64::from(terms.usage.acknowledge_days) * DAY;
        assert!(due <= silence);
        let first_task = Task {
            due: Some(due),
            silence: Some(silence),
            partner: Some(second),
            kind: waits,
        };
        assert_eq!(of(first).first(), Some(&first_task));
        assert_eq!(kinds(first), [waits, missing]);
        assert_eq!(
            kinds(second),
            [missing],
            "the files wait for their recipient only"
        );

        send(2);
        let files: Vec<BatchKey> = (1..=3)
            .map(|sequence| Anchoring::batch(key(sequence)).expect("is there").anchor.key)
            .collect();
        assert_ok!(Anchoring::acknowledge_many(
            by(first),
            BoundedVec::truncate_from(files)
        ));
        let to_close = |asked| TaskKind::CloseMonth {
            agreement,
            period,
            asked,
        };
        assert_eq!(
            (kinds(first), kinds(second)),
            (vec![to_close(false)], vec![to_close(false)])
        );
        assert_ok!(close(first));
        assert_eq!((kinds(first), kinds(second)), (vec![], vec![to_close(true)]));
        assert_ok!(close(second));
        let counted = Runtime::activity();
        assert_eq!((counted.files_acknowledged, counted.months_closed), (3, 1));

        let affirm = TaskKind::AffirmStatement { agreement, period };
        assert_ok!(Statements::affirm(by(second), AGREEMENT, MONTH));
        assert_eq!((kinds(first), kinds(second)), (vec![affirm], vec![]));
        assert_ok!(Statements::affirm(by(first), AGREEMENT, MONTH));
        let owed = Netting::obligation(ObligationId(0)).expect("the net is not zero");
        let pay = TaskKind::Pay {
            obligation: ObligationId(0),
            currency: Currency::EUR,
            amount: owed.amount,
            gross: false,
        };
        assert_eq!((kinds(first), kinds(second)), (vec![pay], vec![]));

        let (cycle, due) = (CycleId(0), owed.due);
        set_clock(due);
        assert_ok!(Netting::open_cycle(group::council(), TOKEN, due, DAY));
        assert_eq!(kinds(second), [TaskKind::CollectCycle { cycle }]);
        assert_ok!(Netting::collect(by(second), cycle));
        assert_eq!(kinds(second), [TaskKind::ComputeCycle { cycle }]);
        assert_ok!(Netting::compute(by(second), cycle, 10_000));
        let fund = Task {
            due: Some(due + DAY),
            silence: Some(due + DAY),
            partner: None,
            kind: TaskKind::FundCycle {
                cycle,
                token: TOKEN,
                amount: owed.amount,
            },
        };
        assert_eq!((of(first), of(second)), (vec![fund], vec![]));
        set_clock(due + DAY);
        assert_eq!(kinds(second), [TaskKind::ExcludeDefaulters { cycle, debtors: 1 }]);
        assert_ok!(Netting::fund(by(first), cycle));
        assert_eq!(kinds(first), [TaskKind::SettleCycle { cycle }]);
        assert_ok!(Netting::settle(by(first), cycle));
        let counted = Activity {
            cycles_settled: 1,
            ..Default::default()
        };
        assert_eq!(
            Runtime::activity(),
            counted,
            "earlier blocks are not counted again"
        );
        assert_eq!((kinds(first), kinds(second)), (vec![], vec![]));
    });
}

fn close(party: OperatorId) -> DispatchResultWithPostInfo {
    let changes = Statements::closing(AGREEMENT, MONTH).map_or(0, |closing| closing.changes);
    Statements::close_period(by(party), AGREEMENT, MONTH, changes)
}

fn key(sequence: u32) -> BatchKey {
    samples::SERIES.file(sequence)
}

#[test]
fn files_should_be_listed_by_number_when_some_are_missing() {
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        set_clock(MONTH.end());
        for sequence in [1, 2, 5] {
            send(sequence);
        }
        let listed = |first, last| -> Vec<u32> {
            let files = Anchoring::batches(key(1).series, first, last);
            files.iter().map(|file| file.anchor.key.sequence).collect()
        };
        assert_eq!(listed(1, 9), [1, 2, 5]);
        assert_eq!(listed(2, 4), [2]);
        assert!(listed(9, 1).is_empty());
        assert_eq!(listed(1, u32::MAX), [1, 2, 5], "a page is looked at, and no more");
    });
}

#[test]
fn a_motion_should_tell_what_fails_before_it_is_voted_on_and_change_nothing() {
    preset("development").execute_with(|| {
        set_clock(MONTH.start());
        begin(&samples::terms(MONTH, Period(202_612)));
        let put = |call: RuntimeCall| {
            let (length, hash) = (call.encoded_size() as u32, BlakeTwo256::hash_of(&call));
            let by = RuntimeOrigin::signed(council()[0].clone());
            assert_ok!(Council::propose(by, 2, Box::new(call), length));
            hash.0
        };
        let suspend = |operator| RuntimeCall::Operators(pallet_operators::Call::suspend { operator });
        let (fine, lost) = (put(suspend(PARTIES[0])), put(suspend(OperatorId(99))));
        let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
        assert_eq!(Runtime::motion_outcome(fine), Some(Ok(())));
        let fault: sp_runtime::DispatchError = pallet_operators::Error::<Runtime>::OperatorNotFound.into();
        assert_eq!(Runtime::motion_outcome(lost), Some(Err(fault)));
        assert_eq!(Runtime::motion_outcome([9; 32]), None);
        // The same before anything is put to the council.
        let outcome = |operator| Runtime::proposal_outcome(suspend(operator).encode());
        assert_eq!(outcome(PARTIES[0]), Some(Ok(())));
        assert_eq!(outcome(OperatorId(99)), Some(Err(fault)));
        assert_eq!(Runtime::proposal_outcome(vec![255, 0]), None, "not a call");
        let mut longer = suspend(PARTIES[0]).encode();
        longer.push(0);
        assert_eq!(Runtime::proposal_outcome(longer), None, "not a call alone");
        // And of what an account would send itself.
        let desk = super::group::desk(PARTIES[0]);
        let own = |account| {
            let call = RuntimeCall::Operators(pallet_operators::Call::set_payout_account { account });
            Runtime::call_outcome(desk.clone(), call.encode())
        };
        assert_eq!(own(desk.clone()), Some(Ok(())));
        assert!(
            matches!(own(crate::AccountId::from([9; 32])), Some(Err(_))),
            "not a desk of its own"
        );
        assert_eq!(
            Runtime::call_outcome(desk.clone(), suspend(PARTIES[0]).encode()),
            Some(Err(sp_runtime::DispatchError::BadOrigin))
        );
        assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
        // Both parties may act: nobody was suspended by looking.
        assert_ok!(Operators::set_payout_account(
            by(PARTIES[0]),
            super::group::desk(PARTIES[0])
        ));
    });
}

#[test]
fn months_after_the_end_should_be_told_when_late_usage_or_a_decision_waits_for_them() {
    let [first, second] = PARTIES;
    let (february, march) = (MONTH.next(), MONTH.next().next());
    let to_close = |period| TaskKind::CloseMonth {
        agreement: AGREEMENT,
        period,
        asked: false,
    };
    let closed_by_both = |period| {
        for party in PARTIES {
            let changes = Anchoring::period_usage(AGREEMENT, period).changes;
            assert_ok!(Statements::close_period(by(party), AGREEMENT, period, changes));
        }
    };
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, MONTH));
        set_clock(MONTH.end() + 3_600);
        send(1);
        assert_ok!(Anchoring::acknowledge(by(first), key(1)));
        closed_by_both(MONTH);
        // A file of the last month comes after it was closed: the month after the end bills it.
        set_clock(MONTH.end() + 10 * DAY);
        send(2);
        assert_ok!(Anchoring::acknowledge(by(first), key(2)));
        assert!(!kinds(first).contains(&to_close(february)), "it runs");
        set_clock(february.end() + 3_600);
        assert!(kinds(first).contains(&to_close(february)), "{:?}", kinds(first));
        assert!(kinds(second).contains(&to_close(february)));
        closed_by_both(february);
        let affirm = TaskKind::AffirmStatement {
            agreement: AGREEMENT,
            period: february,
        };
        assert!(kinds(first).contains(&affirm) && !kinds(first).contains(&to_close(february)));
        // Nothing more: no month is to be closed.
        set_clock(march.end() + 3_600);
        assert!(!kinds(first).contains(&to_close(march)));
        // A dispute on what is stated has decided something: the next month takes it.
        let decided = Decided {
            dispute: DisputeId(7),
            statement: MONTH,
            period: MONTH,
            moves_window: true,
            line: UsageKey {
                direction: Direction::FirstHome,
                group: 0,
                service: Service::Gprs,
            },
            quantity: 0,
            charge: Value::Clear(1_518),
            shortfall: Value::ZERO,
            tax: Value::ZERO,
        };
        pallet_statements::Decisions::<Runtime>::insert(AGREEMENT, DisputeId(7), decided);
        assert!(kinds(first).contains(&to_close(march)));
        set_clock(march.next().end() + 3_600);
        let others = to_close(march.next());
        assert!(
            !kinds(first).contains(&others),
            "they are closed one after the other"
        );
    });
}

#[test]
fn a_list_should_be_told_to_be_refused_when_the_chain_would_refuse_an_item_by_an_event() {
    preset("development").execute_with(|| {
        System::set_block_number(7);
        set_clock(MONTH.start());
        begin(&samples::terms(MONTH, Period(202_612)));
        set_clock(MONTH.start() + 20 * DAY);
        let file = |sender, sequence| NrtrdeAnchor {
            key: BatchKey {
                series: SeriesKey {
                    sender,
                    recipient: samples::FIRST,
                    stream: Stream::Nrtrde,
                    test: false,
                },
                sequence,
            },
            file_digest: [1; 32],
            root: [2; 32],
            records: 1,
            earliest_end: Some(MONTH.start() + 19 * DAY),
            latest_end: Some(MONTH.start() + 19 * DAY),
            available: MONTH.start() + 20 * DAY,
        };
        let call = |anchors: Vec<NrtrdeAnchor>| {
            RuntimeCall::Anchoring(pallet_anchoring::Call::anchor_nrtrde {
                anchors: anchors.try_into().unwrap(),
            })
        };
        let desk = super::group::desk(PARTIES[1]);
        let outcome = |call: RuntimeCall| Runtime::call_outcome(desk.clone(), call.encode());
        let (own, others) = (file(samples::SECOND, 1), file(samples::FIRST, 2));
        let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
        assert_eq!(outcome(call(vec![own])), Some(Ok(())));
        let refused = outcome(call(vec![own, others]));
        assert!(matches!(refused, Some(Err(_))), "{refused:?}");
        // A batch that goes on after a refusal says no more than that it has ended.
        let calls = vec![call(vec![own]), call(vec![others])];
        let batch = RuntimeCall::Utility(pallet_utility::Call::force_batch { calls });
        assert_eq!(outcome(batch), refused);
        let keys = BoundedVec::truncate_from(vec![key(1)]);
        let call = RuntimeCall::Anchoring(pallet_anchoring::Call::acknowledge_many { keys });
        let missing = pallet_anchoring::Error::<Runtime>::FileNotFound.into();
        let acknowledged = Runtime::call_outcome(super::group::desk(PARTIES[0]), call.encode());
        assert_eq!(acknowledged, Some(Err(missing)));
        assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
    });
}

#[test]
fn a_month_should_wait_for_its_own_side_only_when_files_are_unanswered() {
    let mine = Some(Direction::SecondHome);
    let kinds = |usage: &PeriodUsage, bills, asked| open_month(AGREEMENT, MONTH, mine, usage, bills, asked);
    let close = |asked| TaskKind::CloseMonth {
        agreement: AGREEMENT,
        period: MONTH,
        asked,
    };
    let mut usage = PeriodUsage {
        batches: 5,
        ..PeriodUsage::default()
    };
    assert_eq!(kinds(&usage, true, None), [close(false)]);
    assert_eq!(kinds(&usage, false, None), []);
    assert_eq!(kinds(&usage, true, Some(false)), [], "the other side is asked");
    assert_eq!(kinds(&usage, true, Some(true)), [close(true)]);
    let waiting = Awaiting {
        unanswered: 2,
        latest: MONTH.end(),
    };
    *usage.awaiting_mut(Direction::FirstHome) = waiting;
    assert_eq!(kinds(&usage, true, None), [], "these wait for the partner");
    *usage.awaiting_mut(Direction::SecondHome) = waiting;
    (usage.open_reports, usage.gaps, usage.returned) = (1, 1, 1);
    assert_eq!(
        kinds(&usage, true, None).len(),
        4,
        "files, returns, gaps, reports"
    );
    assert_eq!(
        kinds(&PeriodUsage::default(), false, None),
        [],
        "nothing was used"
    );
}

#[test]
fn a_cycle_should_be_funded_before_it_is_settled_when_positions_stand() {
    let id = CycleId(1);
    let mut cycle = Cycle {
        token: 1,
        currency: Currency::EUR,
        phase: CyclePhase::Computed,
        cut_off: 100,
        fund_by: 200,
        obligations: 2,
        gross: Value::ZERO,
        net: Value::ZERO,
        unfunded: 1,
        parties: 2,
        finished_at: None,
    };
    let five = Some(Value::Clear(5));
    assert!(matches!(
        cycle_step(id, &cycle, five, 150),
        Some(TaskKind::FundCycle { .. })
    ));
    assert_eq!(cycle_step(id, &cycle, None, 150), None, "others are to fund");
    let late = TaskKind::ExcludeDefaulters {
        cycle: id,
        debtors: 1,
    };
    assert_eq!(cycle_step(id, &cycle, None, 200), Some(late));
    cycle.unfunded = 0;
    assert_eq!(
        cycle_step(id, &cycle, None, 150),
        Some(TaskKind::SettleCycle { cycle: id })
    );
    cycle.phase = CyclePhase::Announced;
    assert_eq!(cycle_step(id, &cycle, None, 99), None);
    assert_eq!(
        cycle_step(id, &cycle, None, 100),
        Some(TaskKind::CollectCycle { cycle: id })
    );
}

/// A debt that is due, and in no cycle.
fn debt(debtor: OperatorId, creditor: OperatorId) -> pallet_netting::Booked {
    pallet_netting::Booked {
        debtor,
        creditor,
        currency: Currency::EUR,
        amount: Value::Clear(1),
        due: MONTH.end(),
        source: ObligationSource::Carried { cycle: CycleId(0) },
        accepts: Default::default(),
        late_interest_bps: 0,
        late: interclear_billing::interest::Lateness::due(0),
        not_owed: Value::ZERO,
        place: Some(pallet_netting::Place {
            token: 1,
            slot: pallet_netting::Slot::After(CycleId(0)),
        }),
        claimed: None,
        claimed_again: false,
        paid_outside: None,
        gross: false,
        paid_gross: None,
    }
}

#[test]
fn both_parties_should_be_told_when_one_names_a_token_or_claims_a_payment() {
    let [debtor, creditor] = PARTIES;
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        let due = MONTH.start();
        let source = ObligationSource::Carried { cycle: CycleId(0) };
        let (currency, amount) = (Currency::EUR, Value::Clear(100));
        assert_ok!(Netting::create(Debt {
            debtor,
            creditor,
            currency,
            amount,
            due,
            source,
            accepts: Default::default(),
            late_interest_bps: 0,
            gives_back: None,
            condition: Default::default(),
        }));
        let obligation = ObligationId(0);
        let name = |named| TaskKind::NameToken {
            obligation,
            currency,
            amount,
            named,
        };
        let pay = TaskKind::Pay {
            obligation,
            currency,
            amount,
            gross: false,
        };
        assert_eq!((kinds(debtor), kinds(creditor)), (vec![pay], vec![name(None)]));
        let ids = BoundedVec::truncate_from(vec![obligation]);
        assert_ok!(Netting::name_token(by(creditor), TOKEN, ids.clone()));
        assert_eq!(kinds(debtor), [name(Some(TOKEN))]);
        assert_ok!(Netting::name_token(by(debtor), TOKEN, ids));
        assert_eq!((kinds(debtor), kinds(creditor)), (vec![pay], vec![]));
        let reference: PaymentReference = "E2E-1".parse().expect("a reference");
        assert_ok!(Netting::claim_payment(by(debtor), obligation, reference.clone()));
        let confirm = TaskKind::ConfirmPayment {
            obligation,
            currency,
            amount,
            in_cycle: None,
            escrow: None,
        };
        assert_eq!(kinds(creditor), [confirm]);
        assert_ok!(Netting::confirm_payment(by(creditor), obligation, reference));
        assert_eq!((kinds(debtor), kinds(creditor)), (vec![], vec![]));
    });
}

#[test]
fn inventories_should_be_told_from_the_profile_to_the_bill_when_something_waits() {
    let [buyer, seller] = PARTIES;
    let relation = Relation {
        buyer,
        seller,
        class: Text::new(b"ELINE").expect("a class"),
    };
    let record = |id: &[u8], euros: u64| Record {
        buyer_id: Text::new(id).expect("an id"),
        seller_id: Text::new(id).expect("an id"),
        product: Text::new(b"P").expect("a product"),
        recurring: euros * 1_000_000,
        currency: *b"EUR",
        start: Day(20_000),
        since: Day(20_000),
        ..Record::default()
    };
    let report = |by, records: &[Record]| {
        let records = BoundedVec::truncate_from(records.to_vec());
        assert_ok!(Inventory::report_records(by, relation, records));
    };
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        let compared = [
            Field::Recurring,
            Field::OneOff,
            Field::Currency,
            Field::Start,
            Field::End,
            Field::Since,
            Field::Status,
        ];
        let keyed = Profile {
            version: 1,
            partial_up_to: 1,
            ..Profile::default()
        }
        .with(Field::SellerId, Rule::Key);
        let profile = compared
            .into_iter()
            .fold(keyed, |profile, field| profile.with(field, Rule::Exact));
        let accepts = Issuers::truncate_from(vec![group::ISSUER]);
        let terms = Some(InventoryTerms {
            convention: Convention::ActualDays,
            first: MONTH,
            report_days: 5,
            affirm_days: 10,
            payment_days: 30,
            late_interest_bps: 0,
            accepts: [accepts.clone(), accepts],
        });
        assert_ok!(Inventory::propose_profile(
            by(seller),
            relation,
            profile,
            terms.clone()
        ));
        let sign = TaskKind::SignProfile { relation, version: 1 };
        assert_eq!((kinds(buyer), kinds(seller)), (vec![sign], vec![]));
        assert_ok!(Inventory::sign_profile(by(buyer), relation, profile, terms));
        assert_eq!((kinds(buyer), kinds(seller)), (vec![], vec![]));

        report(by(buyer), &[record(b"S1", 310), record(b"S2", 10)]);
        report(
            by(seller),
            &[record(b"S1", 310), record(b"S2", 20), record(b"S3", 30)],
        );
        let correct = |due| Task {
            due: Some(due),
            silence: None,
            partner: Some(seller),
            kind: TaskKind::CorrectRecords { relation, records: 2 },
        };
        assert_eq!(of(buyer), [correct(MONTH.end() + 5 * DAY)]);
        set_clock(MONTH.end() + 5 * DAY);
        let month = TaskKind::BillMonth {
            relation,
            period: MONTH,
        };
        for party in PARTIES {
            assert!(kinds(party).contains(&month));
        }
        assert_ok!(Inventory::bill_month(by(seller), relation, MONTH));
        assert!(!kinds(buyer).contains(&month), "it is being made");
        Inventory::on_idle(1, Weight::MAX);
        let affirm = Task {
            due: Some(MONTH.end() + 15 * DAY),
            silence: Some(MONTH.end() + 15 * DAY),
            partner: Some(seller),
            kind: TaskKind::AffirmBill {
                relation,
                period: MONTH,
                currency: Currency::EUR,
                net: Value::Clear(31_000),
            },
        };
        // What does not match has until the next month can be billed.
        assert_eq!(of(buyer), [affirm, correct(MONTH.next().end() + 5 * DAY)]);
        assert_ok!(Inventory::affirm_bill(by(buyer), relation, MONTH, Currency::EUR));
        let waits = |party| kinds(party).contains(&affirm.kind);
        assert_eq!(PARTIES.map(waits), [false, true]);
        // Silence has affirmed it, and either side has it booked.
        set_clock(MONTH.end() + 15 * DAY);
        assert_eq!(PARTIES.map(waits), [true, true]);
        assert_ok!(Inventory::affirm_bill(by(buyer), relation, MONTH, Currency::EUR));
        assert_eq!(PARTIES.map(waits), [false, false]);
        assert_ok!(Inventory::do_try_state());
    });
}

#[test]
fn a_page_of_tasks_should_be_bounded_when_an_operator_has_thousands_of_agreements_and_debts() {
    use pallet_agreements::AgreementsOf;
    use pallet_netting::{Obligations, ObligationsOf};
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        set_clock(MONTH.end() + 3_600);
        send(1);
        let [debtor, creditor] = PARTIES;
        // What is in the index is looked at, whatever comes of it.
        for id in 1_000..3_000 {
            AgreementsOf::<Runtime>::insert(debtor, AgreementId(id), ());
        }
        for id in 0..2_000 {
            let id = ObligationId(id);
            ObligationsOf::<Runtime>::insert(debtor, id, ());
            Obligations::<Runtime>::insert(id, debt(debtor, creditor));
        }
        let (mut tasks, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = page(debtor, after);
            assert!(page.tasks.len() <= 32 * 79 + 256);
            tasks.extend(page.tasks);
            pages += 1;
            assert_ne!(page.more, after, "each page goes on");
            after = page.more;
            if after.is_none() {
                break;
            }
        }
        // Each agreement and each debt was looked at once: 2,001 by 32, and 2,000 by 256.
        assert_eq!(pages, 63 + 7);
        let paid: std::collections::BTreeSet<_> = tasks
            .iter()
            .filter_map(|task| match task.kind {
                TaskKind::Pay { obligation, .. } => Some(obligation),
                _ => None,
            })
            .collect();
        assert_eq!((paid.len(), tasks.len()), (2_000, 2_001));
        // What is gone meanwhile does not stop whoever follows the pages.
        AgreementsOf::<Runtime>::remove(debtor, AgreementId(1_500));
        let next = page(debtor, Some(TaskCursor::Agreement(AgreementId(1_500))));
        assert!(next.more.is_some());
    });
}
