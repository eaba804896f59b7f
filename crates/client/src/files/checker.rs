//! Files on their way out: each is checked, its secret kept, and reduced to what is anchored.

use super::{name_of, FileError, Secrets};
use crate::time::{duration, moment, now};
use interclear_merkle::FileSecret;
use interclear_primitives::{
    batch::Anchor,
    nrtrde::NrtrdeAnchor,
    period::Period,
    series::{BatchKey, SeriesKey},
    Digest, Moment, DAY,
};
use interclear_record_store::RecordStore;
use interclear_tap::{
    validate_file_by_itself, Code, Finding, Head, Known, Options, Outcome, PricedService, Scheme, Severity,
};
use rand::RngCore;
use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsStr,
    path::{Path, PathBuf},
};

/// What is anchored of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reduced {
    /// Of billable usage.
    Tap(Anchor),
    /// Of near-real-time records (NRTRDE).
    Nrtrde(NrtrdeAnchor),
}

impl Reduced {
    /// The file on the chain.
    pub fn key(&self) -> BatchKey {
        match self {
            Self::Tap(anchor) => anchor.key,
            Self::Nrtrde(anchor) => anchor.key,
        }
    }

    /// Number of records.
    pub fn records(&self) -> u32 {
        match self {
            Self::Tap(anchor) => anchor.records,
            Self::Nrtrde(anchor) => anchor.records,
        }
    }

    /// What stands for the file's octets, and the root over its records; both salted.
    pub fn digests(&self) -> (&Digest, &Digest) {
        match self {
            Self::Tap(anchor) => (&anchor.file_digest, &anchor.root),
            Self::Nrtrde(anchor) => (&anchor.file_digest, &anchor.root),
        }
    }

    /// Whether two anchors differ in nothing but what their secrets salt: those of the same file.
    pub fn is_twin_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tap(one), Self::Tap(other)) => {
                let (file_digest, root) = (other.file_digest, other.root);
                one.root != root
                    && Anchor {
                        file_digest,
                        root,
                        ..one.clone()
                    } == *other
            }
            (Self::Nrtrde(one), Self::Nrtrde(other)) => {
                let (file_digest, root) = (other.file_digest, other.root);
                one.root != root
                    && NrtrdeAnchor {
                        file_digest,
                        root,
                        ..*one
                    } == *other
            }
            _ => false,
        }
    }

    /// Where it stands among others: numbers wrap around, times do not; files of a series that follow each other are
    /// cheapest.
    pub(crate) fn order(&self) -> (SeriesKey, Moment, u32) {
        let (key, time) = match self {
            Self::Tap(anchor) => (anchor.key, anchor.cut_off),
            Self::Nrtrde(anchor) => (anchor.key, anchor.available),
        };
        (key.series, time, key.sequence)
    }
}

/// What is said of a file that is on the chain as it is, but for what is salted.
pub const OTHER_SECRET: &str =
    "the same file, already anchored with another secret: find the folder that has it, and name it with --secrets";

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// On the chain from now on.
    Anchored,
    /// Likewise, but so many seconds after the end of a call that the sender is liable for fraud.
    Late(Moment),
    /// On the chain from now on, but its month is closed: this one bills it.
    Closed(Period),
    /// The chain had it already, and counts it once.
    Duplicate,
    /// Refused, for this reason.
    Refused(String),
}

impl Fate {
    /// Why it was refused, or how late it is.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Anchored | Self::Duplicate => None,
            Self::Closed(month) => Some(format!("its month is closed: it is billed with {month}")),
            Self::Late(delay) => Some(format!(
                "{} after a call: late, you are liable for fraud on it",
                duration(*delay)
            )),
            Self::Refused(reason) => Some(reason.clone()),
        }
    }
}

/// What keeps a file back that may be sent later, or under another name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// It is dated ahead: the chain takes it from this moment on.
    Early(Moment),
    /// It is not called as the file on the chain would be.
    Misnamed,
}

