//! What files and statements do to escrows.

use crate::{Config, Escrows, Pallet};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId},
    money::Currency,
    netting::Issuers,
    period::Period,
};

impl<T: Config> interclear_ports::Escrows for Pallet<T> {
    fn left(agreement: AgreementId, direction: Direction) -> u128 {
        Escrows::<T>::get(agreement, direction).map_or(0, |escrow| escrow.left())
    }

    fn draw(agreement: AgreementId, direction: Direction, period: Period, change: i128) {
        Self::reserve_for(agreement, direction, period, |_, reserved| {
            // What came before the escrow was opened has reserved nothing, and may be taken off.
            match change {
                0.. => reserved.saturating_add(change.unsigned_abs()),
                _ => reserved.saturating_sub(change.unsigned_abs()),
            }
        });
    }

    fn reserve(agreement: AgreementId, period: Period, owed: [u128; 2]) {
        for (direction, owed) in Direction::BOTH.into_iter().zip(owed) {
            Self::reserve_for(agreement, direction, period, |escrow, _| {
                escrow.in_millionths(owed)
            });
        }
    }

    fn pay(
        agreement: AgreementId,
        direction: Direction,
        currency: Currency,
        accepts: &Issuers,
        amount: u128,
    ) -> u128 {
        Self::pay_from(agreement, direction, currency, accepts, amount)
    }

    fn note_unpaid(agreement: AgreementId, direction: Direction, obligation: ObligationId) {
        Self::remember_unpaid(agreement, direction, obligation);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_open(agreement: AgreementId, direction: Direction, held: u128) {
        crate::benchmarking::open::<T>(agreement, direction, held);
    }
}
