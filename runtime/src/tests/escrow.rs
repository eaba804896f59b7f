//! A prepaid pair: files draw the escrow down until it runs dry, statements are paid from it, and the rest goes back.

use super::{
    group::{self, set_clock, AGREEMENT, PARTIES, TOKEN},
    preset,
};
use crate::{
    tasks, Agreements, Anchoring, Assets, Escrow, Netting, Runtime, RuntimeEvent, RuntimeOrigin, Statements,
    System,
};
use frame_support::{
    assert_noop, assert_ok,
    traits::{fungibles::Inspect, Hooks},
    weights::Weight,
};
use interclear_billing::disputes::Change;
use interclear_ports::DisputedStatements;
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, Flow, Prepaid, Terms, UsageTerms},
    batch::{Anchor, FatalReason, ServiceTotal},
    escrow::StandingOffer,
    ids::{AgreementId, DisputeId, ObligationId},
    money::{Currency, Value},
    period::Period,
    rating::{Amount, Condition, Price, Pricing, SdrRate},
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    span::Span,
    tadig::Tadig,
    tariff::{MonthRate, QuoteDate, RateSource},
    task::TaskKind,
    usage::taken_until,
    voucher::Voucher,
    Moment, DAY,
};
use sp_keyring::Sr25519Keyring::{Bob, Dave};
use sp_runtime::MultiAddress;

mod vouchers;

const JANUARY: Period = Period(202601);
const MARCH: Period = Period(202603);
const NETWORKS: [Tadig; 2] = [Tadig(*b"NET01"), Tadig(*b"NET02")];
const HOME: Direction = Direction::FirstHome;

/// Data at 0.50 a MB, which comes in files alone.
fn direction(home: Tadig, visited: Tadig) -> DirectionTerms {
    let mut line = samples::line(Service::Gprs, Pricing::linear(Price(500_000_000)));
    line.flow = Flow::Files;
    samples::direction(vec![samples::group(home, visited, vec![line])])
}

/// The first party pays ahead, and both are warned below 20.00.
fn terms() -> Terms {
    let [first, second] = NETWORKS;
    Terms {
        usage: UsageTerms {
            close_days: 5,
            prepaid: [Some(Prepaid { floor: 20_000_000 }), None],
            ..UsageTerms::usual(Currency::EUR)
        },
        ..Terms::usual(
            JANUARY,
            MARCH,
            Currency::EUR,
            [direction(first, second), direction(second, first)],
        )
    }
}

/// A file of so many MB, with its charge in cents.
fn file(sender: usize, sequence: u32, megabytes: u128, cents: i128, at: Moment) -> Anchor {
    let total = ServiceTotal {
        service: Service::Gprs,
        records: 1,
        quantity: megabytes * 1_000_000,
        charge: Value::Clear(cents * 10_000),
        tax: Value::ZERO,
    };
    let series = SeriesKey {
        sender: NETWORKS[sender],
        recipient: NETWORKS[1 - sender],
        stream: Stream::Tap,
        test: false,
    };
    group::anchor(series.file(sequence), total, at)
}

fn by(party: usize) -> RuntimeOrigin {
    group::by(PARTIES[party])
}

/// The visited party sends a file.
fn send(sequence: u32, megabytes: u128, cents: i128, at: Moment) {
    assert_ok!(Anchoring::anchor(by(1), file(1, sequence, megabytes, cents, at)));
    check();
}

fn refused(sequence: u32, cents: i128, at: Moment) {
    assert_noop!(
        Anchoring::anchor(by(1), file(1, sequence, 1, cents, at)),
        pallet_anchoring::Error::<Runtime>::EscrowExhausted
    );
}

fn deposit(cents: u128) {
    assert_ok!(Escrow::deposit(by(0), AGREEMENT, TOKEN, cents));
    check();
}

/// The agreement is in force, and the first party has paid so much ahead at a moment.
fn begin(at: Moment, cents: u128) {
    set_clock(JANUARY.start() - 10 * DAY);
    group::begin(&terms());
    set_clock(at);
    deposit(cents);
}

