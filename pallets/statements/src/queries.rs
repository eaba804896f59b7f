//! What clients ask.

use crate::{
    calls::requests::{alone_at, missing_reports},
    CloseRequests, Config, Pallet, Statements,
};
use interclear_ports::{Agreements, Periods, Usage};
use interclear_primitives::{
    closing::{MonthClosing, PartyClosing},
    ids::AgreementId,
    period::Period,
    statement::Statement,
};

impl<T: Config> Pallet<T> {
    /// A statement, while it is kept.
    pub fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        Statements::<T>::get(agreement, period)
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
