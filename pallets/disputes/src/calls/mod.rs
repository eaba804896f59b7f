//! The rules behind the calls.

mod answer;
mod evidence;
mod raise;
mod rule;

use crate::{Config, Disputes, Error, Event, Open, OpenFor, Pallet};
use frame_support::ensure;
use interclear_billing::disputes::{change, is_defence, worth, Change, Claims};
use interclear_ports::{Clock, DisputedStatements, Operators};
use interclear_primitives::{
    dispute::{Dispute, DisputeKind, DisputeOutcome, DisputePhase, DisputeSubject, Figures, LineSide},
    ids::{DisputeId, ObligationId, OperatorId},
    money::Value,
    operator::Role,
    statement::StatementStatus,
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

/// What figures come to.
pub(crate) fn worth_of<T>(figures: &Figures) -> Result<i128, Error<T>> {
    worth(figures).ok_or(Error::MaxFigureExceeded)
}

/// What the two sides of a dispute say.
pub(crate) fn claims_of<T>(dispute: &Dispute) -> Result<Claims, Error<T>> {
    let [debtor, creditor] = &dispute.claims;
    Ok(Claims {
        stated: worth_of(&dispute.stated)?,
        debtor: worth_of(debtor)?,
        creditor: worth_of(creditor)?,
    })
}

/// The figures at which a side would end a dispute, as far as concessions have not passed them.
pub(crate) fn standing<T>(dispute: &Dispute, side: LineSide) -> Result<Figures, Error<T>> {
    let position = dispute.position(side);
    Ok(match claims_of::<T>(dispute)?.admit(worth_of(&position)?) {
        true => position,
        false => side.of(&dispute.claims),
    })
}

/// Figures of somebody who rules. Where they come to more or less than a side claims, they come to its claim, by what the dispute is
/// about; what was used, and all else, is as it was ruled, and not as the side says that conceded.
pub(crate) fn within_claims<T>(dispute: &Dispute, mut figures: Figures) -> Result<Figures, Error<T>> {
    let worth = worth_of(&figures)?;
    let moved = claims_of::<T>(dispute)?.nearest(worth).checked_sub(worth);
    let moved = Value::Clear(moved.ok_or(Error::AmountOverflow)?);
    let part = match dispute.kind {
        DisputeKind::Tax => &mut figures.tax,
        DisputeKind::Commitment => &mut figures.shortfall,
        _ => &mut figures.charge,
    };
    *part = part.checked_add(&moved).map_err(|_| Error::AmountOverflow)?;
    worth_of(&figures)?;
    Ok(figures)
}

/// Who comes to all that the other side claims names the same figures. A sum alone is not agreed on: quantity, charge, shortfall and
/// tax each have effects of their own.
pub(crate) fn ensure_same_if_all<T>(
    dispute: &Dispute,
    side: LineSide,
    claimed: &Figures,
) -> Result<(), Error<T>> {
    let other = side.other().of(&dispute.claims);
    let all = worth_of(claimed)? == worth_of(&other)?;
    ensure!(!all || *claimed == other, Error::OtherFigures);
    Ok(())
}

impl<T: Config> Pallet<T> {
    /// The dispute with an id, unless it has ended.
    pub(crate) fn open_dispute(id: DisputeId) -> Result<Dispute, Error<T>> {
        let dispute = Disputes::<T>::get(id).ok_or(Error::DisputeNotFound)?;
        ensure!(dispute.phase.is_open(), Error::DisputeOver);
        Ok(dispute)
    }

    /// An open dispute whose time for the next step has not passed.
    pub(crate) fn running_dispute(id: DisputeId) -> Result<Dispute, Error<T>> {
        let dispute = Self::open_dispute(id)?;
        ensure!(T::Clock::now() <= dispute.until, Error::TimeOver);
        Ok(dispute)
    }

    /// The party for which a desk acts, and its side.
    pub(crate) fn party(
        who: &T::AccountId,
        dispute: &Dispute,
    ) -> Result<(OperatorId, LineSide), DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let side = dispute.side(operator).ok_or(Error::<T>::NotAParty)?;
        Ok((operator, side))
    }

    /// A party whose operator is suspended claims nothing that is new; what it owes it defends.
    pub(crate) fn ensure_may_claim(who: &T::AccountId, side: LineSide, claimed: i128) -> DispatchResult {
        if !is_defence(side, claimed) {
            T::Operators::ensure_active_role(who, Role::Clearing)?;
        }
        Ok(())
    }

    /// Keeps a dispute that waits for a next step.
    pub(crate) fn keep(id: DisputeId, dispute: Dispute) {
        Open::<T>::insert(id, dispute.until);
        Disputes::<T>::insert(id, dispute);
    }

    /// From when on what waits for an answer is due at the earliest: while who is owed it has it wait by raising a dispute first, nobody
    /// bears interest on it. 0 if nothing waits.
    fn waits_until(dispute: &Dispute) -> Result<Moment, Error<T>> {
        let owed = match worth_of(&dispute.stated)? {
            ..0 => LineSide::Debtor,
            _ => LineSide::Creditor,
        };
        Ok(match dispute.unheard && dispute.raised_by == owed {
            true => T::Clock::now().min(dispute.until),
            false => 0,
        })
    }

    /// Has the other side be heard, or have had its days to be, and what nobody disputes be paid.
    pub(crate) fn pay_heard(
        id: DisputeId,
        dispute: &mut Dispute,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let due_from = Self::waits_until(dispute)?;
        dispute.unheard = false;
        let undisputed = Self::undisputed(dispute)?;
        Self::pay(id, dispute, undisputed, due_from)
    }

    /// Has `to` be paid of the line, what waited at a moment at the earliest.
    pub(crate) fn pay(
        id: DisputeId,
        dispute: &mut Dispute,
        to: i128,
        due_from: Moment,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let from = dispute.settled.clear().map_err(|_| Error::<T>::AmountOverflow)?;
        if from == to {
            return Ok(None);
        }
        let stated = worth_of::<T>(&dispute.stated)?;
        let change = change(stated, dispute.withholds, from, to).ok_or(Error::<T>::AmountOverflow)?;
        let change = Change { due_from, ..change };
        dispute.settled = Value::Clear(to);
        match dispute.subject {
            DisputeSubject::StatementLine {
                agreement,
                period,
                line,
            } => T::Statements::adjust(agreement, period, line.usage.direction, change, id),
        }
    }

    /// Has what nobody disputes be paid.
    pub(crate) fn pay_undisputed(
        id: DisputeId,
        dispute: &mut Dispute,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let undisputed = Self::undisputed(dispute)?;
        Self::pay(id, dispute, undisputed, 0)
    }

    /// What nobody disputes.
    pub(crate) fn undisputed(dispute: &Dispute) -> Result<i128, Error<T>> {
        let claims = claims_of::<T>(dispute)?;
        if dispute.unheard {
            return Ok(claims.owned(dispute.raised_by));
        }
        let settled = dispute.settled.clear().map_err(|_| Error::AmountOverflow)?;
        Ok(claims.undisputed(Self::is_booked(&dispute.subject).then_some(settled)))
    }

    /// Whether what is paid has become an obligation, or silence has made it one and no sweep has come around yet.
    pub(crate) fn is_booked(subject: &DisputeSubject) -> bool {
        match subject {
            DisputeSubject::StatementLine {
                agreement, period, ..
            } => T::Statements::statement(*agreement, *period).is_some_and(|statement| {
                statement.status == StatementStatus::Affirmed || T::Clock::now() > statement.affirm_by
            }),
        }
    }

    /// Ends a dispute at figures that stand from now on.
    pub(crate) fn end(
        id: DisputeId,
        mut dispute: Dispute,
        figures: Figures,
        outcome: DisputeOutcome,
    ) -> DispatchResult {
        let to = worth_of::<T>(&figures)?;
        // Figures that only one side has named are money of the line, and nothing else.
        let named = matches!(outcome, DisputeOutcome::Accepted | DisputeOutcome::Ruled);
        let decided = match named {
            true => dispute
                .decided(id, &figures)
                .map_err(|_| Error::<T>::AmountOverflow)?,
            false => None,
        };
        let due_from = Self::waits_until(&dispute)?;
        let note = Self::pay(id, &mut dispute, to, due_from)?;
        match dispute.subject {
            DisputeSubject::StatementLine {
                agreement, period, ..
            } => {
                let by = dispute.raised_by.of(&dispute.parties);
                T::Statements::end_dispute(agreement, period, by, id, decided)?;
            }
        }
        let now = T::Clock::now();
        dispute.ended = Some(figures);
        dispute.unheard = false;
        dispute.phase = DisputePhase::Ended(outcome);
        dispute.until = now;
        Open::<T>::remove(id);
        let arbitrators = dispute.terms.arbitrators.into_iter().flatten();
        for operator in dispute.parties.into_iter().chain(arbitrators) {
            OpenFor::<T>::remove(operator, id);
        }
        Disputes::<T>::insert(id, dispute);
        Self::expire(id);
        Self::deposit_event(Event::DisputeEnded {
            dispute: id,
            outcome,
            figures,
            note,
        });
        Ok(())
    }
}
