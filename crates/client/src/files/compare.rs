//! What a recipient finds in a file, beside what its sender anchored of it.

use super::{checker::measure, hex, name_of, FileError, Reduced};
use crate::{
    money::{self, USAGE_DECIMALS},
    time::moment,
};
use interclear_primitives::{
    agreement::Terms,
    batch::{Anchor, FatalReason, ServiceTotal},
    money::Value,
    nrtrde::NrtrdeAnchor,
    service::Service,
    Moment,
};
use interclear_tap::{Options, PricedService, TariffCheck};
use serde::Serialize;
use std::{collections::BTreeSet, path::Path};

/// Something that an anchor states otherwise than the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    /// What it is, such as `GPRS: charge`.
    pub what: String,
    /// What the file comes down to; `none` where it has no such thing.
    pub file: String,
    /// What was anchored, likewise.
    pub anchor: String,
    /// The group under which a file is returned for it.
    #[serde(skip)]
    pub reason: FatalReason,
}

/// Why a file is not what was anchored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// Why nothing like it is anchored: something fatal is wrong with it.
    pub unusable: Option<String>,
    /// What its anchor states otherwise.
    pub differences: Vec<Difference>,
}

impl Doubt {
    /// The doubt in words.
    pub fn reason(&self) -> &str {
        match (&self.unusable, self.differences.is_empty()) {
            (Some(reason), true) => reason,
            _ => "the anchor is not what the file comes down to",
        }
    }

    /// The group under which a file is returned that is not what was anchored: the records and what they add up to count most, for
    /// by them it bills.
    pub fn returned_for(&self) -> FatalReason {
        let reasons: BTreeSet<_> = self.differences.iter().map(|one| one.reason as u8).collect();
        let all = [
            FatalReason::Totals,
            FatalReason::Accounting,
            FatalReason::Header,
            FatalReason::Sequence,
        ];
        let found = all.into_iter().find(|reason| reasons.contains(&(*reason as u8)));
        found.unwrap_or(FatalReason::Totals)
    }
}

/// What a recipient finds in a file that it reads once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looked {
    /// Why it is not what was anchored; `None` where the file bears the anchor out.
    pub doubt: Option<Doubt>,
    /// Records with severe findings: they may be returned until the file is acknowledged.
    pub doubtful: u64,
    /// Whether it comes down to anything that can be compared with the anchor.
    pub is_comparable: bool,
    /// What its services charge, beside what the terms ask for them that the options expect.
    pub prices: Vec<PricedService>,
}

/// Compares a file that was received with its anchor: the one place where it is told whether a file is what was anchored. Quantities
/// may be as measured or, where there are terms, counted in the agreed increments. Digest and root are compared if the options
/// have the secret. `None` where the file bears the anchor out.
///
/// # Errors
/// The file cannot be read.
pub fn compare(
    path: &Path,
    anchor: &Reduced,
    terms: Option<Terms>,
    options: &Options,
) -> Result<Option<Doubt>, FileError> {
    let measured = look(path, anchor, options.clone())?.doubt;
    match (measured, terms) {
        (Some(measured), Some(terms)) => compare_counted(measured, path, anchor, terms, options),
        (measured, _) => Ok(measured),
    }
}

/// Compares a file of which something is to be doubted as it was measured once more, with quantities in the agreed increments, in
/// which a sender may count each call. What is less to be doubted holds.
///
/// # Errors
/// The file cannot be read.
pub fn compare_counted(
    measured: Doubt,
    path: &Path,
    anchor: &Reduced,
    terms: Terms,
    options: &Options,
) -> Result<Option<Doubt>, FileError> {
    let agreed = Options {
        tariff: Some(TariffCheck { terms, tolerance: 0 }),
        ..options.clone()
    };
    let counted = look(path, anchor, agreed)?.doubt;
    let differ = |doubt: &Option<Doubt>| doubt.as_ref().map_or(0, |doubt| doubt.differences.len());
    Ok(match differ(&counted) < measured.differences.len() {
        true => counted,
        false => Some(measured),
    })
}

