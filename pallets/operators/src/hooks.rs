//! What the runtime's choices must hold. The pallet works in no idle time: quotas of past windows count as unused by
//! themselves.

use crate::{Config, Pallet};
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
    /// Checks the constants of the runtime, when the runtime is tested.
    ///
    /// # Panics
    /// A constant does not make sense.
    pub(crate) fn check_config() {
        assert!(
            T::QuotaWindow::get() > 0u32.into(),
            "a quota window has at least one block"
        );
        assert!(
            T::QuotaPerWindow::get().ref_time() > 0,
            "a quota of nothing locks every operator out"
        );
        assert!(
            T::MaxDesks::get() >= 2,
            "an operator needs an admin desk and the place kept for another"
        );
    }
}
