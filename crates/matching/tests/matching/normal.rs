//! What systems write, and the one form that it has.

use crate::support::text;
use interclear_matching::{
    normalise::{
        bandwidth, charge, currency, end, end_day, identifier, order, status, term, Refusal, Written,
    },
    Day, Field, FieldFault, InvalidDay, Side, Status, Text,
};
use proptest::prelude::*;

#[test]
fn id_should_be_in_capitals_without_separators_when_it_is_written_in_any_usual_form() {
    for written in [
        "svc-0001",
        " SVC 0001",
        "Svc/00_01",
        "SVC\u{a0}0001",
        "svc\u{2013}0001",
        "S.V.C. 0001\u{200b}",
    ] {
        assert_eq!(identifier(written), Ok(text::<32>("SVC0001")), "{written}");
    }
    assert_eq!(
        identifier::<32>("AEL[0002] General On-net Order "),
        Ok(text("AEL0002GENERALONNETORDER"))
    );
    assert_eq!(
        identifier::<32>("f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        Ok(text("F47AC10B58CC4372A5670E02B2C3D479"))
    );
    assert_eq!(identifier::<32>("  "), Ok(Text::EMPTY));
    assert_eq!(identifier::<32>("---"), Err(Refusal::Empty));
    assert_eq!(identifier::<32>("Köln-1"), Err(Refusal::ForeignLetter('ö')));
    // A Cyrillic letter that looks like a Latin one.
    assert_eq!(
        identifier::<32>("SV\u{421}1"),
        Err(Refusal::ForeignLetter('\u{421}'))
    );
    assert_eq!(identifier::<4>("ABCDE"), Err(Refusal::MaxLengthExceeded(4)));
}

#[test]
fn order_number_should_lose_the_zeros_in_front_and_no_other() {
    for (written, normal) in [
        ("000123", "123"),
        ("0-0120", "120"),
        ("000", "0"),
        ("ORD-0001", "ORD0001"),
        ("", ""),
    ] {
        assert_eq!(order(written), Ok(text::<20>(normal)), "{written}");
    }
}

#[test]
fn end_should_begin_with_the_code_of_its_country() {
    for (country, site, normal) in [
        ("Germany", "FRA-01", "DEFRA01"),
        ("deu", "fra 01", "DEFRA01"),
        ("DE", "FRA01", "DEFRA01"),
        ("U.K.", "LON2", "GBLON2"),
        ("United States", "NYC", "USNYC"),
        ("Czechia", "PRG", "CZPRG"),
        ("CZE", "PRG", "CZPRG"),
        ("DE", "", "DE"),
        ("", "", ""),
    ] {
        assert_eq!(end(country, site), Ok(text::<20>(normal)), "{country} {site}");
    }
    for (country, site) in [
        ("XX", "FRA"),
        ("", "FRA"),
        ("Deutschland", "FRA"),
        ("Россия", "MOW"),
    ] {
        assert_eq!(
            end::<20>(country, site),
            Err(Refusal::UnknownCountry),
            "{country}"
        );
    }
}

#[test]
fn bandwidth_should_be_in_bits_a_second_when_it_has_a_unit() {
    for (written, bits) in [
        ("100 Mbit/s", 100_000_000),
        ("100Mbps", 100_000_000),
        ("100 MBPS", 100_000_000),
        ("100 Mb", 100_000_000),
        ("100M", 100_000_000),
        ("0.1 Gbit/s", 100_000_000),
        ("100000 kbit/s", 100_000_000),
        ("64k", 64_000),
        ("2.048 Mbit/s", 2_048_000),
        ("E1", 2_048_000),
        ("STM-1", 155_520_000),
        ("10GE", 10_000_000_000),
        ("1 GigE", 1_000_000_000),
        ("100GbE", 100_000_000_000),
        ("1.6 Tbit/s", 1_600_000_000_000),
        ("9600 bit/s", 9_600),
        ("", 0),
    ] {
        assert_eq!(bandwidth(written), Ok(bits), "{written}");
    }
    for (written, refusal) in [
        ("100", Refusal::NoUnit),
        ("100 MB", Refusal::OctetsOrBits),
        ("100 MB/s", Refusal::OctetsOrBits),
        ("100 MBps", Refusal::OctetsOrBits),
        ("100 Mega", Refusal::UnknownUnit),
        ("100 EUR", Refusal::UnknownUnit),
        ("fast", Refusal::UnknownUnit),
        ("M", Refusal::NotANumber),
        ("1,5 Mbit/s", Refusal::NotANumber),
        ("-1 Mbit/s", Refusal::Negative),
        ("0.0000001 Mbit/s", Refusal::MaxDecimalsExceeded),
        ("101 Tbit/s", Refusal::MaxExceeded),
        ("99999999999999999999 Tbit/s", Refusal::MaxExceeded),
    ] {
        assert_eq!(bandwidth(written), Err(refusal), "{written}");
    }
}

#[test]
fn charge_should_be_exact_or_refused_when_it_is_not_a_number() {
    for (written, micro) in [
        ("1200.5", 1_200_500_000),
        ("0.000001", 1),
        ("800", 800_000_000),
        ("1.5000000000", 1_500_000),
        ("", 0),
    ] {
        assert_eq!(charge(written), Ok(micro), "{written}");
    }
    for (written, refusal) in [
        ("1.200,50", Refusal::NotANumber),
        ("1,200.50", Refusal::NotANumber),
        ("1 200", Refusal::NotANumber),
        ("1e3", Refusal::NotANumber),
        ("EUR 5", Refusal::NotANumber),
        (".5", Refusal::NotANumber),
        ("-5", Refusal::Negative),
        ("-x", Refusal::NotANumber),
        ("0.0000001", Refusal::MaxDecimalsExceeded),
        ("1000000000000.000001", Refusal::MaxExceeded),
        ("18446744073709.551616", Refusal::MaxExceeded),
    ] {
        assert_eq!(charge(written), Err(refusal), "{written}");
    }
    assert_eq!(charge("1000000000000"), Ok(1_000_000_000_000_000_000));
}

#[test]
fn code_day_and_status_should_have_one_form() {
    assert_eq!(currency(" eur "), Ok(*b"EUR"));
    assert_eq!(currency("SDR"), Ok(*b"XDR"));
    assert_eq!(currency("€"), Err(Refusal::UnknownCurrency));
    assert_eq!(currency("EURO"), Err(Refusal::UnknownCurrency));
    assert_eq!(end_day("9999-12-31"), Ok(None));
    assert_eq!(end_day("2999-12-31T23:59:59Z"), Ok(None));
    assert_eq!(end_day("2026-01-31"), Ok(Some(Day(20_484))));
    assert_eq!(
        end_day("2026-02-30"),
        Err(Refusal::Day(InvalidDay::NotInCalendar))
    );
    assert_eq!(end_day("1900-01-01"), Err(Refusal::Day(InvalidDay::OutOfRange)));
    assert_eq!(
        end_day("9999-02-30"),
        Err(Refusal::Day(InvalidDay::NotInCalendar))
    );
    assert_eq!(status("active.pendingChange"), Ok(Status::ActivePendingChange));
    assert_eq!(status("In Service"), Ok(Status::Active));
    assert_eq!(status(""), Err(Refusal::Empty));
    assert_eq!(status("gone"), Err(Refusal::UnknownStatus));
    assert_eq!(term("36"), Ok(36));
    assert_eq!(term("1.5"), Err(Refusal::NotANumber));
    assert_eq!(term("70000"), Err(Refusal::MaxExceeded));
}

const WRITTEN: Written<'static> = Written {
    buyer_id: "BUY-0001",
    seller_id: "SVC-0001",
    order: "0004711",
    a_country: "Germany",
    a_site: "FRA 01",
    z_country: "FR",
    z_site: "par-02",
    product: "ACCESS_E_LINE",
    account: "001",
    bandwidth: "100 Mbit/s",
    recurring: "1200.5",
    hourly: "",
    one_off: "",
    currency: "EUR",
    start: "2026-01-01T00:00:00.000Z",
    end: "",
    since: "",
    term: "36",
    status: "active",
};

