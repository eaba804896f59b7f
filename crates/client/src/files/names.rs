//! Names of files as they are shown and made.

use crate::text::printable;
use std::ffi::OsString;

/// The name of a file without its folder, as it may be printed: control characters, backslashes and octets that are not text
/// are escaped, so that no two names look the same and none forges a line.
pub fn shown(name: &std::ffi::OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(&printable(&chunk.valid().replace('\\', "\\\\")));
        for octet in chunk.invalid() {
            text.push_str(&format!("\\x{octet:02x}"));
        }
    }
    text
}

/// A name with something added, cut so that a file system takes it (255 octets), whatever its length.
pub(crate) fn extended(name: &std::ffi::OsStr, ending: &str) -> OsString {
    const LONGEST: usize = 200;
    let mut extended = match name.len() > LONGEST {
        false => name.to_owned(),
        // An escaped octet takes four places, a character at most ten.
        true => {
            let text = shown(name);
            let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end));
            text.get(..end.unwrap_or(0)).unwrap_or_default().into()
        }
    };
    extended.push(ending);
    extended
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn names_should_differ_and_forge_nothing_when_they_are_shown() {
        assert_eq!(shown(OsStr::new("CDDEUD1FRAF100042")), "CDDEUD1FRAF100042");
        assert_eq!(shown(OsStr::new("Köln\n2026 refused")), "Köln\\n2026 refused");
        assert_eq!(
            shown(OsStr::new("a\u{1b}[2Jb\u{202e}c")),
            "a\\u{1b}[2Jb\\u{202e}c"
        );
        assert_eq!(shown(OsStr::new("a\\n")), "a\\\\n");
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            assert_eq!(shown(OsStr::from_bytes(b"a\xff\xfe")), "a\\xff\\xfe");
        }
    }

    #[test]
    fn a_name_should_fit_a_file_system_when_it_is_extended() {
        let long = "ü".repeat(127);
        let name = extended(OsStr::new(&long), "-0123456789abcdef.secret");
        assert!(name.len() < 255, "{}", name.len());
        assert_eq!(extended(OsStr::new("short"), "-1"), "short-1");
    }
}
