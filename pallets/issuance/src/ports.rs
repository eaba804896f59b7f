//! What the runtime asks.

use crate::{Attestations, Config, Pallet};
use frame_support::traits::fungibles::Inspect;
use interclear_ports::{Clock, FiatTokens};
use interclear_primitives::ids::TokenId;

impl<T: Config> Pallet<T> {
    /// Whether an amount of a token may be minted: what its issuer has attested not long ago covers it together with the supply. On
    /// a test network nothing has to be.
    pub fn covers(token: TokenId, amount: u128) -> bool {
        if T::Fiat::is_test_network() {
            return true;
        }
        let supply = T::Tokens::total_issuance(token).checked_add(amount);
        Attestations::<T>::get(token)
            .zip(supply)
            .is_some_and(|(attested, supply)| {
                supply <= attested.amount && T::Clock::now() <= attested.until()
            })
    }
}