/// What is found by one reading of a file, with quantities as the options have them counted.
///
/// # Errors
/// The file cannot be read.
pub fn look(path: &Path, anchor: &Reduced, options: Options) -> Result<Looked, FileError> {
    let salted = options.secret.is_some();
    let file = measure(path, options)?;
    let reduced = file.reduced.as_ref();
    let mut differences = reduced.map_or_else(Vec::new, |file| differences(file, anchor, salted));
    // With the secret the digest tells whether it is the file; without it, so may what the file says of itself.
    if let (false, Reduced::Tap(anchor)) = (salted, anchor) {
        differences.extend(stated(file.stated, anchor));
    }
    let doubt = Doubt {
        unusable: file.refusal,
        differences,
    };
    let is_fine = doubt.unusable.is_none() && doubt.differences.is_empty();
    Ok(Looked {
        doubt: (!is_fine).then_some(doubt),
        doubtful: file.doubtful,
        is_comparable: file.reduced.is_some(),
        prices: file.prices,
    })
}

/// The totals that a file states otherwise than its records and its anchor do.
fn stated(totals: [Option<u128>; 2], anchor: &Anchor) -> Vec<Difference> {
    let sum = |of: fn(&ServiceTotal) -> &Value| {
        let mut values = anchor.totals.iter().map(of);
        values.try_fold(Value::ZERO, |sum, value| sum.checked_add(value).ok())
    };
    let anchored = [sum(|total| &total.charge), sum(|total| &total.tax)];
    let names = ["Stated total charge", "Stated total tax"];
    let each = names.into_iter().zip(totals).zip(anchored);
    let differing = each.filter_map(|((what, stated), anchored)| {
        let stated = Value::from_unsigned(stated?).ok()?;
        let anchored = anchored.filter(|anchored| *anchored != stated)?;
        Some(Difference {
            what: what.into(),
            file: amount(&stated),
            anchor: amount(&anchored),
            reason: FatalReason::Totals,
        })
    });
    differing.collect()
}

/// Everything that an anchor states otherwise than the file; nothing where the file bears it out.
///
/// Digest and root are compared only if the file was reduced with its secret (`salted`): their salts come from it.
pub fn differences(file: &Reduced, anchor: &Reduced, salted: bool) -> Vec<Difference> {
    let mut found = Found {
        list: Vec::new(),
        reason: FatalReason::Sequence,
    };
    found.compare("File", file.key(), anchor.key(), name_of);
    found.reason = FatalReason::Totals;
    if salted {
        let ((digest, root), (anchored, anchored_root)) = (file.digests(), anchor.digests());
        found.compare("Digest", digest, anchored, |digest| hex(*digest));
        found.compare("Root over the records", root, anchored_root, |root| hex(*root));
    }
    found.compare("Records", file.records(), anchor.records(), u32::to_string);
    // Where the kinds differ, so do the names.
    match (file, anchor) {
        (Reduced::Tap(file), Reduced::Tap(anchor)) => found.usage(file, anchor),
        (Reduced::Nrtrde(file), Reduced::Nrtrde(anchor)) => found.near_real_time(file, anchor),
        (Reduced::Tap(_), Reduced::Nrtrde(_)) | (Reduced::Nrtrde(_), Reduced::Tap(_)) => {}
    }
    found.list
}

/// What differs so far.
struct Found {
    list: Vec<Difference>,
    /// The group of what is compared at present.
    reason: FatalReason,
}

impl Found {
    fn compare<T: PartialEq>(
        &mut self,
        what: impl Into<String>,
        file: T,
        anchor: T,
        show: impl Fn(&T) -> String,
    ) {
        if file != anchor {
            self.list.push(Difference {
                what: what.into(),
                file: show(&file),
                anchor: show(&anchor),
                reason: self.reason,
            });
        }
    }

    fn usage(&mut self, file: &Anchor, anchor: &Anchor) {
        // By name, so that nothing that is anchored is left out.
        let Anchor {
            key: _,
            file_digest: _,
            root: _,
            records: _,
            currency,
            decimals,
            totals,
            discount,
            earliest_call,
            latest_call,
            cut_off,
            available,
            resent_for,
        } = anchor;
        self.reason = FatalReason::Accounting;
        self.compare("Currency", file.currency, *currency, ToString::to_string);
        self.compare("Decimals", file.decimals, *decimals, u8::to_string);
        self.reason = FatalReason::Totals;
        self.services(&file.totals, totals);
        self.compare("Discount", file.discount, *discount, amount);
        self.reason = FatalReason::Header;
        self.compare("First call", file.earliest_call, *earliest_call, if_any(time));
        self.compare("Last call", file.latest_call, *latest_call, if_any(time));
        self.compare("Transfer cut-off", file.cut_off, *cut_off, time);
        self.compare("Available", file.available, *available, time);
        self.compare(
            "Sent again for returns",
            file.resent_for,
            *resent_for,
            if_any(u32::to_string),
        );
    }

