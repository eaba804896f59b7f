use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::Get};
use interclear_primitives::operator::{MaxFormerKeys, Role, SealingKey};
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

#[test]
fn former_keys_should_be_told_with_the_present_one_when_it_was_replaced() {
    ExtBuilder::default().build_and_execute(|| {
        let keys = |operator| -> Vec<(u32, u8)> {
            let keys = crate::Pallet::<Test>::sealing_keys(operator);
            keys.iter().map(|key| (key.version, key.key[0])).collect()
        };
        assert_eq!(keys(ALPHA), []);
        assert_ok!(set(ALPHA_ADMIN, [7; 32]));
        assert_eq!(keys(ALPHA), [(1, 7)]);
        assert_ok!(set(ALPHA_ADMIN, [8; 32]));
        assert_ok!(set(ALPHA_ADMIN, [7; 32]));
        assert_eq!(keys(ALPHA), [(1, 7), (2, 8), (3, 7)]);
        assert_noop!(set(ALPHA_ADMIN, [7; 32]), Error::<Test>::SealingKeyUnchanged);
        assert_eq!(
            keys(ALPHA),
            [(1, 7), (2, 8), (3, 7)],
            "nothing is noted of what is refused"
        );
    });
}

#[test]
fn the_oldest_former_key_should_go_when_there_are_too_many() {
    ExtBuilder::default().build_and_execute(|| {
        let most: u32 = MaxFormerKeys::get();
        for version in 1..=most + 3 {
            let byte = u8::try_from(version).unwrap();
            assert_ok!(set(ALPHA_ADMIN, [byte; 32]));
        }
        let kept = crate::Pallet::<Test>::sealing_keys(ALPHA);
        let versions: Vec<u32> = kept.iter().map(|key| key.version).collect();
        assert_eq!(versions, (3..=most + 3).collect::<Vec<_>>());
    });
}
