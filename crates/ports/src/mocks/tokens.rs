//! A runtime with real tokens, for the pallets that hold them.

/// Makes the runtime `Test` of a pallet, under the name that it has in a runtime, with fiat tokens that the assets pallet keeps and can
/// hold. Names the pallets of the SDK that it consists of, for the crate of the pallet depends on them.
// Each `derive_impl` has a block of its own: what it expands to has names of its own, which would meet in one.
#[macro_export]
macro_rules! runtime_with_tokens {
    ($Pallet:ident: $pallet:ident, $balances:ident, $assets:ident, $holder:ident) => {
        frame_support::construct_runtime!(
            pub enum Test {
                System: frame_system,
                Balances: $balances,
                Assets: $assets,
                AssetsHolder: $holder,
                $Pallet: $pallet,
            }
        );

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
            impl frame_system::Config for Test {
                type AccountData = $balances::AccountData<u128>;
                type Block = frame_system::mocking::MockBlock<Test>;
            }
        };

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl($balances::config_preludes::TestDefaultConfig)]
            impl $balances::Config for Test {
                type AccountStore = System;
                type Balance = u128;
                type ExistentialDeposit = frame_support::traits::ConstU128<1>;
            }
        };

        const _: () = {
            use frame_support::derive_impl;

            #[derive_impl($assets::config_preludes::TestDefaultConfig)]
            impl $assets::Config for Test {
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

        impl $holder::Config for Test {
            type RuntimeEvent = RuntimeEvent;
            type RuntimeHoldReason = RuntimeHoldReason;
        }
    };
}
