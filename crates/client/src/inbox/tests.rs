//! Crashes at every step.

use super::*;
use crate::{
    delivery::Answer,
    files::{key_named, open_store, KnownFiles, RecipientKeys, Reduced, SealingKeypair, Secrets},
};
use interclear_primitives::Moment;
use interclear_primitives::{
    channel::{KeyState, PublicKey, SealingKey, Suite},
    ids::OperatorId,
    series::BatchKey,
    tadig::Tadig,
    Digest,
};
use interclear_tap::{Known, Options};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::cell::{Cell, RefCell};

mod known;

/// A chain that ignores duplicates, and whose answers may get lost.
#[derive(Default)]
struct Fake {
    chain: RefCell<Vec<Reduced>>,
    calls: Cell<u64>,
    /// The call lands, and the process is killed before it hears of it.
    killed: Cell<bool>,
    /// The chain takes nothing.
    refuse: Cell<bool>,
    /// The chain refuses whole calls with files to this recipient.
    hates: Cell<Option<Tadig>>,
    /// What is known of every file before it is checked.
    known: RefCell<Option<Known>>,
    /// The keys that recipients have registered.
    sealing: RefCell<RecipientKeys>,
}

/// The chain.
const GENESIS: Digest = [0xc; 32];

impl Destination for Fake {
    async fn reconnect(&mut self) -> Result<(), ChainError> {
        Ok(())
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        Ok(self.calls.get())
    }

    async fn final_nonce(&self) -> Result<u64, ChainError> {
        Ok(self.calls.get())
    }

    async fn send(&self, anchors: &[Reduced], _: u64) -> Result<Answer, ChainError> {
        let hated = |anchor: &Reduced| Some(anchor.key().series.recipient) == self.hates.get();
        if anchors.iter().any(hated) {
            return Err(ChainError::Refused("the quota is used up".into()));
        }
        self.calls.set(self.calls.get() + 1);
        let mut answer = Answer::default();
        for (place, anchor) in (0..).zip(anchors) {
            if self.refuse.get() {
                answer.refused.push((place, "too old".into()));
                continue;
            }
            let mut chain = self.chain.borrow_mut();
            if chain.contains(anchor) {
                answer.duplicates.push(anchor.key());
            } else {
                chain.push(anchor.clone());
            }
        }
        match self.killed.get() {
            true => Err(ChainError::Unexpected("killed".into())),
            false => Ok(answer),
        }
    }

    async fn has(&self, anchor: &Reduced) -> Result<Option<Moment>, ChainError> {
        Ok(self.chain.borrow().contains(anchor).then_some(1))
    }

    async fn clock(&self) -> Result<Moment, ChainError> {
        Ok(0)
    }

    fn genesis(&self) -> Digest {
        GENESIS
    }

    async fn recipient_key(&self, recipient: Tadig) -> Result<Option<(OperatorId, SealingKey)>, ChainError> {
        Ok(self.sealing.borrow().get(&recipient).cloned())
    }

    async fn known_of(&self, paths: &[PathBuf]) -> Result<KnownFiles, ChainError> {
        let known = self.known.borrow();
        let each = paths.iter().filter_map(|path| {
            let head = interclear_tap::head(path).ok()??;
            Some((path.clone(), (head, known.clone()?)))
        });
        Ok(each.collect())
    }

    async fn pause(&self, _: Duration) {}
}

impl Fake {
    fn keys(&self) -> Vec<BatchKey> {
        self.chain.borrow().iter().map(Reduced::key).collect()
    }
}

fn arrive(folder: &Path, sequence: u32, variant: Variant) -> PathBuf {
    arrive_for(folder, "DEUD1", sequence, variant)
}

fn arrive_for(folder: &Path, recipient: &str, sequence: u32, variant: Variant) -> PathBuf {
    let parameters = Parameters {
        recipient: recipient.parse().unwrap(),
        events: 5,
        first_sequence: sequence,
        ..Parameters::sample()
    };
    let generator = Generator::new(parameters).unwrap();
    let path = folder.join(generator.name(0).to_string());
    let mut file = std::fs::File::create(&path).unwrap();
    generator.write(0, variant, &mut file).unwrap();
    path
}

fn open(folder: &Path) -> Inbox {
    open_with(folder, None)
}

