//! Disputing a line, and noting what is too small for that.

use crate::{
    calls::worth_of, Config, Disputes, Error, Event, NextDispute, OnLine, OpenFor, Pallet, SmallDifferences,
    StatementKey,
};
use frame_support::ensure;
use interclear_billing::disputes::{is_material, suits, MONTHS_RUNNING};
use interclear_ports::{Agreements, Clock, DisputedStatements, Evidence, Operators};
use interclear_primitives::{
    agreement::DisputeTerms,
    dispute::{
        About, Differences, Dispute, DisputeKind, DisputeOutcome, DisputePhase, DisputeSubject, Figures,
        LineKey, LineSide,
    },
    ids::{DisputeId, OperatorId},
    money::Value,
    operator::Role,
    statement::Statement,
};
use sp_runtime::{DispatchError, DispatchResult};

/// A line, and what a party says that it comes to.
struct Claim {
    statement: Statement,
    terms: DisputeTerms,
    parties: [OperatorId; 2],
    side: LineSide,
    stated: Figures,
    /// What is stated and what is claimed, in minor units.
    worth: (i128, i128),
}

impl Claim {
    fn is_material(&self) -> bool {
        let (stated, claimed) = self.worth;
        is_material(&self.terms, self.statement.decimals, stated, claimed)
    }

    /// Whether the statement is due before the days to dispute are over, and the other party may dispute the line until then.
    /// As a line is disputed once, it does so by its answer: who raises a dispute first does not have the line booked meanwhile.
    fn other_may_be_late(&self) -> bool {
        let other = self.side.other().of(&self.parties);
        let has_affirmed = self.statement.has_affirmed(other);
        !has_affirmed && self.statement.affirm_by < self.statement.disputed_until
    }
}

impl<T: Config> Pallet<T> {
    fn claim(
        operator: OperatorId,
        (agreement, period): StatementKey,
        line: &LineKey,
        claimed: &Figures,
    ) -> Result<Claim, Error<T>> {
        let statement = T::Statements::statement(agreement, period).ok_or(Error::StatementNotFound)?;
        let parties = line.usage.direction.home_and_visited(statement.parties);
        let side = LineSide::BOTH
            .into_iter()
            .find(|side| side.of(&parties) == operator)
            .ok_or(Error::NotAParty)?;
        let stated = Figures::of(statement.line(line).ok_or(Error::LineNotFound)?);
        let worth = (worth_of(&stated)?, worth_of(claimed)?);
        let favours = match side {
            LineSide::Debtor => worth.1 < worth.0,
            LineSide::Creditor => worth.1 > worth.0,
        };
        ensure!(favours, Error::ClaimAgainstOneself);
        // A statement outlives neither its agreement nor the terms of its months.
        let month = T::Agreements::closing_month(agreement, period).unwrap_or(period);
        let terms = T::Agreements::terms_in(agreement, month).map(|(_, terms)| terms.disputes);
        Ok(Claim {
            statement,
            terms: terms.unwrap_or_default(),
            parties,
            side,
            stated,
            worth,
        })
    }

    /// In how many months running a line has differed with one in this month; late usage is of no month in a row.
    fn differences(operator: OperatorId, key: StatementKey, line: &LineKey) -> Differences {
        let before =
            SmallDifferences::<T>::get((key.0, operator, line.usage)).filter(|_| line.late.is_none());
        Differences::with(before, key.1)
    }

    /// Keeps that a line has differed, whether by what is disputed or by too little for that.
    fn keep_differences(operator: OperatorId, key: StatementKey, line: &LineKey, differences: Differences) {
        if line.late.is_none() {
            SmallDifferences::<T>::insert((key.0, operator, line.usage), differences);
        }
    }

