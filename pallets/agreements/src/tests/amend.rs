use super::*;
use frame_system::RawOrigin;
use interclear_primitives::rating::{Price, Pricing};

const FROM: Period = Period(202703);

fn dearer() -> Terms {
    terms_with(|terms| {
        for direction in &mut terms.directions {
            for dear in direction.groups[0].lines.iter_mut() {
                *dear = line(dear.service, 90_000_000);
            }
        }
    })
}

#[test]
fn amend_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_noop!(
            Deals::amend(RawOrigin::Root.into(), FIRST, FROM, Box::new(dearer())),
            DispatchError::BadOrigin
        );
        assert_noop!(amend(99, FIRST, FROM, dearer()), NOT_A_DESK);
        assert_noop!(amend(ALPHA_CLEARING, FIRST, FROM, dearer()), WRONG_ROLE);
        assert_noop!(amend(GAMMA_DESK, FIRST, FROM, dearer()), Reason::NotAParty);
        assert_noop!(
            amend(ALPHA_DESK, AgreementId(3), FROM, dearer()),
            Reason::AgreementNotFound
        );
        MockOperators::suspend(ALPHA);
        assert_noop!(amend(ALPHA_DESK, FIRST, FROM, dearer()), SUSPENDED);
        assert_noop!(
            amend(BETA_DESK, FIRST, FROM, dearer()),
            Reason::CounterpartyNotActive
        );
    });
}

#[test]
fn amendment_should_be_in_force_from_its_month_when_both_have_signed() {
    ExtBuilder::default().active().build_and_execute(|| {
        events();
        assert_ok!(amend(BETA_DESK, FIRST, FROM, dearer()));
        let (digest, expires) = (dearer().digest(), MockClock::now() + LIFETIME);
        let offered = Event::AmendmentOffered {
            agreement: FIRST,
            by: BETA,
            version: 2,
            from: FROM,
            digest,
            expires,
        };
        assert_eq!(events(), [offered]);
        assert_noop!(amend(ALPHA_DESK, FIRST, FROM, dearer()), Reason::OfferPending);
        assert_eq!(record(FIRST).version_in(FROM), Some(1));
        assert_ok!(sign(BETA_DESK, FIRST));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        use interclear_ports::Agreements;
        assert_eq!(Deals::terms_in(FIRST, FROM.previous()), Some((1, terms())));
        assert_eq!(Deals::terms_in(FIRST, FROM), Some((2, dearer())));
        let last = terms().last;
        assert_eq!(
            events().last(),
            Some(&Event::Activated {
                agreement: FIRST,
                parties: [ALPHA, BETA],
                version: 2,
                from: FROM,
                last
            })
        );
    });
}

#[test]
fn amendment_should_be_refused_when_its_month_is_closed() {
    ExtBuilder::default().active().build_and_execute(|| {
        MockPeriods::close(FIRST, FROM.previous());
        assert_noop!(
            amend(ALPHA_DESK, FIRST, FROM.previous(), dearer()),
            Reason::PeriodClosed
        );
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, dearer()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        // The month is closed between the signatures.
        MockPeriods::close(FIRST, FROM);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::PeriodClosed);
        assert_eq!(record(FIRST).version_in(FROM), Some(1));
    });
}

#[test]
fn amendment_should_be_refused_when_it_changes_what_is_fixed_or_begins_outside_the_term() {
    ExtBuilder::default().active().build_and_execute(|| {
        let sdr = terms_with(|terms| terms.currency = Currency::SDR);
        assert_noop!(amend(ALPHA_DESK, FIRST, FROM, sdr), Reason::FixedByAgreement);
        let sooner = terms_with(|terms| terms.first = NOW);
        assert_noop!(amend(ALPHA_DESK, FIRST, FROM, sooner), Reason::FixedByAgreement);
        assert_noop!(amend(ALPHA_DESK, FIRST, NOW, terms()), Reason::OutsideTerm);
        assert_noop!(
            amend(ALPHA_DESK, FIRST, Period(202712), terms()),
            Reason::OutsideTerm
        );
        assert_noop!(
            amend(ALPHA_DESK, FIRST, Period(202700), terms()),
            Reason::InvalidPeriod
        );
        let longer = terms_with(|terms| terms.last = Period(202812));
        assert_noop!(
            amend(ALPHA_DESK, FIRST, Period(202801), longer.clone()),
            Reason::OutsideTerm
        );
        assert_ok!(amend_and_sign(FIRST, Period(202712), longer));
        let agreement = record(FIRST);
        assert_eq!(agreement.last, Period(202812), "extended");
        assert_eq!(
            agreement.months_of(1),
            Some(Months {
                first: terms().first,
                last: terms().last
            })
        );
        assert!(Deals::route_in(&B[0], &A[0], Period(202812)).is_some());
        assert!(Deals::route_in(&B[0], &A[0], Period(202901)).is_none());
    });
}

