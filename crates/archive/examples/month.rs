//! A month of TAP files in an archive, at a tenth of what a large network has: 240 operators with 200 partners each, a file a day and
//! direction, each anchored and acknowledged by the runtime's own pallets, and written as `interclear index` writes.
//!
//! ```sh
//! cargo run --release -p interclear-archive --example month -- sqlite:month.db
//! cargo run --release -p interclear-archive --example month -- postgres://postgres@127.0.0.1/month 24 12 3
//! ```
//!
//! The database must be empty; the numbers are operators, partners of each, and days. Timed are reading the blocks' events, transactions and
//! changes by the metadata, and writing the rows. What making the blocks takes is not: a chain has done that. Nor is walking the trees of a
//! node's state, which is timed with a node (docs/performance.md).

use codec::{Compact, Decode, Encode};
use frame_support::{
    dispatch::{Callable, GetDispatchInfo},
    storage::unhashed,
    BoundedVec,
};
use interclear_archive::{
    archive::{self, hexadecimal, Group, Indexed, Position},
    changes::Change,
    database::{Database, Kind},
    index::ROWS,
    runtime::{events_key, Runtime as Described},
    source::Block,
};
use interclear_primitives::{
    agreement::Terms,
    batch::{Anchor, ServiceTotal},
    ids::{AgreementId, OperatorId},
    money::{Currency, Value},
    operator::{OperatorKind, Role},
    period::Period,
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    tadig::Tadig,
    Moment, DAY,
};
use interclear_rating::{Price, Pricing};
use interclear_runtime::{
    AccountId, Agreements, Anchoring, Operators, Runtime, RuntimeCall, RuntimeGenesisConfig, RuntimeOrigin,
    System, UncheckedExtrinsic, VERSION,
};
use sp_crypto_hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, BuildStorage};
use sp_state_machine::Backend;
use sqlx::Row;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

type Call = <Anchoring as Callable<Runtime>>::RuntimeCall;

/// A month of 30 days.
const MONTH: Period = Period(202_611);
const HOUR: Moment = 3_600;
/// Files that one call anchors or acknowledges.
const FILES: usize = 250;
/// What a file has, in the order in which totals are.
const SERVICES: [Service; 4] = [Service::MocLocal, Service::Mtc, Service::SmsMo, Service::Gprs];
/// Accepts nothing and is paid by nobody, but terms name an issuer.
const ISSUER: OperatorId = OperatorId(0);
/// Files a day of the network that a tenth is of.
const WHOLE: u64 = 480_000;

/// How large the network is.
#[derive(Clone, Copy)]
struct Size {
    operators: u32,
    /// Of each operator; even.
    partners: u32,
    days: u32,
}

impl Size {
    /// Pairs of operators with an agreement.
    fn pairs(self) -> impl Iterator<Item = [u32; 2]> {
        let of =
            move |first| (1..=self.partners / 2).map(move |apart| [first, (first + apart) % self.operators]);
        (0..self.operators).flat_map(of)
    }

    /// Whom an operator sends files.
    fn recipients(self, sender: u32) -> impl Iterator<Item = u32> {
        let around = move |apart| {
            [
                (sender + apart) % self.operators,
                (sender + self.operators - apart) % self.operators,
            ]
        };
        (1..=self.partners / 2).flat_map(around)
    }
}

/// The operator of a place; the issuer is the first one.
fn operator(place: u32) -> OperatorId {
    OperatorId(place + 1)
}

fn account(operator: OperatorId) -> AccountId {
    AccountId::new(blake2_256(&operator.encode()))
}

fn by(operator: OperatorId) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(operator))
}

