use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    channel::{Suite, SuiteStatus},
    DAY,
};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn set_suite_should_be_refused_when_not_the_council_calls() {
    build_and_execute(|| {
        let set = |who| Sealing::set_suite(origin(who), Suite::X25519, SuiteStatus::Retired);
        assert_noop!(set(STRANGER), BadOrigin);
        assert_noop!(set(ALPHA_ADMIN), BadOrigin);
    });
}

#[test]
fn channels_should_stay_and_no_new_one_be_agreed_when_their_suite_is_retired() {
    build_and_execute(|| {
        with_keys();
        assert_ok!(offer(ALPHA, BETA, 1));
        assert_ok!(accept(BETA, ALPHA, 1));
        assert_ok!(offer(ALPHA, BETA, 2));
        events();
        let status = SuiteStatus::Retiring { until: START + DAY };
        set_suite(status);
        assert_eq!(
            events(),
            [Event::SuiteSet {
                suite: Suite::X25519,
                status
            }]
        );
        assert_noop!(accept(BETA, ALPHA, 2), Error::<Test>::SuiteNotActive);
        assert_noop!(offer(BETA, ALPHA, 3), Error::<Test>::SuiteNotActive);
        assert_eq!(channel().newest, Some(1));
        // Whoever has lost a key still gets it again, and what is open can be closed.
        assert_ok!(resend(ALPHA, BETA, 1, 1));
        assert_ok!(close(ALPHA, BETA, 1));
        assert_eq!(
            Sealing::suites(),
            [(Suite::XWing, SuiteStatus::Active), (Suite::X25519, status)]
        );
        set_suite(SuiteStatus::Active);
        assert_ok!(accept(BETA, ALPHA, 2));
    });
}

#[test]
fn suite_should_be_retired_when_its_time_has_come() {
    let retiring = SuiteStatus::Retiring { until: START };
    assert_eq!(retiring.at(START - 1), retiring);
    assert_eq!(retiring.at(START), SuiteStatus::Retired);
    assert_eq!(SuiteStatus::Active.at(START), SuiteStatus::Active);
}
