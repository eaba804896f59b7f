use super::*;

/// Slots with and without blocks in the present session, by place.
fn counted() -> Vec<(u32, u32)> {
    let slots = crate::Slots::<Test>::get();
    slots.iter().map(|count| (count.made, count.missed)).collect()
}

#[test]
fn slot_should_be_missed_by_whose_it_was_when_no_block_is_in_it() {
    execute(|| {
        // The first block, in slot 100, is the first validator's.
        assert_eq!(counted(), [(1, 0), (0, 0), (0, 0), (0, 0)]);
        block(101);
        block(103);
        assert_eq!(counted(), [(1, 0), (1, 0), (0, 1), (1, 0)]);
        block(106);
        assert_eq!(counted(), [(1, 1), (1, 1), (1, 1), (1, 0)]);
    });
}

#[test]
fn slots_should_be_counted_one_by_one_or_together_alike() {
    execute(|| {
        for gap in [0u64, 1, 2, 3, 4, 5, 7, 8, 9, 399, 402] {
            let before = counted();
            let first = slot() + 1;
            let author = first + gap;
            block(author);
            let mut expected = before;
            (first..author).for_each(|slot| expected[slot as usize % 4].1 += 1);
            expected[author as usize % 4].0 += 1;
            if Session::current_index() == 0 {
                assert_eq!(counted(), expected, "{gap}");
            }
        }
    });
}

#[test]
fn slots_should_be_kept_by_session_when_it_ends() {
    execute(|| {
        turn_session();
        let (history, _) = Validators::validator_record(&1);
        assert_eq!(
            history.to_vec(),
            [SessionSlots {
                session: 0,
                made: 3,
                missed: 0
            }]
        );
        assert_eq!(counted(), []);
    });
}

#[test]
fn validator_should_be_told_of_when_it_misses_more_than_the_share() {
    execute(|| {
        turn_session();
        events();
        // Nobody makes the second one's blocks.
        let session = Session::current_index();
        while Session::current_index() == session {
            let next = slot() + 1;
            block(if next % 4 == 1 { next + 1 } else { next });
        }
        let missed: Vec<_> = events()
            .into_iter()
            .filter(|event| matches!(event, Event::SlotsMissed { .. }))
            .collect();
        let told = Event::SlotsMissed {
            validator: 2,
            session: 1,
            missed: 4,
            slots: 4,
        };
        assert_eq!(missed, [told]);
    });
}

#[test]
fn nobody_should_be_told_of_when_it_misses_what_it_may_not_make() {
    execute(|| {
        turn_session();
        assert_ok!(report(2, 1));
        events();
        let session = Session::current_index();
        while Session::current_index() == session {
            let next = slot() + 1;
            block(if next % 4 == 1 { next + 1 } else { next });
        }
        assert!(events()
            .iter()
            .all(|event| !matches!(event, Event::SlotsMissed { .. })));
        assert!(Validators::validator_record(&2).0.last().unwrap().missed > 0);
    });
}

#[test]
fn history_should_be_bounded_when_the_chain_runs_on() {
    execute(|| {
        turn_sessions(290);
        let (history, _) = Validators::validator_record(&1);
        assert_eq!(history.len(), 288);
        assert_eq!(history[0].session, 2);
    });
}
