//! Text from outside, made fit to be shown.

use std::path::Path;

/// Text that may come from anybody, on one line and without what a terminal would obey: control characters, line and
/// paragraph separators, and marks that turn the direction of writing or show nothing are written as `\u{1b}`.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if deceives(letter) => shown.extend(letter.escape_unicode()),
            _ => shown.push(letter),
        }
    }
    shown
}

/// As [`printable`], of a text that has lines.
pub fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

/// A path as [`printable`] text.
pub fn path(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// Whether a terminal would obey a character, or show nothing or something else for it.
pub(crate) fn deceives(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_should_be_harmless_when_it_is_made_to_deceive() {
        for (text, shown) in [
            (
                "Alpha Mobile GmbH & Co. \u{fc}ber",
                "Alpha Mobile GmbH & Co. \u{fc}ber",
            ),
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("paid\nerror: nothing", "paid\\nerror: nothing"),
            ("a\r\tb\u{7f}\u{9b}", "a\\r\\tb\\u{7f}\\u{9b}"),
            ("\u{202e}exe.fdp", "\\u{202e}exe.fdp"),
            ("a\u{200b}b\u{2066}", "a\\u{200b}b\\u{2066}"),
            ("1\u{202f}000", "1\u{202f}000"),
        ] {
            assert_eq!(printable(text), shown);
        }
        assert_eq!(printable_lines("a\nb\u{7}"), "a\nb\\u{7}");
    }
}
