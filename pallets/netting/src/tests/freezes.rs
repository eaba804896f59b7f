//! Who is late when an issuer freezes an account, or its token, while a cycle is funded.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    netting::{CyclePhase, ObligationStatus},
    Moment, DAY,
};
use sp_runtime::DispatchResult;

const HOUR: Moment = 3_600;

fn execute(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        for operator in [ISSUER, ALPHA, BETA, GAMMA, DELTA] {
            mint(treasury(operator), 9_000_000);
        }
        test();
    });
}

fn charge(id: ObligationId) -> DispatchResult {
    Netting::charge_interest(by(clearing(BETA)), id)
}

fn days(id: ObligationId) -> u32 {
    obligation(id).interest.days
}

/// All that cannot pay are excluded; the cycle ends with that.
fn exclude(id: CycleId) {
    assert_ok!(Netting::exclude_defaulters(by(treasury(ISSUER)), id, 1_000));
    compute_all(id);
    assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
}

/// The next cycle, which all fund.
fn pay(debtors: &[OperatorId]) {
    MockClock::advance(2 * DAY);
    let id = computed();
    compute_all(id);
    for debtor in debtors {
        assert_ok!(Netting::fund(by(treasury(*debtor)), id));
    }
    assert_ok!(Netting::settle(by(clearing(BETA)), id));
    Netting::do_try_state().unwrap();
}

/// A cycle in which some owe something since twenty days, and that nobody funds.
fn unfunded(debtors: &[OperatorId]) -> (CycleId, Vec<ObligationId>) {
    let due = MockClock::now() - 20 * DAY;
    let debts = debtors.iter().map(|debtor| owe_at(*debtor, BETA, 1_000_000, due));
    let debts = debts.collect();
    let id = computed();
    compute_all(id);
    (id, debts)
}

/// A cycle that one of two debtors has funded when the token is frozen, and from which all are excluded. The debts of both.
fn frozen_cycle() -> [ObligationId; 2] {
    let due = MockClock::now() - 20 * DAY;
    let funded = owe_at(ALPHA, BETA, 6_000_000, due);
    let unfunded = owe_at(GAMMA, BETA, 1_000_000, due);
    let owned = balance(ALPHA).0;
    let id = computed();
    compute_all(id);
    assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    MockClock::set(cycle(id).fund_by);
    freeze_token();
    MockClock::advance(1);
    assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
    compute_all(id);
    assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
    thaw_token();
    MockClock::advance(2 * DAY);
    let id = computed();
    compute_all(id);
    // What is still on hold for the cycle before pays with this one: nobody needs the money twice.
    assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    assert_eq!(
        balance(ALPHA),
        (owned - 6_000_001, 6_000_000),
        "one minor unit stays beside a hold"
    );
    assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
    assert_ok!(Netting::settle(by(clearing(BETA)), id));
    Netting::do_try_state().unwrap();
    [funded, unfunded]
}

#[test]
fn who_had_its_time_to_fund_should_be_late_when_the_issuer_freezes_the_token_at_its_end() {
    execute(|| {
        let [funded, unfunded] = frozen_cycle();
        assert_eq!(days(funded), 0);
        assert_noop!(charge(funded), Error::<Test>::NoInterest);
        assert!(days(unfunded) > 20);
        assert_ok!(charge(unfunded));
    });
}

#[test]
fn an_issuer_should_be_late_in_its_own_token_when_it_freezes_it_and_has_all_excluded() {
    // Just after the end, in one transaction; just before it, so that nobody is first; and from the beginning on.
    let freezes: [fn(CycleId) -> Moment; 3] = [
        |id| cycle(id).fund_by + 1,
        |id| cycle(id).fund_by - 60,
        |_| MockClock::now(),
    ];
    for (place, freeze_at) in freezes.into_iter().enumerate() {
        execute(|| {
            let (id, debts) = unfunded(&[ISSUER, GAMMA]);
            MockClock::set(freeze_at(id));
            freeze_token();
            MockClock::set(cycle(id).fund_by + 1);
            exclude(id);
            thaw_token();
            pay(&[ISSUER, GAMMA]);
            let [own, of_a_friend] = [debts[0], debts[1]].map(days);
            assert!(own > 20, "{place}");
            assert_ok!(charge(debts[0]));
            // A friend that could fund and did not is late as well; who could not is not.
            assert_eq!(of_a_friend > 20, place < 2, "{place}");
        });
    }
}

