//! What clients ask.

use crate::{
    store::Kept, BillingOf, Bills, Config, InventoryBill, InventoryTerms, Pallet, Proposals, ProposedProfile,
    Relation, States,
};
use alloc::vec::Vec;
use interclear_matching::{class, Class, Record, RecordId, Side, State, Store};
use interclear_primitives::{api::MAX_PAGE, ids::OperatorId, money::Currency, period::Period};

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
        let of = |relation: &Relation| relation.side_of(operator).is_some();
        States::<T>::iter_keys().filter(of).collect()
    }

    /// Records and their classes behind a place, a page at a time.
    pub fn inventory_records(
        relation: Relation,
        after: Option<(Side, RecordId)>,
    ) -> Vec<(Side, Record, Class)> {
        let kept = Kept::<T>::of(relation);
        let mut found = Vec::new();
        let mut place = after;
        while let Some((side, id, record)) = kept
            .next_record(place)
            .filter(|_| found.len() < MAX_PAGE as usize)
        {
            found.extend(class(&kept, side, id).map(|class| (side, record, class)));
            place = Some((side, id));
        }
        found
    }
}
