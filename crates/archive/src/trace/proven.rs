//! Records of files that the chain has been shown to be in them.

use super::{rows, Step, Tracer};
use crate::{database::cell, error::ArchiveError};
use std::collections::BTreeMap;

/// What was proven of each file, by its sender, recipient and number.
pub(super) type Proven = BTreeMap<[String; 3], Vec<Step>>;

impl Tracer<'_> {
    /// The records that were proven of the files under an agreement, in their order.
    pub(super) async fn proven(&mut self, agreement: i64) -> Result<Proven, ArchiveError> {
        // Files of other series may have the same root, so the rest of the key is compared, too: as one text, which no index has. Else the
        // database looks files up by the proofs of all agreements, and not proofs by the files of this one. Codes of networks have one length
        // and streams are words: no two keys make the same text.
        let query = "SELECT b.sender, b.recipient, CAST(b.sequence AS TEXT), CAST(p.key ->> 1 AS TEXT), CAST(p.value ->> 'by' AS TEXT), \
                     CAST(p.value ->> 'at' AS TEXT), p.value ->> 'leaf' FROM batches b JOIN newest p ON p.pallet = 'Anchoring' \
                     AND p.item = 'Proofs' AND p.key -> 0 ->> 1 = b.root AND (p.value -> 'key' -> 'series' ->> 'sender') \
                     || (p.value -> 'key' -> 'series' ->> 'recipient') || (p.value -> 'key' -> 'series' ->> 'stream') \
                     || (p.value -> 'key' -> 'series' ->> 'test') || (p.value -> 'key' ->> 'sequence') \
                     = b.sender || b.recipient || b.stream || b.test || b.sequence WHERE b.agreement = $1";
        let mut found = rows(self.database, query, &[agreement]).await?;
        let place = |row: &[Option<String>]| cell(row, 3).parse::<u64>().unwrap_or_default();
        found.sort_by_key(|row| place(row));
        let mut proven = Proven::new();
        for row in found {
            // Records are counted from 1 on, as where they are named.
            let record = place(&row).saturating_add(1);
            let by = self.name(cell(&row, 4).parse().unwrap_or_default());
            let at = cell(&row, 5).parse().unwrap_or_default();
            let step = Step::new(format!("record {record} of it, proven by {by}"))
                .fact("at", interclear_client::time::moment(at))
                .fact("leaf", cell(&row, 6));
            let file = [0, 1, 2].map(|place| cell(&row, place).to_owned());
            proven.entry(file).or_default().push(step);
        }
        Ok(proven)
    }
}
