//! What clients ask.

use crate::{
    calls::requests::{alone_at, missing_reports},
    Carried, CarriedNet, CloseRequests, Config, Decisions, Pallet, Statements,
};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use interclear_ports::{Agreements, Periods, Usage};
use interclear_primitives::{
    closing::{MonthClosing, PartyClosing},
    ids::AgreementId,
    money::Value,
    period::Period,
    statement::{CarriedForward, Decided, MaxDecided, Statement},
};

impl<T: Config> Pallet<T> {
    /// A statement, while it is kept.
    pub fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        Statements::<T>::get(agreement, period)
    }

    /// What statements of an agreement have carried forward; `None` where nothing is.
    pub fn carried_forward(agreement: AgreementId) -> Option<CarriedForward> {
        let CarriedNet { net, since, .. } = Carried::<T>::get(agreement);
        (net != Value::ZERO).then_some(CarriedForward { net, since })
    }

    /// What disputes have decided of lines and no month has taken into account yet, by dispute: as many as a month takes.
    pub fn decisions(agreement: AgreementId) -> Vec<Decided> {
        let decided = Decisions::<T>::iter_prefix_values(agreement);
        let most = BoundedVec::<Decided, MaxDecided>::bound();
        let mut decided: Vec<_> = decided.take(most).collect();
        decided.sort_by_key(|decided| decided.dispute);
        decided
    }

    /// From when on each party closes a month alone and why, and whose request to close stands; `None` if the month is
    /// closed, or the agreement is not in force in it and it bills no late usage either.
    pub fn closing(agreement: AgreementId, period: Period) -> Option<MonthClosing> {
        let parties = T::Agreements::parties(agreement)?;
        let closed_by = Self::closed_by(agreement, period).filter(|_| !Self::is_closed(agreement, period))?;
        let usage = T::Usage::period_usage(agreement, period);
        let party = |place: usize, operator| PartyClosing {
            operator,
            alone: alone_at(&closed_by, period, &usage, place),
            last_move: usage.moves.get(place).map_or(0, |own| own.latest),
        };
        let [first, second] = parties;
        let asked = CloseRequests::<T>::get((agreement, period)).filter(|asked| asked.stands(&usage));
        Some(MonthClosing {
            parties: [party(0, first), party(1, second)],
            missing_reports: missing_reports(&closed_by, &usage),
            changes: usage.changes,
            asked: asked.map(|asked| asked.by),
        })
    }
}
