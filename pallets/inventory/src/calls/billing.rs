//! Bills: begun by either side when a month is over, affirmed by both or by silence.

use crate::{
    billing::Run, BillingOf, Bills, Config, Error, Event, LastBilled, Pallet, Relation, Rematching, Runs,
    StatedMonths,
};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_billing::inventory::Stated;
use interclear_matching::Side;
use interclear_ports::{Clock, Debt, Obligations, Operators};
use interclear_primitives::{
    agreement::MAX_LATE_INTEREST_BPS,
    inventory::{InventoryBill, InventoryTerms, MAX_BILL_DAYS, MAX_PAYMENT_DAYS},
    money::{Currency, Value},
    netting::ObligationSource,
    operator::Role,
    period::Period,
    Moment,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Whether two sides can agree on terms. Nobody pays for the work that a bill takes, so that no more months than bills are kept
    /// wait for theirs at the beginning; from then on a month comes with each month.
    pub(crate) fn are_terms(relation: &Relation, terms: &InventoryTerms) -> bool {
        let oldest = Self::oldest_bill(Period::containing(T::Clock::now()));
        terms.first.is_valid()
            && (terms.first >= oldest || LastBilled::<T>::contains_key(relation))
            && terms.report_days <= MAX_BILL_DAYS
            && terms.affirm_days <= MAX_BILL_DAYS
            && terms.payment_days <= MAX_PAYMENT_DAYS
            && terms.late_interest_bps <= MAX_LATE_INTEREST_BPS
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
            T::Clock::now() >= terms.billed_from(period),
            Error::<T>::MonthNotOver
        );
        for place in Self::closed_long_ago(relation, period)? {
            Bills::<T>::remove(relation, place);
        }
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

    pub(crate) fn do_dispute_bill(
        who: &T::AccountId,
        relation: Relation,
        period: Period,
        currency: Currency,
        claimed: Stated,
    ) -> DispatchResult {
        let side = Self::party(who, &relation)?;
        // Charges of earlier months are corrections that both sides have reported since, and credits are nothing else.
        ensure!(side == Side::Buyer, Error::<T>::NotTheBuyer);
        let mut bill = Bills::<T>::get(relation, (period, currency)).ok_or(Error::<T>::BillNotFound)?;
        let [affirmed, by_seller] = bill.affirmed;
        let silent = T::Clock::now() >= bill.affirm_by;
        ensure!(!bill.closed && !affirmed && !silent, Error::<T>::AlreadyAffirmed);
        let before = Bills::<T>::get(relation, (period.previous(), currency));
        ensure!(
            before.is_none_or(|before| before.withheld() == 0),
            Error::<T>::DisputedBefore
        );
        // Of its own month nothing was stated before, so this is what the bill charges of it.
        let stated = StatedMonths::<T>::get(relation, (currency, period));
        let withheld = |stated: u128, claimed: u128| {
            let withheld = stated.checked_sub(claimed)?;
            Some(Value::Clear(i128::try_from(withheld).ok()?))
        };
        let withheld = withheld(stated.recurring, claimed.recurring)
            .zip(withheld(stated.one_off, claimed.one_off))
            .map(|(recurring, one_off)| [recurring, one_off])
            .filter(|_| claimed != stated);
        bill.withheld = withheld.ok_or(Error::<T>::InvalidClaim)?;
        bill.affirmed = [true, by_seller];
        // The next bill states the month anew, by what both sides say then.
        Self::keep_stated(relation, (currency, period), claimed);
        Self::deposit_event(Event::BillDisputed {
            relation,
            period,
            currency,
            withheld: bill.withheld,
        });
        if by_seller {
            Self::close(relation, period, currency, &mut bill)?;
        }
        Bills::<T>::insert(relation, (period, currency), bill);
        Ok(())
    }

    /// Makes debts of what is owed. By as much as a bill is closed after silence has affirmed it, all of it is due later: it can be
    /// closed by the call of either side alone, and who is owed would make it late, and bear interest, by waiting with that.
    fn close(
        relation: Relation,
        period: Period,
        currency: Currency,
        bill: &mut InventoryBill,
    ) -> DispatchResult {
        let terms = BillingOf::<T>::get(relation).ok_or(Error::<T>::NoBilling)?;
        let waited = T::Clock::now().saturating_sub(bill.affirm_by);
        for (amount, due) in Self::parts(relation, period, currency, bill) {
            let [buyer_accepts, seller_accepts] = terms.accepts.clone();
            let (debtor, creditor, accepts) = match amount {
                0 => continue,
                1.. => (relation.buyer, relation.seller, seller_accepts),
                // More is credited than is charged.
                _ => (relation.seller, relation.buyer, buyer_accepts),
            };
            let debt = T::Obligations::create(Debt {
                debtor,
                creditor,
                currency,
                amount: Value::Clear(amount.saturating_abs()),
                due: due.saturating_add(waited),
                source: ObligationSource::Inventory { relation, period },
                accepts,
                late_interest_bps: terms.late_interest_bps,
                gives_back: None,
                condition: Default::default(),
            })?;
            bill.obligations
                .try_push(debt)
                .map_err(|_| Error::<T>::Inconsistent)?;
        }
        // What of it comes again is due when it would have been, and not before the other side could know of it.
        bill.due = bill.due.saturating_add(waited);
        bill.closed = true;
        Self::deposit_event(Event::BillClosed {
            relation,
            period,
            currency,
            obligations: bill.obligations.clone(),
        });
        Ok(())
    }

    /// What a bill comes to, and when it is due: what was withheld of the bill before and comes again, due when that was, so that
    /// who withholds what is owed bears interest on it; and the rest, less what is withheld of this one.
    pub(crate) fn parts(
        relation: Relation,
        period: Period,
        currency: Currency,
        bill: &InventoryBill,
    ) -> [(i128, Moment); 2] {
        let month = period.previous();
        let before = Bills::<T>::get(relation, (month, currency));
        let (again, due) = before.map_or((0, bill.due), |before| {
            (bill.comes_again(month, before.withheld()), before.due)
        });
        let Value::Clear(net) = bill.net;
        let rest = net.saturating_sub(bill.withheld()).saturating_sub(again);
        [(again, due), (rest, bill.due)]
    }

    /// The side for which a clearing desk acts; also that of a suspended operator.
    fn party(who: &T::AccountId, relation: &Relation) -> Result<Side, DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        relation
            .side_of(operator)
            .ok_or_else(|| Error::<T>::NotAParty.into())
    }
}
