use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::operator::{Role, SealingKey};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn set(who: AccountId, key: [u8; 32]) -> DispatchResult {
    call_as(who, Call::set_sealing_key { key })
}

#[test]
fn set_sealing_key_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Commercial]);
        assert_noop!(govern(Call::set_sealing_key { key: [1; 32] }), BadOrigin);
        assert_noop!(set(STRANGER, [1; 32]), Error::<Test>::NotADesk);
        assert_noop!(set(11, [1; 32]), Error::<Test>::AdminRoleRequired);
    });
}

#[test]
fn key_should_have_the_next_version_when_it_is_replaced() {
    ExtBuilder::default().build_and_execute(|| {
        for (version, byte) in [(1, 7), (2, 8), (3, 7)] {
            assert_ok!(set(ALPHA_ADMIN, [byte; 32]));
            let key = SealingKey {
                version,
                key: [byte; 32],
            };
            assert_eq!(
                crate::Operators::<Test>::get(ALPHA).and_then(|operator| operator.sealing_key),
                Some(key)
            );
            assert_eq!(last_event(), Some(Event::SealingKeySet { operator: ALPHA, key }));
        }
    });
}

#[test]
fn set_sealing_key_should_be_refused_when_the_key_is_present_or_zero() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(set(ALPHA_ADMIN, [0; 32]), Error::<Test>::InvalidSealingKey);
        assert_ok!(set(ALPHA_ADMIN, [7; 32]));
        assert_noop!(set(ALPHA_ADMIN, [7; 32]), Error::<Test>::SealingKeyUnchanged);
    });
}
