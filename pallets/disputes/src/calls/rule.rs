//! Rulings, and what silence comes to.

use crate::{
    calls::{claims_of, standing, within_claims, worth_of},
    Config, Error, Event, OpenFor, Pallet,
};
use frame_support::ensure;
use interclear_billing::disputes::{fee, loser};
use interclear_ports::{Clock, DisputedStatements, Operators};
use interclear_primitives::{
    dispute::{Dispute, DisputeOutcome, DisputePhase, DisputeSubject, Figures, LineSide, RuledBy},
    ids::DisputeId,
    money::Value,
    operator::Role,
    Moment,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_escalate(who: &T::AccountId, id: DisputeId) -> DispatchResult {
        let dispute = Self::running_dispute(id)?;
        let (_, side) = Self::party(who, &dispute)?;
        ensure!(dispute.phase != DisputePhase::Raised, Error::<T>::NotAnswered);
        let negotiated = !matches!(dispute.phase, DisputePhase::Escalated(_));
        ensure!(negotiated && dispute.turn == side, Error::<T>::NotYourTurn);
        Self::hand_over(id, dispute, T::Clock::now())
    }

    /// Hands a dispute over to who rules it. What the parties would end it at stands from now on: who is charged with the fee
    /// does not change by what it says when it sees the ruling coming.
    fn hand_over(id: DisputeId, mut dispute: Dispute, since: Moment) -> DispatchResult {
        if dispute.unheard {
            // It has had its days, and has disputed nothing.
            Self::pay_heard(id, &mut dispute)?;
        }
        for side in LineSide::BOTH {
            let position = standing::<T>(&dispute, side)?;
            *side.of_mut(&mut dispute.offers) = Some(position);
        }
        let to = match dispute.terms.arbitrators {
            Some(_) => RuledBy::Arbitrators,
            None => RuledBy::Council,
        };
        for arbitrator in dispute.terms.arbitrators.into_iter().flatten() {
            OpenFor::<T>::insert(arbitrator, id, ());
        }
        Self::wait_for(id, dispute, to, since);
        Ok(())
    }

    fn wait_for(id: DisputeId, mut dispute: Dispute, to: RuledBy, since: Moment) {
        dispute.phase = DisputePhase::Escalated(to);
        dispute.until = dispute.terms.ruled_by(since);
        Self::deposit_event(Event::DisputeEscalated {
            dispute: id,
            to,
            until: dispute.until,
        });
        Self::keep(id, dispute);
    }

    pub(crate) fn do_arbitrate(who: &T::AccountId, id: DisputeId, figures: Figures) -> DispatchResult {
        let mut dispute = Self::running_dispute(id)?;
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let arbitrators = dispute.terms.arbitrators.ok_or(Error::<T>::NotAnArbitrator)?;
        let place = arbitrators
            .iter()
            .position(|arbitrator| *arbitrator == operator)
            .ok_or(Error::<T>::NotAnArbitrator)?;
        ensure!(
            dispute.phase == DisputePhase::Escalated(RuledBy::Arbitrators),
            Error::<T>::NotForRuling
        );
        // As far as the claims go by now: nobody makes a vote fail by conceding a little.
        let ruled = within_claims::<T>(&dispute, figures)?;
        let vote = dispute.votes.get_mut(place).ok_or(Error::<T>::NotAnArbitrator)?;
        *vote = Some(figures);
        Self::deposit_event(Event::ArbitratorVoted {
            dispute: id,
            by: operator,
            figures,
        });
        let is_same = |vote: &&Figures| within_claims::<T>(&dispute, **vote).ok() == Some(ruled);
        if dispute.votes.iter().flatten().filter(is_same).count() >= 2 {
            return Self::end_ruled(id, dispute, ruled);
        }
        Self::keep(id, dispute);
        Ok(())
    }

    pub(crate) fn do_rule(id: DisputeId, figures: Figures) -> DispatchResult {
        let dispute = Self::running_dispute(id)?;
        ensure!(
            dispute.phase == DisputePhase::Escalated(RuledBy::Council),
            Error::<T>::NotForRuling
        );
        let figures = within_claims::<T>(&dispute, figures)?;
        Self::end_ruled(id, dispute, figures)
    }

    /// Ends a dispute by a ruling.
    fn end_ruled(id: DisputeId, dispute: Dispute, figures: Figures) -> DispatchResult {
        Self::charge_loser(id, &dispute, &figures)?;
        Self::end(id, dispute, figures, DisputeOutcome::Ruled)
    }

    /// Ends a dispute because a party has accepted all that the other one says. Once it waits for a ruling that costs what a
    /// ruling of the same would: nobody waits to see how it goes, and then spares the fee.
    pub(crate) fn end_accepted(id: DisputeId, dispute: Dispute, figures: Figures) -> DispatchResult {
        if matches!(dispute.phase, DisputePhase::Escalated(_)) {
            Self::charge_loser(id, &dispute, &figures)?;
        }
        Self::end(id, dispute, figures, DisputeOutcome::Accepted)
    }

    /// Has who has lost, now that figures stand, pay the agreed fee.
    fn charge_loser(id: DisputeId, dispute: &Dispute, figures: &Figures) -> DispatchResult {
        let fee = fee(&dispute.terms, dispute.decimals);
        let positions = LineSide::BOTH.map(|side| worth_of::<T>(&dispute.position(side)));
        let [debtor, creditor] = positions;
        let loser = loser(debtor?, creditor?, worth_of::<T>(figures)?);
        if let (Some(loser), 1..) = (loser, fee) {
            let operator = loser.of(&dispute.parties);
            let amount = Value::from_unsigned(fee).map_err(|_| Error::<T>::AmountOverflow)?;
            let obligation = match dispute.subject {
                DisputeSubject::StatementLine {
                    agreement, period, ..
                } => T::Statements::charge_fee(agreement, period, operator, amount, id)?,
            };
            if let Some(obligation) = obligation {
                Self::deposit_event(Event::FeeCharged {
                    dispute: id,
                    loser: operator,
                    obligation,
                });
            }
        }
        Ok(())
    }

    pub(crate) fn do_lapse(who: &T::AccountId, id: DisputeId) -> DispatchResult {
        let dispute = Self::open_dispute(id)?;
        Self::party(who, &dispute)?;
        ensure!(T::Clock::now() > dispute.until, Error::<T>::TimeRunning);
        Self::lapse_silently(id, dispute)
    }

    /// What silence comes to, as of the moment at which the time was over: when a sweep comes around decides nothing.
    pub(crate) fn lapse_silently(id: DisputeId, dispute: Dispute) -> DispatchResult {
        let since = dispute.until;
        match dispute.phase {
            DisputePhase::Raised
            | DisputePhase::Answered
            | DisputePhase::Offered
            | DisputePhase::Countered => {
                let silent = dispute.turn;
                let figures = standing::<T>(&dispute, silent.other())?;
                let claims = claims_of::<T>(&dispute)?;
                if claims.silence_accepts(silent, worth_of::<T>(&figures)?) {
                    Self::end(id, dispute, figures, DisputeOutcome::Silence)
                } else {
                    Self::hand_over(id, dispute, since)
                }
            }
            DisputePhase::Escalated(RuledBy::Arbitrators) => {
                Self::wait_for(id, dispute, RuledBy::Council, since);
                Ok(())
            }
            DisputePhase::Escalated(RuledBy::Council) => {
                let unruled = claims_of::<T>(&dispute)?.unruled();
                let [debtor, creditor] = dispute.claims;
                let all = [dispute.stated, debtor, creditor];
                let found = all
                    .into_iter()
                    .find(|figures| worth_of::<T>(figures).is_ok_and(|worth| worth == unruled));
                let figures = found.ok_or(Error::<T>::AmountOverflow)?;
                Self::end(id, dispute, figures, DisputeOutcome::Unruled)
            }
            DisputePhase::Ended(_) => Err(Error::<T>::DisputeOver.into()),
        }
    }
}
