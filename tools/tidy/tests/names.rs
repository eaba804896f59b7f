//! Names of tests say what is expected: `x_should_y_when_z`, or `x_should_y` where y always holds.

use interclear_tidy::{assert_none, files};
use regex::Regex;

#[test]
fn test_name_should_say_what_is_expected() {
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
                if !name.contains("_should_") {
                    breaches.push(format!("{}: {name}", source.path));
                }
            }
        }
    }
    assert!(found > 0, "the tests are found");
    assert_none("tests are named x_should_y_when_z", breaches);
}
