//! A published year of roaming between two groups of operators, settled on the chain: 13 networks on each side, 14,610
//! rows of usage, a commitment on both directions.

use super::preset;
use crate::{
    AccountId, Agreements, Anchoring, Assets, Operators, Runtime, RuntimeOrigin, Settlement, System,
    SLOT_DURATION,
};
use frame_support::{assert_ok, BoundedVec};
use interclear_import::{rate, Agreement, Assigned, Rates, Scope, Usage};
use interclear_primitives::{
    AgreementId, Anchor, BatchKey, Currency, CycleId, Direction, Moment, OperatorId, OperatorKind, Period,
    Role, SeriesKey, ServiceTotal, Stream, Tadig, Terms, UsageKey, Value, DAY,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use std::{collections::BTreeMap, fs, path::Path};

const ISSUER: OperatorId = OperatorId(0);
const PARTIES: [OperatorId; 2] = [OperatorId(1), OperatorId(2)];
const TOKEN: u32 = 1;
const AGREEMENT: AgreementId = AgreementId(0);
const CYCLE: CycleId = CycleId(0);
/// Of each party, in cents.
const FUNDS: u128 = 10_000_000_000;

/// The agreement and one side's usage under it.
fn published() -> Option<Assigned> {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/bwr/group-12m"
    ));
    let Ok(contract) = fs::read_to_string(folder.join("contract.json")) else {
        println!("skipped: {} is not there", folder.display());
        return None;
    };
    let usage = fs::read(folder.join("usage_dtag.json")).expect("is beside the contract");
    let agreement = Agreement::read(&contract).expect("is a contract");
    let usage = Usage::read(&usage).expect("is usage");
    Some(agreement.assign(&usage).expect("is of these networks"))
}

fn desk(operator: OperatorId) -> AccountId {
    let place = operator.0 as usize;
    [Alice, Bob, Charlie].map(|key| key.to_account_id())[place].clone()
}

fn by(operator: OperatorId) -> RuntimeOrigin {
    RuntimeOrigin::signed(desk(operator))
}

fn council() -> RuntimeOrigin {
    RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3))
}

