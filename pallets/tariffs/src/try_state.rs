//! What holds of the stored records after every call and every block.

use crate::{
    Caps, Config, FeederSet, NewestRate, NextCapId, OldestProposed, OldestRates, OldestSubmissions, Pallet,
    Proposed, Rates, Regions, Submissions, Tariffs,
};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use interclear_ports::Clock;
use interclear_primitives::{
    money::Currency,
    rating::SdrRate,
    service::Service,
    tariff::{Area, Dated, Member, QuoteDate},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks every record.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_published()?;
        Self::check_rates()?;
        let feeders = FeederSet::<T>::get();
        ensure!(
            ascending(&feeders.operators),
            "a feeder is listed twice or out of order"
        );
        ensure!(
            ascending(&feeders.currencies),
            "a currency is listed twice or out of order"
        );
        let (votes, all) = (usize::from(feeders.quorum), feeders.operators.len());
        ensure!(
            votes <= all && (votes > all / 2 || all == 0),
            "the quorum is not more than half"
        );
        Ok(())
    }

    fn check_published() -> Result<(), TryRuntimeError> {
        let mut regions = 0u32;
        for (code, versions) in Regions::<T>::iter() {
            regions = regions.saturating_add(1);
            ensure!(code.is_valid(), "a region has no valid code");
            ensure!(dated(&versions), "the memberships of a region are out of order");
            for version in &versions {
                let valid = !version.members.is_empty() && version.members.iter().all(Member::is_valid);
                ensure!(
                    valid && ascending(&version.members),
                    "the members of a region are not valid"
                );
            }
        }
        ensure!(
            regions == Regions::<T>::count() && regions <= T::MaxRegions::get(),
            "the number of regions is wrong"
        );
        for (area, _, steps) in Tariffs::<T>::iter() {
            ensure!(dated(&steps), "the steps of a tariff are out of order");
            if let Area::Region(code) = area {
                ensure!(Regions::<T>::contains_key(&code), "a tariff is of no region");
            }
        }
        let (next, mut ids, mut scopes) = (NextCapId::<T>::get(), BTreeSet::new(), BTreeSet::new());
        for service in Service::ALL {
            for cap in Caps::<T>::get(service) {
                ensure!(
                    cap.id < next && ids.insert(cap.id),
                    "a cap has no number of its own"
                );
                ensure!(dated(&cap.steps), "the steps of a cap are out of order");
                for code in core::iter::once(&cap.visited).chain(&cap.home) {
                    ensure!(Regions::<T>::contains_key(code), "a cap is of no region");
                }
                ensure!(
                    scopes.insert((*service, cap.visited, cap.home)),
                    "a service has two caps of the same regions"
                );
            }
        }
        Ok(())
    }

    fn check_rates() -> Result<(), TryRuntimeError> {
        let quoted = |currency: Currency, period, quoted: QuoteDate, rate: SdrRate| {
            let real = currency.is_valid() && currency != Currency::SDR && rate.is_in_range();
            real && quoted.fits(period) && quoted.start() <= T::Clock::now()
        };
        for (period, currency, fixed) in Rates::<T>::iter() {
            ensure!(
                quoted(currency, period, fixed.quoted, fixed.rate),
                "a rate is not one that could be quoted"
            );
            ensure!(
                OldestRates::<T>::get().is_some_and(|oldest| oldest <= period),
                "a rate would never be evicted"
            );
            ensure!(
                NewestRate::<T>::get(currency).is_some_and(|newest| newest >= period),
                "a rate is newer than the newest"
            );
        }
        for (currency, period) in NewestRate::<T>::iter() {
            ensure!(
                Rates::<T>::contains_key(period, currency),
                "the newest rate is not there"
            );
        }
        for (period, currency, proposed) in Proposed::<T>::iter() {
            ensure!(
                quoted(currency, period, proposed.quoted, proposed.rate),
                "a proposed rate is not one that could be quoted"
            );
            ensure!(
                proposed.before_month.is_none_or(|month| month < period),
                "a rate was compared with a later one"
            );
            ensure!(
                !Rates::<T>::contains_key(period, currency),
                "a rate is proposed and fixed"
            );
            ensure!(
                OldestProposed::<T>::get().is_some_and(|oldest| oldest <= period),
                "a proposed rate would wait for ever"
            );
        }
        for (period, currency, submissions) in Submissions::<T>::iter() {
            let feeders: BTreeSet<_> = submissions.iter().map(|one| one.feeder).collect();
            ensure!(
                !submissions.is_empty() && feeders.len() == submissions.len(),
                "a feeder has submitted twice"
            );
            ensure!(
                submissions
                    .iter()
                    .all(|one| quoted(currency, period, one.quoted, one.rate)),
                "a submission is not one that could be quoted"
            );
            ensure!(
                !Rates::<T>::contains_key(period, currency),
                "submissions are kept of a fixed rate"
            );
            ensure!(
                OldestSubmissions::<T>::get().is_some_and(|oldest| oldest <= period),
                "submissions would never be evicted"
            );
        }
        Ok(())
    }
}

fn ascending<I: Ord>(items: &[I]) -> bool {
    items.iter().zip(items.iter().skip(1)).all(|(a, b)| a < b)
}

fn dated<D: Dated>(steps: &[D]) -> bool {
    let valid = !steps.is_empty() && steps.iter().all(|step| step.from().is_valid());
    let mut pairs = steps.iter().zip(steps.iter().skip(1));
    valid && pairs.all(|(a, b)| a.from() < b.from())
}