#[test]
fn record_should_be_taken_when_all_of_it_can_be_read() {
    let record = WRITTEN.record(Side::Buyer).unwrap();
    assert_eq!(record.check(Side::Buyer), Ok(()));
    assert_eq!(
        (record.buyer_id, record.order, record.z_end),
        (text("BUY0001"), text("4711"), text("FRPAR02"))
    );
    assert_eq!((record.start, record.since), (Day(20_454), Day(20_454)));
}

#[test]
fn record_should_be_refused_with_every_fault_when_it_has_several() {
    let written = Written {
        buyer_id: "",
        bandwidth: "100",
        recurring: "1.200,50",
        currency: "",
        start: "2026-02-30",
        end: "2026-01-31",
        status: "",
        ..WRITTEN
    };
    let faults = written.record(Side::Buyer).unwrap_err();
    let expected = [
        (Field::BuyerId, Refusal::Field(FieldFault::Missing)),
        (Field::Bandwidth, Refusal::NoUnit),
        (Field::Recurring, Refusal::NotANumber),
        (Field::Start, Refusal::Day(InvalidDay::NotInCalendar)),
        (Field::Status, Refusal::Empty),
    ];
    assert_eq!(faults, expected);
    let faulty = |written: Written<'_>| written.record(Side::Buyer).unwrap_err();
    let before = Refusal::Field(FieldFault::BeforeStart);
    assert_eq!(
        faulty(Written {
            end: "2025-12-31",
            ..WRITTEN
        }),
        [(Field::End, before)]
    );
    assert_eq!(
        faulty(Written {
            since: "2025-12-31",
            ..WRITTEN
        }),
        [(Field::Since, before)]
    );
    let missing = Refusal::Field(FieldFault::Missing);
    assert_eq!(
        faulty(Written {
            currency: "",
            ..WRITTEN
        }),
        [(Field::Currency, missing)]
    );
    assert_eq!(
        faulty(Written {
            status: "terminated",
            ..WRITTEN
        }),
        [(Field::End, missing)]
    );
    // The seller's own name is its own matter.
    assert!(Written {
        seller_id: "",
        ..WRITTEN
    }
    .record(Side::Buyer)
    .is_ok());
}

