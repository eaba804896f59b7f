use crate::{mock::*, CycleObligations, Expiry, Mutuals, Obligations, Statements, Unresolved, WeightInfo};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::Periods;
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    netting::ObligationStatus,
};

fn settled() -> interclear_primitives::ids::CycleId {
    for n in 2..=11 {
        owe(ALPHA, OperatorId(n), 10);
    }
    let id = computed();
    assert_ok!(Settlement::fund(by(treasury(ALPHA)), id));
    assert_ok!(Settlement::settle(by(clearing(ALPHA)), id));
    id
}

#[test]
fn on_idle_should_do_nothing_without_room() {
    ExtBuilder::default().build_and_execute(|| {
        settled();
        assert_eq!(Settlement::on_idle(1, Weight::zero()), Weight::zero());
        assert_eq!(Unresolved::<Test>::iter().count(), 1);
    });
}

#[test]
fn on_idle_should_never_use_more_than_it_is_given() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        let step = <() as WeightInfo>::resolve_step();
        let room = step.saturating_mul(4);
        let mut blocks = 0;
        while Unresolved::<Test>::contains_key(id) {
            let used = Settlement::on_idle(1, room);
            assert!(used.all_lte(room));
            Settlement::do_try_state().unwrap();
            blocks += 1;
            assert!(blocks < 100, "no progress");
        }
        assert!(blocks > 3);
        for n in 0..10 {
            assert_eq!(obligation(ObligationId(n)).status, ObligationStatus::Settled(id));
            assert_eq!(
                Obligations::<Test>::get(ObligationId(n)).unwrap().status,
                ObligationStatus::Settled(id)
            );
        }
        assert_eq!(Mutuals::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_settled_cycle_should_be_removed_after_the_retention() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        idle();
        Now::mutate(|now| *now += RETENTION - 1);
        idle();
        assert!(Settlement::cycle(id).is_some());
        assert!(Settlement::obligation(ObligationId(0)).is_some());
        Now::mutate(|now| *now += 1);
        let room = <() as WeightInfo>::evict_step().saturating_mul(10);
        let mut blocks = 0;
        while Settlement::cycle(id).is_some() {
            assert!(Settlement::on_idle(1, room).all_lte(room));
            Settlement::do_try_state().unwrap();
            blocks += 1;
            assert!(blocks < 100, "no progress");
        }
        assert_eq!(Obligations::<Test>::iter().count(), 0);
        assert_eq!(CycleObligations::<Test>::iter().count(), 0);
        assert_eq!(crate::Positions::<Test>::iter().count(), 0);
        assert_eq!(crate::FundedFrom::<Test>::iter().count(), 0);
        assert_eq!(Settlement::latest_cycle(), Some(id));
    });
}

#[test]
fn an_affirmed_statement_should_be_removed_after_the_retention_and_its_month_stay_closed() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(Settlement::close_period(by(clearing(ALPHA)), AGREEMENT, JANUARY));
        Now::mutate(|now| *now += RETENTION * 2);
        idle();
        assert!(
            Statements::<Test>::contains_key(AGREEMENT, JANUARY),
            "it waits from its affirmation on"
        );
        Now::mutate(|now| *now += RETENTION);
        idle();
        assert!(!Statements::<Test>::contains_key(AGREEMENT, JANUARY));
        assert_eq!(Expiry::<Test>::iter().count(), 0);
        assert!(Settlement::is_closed(AGREEMENT, JANUARY));
        assert!(
            Settlement::obligation(ObligationId(0)).is_some(),
            "a debt is not forgotten"
        );
    });
}

#[test]
fn the_search_for_silent_parties_should_reach_all_in_small_blocks() {
    ExtBuilder::default().build_and_execute(|| {
        let agreements: Vec<_> = (100..120).map(interclear_primitives::ids::AgreementId).collect();
        for agreement in &agreements {
            interclear_ports::mocks::MockAgreements::activate(*agreement, [GAMMA, DELTA], terms());
            assert_ok!(Settlement::close_period(by(clearing(GAMMA)), *agreement, JANUARY));
        }
        Now::mutate(|now| *now += 30 * interclear_primitives::DAY);
        let room = <() as WeightInfo>::silence_step().saturating_mul(4);
        for _ in 0..30 {
            assert!(Settlement::on_idle(1, room).all_lte(room));
        }
        assert_eq!(crate::Unaffirmed::<Test>::iter().count(), 0);
    });
}

#[test]
fn queries_should_page_obligations_by_number() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..300 {
            owe(ALPHA, BETA, 1);
        }
        let ids = |from| -> Vec<u64> {
            Settlement::obligations(BETA, ObligationId(from))
                .into_iter()
                .map(|(id, _)| id.0)
                .collect()
        };
        assert_eq!(ids(0), (0..256).collect::<Vec<_>>());
        assert_eq!(ids(256), (256..300).collect::<Vec<_>>());
        assert_eq!(Settlement::obligations(GAMMA, ObligationId(0)), vec![]);
    });
}