fn open_with(folder: &Path, store: Option<&Path>) -> Inbox {
    let secrets = Secrets::new(Some(folder.join("secrets")));
    let mut checker = Checker::new(secrets, Options::default());
    if let Some(store) = store {
        checker = checker.with_store(open_store(store).unwrap(), true);
    }
    Inbox::open(folder, checker, Duration::ZERO).unwrap()
}

/// The lines of a cycle.
#[derive(Default)]
struct Heard(Vec<Line>, Vec<Tadig>);

impl Progress for Heard {}

impl Listener for Heard {
    fn put_away(&mut self, line: &Line) {
        self.0.push(line.clone());
    }

    fn has_no_key(&mut self, recipient: Tadig) {
        self.1.push(recipient);
    }
}

async fn cycle(inbox: &mut Inbox, chain: &mut Fake) -> Vec<(String, Verdict)> {
    let mut heard = Heard::default();
    let count = inbox.cycle(chain, &mut heard).await.unwrap();
    assert_eq!(count, heard.0.len());
    heard.0.into_iter().map(|line| (line.file, line.result)).collect()
}

fn names(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

fn told(name: &str, result: Verdict) -> (String, Verdict) {
    (name.into(), result)
}

const ONE: &str = "CDFRAF1DEUD100001";
const TWO: &str = "CDFRAF1DEUD100002";

#[tokio::test]
async fn files_should_be_anchored_and_moved_when_they_are_good_and_put_aside_when_not() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    assert_eq!(cycle(&mut inbox, &mut chain).await, []);
    arrive(folder.path(), 1, Variant::default());
    arrive(
        folder.path(),
        2,
        Variant {
            wrong_total: true,
            ..Variant::default()
        },
    );
    std::fs::write(folder.path().join("CDFRAF1DEUD100003.part"), "unfinished").unwrap();
    let mut heard = cycle(&mut inbox, &mut chain).await;
    heard.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(heard, [told(ONE, Verdict::Anchored), told(TWO, Verdict::Refused)]);
    assert_eq!(names(folder.path().join("done")), [ONE]);
    assert_eq!(names(folder.path().join("refused")), [TWO]);
    assert_eq!(names(folder.path().into()), ["CDFRAF1DEUD100003.part"]);
    assert_eq!(chain.keys().len(), 1);
    // The same file again is a duplicate, and is not put over the first.
    arrive(folder.path(), 1, Variant::default());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Duplicate)]
    );
    assert_eq!(names(folder.path().join("done")).len(), 2);
    assert_eq!(chain.keys().len(), 1);
}

#[tokio::test]
async fn a_file_should_be_anchored_once_when_killed_after_sending() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    arrive(folder.path(), 1, Variant::default());
    chain.killed.set(true);
    let mut inbox = open(folder.path());
    assert!(inbox.cycle(&mut chain, &mut Heard::default()).await.is_err());
    assert_eq!(
        (names(folder.path().into()), chain.keys().len()),
        (vec![ONE.to_owned()], 1)
    );
    chain.killed.set(false);
    drop(inbox);
    assert_eq!(
        cycle(&mut open(folder.path()), &mut chain).await,
        [told(ONE, Verdict::Duplicate)]
    );
    assert_eq!((names(folder.path().into()), chain.keys().len()), (vec![], 1));
}

#[tokio::test]
async fn a_file_should_only_be_moved_when_killed_before_moving() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let path = arrive(folder.path(), 1, Variant::default());
    let content = std::fs::read(&path).unwrap();
    cycle(&mut inbox, &mut chain).await;
    // As if the move had not happened, and the next line of the journal had been cut.
    std::fs::rename(folder.path().join("done").join(ONE), &path).unwrap();
    let journal = folder.path().join(JOURNAL);
    let mut text = std::fs::read_to_string(&journal).unwrap();
    text.push_str("{\"at\":17,\"fi");
    std::fs::write(&journal, text).unwrap();
    let calls = chain.calls.get();
    drop(inbox);
    let mut inbox = open(folder.path());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Anchored)]
    );
    assert_eq!(chain.calls.get(), calls, "nothing is sent");
    assert_eq!(
        std::fs::read(folder.path().join("done").join(ONE)).unwrap(),
        content
    );
    // Other content under the same name is another file, and the journal goes on behind the line that was cut.
    arrive(folder.path(), 2, Variant::default());
    cycle(&mut inbox, &mut chain).await;
    let text = std::fs::read_to_string(&journal).unwrap();
    let read: Vec<Line> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    assert_eq!(
        read.iter().map(|line| line.file.as_str()).collect::<Vec<_>>(),
        [ONE, TWO]
    );
    let cut: Vec<&str> = text
        .lines()
        .filter(|line| serde_json::from_str::<Line>(line).is_err())
        .collect();
    assert_eq!(cut, ["{\"at\":17,\"fi"], "what was cut stands by itself");
    assert!(text.ends_with('\n'));
}

