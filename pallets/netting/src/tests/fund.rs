use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{ids::CycleId, netting::CyclePhase, operator::Role, DAY};
use sp_runtime::{traits::BadOrigin, DispatchError};

fn owing(amount: i128, test: impl FnOnce(CycleId)) {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, amount);
        owe(GAMMA, BETA, 5);
        let id = computed();
        System::reset_events();
        test(id);
    });
}

#[test]
fn fund_should_be_refused_when_the_origin_is_wrong() {
    owing(100, |id| {
        assert_noop!(Netting::fund(RuntimeOrigin::none(), id), BadOrigin);
        assert_noop!(Netting::fund(by(4711), id), DispatchError::Other("NotADesk"));
        assert_noop!(
            Netting::fund(by(clearing(ALPHA)), id),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(Netting::fund(by(treasury(DELTA)), id), Error::<Test>::NoPosition);
        assert_noop!(
            Netting::fund(by(treasury(BETA)), id),
            Error::<Test>::NothingToFund
        );
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), CycleId(9)),
            Error::<Test>::CycleNotFound
        );
    });
}

#[test]
fn fund_should_hold_the_net_amount_on_the_callers_account() {
    owing(100, |id| {
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_eq!(
            balance(ALPHA),
            (FUNDS - 100 - 1, 100),
            "one minor unit keeps the account alive"
        );
        assert_eq!(position(id, ALPHA).held, 100);
        assert_eq!((cycle(id).phase, cycle(id).unfunded), (CyclePhase::Funding, 1));
        assert_eq!(
            events(),
            vec![Event::Funded {
                cycle: id,
                operator: ALPHA,
                held: 100,
                unfunded: 1
            }]
        );
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::AlreadyFunded
        );
        assert_noop!(
            Assets::transfer(by(treasury(ALPHA)), TOKEN, treasury(BETA), FUNDS),
            pallet_assets::Error::<Test>::BalanceLow
        );
    });
}

#[test]
fn fund_should_be_refused_when_tokens_are_insufficient() {
    owing(FUNDS as i128, |id| {
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::InsufficientFunds
        );
        mint(treasury(ALPHA), 1);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    });
}

#[test]
fn fund_should_be_refused_when_the_account_or_the_token_is_frozen() {
    owing(100, |id| {
        let issuer = || by(treasury(ISSUER));
        assert_ok!(Assets::freeze(issuer(), TOKEN, treasury(ALPHA)));
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::AccountFrozen
        );
        assert_ok!(Assets::thaw(issuer(), TOKEN, treasury(ALPHA)));
        assert_ok!(Assets::freeze_asset(issuer(), TOKEN));
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::AccountFrozen
        );
        assert_ok!(Assets::thaw_asset(issuer(), TOKEN));
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    });
}

#[test]
fn fund_should_be_refused_when_positions_do_not_stand_or_the_deadline_has_passed() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let id = open();
        assert_noop!(Netting::fund(by(treasury(ALPHA)), id), Error::<Test>::WrongPhase);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_noop!(Netting::fund(by(treasury(ALPHA)), id), Error::<Test>::WrongPhase);
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 9));
        MockClock::set(cycle(id).fund_by + 1);
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::FundingClosed
        );
        MockClock::set(cycle(id).fund_by);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    });
}

#[test]
fn fund_should_pass_when_the_operator_is_suspended() {
    owing(100, |id| {
        MockOperators::suspend(ALPHA);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    });
}

#[test]
fn fund_should_be_refused_when_another_desk_has_funded_though_it_is_frozen_since() {
    owing(100, |id| {
        let second = 77;
        MockOperators::add_desk(second, ALPHA, &[Role::Treasury]);
        mint(second, 1_000);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        // What is on hold pays.
        assert_noop!(Netting::fund(by(second), id), Error::<Test>::AlreadyFunded);
        assert_eq!(Netting::balance(TOKEN, &treasury(ALPHA)).1, 100);
        assert_eq!(cycle(id).unfunded, 1, "GAMMA alone");
        assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn a_debt_should_need_no_funding_when_it_nets_to_zero() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe(BETA, ALPHA, 100);
        let id = computed();
        assert_eq!((cycle(id).phase, cycle(id).unfunded), (CyclePhase::Computed, 0));
        assert_noop!(
            Netting::fund(by(treasury(ALPHA)), id),
            Error::<Test>::NothingToFund
        );
        MockClock::advance(9 * DAY);
        assert_noop!(
            Netting::exclude_defaulters(by(clearing(ALPHA)), id, 9),
            Error::<Test>::NoDefaulter
        );
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(cycle(id).phase, CyclePhase::Settled);
        assert_eq!(balance(ALPHA).0, FUNDS);
    });
}

#[test]
fn try_state_should_find_a_hold_when_no_position_says_so() {
    let mut ext = ExtBuilder::default().build();
    ext.execute_with(|| {
        owe(ALPHA, BETA, 100);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::do_try_state());
        // The position forgets what it holds, and the account stays blocked for ever.
        crate::Positions::<Test>::mutate(id, ALPHA, |position| position.held = 0);
        crate::FundedFrom::<Test>::remove(id, ALPHA);
        let other = "another amount is on hold on an account than is kept of it";
        assert_eq!(Netting::do_try_state(), Err(other.into()));
    });
}