/// The home party returns a file.
fn return_file(key: BatchKey) {
    assert_ok!(Anchoring::return_file(
        by(0),
        key,
        FatalReason::Syntax,
        1,
        [7; 32]
    ));
}

/// What is left for usage that no voucher was paid of.
fn left() -> u128 {
    let [escrow, _] = Escrow::escrows(AGREEMENT);
    escrow.map_or(0, |escrow| escrow.left()) / 10_000
}

/// What is left for usage of a month.
fn left_for(month: Period) -> u128 {
    <Escrow as interclear_ports::Escrows>::left(AGREEMENT, HOME, month) / 10_000
}

fn check() {
    assert_ok!(Escrow::do_try_state());
    assert_ok!(Statements::do_try_state());
    assert_ok!(Netting::do_try_state());
}

/// Closes a month and has both affirm it.
fn close(month: Period) {
    let changes = Anchoring::period_usage(AGREEMENT, month).changes;
    assert_ok!(Statements::close_period(by(0), AGREEMENT, month, changes));
    check();
    for party in [0, 1] {
        assert_ok!(Statements::affirm(by(party), AGREEMENT, month));
    }
    check();
}

/// What a party has gained, in cents, with what is on hold.
fn gained(party: usize) -> i128 {
    Assets::total_balance(TOKEN, &group::desk(PARTIES[party])) as i128 - group::FUNDS as i128
}

fn refund() -> sp_runtime::DispatchResult {
    let refused = |refused: sp_runtime::DispatchErrorWithPostInfo<_>| refused.error;
    Escrow::refund(by(0), AGREEMENT).map(|_| ()).map_err(refused)
}

fn happened(event: pallet_escrow::Event<Runtime>) -> bool {
    let event = RuntimeEvent::Escrow(event);
    System::events().iter().any(|record| record.event == event)
}

/// Whether an operator is warned, and as who.
fn warned(party: usize) -> Option<bool> {
    let page = tasks::page(PARTIES[party], None);
    page.tasks.into_iter().find_map(|task| match task.kind {
        TaskKind::EscrowLow { pays, .. } => Some(pays),
        _ => None,
    })
}