/// Lines of a cycle: file, result and records that are to be returned.
async fn doubts(inbox: &mut Inbox, chain: &mut Fake) -> Vec<(String, Verdict, u64)> {
    let mut heard = Heard::default();
    inbox.cycle(chain, &mut heard).await.unwrap();
    let lines = heard.0.into_iter();
    lines
        .map(|line| (line.file, line.result, line.doubtful))
        .collect()
}

#[tokio::test]
async fn a_file_should_not_be_a_duplicate_of_itself_when_killed_between_store_and_chain() {
    let (folder, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut chain = Fake::default();
    let one = arrive(folder.path(), 1, Variant::default());
    {
        // The store is committed, and the process gone before anything is sent.
        let mut inbox = open_with(folder.path(), Some(store.path()));
        assert_eq!(inbox.checker.check(&one).unwrap().doubtful, 0);
    }
    assert_eq!(chain.keys().len(), 0);
    chain.killed.set(true);
    {
        // The next one is killed when the chain has the file.
        let mut inbox = open_with(folder.path(), Some(store.path()));
        assert!(inbox.cycle(&mut chain, &mut Heard::default()).await.is_err());
    }
    chain.killed.set(false);
    let mut inbox = open_with(folder.path(), Some(store.path()));
    let duplicate = (ONE.to_owned(), Verdict::Duplicate, 0);
    assert_eq!(doubts(&mut inbox, &mut chain).await, [duplicate]);
    // The same records under another number.
    arrive(folder.path(), 2, Variant::default());
    let repeated = (TWO.to_owned(), Verdict::Anchored, 5);
    assert_eq!(doubts(&mut inbox, &mut chain).await, [repeated]);
}

#[tokio::test]
async fn records_should_be_accepted_in_another_file_when_the_chain_refuses_theirs() {
    let (folder, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut chain = Fake::default();
    chain.refuse.set(true);
    let mut inbox = open_with(folder.path(), Some(store.path()));
    arrive(folder.path(), 1, Variant::default());
    let refused = (ONE.to_owned(), Verdict::Refused, 0);
    assert_eq!(doubts(&mut inbox, &mut chain).await, [refused]);
    chain.refuse.set(false);
    arrive(folder.path(), 2, Variant::default());
    let anchored = (TWO.to_owned(), Verdict::Anchored, 0);
    assert_eq!(doubts(&mut inbox, &mut chain).await, [anchored]);
}

#[tokio::test]
async fn other_partners_files_should_be_anchored_when_one_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    chain.hates.set(Some("GBRD1".parse().unwrap()));
    let other = "CDFRAF1GBRD100001";
    arrive_for(folder.path(), "GBRD1", 1, Variant::default());
    arrive(folder.path(), 1, Variant::default());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Anchored)]
    );
    assert_eq!(names(folder.path().into()), [other]);
    assert_eq!(inbox.counts().waiting, 1);
    assert_eq!(cycle(&mut inbox, &mut chain).await, [], "it is not tried at once");
    chain.hates.set(None);
    inbox.patience.over();
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(other, Verdict::Anchored)]
    );
    let text = std::fs::read_to_string(folder.path().join(JOURNAL)).unwrap();
    let read: Vec<(String, Verdict)> = text
        .lines()
        .map(|line| serde_json::from_str::<Line>(line).unwrap())
        .map(|line| (line.file, line.result))
        .collect();
    assert!(read.contains(&told(other, Verdict::Waiting)), "{read:?}");
    assert_eq!((inbox.counts().anchored, inbox.counts().waiting), (2, 0));
}

