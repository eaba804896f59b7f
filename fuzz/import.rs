//! What must hold for any octets that are taken for a usage table or a contract. Used by the fuzz targets and by the tests
//! that replay the seeds.

use interclear_import::{
    document::{read, write, Format},
    rate, Agreement, DecimalMark, Faults, Rates, Scope, Usage, MAX_FAULTS,
};

/// A contract under which tables of the seeds can be rated.
const CONTRACT: &str = r#"{
    "generalInformation": {
        "startDate": "2026-01-01", "endDate": "2026-12-31",
        "A": { "currencyForAllDiscounts": "EUR", "tadigCodes": { "codes": "DEUA1" } },
        "B": { "currencyForAllDiscounts": "EUR", "tadigCodes": { "codes": "FRAB1" } }
    },
    "discounts": { "B": { "serviceGroups": [{ "homeTadigs": "DEUA1", "visitorTadigs": "FRAB1", "services": [
        { "service": "GPRS", "usagePricing": { "ratingPlan": { "rate": { "linearPrice": 0.012 } } } },
        { "service": "MTC", "usagePricing": { "ratingPlan": { "kind": "Flat rate" } } }
    ] }] } }
}"#;

/// Somebody is told what is wrong, and not without end.
fn told(faults: &Faults) {
    assert!(!faults.is_empty() && faults.list.len() <= MAX_FAULTS);
    assert!(!faults.to_string().is_empty());
}

/// A table is read or refused; without a decimal mark it says what it says with one of both, and what is read is rated or
/// refused.
pub fn table(octets: &[u8]) {
    let [unnamed, point, comma] =
        [None, Some(DecimalMark::Point), Some(DecimalMark::Comma)].map(|mark| Usage::read_with(octets, mark));
    for usage in [&unnamed, &point, &comma] {
        match usage {
            Ok(usage) => assert!(usage.warnings.list.len() <= MAX_FAULTS),
            Err(faults) => told(faults),
        }
    }
    let Ok(usage) = unnamed else { return };
    assert!(point.as_ref() == Ok(&usage) || comma.as_ref() == Ok(&usage));
    let agreement = Agreement::read(CONTRACT).expect("this is a contract");
    if let Err(faults) = agreement.reports(&usage) {
        told(&faults);
    }
    let rated = agreement
        .assign(&usage)
        .and_then(|assigned| rate(&assigned, Scope::Term, &Rates::new(), 2));
    if let Err(faults) = rated {
        told(&faults);
    }
}

/// An agreement is refused, or is sound and says the same when it is written in any format and read again.
pub fn contract(octets: &[u8]) {
    let Ok(text) = std::str::from_utf8(octets) else {
        return;
    };
    const FORMATS: [Format; 3] = [Format::Json, Format::Toml, Format::Yaml];
    for format in FORMATS {
        let terms = match read(text, format) {
            Ok(agreement) => agreement.terms,
            Err(faults) => {
                told(&faults);
                continue;
            }
        };
        // What was read has no fault: `read` refuses terms with any.
        for format in FORMATS {
            let written = write(&terms, format).expect("terms can be written");
            let again = read(&written, format).unwrap_or_else(|faults| panic!("{faults}\n{written}"));
            assert_eq!(again.terms, terms, "{written}");
        }
    }
}
