//! Publishing: regions, reference tariffs and caps, each from a month on that is not over.

use crate::{Caps, Config, Error, Event, NextCapId, Pallet, Regions, Tariffs};
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_ports::Operators;
use interclear_primitives::{
    ids::CapId,
    period::Period,
    rating::Price,
    service::Service,
    tariff::{
        Area, CapName, Dated, MaxRegionMembers, Member, PriceCap, PriceStep, RegionCode, RegionVersion,
        UnitPrice,
    },
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_region(
        code: RegionCode,
        from: Period,
        members: BoundedVec<Member, MaxRegionMembers>,
    ) -> DispatchResult {
        ensure!(code.is_valid(), Error::<T>::InvalidRegionCode);
        Self::ensure_not_over(from)?;
        ensure!(!members.is_empty(), Error::<T>::NoMembers);
        ensure!(members.iter().all(Member::is_valid), Error::<T>::InvalidMember);
        let members = Self::ascending(members).ok_or(Error::<T>::DuplicateMember)?;
        let mut versions = match Regions::<T>::get(&code) {
            Some(versions) => versions,
            None => {
                ensure!(
                    Regions::<T>::count() < T::MaxRegions::get(),
                    Error::<T>::MaxRegionsExceeded
                );
                BoundedVec::new()
            }
        };
        let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
        Self::put_step(&mut versions, RegionVersion { from, members })?;
        Regions::<T>::insert(&code, versions);
        Self::deposit_event(Event::RegionPublished {
            region: code,
            from,
            members: count,
        });
        Ok(())
    }

    pub(crate) fn do_set_tariff(
        area: Area,
        service: Service,
        from: Period,
        price: Option<UnitPrice>,
    ) -> DispatchResult {
        match &area {
            Area::Region(code) => ensure!(Regions::<T>::contains_key(code), Error::<T>::UnknownRegion),
            Area::Network(tadig) => {
                ensure!(
                    T::Operators::owner_of(tadig).is_some(),
                    Error::<T>::UnknownNetwork
                )
            }
        }
        Self::check_price(from, price)?;
        let mut steps = Tariffs::<T>::get(&area, service).unwrap_or_default();
        ensure!(price.is_some() || !steps.is_empty(), Error::<T>::NothingToEnd);
        Self::put_step(&mut steps, PriceStep { from, price })?;
        Tariffs::<T>::insert(&area, service, steps);
        Self::deposit_event(Event::TariffPublished {
            area,
            service,
            from,
            price,
        });
        Ok(())
    }

    pub(crate) fn do_set_cap(
        name: CapName,
        service: Service,
        visited: RegionCode,
        home: Option<RegionCode>,
        from: Period,
        price: Option<UnitPrice>,
    ) -> DispatchResult {
        ensure!(name.is_valid(), Error::<T>::InvalidName);
        for code in core::iter::once(&visited).chain(&home) {
            ensure!(Regions::<T>::contains_key(code), Error::<T>::UnknownRegion);
        }
        Self::check_price(from, price)?;
        let mut caps = Caps::<T>::get(service);
        let step = PriceStep { from, price };
        let existing = caps
            .iter_mut()
            .find(|cap| cap.visited == visited && cap.home == home);
        let id = match existing {
            Some(cap) => {
                Self::put_step(&mut cap.steps, step)?;
                cap.name = name.clone();
                cap.id
            }
            None => {
                ensure!(price.is_some(), Error::<T>::NothingToEnd);
                Self::forget_ended(&mut caps);
                let id = Self::take_cap_id()?;
                let mut steps = BoundedVec::new();
                Self::put_step(&mut steps, step)?;
                let cap = PriceCap {
                    id,
                    name: name.clone(),
                    visited: visited.clone(),
                    home: home.clone(),
                    steps,
                };
                caps.try_push(cap).map_err(|_| Error::<T>::MaxCapsExceeded)?;
                id
            }
        };
        Caps::<T>::insert(service, caps);
        Self::deposit_event(Event::CapPublished {
            cap: id,
            name,
            service,
            visited,
            home,
            from,
            price,
        });
        Ok(())
    }

    fn check_price(from: Period, price: Option<UnitPrice>) -> Result<(), Error<T>> {
        Self::ensure_not_over(from)?;
        ensure!(
            price.is_none_or(|price| price.currency.is_valid()),
            Error::<T>::InvalidCurrency
        );
        ensure!(
            price.is_none_or(|price| price.price <= Price::MAX_AGREED),
            Error::<T>::MaxPriceExceeded
        );
        Ok(())
    }

    /// Nothing takes effect in a month that is over.
    fn ensure_not_over(from: Period) -> Result<(), Error<T>> {
        ensure!(from.is_valid(), Error::<T>::InvalidPeriod);
        ensure!(from >= Self::current(), Error::<T>::MonthOver);
        Ok(())
    }

    /// Adds a step at its place; one that begins in the same month is replaced. What has been superseded for longer than
    /// records are kept makes room.
    fn put_step<D: Dated, Most: Get<u32>>(steps: &mut BoundedVec<D, Most>, step: D) -> Result<(), Error<T>> {
        let horizon = Self::horizon();
        while steps.get(1).is_some_and(|second| second.from() <= horizon) {
            steps.remove(0);
        }
        match steps.binary_search_by_key(&step.from(), Dated::from) {
            Ok(place) => {
                if let Some(same) = steps.get_mut(place) {
                    *same = step;
                }
                Ok(())
            }
            Err(place) => steps
                .try_insert(place, step)
                .map_err(|_| Error::<T>::MaxStepsExceeded),
        }
    }

    /// Caps that ended longer ago than records are kept.
    fn forget_ended<Most: Get<u32>>(caps: &mut BoundedVec<PriceCap, Most>) {
        let horizon = Self::horizon();
        caps.retain(|cap| {
            cap.steps
                .last()
                .is_none_or(|step| step.price.is_some() || step.from > horizon)
        });
    }

    fn take_cap_id() -> Result<CapId, Error<T>> {
        let id = NextCapId::<T>::get();
        NextCapId::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        Ok(id)
    }
}
