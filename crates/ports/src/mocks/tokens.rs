//! A runtime with real tokens, for the pallets that hold them.

/// Makes the runtime `Test` of a pallet, under the name that it has in a runtime, with fiat tokens that the assets pallet keeps and can
/// hold. The crate of the pallet depends on the pallets that are named here.
// Each `derive_impl` has a block of its own: what it expands to has names of its own, which would meet in one.
#[macro_export]
macro_rules! runtime_with_tokens {
    ($Pallet:ident: $pallet:ident) => {
        #[frame_support::runtime]
        mod runtime {
            #[runtime::runtime]
            #[runtime::derive(
                RuntimeCall,
                RuntimeEvent,
                RuntimeError,
                RuntimeOrigin,
                RuntimeFreezeReason,
                RuntimeHoldReason,
                RuntimeSlashReason,
                RuntimeLockId,
                RuntimeTask,
                RuntimeViewFunction
            )]
            pub struct Test;

            #[runtime::pallet_index(0)]
            pub type System = frame_system;
            #[runtime::pallet_index(1)]
            pub type Balances = pallet_balances;
            #[runtime::pallet_index(2)]
            pub type Assets = pallet_assets;
            #[runtime::pallet_index(3)]
            pub type AssetsHolder = pallet_assets_holder;
            #[runtime::pallet_index(4)]
            pub type $Pallet = $pallet;
        }

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
            impl frame_system::Config for Test {
                type AccountData = pallet_balances::AccountData<u128>;
                type Block = frame_system::mocking::MockBlock<Test>;
            }
        };

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
            impl pallet_balances::Config for Test {
                type AccountStore = System;
                type Balance = u128;
                type ExistentialDeposit = frame_support::traits::ConstU128<1>;
            }
        };

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
            impl pallet_assets::Config for Test {
                type AssetAccountDeposit = frame_support::traits::ConstU128<0>;
                type AssetDeposit = frame_support::traits::ConstU128<0>;
                type ApprovalDeposit = frame_support::traits::ConstU128<0>;
                type Balance = u128;
                type CreateOrigin = frame_support::traits::AsEnsureOriginWithArg<
                    frame_system::EnsureNever<$crate::mocks::AccountId>,
                >;
                type Currency = Balances;
                type ForceOrigin = frame_system::EnsureRoot<$crate::mocks::AccountId>;
                type Holder = AssetsHolder;
                type MetadataDepositBase = frame_support::traits::ConstU128<0>;
                type MetadataDepositPerByte = frame_support::traits::ConstU128<0>;
            }
        };

        impl pallet_assets_holder::Config for Test {
            type RuntimeEvent = RuntimeEvent;
            type RuntimeHoldReason = RuntimeHoldReason;
        }
    };
}