#[tokio::test]
async fn a_file_should_be_quarantined_when_it_fails_again_and_again_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    // Its secret is damaged, so that nothing can be anchored of it that could be proven.
    let one = arrive(folder.path(), 1, Variant::default());
    inbox.checker.check(&one).unwrap();
    for secret in std::fs::read_dir(folder.path().join("secrets")).unwrap() {
        std::fs::write(secret.unwrap().path(), "damaged").unwrap();
    }
    arrive(folder.path(), 2, Variant::default());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(TWO, Verdict::Anchored)]
    );
    for _ in 2..ATTEMPTS {
        inbox.patience.over();
        assert_eq!(cycle(&mut inbox, &mut chain).await, []);
    }
    inbox.patience.over();
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Quarantined)]
    );
    assert_eq!(names(folder.path().join("quarantined")), [ONE]);
    assert_eq!(inbox.counts().quarantined, 1);
}

#[tokio::test]
async fn a_folder_should_be_refused_when_it_is_watched_or_does_not_exist() {
    let folder = tempfile::tempdir().unwrap();
    let checker = || Checker::new(Secrets::new(None), Options::default());
    let again = || Inbox::open(folder.path(), checker(), Duration::ZERO);
    let inbox = again().unwrap();
    assert!(matches!(again(), Err(InboxError::Locked(_))));
    drop(inbox);
    assert!(again().is_ok());
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(
        Inbox::open(&nowhere, checker(), Duration::ZERO),
        Err(InboxError::NoFolder(_))
    ));
    assert!(!nowhere.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn names_should_be_moved_octet_for_octet_and_printed_escaped_when_they_are_no_text() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let name = OsString::from_vec(b"bad\xff\n2026 UTC  anchored".to_vec());
    let long = "x".repeat(255);
    std::fs::write(folder.path().join(&name), "nothing").unwrap();
    std::fs::write(folder.path().join(&long), "nothing").unwrap();
    // A link is not followed.
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
    let heard = cycle(&mut inbox, &mut chain).await;
    let shown = "bad\\xff\\n2026 UTC  anchored";
    assert_eq!(
        heard,
        [told(shown, Verdict::Refused), told(&long, Verdict::Refused)]
    );
    assert!(folder.path().join("refused").join(&name).exists());
    // Once more under the same names: nothing is written over.
    std::fs::write(folder.path().join(&name), "nothing").unwrap();
    std::fs::write(folder.path().join(&long), "nothing else").unwrap();
    assert_eq!(cycle(&mut inbox, &mut chain).await.len(), 2);
    let refused: Vec<OsString> = std::fs::read_dir(folder.path().join("refused"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(refused.len(), 4);
    assert!(refused.iter().all(|name| name.as_bytes().len() <= 255));
}

#[test]
fn a_file_should_be_passed_over_when_it_has_vanished_since_it_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut inbox = open(folder.path());
    let path = arrive(folder.path(), 1, Variant::default());
    let seen = Arrived {
        name: ONE.into(),
        path: path.clone(),
    };
    assert!(matches!(inbox.look(&seen), Ok(Looked::Checked(_))));
    std::fs::remove_file(path).unwrap();
    assert!(matches!(inbox.look(&seen), Ok(Looked::Gone)));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_should_only_be_moved_when_moving_failed_before() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    arrive(folder.path(), 1, Variant::default());
    // As on a full disk: the folder that it goes to takes nothing.
    let done = folder.path().join("done");
    std::fs::remove_dir(&done).unwrap();
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &done).unwrap();
    assert!(inbox.cycle(&mut chain, &mut Heard::default()).await.is_err());
    let calls = chain.calls.get();
    std::fs::remove_file(&done).unwrap();
    std::fs::create_dir(&done).unwrap();
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Anchored)]
    );
    assert_eq!((chain.calls.get(), names(done)), (calls, vec![ONE.to_owned()]));
}

/// Has the recipient of the files register a key.
fn register(chain: &Fake) -> SealingKeypair {
    let pair = SealingKeypair::generate(Suite::X25519);
    let key = SealingKey {
        state: KeyState {
            version: 1,
            suite: Suite::X25519,
            set_at: 0,
            usable_from: 0,
            revoked_at: None,
        },
        key: PublicKey::truncate_from(pair.public()),
    };
    let network = "DEUD1".parse().unwrap();
    chain.sealing.borrow_mut().insert(network, (OperatorId(1), key));
    pair
}

