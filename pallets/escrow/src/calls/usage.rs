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
    /// Changes what a month has used. Months before the first prepaid one use nothing.
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
        if escrow != was {
            Escrows::<T>::insert(agreement, direction, escrow);
        }
    }

    /// What is left for usage that comes now, in 10^-6 of the currency; nothing without an escrow.
    pub(crate) fn left_of((agreement, direction): EscrowKey) -> u128 {
        Escrows::<T>::get(agreement, direction).map_or(0, |escrow| escrow.left())
    }

    /// Warns both parties when less is left than before, and too little. Of steps that belong together it is told at their end: what one
    /// keeps, another one gives up. Where files of the month reserve nothing, nobody is: what is not held is owed. What is agreed is asked
    /// for only where less is left.
    pub(crate) fn warn_of(key: EscrowKey, before: u128, agreed: impl FnOnce() -> Option<Prepaid>) {
        let left = Self::left_of(key);
        if left >= before {
            return;
        }
        let Some(Prepaid { floor }) = agreed() else {
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
            month.carried = month.carried.min(stays);
        });
        taken
    }

    /// Has a month reserve what its statement says in place of what its files charge, and the next one what late ones charge that it bills.
    /// What vouchers were paid goes with these as far as it is more than the month comes to, by its statement and by its files: what these
    /// charge is their sender's word, and of the net the other direction has been taken off. What came from the month before stays: else who
    /// sends a file too late in each month would never have to pay it back. It goes on where the next month reserves nothing for files, too:
    /// else they were owed on credit. After the end of the agreement the next month is closed as well: by what was carried there alone, if
    /// the files are returned.
    pub(crate) fn close_month(key: EscrowKey, period: Period, owed: u128, late: i128) {
        let ((agreement, direction), next) = (key, period.next());
        let before = Self::left_of(key);
        let mut carried = 0;
        Self::change_month(agreement, direction, period, |escrow, month| {
            let stated = escrow.in_millionths(owed);
            let charged = late.max(0).unsigned_abs();
            let used = month.reserved.saturating_sub(charged).max(stated);
            carried = escrow.unused_of(month, used).min(escrow.in_minor(charged));
            month.redeemed = month.redeemed.saturating_sub(carried);
            month.reserved = stated;
        });
        Self::state_before(key, period, owed);
        let agreed = || Self::prepaid_in(key, next);
        let reserves = late != 0 && agreed().is_some();
        if reserves || carried > 0 {
            Self::change_month(agreement, direction, next, |_, month| {
                if reserves {
                    month.reserved = month.reserved.saturating_add_signed(late);
                }
                month.redeemed = month.redeemed.saturating_add(carried);
                month.carried = month.carried.saturating_add(carried);
            });
        }
        // From now on files come to the next month.
        Self::warn_of(key, before, agreed);
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
            Self::note_debt(key, &mut escrow, obligation);
            Escrows::<T>::insert(key.0, key.1, escrow);
        } else {
            Self::note_before(key, period, obligation);
        }
    }
}