#[test]
fn amendment_should_be_refused_when_it_changes_groups_with_usage() {
    ExtBuilder::default().active().build_and_execute(|| {
        anchor(FROM.next());
        let change = |change: fn(&mut DirectionTerms)| terms_with(|terms| change(&mut terms.directions[0]));
        for broken in [
            change(|direction| direction.groups[0].home.truncate(1)),
            change(|direction| direction.groups[0].visited.try_push(B[2]).expect("there is room")),
            change(|direction| direction.groups[0].lines[..].reverse()),
            change(|direction| direction.groups[0].lines.truncate(1)),
            change(|direction| {
                direction
                    .groups
                    .try_insert(0, group(&A[2..], &B[2..]))
                    .expect("there is room")
            }),
            change(|direction| direction.groups.clear()),
        ] {
            assert_noop!(
                amend(ALPHA_DESK, FIRST, FROM, broken.clone()),
                Reason::GroupsInUse
            );
            // What has been anchored before the amendment's month does not bind it.
            assert_ok!(amend(ALPHA_DESK, FIRST, FROM.next().next(), broken));
            assert_ok!(withdraw(ALPHA_DESK, FIRST));
        }
        let grown = change(|direction| {
            direction.groups[0].home[..].reverse();
            direction.groups[0]
                .lines
                .try_push(line(Service::Mtc, 1))
                .expect("there is room");
            direction
                .groups
                .try_push(group(&A[2..], &B[2..]))
                .expect("there is room");
        });
        assert_ok!(amend_and_sign(FIRST, FROM, grown));
        let route = Route {
            agreement: FIRST,
            direction: Direction::FirstHome,
            group: 1,
        };
        assert_eq!(Deals::route_in(&B[2], &A[2], FROM), Some(route));
        assert_eq!(Deals::route_in(&B[2], &A[2], FROM.previous()), None);
    });
}

#[test]
fn amendment_should_be_refused_when_usage_came_between_the_signatures() {
    ExtBuilder::default().active().build_and_execute(|| {
        let moved = terms_with(|terms| terms.directions[0] = direction(vec![group(&A[2..], &B[..2])]));
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, moved.clone()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        anchor(FROM);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::GroupsInUse);
        assert_ok!(reject(BETA_DESK, FIRST));
        assert_ok!(amend_and_sign(FIRST, FROM.next(), moved));
        // The pair that went is routed up to the amendment's month, the one that came from then on.
        assert!(Deals::route_in(&B[0], &A[0], FROM).is_some());
        assert!(Deals::route_in(&B[0], &A[0], FROM.next()).is_none());
        assert!(Deals::route_in(&B[0], &A[2], FROM).is_none());
        assert!(Deals::route_in(&B[0], &A[2], FROM.next()).is_some());
    });
}

#[test]
fn shorter_term_should_be_refused_when_it_cuts_off_months_with_usage() {
    ExtBuilder::default().active().build_and_execute(|| {
        anchor(Period(202704));
        let shorter = |last| terms_with(|terms| terms.last = last);
        assert_noop!(amend(ALPHA_DESK, FIRST, FROM, shorter(FROM)), Reason::PeriodInUse);
        assert_ok!(amend_and_sign(FIRST, FROM, shorter(Period(202704))));
        assert!(Deals::route_in(&B[0], &A[0], Period(202704)).is_some());
        assert!(Deals::route_in(&B[0], &A[0], Period(202705)).is_none());
    });
}

#[test]
fn versions_should_be_replaced_when_a_later_amendment_begins_before_them() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend_and_sign(FIRST, Period(202706), dearer()));
        assert_ok!(amend_and_sign(FIRST, Period(202708), terms()));
        assert_ok!(amend_and_sign(
            FIRST,
            Period(202706),
            terms_with(|terms| terms.payment.affirm_days = 5)
        ));
        let agreement = record(FIRST);
        let versions: Vec<_> = agreement.versions.iter().map(|entry| entry.version).collect();
        assert_eq!(versions, [1, 4]);
        assert_eq!((Deals::terms(FIRST, 2), Deals::terms(FIRST, 3)), (None, None));
        assert_eq!(agreement.version_in(Period(202709)), Some(4));
    });
}

