use super::*;
use interclear_ports::Agreements;
use interclear_primitives::agreement::{Flow, PaymentCondition, Prepaid};

#[test]
fn port_should_answer_nothing_when_nothing_is_in_force() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let month = terms().first;
        assert_eq!(Deals::parties(FIRST), Some([ALPHA, BETA]));
        assert_eq!(Deals::terms_in(FIRST, month), None);
        assert_eq!(Deals::usage_terms_in(FIRST, month), None);
        let route = Route {
            agreement: FIRST,
            direction: Direction::FirstHome,
            group: 0,
        };
        assert!(!Deals::priced(&route, month).contains(Service::Gprs));
        assert_eq!(Deals::route(&B[0], &A[0], month), None);
        assert_eq!(Deals::parties(AgreementId(9)), None);
    });
}

#[test]
fn port_should_answer_from_the_version_of_the_month_when_there_are_several() {
    ExtBuilder::default().active().build_and_execute(|| {
        let from = Period(202706);
        let changed = terms_with(|terms| {
            terms.usage.age_limit_days = 60;
            terms.directions[1].groups[0]
                .lines
                .try_push(line(Service::SmsMo, 7))
                .expect("there is room");
        });
        assert_ok!(amend_and_sign(FIRST, from, changed.clone()));
        let before = from.previous();
        assert_eq!(Deals::usage_terms_in(FIRST, before), Some(terms().usage));
        assert_eq!(Deals::usage_terms_in(FIRST, from), Some(changed.usage));
        assert_eq!(Deals::usage_terms_in(FIRST, terms().last.next()), None);
        // Nothing is committed, so the condition is the same; the prices are not, where a line was added.
        let months = |first, last| Months { first, last };
        let counted = months(terms().first, terms().last);
        let priced = |period| {
            Deals::accounted_in(FIRST, period).map(|both| both.map(|of| (of.counted == counted, of.priced)))
        };
        assert_eq!(
            priced(terms().first),
            Some([(true, counted), (true, months(terms().first, before))])
        );
        assert_eq!(
            priced(from.next()),
            Some([(true, counted), (true, months(from, terms().last))])
        );
        assert_eq!(Deals::accounted_in(FIRST, terms().last.next()), None);
        let [first_home, second_home] = Direction::BOTH.map(|direction| Route {
            agreement: FIRST,
            direction,
            group: 0,
        });
        assert!(!Deals::priced(&second_home, before).contains(Service::SmsMo));
        assert!(Deals::priced(&second_home, from).contains(Service::SmsMo));
        assert!(!Deals::priced(&first_home, from).contains(Service::SmsMo));
        assert!(!Deals::priced(
            &Route {
                group: 1,
                ..second_home
            },
            from
        )
        .contains(Service::SmsMo));
    });
}

#[test]
fn route_should_hold_when_the_month_is_in_the_term_and_the_direction_fits() {
    ExtBuilder::default().active().build_and_execute(|| {
        let (first, last) = (terms().first, terms().last);
        let route = |direction| {
            Some(Route {
                agreement: FIRST,
                direction,
                group: 0,
            })
        };
        for month in [first, last] {
            assert_eq!(Deals::route(&B[0], &A[1], month), route(Direction::FirstHome));
            assert_eq!(Deals::route(&A[1], &B[0], month), route(Direction::SecondHome));
        }
        for month in [first.previous(), last.next()] {
            assert_eq!(Deals::route(&B[0], &A[1], month), None);
        }
        assert_eq!(Deals::route(&B[0], &A[2], first), None);
        assert_eq!(Deals::route(&B[0], &B[0], first), None);
    });
}

#[test]
fn agreements_of_should_list_by_ascending_id_when_there_are_many() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..20 {
            assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        }
        let all: Vec<_> = (0..20).map(AgreementId).collect();
        assert_eq!(
            (Deals::agreements_of(ALPHA), Deals::agreements_of(BETA)),
            (all.clone(), all)
        );
        assert_eq!(Deals::agreements_of(GAMMA), []);
    });
}

#[test]
fn secured_months_should_reach_from_the_first_to_the_last_version_that_is_prepaid() {
    ExtBuilder::default().active().build_and_execute(|| {
        let both = Direction::BOTH;
        assert_eq!(
            both.map(|direction| Deals::secured_months(FIRST, direction)),
            [None; 2]
        );
        let from = Period(202706);
        let prepaid = terms_with(|terms| {
            terms.usage.currency = terms.currency;
            terms.usage.prepaid[0] = Some(Prepaid { floor: 7 });
            terms.accepts[1] = vec![GAMMA].try_into().expect("one fits");
            for line in terms.directions[0]
                .groups
                .iter_mut()
                .flat_map(|group| group.lines.iter_mut())
            {
                line.flow = Flow::Files;
            }
        });
        assert_ok!(amend_and_sign(FIRST, from, prepaid));
        let months = Months {
            first: from,
            last: terms().last,
        };
        assert_eq!(Deals::secured_months(FIRST, Direction::FirstHome), Some(months));
        assert_eq!(Deals::secured_months(FIRST, Direction::SecondHome), None);
        assert_eq!(Deals::secured_months(AgreementId(9), Direction::FirstHome), None);
        // What is paid on affirmation is held ahead by either party that likes to.
        let from = Period(202708);
        let on_affirmation = terms_with(|terms| {
            terms.payment.condition = PaymentCondition::OnAffirmation;
            terms.payment.payment_days = 0;
            terms.accepts = [(); 2].map(|()| vec![GAMMA].try_into().expect("one fits"));
        });
        assert_ok!(amend_and_sign(FIRST, from, on_affirmation));
        let later = Months {
            first: from,
            ..months
        };
        assert_eq!(Deals::secured_months(FIRST, Direction::FirstHome), Some(months));
        assert_eq!(Deals::secured_months(FIRST, Direction::SecondHome), Some(later));
    });
}

#[test]
fn conclude_should_put_terms_in_force_when_an_offer_of_them_would_be_taken() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Deals::conclude([BETA, ALPHA], terms()), Reason::TadigNotOfParty);
        // Who is owed more than its cap begins nothing new this way either.
        for exposed in [ALPHA, BETA] {
            Exposed::set(Some(exposed));
            let above = sp_runtime::DispatchError::Other("ExposureAboveCap");
            assert_noop!(Deals::conclude([ALPHA, BETA], terms()), above);
        }
        Exposed::set(None);
        assert_ok!(Deals::conclude([ALPHA, BETA], terms()));
        let agreement = Deals::agreement(FIRST).expect("it is there");
        assert_eq!(agreement.status, AgreementStatus::Active);
        assert_eq!(agreement.offer, None);
        assert_eq!(Deals::terms_in(FIRST, terms().first), Some((1, terms())));
        for party in [ALPHA, BETA] {
            assert_eq!(Deals::agreements_of(party), vec![FIRST]);
        }
        // The pair is routed now.
        assert_noop!(Deals::conclude([ALPHA, BETA], terms()), Reason::RouteTaken);
    });
}
