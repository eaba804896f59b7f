//! Each row of `docs/fairness.md` names the test that tries what it says.

use interclear_tidy::{assert_none, files, root};
use regex::Regex;

#[test]
fn row_of_the_fairness_page_should_name_a_test_that_exists() {
    let page = std::fs::read_to_string(root().join("docs/fairness.md")).expect("the page is there");
    let sources: String = ["crates", "pallets", "runtime", "node", "e2e", "cli"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .map(|source| source.text)
        .collect();
    let named = Regex::new(r"`(\w+_should_\w+)`").expect("a valid expression");
    let (mut rows, mut breaches) = (0, Vec::new());
    // What is calculated is not a rule.
    let rules = page.split("\n\n").filter(|part| !part.starts_with("| what |"));
    for line in rules.flat_map(str::lines).filter(|line| line.starts_with('|')) {
        let of_rule =
            line.starts_with("|---") || line.starts_with("| who tries") || line.starts_with("| silent");
        if of_rule {
            continue;
        }
        rows += 1;
        let tests: Vec<_> = named
            .captures_iter(line)
            .map(|parts| parts[1].to_owned())
            .collect();
        if tests.is_empty() {
            breaches.push(format!("names no test: {line}"));
        }
        let missing = tests
            .iter()
            .filter(|test| !sources.contains(&format!("fn {test}(")));
        breaches.extend(missing.map(|test| format!("there is no test {test}")));
    }
    assert!(rows > 20, "the rows are found");
    assert_none("each row of docs/fairness.md names a test", breaches);
}