    fn services(&mut self, file: &[ServiceTotal], anchor: &[ServiceTotal]) {
        let services: BTreeSet<Service> = file.iter().chain(anchor).map(|total| total.service).collect();
        for service in services {
            let of = |totals: &[ServiceTotal]| totals.iter().find(|total| total.service == service).copied();
            let (file, anchor) = (of(file), of(anchor));
            self.compare(
                format!("{service}: records"),
                file.map(|total| total.records),
                anchor.map(|total| total.records),
                if_any(u32::to_string),
            );
            self.compare(
                format!("{service}: quantity ({})", service.unit()),
                file.map(|total| total.quantity),
                anchor.map(|total| total.quantity),
                if_any(|quantity: &u128| money::quantity(*quantity)),
            );
            self.compare(
                format!("{service}: charge"),
                file.map(|total| total.charge),
                anchor.map(|total| total.charge),
                if_any(amount),
            );
            self.compare(
                format!("{service}: tax"),
                file.map(|total| total.tax),
                anchor.map(|total| total.tax),
                if_any(amount),
            );
        }
    }

    fn near_real_time(&mut self, file: &NrtrdeAnchor, anchor: &NrtrdeAnchor) {
        let NrtrdeAnchor {
            key: _,
            file_digest: _,
            root: _,
            records: _,
            earliest_end,
            latest_end,
            available,
        } = anchor;
        self.reason = FatalReason::Header;
        self.compare(
            "First end of a call",
            file.earliest_end,
            *earliest_end,
            if_any(time),
        );
        self.compare("Last end of a call", file.latest_end, *latest_end, if_any(time));
        self.compare("Available", file.available, *available, time);
    }
}

fn amount(value: &Value) -> String {
    money::value(value, USAGE_DECIMALS)
}

fn time(seconds: &Moment) -> String {
    moment(*seconds)
}

