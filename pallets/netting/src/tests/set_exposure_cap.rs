use crate::{mock::*, Error, Event, Exceeded};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{mocks::MockOperators, Exposures};
use interclear_primitives::{
    agreement::PaymentCondition,
    ids::OperatorId,
    money::{Currency, Value},
    netting::{Exposure, PaymentReference},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

const EUR: Currency = Currency::EUR;

fn set(partner: Option<OperatorId>, cap: Option<u128>) -> DispatchResult {
    Netting::set_exposure_cap(by(treasury(BETA)), EUR, partner, cap)
}

/// What an operator is owed and owes, with another one or in total.
fn exposure(operator: OperatorId, partner: Option<OperatorId>) -> (i128, i128) {
    let found = Netting::exposure(operator, partner);
    let one = found.iter().find(|one| one.currency == EUR);
    one.map_or((0, 0), |one| {
        (one.receivable.clear().unwrap(), one.payable.clear().unwrap())
    })
}

fn within(one: OperatorId, other: OperatorId) -> bool {
    <Netting as Exposures>::ensure_within(one, other).is_ok()
}

#[test]
fn set_exposure_cap_should_be_refused_when_the_origin_or_the_partner_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let set_by = |origin| Netting::set_exposure_cap(origin, EUR, Some(ALPHA), Some(1));
        assert_noop!(set_by(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(set_by(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(set_by(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(set_by(by(clearing(BETA))), DispatchError::Other("WrongRole"));
        assert_noop!(set(Some(BETA), Some(1)), Error::<Test>::InvalidPartner);
        assert_noop!(set(Some(OperatorId(77)), Some(1)), Error::<Test>::InvalidPartner);
        assert_noop!(
            Netting::set_exposure_cap(by(treasury(BETA)), DOLLAR, None, Some(1)),
            Error::<Test>::CurrencyUnknown
        );
        assert_ok!(set(Some(ALPHA), Some(1)));
        MockOperators::suspend(ALPHA);
        assert_noop!(set(Some(ALPHA), Some(2)), Error::<Test>::InvalidPartner);
        assert_ok!(set(Some(ALPHA), None));
    });
}

#[test]
fn exposure_should_be_what_is_not_paid_however_it_waits() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        owe(ALPHA, BETA, 100);
        owe_at(ALPHA, BETA, 20, NOON + 40 * DAY);
        owe(BETA, ALPHA, 30);
        owe(GAMMA, BETA, 7);
        let in_tokens_of = |issuers: &[OperatorId], amount| {
            let debt = Debt {
                accepts: accepts(issuers),
                ..debt(ALPHA, BETA, amount, NOON)
            };
            Netting::create(debt).unwrap()
        };
        let nowhere = in_tokens_of(&[], 5);
        in_tokens_of(&[OTHER_ISSUER], 3);
        let all = || {
            [
                exposure(BETA, Some(ALPHA)),
                exposure(ALPHA, Some(BETA)),
                exposure(BETA, None),
            ]
        };
        assert_eq!(all(), [(128, 30), (30, 128), (135, 30)]);
        // Neither a cycle that runs nor one that gives back changes anything; one that settles takes what it pays.
        let id = computed();
        assert_eq!(all(), [(128, 30), (30, 128), (135, 30)]);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 100));
        assert_eq!(all(), [(128, 30), (30, 128), (135, 30)]);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        // Of pairs, when a block has room.
        idle();
        assert_eq!(all(), [(28, 0), (0, 28), (35, 0)]);
        let reference = PaymentReference(b"X".to_vec().try_into().unwrap());
        assert_ok!(Netting::confirm_payment(by(treasury(BETA)), nowhere, reference));
        assert_eq!(all(), [(23, 0), (0, 23), (30, 0)]);
    });
}

