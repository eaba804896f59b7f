//! One word for each thing in what people read: docs of errors and events, help, messages, documents.
//! docs/glossary.md says what each word means.

use interclear_tidy::{assert_none, files, interface_texts};
use regex::Regex;

/// What must not be said, what to say, and why.
struct Ban {
    words: &'static str,
    say: &'static str,
    why: &'static str,
}

const fn ban(words: &'static str, say: &'static str, why: &'static str) -> Ban {
    Ban { words, say, why }
}

const BANS: &[Ban] = &[
    ban(
        r"\b(month|period)s? (is|are|was|were|has been|have been|be|becomes?) (already |not |still )?sealed\b|\bseal(s|ed|ing)? (the|a|its|this|that|each|every|no) (month|period)|\bsealed (month|period)|\b(Month|Period)Sealed",
        "close, closed",
        "a month is closed; `seal` is for what is encrypted or committed to",
    ),
    ban(
        r"\bseal of (the|a) (file|table)|\b(file|table)'s seal\b",
        "digest",
        "what stands for a file's content is its digest",
    ),
    ban(
        r"\bhash of (the|a|an|its|each) (file|table|usage file)|\bfile'?s? hash\b",
        "digest",
        "what stands for a file's content is its digest",
    ),
    ban(
        r"\bfreez(e|es|ing) (the|a) cycle|\bfrozen cycle|\bcycle (is|was) frozen|\bCycleFrozen|\bwhile frozen\b",
        "collect, collecting",
        "only tokens are frozen; a cycle collects the obligations that it settles",
    ),
    ban(
        r"\bunw(ind|inds|inding|ound)\b|\bUnw(ind|ound)",
        "exclude, cancel",
        "defaulters are excluded; a cycle that ends without transfers is cancelled",
    ),
    ban(
        r"\b(operators?|defaulters?|part(y|ies)|somebody|whoever)\b[^.;:|]* taken out\b|\btaken out of (the|a) cycle\b",
        "excluded",
        "an operator without which a cycle goes on is excluded",
    ),
    ban(
        r"\b(is|was|as) a copy\b|\ba copy[:,]|\b(no|\d+) cop(y|ies)\b|\bcop(y|ies) (of (a|the) (file|record)|(is|are|was|were) )",
        "duplicate",
        "the same file again is a duplicate",
    ),
    ban(
        r"\b(in )?rising order\b|\bnot rising\b|\bNotRising",
        "ascending",
        "the usual word for an order",
    ),
    ban(
        r"\bwork(ed|s) off\b",
        "processed, processes",
        "the usual word for a queue",
    ),
    ban(
        r"\b[Rr]eturns files?\b|\b(the|a|this|that) return files?\b",
        "RAP file",
        "the field's own term",
    ),
    ban(
        r"\bdat(e|es|ed|ing) (it |them )?back\b",
        "backdate",
        "the usual word",
    ),
    ban(r"\bprolong", "renew, renewal", "agreements are renewed"),
    ban(
        r"\bends? with (status )?\d",
        "exits with status",
        "the usual words for programs",
    ),
    ban(r"(?i)\bthese are no\b", "invalid", "not idiomatic"),
    ban(r"\b(is|are) no \w+", "is not a", "not idiomatic"),
    ban(
        r"\b([Tt]hat|[Ww]hich|[Ww]hat) ha(s|ve) served\b",
        "queued for eviction",
        "not idiomatic",
    ),
    ban(
        r"\bdoes not stand where\b",
        "is in the wrong phase",
        "not idiomatic",
    ),
    ban(
        r"\b(files|records) against fraud\b",
        "NRTRDE (fraud) files",
        "the field's own term",
    ),
    ban(r"\bget a witness\b", "is timestamped", "not idiomatic"),
    ban(
        r"^(IdsUsedUp|NumbersUsedUp|NumbersExhausted)$",
        "IdsExhausted",
        "one name for one refusal",
    ),
    ban(
        r"^TooMany|Exceeds?Max|^Max\w+Reached$|^\w+Full$|^\w+TooLarge$|^(Overflow|Overflows)$",
        "Max…Exceeded, AmountOverflow",
        "one name for one refusal",
    ),
    ban(
        r"^\w+Error$",
        "the state or reason alone",
        "every variant of an enumeration of errors is one",
    ),
];