#[test]
fn an_issuer_should_be_late_in_its_own_token_when_it_is_suspended() {
    execute(|| {
        let (id, debts) = unfunded(&[ISSUER, GAMMA]);
        MockOperators::suspend(ISSUER);
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
        compute_all(id);
        MockOperators::readmit(ISSUER);
        pay(&[ISSUER, GAMMA]);
        assert!(days(debts[0]) > 20);
        assert_eq!(days(debts[1]), 0, "nobody pays in a token that is in doubt");
    });
}

#[test]
fn no_late_interest_should_be_borne_when_freezes_take_the_time_to_fund() {
    // Once, for half of it; twice, for an hour each time but for most of it together; and for all of it, up to the end or beyond.
    let freezes: [&[(Moment, Moment)]; 4] = [
        &[(0, 12 * HOUR)],
        &[(HOUR, 5 * HOUR), (10 * HOUR, 14 * HOUR)],
        &[(0, 24 * HOUR)],
        &[(0, 36 * HOUR), (60 * HOUR, 61 * HOUR)],
    ];
    for (place, times) in freezes.into_iter().enumerate() {
        execute(|| {
            let (id, debts) = unfunded(&[GAMMA]);
            let begin = MockClock::now();
            assert_eq!(cycle(id).fund_by, begin + DAY, "it is a Monday");
            for (from, to) in times {
                MockClock::set(begin + from);
                freeze_token();
                MockClock::set(begin + to);
                thaw_token();
            }
            MockClock::set(MockClock::now().max(cycle(id).fund_by) + 1);
            exclude(id);
            pay(&[GAMMA]);
            assert_eq!(days(debts[0]), 0, "{place}");
        });
    }
}

#[test]
fn who_could_fund_should_be_late_when_the_token_was_frozen_for_moments_alone() {
    execute(|| {
        let (id, debts) = unfunded(&[GAMMA]);
        let begin = MockClock::now();
        for hour in [0, 7, 23] {
            MockClock::set(begin + hour * HOUR);
            freeze_token();
            freeze_token_again();
            MockClock::advance(60);
            thaw_token();
        }
        MockClock::set(cycle(id).fund_by + 1);
        exclude(id);
        pay(&[GAMMA]);
        assert!(days(debts[0]) > 20);
    });
}

/// What is frozen is frozen; to say so once more changes nothing.
fn freeze_token_again() {
    <Netting as interclear_ports::FiatTokens>::note_frozen(TOKEN, true);
}

#[test]
fn who_has_to_fund_after_an_exclusion_should_not_be_late_when_the_token_is_frozen_since() {
    execute(|| {
        // It owes something, and is owed more: it has nothing to fund before its debtor is excluded.
        let due = MockClock::now() - 20 * DAY;
        owe_at(GAMMA, DELTA, 500_000, due);
        let owed_by_it = owe_at(DELTA, BETA, 100_000, due);
        let id = computed();
        compute_all(id);
        MockClock::set(cycle(id).fund_by + 1);
        freeze_token();
        assert_ok!(Netting::exclude_defaulters(by(treasury(ISSUER)), id, 1_000));
        compute_all(id);
        assert_eq!((net(id, DELTA), cycle(id).unfunded), (-100_000, 1));
        MockClock::set(cycle(id).fund_by + 1);
        exclude(id);
        thaw_token();
        pay(&[GAMMA]);
        assert_eq!(days(owed_by_it), 0);
    });
}

#[test]
fn who_has_funded_should_pay_with_the_cycle_when_its_account_is_frozen_since() {
    execute(|| {
        let (id, debts) = unfunded(&[ALPHA, GAMMA]);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        let account = treasury(ALPHA);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, account));
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
        compute_all(id);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, account));
        assert_eq!(obligation(debts[0]).status, ObligationStatus::Settled(id));
        assert_noop!(charge(debts[0]), Error::<Test>::NoInterest);
        // Who has not funded is late, whatever is frozen elsewhere.
        pay(&[GAMMA]);
        assert!(days(debts[1]) > 20);
        assert_ok!(charge(debts[1]));
    });
}

#[test]
fn an_issuer_should_be_late_or_pay_when_it_has_funded_and_freezes() {
    for token in [true, false] {
        execute(|| {
            let (id, debts) = unfunded(&[ISSUER]);
            assert_ok!(Netting::fund(by(treasury(ISSUER)), id));
            if token {
                // It has had the tokens for a moment.
                freeze_token();
                MockClock::set(cycle(id).fund_by + 1);
                exclude(id);
                thaw_token();
                pay(&[ISSUER]);
                assert!(days(debts[0]) > 20);
                assert_ok!(charge(debts[0]));
            } else {
                let account = treasury(ISSUER);
                assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, account));
                assert_ok!(Netting::settle(by(clearing(BETA)), id));
                assert_eq!(obligation(debts[0]).status, ObligationStatus::Settled(id));
            }
        });
    }
}