#[test]
fn caps_should_count_what_is_owed_beyond_what_is_owing_when_a_pair_nets() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe(BETA, ALPHA, 40);
        assert_ok!(set(Some(ALPHA), Some(60)));
        assert!(within(ALPHA, BETA));
        assert_ok!(set(Some(ALPHA), Some(59)));
        assert_eq!(
            events().last(),
            Some(&Event::ExposureExceeded {
                operator: BETA,
                currency: EUR,
                partner: Some(ALPHA),
                exposure: 60,
                cap: 59
            })
        );
        assert!(!within(ALPHA, BETA) && !within(BETA, ALPHA));
        // It is against one: others are not touched, nor what ALPHA is owed.
        assert!(within(BETA, GAMMA) && within(ALPHA, GAMMA));
        assert_ok!(set(Some(ALPHA), None));
        assert!(within(ALPHA, BETA));
        // In total, all that it is owed counts.
        assert_ok!(set(None, Some(99)));
        assert!(!within(BETA, GAMMA) && within(ALPHA, GAMMA));
        assert_ok!(set(None, Some(100)));
        assert!(within(BETA, GAMMA));
    });
}

#[test]
fn caps_should_count_in_full_what_is_paid_gross_when_the_pair_nets_the_rest() {
    ExtBuilder::default().build_and_execute(|| {
        let owed = Debt {
            condition: PaymentCondition::OnDate,
            ..debt(ALPHA, BETA, 100, NOON)
        };
        let gross = Netting::create(owed).unwrap();
        owe(BETA, ALPHA, 100);
        // No cycle sets off the one against the other: each of them may be paid, and the other one not.
        let told = |operator, partner| Event::ExposureExceeded {
            operator,
            currency: EUR,
            partner: Some(partner),
            exposure: 100,
            cap: 99,
        };
        for (one, other) in [(BETA, ALPHA), (ALPHA, BETA)] {
            let cap = |cap| Netting::set_exposure_cap(by(treasury(one)), EUR, Some(other), cap);
            assert_ok!(cap(Some(100)));
            assert!(within(ALPHA, BETA));
            assert_ok!(cap(Some(99)));
            assert_eq!(events().last(), Some(&told(one, other)));
            assert!(!within(ALPHA, BETA));
            assert_ok!(cap(None));
        }
        // What is netted is netted, and what was paid is gone.
        owe(ALPHA, BETA, 30);
        assert_ok!(set(Some(ALPHA), Some(100)));
        assert!(within(ALPHA, BETA));
        assert_ok!(Netting::pay(by(treasury(ALPHA)), gross, TOKEN));
        assert_ok!(set(Some(ALPHA), Some(0)));
        assert!(within(ALPHA, BETA));
    });
}

#[test]
fn a_debt_should_be_told_of_when_its_creditor_is_above_its_cap() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(set(Some(ALPHA), Some(100)));
        owe(ALPHA, BETA, 100);
        assert_eq!(Netting::exceeded(BETA, 9), []);
        System::reset_events();
        owe(ALPHA, BETA, 1);
        let told = Event::ExposureExceeded {
            operator: BETA,
            currency: EUR,
            partner: Some(ALPHA),
            exposure: 101,
            cap: 100,
        };
        assert_eq!(events().last(), Some(&told));
        let above = (EUR, Some(ALPHA), Value::Clear(101), Value::Clear(100));
        assert_eq!(Netting::exceeded(BETA, 9), [above]);
        let shown = Exposure {
            currency: EUR,
            receivable: Value::Clear(101),
            payable: Value::ZERO,
            cap: Some(Value::Clear(100)),
            exceeded: true,
        };
        assert_eq!(Netting::exposure(BETA, Some(ALPHA)), [shown]);
        // It is over once it is paid, without anybody's word; the next debt says so in the state, too.
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        idle();
        assert_eq!(Netting::exceeded(BETA, 9), []);
        assert!(Exceeded::<Test>::contains_key((BETA, EUR, Some(ALPHA))));
        owe(ALPHA, BETA, 1);
        assert!(!Exceeded::<Test>::contains_key((BETA, EUR, Some(ALPHA))));
    });
}