fn terms([first, second]: [u32; 2]) -> Terms {
    let lines = || {
        SERVICES
            .map(|service| samples::line(service, Pricing::linear(Price(100_000_000))))
            .to_vec()
    };
    let [first, second] = [samples::tadig(first), samples::tadig(second)];
    let directions = [[first, second], [second, first]]
        .map(|[home, visited]| samples::direction(vec![samples::group(home, visited, lines())]));
    let mut terms = Terms::usual(MONTH, Period(202_710), Currency::EUR, directions);
    terms.accepts = [(); 2].map(|()| BoundedVec::truncate_from(vec![ISSUER]));
    terms
}

fn admit(operator: OperatorId, kind: OperatorKind, tadigs: Vec<Tadig>) {
    let name = format!("Operator {}", operator.0).into_bytes();
    let admitted = Operators::admit(
        RuntimeOrigin::root(),
        name.try_into().expect("a short name"),
        vec![kind].try_into().expect("one fits"),
        tadigs.try_into().expect("one fits"),
        BoundedVec::new(),
        account(operator),
    );
    admitted.expect("is admitted");
    let roles = [Role::Admin, Role::Commercial, Role::Clearing].to_vec();
    let roles = roles.try_into().expect("each once");
    Operators::set_roles(by(operator), account(operator), roles).expect("an admin sets its own roles");
}

/// Everybody, and all agreements in force, before the month begins.
fn begin(size: Size) {
    set_time(MONTH.start() - 10 * DAY);
    admit(ISSUER, OperatorKind::TokenIssuer, Vec::new());
    for place in 0..size.operators {
        admit(operator(place), OperatorKind::Mobile, vec![samples::tadig(place)]);
    }
    for (id, pair) in (0u32..).zip(size.pairs()) {
        let [first, second] = pair.map(operator);
        let terms = terms(pair);
        let digest = terms.digest();
        Agreements::propose(by(first), second, Box::new(terms)).expect("is proposed");
        for party in [first, second] {
            Agreements::sign(by(party), AgreementId(id), 1, digest).expect("is signed");
        }
    }
}

fn set_time(now: Moment) {
    pallet_timestamp::Now::<Runtime>::put(now * 1_000);
}

fn key(sender: u32, recipient: u32, day: u32) -> BatchKey {
    let series = SeriesKey {
        sender: samples::tadig(sender),
        recipient: samples::tadig(recipient),
        stream: Stream::Tap,
        test: false,
    };
    series.file(day + 1)
}

/// The file of a day, cut off at a moment of it. Digests and amounts are as little alike as those of real files.
fn file(sender: u32, recipient: u32, day: u32, cut_off: Moment) -> Anchor {
    let key = key(sender, recipient, day);
    let [file_digest, root] = [0u8, 1].map(|which| blake2_256(&(key, which).encode()));
    let drawn = |place: usize| {
        u32::from_le_bytes(std::array::from_fn(|octet| file_digest[4 * place + octet])) % 10_000_000
    };
    let totals = SERVICES
        .into_iter()
        .enumerate()
        .map(|(place, service)| ServiceTotal {
            service,
            records: 1 + drawn(place) % 2_000,
            quantity: u128::from(drawn(place)) * 1_000,
            charge: Value::Clear(i128::from(drawn(place)) * 10),
            tax: Value::ZERO,
        });
    let totals: Vec<ServiceTotal> = totals.collect();
    Anchor {
        key,
        file_digest,
        root,
        currency: Currency::EUR,
        decimals: 6,
        records: totals.iter().map(|total| total.records).sum(),
        totals: totals.try_into().expect("each service once"),
        discount: Value::ZERO,
        earliest_call: Some(cut_off - 10 * HOUR),
        latest_call: Some(cut_off - HOUR),
        cut_off,
        available: cut_off,
        resent_for: None,
    }
}

/// A chain without a node: the runtime's pallets over a state whose changes are seen.
struct Chain {
    state: sp_io::TestExternalities,
    described: Arc<Described>,
    prefixes: HashSet<Vec<u8>>,
    nonces: BTreeMap<OperatorId, u32>,
    newest: Block,
}