#[test]
fn amendment_should_need_the_earlier_signatures_when_it_asks_for_fewer() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(
            ALPHA_DESK,
            BETA,
            terms_with(|terms| terms.signatures = 2)
        ));
        for desk in [ALPHA_DESK, ALPHA_DESK_2, BETA_DESK, BETA_DESK_2] {
            assert_ok!(sign(desk, FIRST));
        }
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, terms()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        assert!(record(FIRST).offer.is_some());
        assert_ok!(sign(ALPHA_DESK_2, FIRST));
        assert_ok!(sign(BETA_DESK_2, FIRST));
        assert_eq!(record(FIRST).version_in(FROM), Some(2));
        // From here on one is enough.
        assert_ok!(amend_and_sign(FIRST, FROM.next(), terms()));
    });
}

#[test]
fn amendment_should_be_refused_when_another_agreement_routes_a_pair() {
    ExtBuilder::default().active().build_and_execute(|| {
        let other = terms_with(|terms| {
            terms.directions = [direction(vec![group(&A[2..], &B[..1])]), direction(vec![])];
        });
        assert_ok!(propose(ALPHA_DESK, BETA, other));
        assert_ok!(sign(ALPHA_DESK, AgreementId(1)));
        assert_ok!(sign(BETA_DESK, AgreementId(1)));
        let wider = terms_with(|terms| terms.directions[0] = direction(vec![group(&A, &B[..2])]));
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, wider));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_noop!(sign(BETA_DESK, FIRST), Reason::RouteTaken);
    });
}

#[test]
fn lapsed_amendment_should_make_way_when_another_is_offered() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, dearer()));
        MockClock::advance(LIFETIME);
        events();
        assert_ok!(amend(BETA_DESK, FIRST, FROM, dearer()));
        assert_eq!(
            events().first(),
            Some(&Event::OfferLapsed {
                agreement: FIRST,
                version: 2
            })
        );
        assert_eq!(Deals::terms(FIRST, 2), None);
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_noop!(
            amend(ALPHA_DESK, AgreementId(1), FROM, terms()),
            Reason::NotActive
        );
        MockClock::set(terms().last.end());
        assert_noop!(
            amend(
                ALPHA_DESK,
                FIRST,
                Period(202712),
                terms_with(|terms| terms.last = Period(202812))
            ),
            Reason::NotActive
        );
    });
}

#[test]
fn amendment_should_be_refused_when_there_are_too_many_versions() {
    ExtBuilder::default().active().build_and_execute(|| {
        let long = terms_with(|terms| terms.last = Period(203611));
        RouteEntries::set(40);
        let mut from = terms().first;
        for _ in 1..32 {
            from = from.next();
            assert_ok!(amend_and_sign(FIRST, from, long.clone()));
        }
        assert_ok!(amend(ALPHA_DESK, FIRST, from.next(), long.clone()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_noop!(sign(BETA_DESK, FIRST), Reason::MaxVersionsExceeded);
    });
}

/// A commitment of some millionths of a euro a quarter.
fn committed(commitment: u128) -> Terms {
    use interclear_primitives::rating::{Amount, Condition};
    terms_with(|terms| {
        let agreed = &mut terms.directions[0];
        agreed.condition = Condition::DealRevenue {
            commitment: Amount(commitment),
            including_tax: false,
        };
        agreed.commitment_span = Span::Quarter;
        agreed.groups[0].lines[0].terms.in_commitment = true;
    })
}

#[test]
fn amendment_should_be_refused_when_a_commitment_could_not_be_settled_any_more() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, committed(5)));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        // December to February is a quarter.
        let [december, january, february] = [202612, 202701, 202702].map(Period);
        MockPeriods::close(FIRST, december);
        assert_noop!(
            amend(ALPHA_DESK, FIRST, january, committed(7)),
            Reason::CommitmentRunning
        );
        assert_ok!(amend(ALPHA_DESK, FIRST, february, committed(7)));
        MockPeriods::close(FIRST, january);
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_noop!(sign(BETA_DESK, FIRST), Reason::CommitmentRunning);
        assert_ok!(withdraw(ALPHA_DESK, FIRST));
        MockPeriods::close(FIRST, february);
        assert_ok!(amend_and_sign(FIRST, february.next(), committed(7)));
    });
}

#[test]
fn amendment_should_carry_a_commitment_on_when_its_condition_stays() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, committed(5)));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        let [december, january, february] = [202612, 202701, 202702].map(Period);
        MockPeriods::close(FIRST, december);
        let mut dearer = committed(5);
        dearer.directions[0].groups[0].lines[0].terms.pricing = Pricing::linear(Price(8));
        assert_ok!(amend_and_sign(FIRST, january, dearer.clone()));
        let first_home = |period| {
            record(FIRST)
                .accounted_in(period)
                .map(|[first_home, _]| first_home)
        };
        let accounted = first_home(february).map(|of| (of.counted.first, of.priced.first));
        assert_eq!(accounted, Some((december, january)));
        // What ended with the closed month cannot go on again: another amendment of the same month carries on no more.
        assert_ok!(amend_and_sign(FIRST, january, committed(5)));
        let accounted = first_home(february).map(|of| (of.counted.first, of.priced.first));
        assert_eq!(accounted, Some((december, january)));
    });
}

