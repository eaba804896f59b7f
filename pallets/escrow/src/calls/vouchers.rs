//! Vouchers, which the home party signs off chain and the visited one redeems.

use crate::{Config, Error, Event, Months, Pallet};
use alloc::vec::Vec;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use interclear_ports::{Agreements, Clock, Operators, Periods};
use interclear_primitives::{operator::Role, voucher::Voucher};
use sp_runtime::{
    traits::{Verify, Zero},
    DispatchResult,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_redeem(
        who: &T::AccountId,
        voucher: &Voucher,
        signer: &T::AccountId,
        signature: &T::VoucherSignature,
    ) -> DispatchResult {
        let Voucher {
            agreement,
            direction,
            period,
            amount,
            number,
        } = *voucher;
        let (operator, owed_by) = Self::payer(who, agreement)?;
        ensure!(direction == owed_by.reverse(), Error::<T>::NotCreditor);
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        let [home, _] = direction.home_and_visited(parties);
        ensure!(
            T::Operators::ensure_role(signer, Role::Treasury) == Ok(home),
            Error::<T>::SignerNotTreasury
        );
        ensure!(
            Self::signable(voucher)
                .iter()
                .any(|form| signature.verify(form.as_slice(), signer)),
            Error::<T>::BadSignature
        );

        let (_, terms) = T::Agreements::terms_in(agreement, period).ok_or(Error::<T>::NotPrepaid)?;
        ensure!(terms.usage.prepaid(direction).is_some(), Error::<T>::NotPrepaid);
        // From then on its statement says what is paid.
        let open = T::Periods::last_closed(agreement).is_none_or(|closed| closed < period);
        ensure!(
            open && period.start() <= T::Clock::now(),
            Error::<T>::MonthNotOpen
        );

        let escrow = Self::escrow_in((agreement, direction), period).ok_or(Error::<T>::EscrowNotFound)?;
        let left = escrow.left();
        let before = Months::<T>::get((agreement, direction), period);
        ensure!(number >= before.voucher, Error::<T>::VoucherOutdated);
        let new = amount.saturating_sub(before.by_own());
        ensure!(new > 0, Error::<T>::NothingToRedeem);
        // What other months have used stays for them. The rest is paid when more has been deposited, or by the statement.
        let paid = new.min(escrow.payable_for(&before));
        ensure!(paid > 0, Error::<T>::NothingHeld);
        let accepts = terms.creditor_accepts(direction);
        Self::pay_out((agreement, direction), &escrow, accepts, paid)?;
        let mut held = 0;
        Self::change_month(agreement, direction, period, |escrow, month| {
            escrow.held = escrow.held.saturating_sub(paid);
            held = escrow.held;
            month.redeemed = month.redeemed.saturating_add(paid);
            month.voucher = number;
        });
        let key = (agreement, direction);
        Self::warn_of(key, left, || Self::prepaid_in(key, period));
        Self::deposit_event(Event::Redeemed {
            agreement,
            direction,
            to: operator,
            period,
            number,
            amount: paid,
            held,
        });
        Ok(())
    }

    /// The forms of what a home party signs.
    pub(crate) fn signable(voucher: &Voucher) -> [Vec<u8>; 2] {
        let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
        voucher.signable(genesis.as_ref())
    }
}
