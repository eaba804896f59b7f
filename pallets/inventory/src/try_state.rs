//! What must hold between the storage items at any time.

use crate::{
    billing::{months, sums as services_sums},
    store::Kept,
    AgreedServices, BillingOf, Bills, Bought, Config, Groups, LastBilled, OpenProposals, Pallet, Proposals,
    Records, Rematching, Runs, Sizes, StatedMonths, States,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::Get};
use interclear_billing::inventory::{Charging, MonthSum};
use interclear_matching::{class, Class, Counts, Side};
use interclear_ports::Obligations;
use interclear_primitives::money::Value;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - proposals are for the version after the one in force, and are counted for who has made them;
    /// - a side has as many records as are counted, and no more than it can have; each is in its normal form and under its id;
    /// - the classes of all records are those that are counted, and no group is empty;
    /// - relations wait to be matched again exactly while a change of profile is not finished.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut open = BTreeMap::<_, u32>::new();
        for (relation, proposal) in Proposals::<T>::iter() {
            let of = open.entry(relation.operator(proposal.by)).or_default();
            *of = of.saturating_add(1);
            let version = States::<T>::get(relation).map_or(0, |state| state.profile.version);
            ensure!(
                proposal.profile.version == version.saturating_add(1),
                "a proposal is for another version"
            );
        }
        ensure!(
            OpenProposals::<T>::iter().collect::<BTreeMap<_, _>>() == open,
            "other proposals are counted than there are"
        );
        let mut sizes = BTreeMap::<Vec<u8>, u32>::new();
        let mut counted = BTreeMap::<Vec<u8>, Counts>::new();
        for (relation, (side, id), record) in Records::<T>::iter() {
            ensure!(
                record.check(side).is_ok() && record.id(side) == id,
                "a record is not as it is taken"
            );
            let kept = Kept::<T>::of(relation);
            let class = class(&kept, side, id).ok_or("a record has no class")?;
            let size = sizes.entry(encoded(&(relation, side))).or_default();
            *size = size.saturating_add(1);
            let counts = counted.entry(encoded(&relation)).or_default();
            let counter = match (class, side) {
                (Class::Matched { .. }, Side::Buyer) => &mut counts.matched,
                (Class::Partial { .. }, Side::Buyer) => &mut counts.partial,
                (Class::Mismatch { .. }, Side::Buyer) => &mut counts.mismatched,
                (Class::Matched { .. } | Class::Partial { .. } | Class::Mismatch { .. }, _) => continue,
                (Class::Only { .. }, Side::Buyer) => &mut counts.only_at_buyer,
                (Class::Only { .. }, Side::Seller) => &mut counts.only_at_seller,
                (Class::Ambiguous { .. }, Side::Buyer) => &mut counts.ambiguous_at_buyer,
                (Class::Ambiguous { .. }, Side::Seller) => &mut counts.ambiguous_at_seller,
            };
            *counter = counter.saturating_add(1);
        }
        for ((relation, side), size) in Sizes::<T>::iter() {
            let found = sizes.remove(&encoded(&(relation, side))).unwrap_or_default();
            ensure!(size == found, "a side has other records than are counted");
            ensure!(size <= T::MaxRecords::get(), "a side has too many records");
        }
        ensure!(sizes.is_empty(), "records are not counted");
        for (relation, state) in States::<T>::iter() {
            let found = counted.remove(&encoded(&relation)).unwrap_or_default();
            ensure!(state.counts == found, "other classes are counted than there are");
            ensure!(
                state.rematch.is_some() == Rematching::<T>::contains_key(relation),
                "a relation waits in vain, or does not wait, to be matched again"
            );
        }
        ensure!(counted.is_empty(), "records are of no relation");
        Self::check_bills()?;
        ensure!(
            Groups::<T>::iter_values().all(|group| !group.is_empty()),
            "a group is empty"
        );
        Ok(())
    }
}

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - what was stated of each month that can be corrected is what the agreed services come to, unless a bill is being made;
    /// - each record of the buyer that has matched is that of its service;
    /// - a bill is the sum of its lines, and a debt exactly when it is closed and not 0.
    fn check_bills() -> Result<(), TryRuntimeError> {
        for (relation, terms) in BillingOf::<T>::iter() {
            let (false, Some(last)) = (Runs::<T>::contains_key(relation), LastBilled::<T>::get(relation))
            else {
                continue;
            };
            let months = months(last);
            let mut sums = BTreeMap::<_, MonthSum>::new();
            for service in AgreedServices::<T>::iter_prefix_values(relation) {
                let found =
                    services_sums(&service.agreed, &months, &terms).ok_or("a service charges too much")?;
                for (month, sum) in months.iter().zip(found) {
                    let of = sums.entry((service.agreed.currency, *month)).or_default();
                    *of = of.plus(sum).map_err(|_| "services charge too much")?;
                }
            }
            for ((currency, month), stated) in StatedMonths::<T>::iter_prefix(relation) {
                let sum = sums.remove(&(currency, month)).unwrap_or_default();
                let decimals =
                    T::Obligations::decimals(currency).ok_or("a month is stated without a token")?;
                let charging = Charging::Monthly(terms.convention);
                let rounded = sum
                    .rounded(month, charging, decimals)
                    .map_err(|_| "services charge too much")?;
                let is_stated = rounded == (stated.recurring, stated.one_off);
                ensure!(
                    is_stated || month < terms.first,
                    "a month was stated otherwise than its services come to"
                );
            }
        }
        for (relation, buyer, seller) in Bought::<T>::iter() {
            let service = AgreedServices::<T>::get(relation, seller);
            ensure!(
                service.is_some_and(|service| service.buyer == buyer),
                "a record of the buyer belongs to no service"
            );
        }
        for (_, _, bill) in Bills::<T>::iter() {
            let sum = bill
                .lines
                .iter()
                .fold(0i128, |sum, line| sum.saturating_add(line.amount));
            ensure!(
                bill.net == Value::Clear(sum),
                "a bill is not the sum of its lines"
            );
            let is_debt = bill.closed && sum != 0;
            ensure!(
                bill.obligation.is_some() == is_debt,
                "a bill is no debt, or a debt too early"
            );
        }
        Ok(())
    }
}

fn encoded(of: &impl codec::Encode) -> Vec<u8> {
    of.encode()
}