#[test]
fn a_prepaid_pair_should_be_refused_new_usage_when_it_runs_dry_and_pay_from_what_is_held() {
    preset("development").execute_with(|| {
        set_clock(JANUARY.start() - 10 * DAY);
        group::begin(&terms());
        let at = JANUARY.start() + 2 * DAY;
        set_clock(at);
        // Nothing has been paid ahead; the other direction is on credit.
        refused(1, 1, at);
        assert_eq!((warned(0), warned(1)), (Some(true), Some(false)));
        assert_ok!(Anchoring::anchor(by(0), file(0, 1, 4, 300, at)));

        deposit(10_000);
        assert_eq!((left(), warned(0), warned(1)), (10_000, None, None));
        send(1, 120, 6_000, at);
        assert_eq!(left(), 4_000);
        refused(2, 4_001, at);
        send(2, 60, 3_000, at);
        assert_eq!(left(), 1_000);
        assert!(happened(pallet_escrow::Event::FloorPassed {
            agreement: AGREEMENT,
            direction: HOME,
            left: 10_000_000,
        }));
        assert_eq!((warned(0), warned(1)), (Some(true), Some(false)));
        send(3, 20, 1_000, at);
        assert!(happened(pallet_escrow::Event::RunDry {
            agreement: AGREEMENT,
            direction: HOME,
        }));
        // Not even usage that charges nothing.
        refused(4, 1, at);
        refused(4, 0, at);

        // What is returned is free again, and what is sent again is not new, though something else has taken its place.
        let third = file(1, 3, 20, 1_000, at);
        return_file(third.key);
        assert_eq!(left(), 1_000);
        send(4, 20, 1_000, at);
        assert_eq!(left(), 0);
        let again = Anchor {
            file_digest: [9; 32],
            resent_for: Some(1),
            ..third
        };
        assert_ok!(Anchoring::anchor(by(1), again));
        refused(5, 1, at);
        deposit(1_000);
        assert_eq!(left(), 0);
        deposit(1_000);
        send(5, 0, 1_000, at);
        assert_eq!(left(), 0);

        // 220 MB at 0.50, and against them 4 MB of the other direction: 108.00, of 120.00 that are held.
        for sequence in 1..=5 {
            assert_ok!(Anchoring::acknowledge(by(0), file(1, sequence, 0, 0, at).key));
        }
        assert_ok!(Anchoring::acknowledge(by(1), file(0, 1, 4, 300, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        close(JANUARY);
        assert_eq!([0, 1].map(gained), [-10_800, 10_800]);
        assert_eq!(left(), 1_200);
        assert_eq!(Netting::obligation(ObligationId(0)), None);
        let statement = Statements::statement(AGREEMENT, JANUARY).expect("it is kept");
        assert_eq!(statement.escrowed, [Value::Clear(10_800), Value::ZERO]);

        // The files of February charge less than was agreed: what the escrow cannot pay is owed as ever.
        let at = JANUARY.next().start() + 12 * DAY;
        set_clock(at);
        send(6, 100, 1_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 6, 0, 0, at).key));
        set_clock(JANUARY.next().end() + 9 * DAY);
        close(JANUARY.next());
        assert_eq!([0, 1].map(gained), [-12_000, 12_000]);
        let debt = Netting::obligation(ObligationId(0)).expect("the rest is owed");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[0], Value::Clear(3_800)));
        assert_eq!(
            debt.interest.owed,
            Value::Clear(3_800),
            "the rest alone bears interest"
        );

        // It neither gets back what it pays ahead nor has new usage taken for it before it has paid that.
        deposit(2_500);
        assert_eq!(left(), 0);
        refused(7, 1, MARCH.start() + DAY);
        let early = pallet_escrow::Error::<Runtime>::StillPrepaid;
        assert_noop!(refund(), early);
        set_clock(MARCH.end() + 9 * DAY);
        close(MARCH);
        assert_noop!(refund(), pallet_escrow::Error::<Runtime>::DisputeDaysRunning);
        set_clock(terms().usage.late_until(MARCH));
        assert_noop!(refund(), pallet_escrow::Error::<Runtime>::ObligationUnpaid);
        Escrow::on_idle(System::block_number(), Weight::MAX);
        let [escrow, _] = Escrow::escrows(AGREEMENT);
        assert_eq!(escrow.map(|escrow| escrow.held), Some(2_500));
        group::settle(terms().usage.late_until(MARCH));
        assert_eq!([0, 1].map(gained), [-15_800, 15_800]);
        Escrow::on_idle(System::block_number(), Weight::MAX);
        Escrow::on_idle(System::block_number(), Weight::MAX);
        assert_eq!(Escrow::escrows(AGREEMENT), [None, None]);
        let desk = group::desk(PARTIES[0]);
        assert_eq!(Assets::balance(TOKEN, &desk), group::FUNDS - 15_800);
        check();
    });
}

#[test]
fn usage_that_comes_last_should_be_secured_when_its_debtor_is_silent_or_returns_it() {
    preset("development").execute_with(|| {
        begin(JANUARY.start(), 10_000);
        set_clock(MARCH.end() + 9 * DAY);
        [JANUARY, JANUARY.next(), MARCH].into_iter().for_each(close);

        // On the last day for late usage a file of March comes, after the closing days of April, in which it does not count.
        let (april, last) = (MARCH.next(), terms().usage.late_until(MARCH));
        set_clock(last - DAY);
        let at = MARCH.start() + 12 * DAY;
        let late = file(1, 1, 100, 5_000, at);
        send(1, 100, 5_000, at);
        refused(2, 5_001, at);
        let kept = |left_now: u128, why: pallet_escrow::Error<Runtime>| {
            assert_eq!(left(), left_now);
            assert_noop!(refund(), why);
            (0..3).for_each(|_| {
                Escrow::on_idle(System::block_number(), Weight::MAX);
            });
            assert!(Escrow::escrows(AGREEMENT)[0].is_some());
        };
        set_clock(last);
        kept(5_000, pallet_escrow::Error::MonthOpen);
        // It is returned, and the visited party may send it again.
        return_file(late.key);
        kept(10_000, pallet_escrow::Error::ReturnedFileMissing);
        set_clock(last + 20 * DAY);
        kept(10_000, pallet_escrow::Error::ReturnedFileMissing);
        let again = Anchor {
            file_digest: [9; 32],
            resent_for: Some(1),
            ..late
        };
        assert_ok!(Anchoring::anchor(by(1), again));
        check();
        kept(5_000, pallet_escrow::Error::MonthOpen);
        // The month after it bills it once April is closed, whatever the debtor says.
        close(april);
        kept(5_000, pallet_escrow::Error::MonthOpen);
        set_clock(last + 30 * DAY);
        close(april.next());
        assert_eq!([0, 1].map(gained), [-5_000, 5_000]);
        assert_eq!(left(), 5_000);
        set_clock(taken_until(MARCH) + 30 * DAY);
        assert_ok!(refund());
        assert_eq!(Escrow::escrows(AGREEMENT), [None, None]);
        check();
    });
}

