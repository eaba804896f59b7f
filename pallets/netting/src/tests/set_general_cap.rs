use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Exposures;
use interclear_primitives::money::Currency;
use sp_runtime::traits::BadOrigin;

#[test]
fn set_general_cap_should_be_for_governance() {
    ExtBuilder::default().build_and_execute(|| {
        for origin in [RuntimeOrigin::none(), by(treasury(ALPHA)), by(4711)] {
            assert_noop!(
                Netting::set_general_cap(origin, Currency::EUR, Some(1)),
                BadOrigin
            );
        }
        assert_noop!(
            Netting::set_general_cap(RuntimeOrigin::root(), DOLLAR, Some(1)),
            Error::<Test>::CurrencyUnknown
        );
    });
}

#[test]
fn general_cap_should_hold_when_an_operator_has_set_none_itself() {
    ExtBuilder::default().build_and_execute(|| {
        let within = || <Netting as Exposures>::ensure_within(ALPHA, BETA).is_ok();
        let set = |cap| Netting::set_general_cap(RuntimeOrigin::root(), Currency::EUR, cap);
        assert_ok!(set(Some(99)));
        let told = Event::GeneralCapSet {
            currency: Currency::EUR,
            cap: Some(99),
        };
        assert_eq!(events().last(), Some(&told));
        owe(ALPHA, BETA, 100);
        assert!(!within());
        assert_ok!(Netting::set_exposure_cap(
            by(treasury(BETA)),
            Currency::EUR,
            Some(ALPHA),
            Some(500)
        ));
        assert!(within(), "its own comes first");
        assert_ok!(Netting::set_exposure_cap(
            by(treasury(BETA)),
            Currency::EUR,
            Some(ALPHA),
            None
        ));
        assert!(!within());
        assert_ok!(set(None));
        assert!(within());
    });
}
