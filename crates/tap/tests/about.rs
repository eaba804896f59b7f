//! What returns say about a file, and what is known of a file before it is read.

use interclear_merkle::{file_digest, FileSecret};
use interclear_primitives::{
    batch::FatalReason, increment::Increment, money::Currency, service::Service, tadig::Tadig,
};
use interclear_tap::{
    ber::LengthForm,
    classify::Zones,
    head, make_returns,
    rap::{gives, NotAbout, ReturnFile, Returned},
    validate, validate_file, AgreedRate, Code, EventKinds, FileName, Known, Options, Outcome, Rules, Said,
};
use interclear_tap_samples::{terms, Generator, Parameters, Variant};
use std::path::{Path, PathBuf};

fn code(text: &str) -> Tadig {
    text.parse().unwrap()
}

fn usage(folder: &Path, variant: Variant) -> (PathBuf, FileName) {
    let parameters = Parameters {
        events: 200,
        all_kinds: true,
        ..Parameters::new(code("FRAF1"), code("DEUD1"), "2026-10".parse().unwrap())
    };
    let generator = Generator::new(parameters).unwrap();
    let name = generator.name(0);
    let path = folder.join(name.to_string());
    let mut octets = Vec::new();
    generator.write(0, variant, &mut octets).unwrap();
    std::fs::write(&path, octets).unwrap();
    (path, name)
}

/// Records older than 20 days are returned.
fn strict() -> Options {
    Options {
        keep_returned: true,
        rules: Rules {
            max_age_days: 20,
            ..Rules::default()
        },
        ..Options::default()
    }
}

/// Returns as they are read from their file.
fn returns(outcome: &Outcome, name: &FileName) -> ReturnFile {
    let made = make_returns(outcome, Some(name), 7, 1_796_083_200).unwrap();
    ReturnFile::read(made.to_octets(LengthForm::Definite).as_slice()).unwrap()
}

#[test]
fn records_should_add_up_to_what_is_returned_when_the_returns_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = usage(folder.path(), Variant::default());
    let outcome = validate_file(&path, &strict()).unwrap();
    assert!(outcome.returned.records() > 0);
    let returns = returns(&outcome, &name);
    let Returned::Records(records) = returns.about(&name).unwrap() else {
        panic!("records are returned");
    };
    let select = Options {
        select: records.iter().map(|record| record.to_vec()).collect(),
        ..Options::default()
    };
    let selected = validate_file(&path, &select).unwrap().selected;
    assert_eq!((selected.sums, selected.missing), (outcome.returned, 0));
    let places: Vec<u64> = outcome
        .returned_records
        .iter()
        .map(|record| record.index)
        .collect();
    assert_eq!(selected.places.into_iter().collect::<Vec<_>>(), places);
    // A record that is in no file is missing, and so is one that is named once more than it is there.
    let mut more = select.clone();
    more.select.extend([records[0].to_vec(), vec![0xa4, 0]]);
    assert_eq!(validate_file(&path, &more).unwrap().selected.missing, 2);
}

#[test]
fn returns_should_be_refused_when_they_are_about_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = usage(folder.path(), Variant::default());
    let returns = returns(&validate_file(&path, &strict()).unwrap(), &name);
    let other = FileName { sequence: 9, ..name };
    assert_eq!(returns.about(&other), Err(NotAbout::Nothing(9)));
    let test = FileName { test: true, ..name };
    assert_eq!(returns.about(&test), Err(NotAbout::Test));
    let stranger = FileName {
        sender: code("GBRD1"),
        ..name
    };
    assert!(matches!(returns.about(&stranger), Err(NotAbout::Parties { .. })));
    assert_eq!(returns.number(Some(7)), Ok(7));
    assert_eq!(
        returns.number(Some(8)),
        Err(NotAbout::Number {
            stated: 7,
            expected: 8
        })
    );
}

#[test]
fn returns_should_be_refused_when_they_count_in_another_currency_or_with_other_decimals() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = usage(folder.path(), Variant::default());
    let mut returns = returns(&validate_file(&path, &strict()).unwrap(), &name);
    let (eur, usd): (Currency, Currency) = ("EUR".parse().unwrap(), "USD".parse().unwrap());
    assert_eq!(returns.counts_in(eur, 4), Ok(()));
    for (currency, decimals) in [(usd, 4), (eur, 5), (Currency::SDR, 4)] {
        let refused = returns.counts_in(currency, decimals);
        assert!(
            matches!(refused, Err(NotAbout::Money { .. })),
            "{currency} {decimals}"
        );
    }
    // Without a currency amounts are in SDR, as in the file.
    returns.control.tap_currency = None;
    assert_eq!(returns.counts_in(Currency::SDR, 4), Ok(()));
    assert!(returns.counts_in(eur, 4).is_err());
}

