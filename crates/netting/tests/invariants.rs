//! What holds for any obligations.

use interclear_netting::{
    carry_forward, exclude, is_zero_sum, net_positions, transfers, Obligation, Positions, Transfer,
};
use proptest::{collection, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

type Nets = BTreeMap<u8, i128>;

const PARTIES: u8 = 12;

/// Between different parties of a dozen; amounts of all sizes, small ones and equal ones often.
fn obligation() -> impl Strategy<Value = (u8, u8, u128)> {
    let amount = prop_oneof![0..20u128, 0..1_000_000u128, 0..=u128::from(u64::MAX)];
    (0..PARTIES, 1..PARTIES, amount)
        .prop_map(|(debtor, step, amount)| (debtor, (debtor + step) % PARTIES, amount))
}

fn obligations() -> impl Strategy<Value = Vec<(u8, u8, u128)>> {
    collection::vec(obligation(), 0..60)
}

/// Positions that sum to zero, from obligations.
fn positions() -> impl Strategy<Value = Nets> {
    obligations()
        .prop_map(|obligations| net_positions(obligations).expect("amounts are far below the limits"))
}

/// What each party receives by these transfers, less what it pays.
fn effect(transfers: &[Transfer<u8>]) -> Nets {
    let mut effect = Nets::new();
    for Transfer { from, to, amount } in transfers {
        let amount = i128::try_from(*amount).expect("amounts are far below the limits");
        *effect.entry(*from).or_default() -= amount;
        *effect.entry(*to).or_default() += amount;
    }
    effect
}

fn sum(left: &Nets, right: &Nets) -> Nets {
    let mut sum = left.clone();
    for (party, net) in right {
        *sum.entry(*party).or_default() += net;
    }
    sum
}

fn nonzero(positions: &Nets) -> Nets {
    positions
        .iter()
        .filter(|(_, net)| **net != 0)
        .map(|(party, net)| (*party, *net))
        .collect()
}

proptest! {
    #[test]
    fn net_positions_should_sum_to_zero_and_be_each_partys_difference(obligations in obligations()) {
        let nets = net_positions(obligations.clone()).expect("amounts are far below the limits");
        prop_assert_eq!(nets.values().sum::<i128>(), 0);
        prop_assert!(is_zero_sum(&nets));
        for (party, net) in nets {
            let to_it: u128 = obligations.iter().filter(|o| o.1 == party).map(|o| o.2).sum();
            let by_it: u128 = obligations.iter().filter(|o| o.0 == party).map(|o| o.2).sum();
            prop_assert_eq!(net, to_it as i128 - by_it as i128);
        }
    }

    #[test]
    fn results_should_not_depend_on_the_order_of_obligations(
        (ordered, shuffled) in collection::vec((0..4u8, 1..4u8, any::<u128>()), 0..8)
            .prop_flat_map(|obligations| (Just(obligations.clone()), Just(obligations).prop_shuffle())),
    ) {
        // Amounts up to the limit: whether they overflow does not depend on the order either.
        let net = |obligations: Vec<(u8, u8, u128)>| {
            net_positions(obligations.into_iter().map(|(debtor, step, amount)| (debtor, (debtor + step) % 4, amount)))
        };
        prop_assert_eq!(net(ordered), net(shuffled));
    }

    #[test]
    fn netting_should_not_move_more_than_is_owed(obligations in obligations()) {
        let gross: u128 = obligations.iter().map(|o| o.2).sum();
        let nets = net_positions(obligations).expect("amounts are far below the limits");
        let paid: u128 = transfers(&nets).expect("sums to zero").iter().map(|t| t.amount).sum();
        prop_assert!(paid <= gross);
    }

    #[test]
    fn transfers_should_reproduce_the_positions(nets in positions()) {
        let list = transfers(&nets).expect("sums to zero");
        let moving = nonzero(&nets);
        prop_assert_eq!(&effect(&list), &moving);
        prop_assert!(list.len() <= moving.len().saturating_sub(1));
        prop_assert!(list.iter().all(|t| t.amount > 0 && nets[&t.from] < 0 && nets[&t.to] > 0));
    }

    #[test]
    fn the_remaining_positions_should_sum_to_zero_when_parties_are_excluded(
        obligations in obligations(),
        excluded in collection::btree_set(0..PARTIES, 0..5),
    ) {
        let with_ids: Vec<_> = (0u32..)
            .zip(&obligations)
            .map(|(id, (debtor, creditor, amount))| {
                Obligation { id, debtor: *debtor, creditor: *creditor, amount: *amount }
            })
            .collect();
        let result = exclude(with_ids.clone(), &excluded).expect("amounts are far below the limits");
        prop_assert!(is_zero_sum(&result.positions));
        prop_assert!(result.positions.keys().all(|party| !excluded.contains(party)));

        // Every obligation is on exactly one of the two lists, and on the right one.
        let all: BTreeSet<u32> = result.settling.iter().chain(&result.carried_over).copied().collect();
        prop_assert_eq!(all.len(), obligations.len());
        prop_assert_eq!(result.settling.len() + result.carried_over.len(), obligations.len());
        for id in &result.carried_over {
            let (debtor, creditor, _) = obligations[*id as usize];
            prop_assert!(excluded.contains(&debtor) || excluded.contains(&creditor));
        }
        let settling: Vec<_> = result.settling.iter().map(|id| obligations[*id as usize]).collect();
        prop_assert_eq!(&result.positions, &net_positions(settling).expect("fewer than before"));

        // Taking the obligations out one by one leads to the same positions.
        let mut positions = Positions::new();
        for (debtor, creditor, amount) in &obligations {
            positions.add(*debtor, *creditor, *amount).expect("amounts are far below the limits");
        }
        for id in &result.carried_over {
            let (debtor, creditor, amount) = obligations[*id as usize];
            positions.remove(debtor, creditor, amount).expect("it was put in");
        }
        let nets = positions.net().expect("amounts are far below the limits");
        prop_assert_eq!(nonzero(&nets), nonzero(&result.positions));
    }

    #[test]
    fn carrying_forward_should_conserve_every_position(nets in positions(), minimum in 0..2_000_000u128) {
        let result = carry_forward(&nets, minimum).expect("sums to zero");
        prop_assert!(is_zero_sum(&result.positions));
        prop_assert!(result.positions.keys().eq(nets.keys()));
        prop_assert_eq!(&sum(&result.positions, &effect(&result.carried)), &nets);
        for (party, settles) in &result.positions {
            prop_assert!(*settles == 0 || settles.unsigned_abs() >= minimum);
            // Never more than it was, never of the other sign.
            prop_assert!(settles.unsigned_abs() <= nets[party].unsigned_abs());
            prop_assert!(*settles == 0 || settles.signum() == nets[party].signum());
        }
        prop_assert!(result.carried.iter().all(|t| t.amount > 0 && t.amount < minimum));
        prop_assert!(result.carried.len() < PARTIES.into());
        // Nothing is left to carry in what settles.
        let again = carry_forward(&result.positions, minimum).expect("sums to zero");
        prop_assert_eq!(again.positions, result.positions);
        prop_assert!(again.carried.is_empty());
    }
}
