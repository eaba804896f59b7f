//! Digits in groups of three, as people and spreadsheets write large numbers.

use crate::fault::Reason;

/// Why a text with one point cannot be taken: three digits behind it may be decimals, or a group. Of text where nothing else
/// tells which, such as a number in quotes.
pub(crate) fn questioned(text: &str) -> Option<Reason> {
    let (whole, decimals) = text.split_once('.')?;
    grouped(text, '.').then_some(())?;
    (!decimals.contains('.')).then(|| Reason::InQuotes {
        text: text.to_owned(),
        whole: format!("{whole}{decimals}"),
    })
}

/// Whether `separator` divides the digits of a whole number into groups of three, the first of which may be shorter.
pub(crate) fn grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let plain = |group: &str| group.bytes().all(|octet| octet.is_ascii_digit());
    let first = groups
        .next()
        .is_some_and(|first| (1..=3).contains(&first.len()) && plain(first) && !first.starts_with('0'));
    let mut rest = groups.peekable();
    first && rest.peek().is_some() && rest.all(|group| group.len() == 3 && plain(group))
}
