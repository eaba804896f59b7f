//! Names of tests say what is expected: `x_should_y_when_z`, or `x_should_y` where y always holds. A refusal has a reason, so it has
//! its `when`.

use interclear_tidy::{assert_none, files};
use regex::Regex;

#[test]
fn test_name_should_say_what_is_expected_and_when_something_is_refused() {
    let test = Regex::new(
        r"#\[(?:tokio::)?test(?:\([^)]*\))?\](?:\s*(?://[^\n]*|#\[[^\]]*\]))*\s*(?:async )?fn (\w+)",
    )
    .expect("a valid expression");
    let mut breaches = Vec::new();
    let mut found = 0;
    for folder in ["cli", "crates", "e2e", "node", "pallets", "runtime", "tools"] {
        for source in files(folder, ".rs") {
            for name in test.captures_iter(&source.text).map(|parts| parts[1].to_owned()) {
                found += 1;
                let refusal = name.contains("_refused") || name.contains("_should_refuse");
                // What refuses to do something never does it.
                let always = !refusal || name.contains("_should_refuse_to_");
                if !name.contains("_should_") || !(always || name.contains("_when_")) {
                    breaches.push(format!("{}: {name}", source.path));
                }
            }
        }
    }
    assert!(found > 0, "the tests are found");
    assert_none("tests are named x_should_y_when_z", breaches);
}