#[test]
fn the_money_should_come_back_once_when_an_escrow_has_paid_what_was_not_owed() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        send(1, 120, 6_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        close(JANUARY);
        assert_eq!(([0, 1].map(gained), left()), ([-6_000, 6_000], 4_000));
        let change = Change {
            due_from: 0,
            withheld: 0,
            corrected: -1_000,
            gives_back: true,
        };
        let note = <Statements as DisputedStatements>::adjust(AGREEMENT, JANUARY, HOME, change, DisputeId(0));
        assert_eq!(note, Ok(Some(ObligationId(0))));
        check();
        let debt = Netting::obligation(ObligationId(0)).expect("it is owed back");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[1], Value::Clear(1_000)));
        assert_eq!(([0, 1].map(gained), left()), ([-6_000, 6_000], 4_000));
        let later = debt.due + 2 * DAY;
        set_clock(later);
        group::settle(later);
        assert_eq!(([0, 1].map(gained), left()), ([-5_000, 5_000], 4_000));
        check();
    });
}

/// A voucher of the first party, signed by its desk.
fn voucher(month: Period, number: u64, cents: u128) -> pallet_escrow::Call<Runtime> {
    let voucher = Voucher {
        agreement: AGREEMENT,
        direction: HOME,
        period: month,
        amount: cents,
        number,
    };
    let genesis = System::block_hash(0);
    let signature = Bob.sign(voucher.text(genesis.as_ref()).as_bytes());
    pallet_escrow::Call::redeem {
        voucher,
        signer: Bob.to_account_id(),
        signature: signature.into(),
    }
}

#[test]
fn usage_that_has_never_been_should_be_paid_nothing_when_it_is_returned_or_disputed() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        send(1, 20, 1_000, at);
        // All that is left, for nothing.
        send(2, 180, 9_000, at);
        assert_eq!(left(), 0);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        return_file(file(1, 2, 0, 0, at).key);
        assert_eq!(left(), 9_000);
        assert_ok!(Anchoring::waive_file(by(1), file(1, 2, 0, 0, at).key));
        // The debtor was silent about the next one, and disputes its line in time.
        send(3, 180, 9_000, at);
        set_clock(JANUARY.end() + 20 * DAY);
        let changes = Anchoring::period_usage(AGREEMENT, JANUARY).changes;
        assert_ok!(Statements::close_period(by(0), AGREEMENT, JANUARY, changes));
        assert_eq!((left(), gained(1)), (0, 0));
        let withholds = <Statements as DisputedStatements>::begin_dispute(AGREEMENT, JANUARY, PARTIES[0]);
        assert_eq!(withholds, Ok(true));
        let change = Change {
            due_from: 0,
            withheld: -9_000,
            corrected: 0,
            gives_back: false,
        };
        assert_ok!(<Statements as DisputedStatements>::adjust(
            AGREEMENT,
            JANUARY,
            HOME,
            change,
            DisputeId(0)
        ));
        for party in [0, 1] {
            assert_ok!(Statements::affirm(by(party), AGREEMENT, JANUARY));
        }
        check();
        assert_eq!(([0, 1].map(gained), left()), ([-1_000, 1_000], 0));
        assert_ok!(<Statements as DisputedStatements>::end_dispute(
            AGREEMENT,
            JANUARY,
            PARTIES[0],
            DisputeId(0),
            None
        ));
        assert_eq!(([0, 1].map(gained), left()), ([-1_000, 1_000], 9_000));
        check();
    });
}

