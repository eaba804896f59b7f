//! What must hold for any octets. Used by the fuzz targets and by the tests that replay the seeds.

use interclear_tap::{
    ber::{unsigned, Elements, Header, LengthForm, Window},
    rap::{ReturnDetail, ReturnFile},
    validate, validate_with_history, FileName, Options, Outcome, SeenRecords,
};
use std::io::{self, Read};

/// A source that gives few octets at a time, as a pipe may.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.len().min(buffer.len()).min(self.1);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// Elements end within their octets, and the window hands out the same ones however the octets come.
pub fn ber(octets: &[u8]) {
    elements(octets, 0);
    let _ = unsigned(octets);
    let sizes = |source: Trickle<'_>| {
        let mut window = Window::new(source, true);
        let mut sizes = Vec::new();
        while let Ok(Some(header)) = window.header() {
            let Ok(size) = window.hold(&header) else { break };
            assert!(size <= window.octets().len());
            sizes.push(size);
            window.consume(size);
        }
        (sizes, window.offset())
    };
    assert_eq!(sizes(Trickle(octets, usize::MAX)), sizes(Trickle(octets, 3)));
}

fn elements(octets: &[u8], depth: usize) {
    let mut all = Elements::new(octets);
    while let Some(element) = all.next() {
        let Ok(element) = element else { return };
        assert!(all.position() <= octets.len());
        assert!(element.contents.len() < octets.len());
        if element.constructed && depth < 32 {
            elements(element.contents, depth + 1);
        }
    }
    if let Ok(header) = Header::read(octets) {
        assert!(header.size <= octets.len());
    }
}

/// Whatever kind of file it is: sums agree, and it does not matter in what pieces the octets come.
fn checked(octets: &[u8]) -> Outcome {
    let options = Options {
        digest: true,
        secret: Some([1; 32].into()),
        keep_returned: true,
        ..Options::default()
    };
    let whole =
        validate_with_history(octets, &options, &mut SeenRecords::new(90)).expect("memory does not fail");
    assert_eq!(whole.returned.records(), whole.returned_records.len() as u64);
    for record in &whole.returned_records {
        let start = usize::try_from(record.offset).expect("an offset in memory");
        assert_eq!(
            &octets[start..start + record.octets.len()],
            record.octets.as_slice()
        );
    }
    if let Some(summary) = &whole.summary {
        let services: u128 = summary.services.iter().map(|service| service.charge).sum();
        assert_eq!(summary.charge, services + summary.unclassified.charge);
        let records: u64 = summary.services.iter().map(|service| service.records).sum();
        assert_eq!(
            summary.records,
            records + summary.unclassified.records + summary.aggregated.records
        );
    }
    let pieces = validate(
        Trickle(octets, 5),
        &Options {
            secret: None,
            keep_returned: false,
            ..options
        },
    )
    .expect("memory does not fail");
    assert_eq!(
        (whole.kind, &whole.error, whole.events),
        (pieces.kind, &pieces.error, pieces.events)
    );
    assert_eq!(
        (whole.amounts, whole.file_digest),
        (pieces.amounts, pieces.file_digest)
    );
    let _ = whole.report("fuzz");
    whole
}

/// Transfer batches and notifications.
pub fn tap(octets: &[u8]) {
    let outcome = checked(octets);
    let name = FileName::parse("CDFRAF1DEUD100001");
    if let Ok(file) = interclear_tap::make_returns(&outcome, name.as_ref(), 1, 0) {
        // Returns for anything are themselves in order.
        let again = ReturnFile::read(file.to_octets(LengthForm::Definite).as_slice());
        assert_eq!(again.expect("our own octets"), file);
    }
}

/// Returns: what is read is written so that it reads back.
pub fn rap(octets: &[u8]) {
    checked(octets);
    let Ok(file) = ReturnFile::read(octets) else {
        return;
    };
    if file
        .details
        .iter()
        .any(|detail| matches!(detail, ReturnDetail::Unknown(_)))
    {
        return;
    }
    for form in [LengthForm::Definite, LengthForm::Indefinite] {
        let again = ReturnFile::read(file.to_octets(form).as_slice());
        assert_eq!(again.expect("our own octets"), file);
    }
}

/// Near-real-time records.
pub fn nrtrde(octets: &[u8]) {
    let outcome = checked(octets);
    if let Some(summary) = outcome.nrtrde {
        assert!(summary.late_events <= summary.records);
        assert!(summary.earliest_end <= summary.latest_end);
    }
}
