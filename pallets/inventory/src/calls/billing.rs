//! Bills: begun by either side when a month is over, affirmed by both or by silence.

use crate::{
    billing::Run, BillingOf, Bills, Config, Error, Event, Pallet, Relation, Rematching, Runs, StatedMonths,
};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_matching::Side;
use interclear_ports::{Clock, Debt, Obligations, Operators};
use interclear_primitives::{
    inventory::{InventoryBill, InventoryTerms, MAX_BILL_DAYS, MAX_PAYMENT_DAYS},
    money::{Currency, Value},
    netting::ObligationSource,
    operator::Role,
    period::Period,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Whether two sides can agree on terms.
    pub(crate) fn are_terms(terms: &InventoryTerms) -> bool {
        terms.first.is_valid()
            && terms.report_days <= MAX_BILL_DAYS
            && terms.affirm_days <= MAX_BILL_DAYS
            && terms.payment_days <= MAX_PAYMENT_DAYS
            && terms.accepts.iter().all(|issuers| !issuers.is_empty())
    }

    pub(crate) fn do_bill_month(who: &T::AccountId, relation: Relation, period: Period) -> DispatchResult {
        Self::party(who, &relation)?;
        let terms = BillingOf::<T>::get(relation).ok_or(Error::<T>::NoBilling)?;
        ensure!(!Runs::<T>::contains_key(relation), Error::<T>::BillingRuns);
        ensure!(
            !Rematching::<T>::contains_key(relation),
            Error::<T>::RematchNotFinished
        );
        ensure!(
            period == Self::next_bill(&relation, &terms),
            Error::<T>::OtherMonth
        );
        ensure!(
            T::Clock::now() >= Self::billed_from(period, &terms),
            Error::<T>::MonthNotOver
        );
        let open = Bills::<T>::iter_prefix_values(relation).any(|bill| !bill.closed);
        ensure!(!open, Error::<T>::EarlierBillOpen);
        Self::forget_bills(relation, period);
        // What was stated in them is corrected whatever other currencies come.
        let stated = StatedMonths::<T>::iter_key_prefix(relation).map(|(currency, _)| currency);
        Runs::<T>::insert(relation, Run::new(period, stated));
        Self::deposit_event(Event::BillingBegan { relation, period });
        Ok(())
    }

    pub(crate) fn do_affirm_bill(
        who: &T::AccountId,
        relation: Relation,
        period: Period,
        currency: Currency,
    ) -> DispatchResult {
        let side = Self::party(who, &relation)?;
        let mut bill = Bills::<T>::get(relation, (period, currency)).ok_or(Error::<T>::BillNotFound)?;
        ensure!(!bill.closed, Error::<T>::AlreadyAffirmed);
        let silent = T::Clock::now() >= bill.affirm_by;
        let [buyer, seller] = &mut bill.affirmed;
        let own = match side {
            Side::Buyer => buyer,
            Side::Seller => seller,
        };
        ensure!(silent || !*own, Error::<T>::AlreadyAffirmed);
        *own = true;
        Self::deposit_event(Event::BillAffirmed {
            relation,
            period,
            currency,
            by: side,
        });
        if silent || bill.affirmed == [true; 2] {
            Self::close(relation, period, currency, &mut bill)?;
        }
        Bills::<T>::insert(relation, (period, currency), bill);
        Ok(())
    }

    /// Makes a debt of what is owed.
    fn close(
        relation: Relation,
        period: Period,
        currency: Currency,
        bill: &mut InventoryBill,
    ) -> DispatchResult {
        let terms = BillingOf::<T>::get(relation).ok_or(Error::<T>::NoBilling)?;
        let Value::Clear(net) = bill.net;
        let [buyer_accepts, seller_accepts] = terms.accepts;
        let debt = |debtor, creditor, accepts| Debt {
            debtor,
            creditor,
            currency,
            amount: Value::Clear(net.saturating_abs()),
            due: bill.due,
            source: ObligationSource::Inventory { relation, period },
            accepts,
            late_interest_bps: terms.late_interest_bps,
            gives_back: None,
            condition: Default::default(),
        };
        let debt = match net {
            0 => None,
            1.. => Some(debt(relation.buyer, relation.seller, seller_accepts)),
            // More is credited than is charged.
            _ => Some(debt(relation.seller, relation.buyer, buyer_accepts)),
        };
        bill.obligation = debt.map(T::Obligations::create).transpose()?;
        bill.closed = true;
        Self::deposit_event(Event::BillClosed {
            relation,
            period,
            currency,
            obligation: bill.obligation,
        });
        Ok(())
    }

    /// The side for which a clearing desk acts; also that of a suspended operator.
    fn party(who: &T::AccountId, relation: &Relation) -> Result<Side, DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        relation
            .side_of(operator)
            .ok_or_else(|| Error::<T>::NotAParty.into())
    }
}
