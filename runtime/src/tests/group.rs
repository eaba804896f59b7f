//! Two groups of operators of 13 networks each, whose contract and usage are published, on a chain of their own.

use crate::{
    AccountId, Agreements, Assets, Netting, Operators, Runtime, RuntimeOrigin, System, SLOT_DURATION,
};
use frame_support::{assert_ok, BoundedVec};
use interclear_import::{Agreement, Usage};
use interclear_ports::{Debt, Obligations};
use interclear_primitives::{
    agreement::{Direction, Terms},
    batch::{Anchor, ServiceTotal},
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{CyclePhase, ObligationSource},
    operator::{consent_text, OperatorKind, Role, Roles},
    series::BatchKey,
    tadig::Tadig,
    Moment, DAY,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use std::{fs, path::Path};

pub const ISSUER: OperatorId = OperatorId(0);
pub const PARTIES: [OperatorId; 2] = [OperatorId(1), OperatorId(2)];
pub const TOKEN: u32 = 1;
pub const AGREEMENT: AgreementId = AgreementId(0);
const CYCLE: CycleId = CycleId(0);
/// Of each party, in cents.
pub const FUNDS: u128 = 10_000_000_000;

/// The agreement, and what each of the two parties says was used.
pub fn published() -> Option<(Agreement, [Usage; 2])> {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/bwr/group-12m"
    ));
    let Ok(contract) = fs::read_to_string(folder.join("contract.json")) else {
        println!("skipped: {} is not there", folder.display());
        return None;
    };
    let agreement = Agreement::read(&contract).expect("is a contract");
    let usage = ["usage_dtag.json", "usage_tmus.json"].map(|name| {
        let octets = fs::read(folder.join(name)).expect("is beside the contract");
        Usage::read(&octets).expect("is usage")
    });
    Some((agreement, usage))
}

pub fn desk(operator: OperatorId) -> AccountId {
    let place = operator.0 as usize;
    [Alice, Bob, Charlie].map(|key| key.to_account_id())[place].clone()
}

pub fn by(operator: OperatorId) -> RuntimeOrigin {
    RuntimeOrigin::signed(desk(operator))
}

/// Another treasury desk of an operator, whose consent holds until a moment.
pub fn another_desk(operator: OperatorId, until: Moment) -> AccountId {
    let roles: Roles = vec![Role::Treasury].try_into().expect("one fits");
    let text = consent_text(System::block_hash(0).as_ref(), operator, &roles, until);
    let consent = Dave.sign(text.as_bytes()).into();
    let desk = Dave.to_account_id();
    assert_ok!(Operators::add_desk(
        by(operator),
        desk.clone(),
        roles,
        until,
        consent
    ));
    desk
}

/// A file of one service, whose calls, cut-off and delivery are all at one time.
pub fn anchor(key: BatchKey, total: ServiceTotal, at: Moment) -> Anchor {
    anchor_of(key, vec![total], [at, at])
}

/// A file whose calls are between two moments, with cut-off and delivery at the second; what stands for it differs from file to
/// file.
pub fn anchor_of(key: BatchKey, mut totals: Vec<ServiceTotal>, [first, last]: [Moment; 2]) -> Anchor {
    totals.sort_by_key(|total| total.service);
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&key.sequence.to_le_bytes());
    digest[4..9].copy_from_slice(&key.series.sender.0);
    digest[9..14].copy_from_slice(&key.series.recipient.0);
    Anchor {
        key,
        file_digest: digest,
        root: digest,
        currency: Currency::EUR,
        decimals: 6,
        records: totals.iter().map(|total| total.records).sum(),
        totals: totals.try_into().expect("each service once"),
        discount: Value::ZERO,
        earliest_call: Some(first),
        latest_call: Some(last),
        cut_off: last,
        available: last,
        resent_for: None,
    }
}

/// Two thirds of its members.
pub fn council() -> RuntimeOrigin {
    RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3))
}

pub fn set_clock(now: Moment) {
    let milliseconds = now * 1_000;
    pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(milliseconds / SLOT_DURATION));
    pallet_timestamp::Now::<Runtime>::put(milliseconds);
    System::set_block_number(System::block_number() + 1);
    System::reset_events();
}