/// From when on the chain takes what is dated ahead; `None` where it does so now. It allows for a day between clocks.
pub fn taken_from(anchor: &Reduced, now: Moment) -> Option<Moment> {
    let latest = match anchor {
        Reduced::Tap(anchor) => anchor.available.max(anchor.cut_off),
        Reduced::Nrtrde(anchor) => anchor.available,
    };
    Some(latest.saturating_sub(DAY)).filter(|from| *from > now)
}

fn too_early(from: Moment) -> String {
    format!(
        "it is dated ahead: it can be anchored from {} UTC on",
        moment(from)
    )
}

/// A file that was checked, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedFile {
    /// Where it is.
    pub path: PathBuf,
    /// What is to be anchored; `None` where nothing is.
    pub anchor: Option<Reduced>,
    /// Blake2b-256 of the file, unless it cannot be decoded at all.
    pub digest: Option<Digest>,
    /// Records with severe findings, which a recipient would return.
    pub doubtful: u64,
    /// Near-real-time records that were late when the file was made available.
    pub late: u64,
    /// What else a recipient would look into; each rule once, with its code.
    pub warnings: Vec<String>,
    /// What its services charge, beside what the terms ask for them that are known.
    pub prices: Vec<PricedService>,
    /// What became of it; `None` until it is delivered.
    pub fate: Option<Fate>,
    /// Why it is refused here for the time being only.
    pub obstacle: Option<Obstacle>,
}

impl CheckedFile {
    /// Whether it was refused, here or by the chain.
    pub fn is_refused(&self) -> bool {
        matches!(self.fate, Some(Fate::Refused(_)))
    }

    /// Whether it is on the chain because of this delivery.
    pub fn is_new(&self) -> bool {
        matches!(self.fate, Some(Fate::Anchored | Fate::Late(_) | Fate::Closed(_)))
    }

    /// Whether it is on the chain, by this delivery or an earlier one.
    pub fn is_on_chain(&self) -> bool {
        self.is_new() || self.fate == Some(Fate::Duplicate)
    }

    /// Refuses it, so that it is not sent.
    pub fn refuse(&mut self, reason: impl Into<String>) {
        self.anchor = None;
        self.fate = Some(Fate::Refused(reason.into()));
    }
}

/// Opens a store of records in a folder, or makes one with a random key of its own.
///
/// # Errors
/// The folder cannot be read or written, another process has the store open, or its key is lost.
pub fn open_store(folder: &Path) -> Result<RecordStore, FileError> {
    let fresh = || {
        let mut key = [0; 32];
        rand::rngs::OsRng.fill_bytes(&mut key);
        key
    };
    Ok(RecordStore::open(folder, fresh)?)
}

/// What is known of files before they are read.
pub type KnownFiles = HashMap<PathBuf, (Head, Known)>;

/// Checks files, and reduces them to what is anchored.
pub struct Checker {
    secrets: Secrets,
    options: Options,
    store: Option<RecordStore>,
    /// Whether the store notes what is checked.
    note: bool,
    /// What is known of files before they are read.
    known: KnownFiles,
    /// Whether files must be called as they are on the chain.
    by_name: bool,
    /// Files whose secrets are pending, until what became of them is known.
    pending: HashMap<PathBuf, (Digest, FileSecret)>,
}

impl Checker {
    /// Where the secrets of files are kept.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Checks by `options`, and keeps a secret of each file.
    pub fn new(secrets: Secrets, options: Options) -> Self {
        Self {
            secrets,
            options: Options {
                digest: true,
                ..options
            },
            store: None,
            note: false,
            known: KnownFiles::new(),
            by_name: false,
            pending: HashMap::new(),
        }
    }

    /// Refuses files that are not called as they are on the chain: a copy under another name would take the place of the file
    /// itself.
    pub(crate) fn by_name(self) -> Self {
        Self {
            by_name: true,
            ..self
        }
    }

