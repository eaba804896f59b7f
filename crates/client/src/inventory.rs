//! Inventories: what the chain holds of a relation, what a new export changes of it, and sending that.

use crate::{
    calls,
    chain::{account_of, AccountId, Call, Chain, ChainError, Failure},
};
use futures::stream::{FuturesOrdered, StreamExt};
use interclear_matching::{adopt, report, withdraw, Memory, Profile, Record, RecordId, Side, Store};
use interclear_primitives::inventory::{InventoryState, Relation, MAX_INVENTORY_BATCH};
use std::collections::BTreeSet;
use subxt_signer::sr25519::Keypair;

/// Calls that are on their way at the same time: as many as are included while the first of them becomes final.
const IN_FLIGHT: usize = 48;
/// Attempts at what a lost connection has left, without any that lands.
const ATTEMPTS: u32 = 8;

/// A relation with all its records, matched by the profile in force.
#[derive(Clone, Debug)]
pub struct Known {
    /// What the chain says of it.
    pub state: InventoryState,
    /// The records, as the engine of the chain matches them.
    pub store: Memory,
}

impl Known {
    /// Records matched by a profile, by the rules of the chain.
    pub fn matched(state: InventoryState, records: impl IntoIterator<Item = (Side, Record)>) -> Self {
        let mut store = Memory::new(Profile::default());
        // An empty store takes any profile that the chain has taken.
        let mut first = adopt(&mut store, &state.profile).is_ok();
        for (side, record) in records {
            first &= report(&mut store, side, &record).is_ok();
        }
        debug_assert!(first, "what the chain holds it has taken");
        Self { state, store }
    }

    /// What an export of a side changes; `refused` are the entries of it that cannot be taken.
    pub fn changes(&self, side: Side, records: &[Record], refused: &[Option<RecordId>]) -> Changes {
        let mut changes = Changes::default();
        let mut named: BTreeSet<RecordId> = refused.iter().flatten().copied().collect();
        for record in records {
            let id = record.id(side);
            named.insert(id);
            match self.store.record(side, id) {
                None => changes.added.push(*record),
                Some(before) if before == *record => changes.unchanged = changes.unchanged.saturating_add(1),
                Some(before) => changes.changed.push((before, *record)),
            }
        }
        let own = self.store.records().filter(|(at, ..)| *at == side);
        let missing = own.filter(|(_, id, _)| !named.contains(id));
        changes.missing = missing.map(|(_, _, record)| *record).collect();
        changes.unnamed = refused.iter().any(Option::is_none);
        changes
    }

    /// The relation after changes, as the chain would match it.
    pub fn after(&self, side: Side, changes: &Changes, withdrawn: bool) -> Self {
        let mut after = self.clone();
        for record in changes.to_report() {
            // The chain would refuse it for the same reason, and leave the rest as it is.
            let _refused = report(&mut after.store, side, &record);
        }
        for record in changes.missing.iter().filter(|_| withdrawn) {
            let _refused = withdraw(&mut after.store, side, record.id(side));
        }
        after.state.counts = after.store.state().counts;
        after
    }
}

/// What an export changes of what is on the chain.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// Records that the chain does not have.
    pub added: Vec<Record>,
    /// Records that the chain has otherwise, as they are there and as they are in the export.
    pub changed: Vec<(Record, Record)>,
    /// How many the chain has as they are.
    pub unchanged: usize,
    /// Records of the chain that no entry of the export names, not even one that was refused.
    pub missing: Vec<Record>,
    /// Whether an entry was refused whose id cannot be read, so that `missing` may name too many.
    pub unnamed: bool,
}

impl Changes {
    /// What is to be reported.
    pub fn to_report(&self) -> Vec<Record> {
        let changed = self.changed.iter().map(|(_, after)| *after);
        self.added.iter().copied().chain(changed).collect()
    }

    /// How many of the changed records have an end now that had none.
    pub fn ended(&self) -> usize {
        let ended = |(before, after): &&(Record, Record)| before.end.is_none() && after.end.is_some();
        self.changed.iter().filter(ended).count()
    }
}

