//! Numbers of tables as people and spreadsheets write them: with a point or a comma, and with digits in groups.

use super::row::{At, Field, Texts};
use crate::{
    decimal::InvalidDecimal,
    fault::{Faults, Reason},
    groups::grouped,
};
use std::borrow::Cow;

/// What stands between whole units and decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalMark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// Neither a point nor a comma.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("write , or .")]
pub struct InvalidMark;

impl std::str::FromStr for DecimalMark {
    type Err = InvalidMark;

    fn from_str(text: &str) -> Result<Self, InvalidMark> {
        match text {
            "." | "point" => Ok(Self::Point),
            "," | "comma" => Ok(Self::Comma),
            _ => Err(InvalidMark),
        }
    }
}

impl DecimalMark {
    const fn symbol(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }
}

/// The fields that hold numbers.
pub(super) const NUMBERS: [Field; 3] = [Field::Quantity, Field::Charge, Field::Tax];

/// How the numbers of one file are written.
pub(super) struct Numbers {
    /// The mark that was named, or that the file's own form tells.
    mark: Option<DecimalMark>,
    /// Whether a single point before three digits is a decimal point without anybody saying so.
    points: bool,
    /// The mark that a number has shown, and where.
    shown: Option<(DecimalMark, String)>,
}

impl Numbers {
    /// Numbers of a file. `points` tells that a point before three digits is decimal, as other numbers of the file show.
    pub(super) const fn new(mark: Option<DecimalMark>, points: bool) -> Self {
        Self {
            mark,
            points,
            shown: None,
        }
    }

    /// Writes the numbers of a row in one way, digits with a point; whether all could be told. `is_text` leaves out what the
    /// file stores as a number.
    pub(super) fn decide(
        &mut self,
        at: At,
        texts: &mut Texts<'_>,
        is_text: impl Fn(Field) -> bool,
        faults: &mut Faults,
    ) -> bool {
        let mut sound = true;
        for field in NUMBERS.into_iter().filter(|field| is_text(*field)) {
            let Some(slot) = texts.get_mut(field as usize) else {
                continue;
            };
            let Some(text) = slot.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
                continue;
            };
            let read = self.plain(text, || at.place(field));
            match read {
                Ok(None) => {}
                Ok(Some(plain)) => *slot = Some(Cow::Owned(plain)),
                Err(reason) => {
                    sound = false;
                    faults.add(at.place(field), reason);
                    // So that the row can be read on for what else is wrong with it, and this is not told twice.
                    *slot = Some(Cow::Borrowed("0"));
                }
            }
        }
        sound
    }

    /// The number as digits with a point; `None` where it is written so, or is not a number.
    fn plain(&mut self, text: &str, place: impl Fn() -> String) -> Result<Option<String>, Reason> {
        if text.bytes().all(|octet| octet.is_ascii_digit()) {
            return Ok(None);
        }
        let refused = |why| {
            Err(Reason::Number {
                text: text.to_owned(),
                why,
            })
        };
        if text.ends_with(['%', '‰']) {
            return refused(InvalidDecimal::Percentage);
        }
        let (body, negative) = unsigned(text);
        if negative && body.starts_with(|first: char| first.is_ascii_digit()) {
            return refused(InvalidDecimal::Negative);
        }
        if is_rounded(body) {
            return refused(InvalidDecimal::Rounded);
        }
        let Some(shape) = Shape::of(body) else {
            // What is wrong with it is told when it is read.
            return Ok(None);
        };
        let mark = match (shape.mark, self.mark) {
            (Marked::Not, _) => return Ok(Some(shape.digits)),
            (Marked::By(found), None) => found,
            (Marked::By(found), Some(named)) if found == named => found,
            (Marked::Either(_), Some(named)) => named,
            (Marked::By(_), Some(named)) => return refused(InvalidDecimal::OtherMark(named.name())),
            (Marked::Either(DecimalMark::Point), None) if self.points => DecimalMark::Point,
            (Marked::Either(found), None) => {
                let [decimal, grouped] = [
                    shape.digits.replace(found.symbol(), "."),
                    shape.digits.replace(found.symbol(), ""),
                ];
                return Err(Reason::Ambiguous {
                    text: text.to_owned(),
                    decimal,
                    grouped,
                });
            }
        };
        if self.mark.is_none() {
            let (shown, first) = self.shown.get_or_insert_with(|| (mark, place()));
            if *shown != mark {
                return Err(Reason::Other(format!(
                    "`{text}` has a decimal {}, and {first} a {}",
                    mark.name(),
                    shown.name()
                )));
            }
        }
        let digits = shape.digits.replace(mark.other().symbol(), "");
        Ok(Some(digits.replace(mark.symbol(), ".")))
    }
}

/// Whether text is a number with an exponent, as a spreadsheet writes one for which a column is too narrow: it has lost digits.
pub(super) fn is_rounded(text: &str) -> bool {
    let digits = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-');
    let before = text.trim_end_matches(digits);
    before.ends_with(['e', 'E']) && text.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether numbers show that points are decimal, and none that commas are: of text whose cells are separated by commas, which
/// systems with a decimal comma write, too.
pub(super) fn only_points<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut points = false;
    for text in texts {
        match Shape::of(unsigned(text.trim()).0).map(|shape| shape.mark) {
            Some(Marked::By(DecimalMark::Comma)) => return false,
            Some(Marked::By(DecimalMark::Point)) => points = true,
            _ => {}
        }
    }
    points
}

