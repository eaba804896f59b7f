//! What a workbook shows beside a number by the format of its cell: a currency, a unit, or something else.

use interclear_primitives::{money::Currency, service::Unit};

/// What a format shows beside a number above 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    /// Words and signs, without blanks around them.
    text: String,
    /// The language and country of `[$kr-41D]`, which tells one krona from another.
    country: Option<u32>,
}

/// A part of a format, between semicolons.
#[derive(Default)]
struct Section {
    text: String,
    country: Option<u32>,
    /// Whether it says for which numbers it is.
    conditional: bool,
    /// Whether it shows a date or a time, which is refused as one.
    date: bool,
}

/// A sign, and the currencies that it stands for, with the countries of each.
type Sign = (&'static str, &'static [(&'static str, &'static [u32])]);

/// Signs and words of currencies, small and without a point behind them, with the countries in which they are this currency.
#[rustfmt::skip]
const SIGNS: &[Sign] = &[
    ("€", &[("EUR", &[])]), ("euro", &[("EUR", &[])]), ("£", &[("GBP", &[])]),
    ("$", &[
        ("USD", &[0x409]), ("CAD", &[0x1009, 0xc0c]), ("AUD", &[0xc09]), ("NZD", &[0x1409]), ("MXN", &[0x80a]),
        ("SGD", &[0x1004, 0x4809]), ("HKD", &[0xc04, 0x3c09]), ("TWD", &[0x404]), ("CLP", &[0x340a]), ("COP", &[0x240a]),
        ("ARS", &[0x2c0a]),
    ]),
    ("us$", &[("USD", &[])]), ("ca$", &[("CAD", &[])]), ("a$", &[("AUD", &[])]), ("nz$", &[("NZD", &[])]),
    ("hk$", &[("HKD", &[])]), ("r$", &[("BRL", &[])]),
    ("¥", &[("JPY", &[0x411]), ("CNY", &[0x804])]), ("￥", &[("JPY", &[0x411]), ("CNY", &[0x804])]),
    ("kr", &[("SEK", &[0x41d, 0x81d]), ("NOK", &[0x414, 0x814]), ("DKK", &[0x406, 0x438]), ("ISK", &[0x40f])]),
    ("zł", &[("PLN", &[])]), ("kč", &[("CZK", &[])]), ("ft", &[("HUF", &[])]), ("fr", &[("CHF", &[])]), ("sfr", &[("CHF", &[])]),
    ("lei", &[("RON", &[0x418]), ("MDL", &[0x818])]), ("лв", &[("BGN", &[])]), ("дин", &[("RSD", &[])]), ("din", &[("RSD", &[])]),
    ("₽", &[("RUB", &[])]), ("р", &[("RUB", &[])]), ("руб", &[("RUB", &[])]), ("₴", &[("UAH", &[])]), ("грн", &[("UAH", &[])]),
    ("₺", &[("TRY", &[])]), ("tl", &[("TRY", &[])]), ("₾", &[("GEL", &[])]), ("₸", &[("KZT", &[])]), ("₪", &[("ILS", &[])]),
    ("₹", &[("INR", &[])]), ("rs", &[("INR", &[0x4009]), ("PKR", &[0x420]), ("LKR", &[0x45b])]), ("₩", &[("KRW", &[])]),
    ("฿", &[("THB", &[])]), ("₫", &[("VND", &[])]), ("₱", &[("PHP", &[])]), ("rp", &[("IDR", &[])]), ("rm", &[("MYR", &[])]),
    ("₦", &[("NGN", &[])]), ("₵", &[("GHS", &[])]), ("r", &[("ZAR", &[])]), ("د.إ", &[("AED", &[])]), ("ر.س", &[("SAR", &[])]),
];

impl Shown {
    /// `None` where a format shows the number and nothing that could change it.
    pub(super) fn of(format: &str) -> Option<Self> {
        let sections = sections(format);
        // The second section is for numbers below 0, unless conditions part them.
        let all = sections.iter().any(|section| section.conditional);
        let seen = if all { sections.len() } else { 1 };
        let mut seen = sections.into_iter().take(seen);
        seen.find_map(|section| {
            let counts = |letter: char| {
                letter.is_alphabetic() || !letter.is_ascii() || matches!(letter, '$' | '-' | '(')
            };
            let text = section.text.trim();
            (!section.date && text.contains(counts)).then(|| Self {
                text: text.into(),
                country: section.country,
            })
        })
    }