#[test]
fn an_escrow_should_stay_whole_when_its_debtor_tries_to_empty_it_before_usage_is_anchored() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        let treasury = group::desk(PARTIES[0]);
        let all = Assets::total_balance(TOKEN, &treasury);
        // It sends away all that is free, takes back what is held, releases it, signs a voucher and redeems that itself.
        let to = MultiAddress::Id(Dave.to_account_id());
        assert!(Assets::transfer(by(0), TOKEN.into(), to.clone(), all).is_err());
        assert!(Assets::transfer(by(0), TOKEN.into(), to, all - 9_999).is_err());
        assert!(Escrow::refund(by(0), AGREEMENT).is_err());
        assert!(Escrow::release(by(0), AGREEMENT, 1).is_err());
        let call = voucher(JANUARY, 1, 10_000);
        use frame_support::traits::UnfilteredDispatchable;
        assert!(call.dispatch_bypass_filter(by(0)).is_err());
        // Another desk of its own takes the escrow over, on hold as before.
        let other = group::another_desk(PARTIES[0], at + DAY);
        assert_ok!(Assets::transfer(
            by(0),
            TOKEN.into(),
            MultiAddress::Id(other.clone()),
            100
        ));
        assert_ok!(Escrow::deposit(
            RuntimeOrigin::signed(other),
            AGREEMENT,
            TOKEN,
            50
        ));
        check();
        assert_eq!(left(), 10_050);
        send(1, 200, 10_000, at);
        assert_eq!(left(), 50);
    });
}

#[test]
fn two_community_networks_should_roam_at_once_when_one_accepts_what_the_other_offers() {
    preset("development").execute_with(|| {
        set_clock(JANUARY.start() - 40 * DAY);
        group::admit_all(&terms());
        // In the middle of a month, between two who have never met.
        let at = JANUARY.start() + 12 * DAY;
        set_clock(at);
        let mut offered = terms();
        offered.accepts = [(); 2].map(|()| vec![group::ISSUER].try_into().expect("one fits"));
        offered.usage.prepaid = [Some(Prepaid { floor: 0 }); 2];
        let offer = StandingOffer {
            terms: StandingOffer::open(offered),
            token: TOKEN,
            deposit: 5_000,
            until: at + DAY,
            uses: 1,
        };
        let digest = offer.digest();
        assert_ok!(Escrow::publish_offer(by(1), 0, Box::new(offer)));
        let accept = |network| {
            let networks = vec![network].try_into().expect("one fits");
            Escrow::accept_offer(by(0), PARTIES[1], 0, digest, networks, 5_000)
        };
        // For another one's network.
        assert_noop!(
            accept(NETWORKS[1]),
            pallet_agreements::Error::<Runtime>::TadigNotOfParty
        );
        assert_ok!(accept(NETWORKS[0]));
        assert_eq!(AGREEMENT, AgreementId(0));
        assert_eq!(left(), 5_000);
        send(1, 10, 500, at);
        assert_eq!(left(), 4_500);
        // The other direction runs once the one who has offered pays ahead, too.
        let reverse = || Anchoring::anchor(by(0), file(0, 1, 4, 200, at));
        assert_noop!(reverse(), pallet_anchoring::Error::<Runtime>::EscrowExhausted);
        assert_ok!(Escrow::deposit(by(1), AGREEMENT, TOKEN, 200));
        assert_ok!(reverse());
        check();
    });
}

/// 100.00 are committed for each month, and nothing is held. January can be closed now.
fn commit() -> Moment {
    set_clock(JANUARY.start() - 10 * DAY);
    let mut committed = terms();
    let agreed = &mut committed.directions[0];
    agreed.commitment_span = Span::Month;
    agreed.condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    agreed.groups[0].lines[0].terms.in_commitment = true;
    group::begin(&committed);
    let now = JANUARY.end() + 9 * DAY;
    set_clock(now);
    now
}