    /// Finds records that were in other files by a store of records; `note` says whether the store notes what is checked.
    pub fn with_store(self, store: RecordStore, note: bool) -> Self {
        Self {
            store: Some(store),
            note,
            ..self
        }
    }

    /// Checks files from now on by what is known of them: the terms that they bill to, the month's exchange rate, what has
    /// their number already, and, of files that are checked together, the number that comes next.
    pub fn know(&mut self, known: KnownFiles) {
        self.known = known;
    }

    /// Checks files, and puts them into the order in which they are best sent; `checked` is called after each.
    ///
    /// # Errors
    /// A file or its secret cannot be read, a secret cannot be kept, or the store fails.
    pub fn check_all(
        &mut self,
        paths: impl IntoIterator<Item = impl AsRef<Path>>,
        mut checked: impl FnMut(),
    ) -> Result<Vec<CheckedFile>, FileError> {
        let mut files = Vec::new();
        for path in paths {
            files.push(self.check(path.as_ref())?);
            checked();
        }
        self.place(&mut files);
        Ok(files)
    }

    /// Puts files that were checked into the order in which they are best sent, and notes those with another number than the
    /// one that comes next in their series then.
    pub(crate) fn place(&self, files: &mut [CheckedFile]) {
        files.sort_by_key(|file| file.anchor.as_ref().map(Reduced::order));
        let mut next: BTreeMap<SeriesKey, u32> = BTreeMap::new();
        for file in files {
            let Some(Reduced::Tap(Anchor { key, resent_for, .. })) = &file.anchor else {
                continue;
            };
            let known = self.known.get(&file.path).map(|(_, known)| known);
            // What has its place already is neither late nor early.
            if resent_for.is_some() || known.is_some_and(|known| known.known_digest.is_some()) {
                continue;
            }
            let expected = next.get(&key.series).copied();
            let Some(expected) = expected.or(known.and_then(|known| known.expected_sequence)) else {
                // Any number begins a series.
                if known.is_some() {
                    next.insert(key.series, key.series.stream.next(key.sequence));
                }
                continue;
            };
            let ahead = Scheme::Tap.ahead(expected, key.sequence);
            if ahead >= 0 {
                next.insert(key.series, key.series.stream.next(key.sequence));
            }
            let (code, what) = match ahead {
                0 => continue,
                1.. => (Code::SequenceGap, format!("{ahead} missing")),
                _ => (Code::SequenceLate, "a file that was missing".into()),
            };
            let number = key.sequence;
            file.warnings
                .push(format!("{number:05} instead of {expected:05}: {what} ({code})"));
        }
    }

    /// Reads a file; one that no recipient would accept is refused here.
    ///
    /// # Errors
    /// As [`Checker::check_all`].
    pub fn check(&mut self, path: &Path) -> Result<CheckedFile, FileError> {
        // What a secret is kept under is known only when the file has been read to its end. Most files are new, and then the
        // one that was drawn beforehand is kept.
        let drawn = Secrets::draw();
        let outcome = self.read(path, drawn.clone())?;
        let mut file = CheckedFile {
            path: path.into(),
            anchor: None,
            digest: outcome.file_digest,
            doubtful: 0,
            late: outcome.nrtrde.as_ref().map_or(0, |nrtrde| nrtrde.late_events),
            warnings: self.warnings(&outcome),
            prices: outcome.prices.clone(),
            fate: None,
            obstacle: None,
        };
        match (reduced(&outcome), outcome.file_digest) {
            (Ok(anchor), Some(digest)) => {
                file.doubtful = outcome.returned.records();
                file.anchor = Some(anchor);
                self.salt(&mut file, &drawn, &digest)?;
            }
            (Ok(_), None) => file.refuse("not sent: it has no digest"),
            (Err(reason), _) => {
                if self.by_name && names_alone(&outcome) {
                    file.obstacle = Some(Obstacle::Misnamed);
                }
                file.refuse(format!("not sent: {reason}"));
            }
        }
        Ok(file)
    }

