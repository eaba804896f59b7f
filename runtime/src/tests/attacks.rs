//! What a party tries in one batch, so that the other one sees nothing before it is done: see `docs/fairness.md`.

use super::{
    group::{anchor, begin, by, compute, council, desk, owe, set_clock, AGREEMENT, ISSUER, PARTIES, TOKEN},
    preset,
};
use crate::{configs::ChainClock, Anchoring, Issuance, Netting, Runtime, RuntimeCall, Statements};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_ports::Clock;
use interclear_primitives::{
    agreement::{Flow, Terms},
    batch::{FatalReason, ReturnedRecords, ServiceTotal},
    ids::{CycleId, OperatorId},
    issuance::FreezeReason,
    money::Value,
    period::Period,
    report::{PairMonth, ReportLines, ReportedLine},
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service::{Gprs, Mtc},
    tadig::Tadig,
    Moment, DAY,
};
use sp_runtime::{traits::Dispatchable, DispatchResult};

const MONTH: Period = Period(202_601);
/// Each party with its network, and what it is at the other one's: first debtor, then creditor.
const SIDES: [(OperatorId, Tadig); 2] = [(PARTIES[0], samples::FIRST), (PARTIES[1], samples::SECOND)];

/// A debtor and its creditor.
#[derive(Clone, Copy)]
struct Pair {
    debtor: OperatorId,
    creditor: OperatorId,
    networks: PairMonth,
}

/// A chain on which the month is over, once for each direction. The closing days are 5, the days to answer 7 and to report
/// 15; silence accepts files.
fn in_both_directions(change: fn(&mut Terms), test: fn(Pair)) {
    let [first, second] = SIDES;
    for (debtor, creditor) in [(first, second), (second, first)] {
        preset("development").execute_with(|| {
            set_clock(MONTH.start() - 10 * DAY);
            let mut terms = samples::terms(MONTH, Period(202_612));
            change(&mut terms);
            begin(&terms);
            set_clock(MONTH.end());
            test(Pair {
                debtor: debtor.0,
                creditor: creditor.0,
                networks: PairMonth {
                    visited: creditor.1,
                    home: debtor.1,
                    period: MONTH,
                },
            });
            assert_ok!(Statements::do_try_state());
        });
    }
}

fn after_the_month(time: Moment) {
    set_clock(MONTH.end() + time);
}

impl Pair {
    fn key(&self, sequence: u32) -> BatchKey {
        let series = SeriesKey {
            sender: self.networks.visited,
            recipient: self.networks.home,
            stream: Stream::Tap,
            test: false,
        };
        BatchKey { series, sequence }
    }

    fn anchor(&self, sequence: u32) -> DispatchResult {
        let cut_off = MONTH.start() + 20 * DAY;
        Anchoring::anchor(by(self.creditor), anchor(self.key(sequence), part(10), cut_off))
    }

    fn acknowledge(&self, sequence: u32) -> RuntimeCall {
        let key = self.key(sequence);
        pallet_anchoring::Call::acknowledge { key }.into()
    }

    fn return_records(&self, sequence: u32) -> RuntimeCall {
        let records = ReturnedRecords {
            rap_sequence: 1,
            rap_digest: [9; 32],
            totals: BoundedVec::truncate_from(vec![part(9)]),
        };
        let key = self.key(sequence);
        pallet_anchoring::Call::return_records { key, records }.into()
    }

    fn return_file(&self, sequence: u32) -> RuntimeCall {
        pallet_anchoring::Call::return_file {
            key: self.key(sequence),
            reason: FatalReason::Totals,
            rap_sequence: 1,
            rap_digest: [9; 32],
        }
        .into()
    }

    fn waive_gap(&self, first: u32) -> RuntimeCall {
        let series = self.key(1).series;
        pallet_anchoring::Call::waive_gap { series, first }.into()
    }

