//! One pass over a file: decode, check every rule, add up.

mod audit;
mod batch;
mod digest;
mod history;
mod known;
mod nrtrde;
mod options;
mod records;
mod repeats;
mod returns;

use digest::Digester;
pub use history::{RecordHistory, SeenRecords};
pub use known::{head, Head, Known};
pub use options::{Context, EventKinds, Options, Rules, Said, Threads};
use repeats::{Keys, Search};

use crate::{
    ber::{DecodeError, Problem, ReadError},
    classify::Classifier,
    events::{Amounts, CodeTables, Scratch},
    finding::{Code, Findings},
    model::{Accounting, AuditControl, BatchControl, Network},
    name::Scheme,
    nrtrde::{Figures, NrtrdeSummary},
    rap::{ReturnSummary, ReturnedRecord},
    reader::{Item, Kind, Reader},
    summary::{BatchSummary, Sums},
    tariff::{PricedService, Prices, Rates, TariffSummary, Unpriced},
};
use interclear_merkle::file_digest;
use interclear_primitives::service::Service;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::{self, File},
    io,
    io::Read,
    path::Path,
    thread,
};

/// What one pass over a file gives.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the file is.
    pub kind: Kind,
    /// Why the file cannot be decoded; everything else then covers only what stands before that place.
    pub error: Option<DecodeError>,
    /// Everything found.
    pub findings: Findings,
    /// Records read.
    pub events: u64,
    /// Batch control information, as it stands in the file.
    pub control: Option<BatchControl>,
    /// Accounting information, as it stands in the file.
    pub accounting: Option<Accounting>,
    /// Network information, as it stands in the file.
    pub network: Option<Network>,
    /// Audit control information, as it stands in the file: what the sender says the records add up to.
    pub audit: Option<AuditControl>,
    /// What the records add up to, in 10^-decimals of the TAP currency.
    pub amounts: Amounts,
    /// What the records pay back, likewise.
    pub refunds: Amounts,
    /// Records with severe findings, whose amounts are to be returned.
    pub returned: Sums,
    /// These records themselves, when the options ask for them.
    pub returned_records: Vec<ReturnedRecord>,
    /// The records that the options select.
    pub selected: Selected,
    /// What returns add up to; only of returns.
    pub returns: Option<ReturnSummary>,
    /// The reduction of a file of near-real-time records; only of such.
    pub nrtrde: Option<NrtrdeSummary>,
    /// How charges compare with the agreement, when the options name one.
    pub tariff: Option<TariffSummary>,
    /// What services charge and what the terms ask for them, when the options have terms to expect.
    pub prices: Vec<PricedService>,
    /// Why no charge was compared with the agreement or the terms of the options; `None` where charges were, or nothing is charged.
    pub unpriced: Option<Unpriced>,
    /// Services for which these have no line, and how many records are of each.
    pub not_agreed: BTreeMap<Service, u64>,
    /// The reduction of the file; `None` when it cannot be decoded or does not say who billed whom, when, in what
    /// currency and decimals. A file with other fatal findings (such as wrong totals) has one.
    pub summary: Option<BatchSummary>,
    /// Blake2b-256 of the file, when asked for; never salted.
    pub file_digest: Option<[u8; 32]>,
}

/// Records of a file that were asked for by their octets.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// What they add up to.
    pub sums: Sums,
    /// Their places among the records, from 0.
    pub places: BTreeSet<u64>,
    /// How many were asked for and are not in the file.
    pub missing: u64,
}

/// Reads, checks and reduces one file.
///
/// # Errors
/// Failure of the source only: whatever is wrong with the octets is in the outcome.
pub fn validate<R: Read>(mut source: R, options: &Options) -> io::Result<Outcome> {
    run(&mut source, options, None)
}

/// Like [`validate`], and looks for records that `history` has seen.
///
/// # Errors
/// Failure of the source only.
pub fn validate_with_history<R: Read>(
    mut source: R,
    options: &Options,
    history: &mut dyn RecordHistory,
) -> io::Result<Outcome> {
    run(&mut source, options, Some(Search::All(history)))
}

/// Reads, checks and reduces the file at `path`, whose name is checked unless the options give another.
///
/// # Errors
/// Failure to open or to read the file.
pub fn validate_file(path: impl AsRef<Path>, options: &Options) -> io::Result<Outcome> {
    run_file(path.as_ref(), options, None)
}

/// Like [`validate_file`], and looks for records that `history` has seen.
///
/// # Errors
/// Failure to open or to read the file.
pub fn validate_file_with_history(
    path: impl AsRef<Path>,
    options: &Options,
    history: &mut dyn RecordHistory,
) -> io::Result<Outcome> {
    run_file(path.as_ref(), options, Some(Search::All(history)))
}

/// Like [`validate_file`], and looks for records that come twice in the file. It is read again when there may be any, and
/// once more for every 64 MiB of keys of eight octets, one for each record, that there are more than. What can be read only once,
/// as a pipe can, is compared with all that was read of it before.
///
/// # Errors
/// Failure to open or to read the file.
pub fn validate_file_by_itself(path: impl AsRef<Path>, options: &Options) -> io::Result<Outcome> {
    let path = path.as_ref();
    match fs::metadata(path)?.is_file() {
        true => by_itself(path, options, repeats::MOST),
        false => validate_file_with_history(path, options, &mut SeenRecords::new(repeats::ALL_DAYS)),
    }
}