impl Chain {
    /// A chain in which everything that comes before the month is in the first block.
    fn new(size: Size) -> Result<(Self, Indexed), Box<dyn Error>> {
        let storage = RuntimeGenesisConfig::default().build_storage()?;
        let mut state = sp_io::TestExternalities::new(storage);
        state.execute_with(|| begin(size));
        state.commit_all()?;
        let described = Arc::new(Described::new(
            VERSION.spec_version,
            Runtime::metadata().encode(),
        )?);
        let prefixes: HashSet<Vec<u8>> = described.prefixes().into_iter().collect();
        let mut changes = Vec::new();
        for pair in state.backend.pairs(Default::default())? {
            let (key, value) = pair?;
            if is_indexed(&prefixes, &key) {
                changes.push(Change {
                    key,
                    existed: false,
                    value: Some(value),
                });
            }
        }
        let newest = block(0, [0; 32], (*state.backend.root()).into(), Vec::new());
        let first = Indexed {
            block: newest.clone(),
            runtime: described.clone(),
            time: (MONTH.start() - 10 * DAY) * 1_000,
            events: Vec::new(),
            changes,
        };
        let chain = Self {
            state,
            described,
            prefixes,
            nonces: BTreeMap::new(),
            newest,
        };
        Ok((chain, first))
    }

    /// The next block, with one call.
    fn next(&mut self, now: Moment, who: OperatorId, call: Call) -> Result<Indexed, Box<dyn Error>> {
        let number = self.newest.number + 1;
        let call = RuntimeCall::Anchoring(call);
        let nonce = self.nonces.entry(who).or_default();
        let transaction = signed(&account(who), *nonce, &call);
        if *nonce == 0 {
            UncheckedExtrinsic::decode(&mut transaction.as_slice())?;
        }
        *nonce += 1;
        let block_number = u32::try_from(number)?;
        let (result, events) = self.state.execute_with(|| {
            System::reset_events();
            System::set_block_number(block_number);
            System::set_extrinsic_index(0);
            System::note_finished_initialize();
            set_time(now);
            let info = call.get_dispatch_info();
            let result = call.dispatch(by(who));
            System::note_applied_extrinsic(&result, info);
            (result, unhashed::get_raw(&events_key()).unwrap_or_default())
        });
        result.map_err(|refused| format!("block {number}: {:?}", refused.error))?;
        let changed = self.state.overlayed_changes().changes().map(|(key, _)| key);
        let changed: Vec<Vec<u8>> = changed
            .filter(|key| is_indexed(&self.prefixes, key))
            .cloned()
            .collect();
        let values: Vec<Option<Vec<u8>>> = self
            .state
            .execute_with(|| changed.iter().map(|key| unhashed::get_raw(key)).collect());
        let mut changes = Vec::new();
        for (key, value) in changed.into_iter().zip(values) {
            let before = self.state.backend.storage(&key)?;
            if before != value {
                changes.push(Change {
                    key,
                    existed: before.is_some(),
                    value,
                });
            }
        }
        self.state.commit_all()?;
        let root = (*self.state.backend.root()).into();
        self.newest = block(number, self.newest.hash, root, vec![transaction]);
        Ok(Indexed {
            block: self.newest.clone(),
            runtime: self.described.clone(),
            time: now * 1_000,
            events,
            changes,
        })
    }

    /// Drops the parts of former trees that no state has any more. They would stay in memory, and there are some for each block.
    fn prune(&mut self) {
        self.state.backend.backend_storage_mut().purge();
    }
}

fn is_indexed(prefixes: &HashSet<Vec<u8>>, key: &[u8]) -> bool {
    key.get(..16).is_some_and(|prefix| prefixes.contains(prefix))
}

fn block(number: u64, parent: [u8; 32], state_root: [u8; 32], extrinsics: Vec<Vec<u8>>) -> Block {
    Block {
        number,
        hash: blake2_256(&(number, parent, state_root).encode()),
        parent,
        state_root,
        extrinsics,
    }
}

