//! A runtime with real tokens, and mocks for the other pallets.

use crate as pallet_issuance;
use crate::*;
use frame_support::{assert_ok, parameter_types};
pub use interclear_ports::mocks::{
    desks::{clearing, treasury},
    MockClock,
};
use interclear_ports::{
    mocks::{self, AccountId, MockOperators},
    FiatTokens, Freezer,
};
use interclear_primitives::{
    ids::{OperatorId, TokenId},
    netting::PaymentReference,
    operator::{OperatorKind, Role},
    Moment,
};
use sp_runtime::{BuildStorage, DispatchResult};

interclear_ports::runtime_with_tokens!(Issuance: pallet_issuance, pallet_balances, pallet_assets, pallet_assets_holder);

parameter_types! {
    pub static TestNetwork: bool = false;
    /// What netting was told of freezes.
    pub static FrozenTokens: Vec<(TokenId, bool)> = Vec::new();
}

/// One token, of [`ISSUER`].
pub struct MockFiat;

impl FiatTokens for MockFiat {
    fn issuer(token: TokenId) -> Option<OperatorId> {
        use frame_support::traits::fungibles::Inspect;
        <Assets as Inspect<_>>::asset_exists(token).then_some(ISSUER)
    }

    fn is_test_network() -> bool {
        TestNetwork::get()
    }

    fn all() -> Vec<TokenId> {
        vec![TOKEN]
    }

    fn note_frozen(token: TokenId, frozen: bool) {
        FrozenTokens::mutate(|tokens| tokens.push((token, frozen)));
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(token: TokenId, _: OperatorId) {
        create(token);
    }
}

/// By the calls of the assets pallet.
pub struct AssetsFreezer;

impl Freezer<AccountId> for AssetsFreezer {
    fn freeze(token: TokenId, account: Option<&AccountId>) -> DispatchResult {
        match account {
            Some(account) => Assets::freeze(by(treasury(ISSUER)), token, *account),
            None => Assets::freeze_asset(by(treasury(ISSUER)), token),
        }
    }

    fn thaw(token: TokenId, account: Option<&AccountId>) -> DispatchResult {
        match account {
            Some(account) => Assets::thaw(by(treasury(ISSUER)), token, *account),
            None => Assets::thaw_asset(by(treasury(ISSUER)), token),
        }
    }
}

impl Config for Test {
    type Clock = MockClock;
    type Fiat = MockFiat;
    type Freezer = AssetsFreezer;
    type Holds = AssetsHolder;
    type Operators = MockOperators;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Tokens = Assets;
    type WeightInfo = ();
}

/// What is minted in tests, with two decimals.
pub const TOKEN: TokenId = 1;
/// Who mints it.
pub const ISSUER: OperatorId = OperatorId(0);
/// Holders.
pub const ALPHA: OperatorId = OperatorId(1);
/// See [`ALPHA`].
pub const BETA: OperatorId = OperatorId(2);
/// When tests begin: a Monday.
pub const NOON: Moment = 1_769_990_400;
/// What each holder has at the beginning.
pub const FUNDS: u128 = 1_000_000;

/// The origin of an account.
pub fn by(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// A reference of a payment.
pub fn reference(text: &str) -> PaymentReference {
    PaymentReference(text.as_bytes().to_vec().try_into().unwrap())
}

/// What is free and what is on hold on an operator's treasury.
pub fn balance(operator: OperatorId) -> (u128, u128) {
    use frame_support::traits::fungibles::{Inspect, InspectHold};
    let account = treasury(operator);
    let held = AssetsHolder::total_balance_on_hold(TOKEN, &account);
    (
        <Assets as Inspect<_>>::total_balance(TOKEN, &account) - held,
        held,
    )
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<Event<Test>> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Issuance(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// Creates a token of the issuer.
pub fn create(token: TokenId) {
    assert_ok!(Assets::force_create(
        RuntimeOrigin::root(),
        token,
        treasury(ISSUER),
        true,
        1
    ));
}

/// Externalities in which nobody is admitted.
pub fn empty() -> sp_io::TestExternalities {
    mocks::reset();
    TestNetwork::set(false);
    FrozenTokens::set(Vec::new());
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.execute_with(|| System::set_block_number(1));
    ext
}

/// Runs a test with an issuer and holders, and checks the state after it.
pub fn execute(test: impl FnOnce()) {
    empty().execute_with(|| {
        MockClock::set(NOON);
        for operator in [ISSUER, ALPHA, BETA] {
            let kind = match operator {
                ISSUER => OperatorKind::TokenIssuer,
                _ => OperatorKind::Mobile,
            };
            MockOperators::admit(operator, &[kind], &[]);
            MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
            MockOperators::add_desk(clearing(operator), operator, &[Role::Clearing]);
        }
        create(TOKEN);
        for holder in [ALPHA, BETA] {
            assert_ok!(Assets::mint(by(treasury(ISSUER)), TOKEN, treasury(holder), FUNDS));
        }
        System::reset_events();
        test();
        Issuance::do_try_state().unwrap();
    });
}