fn by_itself(path: &Path, options: &Options, most: usize) -> io::Result<Outcome> {
    let mut keys = Keys::new(most);
    let outcome = run_file(path, options, Some(Search::Keys(&mut keys)))?;
    while keys.end_reading() {
        run_file(path, options, Some(Search::Keys(&mut keys)))?;
    }
    match keys.repeated() {
        None => Ok(outcome),
        Some(mut repeated) => run_file(path, options, Some(Search::Repeated(&mut repeated))),
    }
}

fn run_file(path: &Path, options: &Options, search: Option<Search<'_>>) -> io::Result<Outcome> {
    let mut file = File::open(path)?;
    if options.context.file_name.is_some() {
        return run(&mut file, options, search);
    }
    let mut options = options.clone();
    options.context.file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    run(&mut file, &options, search)
}

/// Reads with as many threads as help.
fn run(source: &mut dyn Read, options: &Options, search: Option<Search<'_>>) -> io::Result<Outcome> {
    let digest = options.digest || options.context.known_digest.is_some();
    let here = || Digester::here(options.secret.clone());
    if !(digest || options.secret.is_some()) || !options.threads.second() {
        return pass(source, digest, options, search, here());
    }
    let mut head = Vec::with_capacity(digest::LARGE);
    (&mut *source).take(digest::LARGE as u64).read_to_end(&mut head)?;
    if head.len() < digest::LARGE {
        return pass(&mut head.as_slice(), digest, options, search, here());
    }
    let mut source = io::Cursor::new(head).chain(source);
    thread::scope(|scope| {
        let (digester, mut source) = Digester::beside(scope, options.secret.clone(), &mut source, digest);
        pass(&mut source, digest, options, search, digester)
    })
}

fn pass(
    source: &mut dyn Read,
    digest: bool,
    options: &Options,
    search: Option<Search<'_>>,
    digester: Digester<'_>,
) -> io::Result<Outcome> {
    let mut run = Run::new(options, search, digester);
    let mut reader = match Reader::new(source, digest && !run.digester.is_beside()) {
        Ok(reader) => reader,
        Err(ReadError::Io(error)) => return Err(error),
        Err(ReadError::Decode(error)) => {
            run.undecodable(error);
            return Ok(run.outcome(Kind::Unknown, 0, None));
        }
    };
    let result = match reader.kind() {
        Kind::Tap | Kind::Notification => run.read(&mut reader),
        Kind::Unknown => Err(DecodeError::at(0, Problem::UnknownKind).into()),
        Kind::Nrtrde => run.read_nrtrde(&mut reader),
        Kind::Rap => run.read_returns(&mut reader),
    };
    match result {
        Ok(()) => {}
        Err(ReadError::Io(error)) => return Err(error),
        Err(ReadError::Decode(error)) => run.undecodable(error),
    }
    if digest {
        reader.drain()?;
    }
    let digests = std::mem::take(&mut run.digester).finish();
    let file_digest = reader.digest().or(digests.file);
    // No records, no tree: the anchor of a notification has zeros.
    run.root = digests.tree.map(|root| match root.count {
        0 => [0; 32],
        _ => root.hash,
    });
    if run.error.is_none() {
        match reader.kind() {
            Kind::Tap | Kind::Notification => run.check_end(reader.kind(), file_digest),
            Kind::Nrtrde => run.check_nrtrde_end(file_digest),
            _ => run.check_duplicate(file_digest),
        }
    }
    let events = run.events.unwrap_or(reader.events());
    Ok(run.outcome(reader.kind(), events, file_digest))
}

/// Aggregates, and what they state.
#[derive(Clone, Copy, Default)]
struct Aggregated {
    records: u64,
    amounts: Amounts,
}

/// The state of one pass.
struct Run<'o, 'h, 's> {
    options: &'o Options,
    search: Option<Search<'h>>,
    findings: Findings,
    error: Option<DecodeError>,
    control: Option<BatchControl>,
    accounting: Option<Accounting>,
    network: Option<Network>,
    audit: Option<AuditControl>,
    /// Whether a group stood before the batch control information.
    started: bool,
    tables: CodeTables,
    classifier: Classifier,
    /// When the file was made available, in UTC.
    available: Option<i64>,
    sums: Sums,
    /// What aggregates state, which no total has.
    aggregated: Aggregated,
    refunds: Amounts,
    returned: Sums,
    earliest: Option<i64>,
    latest: Option<i64>,
    /// The first and last call that were before the file was made available.
    in_time: Option<(i64, i64)>,
    /// Up to when events are in the file, in UTC.
    cut_off: Option<i64>,
    /// Whether near-real-time records come before the time at which they were made available.
    untimed: bool,
    /// What records add to while they are read.
    scratch: Scratch,
    records: u64,
    /// Records of a kind of file that the reader does not count.
    events: Option<u64>,
    digester: Digester<'s>,
    /// The root that is anchored, once everything has been read.
    root: Option<[u8; 32]>,
    /// How files of this kind are named and numbered, and what their control information is called.
    scheme: Scheme,
    group: &'static str,
    returned_records: Vec<ReturnedRecord>,
    selected: Selected,
    /// How often each record is still to be selected.
    wanted: HashMap<&'o [u8], u64>,
    returns: Option<ReturnSummary>,
    nrtrde: Option<NrtrdeSummary>,
    figures: Figures,
    /// Near-real-time records of a file with which records of others are looked for, too.
    calls: SeenRecords,
    /// The prices for this file, with its decimals; and what the comparison came to.
    rates: Option<(Rates, u8)>,
    tariff: TariffSummary,
    /// What services charge, beside what is expected of them.
    prices: Option<Prices>,
    /// Records by services that are not agreed on.
    not_agreed: BTreeMap<Service, u64>,
}

