//! Blind relations: tags in place of values.

use super::billing::terms;
use crate::{mock::*, BlindRecords, Call, Error, Event, Records, Sizes};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_matching::{BlindRecord, Counts, Field, Profile, Record, RecordId, Reported, Rule, Side};

/// What only the two sides compute; here anything that mixes the octets.
fn keyed(value: &[u8]) -> [u8; 16] {
    sp_io::hashing::blake2_128(&[b"the secret of the two".as_slice(), value].concat())
}

fn blind(version: u32) -> Profile {
    Profile {
        blind: Some(1),
        ..profile(version)
    }
}

fn tagged(side: Side, record: &Record) -> BlindRecord {
    BlindRecord::new(record, side, &blind(1), keyed)
}

fn signed_blind() {
    assert_ok!(propose(BUYER + 1, blind(1)));
    assert_ok!(sign(SELLER + 1, blind(1)));
}

/// All keys and values of the state.
fn state() -> Vec<u8> {
    let (mut all, mut key) = (Vec::new(), Vec::new());
    while let Some(next) = sp_io::storage::next_key(&key) {
        all.extend_from_slice(&next);
        all.extend(sp_io::storage::get(&next).unwrap_or_default());
        key = next;
    }
    all
}

fn holds(octets: &[u8], value: &[u8]) -> bool {
    octets.windows(value.len()).any(|window| window == value)
}

#[test]
fn tags_should_be_matched_as_values_are() {
    ExtBuilder::build_and_execute(|| {
        signed_blind();
        events();
        let bought = [
            record("B1", "S1", 100),
            record("B2", "S2", 100),
            record("B3", "S3", 100),
        ];
        assert_ok!(report_blind(
            BUYER,
            &bought.map(|record| tagged(Side::Buyer, &record))
        ));
        let sold = [
            record("", "S1", 100),
            record("", "S2", 200),
            record("", "S4", 100),
        ];
        let sold = sold.map(|record| tagged(Side::Seller, &record));
        assert_ok!(report_blind(SELLER, &sold));
        let expected = Counts {
            matched: 1,
            partial: 1,
            only_at_buyer: 1,
            only_at_seller: 1,
            ..Counts::default()
        };
        assert_eq!(counts(), expected);
        let reported = |side, added, changed| Event::RecordsReported {
            relation: relation(),
            side,
            added,
            changed,
        };
        assert_eq!(
            events(),
            [reported(Side::Buyer, 3, 0), reported(Side::Seller, 3, 0)]
        );
        // Again: nothing. Corrected: it matches.
        assert_ok!(report_blind(SELLER, &sold));
        assert_eq!(events(), []);
        assert_ok!(report_blind(
            SELLER,
            &[tagged(Side::Seller, &record("", "S2", 100))]
        ));
        assert_eq!(counts().matched, 2);
        let listed = Inventory::blind_records(relation(), None);
        assert_eq!(listed.len(), 6);
        let behind = Some((listed[3].0, listed[3].1.id(listed[3].0)));
        assert_eq!(Inventory::blind_records(relation(), behind), listed[4..]);
        assert!(Inventory::reported_records(relation(), None).is_empty());
    });
}

#[test]
fn nothing_readable_should_be_in_state_or_in_calls_when_a_relation_is_blind() {
    ExtBuilder::build_and_execute(|| {
        let service = Record {
            order: text("ORD4711"),
            a_end: text("DEFRA01"),
            z_end: text("FRPAR02"),
            product: text("ACCESSELINE"),
            account: text("ACCOUNT9"),
            bandwidth: 100_000_000_123,
            one_off: 987_654_321_000,
            ..record("CIRCUIT00012345", "SVC00012345", 123_456_789_012)
        };
        let values = |record: &Record| -> Vec<Vec<u8>> {
            let texts = [
                record.buyer_id.as_bytes(),
                record.seller_id.as_bytes(),
                record.order.as_bytes(),
                record.a_end.as_bytes(),
                record.z_end.as_bytes(),
                record.product.as_bytes(),
                record.account.as_bytes(),
                record.currency.as_slice(),
            ];
            let numbers = [record.bandwidth, record.recurring, record.one_off];
            let numbers = numbers.map(|number| number.encode());
            texts.map(<[u8]>::to_vec).into_iter().chain(numbers).collect()
        };
        // All fields are compared, so that all are reported.
        let all = Field::ALL
            .into_iter()
            .filter(|field| *field != Field::SellerId)
            .fold(blind(1), |profile, field| profile.with(field, Rule::Exact));
        assert_ok!(propose(BUYER + 1, all));
        assert_ok!(sign(SELLER + 1, all));
        let mut seen = Vec::new();
        for (desk, side) in [(BUYER, Side::Buyer), (SELLER, Side::Seller)] {
            let tagged = BlindRecord::new(&service, side, &all, keyed);
            assert_eq!(tagged.tags.iter().flatten().count(), Field::COUNT);
            let call = Call::<Test>::report_blind_records {
                relation: relation(),
                records: BoundedVec::truncate_from(vec![tagged]),
            };
            seen.extend(call.encode());
            assert_ok!(report_blind(desk, &[tagged]));
        }
        assert_eq!(counts().matched, 1);
        seen.extend(state());
        for value in values(&service) {
            assert!(!holds(&seen, &value), "{value:?}");
        }
        // The same search finds all of it where it is not blind.
        let open = ExtBuilder::build().execute_with(|| {
            signed();
            assert_ok!(report(BUYER, &[service]));
            state()
        });
        for value in values(&service) {
            assert!(holds(&open, &value), "{value:?}");
        }
    });
}