    fn report(&self, quantity: u128) -> RuntimeCall {
        let line = ReportedLine {
            service: Gprs,
            quantity,
            charge: Value::Clear(0),
            tax: Value::ZERO,
        };
        let lines: ReportLines = BoundedVec::truncate_from(match quantity {
            0 => vec![],
            _ => vec![line],
        });
        pallet_reports::Call::report_usage {
            pair: self.networks,
            document: [quantity as u8; 32],
            lines,
        }
        .into()
    }

    fn conclude(&self) -> RuntimeCall {
        let pair = self.networks;
        pallet_reports::Call::conclude_usage { pair }.into()
    }
}

/// So many records of data.
fn part(records: u32) -> ServiceTotal {
    ServiceTotal {
        service: Gprs,
        records,
        quantity: u128::from(records) * 10,
        charge: Value::Clear(i128::from(records) * 100),
        tax: Value::ZERO,
    }
}

/// Closes the month as it is.
fn close() -> RuntimeCall {
    close_after(0)
}

/// Closes the month as it is after `more` changes in the same batch.
fn close_after(more: u32) -> RuntimeCall {
    let usage = Anchoring::period_usage(AGREEMENT, MONTH);
    close_as_seen(MONTH, usage.changes + more)
}

fn close_as_seen(period: Period, changes: u32) -> RuntimeCall {
    pallet_statements::Call::close_period {
        agreement: AGREEMENT,
        period,
        changes,
    }
    .into()
}

/// All calls in one batch, or none.
fn batch<const N: usize>(who: OperatorId, calls: [RuntimeCall; N]) -> DispatchResult {
    let calls = calls.to_vec();
    let batch = RuntimeCall::Utility(pallet_utility::Call::batch_all { calls });
    batch.dispatch(by(who)).map(|_| ()).map_err(|failed| failed.error)
}

fn is_closed() -> bool {
    pallet_statements::Statements::<Runtime>::contains_key(AGREEMENT, MONTH)
}

fn data() -> u128 {
    let usage = Anchoring::usage(AGREEMENT, MONTH);
    usage.iter().map(|(_, total)| total.quantity).sum()
}

/// Data of the month that the next one bills.
fn late_data() -> u128 {
    let usage = Anchoring::late_usage(AGREEMENT, MONTH.next());
    assert!(usage.iter().all(|(of, ..)| *of == MONTH));
    usage.iter().map(|(_, _, total)| total.quantity).sum()
}

#[test]
fn debtor_should_not_close_in_the_batch_when_it_returns_records_and_acknowledges_the_rest() {
    in_both_directions(
        |_| {},
        |pair| {
            assert_ok!(pair.anchor(1));
            after_the_month(6 * DAY);
            let attack = [pair.return_records(1), pair.acknowledge(1), close_after(1)];
            assert_ok!(batch(pair.debtor, attack));
            assert!(!is_closed());
            assert_eq!(data(), 10);
            // The creditor has its days to answer: it sends the records anew, which the debtor accepts; only then it closes.
            assert_ok!(pair.anchor(2));
            assert_ok!(batch(pair.debtor, [pair.acknowledge(2)]));
            after_the_month(13 * DAY - 1);
            assert_ok!(batch(pair.debtor, [close()]));
            assert!(!is_closed());
            after_the_month(13 * DAY);
            assert_ok!(batch(pair.debtor, [close()]));
            assert!(is_closed());
            assert_eq!(data(), 110);
        },
    );
}

#[test]
fn debtor_should_not_close_in_the_batch_when_it_returns_a_whole_file_late() {
    in_both_directions(
        |_| {},
        |pair| {
            assert_ok!(pair.anchor(1));
            after_the_month(6 * DAY);
            assert_ok!(batch(pair.debtor, [pair.return_file(1), close_after(1)]));
            assert!(!is_closed());
            // The file holds nothing open; the creditor, which has lost it, may still close at what is there.
            assert_ok!(batch(pair.creditor, [close()]));
            assert!(is_closed());
        },
    );
}

