//! The options in use that a next step needs as well, so that it does the same when it is pasted.

use std::sync::OnceLock;

/// What a next step begins with.
pub const COMMAND: &str = "interclear ";
/// After what a next step begins that is not the beginning of its line or cell: elsewhere the word is part of a name, as of a file.
const BEFORE: [&str; 4] = ["`", "(", ": ", "&& "];
/// What a line begins with whose commands are for others as well: they have the node in common, and profiles of their own.
const FOR_OTHERS: [&str; 6] = [
    "the debtor says that it was paid",
    "Members vote with",
    "The other side",
    "Both sign with",
    "The admin of",
    "Each debtor",
];

/// What is said by an option, and by nothing that holds for the next command, too.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Carried {
    /// The node.
    pub url: Option<String>,
    /// The part of the configuration file that was named.
    pub profile: Option<String>,
}

static CARRIED: OnceLock<Carried> = OnceLock::new();

/// Says once, at the beginning, what is in use.
pub fn set(carried: Carried) {
    let _ = CARRIED.set(carried);
}

/// A text whose commands have the options in use.
pub fn pasteable(text: &str) -> String {
    CARRIED
        .get()
        .map_or_else(|| text.into(), |carried| carried.write_into(text))
}

impl Carried {
    /// What was said, unless the environment says the same.
    pub fn said(url: Option<&str>, profile: Option<&str>) -> Self {
        let said = |value: Option<&str>, variable: &str| {
            let of_environment = std::env::var(variable).ok();
            value
                .filter(|value| of_environment.as_deref() != Some(*value))
                .map(Into::into)
        };
        Self {
            url: said(url, "INTERCLEAR_URL"),
            profile: said(profile, "INTERCLEAR_PROFILE"),
        }
    }

    fn write_into(&self, text: &str) -> String {
        // A command on a line of its own belongs to the one before.
        let mut said_before = false;
        let lines = text.split('\n').map(|line| {
            let for_others = said_before || FOR_OTHERS.iter().any(|begin| line.starts_with(begin));
            said_before = for_others && line.ends_with(':');
            self.write_into_line(line, for_others)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn write_into_line(&self, line: &str, for_others: bool) -> String {
        let options = [
            ("--url", self.url.as_deref()),
            ("--profile", self.profile.as_deref().filter(|_| !for_others)),
        ];
        let options: String = options
            .into_iter()
            .filter_map(|(option, value)| Some(format!("{option} {} ", quoted(value?))))
            .collect();
        let mut parts = line.split(COMMAND);
        let mut written = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let begins = written.is_empty() || BEFORE.iter().any(|before| written.ends_with(before));
            written.push_str(COMMAND);
            // One that says its options itself has them already.
            if begins && part.starts_with(|first: char| first.is_ascii_lowercase()) {
                written.push_str(&options);
            }
            written.push_str(part);
        }
        written
    }
}

/// A word as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./:,@%+=".contains(letter);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.into(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(url: Option<&str>, profile: Option<&str>) -> Carried {
        Carried {
            url: url.map(Into::into),
            profile: profile.map(Into::into),
        }
    }

    #[test]
    fn a_command_should_have_the_options_in_use_when_it_is_the_next_step() {
        let both = carried(Some("ws://10.0.0.7:9944"), Some("night shift"));
        let (node, options) = (
            "--url ws://10.0.0.7:9944",
            "--url ws://10.0.0.7:9944 --profile 'night shift'",
        );
        for (text, expected) in [
            (
                "next: interclear a b && interclear c",
                format!("next: interclear {options} a b && interclear {options} c"),
            ),
            (
                "`interclear a 7` tells\nwhy",
                format!("`interclear {options} a 7` tells\nwhy"),
            ),
            ("see (interclear a)", format!("see (interclear {options} a)")),
            ("interclear --url ws://x a", "interclear --url ws://x a".into()),
            ("/opt/interclear stays", "/opt/interclear stays".into()),
            (
                "my interclear files/CDFRAF1DEUD100042",
                "my interclear files/CDFRAF1DEUD100042".into(),
            ),
            (
                " 3   my interclear files   see: interclear a",
                format!(" 3   my interclear files   see: interclear {options} a"),
            ),
            (
                "Members vote with: interclear council vote 7",
                format!("Members vote with: interclear {node} council vote 7"),
            ),
            (
                "The admin of 7 adds it with:\ninterclear desk add",
                format!("The admin of 7 adds it with:\ninterclear {node} desk add"),
            ),
        ] {
            assert_eq!(both.write_into(text), expected);
        }
        assert_eq!(
            both.write_into(&both.write_into("interclear a")),
            both.write_into("interclear a")
        );
        assert_eq!(Carried::default().write_into("interclear a"), "interclear a");
    }

    #[test]
    fn a_word_should_be_quoted_when_a_shell_would_not_take_it_for_one() {
        assert_eq!(quoted("tap/CDDEUD1FRAF100042"), "tap/CDDEUD1FRAF100042");
        assert_eq!(quoted("night files/it's"), r"'night files/it'\''s'");
        assert_eq!(quoted("$(id)"), "'$(id)'");
        assert_eq!(quoted(""), "''");
    }
}
