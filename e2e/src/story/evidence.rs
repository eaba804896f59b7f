//! What else than TAP files the operators exchange: usage reports of IoT data (BCE), NRTRDE (fraud) files, and the
//! proof of a single record.

use super::{expect, negotiation::REPORTED, Actors, Deal, Party, StoryError, Teller};
use interclear_client::{
    calls::{self, errors},
    chain::{ChainError, Receipt},
    time::now,
};
use interclear_merkle::{leaf_hash, FileSecret};
use interclear_primitives::{
    agreement::Direction,
    money::Value,
    nrtrde::NrtrdeAnchor,
    period::Period,
    report::{PairMonth, ReportLines, ReportOutcome, ReportedLine},
    series::BatchKey,
    service::Service,
};
use interclear_tap::{
    ber::LengthForm,
    model::DateTime,
    nrtrde::{CallKind, NrtrdeCall, NrtrdeControl},
    prove_record, validate,
    writer::Digits,
    Options,
};

/// What bills of a usage report.
pub struct Reported {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// As it bills, after the comparison of both reports.
    pub line: ReportedLine,
}

/// A line of so many megabytes at 0.0005 EUR.
fn megabytes(count: u32) -> Result<ReportLines, StoryError> {
    let line = ReportedLine {
        service: REPORTED,
        quantity: u128::from(count) * 1_000_000,
        charge: Value::Clear(i128::from(count) * 500),
        tax: Value::ZERO,
    };
    vec![line]
        .try_into()
        .map_err(|_| StoryError::Unexpected("a report has no room".into()))
}

/// Both sides report the IoT data of the first operator's devices; one corrects itself, and they agree.
pub(super) async fn report(
    actors: &Actors,
    deal: &Deal,
    period: Period,
    teller: &mut dyn Teller,
) -> Result<Reported, StoryError> {
    let [home, visited] = actors.mobile();
    teller.step("IoT data is reported by both sides, without files");
    let pair = PairMonth {
        visited: visited.tadig,
        home: home.tadig,
        period,
    };
    send(visited, pair, [1; 32], megabytes(12_000)?).await?;
    let found = compared(&send(home, pair, [2; 32], megabytes(9_000)?).await?)?;
    expect(found == [0, 1], "12,000 MB and 9,000 MB differ")?;
    teller.note(&format!(
        "{} says 12,000 MB, {} says 9,000 MB: the line differs",
        visited.name, home.name
    ));
    let early = home
        .chain
        .execute(&home.clearing, &calls::conclude_usage(pair))
        .await;
    expect_refusal(early, errors::STILL_EXPECTED)?;

    let corrected = megabytes(9_050)?;
    let line = corrected.first().copied();
    let found = compared(&send(visited, pair, [3; 32], corrected).await?)?;
    expect(found == [1, 0], "9,050 MB and 9,000 MB agree within 1 %")?;
    home.chain
        .execute(&home.clearing, &calls::conclude_usage(pair))
        .await?;
    let (reports, _) = home
        .chain
        .usage_reports(pair)
        .await?
        .ok_or_else(|| StoryError::Unexpected("the reports are not kept".into()))?;
    expect(
        reports.outcome == Some(ReportOutcome::Concluded { disputed: 0 })
            && reports.route.agreement == deal.agreement,
        "the reports are concluded without a dispute",
    )?;
    teller.note(&format!(
        "{} corrects itself to 9,050 MB, within the agreed 1 %: that is what bills",
        visited.name
    ));

    // What came by TAP cannot come once more by report.
    let by_tap = ReportedLine {
        service: Service::SmsMo,
        quantity: 1_000_000,
        charge: Value::Clear(20_000),
        tax: Value::ZERO,
    };
    let other = PairMonth {
        visited: home.tadig,
        home: visited.tadig,
        period,
    };
    let lines = vec![by_tap]
        .try_into()
        .map_err(|_| StoryError::Unexpected("a report has no room".into()))?;
    let twice = home
        .chain
        .execute(&home.clearing, &calls::report_usage(other, [4; 32], &lines))
        .await;
    expect_refusal(twice, "SettledByTap")?;
    teller.note("messages came by TAP: the chain refuses to take them by report, too");
    Ok(Reported {
        direction: Direction::FirstHome,
        line: line.ok_or_else(|| StoryError::Unexpected("a report has no line".into()))?,
    })
}

async fn send(
    party: &Party,
    pair: PairMonth,
    document: [u8; 32],
    lines: ReportLines,
) -> Result<Receipt, StoryError> {
    let call = calls::report_usage(pair, document, &lines);
    Ok(party.chain.execute(&party.clearing, &call).await?)
}

