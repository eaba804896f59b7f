//! Inventories: what the chain holds of a relation, what a new export changes of it, and sending that.

use crate::{
    calls,
    chain::{account_of, AccountId, Call, Chain, ChainError, Failure},
};
use futures::stream::{FuturesOrdered, FuturesUnordered, StreamExt};
use interclear_matching::{
    adopt, report, withdraw, BlindRecord, Memory, Profile, Record, RecordId, Reported, Side, Store, Text,
};
use interclear_primitives::{
    api::MAX_PAGE,
    inventory::{InventoryState, Relation, MAX_INVENTORY_BATCH},
};
use interclear_sealed::derive::InventoryTagKey;
use std::{collections::BTreeSet, future::Future};
use subxt_signer::sr25519::Keypair;

/// Calls that are on their way at the same time: as many as are included while the first of them becomes final.
const IN_FLIGHT: usize = 48;
/// Parts of a side's records that are asked for at the same time, at most. A node answers sixteen questions of a connection at a time.
const PARTS: u32 = 4;
/// Attempts at what a lost connection has left, without any that lands.
const ATTEMPTS: u32 = 8;

/// What records of a relation hold: values, or in a blind one, tags.
pub trait Form: Reported {
    /// Whether the service has ended; `None` where that cannot be read.
    fn is_ended(&self) -> Option<bool>;

    /// The call that reports records; at most as many as one call takes.
    fn report(relation: &Relation, records: &[Self]) -> Call;

    /// The page of records behind a place.
    fn page(
        chain: &Chain,
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> impl Future<Output = Result<Vec<(Side, Self)>, ChainError>>;
}

impl Form for Record {
    fn is_ended(&self) -> Option<bool> {
        Some(self.end.is_some())
    }

    fn report(relation: &Relation, records: &[Self]) -> Call {
        calls::report_records(relation, records)
    }

    async fn page(
        chain: &Chain,
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Result<Vec<(Side, Self)>, ChainError> {
        chain.reported_records(relation, after).await
    }
}

impl Form for BlindRecord {
    fn is_ended(&self) -> Option<bool> {
        None
    }

    fn report(relation: &Relation, records: &[Self]) -> Call {
        calls::report_blind_records(relation, records)
    }

    async fn page(
        chain: &Chain,
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Result<Vec<(Side, Self)>, ChainError> {
        chain.blind_records(relation, after).await
    }
}

/// How a side of a blind relation makes tags of its records.
#[derive(Debug)]
pub struct Tagger {
    key: InventoryTagKey,
    profile: Profile,
    side: Side,
}

impl Tagger {
    /// By the key that the two share, and the profile that both have signed.
    pub fn new(key: InventoryTagKey, profile: Profile, side: Side) -> Self {
        Self { key, profile, side }
    }

    /// By which the side keeps the record of a service, of which it names its own id.
    pub fn id(&self, own: Text<32>) -> RecordId {
        let record = match self.side {
            Side::Buyer => Record {
                buyer_id: own,
                ..Record::default()
            },
            Side::Seller => Record {
                seller_id: own,
                ..Record::default()
            },
        };
        self.tagged(&record).id(self.side)
    }

    /// What is reported of a record.
    pub fn tagged(&self, record: &Record) -> BlindRecord {
        BlindRecord::new(record, self.side, &self.profile, |value| self.key.tag(value))
    }
}

/// A relation with all its records, matched by the profile in force.
#[derive(Clone, Debug)]
pub struct Known<R = Record> {
    /// What the chain says of it.
    pub state: InventoryState,
    /// The records, as the engine of the chain matches them.
    pub store: Memory<R>,
}

impl<R: Form> Known<R> {
    /// Records matched by a profile, by the rules of the chain.
    pub fn matched(state: InventoryState, records: impl IntoIterator<Item = (Side, R)>) -> Self {
        let mut store = Memory::<R>::default();
        // An empty store takes any profile that the chain has taken.
        let mut first = adopt(&mut store, &state.profile).is_ok();
        for (side, record) in records {
            first &= report(&mut store, side, &record).is_ok();
        }
        debug_assert!(first, "what the chain holds it has taken");
        Self { state, store }
    }