fn set_clock(now: Moment) {
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
fn begin(terms: &Terms) {
    admit(ISSUER, OperatorKind::TokenIssuer, Vec::new());
    for (party, direction) in PARTIES.into_iter().zip(Direction::BOTH) {
        admit(party, OperatorKind::Mobile, networks(terms, direction));
    }
    let (name, symbol) = (BoundedVec::new(), BoundedVec::new());
    assert_ok!(Settlement::create_token(
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
    let [first, second] = PARTIES;
    assert_ok!(Agreements::propose(by(first), second, Box::new(terms.clone())));
    for party in PARTIES {
        assert_ok!(Agreements::sign(by(party), AGREEMENT, 1, terms.digest()));
    }
}

/// A file per pair of networks with what was used in the month, per sender's party.
fn files(assigned: &Assigned, period: Period, sequences: &mut BTreeMap<SeriesKey, u32>) -> [Vec<Anchor>; 2] {
    let mut totals: BTreeMap<(Direction, SeriesKey), Vec<ServiceTotal>> = BTreeMap::new();
    for cell in assigned.cells.iter().filter(|cell| cell.period == period) {
        let series = SeriesKey {
            sender: cell.visited,
            recipient: cell.home,
            stream: Stream::Tap,
            test: false,
        };
        let total = ServiceTotal {
            service: cell.key.service,
            records: cell.rows,
            quantity: cell.quantity,
            charge: Value::from_unsigned(cell.charge).expect("fits"),
            tax: Value::from_unsigned(cell.tax).expect("fits"),
        };
        totals
            .entry((cell.key.direction, series))
            .or_default()
            .push(total);
    }
    let mut sent = [Vec::new(), Vec::new()];
    for ((direction, series), mut totals) in totals {
        totals.sort_by_key(|total| total.service);
        let sequence = sequences.entry(series).or_default();
        *sequence += 1;
        let until = period.end() - 1;
        let mut file_hash = [0; 32];
        file_hash[..4].copy_from_slice(&sequence.to_le_bytes());
        file_hash[4..9].copy_from_slice(&series.sender.0);
        file_hash[9..14].copy_from_slice(&series.recipient.0);
        // The visited party sends, which is not the one whose subscribers roam.
        sent[direction.reverse().index()].push(Anchor {
            key: BatchKey {
                series,
                sequence: *sequence,
            },
            file_hash,
            root: file_hash,
            currency: Currency::EUR,
            decimals: 6,
            records: totals.iter().map(|total| total.records).sum(),
            totals: totals.try_into().expect("each service once"),
            discount: Value::Clear(0),
            earliest_call: Some(period.start()),
            latest_call: Some(until),
            cut_off: until,
            available: until,
            resent_for: None,
        });
    }
    sent
}

fn anchor(by_party: [Vec<Anchor>; 2]) {
    for (party, files) in PARTIES.into_iter().zip(by_party) {
        for some in files.chunks(250) {
            let count = some.len() as u32;
            assert_ok!(Anchoring::anchor_many(
                by(party),
                some.to_vec().try_into().expect("at most 250")
            ));
            System::assert_last_event(
                pallet_anchoring::Event::ManyAnchored {
                    anchored: count,
                    copies: 0,
                    refused: 0,
                }
                .into(),
            );
        }
    }
}

/// Nets everything that is due, and pays.
fn settle(now: Moment) {
    let [first, second] = PARTIES;
    assert_ok!(Settlement::open_cycle(by(first), TOKEN, now, now + 2 * DAY));
    assert_ok!(Settlement::freeze(by(second), CYCLE));
    assert_ok!(Settlement::compute(by(first), CYCLE, 100));
    let debtor = PARTIES
        .into_iter()
        .find(|party| Settlement::fund(by(*party), CYCLE).is_ok())
        .expect("one of the two pays");
    assert_ok!(Settlement::settle(by(debtor), CYCLE));
}

#[test]
fn a_published_year_should_settle_to_the_cent() {
    let Some(assigned) = published() else { return };
    let rated = rate(&assigned, Scope::Term, &Rates::new(), 2).expect("rates offline");
    let terms = &assigned.agreement.terms;
    preset("development").execute_with(|| {
        set_clock(terms.first.start() - 10 * DAY);
        begin(terms);

        let mut sequences = BTreeMap::new();
        let mut charged: BTreeMap<UsageKey, (i128, i128)> = BTreeMap::new();
        let mut net = 0;
        let mut period = terms.first;
        while period <= terms.last {
            set_clock(period.end() + 3_600);
            anchor(files(&assigned, period, &mut sequences));
            // Nobody answers a file: by these terms that accepts all of them after a week.
            set_clock(period.end() + 9 * DAY);
            assert_ok!(Settlement::close_period(by(PARTIES[0]), AGREEMENT, period));
            let statement =
                pallet_settlement::Statements::<Runtime>::get(AGREEMENT, period).expect("was issued");
            for line in &statement.lines {
                let sums = charged.entry(line.key()).or_default();
                sums.0 += line.charge.clear().expect("open");
                sums.1 += line.shortfall.clear().expect("open");
            }
            net += statement.net.clear().expect("open");
            for party in PARTIES {
                assert_ok!(Settlement::affirm(by(party), AGREEMENT, period));
            }
            period = period.next();
        }

        for line in &rated.lines {
            assert_eq!(
                charged.get(&line.key),
                Some(&(line.charge, line.shortfall)),
                "{:?}",
                line.key
            );
        }
        let shortfall = |direction| -> i128 {
            let of = charged.iter().filter(|(key, _)| key.direction == direction);
            of.map(|(_, (_, shortfall))| shortfall).sum()
        };
        let mut shortfalls = Direction::BOTH.map(shortfall);
        shortfalls.sort();
        assert_eq!(
            shortfalls,
            [0, 432_933_077],
            "25,670,669.23 was delivered against 30,000,000.00"
        );

        let now = terms.last.end() + 60 * DAY;
        set_clock(now);
        settle(now);
        let balance = |party| Assets::balance(TOKEN, desk(party)) as i128 - FUNDS as i128;
        assert_eq!(PARTIES.map(balance), [-net, net]);
        assert!(net != 0);
    });
}
