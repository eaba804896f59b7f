//! What must hold between the storage items at any time.

use crate::{
    billing::months,
    store::{Form, Kept},
    AgreedServices, BillingOf, Bills, Bought, Config, Groups, LastBilled, Newcomers, OpenProposals, Pallet,
    Proposals, RelationsOf, Rematching, Runs, Sizes, StatedMonths, States,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use frame_support::{ensure, storage::IterableStorageDoubleMap, traits::Get};
use interclear_matching::{class, BlindRecord, Class, Counts, Record, Side};
use interclear_ports::Obligations;
use interclear_primitives::{
    inventory::{LineKind, CORRECTED_MONTHS},
    money::Value,
    netting::ObligationSource,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - proposals are for the version after the one in force, and are counted for who has made them;
    /// - each relation with a profile, in force or proposed, is listed for both of its operators, and no other one is;
    /// - a side has as many records as are counted, and no more than it can have; each is in its normal form and under its id;
    /// - a blind relation has tags in place of values, and does not bill;
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
        let known = Proposals::<T>::iter_keys().chain(States::<T>::iter_keys());
        let both = known.flat_map(|relation| [relation.buyer, relation.seller].map(|of| (of, relation)));
        ensure!(
            RelationsOf::<T>::iter_keys().collect::<BTreeSet<_>>() == both.collect(),
            "an operator has other relations than are listed for it"
        );
        let mut sizes = BTreeMap::<Vec<u8>, u32>::new();
        let mut counted = BTreeMap::<Vec<u8>, Counts>::new();
        Self::count_records::<Record>(&mut sizes, &mut counted)?;
        Self::count_records::<BlindRecord>(&mut sizes, &mut counted)?;
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
        ensure!(
            !BillingOf::<T>::iter_keys().any(|relation| Self::is_blind(&relation).unwrap_or_default()),
            "a blind relation bills"
        );
        Self::check_bills()?;
        ensure!(
            Groups::<T>::iter_values().all(|group| !group.is_empty()),
            "a group is empty"
        );
        Ok(())
    }
}

