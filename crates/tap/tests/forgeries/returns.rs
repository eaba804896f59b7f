//! Returns that are made, and those of others.

use crate::made::*;
use interclear_tap::{
    ber::LengthForm,
    make_returns,
    rap::{ReturnDetail, ReturnFile},
    validate, Code, EventKinds, Options,
};

#[test]
fn return_should_lead_to_the_item_level_by_level() {
    // Of two taxes the second has a code that is in no table.
    let list = taxes(&[(Some(1), Some(19), None), (Some(9), Some(1), None)]);
    let call = Call {
        services: vec![service("11", &[information(1, &[("00", 100)], &list)])],
        ..Call::default()
    };
    let record = call.record();
    let file = File {
        charge: 200,
        tax: 20,
        records: vec![Call::default().record(), record.clone()],
        ..File::default()
    };
    let octets = file.octets();
    let outcome = file.check_with(&Options {
        keep_returned: true,
        ..Options::default()
    });
    let returns = make_returns(&outcome, None, 1, 0).unwrap();
    let ReturnDetail::Severe { errors, .. } = &returns.details[0] else {
        panic!("a severe return");
    };
    let [error] = &errors[..] else {
        panic!("{errors:?}");
    };
    let path: Vec<_> = error
        .path
        .iter()
        .map(|step| (step.item, step.level, step.occurrence))
        .collect();
    assert_eq!(
        path,
        [
            (1, 1, None),
            (3, 2, None),
            (9, 3, Some(2)),
            (38, 4, None),
            (39, 5, None),
            (70, 6, None),
            (69, 7, None),
            (214, 8, None),
            (213, 9, Some(2)),
            (212, 10, None),
        ]
    );
    let place = usize::try_from(error.offset.unwrap()).unwrap();
    // Tag 212, one octet: 9.
    assert_eq!(&octets[place..place + 5], [0x5f, 0x81, 0x54, 0x01, 0x09]);
}

#[test]
fn our_own_returns_should_be_in_order_when_an_aggregate_is_returned() {
    let aggregate = made(|e| e.group(453, |e| e.unsigned(461, 5_000)));
    let file = File {
        records: vec![Call::default().record(), aggregate],
        ..File::default()
    };
    let mut options = Options {
        keep_returned: true,
        ..Options::default()
    };
    options.rules.agreed = EventKinds::BASIC;
    let returns = make_returns(&file.check_with(&options), None, 1, 0).unwrap();
    let octets = returns.to_octets(LengthForm::Definite);
    assert_eq!(ReturnFile::read(octets.as_slice()).unwrap(), returns);
    assert_eq!(
        codes(&validate(octets.as_slice(), &Options::default()).unwrap()),
        []
    );
}

#[test]
fn returns_should_be_refused_when_missing_files_end_before_they_begin() {
    let found = |first: &str, last: &str| {
        let octets = made(|e| {
            e.group(534, |e| {
                e.group(537, |e| {
                    e.text(196, "DEUD1");
                    e.text(182, "FRAF1");
                    e.text(181, "00001");
                    local(e, 526, "20260320100000");
                    local(e, 525, "20260320110000");
                    e.unsigned(201, 3);
                    e.unsigned(189, 12);
                    e.unsigned(544, 1);
                    e.unsigned(543, 5);
                });
                e.group(536, |e| {
                    e.group(538, |e| {
                        e.text(532, first);
                        e.text(518, last);
                    });
                });
                e.group(541, |e| {
                    e.unsigned(533, 0);
                    e.unsigned(528, 1);
                });
            });
        });
        codes(&validate(octets.as_slice(), &Options::default()).unwrap())
    };
    assert_eq!(found("00005", "00009"), []);
    assert_eq!(found("00005", "00005"), []);
    assert_eq!(found("99998", "00002"), [], "1 follows 99999");
    assert_eq!(found("00009", "00005"), [Code::ReturnFileBad]);
}
