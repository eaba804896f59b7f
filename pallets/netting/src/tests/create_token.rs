use crate::{mock::*, Error, Event, HoldReason};
use frame_support::{
    assert_noop, assert_ok,
    traits::{
        fungibles::{metadata::Inspect as _, roles::Inspect as _, InspectHold},
        BuildGenesisConfig as _,
    },
};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::OperatorId,
    money::Currency,
    netting::Token,
    operator::{OperatorKind, Role},
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn create(
    origin: RuntimeOrigin,
    token: u32,
    issuer: OperatorId,
    currency: &[u8; 3],
    decimals: u8,
) -> DispatchResult {
    let name = b"Some money".to_vec().try_into().unwrap();
    Netting::create_token(
        origin,
        token,
        issuer,
        Currency(*currency),
        decimals,
        name,
        Default::default(),
    )
}

#[test]
fn create_token_should_be_refused_when_not_governance_calls() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        assert_noop!(create(by(treasury(ISSUER)), 1, ISSUER, b"EUR", 2), BadOrigin);
        assert_noop!(create(RuntimeOrigin::none(), 1, ISSUER, b"EUR", 2), BadOrigin);
    });
}

#[test]
fn create_token_should_give_the_token_to_the_payout_account_of_the_issuer() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        assert_ok!(create(RuntimeOrigin::root(), 9, ISSUER, b"EUR", 2));
        let token = Token {
            issuer: ISSUER,
            currency: Currency::EUR,
            decimals: 2,
        };
        assert_eq!(Netting::token(9), Some(token.clone()));
        assert_eq!(Netting::tokens(), vec![(9, token)]);
        let owner = Some(treasury(ISSUER));
        assert_eq!(
            (
                Assets::owner(9),
                Assets::issuer(9),
                Assets::admin(9),
                Assets::freezer(9)
            ),
            (owner, owner, owner, owner)
        );
        assert_eq!(
            (Assets::name(9), Assets::symbol(9)),
            (b"Some money".to_vec(), b"EUR".to_vec())
        );
        assert_eq!(
            <Assets as frame_support::traits::fungibles::metadata::Inspect<_>>::decimals(9),
            2
        );
        assert_ok!(Assets::mint(by(treasury(ISSUER)), 9, treasury(ALPHA), 5));
        assert_eq!(Netting::balance(9, &treasury(ALPHA)), (5, 0));
        let expected = Event::TokenCreated {
            token: 9,
            issuer: ISSUER,
            currency: Currency::EUR,
            decimals: 2,
        };
        assert_eq!(events(), vec![expected]);
    });
}

#[test]
fn create_token_should_be_refused_when_the_operator_is_not_an_issuer() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        assert_noop!(
            create(RuntimeOrigin::root(), 1, ALPHA, b"EUR", 2),
            Error::<Test>::NotAnIssuer
        );
        assert_noop!(
            create(RuntimeOrigin::root(), 1, OperatorId(999), b"EUR", 2),
            Error::<Test>::NotAnIssuer
        );
    });
}

#[test]
fn create_token_should_be_refused_when_the_issuer_has_no_payout_account() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        let issuer = OperatorId(99);
        MockOperators::admit(issuer, &[OperatorKind::TokenIssuer], &[]);
        assert_noop!(
            create(RuntimeOrigin::root(), 1, issuer, b"EUR", 2),
            Error::<Test>::NoPayoutAccount
        );
    });
}

#[test]
fn create_token_should_be_refused_when_the_issuer_has_a_token_of_the_currency() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            create(RuntimeOrigin::root(), 2, ISSUER, b"EUR", 2),
            Error::<Test>::AlreadyIssued
        );
        assert_noop!(
            create(RuntimeOrigin::root(), TOKEN, ISSUER, b"USD", 2),
            Error::<Test>::TokenExists
        );
        assert_ok!(create(RuntimeOrigin::root(), 2, ISSUER, b"USD", 3));
    });
}

#[test]
fn create_token_should_want_the_same_decimals_for_all_tokens_of_a_currency() {
    ExtBuilder::default().build_and_execute(|| {
        let second = OperatorId(99);
        MockOperators::admit(second, &[OperatorKind::TokenIssuer], &[]);
        MockOperators::add_desk(999, second, &[Role::Treasury]);
        assert_noop!(
            create(RuntimeOrigin::root(), 2, second, b"EUR", 3),
            Error::<Test>::DecimalsDiffer
        );
        assert_ok!(create(RuntimeOrigin::root(), 2, second, b"EUR", 2));
    });
}

#[test]
fn create_token_should_be_refused_when_it_is_not_a_currency_or_has_too_many_decimals() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        assert_noop!(
            create(RuntimeOrigin::root(), 1, ISSUER, b"eur", 2),
            Error::<Test>::InvalidCurrency
        );
        assert_noop!(
            create(RuntimeOrigin::root(), 1, ISSUER, b"EUR", 7),
            Error::<Test>::MaxDecimalsExceeded
        );
    });
}

#[test]
fn holds_should_be_visible_under_the_reason_of_the_pallet() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 300);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        let reason = RuntimeHoldReason::Netting(HoldReason::NettingCycle);
        assert_eq!(
            AssetsHolder::balance_on_hold(TOKEN, &reason, &treasury(ALPHA)),
            300
        );
    });
}

/// A chain that begins with tokens.
fn begin_with(tokens: &[(u32, u32, &str, u8)]) {
    let tokens = tokens
        .iter()
        .map(|(id, issuer, currency, decimals)| (*id, *issuer, (*currency).to_owned(), *decimals));
    let config = crate::GenesisConfig::<Test> {
        test_network: false,
        tokens: tokens.collect(),
        ..Default::default()
    };
    config.build();
}

#[test]
fn tokens_should_be_there_from_the_first_block_on_when_the_genesis_names_them() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        begin_with(&[(1, ISSUER.0, "EUR", 2), (2, ISSUER.0, "USD", 2)]);
        let currencies: Vec<_> = Netting::tokens()
            .into_iter()
            .map(|(id, token)| (id, token.currency))
            .collect();
        assert_eq!(currencies, [(1, Currency::EUR), (2, DOLLAR)]);
        assert_eq!(Assets::owner(2), Some(treasury(ISSUER)));
    });
}

#[test]
#[should_panic(expected = "genesis token 1")]
fn chain_should_not_begin_when_a_token_of_the_genesis_has_no_issuer() {
    ExtBuilder::default()
        .without_token()
        .build_and_execute(|| begin_with(&[(1, ALPHA.0, "EUR", 2)]));
}

#[test]
fn create_token_should_be_refused_when_there_are_as_many_as_there_may_be() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        let fake = Token {
            issuer: ISSUER,
            currency: Currency(*b"USD"),
            decimals: 2,
        };
        for id in 100..116 {
            crate::Tokens::<Test>::insert(id, &fake);
        }
        let create = || {
            Netting::create_token(
                RuntimeOrigin::root(),
                TOKEN,
                ISSUER,
                Currency::EUR,
                2,
                Default::default(),
                Default::default(),
            )
        };
        assert_noop!(create(), Error::<Test>::MaxTokensExceeded);
        crate::Tokens::<Test>::remove(115);
        assert_ok!(create());
        for id in 100..115 {
            crate::Tokens::<Test>::remove(id);
        }
    });
}