    /// The warnings about a file: each rule once, and what the terms that are known do not price. That a file is compared with nothing is
    /// said where terms were named.
    fn warnings(&self, outcome: &Outcome) -> Vec<String> {
        let mut all = warnings(outcome.findings.kept());
        let named = self.options.expected.is_some();
        if let Some(unpriced) = outcome.unpriced.filter(|_| named) {
            all.push(format!(
                "{unpriced}: nothing is compared ({})",
                Code::PricesUnchecked
            ));
        }
        all.extend(outcome.not_agreed.iter().map(|(service, records)| {
            let records = match records {
                1 => "1 record".to_owned(),
                more => format!("{more} records"),
            };
            let code = Code::ServiceNotAgreed;
            format!("{service}: {records}, and the agreement has no line for it: the chain refuses such a file ({code})")
        }));
        all
    }

    /// Has a file salted with its own secret, and refuses it where it is known that the chain would. Only what is to be sent has
    /// its secret kept: of what is refused nothing is left.
    fn salt(&mut self, file: &mut CheckedFile, drawn: &FileSecret, digest: &Digest) -> Result<(), FileError> {
        let path = file.path.clone();
        let found = self.secrets.find(&path, digest)?;
        if let Some(secret) = &found {
            file.anchor = Some(self.again(&path, secret.clone(), digest)?);
        }
        self.refuse_known(file);
        if file.is_refused() {
            return Ok(());
        }
        let secret = match found {
            Some(secret) => secret,
            None => {
                let kept = self.secrets.keep(&path, digest, drawn)?;
                if kept != *drawn {
                    file.anchor = Some(self.again(&path, kept.clone(), digest)?);
                    self.refuse_known(file);
                }
                kept
            }
        };
        self.pending.insert(path, (*digest, secret));
        Ok(())
    }

    /// Refuses a file whose name or time is not what it has to be, that was returned, or whose number something else has. The same
    /// file may be sent again: it counts once.
    fn refuse_known(&self, file: &mut CheckedFile) {
        let Some(anchor) = &file.anchor else { return };
        let (name, digest) = (name_of(&anchor.key()), *anchor.digests().0);
        let known = self.known.get(&file.path).map(|(_, known)| known);
        let twin = known
            .and_then(|known| known.anchored.clone())
            .is_some_and(|anchored| anchor.is_twin_of(&Reduced::Tap(anchored)));
        if self.by_name && file.path.file_name() != Some(OsStr::new(&name)) {
            file.obstacle = Some(Obstacle::Misnamed);
            let there = twin || known.is_some_and(|known| known.known_digest == Some(digest));
            return file.refuse(match there {
                true => {
                    format!("not sent: under another name, this is the same file as {name}, already anchored")
                }
                false => format!(
                    "not sent: this is the file {name} under another name; rename it if it is to be sent"
                ),
            });
        }
        if let Some(from) = taken_from(anchor, now()) {
            file.obstacle = Some(Obstacle::Early(from));
            return file.refuse(format!("not sent: {}", too_early(from)));
        }
        let Some(known) = known else { return };
        let returned = known.returned_digest;
        if returned.is_some_and(|returned| returned == digest || twin) {
            file.refuse(
                "not sent: it was returned, and nothing of it bills; send it again with the number of the RAP file that returned \
                 it (rapFileSequenceNumber, which `tap generate` takes as --resent-for), or under the next number if this one was waived",
            );
        } else if known.known_digest.is_some_and(|known| known != digest) {
            let why = match twin {
                true => OTHER_SECRET,
                false => {
                    "its number was anchored before with other content: send it under the next number, or have the first one returned"
                }
            };
            file.refuse(format!("not sent: {why} ({})", Code::SequenceReused));
        }
    }

