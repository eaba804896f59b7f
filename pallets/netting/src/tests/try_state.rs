//! What is wrong by one entry is found, in whatever the other currency is busy with.

use crate::{
    mock::*, Cycles, Due, Exclusions, Expiry, FundedFrom, ObligationsIn, Place, Positions, Shares, Slot,
    Stage, Stages, Sum, TakenIn,
};
use frame_support::assert_ok;
use interclear_primitives::{
    ids::{CycleId, ObligationId},
    money::Value,
    netting::Position,
};

/// Breaks what is sound by hand, and says what is found.
fn broken(begin: impl FnOnce() -> CycleId, by_hand: impl FnOnce(CycleId)) -> &'static str {
    ExtBuilder::default().build().execute_with(|| {
        let id = begin();
        assert_ok!(Netting::do_try_state());
        by_hand(id);
        match Netting::do_try_state() {
            Err(sp_runtime::TryRuntimeError::Other(found)) => found,
            other => panic!("{other:?}"),
        }
    })
}

fn ring() -> CycleId {
    owe(ALPHA, BETA, 100);
    owe(GAMMA, BETA, 20);
    computed()
}

fn settled() -> CycleId {
    let id = ring();
    for debtor in [ALPHA, GAMMA] {
        assert_ok!(Netting::fund(by(treasury(debtor)), id));
    }
    assert_ok!(Netting::settle(by(clearing(BETA)), id));
    id
}

/// A cycle of which one of four sums has been added up.
fn adding_up() -> CycleId {
    owe(ALPHA, BETA, 100);
    owe(GAMMA, DELTA, 20);
    let id = open();
    assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
    assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 1));
    assert!(matches!(Stages::<Test>::get(id), Some(Stage::AddingUp { .. })));
    id
}

const NOWHERE: CycleId = CycleId(77);

#[test]
fn try_state_should_find_what_belongs_to_no_cycle() {
    assert_eq!(
        broken(settled, |id| FundedFrom::<Test>::insert(
            id,
            DELTA,
            treasury(DELTA)
        )),
        "an account funds no position"
    );
    assert_eq!(
        broken(ring, |_| Stages::<Test>::insert(NOWHERE, Stage::Excluding)),
        "a stage belongs to no collecting cycle"
    );
    assert_eq!(
        broken(ring, |_| Positions::<Test>::insert(
            NOWHERE,
            ALPHA,
            Position::default()
        )),
        "a position belongs to no cycle"
    );
    for cycle in [CycleId(0), NOWHERE] {
        assert_eq!(
            broken(settled, |_| Exclusions::<Test>::insert(
                cycle,
                DELTA,
                Slot::Day(0)
            )),
            "an exclusion belongs to no cycle that excludes"
        );
    }
}

#[test]
fn try_state_should_find_a_finished_cycle_when_it_would_never_be_removed() {
    let lost = "a finished cycle does not wait for its removal";
    assert_eq!(
        broken(settled, |_| Expiry::<Test>::remove(0)),
        "the line of what waits for its removal has a hole"
    );
    let forgotten = |_| {
        Expiry::<Test>::remove(0);
        crate::ExpiryQueue::<Test>::kill();
    };
    assert_eq!(broken(settled, forgotten), lost);
    assert_eq!(
        broken(settled, |id| {
            let finished = crate::Finished::Cycle(id);
            assert_eq!(Expiry::<Test>::get(0).unwrap().what, finished);
            Netting::expire(finished);
        }),
        "something waits twice for its removal"
    );
}

#[test]
fn try_state_should_find_an_obligation_when_it_is_in_a_wrong_slot() {
    let first = ObligationId(0);
    let moved = |id, slot| {
        let key = |slot| (TOKEN, slot, first);
        let booked = crate::Obligations::<Test>::get(first).unwrap().place.unwrap();
        ObligationsIn::<Test>::remove(key(booked.slot));
        ObligationsIn::<Test>::insert(key(slot), ());
        assert!(TakenIn::<Test>::contains_key(id));
    };
    let booked = |slot| {
        crate::Obligations::<Test>::mutate(first, |debt| {
            let token = TOKEN;
            debt.as_mut().unwrap().place = Some(Place { token, slot });
        });
    };
    let day = Slot::Day(crate::day_of(NOON));
    assert_eq!(
        broken(settled, |id| moved(id, day)),
        "an obligation is in another slot than it was booked in"
    );
    let before = Slot::Day(crate::day_of(NOON) - 30);
    let both = |id| {
        moved(id, before);
        booked(before);
    };
    assert_eq!(
        broken(settled, both),
        "an obligation is in a slot that no cycle takes in"
    );
}

#[test]
fn try_state_should_find_a_wrong_sum_when_another_currency_is_being_added_up() {
    let begin = || {
        create(DOLLARS, ISSUER, DOLLAR);
        owe_dollars(ALPHA, BETA, 5);
        adding_up()
    };
    let found = broken(begin, |_| {
        let key = (DOLLARS, Slot::Day(crate::day_of(NOON) - 1), ALPHA);
        assert!(Due::<Test>::contains_key(key));
        Due::<Test>::remove(key);
    });
    assert_eq!(found, "what waits is not the sum of the obligations");
}

#[test]
fn try_state_should_find_a_wrong_share_when_it_is_being_added_up() {
    let found = broken(adding_up, |id| {
        let (operator, share) = Shares::<Test>::iter_prefix(id).next().unwrap();
        let one = Sum::owing(Value::Clear(1));
        Shares::<Test>::insert(id, operator, share.plus(&one).unwrap());
    });
    assert_eq!(found, "what was added up is not what was due");
}

#[test]
fn try_state_should_find_a_cycle_when_it_has_taken_in_another_day() {
    let found = broken(settled, |id| {
        assert!(Cycles::<Test>::contains_key(id));
        crate::Cuts::<Test>::mutate(TOKEN, |cuts| cuts[0].to += 1);
    });
    assert_eq!(found, "a cycle has taken in something else");
}
