//! What is due, and when, whatever two sides say.

use super::*;
use interclear_primitives::money::Value;
use proptest::prelude::*;

const MOST: i128 = MAX_NET as i128;

fn claims(stated: i128, debtor: i128, creditor: i128) -> Claims {
    Claims {
        stated,
        debtor,
        creditor,
    }
}

#[test]
fn the_undisputed_part_should_be_what_both_sides_say_at_least() {
    for (stated, debtor, creditor, withheld, booked) in [
        // The debtor says less; the creditor says more; each has conceded a part.
        (100, 60, 100, 60, 100),
        (100, 100, 120, 100, 100),
        (100, 60, 95, 60, 95),
        (100, 110, 120, 110, 110),
        // A line that gives back: who is given more back withholds nothing, who gives it does.
        (-50, -80, -50, -50, -50),
        (-50, -50, -20, -20, -50),
        // Nobody is paid what only he says.
        (100, -1_000, 100, 0, 100),
        (0, 0, 1_000_000, 0, 0),
    ] {
        let claims = claims(stated, debtor, creditor);
        assert_eq!(claims.undisputed(None), withheld, "{claims:?}");
        assert_eq!(claims.undisputed(Some(stated)), booked, "{claims:?}");
    }
}

#[test]
fn a_side_should_owe_by_its_own_claim_alone_when_the_other_one_has_not_been_heard() {
    use LineSide::{Creditor, Debtor};
    for (side, debtor, creditor, owes) in [
        (Creditor, 100, 120, 0),
        (Debtor, 60, 100, 60),
        (Creditor, -50, -20, -20),
        (Debtor, -80, -50, 0),
    ] {
        assert_eq!(claims(100, debtor, creditor).owned(side), owes);
    }
}

#[test]
fn a_concession_should_be_at_least_a_hundredth_of_what_is_in_dispute() {
    for (debtor, creditor, least) in [(0, 10_000, 100), (0, 10_001, 101), (-1, 0, 1), (5, 5, 0)] {
        assert_eq!(claims(0, debtor, creditor).least_concession(), Some(least));
    }
    let claims = claims(0, -10, 90);
    assert_eq!(claims.conceded(LineSide::Debtor, -9), Some(1));
    assert_eq!(claims.conceded(LineSide::Debtor, -10), None);
    assert_eq!(claims.conceded(LineSide::Creditor, 0), Some(90));
    assert_eq!(claims.conceded(LineSide::Creditor, 91), None);
}

#[test]
fn silence_should_accept_no_more_than_the_line_was_worth() {
    use LineSide::{Creditor, Debtor};
    for (stated, silent, position, accepts) in [
        (100, Creditor, 60, true),
        (100, Creditor, 0, true),
        (100, Creditor, -1, false),
        (100, Debtor, 100, true),
        (100, Debtor, 101, false),
        (-50, Debtor, -20, true),
        (-50, Debtor, 1, false),
        (-50, Creditor, -50, true),
        (-50, Creditor, -51, false),
    ] {
        let claims = claims(stated, -1_000, 1_000);
        assert_eq!(
            claims.silence_accepts(silent, position),
            accepts,
            "{stated} {position}"
        );
    }
    // What it has conceded itself is nothing that it did not know of.
    assert!(claims(100, 110, 120).silence_accepts(Debtor, 110));
    assert!(!claims(100, 110, 120).silence_accepts(Debtor, 111));
}

#[test]
fn a_difference_should_be_material_by_its_share_or_its_amount() {
    // 1 % of the line, or 1,000 of the currency, which has cents.
    let by_share = DisputeTerms::usual();
    let by_both = DisputeTerms {
        material_amount: Some(1_000_000_000),
        ..by_share
    };
    for (stated, claimed, share, both) in [
        (10_000, 9_900, true, true),
        (10_000, 9_901, false, false),
        (10_000, 10_100, true, true),
        (-10_000, -9_901, false, false),
        (0, 1, true, true),
        (0, 0, false, false),
        // 10 million: a share of 100,000, and an amount of 1,000.
        (1_000_000_000, 999_900_000, false, true),
        (1_000_000_000, 999_900_001, false, false),
        (MOST, -MOST, true, true),
    ] {
        assert_eq!(
            is_material(&by_share, 2, stated, claimed),
            share,
            "{stated} {claimed}"
        );
        assert_eq!(
            is_material(&by_both, 2, stated, claimed),
            both,
            "{stated} {claimed}"
        );
    }
    let nothing = DisputeTerms {
        material_bps: 0,
        ..by_share
    };
    assert!(is_material(&nothing, 2, 1_000_000, 1_000_001));
    assert!(!is_material(&nothing, 2, 1_000_000, 1_000_000));
}

