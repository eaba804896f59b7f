use super::*;

#[test]
fn validators_should_be_told_with_how_they_stand() {
    execute(|| {
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(report(4, 1));
        turn_session();
        block(slot() + 2);
        let all = Validators::validators();
        let accounts: Vec<_> = all.iter().map(|(who, _)| *who).collect();
        assert_eq!(accounts, [1, 2, 3, 4, NEWCOMERS[0]]);
        let of = |who: u64| all.iter().find(|(one, _)| *one == who).expect("it is there").1;
        let newcomer = of(NEWCOMERS[0]);
        assert!(!newcomer.has_keys && !newcomer.in_set && !newcomer.queued);
        assert_eq!(newcomer.kept, SessionSlots::default());
        let disabled = of(4);
        assert!(disabled.validator.disabled && disabled.in_set && !disabled.queued);
        let sound = of(1);
        assert!(sound.has_keys && sound.in_set && sound.queued);
        assert_eq!(
            (sound.kept.session, sound.kept.made, sound.kept.missed),
            (0, 3, 0)
        );
        assert_eq!(sound.present.session, 1);
        let present: u32 = all.iter().map(|(_, state)| state.present.all()).sum();
        assert_eq!(present, 2, "one slot was missed, one used");
    });
}

#[test]
fn record_should_tell_offences_when_there_are_some() {
    execute(|| {
        turn_session();
        assert_ok!(report(4, 9));
        let offence = Offence {
            kind: two_votes(9),
            session: 1,
            reported_in: 1,
        };
        let (_, offences) = Validators::validator_record(&4);
        assert_eq!(offences.to_vec(), [offence]);
        assert!(Validators::is_known_offence(&4, two_votes(9)));
        assert!(!Validators::is_known_offence(&4, two_votes(8)));
        assert!(Validators::is_known_offence(&99, two_votes(8)), "nobody to blame");
        assert_eq!(Validators::validator_record(&99), Default::default());
    });
}

#[test]
fn keys_should_be_told_with_the_time_when_they_act() {
    use sp_core::Encode;
    execute(|| {
        let (old, new) = (keys(first_key(2)).encode(), keys(Sr25519Keyring::One).encode());
        assert_ok!(set_keys(2, Sr25519Keyring::One));
        let now = || {
            let told = Validators::validator_keys(&2);
            (told.in_use.unwrap(), told.queued.unwrap(), told.set.unwrap())
        };
        assert_eq!(now(), (old.clone(), old.clone(), new.clone()));
        assert_eq!(Validators::validator_keys(&2).session_ends, Some(SESSION as u32));
        turn_session();
        assert_eq!(now(), (old, new.clone(), new.clone()));
        turn_session();
        assert_eq!(now(), (new.clone(), new.clone(), new));
        assert_eq!(Validators::validator_keys(&99).set, None);
    });
}