    /// The currencies that it may be; none where it is not known as one.
    fn currencies(&self) -> Vec<Currency> {
        let word = self.text.trim_end_matches('.');
        if word.len() == 3 && word.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return word.parse().into_iter().collect();
        }
        let word = word.to_lowercase();
        let known = SIGNS.iter().find(|(sign, _)| *sign == word);
        let known = known.map_or(&[][..], |(_, currencies)| *currencies);
        let here = |(_, countries): &&(&str, &[u32])| {
            self.country.is_some_and(|country| countries.contains(&country))
        };
        let told = known.iter().find(here);
        let among = told.map_or(known, std::slice::from_ref);
        among.iter().filter_map(|(code, _)| code.parse().ok()).collect()
    }

    /// The currency of an amount that is shown so, in a row whose currency is `own`; or why it is none.
    pub(super) fn currency(&self, own: Option<&str>) -> Result<String, String> {
        let codes: Vec<String> = self.currencies().iter().map(ToString::to_string).collect();
        match (codes.as_slice(), own) {
            ([], _) => Err(format!(
                "is shown with `{}`, which is not known as a currency: write its ISO 4217 code into a column Currency, and show the amount as it counts",
                self.text
            )),
            ([code], None) => Ok(code.clone()),
            (codes, None) => Err(format!(
                "is shown with `{}`, which may be {}: write it into a column Currency",
                self.text,
                codes.join(" or ")
            )),
            (codes, Some(own)) if codes.iter().any(|code| code.eq_ignore_ascii_case(own)) => Ok(own.into()),
            (codes, Some(own)) => Err(format!("is shown in {}, and the row is in {own}", codes.join(" or "))),
        }
    }

    /// The unit of a quantity that is shown so, in a row whose unit is `own`; or why it is none.
    pub(super) fn unit(&self, own: Option<&str>) -> Result<String, String> {
        let shown = self.text.parse::<Unit>().ok();
        let same = own.is_none_or(|own| own.parse().ok() == shown);
        match shown {
            Some(_) if same => Ok(own.unwrap_or(&self.text).into()),
            _ => Err(format!(
                "is shown with `{}`, which is not the unit of the row: show the number as it counts",
                self.text
            )),
        }
    }
}

/// The sections of a format with what they show beside digits.
fn sections(format: &str) -> Vec<Section> {
    let mut done = Vec::new();
    let mut section = Section::default();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => done.push(std::mem::take(&mut section)),
            '"' => section
                .text
                .extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => section.text.extend(letters.next()),
            // Room as wide as a letter, and a letter that fills the cell: `_)` and `* `.
            '_' | '*' => drop(letters.next()),
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                if let Some(money) = inside.strip_prefix('$') {
                    let (sign, country) = money.rsplit_once('-').unwrap_or((money, ""));
                    section.text.push_str(sign);
                    section.country = u32::from_str_radix(country, 16).ok();
                }
                section.conditional |= inside.starts_with(['<', '>', '=']);
            }
            // Marks that only say in which direction a text runs.
            '\u{200e}' | '\u{200f}' => {}
            '$' | '-' | '(' => section.text.push(letter),
            letter if !letter.is_ascii() => section.text.push(letter),
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => section.date = true,
            // Digits, and `General`.
            _ => {}
        }
    }
    done.push(section);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(format: &str) -> String {
        let shown = Shown::of(format);
        shown.map_or("nothing".into(), |shown| {
            shown.currency(None).unwrap_or_else(|why| why)
        })
    }

    #[test]
    fn a_currency_should_be_seen_when_a_format_shows_it_in_any_way() {
        for (format, code) in [
            ("#,##0.00\\ [$kr-41D]", "SEK"),
            ("#,##0.00\\ [$kr-414]", "NOK"),
            ("#,##0.00\\ [$kr.-406]", "DKK"),
            ("#,##0.00\\ \"zł\"", "PLN"),
            ("#,##0.00\\ [$Kč-405]", "CZK"),
            ("#,##0\\ [$Ft-40E]", "HUF"),
            ("#,##0.00\\ [$₽-419]", "RUB"),
            ("[$₹-4009]\\ #,##0.00", "INR"),
            ("[$₺-41F]#,##0.00", "TRY"),
            ("[$Fr.-807]\\ #,##0.00", "CHF"),
            ("#,##0.00\\ [$lei-418]", "RON"),
            ("[$د.إ.-3801]\\ #,##0.00", "AED"),
            ("\\C\\H\\F\\ #,##0.00", "CHF"),
            ("#,##0.00\\ \\U\\S\\D", "USD"),
            ("_-[$USD]\\ * #,##0.00_-", "USD"),
            (
                "_-* #,##0.00\\ \"€\"_-;-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
                "EUR",
            ),
            ("[$$-409]#,##0.00", "USD"),
            ("£#,##0.00", "GBP"),
            ("[>999]0.0,\"k\";0 \"SEK\"", "`k`"),
        ] {
            let found = currency(format);
            assert!(
                found == code || found.contains(code) && code.starts_with('`'),
                "{format}: {found}"
            );
        }
    }

    #[test]
    fn a_format_should_be_questioned_when_what_it_shows_may_be_several_or_is_not_known() {
        assert!(currency("#,##0.00 \"kr\"").contains("may be SEK or NOK or DKK or ISK"));
        assert!(currency("$#,##0.00").contains("may be USD or CAD"));
        for format in ["0.00 \"credits\"", "-0", "(0.00)", "0 \"k€\""] {
            assert!(currency(format).contains("not known as a currency"), "{format}");
        }
        for format in [
            "General",
            "#,##0.00",
            "0.00E+00",
            "yyyy-mm-dd",
            "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
            "#,##0.00;[Red]-#,##0.00",
            "[$-409]0.00",
            "#,##0.00_-;\"USD\"-0",
        ] {
            assert_eq!(currency(format), "nothing", "{format}");
        }
    }

    #[test]
    fn a_unit_should_be_taken_when_it_is_that_of_the_row() {
        let unit = |format: &str, own| Shown::of(format).unwrap().unit(own);
        assert_eq!(unit("#,##0 \"MB\"", Some("mb")), Ok("mb".into()));
        assert_eq!(unit("#,##0 \"min\"", None), Ok("min".into()));
        for (format, own) in [
            ("#,##0 \"GB\"", Some("MB")),
            ("#,##0 \"GB\"", None),
            ("0\" thousand\"", Some("min")),
            ("#,##0 \"MB\"", Some("min")),
            ("-0", Some("min")),
        ] {
            assert!(unit(format, own).is_err(), "{format}");
        }
    }
}