    /// The dispute that the other side has raised on a line and withdrawn, if there is one; who has raised a dispute on it does not
    /// raise another.
    fn withdrawn_by_other(
        key: StatementKey,
        line: &LineKey,
        side: LineSide,
    ) -> Result<Option<DisputeId>, Error<T>> {
        let earlier = OnLine::<T>::get(key, line);
        if let Some(dispute) = earlier.and_then(Disputes::<T>::get) {
            let withdrawn = dispute.phase == DisputePhase::Ended(DisputeOutcome::Withdrawn);
            let first = dispute.earlier.is_none() && dispute.raised_by != side;
            ensure!(withdrawn && first, Error::AlreadyDisputed);
        }
        Ok(earlier)
    }

    pub(crate) fn do_raise(
        who: &T::AccountId,
        key: StatementKey,
        line: LineKey,
        kind: DisputeKind,
        claimed: Figures,
        about: Option<About>,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let (agreement, period) = key;
        let subject = DisputeSubject::StatementLine {
            agreement,
            period,
            line,
        };
        let admits = subject.admits(kind) && about.is_none_or(|about| about.admits(kind));
        ensure!(admits, Error::<T>::KindNotOfSubject);
        let claim = Self::claim(operator, key, &line, &claimed)?;
        Self::ensure_may_claim(who, claim.side, claim.worth.1)?;
        let is_of_line = |about| T::Evidence::is_of_line(&about, agreement, period, &line);
        ensure!(about.is_none_or(is_of_line), Error::<T>::NotOfLine);
        let earlier = Self::withdrawn_by_other(key, &line, claim.side)?;
        ensure!(suits(kind, &claim.stated, &claimed), Error::<T>::FiguresNotOfKind);
        let differences = Self::differences(operator, key, &line);
        // Months that were marked later make no earlier one differ.
        let running = differences.months >= MONTHS_RUNNING && differences.includes(period);
        ensure!(claim.is_material() || running, Error::<T>::NotMaterial);
        let id = NextDispute::<T>::get();
        let next = id.next().ok_or(Error::<T>::IdsExhausted)?;
        let withholds = T::Statements::begin_dispute(agreement, period, operator)?;

        let now = T::Clock::now();
        let until = claim.terms.answer_by(now);
        let mut claims = [claim.stated; 2];
        *claim.side.of_mut(&mut claims) = claimed;
        let mut dispute = Dispute {
            subject,
            kind,
            parties: claim.parties,
            raised_by: claim.side,
            raised_at: now,
            currency: claim.statement.currency,
            decimals: claim.statement.decimals,
            terms: claim.terms,
            stated: claim.stated,
            claims,
            ended: None,
            offers: [None; 2],
            rounds: 0,
            concessions: [0; 2],
            about,
            earlier,
            phase: DisputePhase::Raised,
            turn: claim.side.other(),
            until,
            votes: [None; 3],
            withholds,
            unheard: withholds && claim.other_may_be_late(),
            settled: Value::Clear(claim.worth.0),
            evidence: Default::default(),
        };
        Self::pay_undisputed(id, &mut dispute)?;
        NextDispute::<T>::put(next);
        OnLine::<T>::insert(key, line, id);
        Self::keep_differences(operator, key, &line, differences);
        for party in dispute.parties {
            OpenFor::<T>::insert(party, id, ());
        }
        Self::keep(id, dispute);
        Self::deposit_event(Event::DisputeRaised {
            dispute: id,
            subject,
            kind,
            about,
            by: operator,
            claimed,
            until,
        });
        Ok(())
    }

    pub(crate) fn do_mark_difference(
        who: &T::AccountId,
        key: StatementKey,
        line: LineKey,
        claimed: Figures,
    ) -> Result<(), DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let (agreement, period) = key;
        let claim = Self::claim(operator, key, &line, &claimed)?;
        Self::ensure_may_claim(who, claim.side, claim.worth.1)?;
        ensure!(!claim.is_material(), Error::<T>::Material);
        ensure!(
            T::Clock::now() < claim.statement.disputed_until,
            Error::<T>::DisputeDaysOver
        );
        let differences = Self::differences(operator, key, &line);
        Self::keep_differences(operator, key, &line, differences);
        Self::deposit_event(Event::DifferenceMarked {
            agreement,
            period,
            line,
            by: operator,
            months: differences.months,
        });
        Ok(())
    }
}