#[test]
fn a_fee_should_be_in_whole_minor_units() {
    let terms = |fee| DisputeTerms {
        fee,
        ..DisputeTerms::usual()
    };
    assert_eq!(fee(&terms(250_000_000), 2), 25_000);
    assert_eq!(fee(&terms(9_999), 2), 0);
    assert_eq!(fee(&terms(1_500_000), 0), 1);
}

#[test]
fn who_is_further_from_the_ruling_should_have_lost() {
    assert_eq!(loser(60, 100, 90), Some(LineSide::Debtor));
    assert_eq!(loser(60, 100, 70), Some(LineSide::Creditor));
    assert_eq!(loser(60, 100, 80), None);
    assert_eq!(loser(-MOST, MOST, MOST), Some(LineSide::Debtor));
}

#[test]
fn figures_should_differ_in_what_the_dispute_is_about() {
    let figures = |quantity, charge, shortfall, tax| Figures {
        quantity,
        charge: Value::Clear(charge),
        shortfall: Value::Clear(shortfall),
        tax: Value::Clear(tax),
    };
    let stated = figures(100, 50, 5, 10);
    use DisputeKind::*;
    for (kind, claimed, fits) in [
        (MissingUsage, figures(120, 60, 5, 12), true),
        (MissingUsage, figures(90, 60, 5, 12), false),
        (Volume, figures(90, 45, 5, 9), true),
        (Volume, figures(100, 45, 5, 9), false),
        (Rate, figures(100, 40, 5, 8), true),
        (Rate, figures(101, 40, 5, 8), false),
        (Rate, figures(100, 50, 5, 8), false),
        (Tax, figures(100, 50, 5, 0), true),
        (Tax, figures(100, 49, 5, 0), false),
        (Commitment, figures(100, 50, 0, 10), true),
        (Commitment, figures(100, 51, 0, 10), false),
        (FraudLiability, figures(0, 0, 5, 0), true),
    ] {
        assert_eq!(suits(kind, &stated, &claimed), fits, "{kind:?} {claimed:?}");
    }
}

#[test]
fn figures_should_be_refused_when_they_are_too_large_to_be_reckoned_with() {
    let charged = |charge| Figures {
        charge: Value::Clear(charge),
        ..Figures::default()
    };
    assert_eq!(worth(&charged(MOST)), Some(MOST));
    assert_eq!(worth(&charged(MOST + 1)), None);
    assert_eq!(worth(&charged(i128::MIN)), None);
    let both = Figures {
        tax: Value::Clear(1),
        ..charged(MOST)
    };
    assert_eq!(worth(&both), None);
    let used = Figures {
        quantity: u128::MAX,
        ..Figures::default()
    };
    assert_eq!(worth(&used), None);
}

fn amount() -> impl Strategy<Value = i128> {
    prop_oneof![-1_000i128..1_000, -MOST..=MOST]
}

/// A line with one side's claim on its side of what is stated, and the other's.
fn any_claims() -> impl Strategy<Value = Claims> {
    (amount(), amount(), amount()).prop_map(|(stated, one, other)| {
        claims(stated, stated.min(one).min(other), stated.max(one.max(other)))
    })
}

/// Concessions of either side, each a step towards the other.
fn concessions() -> impl Strategy<Value = Vec<(bool, u8)>> {
    prop::collection::vec((any::<bool>(), any::<u8>()), 0..12)
}

fn concede(claims: &mut Claims, by_debtor: bool, share: u8) {
    let open = claims.disputed().expect("is never negative");
    let step = i128::try_from(open / 256 * u128::from(share)).expect("fits");
    match by_debtor {
        true => claims.debtor += step,
        false => claims.creditor -= step,
    }
}

