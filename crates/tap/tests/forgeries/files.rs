//! Headers, notifications and near-real-time files.

use crate::made::*;
use interclear_primitives::service::Service;
use interclear_tap::{
    ber::Encoder, make_returns, validate, Code, Context, NotAnchorable, NothingToReturn, Options, Outcome,
    Verdict,
};

#[test]
fn file_should_be_refused_when_its_cut_off_bills_to_a_false_month() {
    let found = |cut_off| {
        let file = File {
            cut_off,
            records: vec![Call::default().record()],
            ..File::default()
        };
        let mut codes = codes(&file.check());
        codes.retain(|code| *code != Code::CreatedBeforeCutOff);
        codes
    };
    // Made available on 18 March at 06:30; the call was on 14 March at 10:00.
    for good in [
        "20260318063000",
        "20260318080000",
        "20260314100000",
        "20260313100000",
    ] {
        assert_eq!(found(good), [], "{good}");
    }
    for late in ["20260319063001", "20260401000000", "20260430000000"] {
        assert_eq!(found(late), [Code::CutOffAfterAvailable], "{late}");
    }
    for early in ["20260313095959", "20260228235959", "19700102000000"] {
        assert_eq!(found(early), [Code::CallAfterCutOff], "{early}");
    }
}

#[test]
fn file_should_be_a_test_when_its_indicator_is_a_t_however_written() {
    let check = |file_type, name: &str| {
        let file = File {
            file_type,
            records: vec![Call::default().record()],
            ..File::default()
        };
        let options = Options {
            context: Context {
                file_name: Some(name.into()),
                ..Context::default()
            },
            ..Options::default()
        };
        let outcome = file.check_with(&options);
        (outcome.summary.as_ref().unwrap().test, codes(&outcome))
    };
    use Code::*;
    let (chargeable, test) = ("CDFRAF1DEUD100001", "TDFRAF1DEUD100001");
    for indicator in ["T", "T ", " T"] {
        assert_eq!(check(indicator, test), (true, vec![]), "{indicator:?}");
        assert_eq!(
            check(indicator, chargeable),
            (true, vec![NameTestDiffers]),
            "{indicator:?}"
        );
    }
    assert_eq!(check("t", test), (true, vec![FileTypeUnknown]));
    assert_eq!(check(" ", chargeable), (false, vec![]));
    assert_eq!(check("X", chargeable), (false, vec![FileTypeUnknown]));
    // Names in small letters are names.
    assert_eq!(
        check("T", "cdfraf1deud100002.dat"),
        (true, vec![NameSequenceDiffers, NameTestDiffers])
    );
}

#[test]
fn nothing_should_be_returned_when_only_an_unused_row_is_wrong() {
    let file = File {
        taxes: vec![(1, "1900000", ""), (5, "0700000", ""), (5, "0500000", "")],
        records: vec![Call::default().record()],
        ..File::default()
    };
    let outcome = file.check_with(&Options {
        keep_returned: true,
        ..Options::default()
    });
    assert_eq!(codes(&outcome), [Code::DuplicateCode]);
    assert_eq!(
        (outcome.verdict(), outcome.returned.records()),
        (Verdict::Billable, 0)
    );
    assert_eq!(make_returns(&outcome, None, 1, 0), Err(NothingToReturn::Fine));
}

