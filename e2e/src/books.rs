//! What a clearing team asks of its books when the month is settled, by the commands that it would type.

use crate::story::Ending;

/// Follows the chain of a node into a database, reports the month, and traces its first payment: the words of each command, without the
/// program's name.
pub fn commands(url: &str, database: &str, ending: &Ending) -> [Vec<String>; 3] {
    let period = ending.period.to_string();
    let [payment, _] = &ending.settled.payments;
    let cycle = payment.cycle.to_string();
    let typed: [&[&str]; 3] = [
        &["--url", url, "index", "--from", "genesis", "--once"],
        &["report", "month", "--period", &period],
        &["trace", "payment", &cycle],
    ];
    typed.map(|words| {
        let words = words.iter().copied().chain(["--database", database]);
        words.map(str::to_owned).collect()
    })
}