#[test]
fn a_refused_file_should_be_told_with_its_groups_when_its_totals_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = Variant {
        wrong_total: true,
        ..Variant::default()
    };
    let (path, name) = usage(folder.path(), wrong);
    let outcome = validate_file(&path, &Options::default()).unwrap();
    let returns = returns(&outcome, &name);
    let Returned::File(groups) = returns.about(&name).unwrap() else {
        panic!("the file is refused");
    };
    assert_eq!(outcome.findings.fatal_reason(), Some(FatalReason::Totals));
    assert!(gives(&groups, FatalReason::Totals));
    assert!(!gives(&groups, FatalReason::Accounting));
    assert!(!gives(&groups, FatalReason::Sequence));
}

#[test]
fn gaps_and_reused_numbers_should_be_found_when_the_series_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = usage(folder.path(), Variant::default());
    let told = head(&path).unwrap().unwrap();
    assert_eq!((told.name, told.period.to_string().as_str()), (name, "2026-10"));
    let check = |known: Known, secret: Option<FileSecret>| {
        let options = Options {
            secret,
            ..Options::default()
        };
        let options = known.apply(&options, name.sender, name.recipient);
        validate_file(&path, &options).unwrap().findings.codes()
    };
    let expected = |number| Known {
        expected_sequence: Some(number),
        ..Known::default()
    };
    assert_eq!(check(expected(1), None), []);
    assert_eq!(check(expected(99_999), None), [Code::SequenceGap]);
    assert_eq!(check(expected(3), None), [Code::SequenceLate]);
    let hashed = Options {
        digest: true,
        ..Options::default()
    };
    let content = validate_file(&path, &hashed).unwrap().file_digest.unwrap();
    let secret = FileSecret::from([7; 32]);
    let own = file_digest(&secret, &content);
    let known = |known_digest| Known {
        known_digest,
        ..expected(2)
    };
    assert_eq!(
        check(known(Some(own)), Some(secret.clone())),
        [Code::DuplicateFile]
    );
    let other = Some(FileSecret::from([8; 32]));
    for (digest, with) in [(content, Some(secret)), (own, other)] {
        assert_eq!(check(known(Some(digest)), with), [Code::SequenceReused]);
    }
    // Without its secret the digest says nothing, whatever it is: the file is judged by its number alone.
    for digest in [Some(own), Some(content), Some([7; 32])] {
        assert_eq!(check(known(digest), None), check(expected(2), None));
    }
}

#[test]
fn records_should_be_returned_when_their_service_is_in_no_line_of_the_agreement() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = usage(folder.path(), Variant::default());
    let mut terms = terms::of(vec![terms::linear(Service::Gprs, 2_500_000, Increment::Exact)]);
    terms.usage.age_limit_days = 60;
    let known = Known {
        terms: Some(terms),
        ..Known::default()
    };
    let options = known.apply(&Options::default(), name.sender, name.recipient);
    assert_eq!(options.rules.max_age_days, 60);
    assert_eq!(options.rules.agreed, EventKinds::of(&[Service::Gprs]));
    let octets = std::fs::read(&path).unwrap();
    let outcome = validate(octets.as_slice(), &options).unwrap();
    let unknown = outcome.findings.codes();
    assert!(unknown.contains(&Code::EventTypeNotAgreed), "{unknown:?}");
    assert!(
        outcome.returned.records() < outcome.events,
        "packet data is agreed"
    );
    // Between other networks nothing is agreed here, and nothing is found.
    let others = known.apply(&Options::default(), name.recipient, name.sender);
    assert_eq!(others.rules.agreed, Rules::default().agreed);
}

#[test]
fn what_was_said_should_count_more_when_something_else_is_known() {
    let (sender, recipient) = (code("FRAF1"), code("DEUD1"));
    let rate = |tap, rate| AgreedRate {
        local: "EUR".parse().unwrap(),
        tap,
        rate,
    };
    let mut terms = terms::of(vec![terms::linear(Service::MocEu, 2_500_000, Increment::Exact)]);
    terms.usage.age_limit_days = 60;
    let known = Known {
        terms: Some(terms),
        agreed_rate: Some(rate(Currency::SDR, 1_200_000_000)),
        ..Known::default()
    };
    let by = |said: Said| {
        let options = known.apply(&said.over(Options::default()), sender, recipient);
        let Rules {
            max_age_days, zones, ..
        } = options.rules;
        (max_age_days, zones, options.context.agreed_rate)
    };
    let agreed = (60, Zones::European, known.agreed_rate);
    assert_eq!(by(Said::default()), agreed, "nothing was said");
    let age = Said {
        max_age_days: Some(45),
        ..Said::default()
    };
    assert_eq!(by(age), (45, agreed.1, agreed.2));
    let zones = Said {
        zones: Some(Zones::Single),
        ..Said::default()
    };
    assert_eq!(by(zones), (agreed.0, Zones::Single, agreed.2));
    let said = |rate| Said {
        agreed_rate: Some(rate),
        ..Said::default()
    };
    let other = rate(Currency::SDR, 1_300_000_000);
    assert_eq!(by(said(other)), (agreed.0, agreed.1, Some(other)));
    // The rate of other currencies is of another file.
    let dollars = rate("USD".parse().unwrap(), 900_000_000);
    assert_eq!(by(said(dollars)), agreed);
}