/// A number without its sign, and whether it is below 0: `-5`, `5-` and `(5)` as ledgers write it.
fn unsigned(text: &str) -> (&str, bool) {
    let minus = ['-', '\u{2212}', '\u{2013}'];
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let bare = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus));
    match inside.or(bare) {
        Some(body) => (body.trim(), true),
        None => (text, false),
    }
}

/// What a number's points and commas are.
enum Marked {
    /// There are none that count.
    Not,
    /// Only this one can be the decimal mark.
    By(DecimalMark),
    /// The mark that is there may be decimal, or group the digits.
    Either(DecimalMark),
}

struct Shape {
    /// Without blanks and apostrophes between groups.
    digits: String,
    mark: Marked,
}

impl Shape {
    /// `None` for what is not a number with marks.
    fn of(text: &str) -> Option<Self> {
        let blank = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '\u{2019}');
        let end = text.find(['e', 'E']).unwrap_or(text.len());
        let (body, exponent) = text.split_at(end);
        let known = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',') || blank(letter);
        if !body.chars().all(known) || !body.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let spaced = body.chars().any(blank);
        if spaced {
            let whole = body.find(['.', ',']).map_or(body, |end| &body[..end]);
            let mut separators = whole.chars().filter(|letter| blank(*letter));
            let first = separators.next()?;
            let alike = separators.all(|other| other == first);
            // Blanks among the decimals would be lost.
            if !alike || body[whole.len()..].chars().any(blank) || !grouped(whole, first) {
                return None;
            }
        }
        let digits: String = body.chars().filter(|letter| !blank(*letter)).collect();
        let count = |mark: DecimalMark| digits.matches(mark.symbol()).count();
        let both = [DecimalMark::Point, DecimalMark::Comma];
        let mark = match both.map(count) {
            [0, 0] => Marked::Not,
            [1, 0] | [0, 1] => {
                let mark = both[usize::from(count(DecimalMark::Comma) == 1)];
                let may_group = exponent.is_empty() && !spaced && grouped(&digits, mark.symbol());
                match may_group {
                    true => Marked::Either(mark),
                    false => Marked::By(mark),
                }
            }
            // Both are there: the last one is decimal, and the other groups. Or one is there more than once.
            [points, commas] => {
                let last = digits.rfind(['.', ','])?;
                let decimal = match (points, commas) {
                    (_, 0) => DecimalMark::Comma,
                    (0, _) => DecimalMark::Point,
                    _ if digits[last..].starts_with('.') => DecimalMark::Point,
                    _ => DecimalMark::Comma,
                };
                let whole = digits.split(decimal.symbol()).next()?;
                let sound = !spaced && count(decimal) <= 1 && grouped(whole, decimal.other().symbol());
                if !sound {
                    return None;
                }
                Marked::By(decimal)
            }
        };
        Some(Self {
            digits: digits + exponent,
            mark,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number as it is understood, or what is wrong.
    fn told(text: &str, mark: Option<DecimalMark>) -> String {
        let read = Numbers::new(mark, false).plain(text, String::new);
        match read {
            Ok(plain) => plain.unwrap_or_else(|| text.to_owned()),
            Err(reason) => format!("refused: {reason}"),
        }
    }

    #[test]
    fn a_number_should_be_read_when_only_one_mark_can_be_decimal() {
        for (text, plain) in [
            ("4000", "4000"),
            ("4000.5", "4000.5"),
            ("4000,5", "4000.5"),
            ("0.125", "0.125"),
            ("0,125", "0.125"),
            ("1234.567", "1234.567"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1.234.567", "1234567"),
            ("1,234,567", "1234567"),
            ("1,234,567.25", "1234567.25"),
            ("1\u{a0}234,5", "1234.5"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("12 345.678", "12345.678"),
            ("1'234.50", "1234.50"),
            ("1’234’567", "1234567"),
        ] {
            assert_eq!(told(text, None), plain, "{text}");
        }
    }

    #[test]
    fn a_number_should_be_refused_when_its_mark_may_be_either() {
        for text in ["4.000", "12,500", "999.999"] {
            assert!(told(text, None).contains("may be"), "{text}");
        }
        assert_eq!(told("4.000", Some(DecimalMark::Comma)), "4000");
        assert_eq!(told("4.000", Some(DecimalMark::Point)), "4.000");
        assert_eq!(told("4,000", Some(DecimalMark::Comma)), "4.000");
        assert_eq!(told("4,000", Some(DecimalMark::Point)), "4000");
        assert!(told("4.5", Some(DecimalMark::Comma)).contains("decimal comma was named"));
    }

    #[test]
    fn a_number_should_be_left_to_its_reader_when_it_has_no_sound_shape() {
        for text in [
            "1.23.456",
            "1,2,3",
            "12.34,5",
            "1.234,5,6",
            "1 23",
            "1 234 56",
            "1.234 5",
            "5.",
            "abc",
            "1 234'567",
            "+5",
            ".5",
        ] {
            let read = told(text, None);
            let refused = read.starts_with("refused") || read.parse::<crate::Decimal>().is_err();
            assert!(refused, "{text}: {read}");
        }
        assert!(told("19 %", None).contains("percentage"));
        for text in ["1.23E+06", "1,23E+06", "1e3", "5E-05"] {
            assert!(told(text, None).contains("write all its digits"), "{text}");
        }
        for text in ["-5", "5-", "(1.234,5)", "\u{2212}5"] {
            assert!(told(text, None).contains("negative"), "{text}");
        }
    }
}
