//! What a reader of values says is wrong, in the words of whoever wrote them.

/// The reason without what only programs know; `place` is the item that it is about.
pub(super) fn reason(error: &str, place: &str) -> String {
    // Where it stands in the text that was made here, nobody sees.
    let error = error.split(" at line ").next().unwrap_or_default();
    // Of a percentage the integer is what nobody has written.
    if place.ends_with("_bps") && error.starts_with("invalid value") {
        return "is at most 655.35 %".into();
    }
    let value = |rest: &str| {
        let (kind, value) = rest.split_once(' ').unwrap_or(("", rest));
        match kind {
            "integer" | "string" | "boolean" => value.trim_matches(['"', '`']).to_owned(),
            _ => rest.to_owned(),
        }
    };
    if let Some((found, expected)) = split(error, "invalid value: ") {
        return match most(expected) {
            Some(most) => format!("`{}` is not a whole number from 0 to {most}", value(found)),
            None => format!("`{}` cannot be taken: {expected} is expected", value(found)),
        };
    }
    if let Some((found, expected)) = split(error, "invalid type: ") {
        let expected = most(expected).map_or_else(
            || expected.to_owned(),
            |most| format!("a whole number from 0 to {most}"),
        );
        return format!("is `{}`, and should be {expected}", value(found));
    }
    if let Some((found, expected)) = split(error, "unknown variant ") {
        let known = expected.trim_start_matches("one of ");
        return format!("{found} is not known: write {}", known.replace('`', ""));
    }
    if let Some(name) = error.strip_prefix("missing field ") {
        return format!("{name} is missing");
    }
    error.to_owned()
}

/// What was found, and what is expected.
fn split<'e>(error: &'e str, kind: &str) -> Option<(&'e str, &'e str)> {
    error.strip_prefix(kind)?.split_once(", expected ")
}

/// The largest number of a type.
fn most(expected: &str) -> Option<u128> {
    Some(match expected {
        "u8" => u8::MAX.into(),
        "u16" => u16::MAX.into(),
        "u32" => u32::MAX.into(),
        "u64" => u64::MAX.into(),
        "u128" => u128::MAX,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_should_be_in_plain_words_when_it_is_one_of_a_program() {
        for (error, place, words) in [
            (
                "invalid value: integer `80000`, expected u16 at line 1 column 9",
                "payment.late_interest_bps",
                "is at most 655.35 %",
            ),
            (
                "invalid value: integer `70000`, expected u16",
                "payment.payment_days",
                "`70000` is not a whole number from 0 to 65535",
            ),
            (
                "invalid type: string \"soon\", expected u16",
                "payment.payment_days",
                "is `soon`, and should be a whole number from 0 to 65535",
            ),
            (
                "unknown variant `Untaxd`, expected one of `Untaxed`, `Excluded`, `Included`",
                "directions[0]",
                "`Untaxd` is not known: write Untaxed, Excluded, Included",
            ),
            ("missing field `last`", ".", "`last` is missing"),
        ] {
            assert_eq!(reason(error, place), words);
        }
    }
}