    /// What an export of a side changes; `refused` are the entries of it that cannot be taken.
    pub fn changes(&self, side: Side, records: &[R], refused: &[Option<RecordId>]) -> Changes<R> {
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
    pub fn after(&self, side: Side, changes: &Changes<R>, withdrawn: bool) -> Self {
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
pub struct Changes<R = Record> {
    /// Records that the chain does not have.
    pub added: Vec<R>,
    /// Records that the chain has otherwise, as they are there and as they are in the export.
    pub changed: Vec<(R, R)>,
    /// How many the chain has as they are.
    pub unchanged: usize,
    /// Records of the chain that no entry of the export names, not even one that was refused.
    pub missing: Vec<R>,
    /// Whether an entry was refused whose id cannot be read, so that `missing` may name too many.
    pub unnamed: bool,
}

impl<R: Form> Changes<R> {
    /// What is to be reported.
    pub fn to_report(&self) -> Vec<R> {
        let changed = self.changed.iter().map(|(_, after)| *after);
        self.added.iter().copied().chain(changed).collect()
    }

    /// How many of the changed records have an end now that had none; `None` where that cannot be read.
    pub fn ended(&self) -> Option<usize> {
        let ended = self.changed.iter().map(|(before, after)| {
            let [before, after] = [before.is_ended()?, after.is_ended()?];
            Some(usize::from(after && !before))
        });
        ended.sum()
    }
}

/// As many calls as records need, each with how many it takes.
fn calls_of<R: Form>(relation: &Relation, reported: &[R], withdrawn: &[RecordId]) -> Vec<(usize, Call)> {
    let most = usize::try_from(MAX_INVENTORY_BATCH).unwrap_or(1);
    let reports = reported
        .chunks(most)
        .map(|batch| (batch.len(), R::report(relation, batch)));
    let withdrawals = withdrawn
        .chunks(most)
        .map(|batch| (batch.len(), calls::withdraw_records(relation, batch)));
    reports.chain(withdrawals).collect()
}

/// Some of the records of a relation, that are asked for page by page beside other parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Part {
    /// Those behind this place,
    after: Option<(Side, RecordId)>,
    /// up to this one.
    until: (Side, RecordId),
}

/// All records in parts, in the order of sides and ids. Ids are digests, so parts of them as wide have about as many records.
fn parts(services: u32) -> Vec<Part> {
    // A part asks for records of the next one, too, with its last page: only what has several pages is worth parting.
    let of_a_side = (services / MAX_PAGE.saturating_mul(4)).clamp(1, PARTS);
    let mut parts = Vec::new();
    let mut after = None;
    for side in Side::BOTH {
        for part in 1..=of_a_side {
            let mut last = [u8::MAX; 16];
            last[0] = u8::try_from(256 * part / of_a_side - 1).unwrap_or(u8::MAX);
            let until = (side, RecordId(last));
            parts.push(Part { after, until });
            after = Some(until);
        }
    }
    parts
}

impl Part {
    /// Those of a page that belong to it, and what of it is left to ask for.
    fn take<R: Form>(self, mut page: Vec<(Side, R)>) -> (Vec<(Side, R)>, Option<Self>) {
        let place = |(side, record): &(Side, R)| (*side, record.id(*side));
        let all = page.len();
        page.retain(|entry| place(entry) <= self.until);
        let last = page.last().filter(|_| page.len() == all).map(place);
        let left = last.map(|last| Self {
            after: Some(last),
            ..self
        });
        (page, left)
    }
}

impl Chain {
    /// All records of a relation, which is open or blind, with the profile in force; `None` before both sides have signed one. `heard` hears
    /// how many records have come.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn known_inventory<R: Form>(
        &self,
        relation: Relation,
        mut heard: impl FnMut(usize),
    ) -> Result<Option<Known<R>>, ChainError> {
        let Some(state) = self.inventory(relation).await? else {
            return Ok(None);
        };
        let services = state.counts.matched.saturating_add(state.counts.unmatched());
        let mut asked: FuturesUnordered<_> = parts(services)
            .into_iter()
            .map(|part| self.page_of::<R>(relation, part))
            .collect();
        let mut records = Vec::new();
        while let Some(answer) = asked.next().await {
            let (part, page) = answer?;
            let (own, left) = part.take(page);
            records.extend(own);
            heard(records.len());
            asked.extend(left.map(|part| self.page_of::<R>(relation, part)));
        }
        // They come in any order, which makes no difference to how they match.
        Ok(Some(Known::matched(state, records)))
    }

    /// The next page of a part of the records.
    async fn page_of<R: Form>(
        &self,
        relation: Relation,
        part: Part,
    ) -> Result<(Part, Vec<(Side, R)>), ChainError> {
        Ok((part, R::page(self, relation, part.after).await?))
    }

    /// Reports records, and then withdraws others, in as many calls as they need, several at a time: whenever one is final the next one
    /// follows, so that blocks stay full. What has landed is reported
    /// again without harm, so whatever was lost on the way is sent again. `landed` hears how many are final.
    ///
    /// # Errors
    /// The chain refused a call, or the connection could not be mended; what was heard to be final stays.
    pub async fn send_inventory<R: Form>(
        &self,
        key: &Keypair,
        relation: &Relation,
        reported: &[R],
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
                chain = self.reconnected().await.map_err(ChainError::once_sent)?;
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
    pub async fn would_refuse_inventory<R: Form>(
        &self,
        who: &AccountId,
        relation: &Relation,
        reported: &[R],
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
    use interclear_matching::{Counts, Day, Field, Rule};
    use std::collections::BTreeMap;

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
    fn every_record_should_come_once_when_parts_are_asked_for_beside_each_other() {
        let all: BTreeMap<(Side, RecordId), Record> = (0..3_000)
            .map(|number| record(&format!("S{number}"), number))
            .flat_map(|record| Side::BOTH.map(|side| ((side, record.id(side)), record)))
            // The seller has reported a part of them.
            .filter(|((side, _), record)| *side == Side::Buyer || record.recurring < 700)
            .collect();
        let page = |after: Option<(Side, RecordId)>| -> Vec<(Side, Record)> {
            let behind = all
                .iter()
                .filter(|(place, _)| after.is_none_or(|after| **place > after));
            let page = behind.take(MAX_PAGE as usize);
            page.map(|((side, _), record)| (*side, *record)).collect()
        };
        let come = |parts: Vec<Part>| -> (usize, Vec<(Side, RecordId)>) {
            let (mut asked, mut come, mut open) = (0, Vec::new(), parts);
            while let Some(part) = open.pop() {
                asked += 1;
                let (own, left) = part.take(page(part.after));
                come.extend(own.iter().map(|(side, record)| (*side, record.id(*side))));
                open.extend(left);
            }
            come.sort();
            (asked, come)
        };
        let places: Vec<(Side, RecordId)> = all.keys().copied().collect();
        for services in [0, 3_000, 1_000_000] {
            assert_eq!(come(parts(services)).1, places, "{services}");
        }
        assert_eq!([0, 3_000, 1_000_000].map(|of| parts(of).len()), [2, 4, 8]);
        // 3,700 records are 15 pages; no part asks for more than a page of another one, and the last hears that there are no more.
        assert!(come(parts(1_000_000)).0 <= 15 + 8);
        // A part may end with a record.
        let middle = places[1_234];
        let parted = [
            (None, middle),
            (Some(middle), (Side::Seller, RecordId([0xff; 16]))),
        ];
        let parted = parted.map(|(after, until)| Part { after, until });
        assert_eq!(come(parted.to_vec()).1, places);
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
            (1, Some(1), 0)
        );
        // Again, from what it makes of the relation: nothing is left to do.
        let after = known.after(Side::Buyer, &changes, false);
        let again = after.changes(Side::Buyer, &export, &[]);
        assert_eq!((again.to_report().len(), again.unchanged), (0, 3));
    }

    #[test]
    fn only_what_differs_should_be_reported_when_a_relation_is_blind() {
        let Known { mut state, .. } = known();
        state.profile.blind = Some(1);
        let tagger = |key, side| Tagger::new(InventoryTagKey::from_bytes([key; 32]), state.profile, side);
        let reported = |side: Side, prices: &[(&str, u64)]| -> Vec<BlindRecord> {
            let tagger = tagger(7, side);
            let each = prices.iter();
            each.map(|(id, price)| tagger.tagged(&record(id, *price)))
                .collect()
        };
        let both = [
            (Side::Buyer, reported(Side::Buyer, &[("S1", 100), ("S2", 100)])),
            (Side::Seller, reported(Side::Seller, &[("S1", 100), ("S2", 200)])),
        ];
        let records = both
            .into_iter()
            .flat_map(|(side, records)| records.into_iter().map(move |record| (side, record)));
        let known = Known::matched(state, records);
        let counts = known.store.state().counts;
        assert_eq!((counts.matched, counts.partial), (1, 1));
        let export = reported(Side::Buyer, &[("S1", 100), ("S2", 200)]);
        let changes = known.changes(Side::Buyer, &export, &[]);
        assert_eq!((changes.to_report().len(), changes.unchanged), (1, 1));
        assert_eq!(changes.ended(), None, "nobody reads that in tags");
        assert_eq!(known.after(Side::Buyer, &changes, false).state.counts.matched, 2);
        let own = tagger(7, Side::Buyer).id(Text::new(b"S1").unwrap());
        assert!(known.store.record(Side::Buyer, own).is_some());
        // By the key of another epoch it is another inventory.
        let other = tagger(8, Side::Buyer).tagged(&record("S1", 100));
        let changes = known.changes(Side::Buyer, &[other], &[]);
        assert_eq!((changes.added.len(), changes.missing.len()), (1, 2));
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
