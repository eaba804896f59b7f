use crate::{mock::*, Error, Event, MaxNamed};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    money::Currency,
    netting::ObligationStatus,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn owe_accepting(issuers: &[OperatorId]) -> ObligationId {
    Netting::create(Debt {
        accepts: accepts(issuers),
        ..debt(ALPHA, BETA, 100, MockClock::now() - DAY)
    })
    .unwrap()
}

fn all(ids: &[ObligationId]) -> BoundedVec<ObligationId, MaxNamed> {
    ids.to_vec().try_into().unwrap()
}

fn name(token: u32, id: ObligationId) -> DispatchResult {
    plain(Netting::name_token(by(clearing(BETA)), token, all(&[id])))
}

fn name_as(party: OperatorId, token: u32, id: ObligationId) -> DispatchResult {
    plain(Netting::name_token(by(clearing(party)), token, all(&[id])))
}

fn token_of(id: ObligationId) -> Option<u32> {
    obligation(id).token
}

/// With a second euro and a dollar.
fn execute(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        test();
    });
}

#[test]
fn obligation_should_be_in_the_first_token_that_its_creditor_accepts_and_that_stands() {
    execute(|| {
        let (nobody, dollars) = (OperatorId(55), ISSUER);
        let cases: [(&[OperatorId], Option<u32>); 5] = [
            (&[ISSUER, OTHER_ISSUER], Some(TOKEN)),
            (&[OTHER_ISSUER, ISSUER], Some(OTHER_EURO)),
            (&[nobody, OTHER_ISSUER], Some(OTHER_EURO)),
            (&[nobody], None),
            (&[], None),
        ];
        for (issuers, token) in cases {
            assert_eq!(token_of(owe_accepting(issuers)), token);
        }
        assert_ok!(Assets::freeze_asset(by(treasury(dollars)), TOKEN));
        assert_eq!(token_of(owe_accepting(&[ISSUER, OTHER_ISSUER])), Some(OTHER_EURO));
        MockOperators::suspend(OTHER_ISSUER);
        assert_eq!(token_of(owe_accepting(&[ISSUER, OTHER_ISSUER])), None);
    });
}

#[test]
fn obligation_should_not_be_in_a_cycle_whose_token_its_creditor_has_not_accepted() {
    execute(|| {
        let (one, other, none) = (
            owe_accepting(&[ISSUER]),
            owe_accepting(&[OTHER_ISSUER]),
            owe_accepting(&[]),
        );
        let id = computed();
        assert_eq!(net(id, BETA), 100);
        let status = |id| obligation(id).status;
        assert_eq!(status(one), ObligationStatus::InCycle(id));
        assert_eq!([other, none].map(status), [ObligationStatus::Open; 2]);
        // Both tokens of the currency have their cycles at the same time.
        let second = open_in(OTHER_EURO);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), second));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), second, 100));
        assert_eq!(status(other), ObligationStatus::InCycle(second));
        for cycle in [id, second] {
            assert_ok!(Netting::fund(by(treasury(ALPHA)), cycle));
            assert_ok!(Netting::settle(by(clearing(BETA)), cycle));
        }
        assert_eq!(balance(BETA).0, FUNDS + 100);
        assert_eq!(Netting::balance(OTHER_EURO, &treasury(BETA)).0, FUNDS + 100);
        assert_eq!(status(none), ObligationStatus::Open);
    });
}

