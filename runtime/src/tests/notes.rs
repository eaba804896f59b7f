//! Notes that are larger than what is owed after them.

use super::{
    disputes::{
        balances, close, closed, cycle, minutes, raise, second_file, send, voice, wait, FIRST, MONTH,
    },
    group::{by, set_clock, AGREEMENT, PARTIES},
};
use crate::{Disputes, Netting, Statements};
use frame_support::assert_ok;
use interclear_primitives::{
    ids::ObligationId,
    netting::{ObligationSource, ObligationStatus},
    DAY,
};

/// Of an obligation: whether the first party owes it, the cents, and where it stands.
fn owed(id: u64) -> (bool, i128, ObligationStatus) {
    let found = Netting::obligation(ObligationId(id)).expect("it is kept");
    let cents = found.amount.clear().expect("is clear");
    (found.debtor == PARTIES[0], cents, found.status)
}

#[test]
fn a_credit_note_should_be_paid_back_beyond_the_next_statement_when_it_is_larger() {
    closed(
        |terms| terms.payment.dispute_days = 90,
        || {
            let [first, second] = PARTIES;
            let next = MONTH.next();
            // In February 1,000 minutes come to 100.00.
            wait(20 * DAY);
            send(1, second_file(1_000_000_000, [next.start(), next.start() + DAY]));
            set_clock(next.end() + 3_600);
            close(next);
            // January is paid as it was stated: 1,400.00.
            wait(13 * DAY);
            cycle();
            assert_eq!(balances(), [-140_000, 140_000]);
            for party in PARTIES {
                assert_ok!(Statements::affirm(by(party), AGREEMENT, next));
            }
            assert_eq!(owed(1), (true, 10_000, ObligationStatus::Open));

            // Then both see that 3,000 of the 10,000 minutes of January have never been: 300.00.
            assert_ok!(raise(first, voice(), minutes(7_000)));
            assert_ok!(Disputes::accept(by(second), FIRST, minutes(7_000)));
            assert_eq!(owed(2), (false, 30_000, ObligationStatus::Open));
            let source = Netting::obligation(ObligationId(2)).map(|note| note.source);
            let note = ObligationSource::Note {
                agreement: AGREEMENT,
                period: MONTH,
                dispute: FIRST,
            };
            assert_eq!(source, Some(note));

            // One cycle takes both: the creditor of January is the debtor now, and pays the difference.
            wait(41 * DAY);
            cycle();
            let settled = Netting::latest_cycle().expect("it was opened");
            let both = [owed(1).2, owed(2).2];
            assert_eq!(both, [ObligationStatus::Settled(settled); 2]);
            assert_eq!(balances(), [-120_000, 120_000]);
            // Neither is late, and nothing is left to be paid.
            for (party, id) in [(second, 1), (first, 2)] {
                assert!(Netting::charge_interest(by(party), ObligationId(id)).is_err());
            }
            assert_eq!(Netting::obligation(ObligationId(3)), None);
        },
    );
}