/// A transaction as a node has it. Nobody looks at its signature, but it is as long as one, and like no other.
fn signed(who: &AccountId, nonce: u32, call: &RuntimeCall) -> Vec<u8> {
    let signature = [0u8, 1]
        .map(|half| blake2_256(&(who, nonce, half).encode()))
        .concat();
    // Version 4 and signed; an account by its octets.
    let mut octets = vec![0x84, 0];
    who.encode_to(&mut octets);
    // Of sr25519.
    octets.push(1);
    octets.extend(signature);
    Compact(nonce).encode_to(&mut octets);
    // Valid for ever, and without the metadata's hash.
    octets.extend([0, 0]);
    call.encode_to(&mut octets);
    octets.encode()
}

/// What writes the rows, and how long it has taken.
struct Writer {
    database: Database,
    position: Option<Position>,
    group: Group,
    entries: i64,
    known: BTreeSet<u32>,
    reading: Duration,
    writing: Duration,
    rows: usize,
}

impl Writer {
    async fn add(&mut self, indexed: &Indexed) -> Result<(), Box<dyn Error>> {
        let begun = Instant::now();
        self.group.add(indexed, &mut self.entries, &mut self.known)?;
        self.reading += begun.elapsed();
        match self.group.rows() >= ROWS {
            true => self.write(&indexed.block).await,
            false => Ok(()),
        }
    }

    async fn write(&mut self, newest: &Block) -> Result<(), Box<dyn Error>> {
        let after = Position {
            chain: "A month".into(),
            genesis: match &self.position {
                Some(position) => position.genesis.clone(),
                None => hexadecimal(&newest.hash),
            },
            first: 0,
            newest: newest.number,
            newest_hash: hexadecimal(&newest.hash),
            entries: self.entries,
        };
        let group = std::mem::take(&mut self.group);
        self.rows += group.rows();
        let begun = Instant::now();
        archive::write(&mut self.database, self.position.as_ref(), &after, group).await?;
        self.writing += begun.elapsed();
        self.position = Some(after);
        Ok(())
    }

    async fn count(&mut self, query: &'static str) -> Result<u64, Box<dyn Error>> {
        let row = sqlx::query(query).fetch_one(self.database.connection()).await?;
        Ok(u64::try_from(row.try_get::<i64, _>(0)?)?)
    }

