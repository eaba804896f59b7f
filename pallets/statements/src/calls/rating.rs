//! Rating a month by the agreement, and the running account between months.

use crate::{AccountLine, Accounts, Config, Error, Pallet};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use interclear_billing::rate::{rate_month, Account, OpenMonth, RatedMonth};
use interclear_ports::{Agreements, Rates, Usage};
use interclear_primitives::{agreement::Terms, ids::AgreementId, period::Period, statement::Exchange};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Rates a month from the usage anchored for it, with the rates at which TAP charges were converted.
    pub(crate) fn rate(
        agreement: AgreementId,
        period: Period,
        terms: &Terms,
        decimals: u8,
    ) -> Result<(RatedMonth, Option<Exchange>), DispatchError> {
        let accounted = T::Agreements::accounted_in(agreement, period).ok_or(Error::<T>::NotInForce)?;
        let exchange = Exchange::under(terms, |currency| T::Rates::sdr_rate(currency, period))
            .map_err(|_| Error::<T>::ExchangeRateMissing)?;
        let totals = T::Usage::totals(agreement, period).into_iter().collect();
        let account = Accounts::<T>::get(agreement)
            .into_iter()
            .map(|line| (line.key, line.running))
            .collect();
        let month = rate_month(&OpenMonth {
            terms,
            period,
            accounted,
            totals: &totals,
            exchange,
            account: &account,
            decimals,
        })
        .map_err(Error::<T>::from)?;
        Ok((month, exchange))
    }

    /// Keeps what the next month begins with.
    pub(crate) fn keep_account(agreement: AgreementId, account: Account) -> Result<(), Error<T>> {
        if account.is_empty() {
            Accounts::<T>::remove(agreement);
            return Ok(());
        }
        let lines: Vec<_> = account
            .into_iter()
            .map(|(key, running)| AccountLine { key, running })
            .collect();
        // An agreement has at most as many lines as a statement.
        let lines = BoundedVec::try_from(lines).map_err(|_| Error::<T>::NotRateable)?;
        Accounts::<T>::insert(agreement, lines);
        Ok(())
    }
}