/// The networks of a party: those from which its subscribers come.
fn networks(terms: &Terms, direction: Direction) -> Vec<Tadig> {
    let groups = &terms.direction(direction).groups;
    let mut tadigs: Vec<Tadig> = groups.iter().flat_map(|group| group.home.clone()).collect();
    tadigs.sort();
    tadigs.dedup();
    tadigs
}

fn admit(operator: OperatorId, kind: OperatorKind, tadigs: Vec<Tadig>) {
    let name = format!("Operator {}", operator.0).into_bytes();
    let kinds = vec![kind].try_into().expect("one fits");
    let tadigs = tadigs.try_into().expect("a group fits");
    let name = name.try_into().expect("short");
    assert_ok!(Operators::admit(
        council(),
        name,
        kinds,
        tadigs,
        BoundedVec::new(),
        desk(operator)
    ));
    let roles = [Role::Admin, Role::Commercial, Role::Clearing, Role::Treasury];
    let roles = roles.to_vec().try_into().expect("each once");
    assert_ok!(Operators::set_roles(by(operator), desk(operator), roles));
    assert_ok!(Operators::set_payout_account(by(operator), desk(operator)));
}

/// Admits everybody and puts the agreement in force, before its first month.
pub fn begin(terms: &Terms) {
    // Both accept the token that there is.
    let mut terms = terms.clone();
    terms.accepts = [(); 2].map(|()| BoundedVec::truncate_from(vec![ISSUER]));
    conclude(&terms);
}

/// Likewise, with the tokens that the terms name.
pub fn conclude(terms: &Terms) {
    admit_all(terms);
    let [first, second] = PARTIES;
    assert_ok!(Agreements::propose(by(first), second, Box::new(terms.clone())));
    for party in PARTIES {
        assert_ok!(Agreements::sign(by(party), AGREEMENT, 1, terms.digest()));
    }
}

/// Admits everybody: the issuer, and the two parties with the networks of the terms.
pub fn admit_all(terms: &Terms) {
    admit(ISSUER, OperatorKind::TokenIssuer, Vec::new());
    for (party, direction) in PARTIES.into_iter().zip(Direction::BOTH) {
        admit(party, OperatorKind::Mobile, networks(terms, direction));
    }
    let (name, symbol) = (BoundedVec::new(), BoundedVec::new());
    assert_ok!(Netting::create_token(
        council(),
        TOKEN,
        ISSUER,
        Currency::EUR,
        2,
        name,
        symbol
    ));
    for party in PARTIES {
        assert_ok!(Assets::mint(by(ISSUER), TOKEN.into(), desk(party).into(), FUNDS));
    }
}

/// One operator owes another one 10,000.00, due at a moment, with late interest of 8 %, in the token that there is.
pub fn owe(debtor: OperatorId, creditor: OperatorId, due: Moment) -> ObligationId {
    let debt = Debt {
        debtor,
        creditor,
        currency: Currency::EUR,
        amount: Value::Clear(1_000_000),
        due,
        source: ObligationSource::Carried { cycle: CycleId(0) },
        accepts: BoundedVec::truncate_from(vec![ISSUER]),
        late_interest_bps: 800,
        gives_back: None,
        condition: Default::default(),
    };
    Netting::create(debt).expect("ids are left")
}

/// Computes a cycle. A long time may have passed, each day of which is a step; after so many the end is a step of its own.
pub fn compute(party: OperatorId, id: CycleId) {
    while Netting::cycle(id).is_some_and(|cycle| cycle.phase == CyclePhase::Collecting) {
        assert_ok!(Netting::compute(by(party), id, 10_000));
    }
}

/// Nets everything that is due, and pays.
pub fn settle(now: Moment) {
    let [first, second] = PARTIES;
    assert_ok!(Netting::open_cycle(council(), TOKEN, now, 2 * DAY));
    assert_ok!(Netting::collect(by(second), CYCLE));
    compute(first, CYCLE);
    let debtor = PARTIES
        .into_iter()
        .find(|party| Netting::fund(by(*party), CYCLE).is_ok())
        .expect("one of the two pays");
    assert_ok!(Netting::settle(by(debtor), CYCLE));
}