    /// What the database takes on the disk.
    async fn size(&mut self) -> Result<u64, Box<dyn Error>> {
        match self.database.kind() {
            Kind::Postgres => {
                self.count("SELECT CAST(pg_database_size(current_database()) AS BIGINT)")
                    .await
            }
            Kind::Sqlite => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                    .execute(self.database.connection())
                    .await?;
                let pages = self.count("PRAGMA page_count").await?;
                Ok(pages * self.count("PRAGMA page_size").await?)
            }
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    const USAGE: &str = "usage: month sqlite:FILE|postgres://USER@HOST/NAME [OPERATORS PARTNERS DAYS]";
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or(USAGE)?;
    let mut number = |usual: u32| arguments.next().map_or(Ok(usual), |text| text.parse::<u32>());
    let size = Size {
        operators: number(240)?,
        partners: number(200)?,
        days: number(30)?,
    };
    if !size.partners.is_multiple_of(2)
        || size.partners >= size.operators
        || size.partners == 0
        || size.operators > 999
        || !(1..=30).contains(&size.days)
    {
        return Err(
            "partners are an even number, from 2 on, below that of operators, which are at most 999; days are 1 to 30"
                .into(),
        );
    }
    let database = Database::to_write(&url).await?;
    let mut writer = Writer {
        database,
        position: None,
        group: Group::default(),
        entries: 0,
        known: BTreeSet::new(),
        reading: Duration::ZERO,
        writing: Duration::ZERO,
        rows: 0,
    };
    if archive::position(&mut writer.database).await?.is_some() {
        return Err(format!("{} is not empty; name another database", writer.database.name()).into());
    }
    let a_day = u64::from(size.operators) * u64::from(size.partners);
    println!(
        "{} operators, {} agreements, {a_day} files a day for {} days",
        size.operators,
        size.pairs().count(),
        size.days
    );
    let (mut chain, first) = Chain::new(size)?;
    writer.add(&first).await?;
    // The first block is large enough to have been written; what was before the month is not timed.
    if writer.group.rows() > 0 {
        writer.write(&first.block).await?;
    }
    let (before, rows) = (writer.size().await?, writer.rows);
    (writer.reading, writer.writing) = (Duration::ZERO, Duration::ZERO);

    for day in 0..=size.days {
        let midnight = MONTH.start() + u64::from(day) * DAY;
        // What came yesterday is acknowledged in the morning, and what was used until the evening is sent at night.
        let mut now = midnight + 9 * HOUR;
        for place in (0..size.operators).filter(|_| day > 0) {
            let keys: Vec<BatchKey> = size
                .recipients(place)
                .map(|sender| key(sender, place, day - 1))
                .collect();
            for some in keys.chunks(FILES) {
                let call =
                    Call::new_call_variant_acknowledge_many(some.to_vec().try_into().expect("so many fit"));
                writer.add(&chain.next(now, operator(place), call)?).await?;
                now += 2;
            }
        }
        let (cut_off, mut now) = (midnight + 20 * HOUR, midnight + 21 * HOUR);
        for place in (0..size.operators).filter(|_| day < size.days) {
            let files: Vec<Anchor> = size
                .recipients(place)
                .map(|recipient| file(place, recipient, day, cut_off))
                .collect();
            for some in files.chunks(FILES) {
                let call = Call::new_call_variant_anchor_many(some.to_vec().try_into().expect("so many fit"));
                writer.add(&chain.next(now, operator(place), call)?).await?;
                now += 2;
            }
        }
        chain.prune();
        // What the chain refuses would make the database smaller than it should be.
        let refused = writer
            .count(
                "SELECT COUNT(*) FROM events WHERE pallet = 'Anchoring' AND name IN ('AnchorRefused', 'AcknowledgeRefused')",
            )
            .await?;
        if refused > 0 {
            return Err(format!("day {day}: the chain has refused {refused} files").into());
        }
        eprintln!("day {day}: {} rows", writer.rows);
    }
    if writer.group.rows() > 0 {
        let newest = chain.newest.clone();
        writer.write(&newest).await?;
    }

    let files = a_day * u64::from(size.days);
    let answered = writer
        .count("SELECT COUNT(*) FROM batches WHERE status = 'Acknowledged'")
        .await?;
    if answered != files {
        return Err(format!("{files} files were sent, but {answered} were anchored and acknowledged").into());
    }
    let octets = writer.size().await? - before;
    let took = writer.reading + writer.writing;
    let rate = files as f64 / took.as_secs_f64();
    println!("{files} anchors, each acknowledged: {} rows", writer.rows - rows);
    println!(
        "read in {:.1} s, written in {:.1} s: {rate:.0} anchors a second, with their acknowledgements",
        writer.reading.as_secs_f64(),
        writer.writing.as_secs_f64()
    );
    println!(
        "{} MB, {} octets an anchor; before the first of them {} MB",
        octets / 1_000_000,
        octets / files,
        before / 1_000_000
    );
    println!(
        "so {WHOLE} anchors a day take {:.0} s and {:.2} GB a day, {:.2} TB a year",
        WHOLE as f64 / rate,
        (WHOLE * octets / files) as f64 / 1e9,
        (365 * WHOLE * octets / files) as f64 / 1e12
    );
    writer.database.close().await?;
    Ok(())
}
