//! Small inputs that other systems are known to read or judge wrongly.

use interclear_primitives::{increment::Increment, service::Service};
use interclear_tap::{
    ber::Problem,
    make_returns,
    rap::{ReturnDetail, ReturnFile},
    validate, AgreedRate, Code, FileName, NothingToReturn, Options, Outcome, TariffCheck, Verdict,
};
use interclear_tap_samples::terms;
use std::path::PathBuf;

/// The outcome of a file, or `None` with a message where the files are absent.
fn field(name: &str, options: &Options) -> Option<Outcome> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/field")).join(name);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(validate(std::fs::read(path).unwrap().as_slice(), options).unwrap())
}

fn services(outcome: &Outcome) -> Vec<(Service, u64)> {
    let summary = outcome.summary.as_ref().unwrap();
    summary
        .services
        .iter()
        .map(|total| (total.service, total.records))
        .collect()
}

#[test]
fn calls_in_romania_should_be_local_when_its_networks_are_called_rom() {
    let Some(outcome) = field("tap_rom_visited.ber", &Options::default()) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), []);
    assert_eq!(
        services(&outcome),
        [(Service::MocLocal, 1), (Service::MocBackHome, 1)]
    );
}

#[test]
fn calls_to_russia_should_be_international_when_home_is_kazakhstan() {
    let Some(outcome) = field("tap_kaz_home.ber", &Options::default()) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), []);
    assert_eq!(
        services(&outcome),
        [(Service::MocBackHome, 1), (Service::MocInternational, 1)]
    );
}

#[test]
fn an_exchange_rate_should_return_the_records_when_it_is_below_the_agreed_one() {
    let mut options = Options::default();
    let Some(outcome) = field("tap_rate_low.ber", &options) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), []);
    options.context.agreed_rate = Some(AgreedRate {
        local: "EUR".parse().unwrap(),
        tap: "XDR".parse().unwrap(),
        rate: 1_219_029_000,
    });
    let outcome = field("tap_rate_low.ber", &options).unwrap();
    assert_eq!(outcome.findings.codes(), [Code::ExchangeRateBelowAgreed; 2]);
    assert_eq!(
        (outcome.verdict(), outcome.returned.records()),
        (Verdict::Findings, 1)
    );
}

#[test]
fn a_tax_should_return_its_record_when_it_is_not_charge_times_rate() {
    let Some(outcome) = field("tap_tax_wrong.ber", &Options::default()) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), [Code::TaxDiffers]);
    assert_eq!(
        outcome.findings.kept()[0].item,
        "callEventDetails[0].taxInformation"
    );
    assert_eq!(outcome.amounts.tax, 24_010);
}

#[test]
fn charges_should_agree_when_the_first_step_is_longer_than_the_further_ones() {
    let line = terms::linear(Service::MocLocal, 600_000_000, Increment::FirstSeconds(60, 1));
    let options = Options {
        tariff: Some(TariffCheck {
            terms: terms::between("DEU7A", "FRA7B", vec![line]),
            tolerance: 0,
        }),
        ..Options::default()
    };
    let Some(outcome) = field("tap_60_1.ber", &options) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), []);
    assert_eq!(outcome.tariff.unwrap().compared, 2);
    // 60 and 61 seconds.
    assert_eq!(outcome.summary.unwrap().services[0].quantity, 2_016_667);
}

#[test]
fn an_end_of_contents_should_be_refused_when_it_is_not_two_zeros() {
    let Some(outcome) = field("tap_bad_eoc.ber", &Options::default()) else {
        return;
    };
    assert_eq!(
        outcome.error.as_ref().map(|error| error.problem),
        Some(Problem::BadEnd)
    );
    assert_eq!(outcome.verdict(), Verdict::Undecodable);
}

#[test]
fn a_fatal_return_should_be_made_when_the_time_of_availability_is_blank() {
    let Some(outcome) = field("tap_blank_available.ber", &Options::default()) else {
        return;
    };
    assert_eq!(outcome.findings.codes(), [Code::AvailableMalformed]);
    assert_eq!(outcome.verdict(), Verdict::Findings);
    let file = make_returns(&outcome, None, 3, 1_794_312_000).unwrap();
    let [ReturnDetail::Fatal { sequence, errors }] = &file.details[..] else {
        panic!("one fatal return")
    };
    assert_eq!(sequence.as_deref(), Some("00010"));
    let path: Vec<u64> = errors[0].errors[0].path.iter().map(|step| step.item).collect();
    assert_eq!(path, [1, 4, 107]);
    // Where the parties are blank too, the name says who they are.
    let mut blank = outcome.clone();
    let control = blank.control.as_mut().unwrap();
    (control.sender, control.sequence) = (Some("     ".into()), Some("     ".into()));
    assert_eq!(
        make_returns(&blank, None, 3, 1_794_312_000),
        Err(NothingToReturn::Unnamed)
    );
    let name = FileName::parse("CDFRA7BDEU7A00010").unwrap();
    let named = make_returns(&blank, Some(&name), 3, 1_794_312_000).unwrap();
    assert_eq!(named.control.recipient.as_deref(), Some("FRA7B"));
    let octets = file.to_octets(Default::default());
    assert_eq!(ReturnFile::read(octets.as_slice()).unwrap(), file);
}
