//! What clients ask.

use crate::{
    store::Kept, BillingOf, Bills, Config, InventoryBill, InventoryTerms, Pallet, Proposals, ProposedProfile,
    Relation, RelationsOf, Rematching, Runs, States,
};
use alloc::vec::Vec;
use interclear_matching::{class_of, BlindRecord, Class, Record, RecordId, Side, State};
use interclear_primitives::{api::MAX_PAGE, ids::OperatorId, money::Currency, period::Period, Moment};

impl<T: Config> Pallet<T> {
    /// The profile in force, and how many records there are of each class; `None` before the first profile.
    pub fn inventory(relation: Relation) -> Option<State> {
        States::<T>::get(relation)
    }

    /// How what matches bills.
    pub fn inventory_terms(relation: Relation) -> Option<InventoryTerms> {
        BillingOf::<T>::get(relation)
    }

    /// The bills that are kept, by month and currency.
    pub fn inventory_bills(relation: Relation) -> Vec<(Period, Currency, InventoryBill)> {
        let mut bills: Vec<_> = Bills::<T>::iter_prefix(relation)
            .map(|((period, currency), bill)| (period, currency, bill))
            .collect();
        bills.sort_by_key(|(period, currency, _)| (*period, *currency));
        bills
    }

    /// The profile that one side has proposed.
    pub fn proposed_profile(relation: Relation) -> Option<ProposedProfile> {
        Proposals::<T>::get(relation)
    }

    /// The relations to which an operator is a party, and which have a profile.
    pub fn relations(operator: OperatorId) -> Vec<Relation> {
        RelationsOf::<T>::iter_key_prefix(operator)
            .filter(|relation| States::<T>::contains_key(relation))
            .collect()
    }

    /// The next relations of an operator behind one, in the order of storage, also those whose first profile is proposed.
    pub fn relations_after(operator: OperatorId, after: Option<Relation>, max: usize) -> Vec<Relation> {
        let of = match after {
            None => RelationsOf::<T>::iter_key_prefix(operator),
            Some(after) => {
                let from = RelationsOf::<T>::hashed_key_for(operator, after);
                RelationsOf::<T>::iter_key_prefix_from(operator, from)
            }
        };
        of.take(max).collect()
    }

    /// The month that is billed next, and from when on; `None` without terms of billing.
    pub fn next_month(relation: Relation) -> Option<(Period, Moment)> {
        let terms = BillingOf::<T>::get(relation)?;
        let month = Self::next_bill(&relation, &terms);
        Some((month, terms.billed_from(month)))
    }

    /// Whether a bill is being made, or waits for all records to be matched by a new profile.
    pub fn is_at_work(relation: Relation) -> bool {
        Runs::<T>::contains_key(relation) || Rematching::<T>::contains_key(relation)
    }

    /// Records and their classes behind a place, a page at a time.
    pub fn inventory_records(
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Vec<(Side, Record, Class)> {
        let kept = Kept::<T>::of(relation);
        let page = kept.records_behind(after).take(MAX_PAGE as usize);
        page.map(|(side, id, record)| (side, record, class_of(&kept, (side, id), &record)))
            .collect()
    }

    /// The same without classes, for those who match the records themselves: nothing but the records is read.
    pub fn reported_records(relation: Relation, after: Option<(Side, RecordId)>) -> Vec<(Side, Record)> {
        let kept = Kept::<T>::of(relation);
        let page = kept.records_behind(after).take(MAX_PAGE as usize);
        page.map(|(side, _, record)| (side, record)).collect()
    }

    /// The same of a blind relation.
    pub fn blind_records(relation: Relation, after: Option<(Side, RecordId)>) -> Vec<(Side, BlindRecord)> {
        let kept = Kept::<T, BlindRecord>::new(relation);
        let page = kept.records_behind(after).take(MAX_PAGE as usize);
        page.map(|(side, _, record)| (side, record)).collect()
    }
}
