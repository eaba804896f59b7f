//! One file per call, then sessions, slots, keys, what clients ask, hooks and invariants.

mod add;
mod hooks;
mod invariants;
mod keys;
mod note_stalled;
mod queries;
mod reenable;
mod remove;
mod report_two_blocks;
mod retire;
mod sessions;
mod set_keys;
mod set_peers;
mod slots;

use crate::{mock::*, Call, Error, Event, Registered};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use interclear_ports::mocks::MockOperators;
use interclear_primitives::validator::{Offence, OffenceKind, SessionSlots, Validator};
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchError;

type Reason = Error<Test>;