#[test]
fn amend_should_be_refused_when_a_price_is_above_a_cap() {
    ExtBuilder::default().active().build_and_execute(|| {
        // What is in force stays so.
        MockCaps::set(Price(1));
        assert_noop!(amend(ALPHA_DESK, FIRST, Period(202701), terms()), ABOVE_CAP);
        assert_eq!(record(FIRST).status, AgreementStatus::Active);
    });
}

#[test]
fn amendment_should_be_refused_when_it_changes_the_rules_of_usage_in_a_month_in_use() {
    ExtBuilder::default().active().build_and_execute(|| {
        anchor(FROM.next());
        let change = |change: fn(&mut Terms)| terms_with(change);
        for changed in [
            change(|terms| terms.usage.currency = Currency::SDR),
            change(|terms| terms.usage.close_days = 0),
            change(|terms| terms.usage.deemed_acknowledged = !terms.usage.deemed_acknowledged),
            change(|terms| terms.usage.late_days = 0),
        ] {
            for from in [FROM, FROM.next()] {
                assert_noop!(
                    amend(ALPHA_DESK, FIRST, from, changed.clone()),
                    Reason::UsageRulesInUse
                );
            }
            // They take effect with the first month that is not in use.
            assert_ok!(amend(ALPHA_DESK, FIRST, FROM.next().next(), changed));
            assert_ok!(withdraw(ALPHA_DESK, FIRST));
        }
        for changed in [
            change(|terms| terms.directions[0].groups[0].lines[0].increment = Increment::Seconds(7)),
            change(|terms| terms.directions[0].groups[0].lines[0].flow = Flow::Reports),
        ] {
            let refused = amend(ALPHA_DESK, FIRST, FROM, changed);
            assert!(refused.is_err(), "what the quantities mean stays");
        }
        // How it is paid binds no usage.
        let paid = change(|terms| terms.payment.payment_days = 5);
        assert_ok!(amend_and_sign(FIRST, FROM, paid));
    });
}

#[test]
fn amendment_should_be_refused_when_usage_came_between_the_signatures_of_its_rules() {
    ExtBuilder::default().active().build_and_execute(|| {
        let sooner = terms_with(|terms| terms.usage.close_days = 0);
        assert_ok!(amend(ALPHA_DESK, FIRST, FROM, sooner));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        anchor(FROM);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::UsageRulesInUse);
    });
}

/// The first months over which the first direction is counted, and priced, in a month.
fn since(period: Period) -> Option<(Period, Period)> {
    let accounted = record(FIRST).accounted_in(period);
    accounted.map(|[first_home, _]| (first_home.counted.first, first_home.priced.first))
}

#[test]
fn amendment_should_carry_accounts_on_when_it_replaces_one_that_has_not_begun() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, committed(5)));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        let first = terms().first;
        // The commitment ends with May, and then it does not: what was never in force has ended nothing.
        assert_ok!(amend_and_sign(FIRST, Period(202706), committed(7)));
        assert_eq!(since(Period(202708)), Some((Period(202706), Period(202706))));
        assert_ok!(amend_and_sign(FIRST, Period(202706), committed(5)));
        assert_eq!(since(Period(202708)), Some((first, first)));
        // The same terms once more, from the same month on, carry the same accounts on.
        assert_ok!(amend_and_sign(FIRST, Period(202706), committed(5)));
        assert_eq!(since(Period(202708)), Some((first, first)));
        assert_eq!(record(FIRST).versions.len(), 2);
    });
}

#[test]
fn amendment_should_not_carry_a_line_on_when_its_place_belongs_to_other_networks() {
    ExtBuilder::default().build_and_execute(|| {
        let two = |swapped: bool| {
            let mut terms = committed(5);
            let agreed = &mut terms.directions[0];
            let mut other = group(&A[2..], &B[2..]);
            other.lines = agreed.groups[0].lines.clone();
            assert!(agreed.groups.try_push(other).is_ok());
            if swapped {
                agreed.groups[..].reverse();
            }
            terms
        };
        assert_ok!(propose(ALPHA_DESK, BETA, two(false)));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        assert_ok!(amend_and_sign(FIRST, Period(202706), two(true)));
        assert_eq!(since(Period(202708)), Some((Period(202706), Period(202706))));
    });
}