    /// Reads a file once more, whose secret was drawn when it was read some time before.
    fn again(&mut self, path: &Path, secret: FileSecret, digest: &Digest) -> Result<Reduced, FileError> {
        let outcome = self.read(path, secret)?;
        match reduced(&outcome) {
            Ok(anchor) if outcome.file_digest.as_ref() == Some(digest) => Ok(anchor),
            _ => Err(FileError::Changing { path: path.into() }),
        }
    }

    fn read(&mut self, path: &Path, secret: FileSecret) -> Result<Outcome, FileError> {
        let mut options = self.options.clone();
        if let Some((head, known)) = self.known.get(path) {
            let known = Known {
                expected_sequence: None,
                known_digest: None,
                returned_digest: None,
                ..known.clone()
            };
            options = known.apply(&options, head.name.sender, head.name.recipient);
        }
        options.secret = Some(secret);
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let checked = match (&mut self.store, self.note) {
            // What is in other files nobody remembers, but what comes twice in this one is found.
            (None, _) => return validate_file_by_itself(path, &options).map_err(FileError::io(path)),
            (Some(store), true) => store.validate_file(path, &options, now),
            (Some(store), false) => store.look_up(path, &options, now),
        };
        Ok(checked?)
    }

    /// Gives the secrets of files that are on the chain their names for good, and forgets those of files that the chain has
    /// refused; has the store forget the records of what was refused, since they may be sent again.
    ///
    /// # Errors
    /// A secret cannot be kept, or the store fails.
    pub fn conclude(&mut self, files: &[CheckedFile]) -> Result<(), FileError> {
        for file in files.iter().filter(|file| file.is_on_chain()) {
            if let Some((digest, secret)) = self.pending.remove(&file.path) {
                self.secrets.confirm(&file.path, &digest, &secret)?;
            }
        }
        // What is the same as something that is on its way has its secret, too.
        let refused = files.iter().filter(|file| file.is_refused());
        for path in refused.map(|file| &file.path) {
            if let Some((digest, _)) = self.pending.remove(path) {
                if self.pending.values().all(|(other, _)| *other != digest) {
                    self.secrets.discard(path, &digest)?;
                }
            }
        }
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        let refused: Vec<&Path> = files
            .iter()
            .filter(|file| file.is_refused())
            .map(|file| file.path.as_path())
            .collect();
        Ok(store.forget_refused(&refused)?)
    }
}

/// What a file that was received comes down to.
pub(super) struct Measured {
    /// To be compared with its anchor. Digest and root are salted, and are zero unless the options have the file's secret. `None`
    /// where it cannot be read so far.
    pub(super) reduced: Option<Reduced>,
    /// Why it can be no file that was anchored.
    pub(super) refusal: Option<String>,
    /// The totals of charge and tax that it states, in 10^-6, where its records add up to others.
    pub(super) stated: [Option<u128>; 2],
    /// Records with severe findings, which its recipient may return.
    pub(super) doubtful: u64,
    /// What its services charge, beside what the terms ask for them that the options expect.
    pub(super) prices: Vec<PricedService>,
}

/// What a file that was received comes down to, whatever is wrong with it.
///
/// # Errors
/// The file cannot be read.
pub(super) fn measure(path: &Path, options: Options) -> Result<Measured, FileError> {
    let options = Options {
        digest: true,
        ..options
    };
    let salted = options.secret.is_some();
    let outcome = validate_file_by_itself(path, &options).map_err(FileError::io(path))?;
    let reduced = match salted {
        true => anchor(&outcome),
        false => unsalted(&outcome),
    };
    Ok(Measured {
        refusal: refusal(&outcome).or_else(|| reduced.clone().err()),
        stated: stated_otherwise(&outcome),
        doubtful: outcome.returned.records(),
        prices: outcome.prices,
        reduced: reduced.ok(),
    })
}

fn stated_otherwise(outcome: &Outcome) -> [Option<u128>; 2] {
    let (Some(audit), Some(summary)) = (&outcome.audit, &outcome.summary) else {
        return [None; 2];
    };
    let scale = 10u128.pow(6 - u32::from(summary.decimals.min(6)));
    let totals = [
        (audit.charge, outcome.amounts.charge),
        (audit.tax, outcome.amounts.tax),
    ];
    totals.map(|(stated, sum)| {
        let stated = stated.map(u128::from).filter(|stated| *stated != sum)?;
        stated.checked_mul(scale)
    })
}

