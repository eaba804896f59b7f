//! The running digest of a month's files, worked out once more from events and from octets written here.

use crate::{mock::*, Event};
use codec::Encode;
use frame_support::assert_ok;
use interclear_ports::Usage;
use interclear_primitives::{
    batch::{FatalReason, ServiceTotal},
    period::Period,
    series::BatchKey,
    service::Service,
    Digest, DAY,
};
use std::collections::{BTreeMap, BTreeSet};

/// Goes through events as an archive does: knows nothing of the state.
#[derive(Default)]
struct Archive {
    /// The month that waits for the answer of each file.
    months: BTreeMap<BatchKey, Period>,
    closed: BTreeSet<Period>,
    digests: BTreeMap<Period, Digest>,
}

impl Archive {
    fn add(&mut self, key: BatchKey, variant: u8, rest: Vec<u8>) {
        if let Some(month) = self.months.get(&key).copied() {
            self.add_to(month, variant, [key.encode(), rest].concat());
        }
    }

    fn add_to(&mut self, mut month: Period, variant: u8, rest: Vec<u8>) {
        if self.closed.contains(&month) {
            month = month.next();
        }
        let digest = self.digests.entry(month).or_default();
        let octets = [digest.to_vec(), vec![variant], rest].concat();
        *digest = sp_io::hashing::blake2_256(&octets);
    }

    fn see(&mut self, event: Event<Test>) {
        match event {
            Event::Anchored {
                key,
                agreement: Some(AGREEMENT),
                billed_with,
                digest,
                ..
            } => {
                self.months.insert(key, billed_with);
                self.add(key, 0, digest.to_vec());
            }
            Event::Acknowledged { key } => self.add(key, 1, vec![]),
            Event::FileReturned {
                key,
                reason,
                rap_sequence,
            } => self.add(key, 2, (reason, rap_sequence).encode()),
            Event::RecordsReturned {
                key,
                rap_sequence,
                records,
                charge,
                tax,
            } => self.add(key, 3, (rap_sequence, records, charge, tax).encode()),
            Event::FileWaived {
                key,
                by,
                agreement: Some(AGREEMENT),
                period,
            } => self.add_to(period, 4, (key, by).encode()),
            Event::GapWaived {
                series,
                first,
                last,
                by,
                agreement: Some(AGREEMENT),
                period,
            } => self.add_to(period, 5, (series, first, last, by).encode()),
            Event::PeriodClosed { period, .. } => {
                self.closed.insert(period);
            }
            _ => {}
        }
    }
}

fn digest(period: Period) -> Digest {
    Anchoring::period_usage(AGREEMENT, period).running_digest
}

#[test]
fn running_digest_should_be_told_by_events_alone_when_files_come_late_and_are_returned() {
    ExtBuilder::default().build_and_execute(|| {
        let mut archive = Archive::default();
        let mut catch_up = || {
            events().into_iter().for_each(|event| archive.see(event));
            for month in [OCTOBER, NOVEMBER, DECEMBER] {
                let shown = archive.digests.get(&month).copied().unwrap_or_default();
                assert_eq!(shown, digest(month), "{month}");
            }
        };
        assert_eq!(digest(NOVEMBER), [0; 32], "no file has come");
        anchor_all([1, 2, 3]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        let call: ServiceTotal = part(Service::MocLocal, 1, 2_000_000, 2_000_000, 400_000);
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(3),
            returned(6, vec![call])
        ));
        let reason = FatalReason::Header;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            reason,
            7,
            [2; 32]
        ));
        catch_up();
        // A duplicate, a test file and what is refused are no steps.
        let before = digest(NOVEMBER);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        assert!(Anchoring::acknowledge(origin(HOME_DESK), key(1)).is_err());
        assert_eq!(digest(NOVEMBER), before);
        // One comes after the closing days, and is answered in the next month.
        MockClock::set(NOVEMBER.end() + 9 * DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(4)));
        catch_up();
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        let closed = digest(NOVEMBER);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(2, 7)));
        for number in [2, 4] {
            assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(number)));
        }
        catch_up();
        assert_eq!(digest(NOVEMBER), closed, "nothing is added to a closed month");
        assert!(digest(DECEMBER) != [0; 32]);
    });
}

#[test]
fn running_digest_should_be_told_by_events_alone_when_files_are_given_up() {
    ExtBuilder::default().build_and_execute(|| {
        let mut archive = Archive::default();
        let mut catch_up = || {
            events().into_iter().for_each(|event| archive.see(event));
            for month in [OCTOBER, NOVEMBER, DECEMBER] {
                let shown = archive.digests.get(&month).copied().unwrap_or_default();
                assert_eq!(shown, digest(month), "{month}");
            }
        };
        anchor_all([1, 2, 5, 8]);
        let before = digest(NOVEMBER);
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 3));
        assert!(digest(NOVEMBER) != before);
        for number in [1, 2] {
            let reason = FatalReason::Header;
            let rap = number + 6;
            assert_ok!(Anchoring::return_file(
                origin(HOME_DESK),
                key(number),
                reason,
                rap,
                [2; 32]
            ));
        }
        assert_ok!(Anchoring::waive_file(origin(VISITED_DESK), key(2)));
        catch_up();
        // What is given up of a closed month counts with the next one.
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        let closed = digest(NOVEMBER);
        assert_ok!(Anchoring::waive_file(origin(VISITED_DESK), key(1)));
        assert_ok!(Anchoring::waive_gap(origin(VISITED_DESK), SERIES, 6));
        catch_up();
        assert_eq!(digest(NOVEMBER), closed);
        assert!(digest(DECEMBER) != [0; 32]);
    });
}

#[test]
fn running_digest_should_differ_when_files_come_in_another_order() {
    let after = |numbers: [u32; 2]| {
        let mut found = [0; 32];
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
            anchor_all([2]);
            for number in numbers {
                assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(number)));
            }
            found = digest(NOVEMBER);
        });
        found
    };
    assert!(after([1, 2]) != after([2, 1]));
}