/// After "is no" these are idiomatic.
const AFTER_NO: [&str; 6] = ["faster", "less", "longer", "more", "older", "smaller"];

/// Whether a find is idiomatic after all, as in "there is no token" and "is no longer".
fn is_idiomatic(before: &str, said: &str) -> bool {
    let denies = said.starts_with("is no ") || said.starts_with("are no ");
    let last = said.rsplit(' ').next().unwrap_or_default();
    denies && (before.trim_end().ends_with("here") || AFTER_NO.contains(&last))
}

/// Documents that name words of earlier days.
fn quotes_words(place: &str) -> bool {
    place.starts_with("docs/glossary.md:") || place.starts_with("CHANGELOG.md:")
}

#[test]
fn text_should_use_one_word_for_one_thing() {
    let texts = interface_texts();
    assert!(
        texts.iter().any(|text| text.place.contains("/src/lib.rs")),
        "errors are found"
    );
    assert!(
        texts.iter().any(|text| text.place.starts_with("cli/src")),
        "help is found"
    );
    assert!(
        texts
            .iter()
            .any(|text| text.text.contains("{operator}, for which the key acts")),
        "messages that code puts together are found"
    );
    assert!(
        texts.iter().any(|text| text.place.starts_with("README.md")),
        "documents are found"
    );
    let mut breaches = Vec::new();
    for ban in BANS {
        let words = Regex::new(ban.words).expect("a valid expression");
        for text in texts.iter().filter(|text| !quotes_words(&text.place)) {
            let found = words
                .find_iter(&text.text)
                .filter(|found| !is_idiomatic(&text.text[..found.start()], found.as_str()));
            for found in found {
                let (said, place) = (found.as_str(), &text.place);
                breaches.push(format!("{place}: \"{said}\": say {}: {}", ban.say, ban.why));
            }
        }
    }
    assert_none("one word for one thing", breaches);
}

/// In small letters, without what separates words.
fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

#[test]
fn doc_should_not_repeat_a_name_when_it_stands_before_it() {
    let doc = Regex::new(r"^\s*/// (?:(?:The|An?|Its|Their) )?([\w ]+)\.$").expect("a valid expression");
    let item = Regex::new(
        r"^\s*(?:pub(?:\([^)]*\))? )?(?:(?:(?:const |async )?fn|struct|enum|type|const|static|trait) )?(\w+)",
    )
    .expect("a valid expression");
    // Every pallet and the runtime have these by their macros.
    let of_macros = ["pallet", "runtime"];
    let mut breaches = Vec::new();
    for folder in ["cli", "crates", "node", "pallets", "runtime"] {
        for source in files(folder, ".rs") {
            let lines: Vec<&str> = source.text.lines().collect();
            for (number, said) in lines
                .iter()
                .enumerate()
                .filter_map(|(n, line)| Some((n, doc.captures(line)?)))
            {
                let goes_on = number > 0 && lines[number - 1].trim_start().starts_with("///");
                let next = lines[number + 1..]
                    .iter()
                    .find(|line| !line.trim_start().starts_with("#["));
                let Some(name) = next.and_then(|line| item.captures(line)).filter(|_| !goes_on) else {
                    continue;
                };
                let (said, name) = (letters(&said[1]), letters(&name[1]));
                if said.trim_end_matches('s') == name.trim_end_matches('s')
                    && !of_macros.contains(&said.as_str())
                {
                    breaches.push(format!(
                        "{}:{}: {}",
                        source.path,
                        number + 1,
                        lines[number].trim()
                    ));
                }
            }
        }
    }
    assert_none("a doc says the unit, the bound or the meaning", breaches);
}