#[test]
fn debtor_should_close_at_once_when_it_gives_up_what_the_creditor_did_not_send_in_its_days() {
    in_both_directions(
        |_| {},
        |pair| {
            assert_ok!(pair.anchor(1));
            assert_ok!(pair.anchor(3));
            for sequence in [1, 3] {
                assert_ok!(batch(pair.debtor, [pair.acknowledge(sequence)]));
            }
            assert!(batch(pair.debtor, [pair.waive_gap(2), close()]).is_err());
            after_the_month(7 * DAY);
            // The gap has held up the month for the creditor's days to send; giving it up does not cost the debtor as many.
            assert_ok!(batch(pair.debtor, [pair.waive_gap(2), close()]));
            assert!(is_closed());
        },
    );
}

#[test]
fn file_should_bill_with_the_next_month_when_its_sender_closes_over_it() {
    in_both_directions(
        |_| {},
        |pair| {
            after_the_month(6 * DAY);
            // Whoever owes more may try it with the files of the other direction, which lower the net.
            let file = anchor(pair.key(1), part(10), MONTH.start() + 20 * DAY);
            let attack = [pallet_anchoring::Call::anchor { anchor: file }.into(), close()];
            assert_ok!(batch(pair.creditor, attack));
            assert!(is_closed());
            assert_eq!((data(), late_data()), (0, 100));
            // The next month waits for the answer; its recipient returns it without having paid it.
            let next = Anchoring::period_usage(AGREEMENT, MONTH.next());
            assert_eq!((next.batches, next.unanswered()), (1, 1));
            assert_ok!(batch(pair.debtor, [pair.return_file(1)]));
            assert_eq!(late_data(), 0);
        },
    );
}

#[test]
fn file_should_not_count_unseen_when_it_comes_just_before_the_other_side_closes() {
    in_both_directions(
        |_| {},
        |pair| {
            after_the_month(6 * DAY);
            let signed = close();
            assert_ok!(pair.anchor(1));
            // What the closing party has signed before is what is closed.
            assert_ok!(batch(pair.debtor, [signed]));
            assert!(is_closed());
            assert_eq!((data(), late_data()), (0, 100));
        },
    );
}

#[test]
fn file_should_count_in_its_month_when_it_is_acknowledged_and_not_by_silence() {
    in_both_directions(
        |_| {},
        |pair| {
            after_the_month(6 * DAY);
            assert_ok!(pair.anchor(1));
            assert_eq!(data(), 0);
            let signed = close();
            assert_ok!(batch(pair.debtor, [pair.acknowledge(1)]));
            assert_eq!(data(), 100);
            let changed = pallet_statements::Error::<Runtime>::MonthChanged;
            assert_noop!(batch(pair.creditor, [signed]), changed);
            assert_ok!(batch(pair.creditor, [close()]));
            assert_eq!((is_closed(), data(), late_data()), (true, 100, 0));
        },
    );
    in_both_directions(
        |_| {},
        |pair| {
            after_the_month(6 * DAY);
            assert_ok!(pair.anchor(1));
            after_the_month(13 * DAY - 1);
            assert_eq!(data(), 0);
            after_the_month(13 * DAY);
            // Signed on the day before or after, the month comes to the same.
            assert_eq!(data(), 0);
            let overdue = pallet_anchoring::Error::<Runtime>::AnswerOverdue;
            assert_noop!(batch(pair.debtor, [pair.return_file(1)]), overdue);
            assert_ok!(batch(pair.debtor, [close()]));
            assert_eq!((is_closed(), data(), late_data()), (true, 0, 100));
        },
    );
}

#[test]
fn returning_should_not_hold_up_the_recipient_when_files_come_late_week_after_week() {
    in_both_directions(
        |_| {},
        |pair| {
            for week in 0..4 {
                after_the_month((6 + 7 * week) * DAY);
                assert_ok!(pair.anchor(week as u32 + 1));
                assert_ok!(batch(pair.debtor, [pair.return_file(week as u32 + 1)]));
            }
            assert_ok!(batch(pair.debtor, [close()]));
            assert_eq!((is_closed(), data()), (true, 0));
        },
    );
}

