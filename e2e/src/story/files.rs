//! A month of TAP files, both ways: sent, decoded, validated, compared, anchored and answered.

use super::{expect, Actors, Deal, Party, Size, StoryError, Teller};
use interclear_client::{calls, chain::Receipt, events::FileCounts};
use interclear_merkle::FileSecret;
use interclear_primitives::{
    batch::{Anchor, BatchStatus, FatalReason},
    period::Period,
    series::{BatchKey, SequenceState, SeriesKey, Stream},
};
use interclear_tap::{validate_file, Context, Options, Outcome, Severity};
use interclear_tap_samples::{Generator, Parameters, Variant};
use std::path::{Path, PathBuf};

/// What a file was sent as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// After the number before it.
    InTurn,
    /// Like that, and then once more.
    Twice,
    /// After its successors.
    Late,
    /// With a wrong total, returned, and sent again.
    Returned,
}

/// A file that bills.
pub struct SentFile {
    /// Which it is.
    pub key: BatchKey,
    /// By which TAP knows it, such as `CDDEU7AFRA7B00003`.
    pub name: String,
    /// How it came.
    pub delivery: Delivery,
    /// What was anchored of it.
    pub anchor: Anchor,
}

/// What became of the files.
pub struct Anchoring {
    /// The files that bill, by direction and sequence.
    pub files: Vec<SentFile>,
    /// Files that came again, and that the chain ignored.
    pub duplicates: u32,
    /// Gaps that were opened and closed.
    pub gaps: u32,
    /// Files that were returned and sent again.
    pub returned: u32,
}

/// One sender's files to one recipient.
struct Lane<'a> {
    sender: &'a Party,
    recipient: &'a Party,
    series: SeriesKey,
    generator: Generator,
    folder: PathBuf,
    seed: u64,
}

/// What the recipient of a file finds.
struct Received {
    name: String,
    path: PathBuf,
    anchor: Anchor,
    fatal: bool,
}

/// Places in the month of the files that do not come as they should.
const TWICE: u32 = 1;
const TROUBLED: u32 = 2;

impl<'a> Lane<'a> {
    fn new(
        sender: &'a Party,
        recipient: &'a Party,
        plmn: &str,
        period: Period,
        size: Size,
        folder: &Path,
    ) -> Result<Self, StoryError> {
        let mut parameters = Parameters::new(sender.tadig, recipient.tadig, period);
        parameters.files = size.files;
        parameters.events = size.events;
        parameters.seed = size.seed;
        parameters.home_plmn = plmn.into();
        parameters.lifelike = true;
        let folder = folder.join(format!("{}-{}", sender.tadig, recipient.tadig));
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            sender,
            recipient,
            series: SeriesKey {
                sender: sender.tadig,
                recipient: recipient.tadig,
                stream: Stream::Tap,
                test: false,
            },
            generator: Generator::new(parameters).map_err(StoryError::unexpected)?,
            folder,
            seed: size.seed,
        })
    }

    /// The secret that the sender draws for a file and sends along with it; here it follows from the seed.
    fn secret(&self, file: u32) -> FileSecret {
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&self.seed.to_le_bytes());
        secret[8..12].copy_from_slice(&file.to_le_bytes());
        secret[12..17].copy_from_slice(&self.series.sender.0);
        FileSecret::from(secret)
    }

    /// The sender writes a file.
    fn write(&self, file: u32, variant: Variant) -> Result<PathBuf, StoryError> {
        let name = self.generator.name(file).to_string();
        let path = match variant.rap_sequence {
            // A file sent again has the same name, so it lies in a folder of its own.
            Some(rap) => self.folder.join(format!("again-{rap:05}")).join(&name),
            None => self.folder.join(&name),
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut out = std::io::BufWriter::new(std::fs::File::create(&path)?);
        self.generator.write(file, variant, &mut out)?;
        std::io::Write::flush(&mut out)?;
        Ok(path)
    }

    /// The recipient (and before it the sender) decodes, validates and reduces a file.
    fn read(&self, file: u32, path: &Path) -> Result<Received, StoryError> {
        let options = Options {
            digest: true,
            secret: Some(self.secret(file)),
            context: Context::default(),
            ..Options::default()
        };
        let outcome: Outcome = validate_file(path, &options)?;
        if let Some(error) = outcome.error {
            return Err(StoryError::unexpected(error));
        }
        let summary = outcome
            .summary
            .ok_or_else(|| StoryError::Unexpected("a file without a summary".into()))?;
        Ok(Received {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: path.into(),
            anchor: summary.anchor().map_err(StoryError::unexpected)?,
            fatal: outcome.findings.worst() == Some(Severity::Fatal),
        })
    }

    async fn anchor(&self, anchors: &[Anchor]) -> Result<Receipt, StoryError> {
        Ok(self
            .sender
            .chain
            .execute(&self.sender.clearing, &calls::anchor_many(anchors))
            .await?)
    }

    async fn sequence(&self) -> Result<SequenceState, StoryError> {
        Ok(self.recipient.chain.sequence(self.series).await?)
    }
}