impl<T: Config> Pallet<T> {
    /// Counts all records of a form, and how they stand.
    fn count_records<R: Form<T>>(
        sizes: &mut BTreeMap<Vec<u8>, u32>,
        counted: &mut BTreeMap<Vec<u8>, Counts>,
    ) -> Result<(), TryRuntimeError> {
        for (relation, (side, id), record) in <R as Form<T>>::Kept::iter() {
            ensure!(
                record.check(side).is_ok() && record.id(side) == id,
                "a record is not as it is taken"
            );
            ensure!(
                Self::is_blind(&relation).unwrap_or_default() == R::BLIND,
                "a record is of another form than its relation"
            );
            let kept = Kept::<T, R>::new(relation);
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
        Ok(())
    }
}

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - what is stated of each month that can be corrected is what its bills charge of it, less what is withheld;
    /// - each record of the buyer that has matched is that of its service, and each service has one;
    /// - services are held against each other only while a bill is made; months that are held otherwise are billed ones, and no more than a
    ///   bill corrects;
    /// - a bill is the sum of its lines, and debts exactly when it is closed and something is owed; no more is withheld than it charges;
    /// - the debts that are kept come to what their bill says, and none arose from a bill otherwise.
    fn check_bills() -> Result<(), TryRuntimeError> {
        for (relation, last) in LastBilled::<T>::iter() {
            let [oldest, ..] = months(last);
            // Whatever terms they were made by, and whatever terms hold since.
            let mut stated = BTreeMap::<_, [i128; 2]>::new();
            for ((period, currency), bill) in Bills::<T>::iter_prefix(relation) {
                let own = [LineKind::Recurring, LineKind::OneOff]
                    .into_iter()
                    .zip(bill.withheld);
                let withheld =
                    own.map(|(kind, Value::Clear(amount))| (period, kind, amount.saturating_neg()));
                let lines = bill.lines.iter().map(|line| (line.month, line.kind, line.amount));
                for (month, kind, amount) in lines.chain(withheld).filter(|(month, ..)| *month >= oldest) {
                    let [recurring, one_off] = stated.entry((currency, month)).or_default();
                    let sum = match kind {
                        LineKind::Recurring => recurring,
                        LineKind::OneOff => one_off,
                    };
                    *sum = sum.saturating_add(amount);
                }
            }
            stated.retain(|_, sums| *sums != [0; 2]);
            let kept = StatedMonths::<T>::iter_prefix(relation).map(|(place, kept)| {
                let figures = [kept.recurring, kept.one_off].map(i128::try_from);
                (place, figures.map(|figure| figure.unwrap_or(i128::MAX)))
            });
            ensure!(
                kept.collect::<BTreeMap<_, _>>() == stated,
                "a month is stated otherwise than its bills say"
            );
        }
        for (relation, buyer, seller) in Bought::<T>::iter() {
            let service = AgreedServices::<T>::get(relation, seller);
            ensure!(
                service.is_some_and(|service| service.buyer == buyer),
                "a record of the buyer belongs to no service"
            );
        }
        for (relation, seller, service) in AgreedServices::<T>::iter() {
            ensure!(
                Bought::<T>::get(relation, service.buyer) == Some(seller),
                "a service belongs to no record of the buyer"
            );
            let between_bills = !Runs::<T>::contains_key(relation);
            if let Some(held) = service.held.filter(|_| between_bills) {
                let billed = LastBilled::<T>::get(relation).is_some_and(|last| held.until <= last);
                ensure!(
                    billed && held.from < held.until && held.from.plus(CORRECTED_MONTHS) >= held.until,
                    "other months are held than could be billed twice"
                );
            }
        }
        ensure!(
            Newcomers::<T>::iter_keys().all(|(relation, _)| Runs::<T>::contains_key(relation)),
            "services are new for ever"
        );
        for (relation, (period, currency), bill) in Bills::<T>::iter() {
            let sum = bill
                .lines
                .iter()
                .fold(0i128, |sum, line| sum.saturating_add(line.amount));
            ensure!(
                bill.net == Value::Clear(sum),
                "a bill is not the sum of its lines"
            );
            let own = bill.comes_again(period, i128::MAX);
            ensure!(
                (0..=own).contains(&bill.withheld()),
                "more is withheld than is billed"
            );
            // The bill before the first that is kept is forgotten, and with it what it withheld.
            let first = Bills::<T>::iter_key_prefix(relation)
                .map(|(period, _)| period)
                .min();
            let owed = Self::parts(relation, period, currency, &bill).into_iter();
            let owed = owed.filter(|(amount, _)| bill.closed && *amount != 0).count();
            ensure!(
                bill.obligations.len() == owed || first == Some(period),
                "a bill is not a debt, or is one too early"
            );
        }
        Self::check_debts()
    }

    fn check_debts() -> Result<(), TryRuntimeError> {
        let mut arisen = BTreeMap::new();
        for (id, debt) in T::Obligations::all() {
            let ObligationSource::Inventory { relation, period } = debt.source else {
                continue;
            };
            match Bills::<T>::get(relation, (period, debt.currency)) {
                Some(bill) => ensure!(bill.obligations.contains(&id), "an obligation is not its bill's"),
                None => {
                    let run = Runs::<T>::get(relation).map(|run| run.period);
                    let last = run.or(LastBilled::<T>::get(relation));
                    let forgotten = last.is_some_and(|last| period < Self::oldest_bill(last));
                    ensure!(forgotten, "an obligation has no bill");
                }
            }
            arisen.insert(id, debt);
        }
        for (relation, (period, currency), bill) in Bills::<T>::iter() {
            let debts: Vec<_> = bill.obligations.iter().filter_map(|id| arisen.get(id)).collect();
            if debts.len() < bill.obligations.len() || !bill.closed {
                // Some are no longer kept.
                continue;
            }
            let mut owed = 0i128;
            for debt in debts {
                let source = ObligationSource::Inventory { relation, period };
                ensure!(
                    debt.source == source && debt.currency == currency,
                    "a bill's obligation is another one's"
                );
                let Value::Clear(amount) = debt.amount;
                owed = match (debt.debtor, debt.creditor) {
                    pair if pair == (relation.buyer, relation.seller) => owed.saturating_add(amount),
                    pair if pair == (relation.seller, relation.buyer) => owed.saturating_sub(amount),
                    _ => return Err("a bill is not owed between buyer and seller".into()),
                };
            }
            let Value::Clear(net) = bill.net;
            ensure!(
                owed == net.saturating_sub(bill.withheld()),
                "other debts are kept than the bill says"
            );
        }
        Ok(())
    }
}

fn encoded(of: &impl codec::Encode) -> Vec<u8> {
    of.encode()
}