fn if_any<T>(show: impl Fn(&T) -> String) -> impl Fn(&Option<T>) -> String {
    move |value| value.as_ref().map_or_else(|| "none".into(), &show)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{key_named, Checker, Secrets};
    use interclear_primitives::{increment::Increment, money::Currency, samples, tadig::Tadig};
    use interclear_tap::{Known, Said};
    use interclear_tap_samples::{Generator, Parameters, Variant};
    use std::path::{Path, PathBuf};

    fn total(service: Service, charge: u128) -> ServiceTotal {
        ServiceTotal {
            service,
            records: 3,
            quantity: 1_500_000,
            charge: Value::from_unsigned(charge).unwrap(),
            tax: Value::ZERO,
        }
    }

    fn stated() -> Anchor {
        Anchor {
            key: key_named("CDFRAF1DEUD100042").unwrap(),
            file_digest: [1; 32],
            root: [2; 32],
            currency: Currency::EUR,
            decimals: 2,
            records: 6,
            totals: vec![total(Service::Mtc, 20_000), total(Service::Gprs, 7_010_000)]
                .try_into()
                .unwrap(),
            discount: Value::ZERO,
            earliest_call: Some(951_782_400),
            latest_call: Some(951_782_460),
            cut_off: 951_782_460,
            available: 951_782_520,
            resent_for: None,
        }
    }

    /// A difference as it is shown.
    type Row = [String; 3];

    fn row(what: &str, file: &str, anchor: &str) -> Row {
        [what, file, anchor].map(Into::into)
    }

    fn rows(found: Vec<Difference>) -> Vec<Row> {
        let rows = found.into_iter();
        rows.map(|one| [one.what, one.file, one.anchor]).collect()
    }

    fn listed(change: impl FnOnce(&mut Anchor)) -> Vec<Row> {
        let mut anchor = stated();
        change(&mut anchor);
        rows(differences(&Reduced::Tap(stated()), &Reduced::Tap(anchor), true))
    }

    #[test]
    fn the_charge_should_be_listed_when_an_anchor_states_ten_times_that_of_gprs() {
        let found = listed(|anchor| anchor.totals[1].charge = Value::from_unsigned(70_100_000).unwrap());
        assert_eq!(found, [row("GPRS: charge", "7.010000", "70.100000")]);
    }

    #[test]
    fn a_field_should_be_listed_alone_when_it_alone_differs() {
        type Change = fn(&mut Anchor);
        let cases: [(Change, Row); 16] = [
            (
                |anchor| anchor.key.sequence = 43,
                row("File", "CDFRAF1DEUD100042", "CDFRAF1DEUD100043"),
            ),
            (
                |anchor| anchor.file_digest = [3; 32],
                row(
                    "Digest",
                    &format!("0x{}", "01".repeat(32)),
                    &format!("0x{}", "03".repeat(32)),
                ),
            ),
            (
                |anchor| anchor.root = [9; 32],
                row(
                    "Root over the records",
                    &format!("0x{}", "02".repeat(32)),
                    &format!("0x{}", "09".repeat(32)),
                ),
            ),
            (|anchor| anchor.records = 7, row("Records", "6", "7")),
            (
                |anchor| anchor.currency = Currency::SDR,
                row("Currency", "EUR", "XDR"),
            ),
            (|anchor| anchor.decimals = 3, row("Decimals", "2", "3")),
            (
                |anchor| anchor.totals[0].records = 4,
                row("MTC: records", "3", "4"),
            ),
            (
                |anchor| anchor.totals[0].quantity += 1,
                row("MTC: quantity (min)", "1.5", "1.500001"),
            ),
            (
                |anchor| anchor.totals[0].tax = Value::from_unsigned(1).unwrap(),
                row("MTC: tax", "0.000000", "0.000001"),
            ),
            (
                |anchor| anchor.discount = Value::from_unsigned(500_000).unwrap(),
                row("Discount", "0.000000", "0.500000"),
            ),
            (
                |anchor| anchor.earliest_call = None,
                row("First call", "2000-02-29 00:00:00", "none"),
            ),
            (
                |anchor| anchor.latest_call = Some(951_782_461),
                row("Last call", "2000-02-29 00:01:00", "2000-02-29 00:01:01"),
            ),
            (
                |anchor| anchor.cut_off = 951_868_800,
                row("Transfer cut-off", "2000-02-29 00:01:00", "2000-03-01 00:00:00"),
            ),
            (
                |anchor| anchor.available = 951_868_800,
                row("Available", "2000-02-29 00:02:00", "2000-03-01 00:00:00"),
            ),
            (
                |anchor| anchor.resent_for = Some(5),
                row("Sent again for returns", "none", "5"),
            ),
            (
                |anchor| anchor.totals[0].charge = Value::ZERO,
                row("MTC: charge", "0.020000", "0.000000"),
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(listed(change), [expected]);
        }
    }

    #[test]
    fn digest_and_root_should_not_be_listed_when_the_secret_is_not_there() {
        let mut anchor = stated();
        (anchor.file_digest, anchor.root) = ([3; 32], [9; 32]);
        let found = differences(&Reduced::Tap(stated()), &Reduced::Tap(anchor), false);
        assert_eq!(found, []);
    }

    #[test]
    fn every_figure_of_a_service_should_be_listed_when_the_file_has_none_of_it() {
        let found = listed(|anchor| anchor.totals.try_push(total(Service::SmsMo, 0)).unwrap());
        let shown: Vec<_> = found.iter().map(|[_, file, _]| file.as_str()).collect();
        assert_eq!(shown, ["none"; 4]);
        assert!(found
            .iter()
            .all(|[what, ..]| what.starts_with(Service::SmsMo.name())));
    }

    #[test]
    fn times_should_be_listed_when_a_near_real_time_anchor_states_others() {
        let file = NrtrdeAnchor {
            key: key_named("NRFRAF1DEUD10000042").unwrap(),
            file_digest: [1; 32],
            root: [2; 32],
            records: 6,
            earliest_end: Some(951_782_400),
            latest_end: Some(951_782_460),
            available: 951_782_520,
        };
        let anchor = NrtrdeAnchor {
            root: [9; 32],
            records: 5,
            earliest_end: Some(951_782_401),
            latest_end: None,
            available: 951_782_521,
            ..file
        };
        let found = differences(&Reduced::Nrtrde(file), &Reduced::Nrtrde(anchor), false);
        let expected = [
            row("Records", "6", "5"),
            row(
                "First end of a call",
                "2000-02-29 00:00:00",
                "2000-02-29 00:00:01",
            ),
            row("Last end of a call", "2000-02-29 00:01:00", "none"),
            row("Available", "2000-02-29 00:02:00", "2000-02-29 00:02:01"),
        ];
        assert_eq!(rows(found), expected);
        assert_eq!(
            differences(&Reduced::Nrtrde(file), &Reduced::Nrtrde(file), false),
            []
        );
        let usage = differences(&Reduced::Tap(stated()), &Reduced::Nrtrde(file), false);
        let expected = row("File", "CDFRAF1DEUD100042", "NRFRAF1DEUD10000042");
        assert_eq!(rows(usage)[0], expected);
    }

    /// What a file comes down to.
    fn recompute(path: &Path, options: Options) -> Reduced {
        measure(path, options).unwrap().reduced.unwrap()
    }

    fn generated(folder: &Path) -> PathBuf {
        generated_as(folder, Variant::default())
    }

    fn generated_as(folder: &Path, variant: Variant) -> PathBuf {
        let parameters = Parameters {
            events: 60,
            ..Parameters::sample()
        };
        let generator = Generator::new(parameters).unwrap();
        let path = folder.join(generator.name(0).to_string());
        let mut file = std::fs::File::create(&path).unwrap();
        generator.write(0, variant, &mut file).unwrap();
        path
    }

    /// What the sender anchors.
    fn anchored(folder: &Path, path: &Path, options: Options) -> Reduced {
        let mut checker = Checker::new(Secrets::new(Some(folder.join("secrets"))), options);
        checker.check(path).unwrap().anchor.unwrap()
    }

    #[test]
    fn a_file_should_bear_its_anchor_out_when_the_sender_told_the_truth() {
        let folder = tempfile::tempdir().unwrap();
        let path = generated(folder.path());
        let anchor = anchored(folder.path(), &path, Options::default());
        let file = recompute(&path, Options::default());
        assert_eq!(differences(&file, &anchor, false), []);
        assert_ne!(file.digests(), anchor.digests(), "both need the secret");
        assert!(!differences(&file, &anchor, true).is_empty());
        let secret = Secrets::new(Some(folder.path().join("secrets"))).kept(&path);
        let with = |secret| Options {
            secret: Some(secret),
            ..Options::default()
        };
        let file = recompute(&path, with(secret.unwrap()));
        assert_eq!(file, anchor);
        let other = recompute(&path, with(Secrets::draw()));
        let whats: Vec<_> = differences(&other, &anchor, true)
            .into_iter()
            .map(|one| one.what)
            .collect();
        assert_eq!(whats, ["Digest", "Root over the records"]);
    }

    #[test]
    fn quantities_should_agree_when_both_count_in_the_agreed_increments() {
        let folder = tempfile::tempdir().unwrap();
        let path = generated(folder.path());
        let mut terms = samples::terms("2026-01".parse().unwrap(), "2026-12".parse().unwrap());
        let group = &mut terms.directions[0].groups[0];
        let network = |code: &str| -> Tadig { code.parse().unwrap() };
        group.home = vec![network("DEUD1")].try_into().unwrap();
        group.visited = vec![network("FRAF1")].try_into().unwrap();
        group.lines[1].increment = Increment::Seconds(60);
        let agreed = Options {
            tariff: Some(TariffCheck { terms, tolerance: 0 }),
            ..Options::default()
        };
        let anchor = anchored(folder.path(), &path, agreed.clone());
        let compared = |terms| compare(&path, &anchor, terms, &Options::default()).unwrap();
        assert_eq!(compared(agreed.tariff.map(|tariff| tariff.terms)), None);
        let found = compared(None).unwrap().differences;
        let whats: Vec<_> = found.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(whats, ["MTC: quantity (min)"]);
    }

    #[test]
    fn a_file_should_be_doubted_with_every_figure_when_another_was_anchored_under_its_name() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = generated(one.path());
        let parameters = Parameters {
            events: 61,
            ..Parameters::sample()
        };
        let generator = Generator::new(parameters).unwrap();
        let other = two.path().join(generator.name(0).to_string());
        let mut file = std::fs::File::create(&other).unwrap();
        generator.write(0, Variant::default(), &mut file).unwrap();
        assert_eq!(path.file_name(), other.file_name());
        let anchor = anchored(two.path(), &other, Options::default());
        let doubt = compare(&path, &anchor, None, &Options::default());
        let doubt = doubt.unwrap().unwrap();
        assert_eq!(doubt.unusable, None);
        let records = rows(doubt.differences.clone());
        assert!(records.contains(&row("Records", "60", "61")), "{records:?}");
        assert_eq!(doubt.returned_for(), FatalReason::Totals);
        assert_eq!(compare(&other, &anchor, None, &Options::default()).unwrap(), None);
    }

    #[test]
    fn a_file_should_be_compared_all_the_same_when_something_fatal_is_wrong_with_it() {
        let (good, wrong) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = generated(good.path());
        let anchor = anchored(good.path(), &path, Options::default());
        let spoilt = generated_as(
            wrong.path(),
            Variant {
                wrong_total: true,
                ..Variant::default()
            },
        );
        let doubt = compare(&spoilt, &anchor, None, &Options::default());
        let doubt = doubt.unwrap().unwrap();
        let reason = doubt.unusable.as_deref().unwrap();
        assert!(reason.contains("total-charge-differs"), "{reason}");
        // What its records add up to is what was anchored, and what it states is not.
        let whats: Vec<_> = doubt.differences.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(whats, ["Stated total charge"]);
        let [_, stated, anchored] = &rows(doubt.differences)[0];
        assert_ne!(stated, anchored);
        let secret = Secrets::new(Some(good.path().join("secrets"))).kept(&path);
        let salted = Options {
            secret: Some(secret.unwrap()),
            ..Options::default()
        };
        let doubt = compare(&spoilt, &anchor, None, &salted).unwrap().unwrap();
        assert_eq!(doubt.differences.len(), 1, "{:?}", doubt.differences);
        assert_eq!(doubt.differences[0].what, "Digest");
    }

    #[test]
    fn records_should_be_counted_as_returnable_when_a_file_that_is_what_was_anchored_has_severe_findings() {
        let folder = tempfile::tempdir().unwrap();
        let path = generated(folder.path());
        let anchor = anchored(folder.path(), &path, Options::default());
        let looked = |options| look(&path, &anchor, options).unwrap();
        let fine = looked(Options::default());
        assert_eq!((fine.doubt, fine.doubtful), (None, 0));
        // Most calls of the month are older than a day when its one file is made available.
        let mut strict = Options::default();
        strict.rules.max_age_days = 1;
        let old = looked(strict);
        assert_eq!(old.doubt, None, "it is what was anchored");
        assert!((1..=60).contains(&old.doubtful), "{}", old.doubtful);
    }

    #[test]
    fn the_age_that_was_said_should_count_when_the_chain_knows_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = generated(folder.path());
        let head = interclear_tap::head(&path).unwrap().unwrap();
        let doubtful = |said: Option<u32>, agreed: Option<u16>| {
            let terms = agreed.map(|days| {
                let mut terms = samples::terms("2026-01".parse().unwrap(), "2026-12".parse().unwrap());
                terms.usage.age_limit_days = days;
                terms
            });
            let known = Known {
                terms,
                ..Known::default()
            };
            let said = Said {
                max_age_days: said,
                ..Said::default()
            };
            let secrets = Secrets::new(Some(folder.path().join("secrets")));
            let mut checker = Checker::new(secrets, said.over(Options::default()));
            checker.know([(path.clone(), (head, known))].into());
            checker.check(&path).unwrap().doubtful
        };
        let old = doubtful(Some(1), None);
        assert!(old > 0, "most calls are older than a day");
        assert_eq!(doubtful(None, Some(1)), old, "what is agreed counts");
        assert_eq!(doubtful(Some(1), Some(30)), old);
        assert_eq!(doubtful(Some(30), Some(1)), 0);
    }

    #[test]
    fn the_group_of_a_return_should_follow_from_what_differs_when_it_is_not_what_was_anchored() {
        let doubt = |change: fn(&mut Anchor)| {
            let mut anchor = stated();
            change(&mut anchor);
            let differences = differences(&Reduced::Tap(stated()), &Reduced::Tap(anchor), false);
            let unusable = None;
            Doubt {
                unusable,
                differences,
            }
            .returned_for()
        };
        assert_eq!(doubt(|anchor| anchor.records = 7), FatalReason::Totals);
        assert_eq!(
            doubt(|anchor| anchor.currency = Currency::SDR),
            FatalReason::Accounting
        );
        assert_eq!(doubt(|anchor| anchor.cut_off += 1), FatalReason::Header);
        assert_eq!(doubt(|anchor| anchor.key.sequence = 43), FatalReason::Sequence);
        assert_eq!(
            doubt(|anchor| (anchor.cut_off, anchor.records) = (1, 1)),
            FatalReason::Totals
        );
    }
}
