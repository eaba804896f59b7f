//! What disputes change of what is paid of a statement. What it states never changes.

use crate::{
    calls::{affirm::Cause, ensure_party},
    Config, Decisions, Error, Notes, Pallet, Statements, TakenOver, Undecided,
};
use alloc::collections::BTreeSet;
use frame_support::{ensure, storage::with_storage_layer};
use interclear_billing::{disputes::Change, rate::AmountFault};
use interclear_ports::{one_less, Clock, Escrows, Obligations, Periods, Usage};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, DisputeId, ObligationId, OperatorId},
    money::Value,
    netting::ObligationSource,
    period::Period,
    statement::{Decided, Statement, StatementStatus},
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    fn kept_statement(agreement: AgreementId, period: Period) -> Result<Statement, Error<T>> {
        Statements::<T>::get(agreement, period).ok_or(Error::StatementNotFound)
    }

    pub(crate) fn do_begin_dispute(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
    ) -> Result<bool, DispatchError> {
        let mut statement = Self::kept_statement(agreement, period)?;
        let place = ensure_party::<T>(statement.parties, by)?;
        let now = T::Clock::now();
        let affirmed = statement.affirmed.get(place).ok_or(Error::<T>::NotAParty)?;
        ensure!(!*affirmed, Error::<T>::AlreadyAffirmed);
        ensure!(now < statement.disputed_until, Error::<T>::DisputeDaysOver);
        if statement.status == StatementStatus::Issued && now > statement.affirm_by {
            // Whether a sweep has come around does not decide what is withheld.
            Self::affirm_silently(agreement, period, statement)?;
            statement = Self::kept_statement(agreement, period)?;
        }
        let open = statement
            .disputed
            .open
            .get_mut(place)
            .ok_or(Error::<T>::NotAParty)?;
        *open = open.saturating_add(1);
        for month in Self::billed_months(period, &statement) {
            Self::one_more_undecided(agreement, month);
        }
        let withholds = statement.status == StatementStatus::Issued;
        Self::keep_evidence(agreement, period, &statement);
        Statements::<T>::insert(agreement, period, statement);
        Ok(withholds)
    }

    pub(crate) fn do_end_dispute(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
        dispute: DisputeId,
        decided: Option<Decided>,
    ) -> DispatchResult {
        let mut statement = Self::kept_statement(agreement, period)?;
        let place = ensure_party::<T>(statement.parties, by)?;
        let open = statement
            .disputed
            .open
            .get_mut(place)
            .ok_or(Error::<T>::NotAParty)?;
        *open = open.checked_sub(1).ok_or(Error::<T>::NotDisputed)?;
        for month in Self::billed_months(period, &statement) {
            Self::one_less_undecided(agreement, month);
        }
        if let Some(decided) = decided {
            Self::one_more_undecided(agreement, decided.period);
            Decisions::<T>::insert(agreement, decided.dispute, decided);
            // The month that takes it into account is not the one that a party has looked at before.
            if let Some(last) = Self::last_closed(agreement) {
                T::Usage::note_change(agreement, last.next());
            }
        }
        Self::keep_evidence(agreement, period, &statement);
        let free = T::Escrows::free(agreement);
        if statement.status == StatementStatus::Affirmed && !statement.is_disputed() {
            Self::return_redeemed((agreement, period), &mut statement, dispute)?;
        }
        Self::reserve(agreement, period, &statement)?;
        T::Escrows::warn(agreement, period, free);
        Statements::<T>::insert(agreement, period, statement);
        Ok(())
    }

    /// The months of which a statement bills usage: one of its lines is what a dispute is on.
    pub(crate) fn billed_months(period: Period, statement: &Statement) -> BTreeSet<Period> {
        let late = statement.lines.iter().filter_map(|line| line.late);
        late.chain([period]).collect()
    }

    fn one_more_undecided(agreement: AgreementId, month: Period) {
        Undecided::<T>::mutate(agreement, month, |count| {
            *count = Some(count.unwrap_or_default().saturating_add(1));
        });
    }

    pub(crate) fn one_less_undecided(agreement: AgreementId, month: Period) {
        Undecided::<T>::mutate_exists(agreement, month, one_less);
    }

    /// What vouchers were paid, and the last dispute has found not to be owed, is owed back.
    fn return_redeemed(
        (agreement, period): (AgreementId, Period),
        statement: &mut Statement,
        dispute: DisputeId,
    ) -> DispatchResult {
        let month = (agreement, period);
        let redeemed = Self::count_redeemed(month, statement, &Value::ZERO, [0; 2])?;
        let back = redeemed
            .checked_neg()
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        let due = statement.payment.paid_by(T::Clock::now());
        let source = ObligationSource::Note {
            agreement,
            period,
            dispute,
        };
        let note = Self::book(month, statement, back, due, source, Cause::Corrected(None))?;
        Self::keep_note(agreement, period, note);
        statement.disputed.note = note.or(statement.disputed.note);
        Ok(())
    }

    /// Has a note or a fee hold the statement that it is of, as long as it is kept.
    pub(crate) fn keep_note(agreement: AgreementId, period: Period, note: Option<ObligationId>) {
        if let Some(note) = note {
            Notes::<T>::insert((agreement, period), note, ());
        }
    }

    /// Files, proofs and reports are kept as long as a dispute is open, however long that is.
    fn keep_evidence(agreement: AgreementId, period: Period, statement: &Statement) {
        let until = match statement.is_disputed() {
            true => Moment::MAX,
            false => statement.disputed_until,
        };
        T::Usage::keep_until(agreement, period, until);
    }

    pub(crate) fn do_adjust(
        agreement: AgreementId,
        period: Period,
        direction: Direction,
        change: Change,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let mut statement = Self::kept_statement(agreement, period)?;
        // What was carried forward has become part of what another statement, or nobody, is the source of.
        let paid_with = statement
            .obligation
            .or_else(|| TakenOver::<T>::get(agreement, period));
        // What was withheld was owed from the beginning; what is corrected is owed from now on, or never was.
        let parts = [
            (
                Value::Clear(change.withheld),
                statement.due.max(change.due_from),
                Cause::Stated,
            ),
            (
                Value::Clear(change.corrected),
                statement.payment.paid_by(T::Clock::now()),
                Cause::Corrected(paid_with.filter(|_| change.gives_back)),
            ),
        ];
        let source = ObligationSource::Note {
            agreement,
            period,
            dispute,
        };
        with_storage_layer(|| {
            let free = T::Escrows::free(agreement);
            let mut note = None;
            for (part, due, cause) in parts {
                let before = Self::payable(&statement)?;
                let [first, second] = &mut statement.disputed.adjusted;
                let adjusted = match direction {
                    Direction::FirstHome => first,
                    Direction::SecondHome => second,
                };
                *adjusted = adjusted
                    .checked_add(&part)
                    .map_err(AmountFault::from)
                    .map_err(Error::<T>::from)?;
                let more = Self::payable(&statement)?
                    .checked_sub(&before)
                    .map_err(AmountFault::from)
                    .map_err(Error::<T>::from)?;
                if statement.status == StatementStatus::Affirmed {
                    let month = (agreement, period);
                    let booked = Self::book(month, &mut statement, more, due, source, cause)?;
                    Self::keep_note(agreement, period, booked);
                    note = booked.or(note);
                }
            }
            statement.disputed.note = note.or(statement.disputed.note);
            Self::reserve(agreement, period, &statement)?;
            T::Escrows::warn(agreement, period, free);
            Statements::<T>::insert(agreement, period, statement);
            Ok(note)
        })
    }

    pub(crate) fn do_charge_fee(
        agreement: AgreementId,
        period: Period,
        loser: OperatorId,
        amount: Value,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let statement = Self::kept_statement(agreement, period)?;
        let owed = match ensure_party::<T>(statement.parties, loser)? {
            0 => amount,
            _ => amount
                .checked_neg()
                .map_err(AmountFault::from)
                .map_err(Error::<T>::from)?,
        };
        let due = statement.payment.paid_by(T::Clock::now());
        let source = ObligationSource::DisputeFee { dispute };
        // Nothing of the usage that was paid ahead: no escrow pays it.
        let fee = Self::debt(&statement, owed, due, source)?
            .map(T::Obligations::create)
            .transpose()?;
        Self::keep_note(agreement, period, fee);
        Ok(fee)
    }

    /// What the first party pays the second as disputes stand.
    pub(crate) fn payable(statement: &Statement) -> Result<Value, Error<T>> {
        Ok(statement.payable().map_err(AmountFault::from)?)
    }
}
