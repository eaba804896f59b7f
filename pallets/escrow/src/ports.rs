//! What files and statements do to escrows.

use crate::{Config, Escrows, Months, Pallet};
use interclear_ports::tokens::is_frozen;
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId, TokenId},
    money::Currency,
    netting::Issuers,
    period::Period,
};

impl<T: Config> interclear_ports::Escrows for Pallet<T> {
    fn left(agreement: AgreementId, direction: Direction, period: Period) -> u128 {
        let key = (agreement, direction);
        match Self::escrow_in(key, period) {
            Some(escrow) if Self::prepaid_in(key, period).is_some() => {
                escrow.left_for(&Months::<T>::get(key, period))
            }
            _ => 0,
        }
    }

    fn draw(agreement: AgreementId, direction: Direction, period: Period, change: i128) -> bool {
        let key = (agreement, direction);
        let Some(agreed) = Self::prepaid_in(key, period) else {
            return false;
        };
        let before = Self::left_of(key);
        Self::change_month(agreement, direction, period, |_, month| {
            // What came before the escrow was opened has reserved nothing, and may be taken off.
            month.reserved = month.reserved.saturating_add_signed(change);
        });
        Self::warn_of(key, before, || Some(agreed));
        true
    }

    fn free(agreement: AgreementId) -> [u128; 2] {
        Direction::BOTH.map(|direction| Self::left_of((agreement, direction)))
    }

    fn warn(agreement: AgreementId, period: Period, before: [u128; 2]) {
        for (direction, before) in Direction::BOTH.into_iter().zip(before) {
            let key = (agreement, direction);
            Self::warn_of(key, before, || Self::prepaid_in(key, period));
        }
    }

    fn reserve(agreement: AgreementId, period: Period, owed: [u128; 2]) {
        for (direction, owed) in Direction::BOTH.into_iter().zip(owed) {
            Self::change_month(agreement, direction, period, |escrow, month| {
                month.reserved = escrow.in_millionths(owed);
            });
            Self::state_before((agreement, direction), period, owed);
        }
    }

    fn take_redeemed(
        agreement: AgreementId,
        period: Period,
        payable: [u128; 2],
        withheld: [u128; 2],
    ) -> [u128; 2] {
        let [first, second] = Direction::BOTH;
        let [pays_first, pays_second] = payable;
        let [withholds_first, withholds_second] = withheld;
        let take = |direction, payable, withheld: u128| {
            Self::take_from((agreement, direction), period, |redeemed| {
                redeemed.saturating_sub(payable).min(withheld)
            })
        };
        [
            take(first, pays_first, withholds_first),
            take(second, pays_second, withholds_second),
        ]
    }

    fn close(agreement: AgreementId, period: Period, owed: [u128; 2], late: [i128; 2]) {
        for (direction, (owed, late)) in Direction::BOTH.into_iter().zip(owed.into_iter().zip(late)) {
            Self::close_month((agreement, direction), period, owed, late);
        }
    }

    fn has_redeemed(agreement: AgreementId, period: Period) -> bool {
        let months = Self::escrow_month(agreement, period);
        months.iter().any(|month| month.redeemed > 0)
    }

    fn pay(
        agreement: AgreementId,
        direction: Direction,
        period: Period,
        currency: Currency,
        accepts: &Issuers,
        amount: u128,
    ) -> u128 {
        let escrow = (agreement, direction);
        let counted = Self::take_from(escrow, period, |redeemed| redeemed.saturating_sub(amount));
        let rest = amount.saturating_sub(counted);
        counted.saturating_add(Self::pay_from(escrow, period, currency, accepts, rest))
    }

    fn note_unpaid(agreement: AgreementId, direction: Direction, period: Period, obligation: ObligationId) {
        Self::remember_unpaid((agreement, direction), period, obligation);
    }

    fn held_for(agreement: AgreementId, obligation: ObligationId, token: TokenId) -> (u128, bool) {
        Self::owing(agreement, obligation)
            .and_then(|direction| Escrows::<T>::get(agreement, direction))
            .filter(|escrow| escrow.token == token)
            .map_or((0, false), |escrow| {
                let frozen = is_frozen::<T::Tokens, _>(token, &escrow.account);
                (escrow.held, frozen)
            })
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_open(agreement: AgreementId, direction: Direction, held: u128) {
        crate::benchmarking::open::<T>(agreement, direction, held);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_redeem(agreement: AgreementId, direction: Direction, period: Period, amount: u128) {
        Months::<T>::mutate((agreement, direction), period, |month| month.redeemed = amount);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_hold(agreement: AgreementId, obligation: ObligationId, token: TokenId, held: u128) {
        crate::benchmarking::hold_for::<T>(agreement, obligation, token, held);
    }
}