#[test]
fn what_is_booked_should_change_by_concessions_alone() {
    // The creditor claims more, 100 is booked, and the debtor answers that it is less.
    assert_eq!(claims(100, 60, 120).undisputed(Some(100)), 100);
    assert_eq!(claims(100, 60, 90).undisputed(Some(100)), 90);
    assert_eq!(claims(-50, -80, -20).undisputed(Some(-50)), -50);
    // What is given back is due later than what was withheld.
    let changes = |stated, from, to| {
        let change = change(stated, true, from, to).expect("fits");
        (change.withheld, change.corrected)
    };
    assert_eq!(changes(100, 60, 120), (40, 20));
    assert_eq!(changes(100, 100, 90), (0, -10));
    assert_eq!(changes(-50, -20, -60), (-30, -10));
    assert_eq!(changes(-50, -50, -20), (0, 30));
    // What is owed beyond the statement was not owed before; what is given back never was.
    let gives_back = |stated, from, to| change(stated, false, from, to).expect("fits").gives_back;
    assert_eq!([gives_back(100, 100, 90), gives_back(-50, -50, -20)], [true; 2]);
    assert_eq!([gives_back(100, 100, 120), gives_back(-50, -50, -60)], [false; 2]);
}

proptest! {
    /// Whatever is said, answered and conceded, whenever the statement is booked, and wherever it ends: what is paid in all is
    /// where it ends, and nobody is paid what is not agreed.
    #[test]
    fn what_is_paid_should_come_to_the_end_of_the_dispute(
        said in any_claims(),
        (by_debtor, answers, answered_when_booked) in any::<(bool, bool, bool)>(),
        steps in concessions(),
        book_at in 0usize..14,
        withholds in any::<bool>(),
        end in 0u128..=256,
    ) {
        let stated = said.stated;
        // One side raises the dispute; what the other one says comes later, if at all.
        let mut claims = match by_debtor {
            true => Claims { creditor: stated, ..said },
            false => Claims { debtor: stated, ..said },
        };
        let mut booked = (!withholds).then_some(stated);
        let mut paid = claims.undisputed(booked);
        prop_assert!(claims.admit(paid));
        if answered_when_booked {
            booked = Some(paid);
        }
        if answers {
            claims = said;
            let next = claims.undisputed(booked);
            // A claim alone takes nothing back.
            prop_assert!(booked.is_none() || next == paid);
            paid = next;
        }
        let (mut withheld, mut corrected) = (0i128, 0i128);
        let mut base = paid;
        for (step, (by_debtor, share)) in steps.into_iter().enumerate() {
            if step == book_at {
                booked = Some(paid);
            }
            concede(&mut claims, by_debtor, share);
            let next = claims.undisputed(booked.map(|_| paid));
            prop_assert!(claims.admit(next));
            match booked {
                None => base = next,
                Some(_) => {
                    let change = change(stated, withholds, paid, next).expect("fits");
                    (withheld, corrected) = (withheld + change.withheld, corrected + change.corrected);
                }
            }
            paid = next;
        }
        let open = claims.disputed().expect("is never negative");
        let ruled = claims.debtor + i128::try_from(open / 256 * end).expect("fits");
        let change = change(stated, withholds, paid, ruled).expect("fits");
        (withheld, corrected) = (withheld + change.withheld, corrected + change.corrected);
        prop_assert_eq!(base + withheld + corrected, ruled);
        // Never more is due with the statement than it states.
        let (least, most) = (stated.min(0), stated.max(0));
        prop_assert!(withholds || withheld == 0);
        prop_assert!((least..=most).contains(&(base.min(most).max(least) + withheld)));
    }

    /// Who is silent never pays more, nor is paid less, than what the statement has told him of.
    #[test]
    fn silence_should_cost_at_most_the_line(claims in any_claims(), position in amount()) {
        if claims.silence_accepts(LineSide::Debtor, position) {
            prop_assert!(position <= claims.stated.max(0).max(claims.debtor));
        }
        if claims.silence_accepts(LineSide::Creditor, position) {
            prop_assert!(position >= claims.stated.min(0).min(claims.creditor));
        }
        // What is stated stands against either.
        let stated = claims.unruled();
        prop_assert!(claims.silence_accepts(LineSide::Debtor, stated));
        prop_assert!(claims.silence_accepts(LineSide::Creditor, stated));
    }

    #[test]
    fn somebody_should_lose_unless_both_are_as_far(debtor in amount(), creditor in amount(), ruled in amount()) {
        let swapped = loser(creditor, debtor, ruled).map(LineSide::other);
        prop_assert_eq!(loser(debtor, creditor, ruled), swapped);
    }
}