#[test]
fn file_should_be_said_not_to_be_anchored_when_it_pays_more_back_than_it_charges() {
    let file = |charge| File {
        charge,
        refund: 70,
        records: vec![content(charge, None, Some(300)), content(70, Some(1), Some(300))],
        ..File::default()
    };
    let message = |outcome: &Outcome| outcome.findings.kept()[0].message.clone();
    let outcome = file(20).check();
    assert_eq!(codes(&outcome), [Code::RefundAboveCharge]);
    assert!(
        message(&outcome).contains("of Content than is charged"),
        "{}",
        message(&outcome)
    );
    assert_eq!(codes(&file(70).check()), []);
    // Nothing but refunds is no file without usage.
    let alone = File {
        charge: 0,
        refund: 70,
        records: vec![content(70, Some(1), Some(300))],
        ..File::default()
    };
    let outcome = alone.check_with(&Options {
        secret: Some([7; 32].into()),
        digest: true,
        ..Options::default()
    });
    assert_eq!(codes(&outcome), [Code::RefundAboveCharge]);
    assert!(
        message(&outcome).starts_with("the file only pays back"),
        "{}",
        message(&outcome)
    );
    let summary = outcome.summary.unwrap();
    let [total] = summary.services[..] else {
        panic!("one service: {:?}", summary.services)
    };
    assert_eq!(
        (total.service, total.records, total.charge, total.refund),
        (Service::Content, 1, 0, 70_000)
    );
    assert_eq!((summary.records, summary.refund), (1, 70_000));
    assert_eq!(summary.anchor(), Err(NotAnchorable::Refunds));
}

#[test]
fn file_should_be_counted_when_it_holds_nothing_but_supplementary_services() {
    let used = |charge: Option<u64>, timed: bool| {
        made(|e| {
            e.group(11, |e| {
                subscriber(e);
                e.group(138, |e| e.group(156, |e| e.unsigned(184, 1)));
                e.group(206, |e| {
                    e.text(209, "21");
                    e.unsigned(208, 1);
                    if timed {
                        coded(e, 74, "20260314100000");
                    }
                    if let Some(charge) = charge {
                        e.raw(&information(1, &[("00", charge)], &[]));
                    }
                });
            });
        })
    };
    let check = |charge: Option<u64>, timed| {
        let file = File {
            charge: charge.unwrap_or(0),
            records: vec![used(charge, timed)],
            ..File::default()
        };
        let options = Options {
            secret: Some([7; 32].into()),
            digest: true,
            ..Options::default()
        };
        let outcome = file.check_with(&options);
        assert_eq!((codes(&outcome), outcome.events), (vec![], 1));
        assert_eq!(outcome.verdict(), Verdict::Billable);
        outcome.summary.unwrap()
    };
    for charge in [None, Some(0), Some(100)] {
        let summary = check(charge, true);
        let [total] = summary.services[..] else {
            panic!("one service: {:?}", summary.services)
        };
        assert_eq!(
            (total.service, total.records, total.quantity),
            (Service::SupplementaryService, 1, 1_000_000)
        );
        assert_eq!(total.charge, u128::from(charge.unwrap_or(0)) * 1_000);
        let anchor = summary.anchor().unwrap();
        assert_eq!((anchor.records, anchor.totals.len()), (1, 1));
    }
    // The chain asks when the first and the last call were.
    assert_eq!(check(Some(100), false).anchor(), Err(NotAnchorable::Untimed));
}

#[test]
fn notification_should_be_refused_when_it_holds_records() {
    let found = |records: bool| {
        let octets = made(|e| {
            e.group(2, |e| {
                e.text(196, "FRAF1");
                e.text(182, "DEUD1");
                e.text(109, "00002");
                local(e, 107, "20260318063000");
                local(e, 227, "20260318053000");
                e.unsigned(201, 3);
                e.unsigned(189, 12);
                if records {
                    e.group(3, |e| e.raw(&Call::default().record()));
                }
            });
        });
        codes(&validate(octets.as_slice(), &Options::default()).unwrap())
    };
    assert_eq!(found(false), []);
    assert_eq!(found(true), [Code::GroupOrder]);
}