fn opens(file: &Path, with: &SealingKeypair) -> bool {
    let sealed = SealedSecret::beside(file).unwrap().unwrap();
    sealed
        .open_for(Some(&GENESIS), file, &key_named(ONE).unwrap(), with)
        .is_ok()
}

#[tokio::test]
async fn the_secret_should_go_with_its_file_and_never_be_sent_when_the_recipient_has_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let pair = register(&chain);
    let secret = format!("{ONE}.secret");
    arrive(folder.path(), 1, Variant::default());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Anchored)]
    );
    let done = folder.path().join("done");
    assert_eq!(names(done.clone()), [ONE, &secret]);
    assert!(opens(&done.join(ONE), &pair));
    assert!(!opens(&done.join(ONE), &SealingKeypair::generate(Suite::X25519)));
    // One that lies in the folder is not usage.
    std::fs::write(folder.path().join(&secret), "left from elsewhere").unwrap();
    assert_eq!(cycle(&mut inbox, &mut chain).await, []);
    assert_eq!(names(folder.path().into()), [secret]);
}

#[tokio::test]
async fn the_secret_should_be_sealed_again_when_killed_after_sending() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    let pair = register(&chain);
    arrive(folder.path(), 1, Variant::default());
    chain.killed.set(true);
    let mut inbox = open(folder.path());
    assert!(inbox.cycle(&mut chain, &mut Heard::default()).await.is_err());
    drop(inbox);
    chain.killed.set(false);
    let mut inbox = open(folder.path());
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Duplicate)]
    );
    assert!(opens(&folder.path().join("done").join(ONE), &pair));
}

#[tokio::test]
async fn files_should_be_anchored_and_that_be_told_once_when_their_recipient_has_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let mut heard = Heard::default();
    for sequence in [1, 2] {
        arrive(folder.path(), sequence, Variant::default());
        inbox.cycle(&mut chain, &mut heard).await.unwrap();
    }
    assert_eq!(names(folder.path().join("done")), [ONE, TWO]);
    assert_eq!(heard.1, ["DEUD1".parse::<Tadig>().unwrap()]);
}

/// What is in a folder of secrets, by the ending of its name.
fn endings(folder: &Path) -> Vec<String> {
    let ending = |name: String| name.rsplit('.').next().unwrap_or_default().to_owned();
    names(folder.join("secrets")).into_iter().map(ending).collect()
}

#[tokio::test]
async fn a_file_should_be_set_aside_and_leave_nothing_when_it_has_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let path = arrive(folder.path(), 1, Variant::default());
    let copy = "CD\n\u{1b}[31mX";
    std::fs::rename(&path, folder.path().join(copy)).unwrap();
    let mut heard = Heard::default();
    inbox.cycle(&mut chain, &mut heard).await.unwrap();
    let line = &heard.0[0];
    assert_eq!(line.result, Verdict::Quarantined);
    assert!(line.reason.as_ref().unwrap().contains(ONE), "{line:?}");
    assert!(folder.path().join("quarantined").join(copy).exists());
    assert_eq!((chain.keys().len(), chain.calls.get()), (0, 0));
    assert!(!folder.path().join("secrets").exists(), "no secret is left");
    // The file itself is anchored when it comes, also together with such a copy.
    let path = arrive(folder.path(), 1, Variant::default());
    std::fs::copy(&path, folder.path().join("CDFRAF1DEUD100001.bak")).unwrap();
    let mut told = cycle(&mut inbox, &mut chain).await;
    told.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        told,
        [
            self::told(ONE, Verdict::Anchored),
            self::told("CDFRAF1DEUD100001.bak", Verdict::Quarantined),
        ]
    );
    assert_eq!(endings(folder.path()), ["secret"]);
    // A name of another file of the series says something false of it.
    let path = arrive(folder.path(), 2, Variant::default());
    std::fs::rename(path, folder.path().join("CDFRAF1DEUD100003")).unwrap();
    let three = "CDFRAF1DEUD100003";
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [self::told(three, Verdict::Quarantined)]
    );
}