#[test]
fn file_should_be_answered_first_when_the_month_has_waited_for_it() {
    in_both_directions(
        |_| {},
        |pair| {
            assert_ok!(pair.anchor(1));
            assert_ok!(pair.anchor(3));
            for sequence in [1, 3] {
                assert_ok!(batch(pair.debtor, [pair.acknowledge(sequence)]));
            }
            after_the_month(6 * DAY);
            // The missing file: it is in time, since the month is held open for it, and counts once it is answered.
            assert_ok!(pair.anchor(2));
            assert_eq!(data(), 300);
            assert!(batch(pair.creditor, [close()]).is_err());
            assert!(batch(pair.debtor, [close()]).is_err());
            // Its recipient does not pay for its return with days.
            assert_ok!(batch(pair.debtor, [pair.return_file(2), close_after(1)]));
            assert_eq!((is_closed(), data()), (true, 200));
        },
    );
}

#[test]
fn reporter_should_not_close_in_the_batch_when_it_reports_or_corrects() {
    in_both_directions(
        |_| {},
        |pair| {
            // After the days to report a report holds nothing open, so that only the move does.
            after_the_month(16 * DAY);
            for (who, quantity) in [(pair.creditor, 9), (pair.debtor, 0), (pair.creditor, 8)] {
                assert_ok!(batch(who, [pair.report(quantity)]));
                let _ = batch(who, [close()]);
                assert!(!is_closed());
            }
            after_the_month(23 * DAY);
            assert_ok!(batch(pair.debtor, [close()]));
            assert!(is_closed());
        },
    );
}

#[test]
fn debtor_should_not_slip_in_a_report_when_the_creditor_concludes() {
    in_both_directions(
        |_| {},
        |pair| {
            assert_ok!(batch(pair.creditor, [pair.report(90)]));
            assert_ok!(batch(pair.debtor, [pair.report(80)]));
            after_the_month(7 * DAY);
            let attack = [pair.report(0), pair.conclude(), close()];
            assert_noop!(
                batch(pair.debtor, attack),
                pallet_reports::Error::<Runtime>::AnswerOverdue
            );
            assert_ok!(batch(pair.creditor, [pair.conclude()]));
            assert_eq!(data(), 80);
        },
    );
}

#[test]
fn debtor_should_not_close_at_zero_when_the_creditor_has_days_to_report() {
    let expected = |terms: &mut Terms| {
        for direction in &mut terms.directions {
            direction.groups[0].lines[0].flow = Flow::Reports;
        }
    };
    in_both_directions(expected, |pair| {
        after_the_month(6 * DAY);
        // Nothing, or next to nothing, concluded over the silent creditor.
        assert_ok!(batch(pair.debtor, [close()]));
        assert!(!is_closed());
        let attack = [pair.report(1), pair.conclude(), close()];
        assert_noop!(
            batch(pair.debtor, attack),
            pallet_reports::Error::<Runtime>::StillExpected
        );
        after_the_month(14 * DAY);
        assert_ok!(batch(pair.creditor, [pair.report(90)]));
        assert!(batch(pair.debtor, [close()]).is_err() && !is_closed());
        after_the_month(21 * DAY);
        assert_ok!(batch(pair.creditor, [pair.conclude()]));
        assert_eq!(data(), 90);
    });
}

#[test]
fn debtor_should_not_close_at_zero_over_a_report_when_either_flow_is_agreed() {
    in_both_directions(
        |_| {},
        |pair| {
            // The creditor may send files or report; it reports within the days to report.
            after_the_month(5 * DAY + 3_600);
            assert_ok!(batch(pair.creditor, [pair.report(90)]));
            after_the_month(6 * DAY);
            let open = pallet_anchoring::Error::<Runtime>::ReportsOpen;
            assert_noop!(batch(pair.debtor, [close()]), open);
            // A silent debtor does not keep it open for ever.
            after_the_month(15 * DAY);
            assert_ok!(batch(pair.creditor, [pair.conclude()]));
            after_the_month(22 * DAY);
            assert_ok!(batch(pair.creditor, [close()]));
            assert_eq!((is_closed(), data()), (true, 90));
        },
    );
}