#[test]
fn near_real_time_file_should_be_refused_when_its_delays_or_volumes_cannot_be_told() {
    let check = |behind: bool, incoming: &[u8], connected: &str| {
        let octets = made(|e| {
            e.group(1, |e| {
                e.unsigned(41, 2);
                e.unsigned(37, 1);
                e.text(38, "FRAF1");
                e.text(36, "DEUD1");
                e.text(39, "0000001");
                let available = |e: &mut Encoder| {
                    e.text(31, "20260314105101");
                    e.text(45, "+0100");
                };
                if !behind {
                    available(e);
                }
                e.group(2, |e| {
                    e.group(5, |e| {
                        e.bcd(34, "001010000000001");
                        e.text(21, "20260314100000");
                        e.text(45, "+0100");
                        e.unsigned(19, 60);
                        e.text(16, "internet");
                        e.octet_string(28, incoming);
                        e.unsigned(29, 0);
                    });
                    e.group(3, |e| {
                        e.bcd(34, "001010000000001");
                        e.text(21, "20260314100000");
                        e.text(45, "+0100");
                        e.unsigned(19, 60);
                        e.group(46, |e| e.text(43, "11"));
                        e.text(27, connected);
                    });
                });
                e.unsigned(20, 2);
                if behind {
                    available(e);
                }
            });
        });
        let outcome = validate(octets.as_slice(), &Options::default()).unwrap();
        (codes(&outcome), outcome.nrtrde.unwrap().unclassified)
    };
    assert_eq!(check(false, &[5], "+33612345678"), (vec![], 0));
    assert_eq!(check(false, &[0xfb], "+33612345678"), (vec![Code::AmountBad], 0));
    assert_eq!(check(true, &[5], "+33612345678"), (vec![Code::GroupOrder], 0));
    assert_eq!(
        check(false, &[5], "0612345678"),
        (vec![], 1),
        "a French number, as it was dialled"
    );
}

#[test]
fn file_should_be_refused_when_an_item_of_its_header_stands_there_twice() {
    let text = |tag, text| made(|e| e.text(tag, text));
    let number = |tag, number| made(|e| e.unsigned(tag, number));
    let time = |tag| made(|e| local(e, tag, "20260317063000"));
    let row = |tag, row, octets: &[u8]| made(|e| e.group(tag, |e| e.group(row, |e| e.raw(octets))));
    let control = [
        text(196, "FRAF2"),
        text(182, "DEUD2"),
        text(109, "00002"),
        time(108),
        time(227),
        time(107),
        number(201, 3),
        number(189, 11),
        [text(110, "T"), text(110, "X")].concat(),
    ];
    let accounting = [
        text(135, "USD"),
        text(210, "USD"),
        number(244, 2),
        row(80, 106, &number(105, 2)),
        row(211, 216, &number(212, 9)),
    ];
    // A total or the count, once more.
    let audit = [number(415, 1), number(226, 1), number(225, 1), number(43, 9)];
    let file = || File {
        records: vec![Call::default().record()],
        ..File::default()
    };
    let of = |control: &[u8], accounting: &[u8], audit: &[u8]| {
        let file = File {
            control: control.to_vec(),
            accounting: accounting.to_vec(),
            audit: audit.to_vec(),
            ..file()
        };
        file.check()
    };
    let refused = |outcome: Outcome| {
        assert_eq!(codes(&outcome), [Code::Undecodable]);
        let message = &outcome.findings.kept()[0].message;
        assert!(
            message.contains("stands twice where it belongs once"),
            "{message}"
        );
    };
    assert_eq!(codes(&of(&[], &[], &[])), []);
    // What no reader knows may be there as often as it likes.
    let unknown = [text(600, "x"), text(600, "y")].concat();
    assert_eq!(codes(&of(&unknown, &unknown, &unknown)), []);
    control.iter().for_each(|again| refused(of(again, &[], &[])));
    accounting.iter().for_each(|again| refused(of(&[], again, &[])));
    audit.iter().for_each(|again| refused(of(&[], &[], again)));
    // In a row of a table.
    let rate = [
        number(105, 2),
        number(159, 5),
        number(104, 100_000),
        number(104, 1),
    ]
    .concat();
    let rates = made(|e| e.group(80, |e| e.group(106, |e| e.raw(&rate))));
    let alone = made(|e| e.group(1, |e| e.group(5, |e| e.raw(&rates))));
    let outcome = validate(alone.as_slice(), &Options::default()).unwrap();
    assert!(outcome.findings.codes().contains(&Code::Undecodable));
}
