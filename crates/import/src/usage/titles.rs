//! What people write above and beside a table: nothing of it is read as a number, and some of it changes what the numbers are.

use super::row;
use interclear_primitives::{money::Currency, tadig::Tadig};

/// Codes of currencies (ISO 4217) that a title is taken to name. Two that are words, ALL and TOP, are left out.
const CODES: &str = "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SDR SEK SGD SHP SLE SOS \
    SRD SSP STN SVC SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG";

/// Words for many of something, and for units that no service is counted in.
const SCALES: &[&str] = &[
    // In English, German, French, Spanish, Portuguese, Italian, Polish and Russian.
    "k",
    "000",
    "000s",
    "1000",
    "1000s",
    "x1000",
    "thousand",
    "thousands",
    "tausend",
    "tsd",
    "mille",
    "millier",
    "milliers",
    "mil",
    "miles",
    "milhares",
    "migliaia",
    "tys",
    "тыс",
    "million",
    "millions",
    "millionen",
    "mio",
    "mln",
    "mn",
    "mm",
    "millones",
    "milhões",
    "milioni",
    "млн",
    "billion",
    "billions",
    "bn",
    "mrd",
    "milliarden",
    "hundred",
    "hundreds",
    "lakh",
    "crore",
    "gb",
    "gib",
    "gbyte",
    "gigabyte",
    "gigabytes",
    "kb",
    "kib",
    "kbyte",
    "kilobyte",
    "kilobytes",
    "tb",
    "tib",
    "terabyte",
    "terabytes",
    "byte",
    "bytes",
    "octet",
    "octets",
    "kbit",
    "mbit",
    "gbit",
    "hour",
    "hours",
    "hrs",
    "stunden",
    "heures",
    "horas",
    "seconds",
    "secs",
    "sekunden",
    "secondes",
    "segundos",
];

/// Whether cells above the head look like a row of the table, whose head has `width` names.
pub(super) fn is_row(cells: &[&str], width: usize) -> bool {
    let month = |cell: &&str| row::month(cell).is_some();
    let network = |cell: &&str| cell.parse::<Tadig>().is_ok();
    cells.len() >= width || (cells.iter().any(month) && cells.iter().any(network))
}

/// The words of a title, with the signs of currencies as their codes.
fn words(title: &str) -> Vec<String> {
    let coded = title.replace('€', "EUR").replace('£', "GBP");
    let words = coded.split(|letter: char| !letter.is_alphanumeric() && letter != '$');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn code(word: &str) -> Option<Currency> {
    let known = CODES.split_whitespace().any(|code| code == word);
    known.then(|| word.parse().ok()).flatten()
}

/// The word of a title that says that the numbers below stand for many of something.
pub(super) fn scale(title: &str) -> Option<String> {
    words(title).into_iter().find(|word| {
        let many = word.strip_prefix(['k', 'K', 'm', 'M', 't', 'T']);
        let of_money = many.is_some_and(|word| word == "$" || code(word).is_some());
        of_money || SCALES.contains(&word.to_lowercase().as_str())
    })
}

/// The currencies that a title names.
pub(super) fn currencies(title: &str) -> Vec<Currency> {
    words(title).iter().filter_map(|word| code(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_should_be_questioned_when_it_says_that_numbers_stand_for_many() {
        for title in [
            "Usage in thousands",
            "Usage in thousand minutes",
            "Usage in GB",
            "Charges in kEUR",
            "Charges (k€)",
            "Charges, k €",
            "T€",
            "in '000",
            "x 1,000",
            "Mio. EUR",
            "Umsatz in Tsd.",
            "Beträge in M$",
            "en miles",
        ] {
            assert!(scale(title).is_some(), "{title}");
        }
        for title in [
            "Usage report, January 2026",
            "T-Mobile, AT&T",
            "Charges in EUR",
            "Usage in MB and minutes",
            "Second quarter",
            "M2M traffic",
            "SMS and MMS",
        ] {
            assert_eq!(scale(title), None, "{title}");
        }
    }

    #[test]
    fn a_title_should_name_a_currency_when_it_has_its_code_or_a_sign_that_is_only_its_own() {
        let named = |title| {
            currencies(title)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(named("Charges in USD"), ["USD"]);
        assert_eq!(named("€, excluding tax"), ["EUR"]);
        assert_eq!(named("ALL NETWORKS OF DEU7A: SMS, MOC"), [""; 0]);
    }
}
