//! State that was broken by hand, and what the checks say of it.

use crate::{
    mock::*, Accounts, CloseRequest, CloseRequests, EndedWindows, Expiry, LastClosed, Statements as Issued,
    Unaffirmed,
};
use frame_support::assert_ok;
use interclear_ports::{mocks::MockObligations, Debt};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::DisputeId,
    money::{Currency, Value},
    netting::{Obligation, ObligationSource},
    period::Period,
    rating::{Amount, Condition},
    service::Service,
    span::Span,
    usage::UsageKey,
};

/// Terms of 2026, by quarters of which each has a commitment of 100.00; January and February are closed, January is affirmed.
fn running() -> Terms {
    let mut terms = terms();
    terms.last = Period(202612);
    for agreed in &mut terms.directions {
        agreed.window = Span::Month;
        agreed.commitment_span = Span::Quarter;
        agreed.condition = Condition::DealRevenue {
            commitment: Amount(100_000_000),
            including_tax: false,
        };
        agreed.groups[0].lines[0].terms.in_commitment = true;
    }
    // The other direction has a window that goes on, and no commitment.
    let [_, second] = &mut terms.directions;
    second.window = Span::Quarter;
    second.condition = Condition::Unconditional;
    terms
}

/// What the checks find once the state is broken.
fn found(break_it: impl FnOnce()) -> String {
    let mut said = String::new();
    ExtBuilder::default().terms(running()).build().execute_with(|| {
        january();
        used(FEBRUARY, Direction::FirstHome, Service::Gprs, 10, 0);
        used(FEBRUARY, Direction::SecondHome, Service::Gprs, 20, 0);
        for month in [JANUARY, FEBRUARY] {
            MockClock::set(month.end());
            assert_ok!(Statements::close_period(by(clearing(ALPHA)), AGREEMENT, month, 0));
        }
        for party in [ALPHA, BETA] {
            assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, JANUARY));
        }
        assert_ok!(Statements::do_try_state());
        break_it();
        said = match Statements::do_try_state() {
            Ok(()) => "nothing".into(),
            Err(sp_runtime::DispatchError::Other(fault)) => fault.into(),
            Err(other) => format!("{other:?}"),
        };
    });
    said
}

fn key(direction: Direction) -> UsageKey {
    UsageKey {
        direction,
        group: 0,
        service: Service::Gprs,
    }
}

#[test]
fn try_state_should_fail_when_an_account_is_missing_or_altered() {
    let window = "the statements of a window are not what its account says";
    let span = "the statements of a span's earlier windows are not what its account says";
    // The window of the one direction, and the earlier windows of the span of the other.
    for (direction, fault) in [(Direction::SecondHome, window), (Direction::FirstHome, span)] {
        let lost = || {
            Accounts::<Test>::mutate(AGREEMENT, |lines| lines.retain(|line| line.key != key(direction)));
        };
        assert_eq!(found(lost), fault);
        let altered = || {
            Accounts::<Test>::mutate(AGREEMENT, |lines| {
                for line in lines.iter_mut().filter(|line| line.key == key(direction)) {
                    let history = &mut line.running.history;
                    history.window.charge += i128::from(direction == Direction::SecondHome);
                    history.earlier.charge += i128::from(direction == Direction::FirstHome);
                }
            });
        };
        assert_eq!(found(altered), fault);
    }
    assert_eq!(found(|| Accounts::<Test>::remove(AGREEMENT)), span);
    let used_more = || {
        Accounts::<Test>::mutate(AGREEMENT, |lines| {
            for line in lines.iter_mut() {
                line.running.usage.volume.0 += 1;
            }
        });
    };
    assert_eq!(found(used_more), "the usage of a window is not what was charged");
    let orphan = || {
        let lines = Accounts::<Test>::get(AGREEMENT);
        Accounts::<Test>::insert(interclear_primitives::ids::AgreementId(99), lines);
    };
    assert_eq!(found(orphan), "an account has no month");
}

#[test]
fn try_state_should_fail_when_an_ended_window_is_missing_or_an_orphan() {
    let missing = "an ended window is missing";
    for month in [JANUARY, FEBRUARY] {
        assert_eq!(found(|| EndedWindows::<Test>::remove(AGREEMENT, month)), missing);
    }
    let empty = || EndedWindows::<Test>::insert(AGREEMENT, JANUARY, frame_support::BoundedVec::new());
    assert_eq!(found(empty), "an ended window is empty or not in order");
    let january = || EndedWindows::<Test>::get(AGREEMENT, JANUARY).expect("it has ended");
    // Of an agreement that is not there, and of a month that is open.
    let other = interclear_primitives::ids::AgreementId(99);
    for (agreement, month) in [(other, JANUARY), (AGREEMENT, Period(202603))] {
        let orphan = || EndedWindows::<Test>::insert(agreement, month, january());
        assert_eq!(found(orphan), "an ended window has no month");
    }
    let unpriced = || {
        let mut lines = january();
        lines.iter_mut().for_each(|line| line.key.group = 9);
        EndedWindows::<Test>::insert(AGREEMENT, JANUARY, lines);
    };
    assert_eq!(found(unpriced), "an ended window has a line without price");
    // Once no late usage can correct it, it may be gone.
    let gone = || {
        MockClock::set(JANUARY.end() + 180 * interclear_primitives::DAY);
        EndedWindows::<Test>::remove(AGREEMENT, JANUARY);
    };
    assert_eq!(found(gone), "nothing");
}

