//! What is known of files before they are checked.

use super::*;
use interclear_primitives::{samples, service::Service};

#[tokio::test]
async fn a_gap_and_a_late_file_should_be_told_when_the_next_number_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    for sequence in [3, 4, 7, 8] {
        arrive(folder.path(), sequence, Variant::default());
    }
    let known = Known {
        expected_sequence: Some(4),
        ..Known::default()
    };
    let told: Vec<_> = lines(folder.path(), &mut chain, known)
        .await
        .into_iter()
        .map(|line| (line.file, line.result, line.warnings.join(" ")))
        .collect();
    let line = |number: u32, warning: &str| {
        let file = format!("CDFRAF1DEUD1{number:05}");
        (file, Verdict::Anchored, warning.to_owned())
    };
    let expected = [
        line(
            3,
            "00003 instead of 00004: a file that was missing (sequence-late)",
        ),
        line(4, ""),
        line(7, "00007 instead of 00005: 2 missing (sequence-gap)"),
        line(8, ""),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_file_should_not_be_sent_when_its_number_has_other_content_unless_it_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    let path = arrive(folder.path(), 1, Variant::default());
    let before = lines(folder.path(), &mut chain, Known::default()).await;
    assert_eq!(before[0].result, Verdict::Anchored);
    let anchored = *chain.chain.borrow()[0].digests().0;
    let known = |digest| Known {
        known_digest: Some(digest),
        ..Known::default()
    };
    std::fs::copy(folder.path().join("done").join(path.file_name().unwrap()), &path).unwrap();
    // The journal would say it without asking.
    std::fs::remove_file(folder.path().join(JOURNAL)).unwrap();
    let again = lines(folder.path(), &mut chain, known(anchored)).await;
    assert_eq!(again[0].result, Verdict::Duplicate);
    let calls = chain.calls.get();
    arrive(
        folder.path(),
        1,
        Variant {
            rap_sequence: Some(9),
            ..Variant::default()
        },
    );
    let other = lines(folder.path(), &mut chain, known(anchored)).await;
    assert_eq!(other[0].result, Verdict::Refused);
    assert!(other[0].reason.as_ref().unwrap().contains("sequence-reused"));
    assert!(other[0].reason.as_ref().unwrap().contains("other content"));
    assert_eq!(chain.calls.get(), calls, "nothing was sent");
}

#[tokio::test]
async fn a_file_should_be_told_to_be_the_same_when_it_comes_again_with_another_secret_or_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut chain = Fake::default();
    arrive(folder.path(), 1, Variant::default());
    lines(folder.path(), &mut chain, Known::default()).await;
    let Reduced::Tap(anchor) = chain.chain.borrow()[0].clone() else {
        panic!("a TAP file");
    };
    let known = || Known {
        known_digest: Some(anchor.file_digest),
        anchored: Some(anchor.clone()),
        ..Known::default()
    };
    let calls = chain.calls.get();
    let done = folder.path().join("done").join(ONE);
    // A folder of its own has secrets of its own.
    for (name, result) in [(ONE, Verdict::Refused), ("copy", Verdict::Quarantined)] {
        let other = tempfile::tempdir().unwrap();
        std::fs::copy(&done, other.path().join(name)).unwrap();
        let again = lines(other.path(), &mut chain, known()).await;
        assert_eq!(again[0].result, result);
        let reason = again[0].reason.as_ref().unwrap();
        assert!(
            reason.contains("the same file") && reason.contains("already anchored"),
            "{reason}"
        );
    }
    assert_eq!(chain.calls.get(), calls, "nothing was sent");
}

#[tokio::test]
async fn records_should_be_counted_as_returned_when_their_kind_is_not_agreed() {
    let folder = tempfile::tempdir().unwrap();
    arrive(folder.path(), 1, Variant::default());
    let mut terms = samples::terms("2026-01".parse().unwrap(), "2026-12".parse().unwrap());
    let group = &mut terms.directions[0].groups[0];
    let network = |code: &str| -> Tadig { code.parse().unwrap() };
    group.home = vec![network("DEUD1")].try_into().unwrap();
    group.visited = vec![network("FRAF1")].try_into().unwrap();
    group.lines.truncate(1);
    group.lines[0].service = Service::Location;
    let known = Known {
        terms: Some(terms),
        ..Known::default()
    };
    let told = lines(folder.path(), &mut Fake::default(), known).await;
    assert_eq!(told[0].doubtful, 5, "all five");
}