/// Lines that agree and that differ, as the chain compared the two reports.
fn compared(receipt: &Receipt) -> Result<[u32; 2], StoryError> {
    let compared = receipt.usage_compared()?;
    let [(_, [agree, differ, ..])] = compared[..] else {
        return Err(StoryError::Unexpected("the chain compared no reports".into()));
    };
    Ok([agree, differ])
}

fn expect_refusal<T>(result: Result<T, ChainError>, name: &str) -> Result<(), StoryError> {
    match result {
        Err(error) if error.failure() == Some(name) => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => Err(StoryError::Unexpected(format!("{name} was expected"))),
    }
}

/// A file with one call that ended so many seconds ago.
fn nrtrde(sender: &Party, recipient: &Party, sequence: u32, ago: u64) -> Vec<u8> {
    let available = i64::try_from(now()).unwrap_or(i64::MAX);
    let duration = 90;
    let end = available.saturating_sub(i64::try_from(ago).unwrap_or(i64::MAX));
    let call = NrtrdeCall {
        kind: CallKind::Moc,
        imsi: Digits::new("26201", 4_711, 15),
        other: Digits::new("49", 151_555, 12),
        start_local: end.saturating_sub(90),
        utc_offset: 0,
        duration,
        tele_service: "11",
        volume: (0, 0),
        reference: 1,
    };
    let control = NrtrdeControl {
        sender: Some(sender.tadig.to_string()),
        recipient: Some(recipient.tadig.to_string()),
        sequence: Some(format!("{sequence:07}")),
        version: Some(2),
        release: Some(1),
        available: Some(DateTime::from_utc(available, 0)),
        events: Some(1),
    };
    control.to_octets(LengthForm::Definite, [call])
}

/// NRTRDE (fraud) files come in time and late, are acknowledged, and a record of the late one is proven to the chain.
pub(super) async fn fraud(actors: &Actors, teller: &mut dyn Teller) -> Result<(), StoryError> {
    let [home, visited] = actors.mobile();
    teller.step("NRTRDE (fraud) files are delivered, one of them too late");
    let secret = FileSecret::from([9; 32]);
    let options = Options {
        digest: true,
        secret: Some(secret.clone()),
        ..Options::default()
    };
    let files = [(1, 600), (2, 5 * 3_600)].map(|(sequence, ago)| nrtrde(visited, home, sequence, ago));
    let mut anchors: Vec<NrtrdeAnchor> = Vec::new();
    for file in &files {
        let outcome = validate(file.as_slice(), &options)?;
        let summary = outcome
            .nrtrde
            .ok_or_else(|| StoryError::Unexpected("an NRTRDE file is not read".into()))?;
        anchors.push(summary.anchor().map_err(StoryError::unexpected)?);
    }
    let receipt = visited
        .chain
        .execute(&visited.clearing, &calls::anchor_nrtrde(&anchors))
        .await?;
    let delivered = receipt.nrtrde_deliveries()?;
    let late: Vec<bool> = delivered.iter().map(|file| file.late).collect();
    expect(
        late == [false, true],
        "the first file is in time and the second late",
    )?;
    let keys: Vec<BatchKey> = anchors.iter().map(|anchor| anchor.key).collect();
    home.chain
        .execute(&home.clearing, &calls::acknowledge_many(&keys))
        .await?;
    let key = keys
        .get(1)
        .copied()
        .ok_or_else(|| StoryError::Unexpected("no file".into()))?;
    let months = home.chain.nrtrde_months(key.series).await?;
    let month = months
        .last()
        .ok_or_else(|| StoryError::Unexpected("no month of deliveries".into()))?;
    expect(
        (month.files, month.acknowledged, month.late_files) == (2, 2, 1),
        "both files are acknowledged and one is late",
    )?;
    teller.note(&format!(
        "2 files acknowledged; 1 came {:.1} hours after the call: {} is liable for fraud on it",
        month.longest_delay as f32 / 3_600.0,
        visited.name
    ));

    let shown = prove_record(files[1].as_slice(), &secret, 0)
        .map_err(StoryError::unexpected)?
        .ok_or_else(|| StoryError::Unexpected("the file has no record".into()))?;
    let leaf = leaf_hash(&shown.salt, 0, &shown.octets);
    let call = calls::prove_record(key, 0, leaf, &shown.proof);
    home.chain.execute(&home.clearing, &call).await?;
    let proven = visited
        .chain
        .proven_record(key, shown.root.hash, 0)
        .await?
        .ok_or_else(|| StoryError::Unexpected("the proof is not kept".into()))?;
    expect(
        (proven.key, proven.leaf, proven.by) == (key, leaf, home.operator),
        "the chain has checked the proof of the record",
    )?;
    teller.note(&format!(
        "{} proves its record to the chain, which never sees it",
        home.name
    ));
    Ok(())
}
