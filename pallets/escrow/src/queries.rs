//! What clients ask.

use crate::{calls::EscrowFor, Config, Escrows, Pallet};
use interclear_primitives::{agreement::Direction, ids::AgreementId};

impl<T: Config> Pallet<T> {
    /// The escrows of the first and of the second party of an agreement.
    pub fn escrows(agreement: AgreementId) -> [Option<EscrowFor<T>>; 2] {
        Direction::BOTH.map(|direction| Escrows::<T>::get(agreement, direction))
    }
}
