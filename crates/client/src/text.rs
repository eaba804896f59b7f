//! Text from outside, made fit to be shown.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

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

/// Why a file cannot be read or written, in plain words.
pub fn reason(error: &io::Error) -> String {
    // Some say themselves what is wrong.
    if error.get_ref().is_some() {
        return error.to_string();
    }
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied: you may not read or write it".into(),
        ErrorKind::IsADirectory => "this is a folder, not a file".into(),
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder".into(),
        ErrorKind::AlreadyExists => "the file exists already".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        // Of a text that is read, the one thing that can be.
        ErrorKind::InvalidData => "this is not UTF-8 text".into(),
        _ => {
            let words = error.to_string();
            let plain = words.split_once(" (os error").map(|(words, _)| words);
            plain.unwrap_or(&words).to_owned()
        }
    }
}

/// Whether a terminal would obey a character, or show nothing or something else for it.
fn deceives(letter: char) -> bool {
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

    #[test]
    fn a_reason_should_have_no_number_of_an_operating_system_when_a_file_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let read = |path: &Path| reason(&std::fs::read(path).unwrap_err());
        assert_eq!(
            read(&folder.path().join("none")),
            "there is no such file or folder"
        );
        assert_eq!(read(folder.path()), "this is a folder, not a file");
        // ELOOP, of which this program has no words of its own.
        let other = reason(&io::Error::from_raw_os_error(40));
        assert!(!other.is_empty() && !other.contains("os error"), "{other}");
    }
}
