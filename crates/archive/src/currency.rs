//! In which currency usage reports charge: that of usage, by the terms of their month.

use crate::{
    database::{cell, texts, Database},
    error::ArchiveError,
};
use serde_json::Value;

/// The currency of usage by all versions of the terms of an agreement that is named, or nothing where they have several.
macro_rules! in_common {
    ($agreement:literal) => {
        concat!(
            "(SELECT CASE WHEN MIN(t.value -> 'usage' ->> 'currency') = MAX(t.value -> 'usage' ->> 'currency') \
             THEN MAX(t.value -> 'usage' ->> 'currency') END FROM newest AS t WHERE t.pallet = 'Agreements' AND t.item = 'TermsOf' \
             AND CAST(t.key ->> 0 AS BIGINT) = ",
            $agreement,
            ")"
        )
    };
}
pub(crate) use in_common;

/// The currency of usage in a month: `known` if that is one, or else that of the version of the terms which was in force; empty where the
/// database does not know that.
pub(crate) async fn of_month(
    database: &mut Database,
    known: &str,
    agreement: i64,
    month: &str,
) -> Result<String, ArchiveError> {
    if !known.is_empty() {
        return Ok(known.to_owned());
    }
    let query = "SELECT CAST(value -> 'versions' AS TEXT) FROM state WHERE pallet = 'Agreements' AND item = 'Agreements' \
                 AND CAST(key ->> 0 AS BIGINT) = $1 ORDER BY state.from_block DESC, state.id DESC LIMIT 1";
    let rows = texts(database, query, &[agreement.into()]).await?;
    let versions: Value = rows.first().map_or(Value::Null, |row| {
        serde_json::from_str(cell(row, 0)).unwrap_or_default()
    });
    // By ascending first month.
    let mut in_force = versions.as_array().into_iter().flatten().rev();
    let version = in_force.find(|entry| entry["from"].as_str().is_some_and(|from| from <= month));
    let Some(version) = version.and_then(|entry| entry["version"].as_i64()) else {
        return Ok(String::new());
    };
    let query = "SELECT value -> 'usage' ->> 'currency' FROM newest WHERE pallet = 'Agreements' AND item = 'TermsOf' \
                 AND CAST(key ->> 0 AS BIGINT) = $1 AND CAST(key ->> 1 AS BIGINT) = $2";
    let rows = texts(database, query, &[agreement.into(), version.into()]).await?;
    Ok(rows
        .first()
        .map_or_else(String::new, |row| cell(row, 0).to_owned()))
}