/// Why a file cannot be anchored, or not yet, in which nothing fatal was found; `None` where it can, and for files of kinds that are
/// not anchored.
pub fn not_anchorable(outcome: &Outcome) -> Option<String> {
    let usage = outcome.summary.is_some() || outcome.nrtrde.is_some();
    if !usage || refusal(outcome).is_some() {
        return None;
    }
    match unsalted(outcome) {
        Ok(anchor) => taken_from(&anchor, now()).map(too_early),
        Err(reason) => Some(reason),
    }
}

/// How many records of a file belong to no service: they keep the whole file from being anchored.
pub fn without_service(outcome: &Outcome) -> u64 {
    let summary = outcome.summary.as_ref();
    summary.map_or(0, |summary| {
        summary
            .unclassified
            .records
            .saturating_add(summary.aggregated.records)
    })
}

/// What would be anchored with a secret, with zeros for what it salts.
fn unsalted(outcome: &Outcome) -> Result<Reduced, String> {
    let mut outcome = outcome.clone();
    let unknown = Some(Digest::default());
    if let Some(summary) = &mut outcome.summary {
        (summary.root, summary.file_digest) = (unknown, unknown);
    }
    if let Some(nrtrde) = &mut outcome.nrtrde {
        (nrtrde.root, nrtrde.file_digest) = (unknown, unknown);
    }
    anchor(&outcome)
}

/// What is anchored, or why nothing is.
fn reduced(outcome: &Outcome) -> Result<Reduced, String> {
    match refusal(outcome) {
        Some(reason) => Err(reason),
        None => anchor(outcome),
    }
}

fn anchor(outcome: &Outcome) -> Result<Reduced, String> {
    let anchor = match (&outcome.summary, &outcome.nrtrde) {
        (Some(summary), _) => Some(summary.anchor().map(Reduced::Tap)),
        (None, Some(nrtrde)) => Some(nrtrde.anchor().map(Reduced::Nrtrde)),
        (None, None) => None,
    };
    match anchor {
        Some(anchor) => anchor.map_err(|reason| reason.to_string()),
        None if outcome.returns.is_some() => Err("returns are answered, not anchored".into()),
        None => Err("the file does not say who billed whom, and when".into()),
    }
}

/// The warnings about a file, each rule once.
fn warnings(findings: &[Finding]) -> Vec<String> {
    let mut rules: BTreeMap<Code, (&str, usize)> = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
    {
        rules
            .entry(finding.code)
            .or_insert((finding.message.as_str(), 0))
            .1 += 1;
    }
    let words = |(code, (message, count)): (Code, (&str, usize))| match count {
        1 => format!("{message} ({code})"),
        more => format!("{message}, and {} more ({code})", more - 1),
    };
    rules.into_iter().map(words).collect()
}

/// Whether nothing is wrong with a file but its name.
fn names_alone(outcome: &Outcome) -> bool {
    let about_name = |code| {
        matches!(
            code,
            Code::NameSequenceDiffers | Code::NamePartiesDiffer | Code::NameTestDiffers
        )
    };
    let findings = outcome.findings.kept().iter();
    let mut fatal = findings
        .filter(|finding| finding.severity == Severity::Fatal)
        .peekable();
    fatal.peek().is_some() && fatal.all(|finding| about_name(finding.code))
}

fn refusal(outcome: &Outcome) -> Option<String> {
    let fatal: Vec<String> = outcome
        .findings
        .kept()
        .iter()
        .filter(|finding| finding.severity == Severity::Fatal)
        .map(|finding| format!("{} ({})", finding.message, finding.code))
        .collect();
    (!fatal.is_empty()).then(|| fatal.join("; "))
}
