//! What usage reserves, and what statements are paid.

use crate::{Config, Escrows, Event, Pallet, Reserves};
use interclear_ports::{Agreements, Obligations, Operators};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId},
    money::Currency,
    netting::Issuers,
    period::Period,
};

impl<T: Config> Pallet<T> {
    /// Changes what a month has reserved, and warns both parties when too little is left.
    pub(crate) fn reserve_for(
        agreement: AgreementId,
        direction: Direction,
        period: Period,
        change: impl FnOnce(&super::EscrowFor<T>, u128) -> u128,
    ) {
        let Some(mut escrow) = Escrows::<T>::get(agreement, direction) else {
            return;
        };
        let key = (agreement, direction);
        let before = Reserves::<T>::get(key, period);
        let after = change(&escrow, before);
        if before == after {
            return;
        }
        match after {
            0 => Reserves::<T>::remove(key, period),
            _ => Reserves::<T>::insert(key, period, after),
        }
        let (was, was_low) = (escrow.left(), escrow.is_low());
        escrow.reserved = escrow.reserved.saturating_sub(before).saturating_add(after);
        let left = escrow.left();
        if left == 0 && was > 0 {
            Self::deposit_event(Event::RunDry { agreement, direction });
        } else if escrow.is_low() && !was_low {
            Self::deposit_event(Event::FloorPassed {
                agreement,
                direction,
                left,
            });
        }
        Escrows::<T>::insert(agreement, direction, escrow);
    }

    /// Pays what is owed, as far as it is held; what was paid.
    pub(crate) fn pay_from(
        agreement: AgreementId,
        direction: Direction,
        currency: Currency,
        accepts: &Issuers,
        owed: u128,
    ) -> u128 {
        let Some(mut escrow) = Escrows::<T>::get(agreement, direction) else {
            return 0;
        };
        let amount = owed.min(escrow.held);
        if amount == 0 || escrow.currency != currency {
            return 0;
        }
        let paid = || {
            let [_, creditor] = direction.home_and_visited(T::Agreements::parties(agreement)?);
            let account = T::Operators::payout_account(creditor)?;
            let accepted = T::Obligations::is_accepted(escrow.token, currency, accepts);
            (accepted && Self::pay_held(&escrow, &account, amount).is_ok()).then_some(creditor)
        };
        let Some(to) = paid() else {
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

    /// Remembers a debt that the escrow could not pay.
    pub(crate) fn remember_unpaid(agreement: AgreementId, direction: Direction, obligation: ObligationId) {
        if let Some(mut escrow) = Escrows::<T>::get(agreement, direction) {
            Self::with_unpaid(&mut escrow, obligation);
            Escrows::<T>::insert(agreement, direction, escrow);
        }
    }
}
