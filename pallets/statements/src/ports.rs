//! What other pallets ask and do: which months are closed, and what disputes change of what they come to.

use crate::{Config, LastClosed, Pallet, Statements};
use interclear_billing::disputes::Change;
use interclear_ports::{DisputedStatements, Periods};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, DisputeId, ObligationId, OperatorId},
    money::Value,
    period::Period,
    statement::{Decided, Statement, StatementStatus},
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Periods for Pallet<T> {
    fn is_closed(agreement: AgreementId, period: Period) -> bool {
        // Months are closed in order, and statements are removed one day: the last closed month knows all.
        Self::last_closed(agreement).is_some_and(|last| period <= last)
    }

    fn last_closed(agreement: AgreementId) -> Option<Period> {
        LastClosed::<T>::get(agreement)
    }

    fn is_final(agreement: AgreementId, period: Period) -> bool {
        match Statements::<T>::get(agreement, period) {
            Some(statement) => statement.status == StatementStatus::Affirmed && !statement.is_disputed(),
            // A statement is removed only after it was affirmed.
            None => Self::is_closed(agreement, period),
        }
    }

    fn is_undecided(agreement: AgreementId) -> bool {
        Self::is_undecided(agreement)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_close(agreement: AgreementId, period: Period) {
        LastClosed::<T>::insert(agreement, period);
    }
}

impl<T: Config> DisputedStatements for Pallet<T> {
    fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        Statements::<T>::get(agreement, period)
    }

    fn begin_dispute(agreement: AgreementId, period: Period, by: OperatorId) -> Result<bool, DispatchError> {
        Self::do_begin_dispute(agreement, period, by)
    }

    fn end_dispute(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
        dispute: DisputeId,
        decided: Option<Decided>,
    ) -> DispatchResult {
        Self::do_end_dispute(agreement, period, by, dispute, decided)
    }

    fn adjust(
        agreement: AgreementId,
        period: Period,
        direction: Direction,
        change: Change,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        Self::do_adjust(agreement, period, direction, change, dispute)
    }

    fn charge_fee(
        agreement: AgreementId,
        period: Period,
        loser: OperatorId,
        amount: Value,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        Self::do_charge_fee(agreement, period, loser, amount, dispute)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(agreement: AgreementId, period: Period, mut statement: Statement) {
        use interclear_ports::{Escrows as _, Obligations as _};
        let [debtor, creditor] = statement.parties;
        // A part is paid from an escrow, whose token the second party issues. The month has reserved less than is held, so that both parties
        // are warned of it.
        for direction in Direction::BOTH {
            T::Escrows::benchmark_open(agreement, direction, 2);
        }
        T::Escrows::reserve(agreement, period, [1; 2]);
        statement.accepts = [(); 2].map(|()| frame_support::BoundedVec::truncate_from(alloc::vec![creditor]));
        // As if it had been paid late, so that interest is given back with what was not owed.
        statement.obligation = Some(T::Obligations::benchmark_charged(interclear_ports::Debt {
            debtor,
            creditor,
            currency: statement.currency,
            amount: statement.net,
            due: statement.due,
            source: interclear_primitives::netting::ObligationSource::Statement { agreement, period },
            accepts: Default::default(),
            late_interest_bps: 800,
            gives_back: None,
            condition: Default::default(),
        }));
        // What was carried forward is a debt of its own beside a note.
        let carried = crate::CarriedNet {
            net: Value::Clear(1),
            latest: Some(period),
            of: frame_support::BoundedVec::truncate_from(
                core::iter::successors(Some(period), |month| Some(month.previous()))
                    .take(crate::MAX_CARRIED as usize)
                    .collect(),
            ),
            ..Default::default()
        };
        crate::Carried::<T>::insert(agreement, carried);
        statement.minimum = 0;
        LastClosed::<T>::insert(agreement, period);
        if statement.status == StatementStatus::Issued {
            crate::Unaffirmed::<T>::insert(agreement, period, statement.affirm_by);
        }
        Statements::<T>::insert(agreement, period, statement);
    }
}