pub(super) async fn exchange(
    actors: &Actors,
    deal: &Deal,
    period: Period,
    size: Size,
    folder: &Path,
    teller: &mut dyn Teller,
) -> Result<Anchoring, StoryError> {
    expect(size.files > TROUBLED + 1, "a direction has at least 4 files")?;
    let [first, second] = actors.mobile();
    let lanes = [
        Lane::new(first, second, "208970", period, size, folder)?,
        Lane::new(second, first, "262970", period, size, folder)?,
    ];
    let mut anchoring = Anchoring {
        files: Vec::new(),
        duplicates: 0,
        gaps: 0,
        returned: 0,
    };
    teller.step(&format!(
        "{} TAP files of {} events each, per direction",
        size.files, size.events
    ));
    for (lane, troubled) in lanes.iter().zip([Delivery::Returned, Delivery::Late]) {
        run_lane(lane, troubled, &mut anchoring, teller).await?;
        let usage = lane.recipient.chain.period_usage(deal.agreement, period).await?;
        expect(
            usage.gaps == 0 && usage.unanswered() == 0 && usage.returned == 0,
            "the month is complete",
        )?;
    }
    Ok(anchoring)
}

async fn run_lane(
    lane: &Lane<'_>,
    troubled: Delivery,
    anchoring: &mut Anchoring,
    teller: &mut dyn Teller,
) -> Result<(), StoryError> {
    let files = lane.generator.parameters().files;
    let (sender, recipient) = (lane.series.sender, lane.series.recipient);
    teller.note(&format!(
        "{sender} to {recipient}: generating, decoding, validating"
    ));
    let wrong = |file| troubled == Delivery::Returned && file == TROUBLED;
    let mut received = Vec::new();
    for file in 0..files {
        let variant = Variant {
            wrong_total: wrong(file),
            ..Variant::default()
        };
        received.push(lane.read(file, &lane.write(file, variant)?)?);
    }

    // The lost file stays behind; everything else is anchored in one call, one file of it twice.
    let lost = |file: u32| troubled == Delivery::Late && file == TROUBLED;
    let on_time: Vec<Anchor> = (0..files)
        .zip(&received)
        .filter(|(file, _)| !lost(*file))
        .map(|(_, r)| r.anchor.clone())
        .collect();
    let mut sent = on_time.clone();
    sent.push(received[TWICE as usize].anchor.clone());
    let receipt = lane.anchor(&sent).await?;
    let FileCounts {
        anchored,
        duplicates,
        refused,
    } = receipt.file_counts()?;
    expect(refused == 0, "no anchor is refused")?;
    expect(
        anchored as usize == on_time.len() && duplicates == 1,
        "every file counts once, and the duplicate is recognised",
    )?;
    anchoring.duplicates += duplicates;
    teller.note(&format!(
        "{sender} to {recipient}: {anchored} files anchored, 1 duplicate recognised and ignored"
    ));

    if troubled == Delivery::Late {
        let gaps = lane.sequence().await?.gaps;
        let missing = received[TROUBLED as usize].anchor.key.sequence;
        expect(
            gaps.len() == 1 && gaps[0].first == missing && gaps[0].last == missing,
            "one gap is open",
        )?;
        teller.note(&format!(
            "{sender} to {recipient}: file {missing:05} is missing, a gap is open"
        ));
        lane.anchor(std::slice::from_ref(&received[TROUBLED as usize].anchor))
            .await?;
        expect(
            lane.sequence().await?.gaps.is_empty(),
            "the late file closes the gap",
        )?;
        anchoring.gaps += 1;
        teller.note(&format!(
            "{sender} to {recipient}: file {missing:05} came late, the gap is closed"
        ));
    }

    compare(lane, &received).await?;
    let fatal: Vec<usize> = (0..received.len())
        .filter(|place| received[*place].fatal)
        .collect();
    expect(
        fatal.len() == usize::from(troubled == Delivery::Returned),
        "exactly the file with the wrong total is fatal",
    )?;
    for place in fatal {
        let again = return_and_resend(lane, place, &received[place]).await?;
        teller.note(&format!(
            "{sender} to {recipient}: {} has a wrong total; returned, and sent again",
            again.name
        ));
        received[place] = again;
        anchoring.returned += 1;
    }

    acknowledge(lane, &received).await?;
    teller.note(&format!(
        "{recipient} acknowledges {} files of {sender}",
        received.len()
    ));
    for (file, received) in (0..).zip(received) {
        let delivery = match file {
            TWICE => Delivery::Twice,
            TROUBLED => troubled,
            _ => Delivery::InTurn,
        };
        anchoring.files.push(SentFile {
            key: received.anchor.key,
            name: received.name,
            delivery,
            anchor: received.anchor,
        });
    }
    Ok(())
}