/// As many calls as records need, each with how many it takes.
fn calls_of(relation: &Relation, reported: &[Record], withdrawn: &[RecordId]) -> Vec<(usize, Call)> {
    let most = usize::try_from(MAX_INVENTORY_BATCH).unwrap_or(1);
    let reports = reported
        .chunks(most)
        .map(|batch| (batch.len(), calls::report_records(relation, batch)));
    let withdrawals = withdrawn
        .chunks(most)
        .map(|batch| (batch.len(), calls::withdraw_records(relation, batch)));
    reports.chain(withdrawals).collect()
}

impl Chain {
    /// All records of a relation with the profile in force; `None` before both sides have signed one. `heard` hears how many
    /// records have come.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn known_inventory(
        &self,
        relation: Relation,
        mut heard: impl FnMut(usize),
    ) -> Result<Option<Known>, ChainError> {
        let Some(state) = self.inventory(relation).await? else {
            return Ok(None);
        };
        let mut records = Vec::new();
        let mut after = None;
        loop {
            let page = self.inventory_records(relation, after).await?;
            let Some((side, last, _)) = page.last() else {
                return Ok(Some(Known::matched(state, records)));
            };
            after = Some((*side, last.id(*side)));
            records.extend(page.into_iter().map(|(side, record, _)| (side, record)));
            heard(records.len());
        }
    }

    /// Reports records, and then withdraws others, in as many calls as they need, several at a time: whenever one is final the next one
    /// follows, so that blocks stay full. What has landed is reported
    /// again without harm, so whatever was lost on the way is sent again. `landed` hears how many are final.
    ///
    /// # Errors
    /// The chain refused a call, or the connection could not be mended; what was heard to be final stays.
    pub async fn send_inventory(
        &self,
        key: &Keypair,
        relation: &Relation,
        reported: &[Record],
        withdrawn: &[RecordId],
        mut landed: impl FnMut(usize),
    ) -> Result<(), ChainError> {
        let all = calls_of(relation, reported, withdrawn);
        let mut chain = self.clone();
        let mut left: Vec<_> = all.iter().collect();
        let mut attempt = 0;
        while !left.is_empty() {
            let mut sent = chain.send_together(key, &left, &mut landed).await.into_iter();
            let mut failed = None;
            let mut again = Vec::new();
            let before = left.len();
            for call in left {
                match sent.next() {
                    Some(Ok(())) => {}
                    Some(Err(error)) => {
                        again.push(call);
                        // What the chain refuses is told before what was lost on the way.
                        if !matches!(failed, Some(ChainError::Failed(_))) {
                            failed = Some(error);
                        }
                    }
                    // Behind one that was refused nothing was sent.
                    None => again.push(call),
                }
            }
            left = again;
            let Some(error) = failed else { break };
            attempt = if left.len() < before { 1 } else { attempt + 1 };
            if matches!(error, ChainError::Failed(_)) || attempt >= ATTEMPTS {
                return Err(error);
            }
            // One after the other, with all care, and over a new connection where the old one is lost.
            if error.is_connection() {
                chain = self.reconnected().await?;
            }
            if let Some((count, call)) = left.first() {
                chain.execute(key, call).await?;
                landed(*count);
                left.remove(0);
            }
        }
        Ok(())
    }

    /// Why the chain would refuse what [`Chain::send_inventory`] sends, if an account sent it now; `None` if it would not.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn would_refuse_inventory(
        &self,
        who: &AccountId,
        relation: &Relation,
        reported: &[Record],
        withdrawn: &[RecordId],
    ) -> Result<Option<Failure>, ChainError> {
        for (_, call) in calls_of(relation, reported, withdrawn) {
            if let Some(Err(failure)) = self.call_outcome(who, &call).await? {
                return Ok(Some(failure));
            }
        }
        Ok(None)
    }

    /// Submits calls with ascending nonces, no more than [`IN_FLIGHT`] at a time, and waits until all are final. Once one has failed no
    /// more are submitted. `landed` hears how many records are final.
    async fn send_together(
        &self,
        key: &Keypair,
        calls: &[&(usize, Call)],
        landed: &mut impl FnMut(usize),
    ) -> Vec<Result<(), ChainError>> {
        let mut results = Vec::with_capacity(calls.len());
        let mut nonce = match self.nonce(&account_of(key)).await {
            Ok(nonce) => nonce,
            Err(error) => {
                results.push(Err(error));
                return results;
            }
        };
        let mut pending = FuturesOrdered::new();
        let mut refused = None;
        let mut has_failed = false;
        let mut waiting = calls.iter();
        loop {
            let has_room = !has_failed && pending.len() < IN_FLIGHT;
            let next = if has_room { waiting.next() } else { None };
            if let Some((_, call)) = next {
                match self.submit_with(key, call, nonce).await {
                    Ok(taken) => pending.push_back(taken.finalised()),
                    Err(error) => (refused, has_failed) = (Some(error), true),
                }
                nonce = nonce.saturating_add(1);
                continue;
            }
            // They become final in the order of their nonces.
            let Some(done) = pending.next().await else { break };
            let records = calls.get(results.len()).map_or(0, |(records, _)| *records);
            has_failed |= done.is_err();
            results.push(done.map(|_| landed(records)));
        }
        results.extend(refused.map(Err));
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_matching::{Counts, Day, Field, Rule, Text};

    fn record(id: &str, recurring: u64) -> Record {
        Record {
            buyer_id: Text::new(id.as_bytes()).unwrap(),
            seller_id: Text::new(id.as_bytes()).unwrap(),
            product: Text::new(b"P").unwrap(),
            recurring,
            currency: *b"EUR",
            start: Day(20_000),
            since: Day(20_000),
            ..Record::default()
        }
    }

    fn known() -> Known {
        let profile = Profile {
            version: 3,
            partial_up_to: 1,
            ..Profile::default()
        };
        let profile = profile
            .with(Field::SellerId, Rule::Key)
            .with(Field::Recurring, Rule::Exact);
        let state = InventoryState {
            profile,
            ..InventoryState::default()
        };
        let records = [
            (Side::Buyer, record("S1", 100)),
            (Side::Buyer, record("S2", 100)),
            (Side::Seller, record("S1", 100)),
            (Side::Seller, record("S2", 200)),
            (Side::Seller, record("S3", 100)),
        ];
        Known::matched(state, records)
    }

    #[test]
    fn only_what_differs_should_be_reported_when_an_export_comes() {
        let known = known();
        let mut ended = record("S1", 100);
        ended.end = Some(Day(20_100));
        let export = [ended, record("S2", 100), record("S4", 100)];
        let changes = known.changes(Side::Buyer, &export, &[]);
        assert_eq!(changes.to_report(), [record("S4", 100), ended]);
        assert_eq!(
            (changes.unchanged, changes.ended(), changes.missing.len()),
            (1, 1, 0)
        );
        // Again, from what it makes of the relation: nothing is left to do.
        let after = known.after(Side::Buyer, &changes, false);
        let again = after.changes(Side::Buyer, &export, &[]);
        assert_eq!((again.to_report().len(), again.unchanged), (0, 3));
    }

    #[test]
    fn record_should_not_count_as_missing_when_its_entry_was_refused() {
        let known = known();
        let export = [record("S1", 100)];
        let missing = |refused: &[Option<RecordId>]| {
            let changes = known.changes(Side::Seller, &export, refused);
            let ids = changes.missing.iter().map(|record| record.seller_id.to_string());
            (ids.collect::<BTreeSet<String>>(), changes.unnamed)
        };
        assert_eq!(missing(&[]).0.len(), 2);
        assert_eq!(
            missing(&[Some(RecordId::of(b"S2"))]),
            (["S3".into()].into(), false)
        );
        assert!(missing(&[None]).1);
    }

    #[test]
    fn dry_run_should_tell_the_classes_that_the_chain_would_have() {
        let known = known();
        let before = Counts {
            matched: 1,
            partial: 1,
            only_at_seller: 1,
            ..Counts::default()
        };
        assert_eq!(known.store.state().counts, before);
        let export = [record("S1", 100), record("S2", 200)];
        let changes = known.changes(Side::Buyer, &export, &[]);
        let after = known.after(Side::Buyer, &changes, true);
        let expected = Counts {
            matched: 2,
            partial: 0,
            ..before
        };
        assert_eq!(after.state.counts, expected);
    }
}
