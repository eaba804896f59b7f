//! Worked examples, and every error.

use interclear_netting::{
    carry_forward, exclude, is_zero_sum, net_positions, transfers, NettingError, Obligation, Position,
    Positions, Transfer,
};
use std::collections::{BTreeMap, BTreeSet};

type Party = &'static str;

/// A owes B 100, B owes C 80, C owes A 90, D owes A 3.
const OBLIGATIONS: [(Party, Party, u128); 4] =
    [("A", "B", 100), ("B", "C", 80), ("C", "A", 90), ("D", "A", 3)];

fn with_ids(obligations: &[(Party, Party, u128)]) -> Vec<Obligation<Party, usize>> {
    let with_id = |(id, (debtor, creditor, amount)): (usize, &(Party, Party, u128))| Obligation {
        id,
        debtor: *debtor,
        creditor: *creditor,
        amount: *amount,
    };
    obligations.iter().enumerate().map(with_id).collect()
}

fn transfer(from: Party, to: Party, amount: u128) -> Transfer<Party> {
    Transfer { from, to, amount }
}

#[test]
fn a_cycle_should_shrink_to_its_differences() {
    let positions = net_positions(OBLIGATIONS).expect("small amounts");
    assert_eq!(
        positions,
        BTreeMap::from([("A", -7), ("B", 20), ("C", -10), ("D", -3)])
    );
    let expected = [
        transfer("C", "B", 10),
        transfer("A", "B", 7),
        transfer("D", "B", 3),
    ];
    assert_eq!(transfers(&positions), Ok(expected.into()));
}

#[test]
fn a_cycle_should_need_no_payment_when_it_is_even() {
    let positions = net_positions([("A", "B", 5), ("B", "C", 5), ("C", "A", 5)]).expect("small amounts");
    assert_eq!(positions, BTreeMap::from([("A", 0), ("B", 0), ("C", 0)]));
    assert_eq!(transfers(&positions), Ok(vec![]));
    assert_eq!(net_positions::<Party>([]), Ok(BTreeMap::new()));
}

#[test]
fn obligations_should_leave_with_their_party_when_it_is_excluded() {
    let result = exclude(with_ids(&OBLIGATIONS), &BTreeSet::from(["C"])).expect("small amounts");
    assert_eq!(
        result.positions,
        BTreeMap::from([("A", -97), ("B", 100), ("D", -3)])
    );
    assert_eq!(result.settling, [0, 3]);
    assert_eq!(result.carried_over, [1, 2]);

    let all = exclude(with_ids(&OBLIGATIONS), &BTreeSet::from(["A", "C"])).expect("small amounts");
    assert_eq!(
        (all.positions, all.settling, all.carried_over),
        (BTreeMap::new(), vec![], vec![0, 1, 2, 3])
    );

    let stranger = exclude(with_ids(&OBLIGATIONS), &BTreeSet::from(["Z"])).expect("small amounts");
    assert_eq!(Ok(stranger.positions), net_positions(OBLIGATIONS));
    assert!(stranger.carried_over.is_empty());
}

#[test]
fn small_amounts_should_wait_when_they_are_below_the_minimum() {
    let positions = net_positions(OBLIGATIONS).expect("small amounts");
    let result = carry_forward(&positions, 5).expect("sums to zero");
    assert_eq!(
        result.positions,
        BTreeMap::from([("A", -7), ("B", 17), ("C", -10), ("D", 0)])
    );
    assert_eq!(result.carried, [transfer("D", "B", 3)]);

    // B is owed by three, and none of them reaches the minimum: nothing can be paid, to B neither.
    let result = carry_forward(&positions, 11).expect("sums to zero");
    assert_eq!(
        result.positions,
        BTreeMap::from([("A", 0), ("B", 0), ("C", 0), ("D", 0)])
    );
    assert_eq!(
        result.carried,
        [
            transfer("C", "B", 10),
            transfer("A", "B", 7),
            transfer("D", "B", 3)
        ]
    );

    for minimum in [0, 1, 3] {
        let result = carry_forward(&positions, minimum).expect("sums to zero");
        assert_eq!((result.positions, result.carried), (positions.clone(), vec![]));
    }
}

#[test]
fn small_amounts_should_wait_for_each_other_first() {
    let positions = BTreeMap::from([("A", -100), ("B", 100), ("C", -3), ("D", 3)]);
    let result = carry_forward(&positions, 5).expect("sums to zero");
    assert_eq!(
        result.positions,
        BTreeMap::from([("A", -100), ("B", 100), ("C", 0), ("D", 0)])
    );
    assert_eq!(result.carried, [transfer("C", "D", 3)]);
}

