//! What clients ask.

use crate::{
    calls::requests::{missing_reports, sides},
    CloseRequests, Config, Obligations, ObligationsOf, Pallet, Statements,
};
use alloc::vec::Vec;
use interclear_billing::closing::alone;
use interclear_ports::{Agreements, Periods, Settlement, Usage};
use interclear_primitives::{
    api::MAX_PAGE,
    closing::{MonthClosing, PartyClosing},
    ids::{AgreementId, ObligationId, OperatorId},
    netting::{Obligation, ObligationStatus},
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
        let missing_reports = missing_reports(&closed_by, &usage);
        let party = |place: usize, operator| {
            let (own, _) = sides(&usage, place);
            PartyClosing {
                operator,
                alone: alone(&closed_by.terms.usage, period, own.latest, missing_reports),
                last_move: own.latest,
            }
        };
        let [first, second] = parties;
        let asked = CloseRequests::<T>::get((agreement, period)).filter(|asked| {
            let (own, others) = sides(&usage, usize::from(asked.by != first));
            asked.stands(others, own)
        });
        Some(MonthClosing {
            parties: [party(0, first), party(1, second)],
            missing_reports,
            asked: asked.map(|asked| asked.by),
        })
    }

    /// An obligation, while it is kept, with where it stands now.
    pub fn obligation(id: ObligationId) -> Option<Obligation> {
        let obligation = Obligations::<T>::get(id)?;
        Some(Obligation {
            status: Self::status_of(&obligation),
            ..obligation
        })
    }

    /// Where an obligation stands. The obligations of a finished cycle are marked little by little afterwards; until
    /// then their own mark is behind.
    fn status_of(obligation: &Obligation) -> ObligationStatus {
        match obligation.status {
            ObligationStatus::InCycle(cycle) => {
                T::Settlement::status_in(cycle, [obligation.debtor, obligation.creditor])
            }
            status => status,
        }
    }

    /// Obligations to which an operator is a party and which have not been settled, by ascending number from `from` on,
    /// at most [`MAX_PAGE`].
    pub fn obligations(operator: OperatorId, from: ObligationId) -> Vec<(ObligationId, Obligation)> {
        let mut ids: Vec<_> = ObligationsOf::<T>::iter_key_prefix(operator)
            .filter(|id| *id >= from)
            .collect();
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| Some((id, Self::obligation(id)?)))
            .filter(|(_, obligation)| !matches!(obligation.status, ObligationStatus::Settled(_)))
            .take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
            .collect()
    }
}