#[test]
fn values_should_be_refused_when_a_relation_is_blind_and_tags_when_it_is_open() {
    ExtBuilder::build_and_execute(|| {
        signed_blind();
        assert_noop!(
            report(BUYER, &[record("B1", "S1", 100)]),
            Error::<Test>::OtherForm
        );
        assert_noop!(
            report_blind(BUYER, &[BlindRecord::default()]),
            Error::<Test>::RecordFieldMissing
        );
        assert_eq!(Records::<Test>::iter().count(), 0);
    });
    ExtBuilder::build_and_execute(|| {
        let tagged = tagged(Side::Buyer, &record("B1", "S1", 100));
        assert_noop!(report_blind(BUYER, &[tagged]), Error::<Test>::ProfileNotFound);
        signed();
        assert_noop!(report_blind(BUYER, &[tagged]), Error::<Test>::OtherForm);
        assert_noop!(report_blind(THIRD, &[tagged]), Error::<Test>::NotAParty);
        assert_eq!(BlindRecords::<Test>::iter().count(), 0);
    });
}

#[test]
fn relation_should_stay_blind_or_open_when_another_version_is_proposed() {
    ExtBuilder::build_and_execute(|| {
        signed_blind();
        assert_noop!(propose(BUYER + 1, profile(2)), Error::<Test>::OtherForm);
        // Another epoch of the channel is another key, and the relation as blind as before.
        let again = Profile {
            blind: Some(2),
            ..blind(2)
        };
        assert_ok!(propose(BUYER + 1, again));
        assert_ok!(sign(SELLER + 1, again));
    });
    ExtBuilder::build_and_execute(|| {
        signed();
        assert_noop!(propose(BUYER + 1, blind(2)), Error::<Test>::OtherForm);
    });
}

#[test]
fn blind_profile_should_be_refused_when_it_bills_or_has_a_percentage() {
    ExtBuilder::build_and_execute(|| {
        let compared = [
            Field::OneOff,
            Field::Currency,
            Field::Start,
            Field::End,
            Field::Since,
            Field::Status,
        ];
        let billed = compared
            .into_iter()
            .fold(blind(1), |profile, field| profile.with(field, Rule::Exact));
        assert_noop!(
            Inventory::propose_profile(origin(BUYER + 1), relation(), billed, Some(terms())),
            Error::<Test>::BlindNotBilled
        );
        assert_noop!(
            propose(BUYER + 1, blind(1).with(Field::Recurring, Rule::Percent(1_000))),
            Error::<Test>::InvalidProfile
        );
        assert_ok!(propose(BUYER + 1, billed));
    });
}

#[test]
fn tags_should_be_matched_anew_and_withdrawn_as_values_are() {
    ExtBuilder::build_and_execute(|| {
        signed_blind();
        for (desk, side) in [(BUYER, Side::Buyer), (SELLER, Side::Seller)] {
            assert_ok!(report_blind(desk, &[tagged(side, &record("B1", "S1", 100))]));
        }
        // A price does not differ that is not compared any more.
        assert_ok!(report_blind(
            SELLER,
            &[tagged(Side::Seller, &record("B1", "S1", 200))]
        ));
        assert_eq!((counts().matched, counts().partial), (0, 1));
        let next = blind(2)
            .with(Field::Recurring, Rule::Informative)
            .with(Field::BuyerId, Rule::Exact);
        assert_ok!(propose(BUYER + 1, next));
        assert_ok!(sign(SELLER + 1, next));
        idle_long();
        // Tags of the buyer's id were not reported by the seller.
        assert_eq!((counts().matched, counts().partial), (0, 1));
        for (desk, side, price) in [(BUYER, Side::Buyer, 100), (SELLER, Side::Seller, 200)] {
            let tagged = BlindRecord::new(&record("B1", "S1", price), side, &next, keyed);
            assert_ok!(report_blind(desk, &[tagged]));
        }
        assert_eq!((counts().matched, counts().partial), (1, 0));
        let id: RecordId = tagged(Side::Buyer, &record("B1", "S1", 100)).id(Side::Buyer);
        assert_ok!(Inventory::withdraw_records(
            origin(BUYER),
            relation(),
            BoundedVec::truncate_from(vec![id])
        ));
        let expected = Counts {
            only_at_seller: 1,
            ..Counts::default()
        };
        assert_eq!(counts(), expected);
        assert_eq!(Sizes::<Test>::get((relation(), Side::Buyer)), 0);
    });
}
