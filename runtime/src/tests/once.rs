//! The same usage, in a late file and in a dispute on the month's line: paid once, whichever comes first, whether the ruling moves the window
//! or not.

use super::{
    disputes::{close, closed, minutes, raise, second_file, send, voice, FIRST, MONTH},
    group::{by, set_clock, AGREEMENT, PARTIES},
};
use crate::{Disputes, RuntimeOrigin, Statements};
use frame_support::assert_ok;

/// The creditor sends so many minutes of the first month, and the debtor acknowledges them.
fn file_comes(count: u128) {
    let file = second_file(count * 1_000_000, [MONTH.start(), MONTH.end() - 1]);
    send(1, file);
}

/// The council rules, and sees the month's line alone.
fn ruling_comes(count: u128) {
    let council = RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3));
    assert_ok!(Disputes::rule(council, FIRST, minutes(count)));
}

/// What the first party pays of three months, in minutes of the first one beyond the 10,000 that were stated.
fn paid_beyond(claimed: u128, file: u128, moves_window: bool, file_first: bool) -> i128 {
    let (mut cents, months) = (0, [MONTH, MONTH.next(), MONTH.next().next()]);
    closed(
        |terms| terms.disputes.moves_window = moves_window,
        || {
            let [first, second] = PARTIES;
            let (claims, answers) = if claimed > 10_000 {
                (second, first)
            } else {
                (first, second)
            };
            assert_ok!(raise(claims, voice(), minutes(claimed)));
            assert_ok!(Disputes::answer(by(answers), FIRST, minutes(10_000)));
            assert_ok!(Disputes::escalate(by(claims), FIRST));
            let [_, next, last] = months;
            for (period, comes_file) in [(next, file_first), (last, !file_first)] {
                match comes_file {
                    true => file_comes(file),
                    false => ruling_comes(claimed),
                }
                set_clock(period.end() + 3_600);
                close(period);
            }
            for month in months {
                let statement = Statements::statement(AGREEMENT, month).expect("is closed");
                cents += statement.payable().and_then(|net| net.clear()).expect("open");
            }
        },
    );
    (cents - 140_000) / 10
}

#[test]
fn usage_should_be_paid_once_when_a_file_comes_first_and_the_ruling_later_or_the_other_way_round() {
    for moves_window in [true, false] {
        for file_first in [true, false] {
            let beyond = |claimed, file| paid_beyond(claimed, file, moves_window, file_first);
            // 500 minutes are missing, and come in a file, with 100 more.
            assert_eq!(beyond(10_500, 500), 500);
            assert_eq!(beyond(10_500, 600), 600);
            // 500 minutes are not owed, and come once more in a file, with 100 others.
            assert_eq!(beyond(9_500, 500), -500);
            assert_eq!(beyond(9_500, 600), -400);
        }
    }
}