#[test]
fn a_commitment_should_come_before_new_usage_when_its_debtor_pays_ahead_before_it_is_affirmed() {
    preset("development").execute_with(|| {
        let now = commit();
        let changes = Anchoring::period_usage(AGREEMENT, JANUARY).changes;
        assert_ok!(Statements::close_period(by(0), AGREEMENT, JANUARY, changes));
        assert_eq!(Escrow::owed_before(AGREEMENT), [100_000_000, 0]);
        // 50.00 would have been paid for January, and have had usage of February taken as well.
        deposit(5_000);
        assert_eq!((left(), left_for(JANUARY.next())), (0, 0));
        refused(1, 1, now - DAY);
        for party in [0, 1] {
            assert_ok!(Statements::affirm(by(party), AGREEMENT, JANUARY));
        }
        check();
        assert_eq!(([0, 1].map(gained), left()), ([-5_000, 5_000], 0));
        refused(1, 1, now - DAY);
        deposit(5_100);
        assert_eq!(([0, 1].map(gained), left()), ([-10_000, 10_000], 100));
        send(1, 2, 100, now - DAY);
        assert_eq!(left(), 0);
    });
}

#[test]
fn a_commitment_should_come_before_new_usage_when_its_debtor_pays_ahead_after_it_is_owed() {
    preset("development").execute_with(|| {
        let now = commit();
        close(JANUARY);
        let debt = Netting::obligation(ObligationId(0)).expect("the commitment is owed");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[0], Value::Clear(10_000)));
        // 50.00 are for that, and for no new usage.
        deposit(5_000);
        assert_eq!((left(), left_for(JANUARY.next())), (0, 0));
        refused(1, 1, now - DAY);
        deposit(5_100);
        assert_eq!(([0, 1].map(gained), left()), ([-10_000, 10_000], 100));
        send(1, 2, 100, now - DAY);
        assert_eq!(left(), 0);
    });
}

#[test]
fn what_was_carried_forward_should_keep_nothing_of_an_escrow_when_a_statement_is_more_than_is_held() {
    preset("development").execute_with(|| {
        set_clock(JANUARY.start() - 10 * DAY);
        // Less than 61.25 waits, until ALPHA pays ahead from February on.
        let rate = MonthRate {
            rate: SdrRate(1_225_000_000),
            quoted: QuoteDate::of(JANUARY),
            source: RateSource::Governance,
        };
        pallet_tariffs::Rates::<Runtime>::insert(JANUARY, Currency::EUR, rate);
        let mut waiting = terms();
        waiting.usage.prepaid = [None; 2];
        waiting.payment.minimum_sdr = 50;
        group::begin(&waiting);
        let at = JANUARY.start() + 2 * DAY;
        set_clock(at);
        send(1, 120, 6_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        close(JANUARY);
        assert_eq!(Netting::obligation(ObligationId(0)), None);
        let (february, mut prepaid) = (JANUARY.next(), terms());
        prepaid.accepts = [(); 2].map(|()| vec![group::ISSUER].try_into().expect("one fits"));
        let digest = prepaid.digest();
        assert_ok!(Agreements::amend(by(0), AGREEMENT, february, Box::new(prepaid)));
        for party in [0, 1] {
            assert_ok!(Agreements::sign(by(party), AGREEMENT, 2, digest));
        }

        // The statement says a euro more than the files, for which enough is held.
        deposit(5_000);
        let at = february.start() + 2 * DAY;
        send(2, 102, 5_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 2, 0, 0, at).key));
        set_clock(february.end() + 9 * DAY);
        close(february);
        assert_eq!([0, 1].map(gained), [-5_000, 5_000]);
        let owed = [0, 1].map(|id| Netting::obligation(ObligationId(id)).map(|debt| debt.amount));
        assert_eq!(owed, [6_000, 100].map(|cents| Some(Value::Clear(cents))));
        // What is deposited next pays that euro, and is there for new usage: the 60.00 are owed as they were before.
        deposit(700);
        assert_eq!(([0, 1].map(gained), left_for(MARCH)), ([-5_100, 5_100], 600));
        send(3, 12, 600, MARCH.start() + 2 * DAY);
        assert_eq!(left(), 0);
    });
}