#[test]
fn a_party_should_wait_as_well_when_it_is_brought_below_the_minimum() {
    let positions = BTreeMap::from([("A", -4), ("B", 6), ("C", 6), ("D", -8)]);
    // A waits for C; what is left of C is below the minimum, too, and waits for D, the only debtor left.
    let result = carry_forward(&positions, 5).expect("sums to zero");
    assert_eq!(result.carried, [transfer("A", "C", 4), transfer("D", "C", 2)]);
    assert_eq!(
        result.positions,
        BTreeMap::from([("A", 0), ("B", 6), ("C", 0), ("D", -6)])
    );
}

#[test]
fn errors_should_say_what_is_wrong_with_obligations() {
    assert_eq!(net_positions([("A", "A", 5)]), Err(NettingError::SelfObligation));
    let own = with_ids(&[("A", "A", 5)]);
    assert_eq!(
        exclude(own, &BTreeSet::from(["A"])),
        Err(NettingError::SelfObligation)
    );

    let (max, half) = (u128::MAX, 1u128 << 127);
    assert_eq!(
        net_positions([("A", "B", max), ("A", "C", 1)]),
        Err(NettingError::Overflow)
    );
    assert_eq!(net_positions([("A", "B", half)]), Err(NettingError::Overflow));
    let largest = i128::MAX.unsigned_abs();
    assert_eq!(
        net_positions([("A", "B", largest)]),
        Ok(BTreeMap::from([("A", -i128::MAX), ("B", i128::MAX)]))
    );
    // Large amounts that offset each other fit.
    assert_eq!(
        net_positions([("A", "B", max), ("B", "A", max)]),
        Ok(BTreeMap::from([("A", 0), ("B", 0)]))
    );
}

#[test]
fn net_should_reach_both_ends_of_the_range() {
    let half = 1u128 << 127;
    assert_eq!(
        Position {
            receivable: 0,
            payable: half
        }
        .net(),
        Ok(i128::MIN)
    );
    assert_eq!(
        Position {
            receivable: half - 1,
            payable: 0
        }
        .net(),
        Ok(i128::MAX)
    );
    assert_eq!(
        Position {
            receivable: half,
            payable: 0
        }
        .net(),
        Err(NettingError::Overflow)
    );
    assert_eq!(
        Position {
            receivable: 0,
            payable: half + 1
        }
        .net(),
        Err(NettingError::Overflow)
    );
}

#[test]
fn positions_should_stay_as_they_were_when_a_change_fails() {
    let mut positions = Positions::new();
    positions.add("A", "B", u128::MAX).expect("fits");
    let before = positions.clone();
    // Fails at the creditor after the debtor's side has been worked out, and the other way round.
    assert_eq!(positions.add("C", "B", 1), Err(NettingError::Overflow));
    assert_eq!(positions.add("A", "C", 1), Err(NettingError::Overflow));
    assert_eq!(positions.add("A", "A", 1), Err(NettingError::SelfObligation));
    assert_eq!(positions.remove("A", "C", 1), Err(NettingError::NotIncluded));
    assert_eq!(positions.remove("C", "B", 1), Err(NettingError::NotIncluded));
    assert_eq!(positions, before);
    assert_eq!(positions.get("C"), Position::default());
}

#[test]
fn errors_should_say_when_positions_do_not_sum_to_zero() {
    let (min, max) = (i128::MIN, i128::MAX);
    for nets in [
        vec![1],
        vec![-1],
        vec![5, -4],
        vec![max, max],
        vec![min, min, max, 1],
        vec![0, 7, -7, -1],
    ] {
        let positions: BTreeMap<usize, i128> = nets.into_iter().enumerate().collect();
        assert!(!is_zero_sum(&positions));
        assert_eq!(transfers(&positions), Err(NettingError::Unbalanced));
        assert_eq!(carry_forward(&positions, 3), Err(NettingError::Unbalanced));
    }
    for nets in [
        vec![],
        vec![0],
        vec![min, max, 1],
        vec![max, max, min, min, 2],
        vec![0, 7, -3, -4],
    ] {
        let positions: BTreeMap<usize, i128> = nets.into_iter().enumerate().collect();
        assert!(is_zero_sum(&positions));
        assert!(transfers(&positions).is_ok());
        assert_eq!(
            carry_forward(&positions, 0).map(|result| result.positions),
            Ok(positions)
        );
    }
}
