//! What usage reserves, and what statements are paid.

use crate::{Config, Error, EscrowKey, Escrows, Event, Months, Pallet};
use frame_support::ensure;
use interclear_ports::{Agreements, Obligations, Operators};
use interclear_primitives::{
    agreement::{Direction, Prepaid},
    escrow::EscrowMonth,
    ids::{AgreementId, ObligationId, OperatorId},
    money::Currency,
    netting::Issuers,
    period::Period,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Changes what a month has used, and warns both parties when too little is left. Months before the first prepaid one use nothing.
    pub(crate) fn change_month(
        agreement: AgreementId,
        direction: Direction,
        period: Period,
        change: impl FnOnce(&mut super::EscrowFor<T>, &mut EscrowMonth),
    ) {
        let key = (agreement, direction);
        let Some(mut escrow) = Self::escrow_in(key, period) else {
            return;
        };
        let before = Months::<T>::get(key, period);
        let (was, kept) = (escrow.clone(), escrow.kept_for(&before));
        let mut after = before;
        change(&mut escrow, &mut after);
        let kept_now = escrow.kept_for(&after);
        escrow.reserved = escrow.reserved.saturating_sub(kept).saturating_add(kept_now);
        if after != before {
            match (after.reserved, after.redeemed) {
                (0, 0) => Months::<T>::remove(key, period),
                _ => Months::<T>::insert(key, period, after),
            }
        }
        if escrow == was {
            return;
        }
        Self::warn(key, period, was.left(), escrow.left());
        Escrows::<T>::insert(agreement, direction, escrow);
    }

    /// Warns both parties when less is left than before, and too little. Where files of the month reserve nothing, nobody is: what is not
    /// held is owed.
    fn warn(key: EscrowKey, period: Period, before: u128, left: u128) {
        if left >= before {
            return;
        }
        let Some(Prepaid { floor }) = Self::prepaid_in(key, period) else {
            return;
        };
        let (agreement, direction) = key;
        if left == 0 {
            Self::deposit_event(Event::RunDry { agreement, direction });
        } else if left < floor && before >= floor {
            Self::deposit_event(Event::FloorPassed {
                agreement,
                direction,
                left,
            });
        }
    }

    /// Takes what vouchers were paid of a month, but for what stays.
    pub(crate) fn take_from(
        (agreement, direction): EscrowKey,
        period: Period,
        stays: impl FnOnce(u128) -> u128,
    ) -> u128 {
        let mut taken = 0;
        Self::change_month(agreement, direction, period, |_, month| {
            let stays = stays(month.redeemed).min(month.redeemed);
            taken = month.redeemed.saturating_sub(stays);
            month.redeemed = stays;
        });
        taken
    }

    /// Has what vouchers were paid of a month beyond what it uses go with files that the next one bills. After the end of the agreement
    /// the next one is closed only if it has to bill something: nobody would give back what was carried there.
    pub(crate) fn carry_paid((agreement, direction): EscrowKey, period: Period, charged: u128) {
        let next = period.next();
        let terms = T::Agreements::usage_terms_in(agreement, next);
        if terms.and_then(|usage| usage.prepaid(direction)).is_none() {
            return;
        }
        let mut carried = 0;
        Self::change_month(agreement, direction, period, |escrow, month| {
            let unit = escrow.in_millionths(1);
            let in_minor = |amount: u128| {
                let up = amount.saturating_add(unit.saturating_sub(1));
                up.checked_div(unit).unwrap_or_default()
            };
            let beyond = month.redeemed.saturating_sub(in_minor(month.reserved));
            carried = beyond.min(in_minor(charged));
            month.redeemed = month.redeemed.saturating_sub(carried);
        });
        Self::change_month(agreement, direction, next, |_, month| {
            month.redeemed = month.redeemed.saturating_add(carried);
        });
    }

    /// Pays what is owed for a month, as far as it is held; what was paid.
    pub(crate) fn pay_from(
        (agreement, direction): EscrowKey,
        period: Period,
        currency: Currency,
        accepts: &Issuers,
        owed: u128,
    ) -> u128 {
        let Some(mut escrow) = Self::escrow_in((agreement, direction), period) else {
            return 0;
        };
        let amount = owed.min(escrow.held);
        if amount == 0 || escrow.currency != currency {
            return 0;
        }
        let Ok(to) = Self::pay_out((agreement, direction), &escrow, accepts, amount) else {
            Self::deposit_event(Event::NotPaid {
                agreement,
                direction,
                amount,
            });
            return 0;
        };
        escrow.held = escrow.held.saturating_sub(amount);
        let held = escrow.held;
        Escrows::<T>::insert(agreement, direction, escrow);
        Self::deposit_event(Event::Paid {
            agreement,
            direction,
            to,
            amount,
            held,
        });
        amount
    }

    /// Pays a part of what is held to the creditor; who that is.
    pub(crate) fn pay_out(
        (agreement, direction): EscrowKey,
        escrow: &super::EscrowFor<T>,
        accepts: &Issuers,
        amount: u128,
    ) -> Result<OperatorId, DispatchError> {
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        let [_, creditor] = direction.home_and_visited(parties);
        let account = T::Operators::payout_account(creditor).ok_or(Error::<T>::NoPayoutAccount)?;
        ensure!(
            T::Obligations::is_accepted(escrow.token, escrow.currency, accepts),
            Error::<T>::TokenNotAccepted
        );
        Self::pay_held(escrow, &account, amount)?;
        Ok(creditor)
    }

    /// Remembers a debt that the escrow could not pay.
    pub(crate) fn remember_unpaid(key: EscrowKey, period: Period, obligation: ObligationId) {
        if let Some(mut escrow) = Self::escrow_in(key, period) {
            let before = escrow.left();
            Self::note_debt(key, &mut escrow, obligation);
            Self::warn(key, period, before, escrow.left());
            Escrows::<T>::insert(key.0, key.1, escrow);
        } else {
            Self::note_before(key, period, obligation);
        }
    }
}