impl<'o, 'h, 's> Run<'o, 'h, 's> {
    fn new(options: &'o Options, search: Option<Search<'h>>, digester: Digester<'s>) -> Self {
        let mut wanted: HashMap<&[u8], u64> = HashMap::new();
        for record in &options.select {
            *wanted.entry(record.as_slice()).or_default() += 1;
        }
        Self {
            options,
            search,
            findings: Findings::default(),
            error: None,
            control: None,
            accounting: None,
            network: None,
            audit: None,
            started: false,
            tables: CodeTables::default(),
            classifier: Classifier::new(b"", b"", options.rules.zones),
            available: None,
            sums: Sums::default(),
            aggregated: Aggregated::default(),
            refunds: Amounts::default(),
            returned: Sums::default(),
            earliest: None,
            latest: None,
            in_time: None,
            cut_off: None,
            untimed: false,
            scratch: Scratch::default(),
            records: 0,
            events: None,
            digester,
            root: None,
            scheme: Scheme::Tap,
            group: "batchControlInfo",
            returned_records: Vec::new(),
            selected: Selected::default(),
            wanted,
            returns: None,
            nrtrde: None,
            figures: Figures::default(),
            calls: SeenRecords::new(repeats::ALL_DAYS),
            rates: None,
            tariff: TariffSummary::default(),
            prices: None,
            not_agreed: BTreeMap::new(),
        }
    }

    fn read<R: Read>(&mut self, reader: &mut Reader<R>) -> Result<(), ReadError> {
        while let Some(item) = reader.next_item()? {
            match item {
                Item::Event(raw) => {
                    self.started = true;
                    self.record(&raw)?;
                }
                Item::BatchControl(control) => {
                    self.batch_control(*control);
                    if reader.has_stray_records() {
                        let message = "a notification, which says that there are no records, holds some";
                        self.findings.batch(Code::GroupOrder, "callEventDetails", message);
                    }
                }
                Item::Accounting(accounting) => self.accounting_info(*accounting),
                Item::Network(network) => self.network_info(*network),
                Item::Audit(audit) => {
                    self.started = true;
                    if self.audit.is_some() {
                        self.findings.batch(
                            Code::GroupRepeated,
                            "auditControlInfo",
                            "the group occurs twice",
                        );
                    } else {
                        self.audit = Some(*audit);
                    }
                }
            }
        }
        Ok(())
    }

    fn undecodable(&mut self, error: DecodeError) {
        self.findings
            .batch(Code::Undecodable, error.path_text(), error.to_string());
        self.error = Some(error);
    }

    /// What is anchored for the content of a file: salted, where there is a secret.
    fn anchored_digest(&self, content: Option<[u8; 32]>) -> Option<[u8; 32]> {
        match &self.options.secret {
            Some(secret) => content.map(|content| file_digest(secret, &content)),
            None => content,
        }
    }

    /// What charges are compared with: one by one, or else by service.
    fn agreed(&self) -> Option<&Rates> {
        let one_by_one = self.rates.as_ref().map(|(rates, _)| rates);
        one_by_one.or_else(|| self.prices.as_ref().map(Prices::rates))
    }

    fn outcome(self, kind: Kind, events: u64, file_digest: Option<[u8; 32]>) -> Outcome {
        let summary = self.summary(kind, file_digest);
        let unpriced = self.agreed().and_then(Rates::unpriced);
        Outcome {
            kind,
            events,
            summary,
            file_digest,
            amounts: self.sums.amounts(),
            refunds: self.refunds,
            error: self.error,
            findings: self.findings,
            control: self.control,
            accounting: self.accounting,
            network: self.network,
            audit: self.audit,
            returned: self.returned,
            returned_records: self.returned_records,
            selected: Selected {
                missing: self.wanted.values().sum(),
                ..self.selected
            },
            returns: self.returns,
            nrtrde: self.nrtrde,
            tariff: self.options.tariff.is_some().then_some(self.tariff),
            prices: self.prices.as_ref().map(Prices::services).unwrap_or_default(),
            unpriced: unpriced.filter(|_| self.records > 0),
            not_agreed: self.not_agreed,
        }
    }
}