#[test]
fn request_to_close_should_lapse_when_either_side_changes_the_month_after_it() {
    in_both_directions(
        |_| {},
        |pair| {
            for sequence in [1, 2, 3] {
                assert_ok!(pair.anchor(sequence));
            }
            assert_ok!(batch(pair.debtor, [pair.acknowledge(3)]));
            // The creditor cannot ask before all is answered, and a request is for the month as it is.
            assert!(batch(pair.creditor, [close()]).is_err());
            assert_ok!(batch(pair.debtor, [pair.acknowledge(1), pair.acknowledge(2)]));
            assert_ok!(batch(pair.debtor, [close()]));
            assert_ok!(batch(pair.debtor, [pair.report_mtc()]));
            assert!(batch(pair.creditor, [close()]).is_err());
            assert_ok!(batch(pair.creditor, [pair.affirm()]));
            assert_ok!(batch(pair.creditor, [close()]));
            assert!(!is_closed());
            assert_ok!(batch(pair.debtor, [close()]));
            assert!(is_closed());
        },
    );
}

impl Pair {
    /// A debtor's report of calls, beside files of data.
    fn report_mtc(&self) -> RuntimeCall {
        let line = ReportedLine {
            service: Mtc,
            quantity: 7,
            charge: Value::Clear(70),
            tax: Value::ZERO,
        };
        pallet_reports::Call::report_usage {
            pair: self.networks,
            document: [1; 32],
            lines: BoundedVec::truncate_from(vec![line]),
        }
        .into()
    }

    fn affirm(&self) -> RuntimeCall {
        let pair = self.networks;
        pallet_reports::Call::affirm_usage { pair, version: 1 }.into()
    }
}

#[test]
fn issuer_should_be_late_in_its_own_token_when_it_freezes_it_over_an_exclusion_in_the_batch() {
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - DAY);
        begin(&samples::terms(MONTH, MONTH));
        let [own, of_its_friend] = [ISSUER, PARTIES[1]].map(|debtor| owe(debtor, PARTIES[0], MONTH.start()));
        set_clock(MONTH.end());
        let id = CycleId(0);
        let computed = |id| {
            let now = ChainClock::now();
            assert_ok!(Netting::open_cycle(council(), TOKEN, now, 2 * DAY));
            assert_ok!(Netting::collect(by(PARTIES[0]), id));
            compute(PARTIES[0], id);
            Netting::cycle(id).expect("just opened").fund_by
        };
        set_clock(computed(id) + 1);
        let freeze = pallet_issuance::Call::freeze {
            token: TOKEN,
            account: None,
            reason: FreezeReason::Order,
            digest: None,
        };
        let exclude = pallet_netting::Call::exclude_defaulters {
            cycle: id,
            max: 1_000,
        };
        let thaw = pallet_issuance::Call::thaw {
            token: TOKEN,
            account: None,
        };
        assert_ok!(batch(ISSUER, [freeze.into(), exclude.into(), thaw.into()]));
        compute(PARTIES[0], id);
        assert!(Netting::cycle(id).is_some_and(|cycle| cycle.is_finished()));

        set_clock(MONTH.next().end());
        let id = CycleId(1);
        computed(id);
        assert_ok!(Issuance::mint(by(ISSUER), TOKEN, desk(ISSUER), 1_000_001));
        for debtor in [ISSUER, PARTIES[1]] {
            assert_ok!(Netting::fund(by(debtor), id));
        }
        assert_ok!(Netting::settle(by(ISSUER), id));
        for id in [own, of_its_friend] {
            let interest = Netting::obligation(id).expect("it is kept").interest;
            assert_eq!(interest.days, 31 + 28, "January and February");
            assert_ok!(Netting::charge_interest(by(PARTIES[0]), id));
        }
        assert_ok!(Netting::do_try_state());
        assert_ok!(Issuance::do_try_state());
    });
}