#[test]
fn name_token_should_be_refused_when_another_than_a_party_asks() {
    execute(|| {
        let id = owe_accepting(&[]);
        let named = |origin| plain(Netting::name_token(origin, TOKEN, all(&[id])));
        assert_noop!(named(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(named(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(named(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(named(by(treasury(BETA))), DispatchError::Other("WrongRole"));
        assert_noop!(named(by(clearing(GAMMA))), Error::<Test>::NotAParty);
        assert_noop!(name(TOKEN, ObligationId(99)), Error::<Test>::ObligationNotFound);
        assert_noop!(name(77, id), Error::<Test>::TokenNotFound);
        assert_noop!(name(DOLLARS, id), Error::<Test>::CurrencyDiffers);
        assert_ok!(name(TOKEN, id));
    });
}

#[test]
fn name_token_should_put_what_waits_into_the_token() {
    execute(|| {
        let ids = [owe_accepting(&[]), owe_accepting(&[])];
        assert_eq!(token_of(ids[0]), None);
        assert_ok!(name_as(ALPHA, OTHER_EURO, ids[0]));
        System::reset_events();
        assert_ok!(Netting::name_token(by(clearing(BETA)), OTHER_EURO, all(&ids)));
        assert_eq!(
            events()[0],
            Event::TokenNamed {
                obligation: ids[0],
                token: OTHER_EURO,
                before: None
            }
        );
        Netting::do_try_state().unwrap();
        let id = open_in(OTHER_EURO);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        assert_eq!(net(id, ALPHA), -200);
        // What has a token that stands stays in it.
        assert_noop!(name(TOKEN, ids[0]), Error::<Test>::TokenStands);
    });
}

#[test]
fn a_token_beyond_the_terms_should_take_both_parties_when_none_stands_or_is_accepted() {
    execute(|| {
        let (open, listed) = (owe_accepting(&[]), owe_accepting(&[OTHER_ISSUER]));
        assert_noop!(name(TOKEN, listed), Error::<Test>::TokenStands);
        assert_ok!(Assets::freeze_asset(by(treasury(OTHER_ISSUER)), OTHER_EURO));
        assert_noop!(name(OTHER_EURO, listed), Error::<Test>::TokenSuspended);
        for id in [open, listed] {
            let before = token_of(id);
            System::reset_events();
            assert_ok!(name(TOKEN, id));
            assert_ok!(name(TOKEN, id));
            let proposed = Event::TokenProposed {
                obligation: id,
                token: TOKEN,
                by: BETA,
            };
            assert_eq!(events(), [proposed.clone(), proposed]);
            assert_eq!(
                token_of(id),
                before,
                "the debtor has not said that it can come by it"
            );
        }
        assert_eq!(Netting::named(BETA, ALPHA, Currency::EUR), Some(TOKEN));
        assert_eq!(Netting::named(ALPHA, BETA, Currency::EUR), None);
        assert_ok!(name_as(ALPHA, TOKEN, open));
        assert_eq!([open, listed].map(token_of), [Some(TOKEN), Some(OTHER_EURO)]);
        assert_ok!(name(TOKEN, listed));
        assert_eq!(token_of(listed), Some(TOKEN));
        let both = owe_accepting(&[OTHER_ISSUER, OperatorId(98)]);
        assert_eq!(token_of(both), None);
        assert_ok!(Assets::thaw_asset(by(treasury(OTHER_ISSUER)), OTHER_EURO));
        // What the terms accept takes either party; the debtor names the best that stands.
        assert_ok!(name_as(ALPHA, OTHER_EURO, both));
        assert_eq!(token_of(both), Some(OTHER_EURO));
    });
}

#[test]
fn the_other_direction_should_follow_at_its_creditors_word_when_one_has_moved() {
    execute(|| {
        let one = owe_accepting(&[ISSUER, OTHER_ISSUER]);
        // Of what BETA owes, ALPHA accepts but the one token.
        let other = owe(BETA, ALPHA, 90);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        assert_ok!(name(OTHER_EURO, one));
        assert_eq!([one, other].map(token_of), [Some(OTHER_EURO), Some(TOKEN)]);
        assert_ok!(name_as(ALPHA, OTHER_EURO, other));
        assert_eq!(token_of(other), Some(OTHER_EURO));
        let id = open_in(OTHER_EURO);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        assert_eq!(net(id, ALPHA), -10);
        assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
    });
}

#[test]
fn a_word_should_count_for_thirty_days_when_it_is_not_given_again() {
    execute(|| {
        let id = owe_accepting(&[]);
        assert_ok!(name(TOKEN, id));
        MockClock::advance(30 * DAY + 1);
        assert_ok!(name_as(ALPHA, TOKEN, id));
        assert_eq!(token_of(id), None);
        MockClock::advance(30 * DAY);
        assert_ok!(name(TOKEN, id));
        assert_eq!(token_of(id), Some(TOKEN));
    });
}

#[test]
fn an_obligation_should_move_back_when_a_better_token_stands_again() {
    execute(|| {
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        let id = owe_accepting(&[ISSUER, OTHER_ISSUER]);
        assert_eq!(token_of(id), Some(OTHER_EURO));
        assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
        assert_noop!(name_as(ALPHA, TOKEN, id), Error::<Test>::TokenStands);
        assert_ok!(name(TOKEN, id));
        assert_eq!(token_of(id), Some(TOKEN));
        for _ in 0..2 {
            assert_noop!(name(OTHER_EURO, id), Error::<Test>::TokenStands);
            assert_noop!(name(TOKEN, id), Error::<Test>::TokenStands);
        }
    });
}

#[test]
fn open_obligations_should_move_when_their_issuer_is_suspended() {
    execute(|| {
        // One is given back by a cycle, one waits for a later day, one is in a cycle.
        let given_back = owe_accepting(&[ISSUER, OTHER_ISSUER]);
        let first = computed();
        MockClock::set(cycle(first).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), first, 100));
        assert!(cycle(first).is_finished());
        let later = owe_accepting(&[ISSUER, OTHER_ISSUER]);
        let paid = owe(GAMMA, BETA, 7);
        MockOperators::suspend(ISSUER);
        for id in [given_back, later] {
            assert_ok!(name(OTHER_EURO, id));
            Netting::do_try_state().unwrap();
            assert_eq!(token_of(id), Some(OTHER_EURO));
        }
        let id = open_in(OTHER_EURO);
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        assert_eq!([net(id, ALPHA), net(id, GAMMA)], [-200, 0]);
        assert_noop!(name(TOKEN, later), Error::<Test>::TokenSuspended);
        MockOperators::suspend(OTHER_ISSUER);
        let kinds = [interclear_primitives::operator::OperatorKind::TokenIssuer];
        MockOperators::admit(DELTA_BANK, &kinds, &[]);
        MockOperators::add_desk(
            treasury(DELTA_BANK),
            DELTA_BANK,
            &[interclear_primitives::operator::Role::Treasury],
        );
        create(6, DELTA_BANK, Currency::EUR);
        assert_noop!(name(6, later), Error::<Test>::ObligationInCycle);
        assert_ok!(name(6, paid));
        assert_eq!(token_of(paid), Some(TOKEN), "the terms accept another");
        assert_ok!(name_as(GAMMA, 6, paid));
        assert_eq!(token_of(paid), Some(6));
    });
}

/// A third issuer.
const DELTA_BANK: OperatorId = OperatorId(97);

#[test]
fn obligation_should_not_move_when_a_cycle_is_half_way() {
    execute(|| {
        let id = owe_accepting(&[ISSUER, OTHER_ISSUER]);
        for other in 5..=8 {
            owe(ALPHA, OperatorId(other), 5);
        }
        owe(GAMMA, DELTA, 5);
        let first = computed();
        assert_ok!(Netting::fund(by(treasury(GAMMA)), first));
        MockClock::set(cycle(first).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), first, 1));
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        MockOperators::suspend(ISSUER);
        assert_noop!(name(OTHER_EURO, id), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::compute(by(clearing(BETA)), first, 100));
        assert_ok!(name(OTHER_EURO, id));
        Netting::do_try_state().unwrap();
        assert_ok!(Netting::settle(by(clearing(GAMMA)), first));
        assert_eq!(obligation(id).status, ObligationStatus::Open);
    });
}

#[test]
fn name_token_should_be_refused_when_obligations_have_been_through_too_many_cycles_together() {
    use crate::{Cut, Cuts};
    use interclear_primitives::ids::CycleId;
    execute(|| {
        let ids: Vec<_> = (0..5).map(|_| owe_accepting(&[ISSUER, OTHER_ISSUER])).collect();
        let cuts = (0..132).map(|cycle| Cut {
            to: u32::MAX,
            cycle: CycleId(cycle),
        });
        Cuts::<Test>::insert(TOKEN, frame_support::BoundedVec::truncate_from(cuts.collect()));
        let name =
            |ids: &[_]| Netting::name_token(by(clearing(BETA)), OTHER_EURO, ids.to_vec().try_into().unwrap());
        let refused = name(&ids).unwrap_err();
        assert_eq!(refused.error, Error::<Test>::MaxLooksExceeded.into());
        // It pays for the looks that were taken.
        let weight = |walked| {
            let looks = <() as crate::WeightInfo>::stand(walked);
            Some(<() as crate::WeightInfo>::name_token(5) + looks)
        };
        assert_eq!(refused.post_info.actual_weight, weight(4 * 132));
        let others = name(&ids[..4]).unwrap_err();
        assert_ne!(others.error, Error::<Test>::MaxLooksExceeded.into());
        Cuts::<Test>::remove(TOKEN);
    });
}