#[test]
fn an_ended_window_should_not_be_missed_when_the_next_month_is_closed_long_after_its_statement_went() {
    ExtBuilder::default().build_and_execute(|| {
        let close = |month| {
            assert_ok!(Statements::close_period(by(clearing(ALPHA)), AGREEMENT, month, 0));
        };
        // Nothing was used: no debt keeps the statement.
        close(JANUARY);
        for party in [ALPHA, BETA] {
            assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, JANUARY));
        }
        assert!(EndedWindows::<Test>::contains_key(AGREEMENT, JANUARY));
        MockClock::set(JANUARY.end() + 2 * RETENTION);
        idle();
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        assert!(!EndedWindows::<Test>::contains_key(AGREEMENT, JANUARY));
        // Its lines can be disputed, and it is one of the months that could have billed late usage of January.
        close(FEBRUARY);
        assert_ok!(Statements::do_try_state());
        EndedWindows::<Test>::remove(AGREEMENT, FEBRUARY);
        let missing = sp_runtime::DispatchError::Other("an ended window is missing");
        assert_eq!(Statements::do_try_state(), Err(missing));
        // Nothing can correct it any more.
        MockClock::advance(2 * RETENTION);
    });
}

#[test]
fn try_state_should_fail_when_a_closed_month_has_no_statement() {
    let lost = |month| Issued::<Test>::remove(AGREEMENT, month);
    assert_eq!(found(|| lost(FEBRUARY)), "a closed month has no statement");
    assert_eq!(found(|| lost(JANUARY)), "a closed month has no statement");
    let skipped = || LastClosed::<Test>::insert(AGREEMENT, Period(202603));
    assert_eq!(found(skipped), "a closed month has no statement");
}

#[test]
fn try_state_should_fail_when_a_statement_was_removed_before_its_time() {
    // Old enough to be gone, had it been affirmed and waited.
    let old = || MockClock::set(FEBRUARY.end() + 2 * RETENTION);
    let unaffirmed = || {
        old();
        Issued::<Test>::remove(AGREEMENT, FEBRUARY);
    };
    assert_eq!(found(unaffirmed), "a statement waits that is missing");
    let affirmed = || {
        old();
        Issued::<Test>::remove(AGREEMENT, JANUARY);
    };
    assert_eq!(
        found(affirmed),
        "a statement is missing that waits for its removal"
    );
    let never = || {
        Expiry::<Test>::drain().for_each(drop);
        crate::ExpiryQueue::<Test>::kill();
    };
    assert_eq!(
        found(never),
        "an affirmed statement does not wait for its removal"
    );
    let twice = || {
        let entry = Expiry::<Test>::get(0).expect("January waits");
        Expiry::<Test>::insert(1, entry);
        crate::ExpiryQueue::<Test>::mutate(|queue| queue.tail = 2);
    };
    assert_eq!(found(twice), "something waits twice for its removal");
    let silent = || Unaffirmed::<Test>::remove(AGREEMENT, FEBRUARY);
    assert_eq!(found(silent), "a statement waits that does not");
}

/// The debt from which an obligation arose.
fn again(debt: &Obligation) -> Debt {
    Debt {
        debtor: debt.debtor,
        creditor: debt.creditor,
        currency: debt.currency,
        amount: debt.amount,
        due: debt.due,
        source: debt.source,
        accepts: Default::default(),
        late_interest_bps: 0,
        gives_back: None,
        condition: Default::default(),
    }
}

#[test]
fn try_state_should_tie_each_affirmed_net_to_one_obligation_and_back() {
    let first = || MockObligations::all().pop().expect("January is owed");
    let differ = "a net and its obligation differ";
    let replaced = |change: fn(&mut Obligation)| {
        let (id, mut debt) = first();
        MockObligations::forget(id);
        change(&mut debt);
        MockObligations::create(again(&debt)).unwrap();
    };
    assert_eq!(found(|| replaced(|_| ())), "nothing");
    assert_eq!(found(|| replaced(|debt| debt.amount = Value::Clear(1))), differ);
    assert_eq!(
        found(|| replaced(|debt| debt.currency = Currency(*b"USD"))),
        differ
    );
    let turned = |debt: &mut Obligation| (debt.debtor, debt.creditor) = (debt.creditor, debt.debtor);
    assert_eq!(found(|| replaced(turned)), differ);
    assert_eq!(found(|| MockObligations::forget(first().0)), differ);
    let of = |period| {
        let (_, debt) = first();
        let source = ObligationSource::Statement {
            agreement: AGREEMENT,
            period,
        };
        MockObligations::create(Debt {
            source,
            ..again(&debt)
        })
        .unwrap();
    };
    assert_eq!(found(|| of(JANUARY)), "a statement has become two obligations");
    assert_eq!(found(|| of(FEBRUARY)), differ, "not affirmed yet");
    let open = || of(Period(202603));
    assert_eq!(found(open), "an obligation has no statement");
    let note = || {
        let (_, debt) = first();
        let source = ObligationSource::Note {
            agreement: AGREEMENT,
            period: Period(202603),
            dispute: DisputeId(1),
        };
        let note = Debt {
            source,
            ..again(&debt)
        };
        MockObligations::create(note).unwrap();
    };
    assert_eq!(found(note), "an obligation has no statement");
}

#[test]
fn try_state_should_fail_when_a_request_is_of_what_has_not_happened() {
    let ahead = || {
        let request = CloseRequest {
            by: ALPHA,
            changes: 1,
            moves: [0; 2],
        };
        CloseRequests::<Test>::insert((AGREEMENT, Period(202603)), request);
    };
    assert_eq!(
        found(ahead),
        "a request has seen more than has been done to the month"
    );
}