proptest! {
    #[test]
    fn normal_form_should_stay_as_it_is_when_it_is_normalised_again(written in any::<String>(), padded in "[ 0-9a-zA-Z/._-]{0,40}") {
        for written in [written, padded] {
            if let Ok(once) = identifier::<32>(&written) {
                prop_assert_eq!(identifier(once.as_str()), Ok(once));
                prop_assert!(once.as_bytes().iter().all(|octet| octet.is_ascii_digit() || octet.is_ascii_uppercase()));
            }
            if let Ok(once) = order::<20>(&written) {
                prop_assert_eq!(order(once.as_str()), Ok(once));
            }
            // Never a panic, whatever it is.
            let all = Written {
                buyer_id: &written, seller_id: &written, order: &written, a_country: &written, a_site: &written,
                z_country: &written, z_site: &written, product: &written, account: &written, bandwidth: &written,
                recurring: &written, hourly: &written, one_off: &written, currency: &written, start: &written, end: &written,
                since: &written, term: &written, status: &written,
            };
            prop_assert!(all.record(Side::Seller).is_err());
        }
    }

    #[test]
    fn charge_should_be_the_number_when_it_is_written_with_any_decimals(micro in 0u64..1_000_000_000_000_000_000, zeros in 0usize..5) {
        let written = format!("{}.{:06}{}", micro / 1_000_000, micro % 1_000_000, "0".repeat(zeros));
        prop_assert_eq!(charge(&written), Ok(micro));
        prop_assert_eq!(bandwidth(&format!("{}bit/s", micro % 1_000_000)), Ok(micro % 1_000_000));
    }
}