#[tokio::test]
async fn no_secret_should_be_left_when_the_chain_refuses_or_the_number_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    chain.refuse.set(true);
    arrive(folder.path(), 1, Variant::default());
    let mut inbox = open(folder.path());
    assert_eq!(cycle(&mut inbox, &mut chain).await, [told(ONE, Verdict::Refused)]);
    assert_eq!(endings(folder.path()), Vec::<String>::new());
    drop(inbox);
    let other = tempfile::tempdir().unwrap();
    arrive(other.path(), 1, Variant::default());
    let known = Known {
        known_digest: Some([7; 32]),
        ..Known::default()
    };
    let told = lines(other.path(), &mut chain, known).await;
    assert_eq!(told[0].result, Verdict::Refused);
    assert!(
        !other.path().join("secrets").exists(),
        "somebody else has anchored it"
    );
}

#[tokio::test]
async fn a_file_should_wait_when_it_is_dated_ahead_and_be_anchored_when_its_time_has_come() {
    let folder = tempfile::tempdir().unwrap();
    let (mut inbox, mut chain) = (open(folder.path()), Fake::default());
    let ahead = Parameters {
        recipient: "DEUD1".parse().unwrap(),
        events: 5,
        first_sequence: 1,
        period: "2096-01".parse().unwrap(),
        ..Parameters::sample()
    };
    let generator = Generator::new(ahead).unwrap();
    let mut file = std::fs::File::create(folder.path().join(ONE)).unwrap();
    generator.write(0, Variant::default(), &mut file).unwrap();
    assert_eq!(cycle(&mut inbox, &mut chain).await, []);
    assert_eq!(names(folder.path().into()), [ONE], "it stays");
    let waiting: Vec<_> = inbox.waiting().map(|file| file.reason.clone()).collect();
    assert!(waiting[0].contains("it can be anchored from 20"), "{waiting:?}");
    assert!(!folder.path().join("secrets").exists());
    // A chain whose clock is behind says so itself.
    let mut file = CheckedFile {
        path: folder.path().join(ONE),
        anchor: None,
        digest: None,
        doubtful: 0,
        late: 0,
        warnings: Vec::new(),
        prices: Vec::new(),
        fate: Some(Fate::Refused(
            "it is dated ahead (Anchoring.AvailableInFuture)".into(),
        )),
        obstacle: None,
    };
    assert!(dated_ahead(&mut file).is_some());
    assert_eq!(file.fate, None);
    file.fate = Some(Fate::Refused("too old (Anchoring.TooLongAgo)".into()));
    assert_eq!(dated_ahead(&mut file), None);
    // Its time comes.
    arrive(folder.path(), 1, Variant::default());
    inbox.patience.over();
    assert_eq!(
        cycle(&mut inbox, &mut chain).await,
        [told(ONE, Verdict::Anchored)]
    );
}

#[tokio::test]
async fn a_file_should_be_refused_with_the_next_step_when_it_was_returned() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    let path = arrive(folder.path(), 1, Variant::default());
    lines(folder.path(), &mut chain, Known::default()).await;
    let anchored = *chain.chain.borrow()[0].digests().0;
    let done = folder.path().join("done").join(ONE);
    std::fs::copy(&done, &path).unwrap();
    std::fs::remove_file(folder.path().join(JOURNAL)).unwrap();
    let known = || Known {
        returned_digest: Some(anchored),
        ..Known::default()
    };
    let calls = chain.calls.get();
    let again = lines(folder.path(), &mut chain, known()).await;
    assert_eq!(again[0].result, Verdict::Refused);
    let reason = again[0].reason.as_ref().unwrap();
    assert!(
        reason.contains("was returned") && reason.contains("--resent-for"),
        "{reason}"
    );
    assert_eq!(chain.calls.get(), calls, "nothing was sent");
    // Sent again for the return it is another file.
    arrive(
        folder.path(),
        1,
        Variant {
            rap_sequence: Some(9),
            ..Variant::default()
        },
    );
    let resent = lines(folder.path(), &mut chain, known()).await;
    assert_eq!(resent[0].result, Verdict::Anchored);
}

/// The lines of a cycle with what the chain knows of every file.
async fn lines(folder: &Path, chain: &mut Fake, known: Known) -> Vec<Line> {
    chain.known.replace(Some(known));
    let mut heard = Heard::default();
    open(folder).cycle(chain, &mut heard).await.unwrap();
    heard.0
}