/// The recipient compares what it has decoded itself with what the sender has anchored, item by item.
async fn compare(lane: &Lane<'_>, received: &[Received]) -> Result<(), StoryError> {
    for file in received {
        let batch = lane.recipient.chain.batch(file.anchor.key).await?;
        let batch =
            batch.ok_or_else(|| StoryError::Unexpected(format!("{} is not on the chain", file.name)))?;
        expect(
            batch.anchor == file.anchor,
            "the chain has of a file what its recipient has decoded",
        )?;
    }
    Ok(())
}

/// The recipient returns a file as fatal, the sender sends it again with the right total.
async fn return_and_resend(lane: &Lane<'_>, place: usize, bad: &Received) -> Result<Received, StoryError> {
    const RAP_SEQUENCE: u32 = 1;
    let key = bad.anchor.key;
    // The digest of the file that is returned stands for that of the RAP file.
    let call = calls::return_file(key, FatalReason::Totals, RAP_SEQUENCE, bad.anchor.file_digest);
    lane.recipient
        .chain
        .execute(&lane.recipient.clearing, &call)
        .await?;
    let file = u32::try_from(place).map_err(StoryError::unexpected)?;
    let path = lane.write(
        file,
        Variant {
            rap_sequence: Some(RAP_SEQUENCE),
            ..Variant::default()
        },
    )?;
    expect(path != bad.path, "the file that was returned is kept as evidence")?;
    let again = lane.read(file, &path)?;
    expect(
        !again.fatal && again.anchor.resent_for == Some(RAP_SEQUENCE),
        "the file sent again is right",
    )?;
    let receipt = lane.anchor(std::slice::from_ref(&again.anchor)).await?;
    let FileCounts {
        anchored, refused, ..
    } = receipt.file_counts()?;
    expect(
        (anchored, refused) == (1, 0),
        "the file sent again takes the place of the returned one",
    )?;
    Ok(again)
}

async fn acknowledge(lane: &Lane<'_>, received: &[Received]) -> Result<(), StoryError> {
    let keys: Vec<BatchKey> = received.iter().map(|file| file.anchor.key).collect();
    let receipt = lane
        .recipient
        .chain
        .execute(&lane.recipient.clearing, &calls::acknowledge_many(&keys))
        .await?;
    let (accepted, refused) = receipt.acknowledged()?;
    expect(
        accepted as usize == keys.len() && refused == 0,
        "every file is acknowledged",
    )?;
    let last = lane.sender.chain.batch(keys[keys.len() - 1]).await?;
    expect(
        last.is_some_and(|batch| batch.status == BatchStatus::Acknowledged),
        "the sender sees it",
    )
}
