//! What the two parties say to each other once a line is disputed.

use crate::{
    calls::{claims_of, ensure_same_if_all, standing, worth_of},
    Config, Error, Event, Pallet,
};
use frame_support::ensure;
use interclear_billing::disputes::{MAX_CONCESSIONS, MAX_OFFERS};
use interclear_ports::{Clock, DisputedStatements};
use interclear_primitives::{
    dispute::{Dispute, DisputeOutcome, DisputePhase, DisputeSubject, Figures, LineSide},
    ids::{DisputeId, OperatorId},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    /// Whether an operator has affirmed what is disputed.
    fn has_affirmed(dispute: &Dispute, operator: OperatorId) -> bool {
        match dispute.subject {
            DisputeSubject::StatementLine {
                agreement, period, ..
            } => {
                let statement = T::Statements::statement(agreement, period);
                statement.is_some_and(|statement| statement.has_affirmed(operator))
            }
        }
    }

    /// Whether the other party can dispute the line itself once a dispute is withdrawn, as well as it can by its answer; or has
    /// affirmed, and claims nothing beyond what is stated.
    fn may_other_raise(dispute: &Dispute, side: LineSide) -> bool {
        let has_days = match dispute.subject {
            DisputeSubject::StatementLine {
                agreement, period, ..
            } => T::Statements::statement(agreement, period)
                .is_some_and(|statement| T::Clock::now() < statement.disputed_until),
        };
        let booked_meanwhile = dispute.withholds && Self::is_booked(&dispute.subject);
        let other = side.other().of(&dispute.parties);
        has_days && !booked_meanwhile || Self::has_affirmed(dispute, other)
    }

    pub(crate) fn do_answer(who: &T::AccountId, id: DisputeId, claimed: Figures) -> DispatchResult {
        let mut dispute = Self::running_dispute(id)?;
        let (operator, side) = Self::party(who, &dispute)?;
        ensure!(dispute.phase == DisputePhase::Raised, Error::<T>::AlreadyAnswered);
        ensure!(dispute.turn == side, Error::<T>::NotYourTurn);
        let (claims, worth) = (claims_of::<T>(&dispute)?, worth_of::<T>(&claimed)?);
        let (crosses, beyond) = match side {
            LineSide::Debtor => (worth > claims.creditor, worth < claims.stated),
            LineSide::Creditor => (worth < claims.debtor, worth > claims.stated),
        };
        ensure!(!crosses, Error::<T>::OutsideClaims);
        ensure!(
            !beyond || !Self::has_affirmed(&dispute, operator),
            Error::<T>::BeyondAffirmed
        );
        if beyond {
            Self::ensure_may_claim(who, side, worth)?;
        }
        ensure_same_if_all::<T>(&dispute, side, &claimed)?;
        *side.of_mut(&mut dispute.claims) = claimed;
        let _ = Self::pay_heard(id, &mut dispute)?;
        dispute.phase = DisputePhase::Answered;
        dispute.turn = side.other();
        dispute.until = dispute.terms.answer_by(T::Clock::now());
        Self::deposit_event(Event::DisputeAnswered {
            dispute: id,
            by: operator,
            claimed,
            until: dispute.until,
        });
        Self::keep_or_end(id, dispute, side)
    }

    /// Keeps a dispute after a side has changed its claim, or ends it if nothing is left in dispute.
    fn keep_or_end(id: DisputeId, dispute: Dispute, side: LineSide) -> DispatchResult {
        match claims_of::<T>(&dispute)?.disputed() {
            Some(0) => {
                let figures = side.other().of(&dispute.claims);
                Self::end_accepted(id, dispute, figures)
            }
            _ => {
                Self::keep(id, dispute);
                Ok(())
            }
        }
    }

    pub(crate) fn do_concede(who: &T::AccountId, id: DisputeId, claimed: Figures) -> DispatchResult {
        let mut dispute = Self::running_dispute(id)?;
        let (operator, side) = Self::party(who, &dispute)?;
        let (claims, worth) = (claims_of::<T>(&dispute)?, worth_of::<T>(&claimed)?);
        let step = claims.conceded(side, worth).ok_or(Error::<T>::NotAConcession)?;
        ensure!(claims.admit(worth), Error::<T>::OutsideClaims);
        if claims.disputed() == Some(step) {
            // What the other one says is not known yet.
            let answered = dispute.phase != DisputePhase::Raised || dispute.turn == side;
            ensure!(answered, Error::<T>::NotAnswered);
        } else {
            ensure!(
                claims.least_concession().is_some_and(|least| step >= least),
                Error::<T>::ConcessionTooSmall
            );
            let count = side.of_mut(&mut dispute.concessions);
            ensure!(*count < MAX_CONCESSIONS, Error::<T>::MaxConcessionsExceeded);
            *count = count.saturating_add(1);
        }
        ensure_same_if_all::<T>(&dispute, side, &claimed)?;
        *side.of_mut(&mut dispute.claims) = claimed;
        let note = match side == dispute.raised_by {
            true => Self::pay_undisputed(id, &mut dispute)?,
            false => Self::pay_heard(id, &mut dispute)?,
        };
        Self::deposit_event(Event::PartConceded {
            dispute: id,
            by: operator,
            claimed,
            note,
        });
        Self::keep_or_end(id, dispute, side)
    }

    pub(crate) fn do_offer(who: &T::AccountId, id: DisputeId, figures: Figures) -> DispatchResult {
        let mut dispute = Self::running_dispute(id)?;
        let (operator, side) = Self::party(who, &dispute)?;
        dispute.phase = match dispute.phase {
            DisputePhase::Raised => return Err(Error::<T>::NotAnswered.into()),
            DisputePhase::Answered => DisputePhase::Offered,
            DisputePhase::Offered | DisputePhase::Countered => DisputePhase::Countered,
            DisputePhase::Escalated(_) | DisputePhase::Ended(_) => return Err(Error::<T>::NotYourTurn.into()),
        };
        ensure!(dispute.turn == side, Error::<T>::NotYourTurn);
        ensure!(dispute.rounds < MAX_OFFERS, Error::<T>::MaxOffersExceeded);
        let worth = worth_of::<T>(&figures)?;
        ensure!(claims_of::<T>(&dispute)?.admit(worth), Error::<T>::OutsideClaims);
        *side.of_mut(&mut dispute.offers) = Some(figures);
        dispute.rounds = dispute.rounds.saturating_add(1);
        dispute.turn = side.other();
        dispute.until = dispute.terms.answer_by(T::Clock::now());
        Self::deposit_event(Event::DisputeOffered {
            dispute: id,
            by: operator,
            figures,
            until: dispute.until,
        });
        Self::keep(id, dispute);
        Ok(())
    }

    pub(crate) fn do_accept(who: &T::AccountId, id: DisputeId, figures: Figures) -> DispatchResult {
        let dispute = Self::running_dispute(id)?;
        let (_, side) = Self::party(who, &dispute)?;
        // Before the answer there is nothing to accept for who has raised it.
        let answered = dispute.phase != DisputePhase::Raised || dispute.turn == side;
        ensure!(answered, Error::<T>::NotAnswered);
        // Offers are answered before it is known how those who rule vote; then only all that is claimed can be accepted.
        let other = match dispute.phase {
            DisputePhase::Escalated(_) => side.other().of(&dispute.claims),
            _ => standing::<T>(&dispute, side.other())?,
        };
        ensure!(other == figures, Error::<T>::OtherFigures);
        Self::end_accepted(id, dispute, figures)
    }

    pub(crate) fn do_withdraw(who: &T::AccountId, id: DisputeId) -> DispatchResult {
        let dispute = Self::running_dispute(id)?;
        let (_, side) = Self::party(who, &dispute)?;
        ensure!(dispute.raised_by == side, Error::<T>::NotYourDispute);
        ensure!(dispute.phase == DisputePhase::Raised, Error::<T>::AlreadyAnswered);
        ensure!(Self::may_other_raise(&dispute, side), Error::<T>::AnswerIsTheirs);
        let stated = dispute.stated;
        Self::end(id, dispute, stated, DisputeOutcome::Withdrawn)
    }
}
