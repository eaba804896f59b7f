//! What is written, octet by octet, against files put down by hand: which item stands in which, in what order, with which
//! tag and in which form. The hand-made files follow the public descriptions of the modules and are made by the few lines
//! below, which share nothing with the project's writer.

use interclear_tap::{
    ber::{Encoder, LengthForm},
    model::{
        Accounting, AuditControl, BatchControl, Conversion, DateTime, Discounting, Network, RecordingEntity,
        Taxation, UtcOffset,
    },
    nrtrde::{CallKind, NrtrdeCall, NrtrdeControl},
    rap::{
        Acknowledgement, ErrorContext, ErrorDetail, ErrorGroup, GroupErrors, ReturnControl, ReturnDetail,
        ReturnFile,
    },
    writer::{notification, Batch, Digits, Layout, Record, Share, Usage},
};

/// The octets of a file put down by hand: `9{...}` is element 9 with elements inside, `129:0010` one with octets in
/// hexadecimal digits, `71='00'` one with text.
fn by_hand(text: &str) -> Vec<u8> {
    let mut rest = text;
    let octets = elements(&mut rest);
    assert_eq!(rest, "");
    octets
}

fn elements(rest: &mut &str) -> Vec<u8> {
    let mut octets = Vec::new();
    loop {
        *rest = rest.trim_start();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 {
            return octets;
        }
        let tag: u32 = rest[..digits].parse().unwrap();
        let kind = rest[digits..].chars().next().unwrap();
        *rest = &rest[digits + 1..];
        let contents = match kind {
            '{' => {
                let inner = elements(rest);
                *rest = rest.strip_prefix('}').unwrap();
                inner
            }
            ':' => {
                let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
                let hex = &rest[..end];
                *rest = &rest[end..];
                (0..hex.len())
                    .step_by(2)
                    .map(|place| u8::from_str_radix(&hex[place..place + 2], 16).unwrap())
                    .collect()
            }
            '=' => {
                let end = 1 + rest[1..].find('\'').unwrap();
                let text = rest.as_bytes()[1..end].to_vec();
                *rest = &rest[end + 1..];
                text
            }
            other => panic!("{other} behind {tag}"),
        };
        let class = if kind == '{' { 0x60 } else { 0x40 };
        match tag {
            0..=30 => octets.push(class | tag as u8),
            31..=127 => octets.extend([class | 0x1f, tag as u8]),
            _ => octets.extend([class | 0x1f, 0x80 | (tag >> 7) as u8, (tag & 0x7f) as u8]),
        }
        match contents.len() {
            short @ 0..=127 => octets.push(short as u8),
            middle @ 128..=255 => octets.extend([0x81, middle as u8]),
            long => octets.extend([0x82, (long >> 8) as u8, long as u8]),
        }
        octets.extend(contents);
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// 1 October 2026, 14:00 by the clock.
const AT: i64 = 1_790_863_200;

fn record(usage: Usage) -> Record {
    Record {
        usage,
        imsi: Digits::new("00101", 77, 15),
        msisdn: Digits::new("49", 151_555, 12),
        imei: Some(Digits::new("35", 77, 15)),
        other: Digits::new("33", 612_345_678, 11),
        start_local: AT,
        offset_code: 1,
        duration: 90,
        charge: 1_500,
        exchange_rate_code: 1,
        tax: Some(Share {
            code: 2,
            value: 285,
            base: 1_500,
        }),
        discount: Some(Share {
            code: 3,
            value: 100,
            base: 1_600,
        }),
        entity_code: 4,
        location_area: 10,
        cell: 20,
        reference: 30,
    }
}

/// Parts that stand in several records.
const SUBSCRIBER: &str = "427{199{129:001010000000077f 152:490000151555}}";
const TIME: &str = "16='20261001140000' 232:01";
const PLACE: &str = "156{184:04 45:0000001e 136:0a 59:14}";
const DEVICE: &str = "429{128:350000000000077f}";
const TAX: &str = "214{213{212:02 397:011d 398:05dc}}";
const DISCOUNT: &str = "96{91:03 412:64 423:0640}";

/// Charge information: item, call type levels, units.
fn charges(item: &str, levels: &str, units: &str) -> String {
    format!(
        "69{{66='{item}' 105:01 258{{{levels}}} 64{{63{{71='00' 62:05dc 65:{units} 68:{units}}}}} {TAX} {DISCOUNT}}}"
    )
}

#[track_caller]
fn written(usage: Usage, layout: Layout, wanted: &str) {
    let mut encoder = Encoder::default();
    record(usage).encode_as(&mut encoder, layout);
    assert_eq!(hex(encoder.octets()), hex(&by_hand(wanted)), "{usage:?}");
}

#[test]
fn notation_should_be_read_as_octets() {
    assert_eq!(
        hex(&by_hand("9{36{} 426:01 71='00'}")),
        "690d7f24005f832a01015f47023030"
    );
    let long = by_hand(&format!("129:{}", "00".repeat(200)));
    assert_eq!(&long[..5], &[0x5f, 0x81, 0x01, 0x81, 200]);
}

#[test]
fn calls_and_messages_should_be_written_as_the_module_has_them() {
    let local = "259:01 255:01 256:00";
    let national = "259:01 255:00 256:00";
    let used = |service: &str, charges: String| {
        format!("38{{39{{36{{426{{218='{service}'}}}} 74{{{TIME}}} 70{{{charges}}}}}}}")
    };
    let call = Usage::CallMade {
        level_1: 1,
        level_2: 1,
    };
    written(
        call,
        Layout::Release11,
        &format!(
            "9{{147{{{SUBSCRIBER} 89{{407:33612345678f}} 44{{{TIME}}} 223:5a 58:00}} 138{{{PLACE}}} {DEVICE} {}}}",
            used("11", charges("D", local, "5a"))
        ),
    );
    written(
        Usage::MessageSent,
        Layout::Release11,
        &format!(
            "9{{147{{{SUBSCRIBER} 89{{419='33612345678'}} 44{{{TIME}}} 223:5a 58:00}} 138{{{PLACE}}} {DEVICE} {}}}",
            used("22", charges("E", national, "01"))
        ),
    );
    written(
        Usage::CallReceived,
        Layout::Release11,
        &format!(
            "10{{153{{{SUBSCRIBER} 41{{405:33612345678f}} 44{{{TIME}}} 223:5a 58:00}} 138{{{PLACE}}} {DEVICE} {}}}",
            used("11", charges("D", national, "5a"))
        ),
    );
    written(
        Usage::MessageReceived,
        Layout::Release11,
        &format!(
            "10{{153{{{SUBSCRIBER} 41{{425='33612345678'}} 44{{{TIME}}} 223:5a 58:00}} 138{{{PLACE}}} {DEVICE} {}}}",
            used("21", charges("E", national, "01"))
        ),
    );
    // Release 10: choices without tags, another item for numbers, devices and discounts.
    let old = charges("D", local, "5a")
        .replace("398:05dc", "71='00' 398:05dc")
        .replace("412:64 423:0640", "93:64");
    written(
        call,
        Layout::Release10,
        &format!(
            "9{{147{{199{{129:001010000000077f 152:490000151555}} 89{{33:33612345678f}} 44{{{TIME}}} 223:5a 58:00}}
               138{{{PLACE}}} 102{{148:02 128:350000000000077f}}
               38{{39{{36{{218='11'}} 74{{{TIME}}} 70{{{old}}}}}}}}}"
        ),
    );
}

#[test]
fn packet_data_should_be_written_as_the_module_has_it() {
    let usage = Usage::Data {
        incoming: 1_000,
        outgoing: 24,
    };
    let home = "259:0a 255:00 256:00";
    let rest = "223:5a 58:00 72:1e} 117{118{185{184:04} 136:0a 59:14}}";
    written(
        usage,
        Layout::Release11,
        &format!(
            "14{{114{{115{{{SUBSCRIBER} 167='10.0.0.1'}} 116{{261='internet'}} 44{{{TIME}}} {rest} {DEVICE}
               121{{250:03e8 251:18 70{{{}}}}}}}",
            charges("X", home, "0400")
        ),
    );
    let old = charges("X", home, "0400")
        .replace("398:05dc", "71='00' 398:05dc")
        .replace("412:64 423:0640", "93:64");
    written(
        usage,
        Layout::Release10,
        &format!(
            "14{{114{{115{{199{{129:001010000000077f 152:490000151555}} 167='10.0.0.1'}} 116{{261='internet'}}
               44{{{TIME}}} {rest} 102{{148:02 128:350000000000077f}}
               121{{120{{119{{74{{{TIME}}} 250:03e8 251:18}}}} 70{{{old}}}}}}}"
        ),
    );
}

#[test]
fn other_kinds_should_be_written_as_the_module_has_them() {
    let national = "259:01 255:00 256:00";
    let event = charges("E", national, "01");
    written(
        Usage::SupplementaryService,
        Layout::Release11,
        &format!("11{{{SUBSCRIBER} 138{{{PLACE}}} 206{{209='21' 208:00 74{{{TIME}}} {event}}}}}"),
    );
    written(
        Usage::ServiceCentre,
        Layout::Release11,
        &format!(
            "12{{191{{430{{286{{129:001010000000077f 152:490000151555}}}} 67:00 402='33612345678'}} 184:04 {event}
               193{{88{{{TIME}}} 76{{{TIME}}} 73='D'}}}}"
        ),
    );
    written(
        Usage::Content {
            octets: 1_000,
            refunded: true,
        },
        Layout::Release11,
        &format!(
            "17{{304{{300{{{TIME}}} 303:00}} 324{{310{{309{{305:01 287='490000151555'}}}}}}
               285{{352{{336:01 337:01 281:01 341='30' 250:03e8 344:01 70{{{event}}}}}}}}}"
        ),
    );
    written(
        Usage::Location,
        Layout::Release11,
        &format!(
            "297{{184:04 45:0000001e 298{{299{{362{{363:01 364='490000151555'}}}}}}
               382{{383{{384{{{TIME}}}}} 74{{{TIME}}} 70{{{event}}}}}}}"
        ),
    );
    written(
        Usage::Messaging,
        Layout::Release11,
        &format!(
            "433{{439:01 436{{129:001010000000077f 152:490000151555}} 435='30' 185{{184:04}} 447{{{TIME}}}
               443{{444:33612345678f}} 105:01 258{{{national}}} 62:05dc {TAX}}}"
        ),
    );
    written(
        Usage::Session,
        Layout::Release11,
        &format!(
            "434{{440:01 436{{129:001010000000077f 152:490000151555}} 136:0a 59:14 435='30' 185{{184:04}} 447{{{TIME}}}
               58:00 223:5a 443{{444:33612345678f}}
               448{{449{{66='D' 105:01 258{{{national}}} 64{{63{{71='00' 62:05dc 65:5a 68:5a}}}} {TAX}}}}}}}"
        ),
    );
}

fn stamp() -> Option<DateTime> {
    Some(DateTime::from_utc(AT - 7_200, 7_200))
}

const STAMP: &str = "16='20261001140000' 231='+0200'";

fn batch(release: u64) -> Batch {
    Batch {
        control: BatchControl {
            sender: Some("FRAF1".into()),
            recipient: Some("DEUD1".into()),
            sequence: Some("00042".into()),
            created: stamp(),
            cut_off: stamp(),
            available: stamp(),
            version: Some(3),
            release: Some(release),
            file_type: Some("T".into()),
            rap_sequence: Some("00007".into()),
        },
        accounting: Accounting {
            taxation: vec![Taxation {
                code: Some(2),
                tax_type: Some("13".into()),
                rate: Some("1900000".into()),
                charge_type: None,
            }],
            discounting: vec![Discounting {
                code: Some(3),
                rate: Some(1_000),
                fixed: None,
            }],
            local_currency: Some("EUR".into()),
            tap_currency: Some("XDR".into()),
            conversions: vec![Conversion {
                code: Some(1),
                decimals: Some(5),
                rate: Some(121_903),
            }],
            tap_decimals: Some(3),
        },
        network: Network {
            offsets: vec![UtcOffset {
                code: Some(1),
                offset: Some("+0200".into()),
            }],
            entities: vec![RecordingEntity {
                code: Some(4),
                entity_type: Some(1),
                id: Some("4400100".into()),
            }],
        },
        audit: AuditControl {
            earliest: stamp(),
            latest: stamp(),
            charge: Some(1_500),
            charge_refund: Some(3),
            tax: Some(285),
            tax_refund: Some(2),
            discount: Some(100),
            discount_refund: Some(1),
            events: Some(5),
        },
    }
}

#[test]
fn batches_and_notifications_should_have_their_groups_and_fields_in_order() {
    let control =
        format!("196='FRAF1' 182='DEUD1' 109='00042' 108{{{STAMP}}} 227{{{STAMP}}} 107{{{STAMP}}} 201:03");
    let wanted = format!(
        "1{{4{{{control} 189:0c 110='T' 181='00007'}}
            5{{211{{216{{212:02 217='13' 215='1900000'}}}} 95{{94{{91:03 428{{92:03e8}}}}}} 135='EUR' 210='XDR'
               80{{106{{105:01 159:05 104:01dc2f}}}} 244:03}}
            6{{234{{233{{232:01 231='+0200'}}}} 188{{183{{184:04 186:01 400='4400100'}}}}}}
            3{{}}
            15{{101{{{STAMP}}} 133{{{STAMP}}} 415:05dc 355:03 353:02 226:011d 225:64 354:01 43:05}}}}"
    );
    assert_eq!(
        hex(&batch(12).to_octets(LengthForm::Definite, &[])),
        hex(&by_hand(&wanted))
    );
    let old = wanted
        .replace("189:0c", "189:0a")
        .replace("428{92:03e8}", "92:03e8")
        .replace("400=", "151=")
        .replace("415:05dc 355:03", "224{222{71='00' 241:05dc 355:03}}");
    assert_eq!(
        hex(&batch(10).to_octets(LengthForm::Definite, &[])),
        hex(&by_hand(&old))
    );
    let fixed = Accounting {
        discounting: vec![Discounting {
            code: Some(3),
            rate: None,
            fixed: Some(100),
        }],
        ..Accounting::default()
    };
    let mut encoder = Encoder::default();
    fixed.encode(&mut encoder);
    assert_eq!(
        hex(encoder.octets()),
        hex(&by_hand("5{95{94{91:03 428{411:64}}}}"))
    );
    // A notification has an order of its own.
    let wanted = format!(
        "2{{196='FRAF1' 182='DEUD1' 109='00042' 181='00007' 108{{{STAMP}}} 107{{{STAMP}}} 227{{{STAMP}}} 201:03 189:0c
            110='T'}}"
    );
    assert_eq!(
        hex(&notification(&batch(12).control, LengthForm::Definite)),
        hex(&by_hand(&wanted))
    );
}

#[test]
fn returns_should_have_their_groups_and_fields_in_order() {
    let detail = |item| ErrorDetail {
        path: vec![ErrorContext {
            item,
            level: 1,
            occurrence: Some(2),
        }],
        offset: Some(200),
        code: Some(100),
    };
    let error = |item: &str| format!("520{{521{{549{{545{{546:{item} 547:02 548:01}}}} 524:00c8 519:64}}}}");
    let details = vec![
        ReturnDetail::Missing {
            first: Some("00047".into()),
            last: Some("00049".into()),
        },
        ReturnDetail::Fatal {
            sequence: Some("00034".into()),
            errors: vec![
                GroupErrors {
                    group: ErrorGroup::TransferBatch,
                    octets: Vec::new(),
                    errors: vec![detail(1)],
                },
                GroupErrors {
                    group: ErrorGroup::Audit,
                    octets: by_hand("15{43:03}"),
                    errors: vec![detail(43)],
                },
            ],
        },
        ReturnDetail::Severe {
            sequence: Some("00045".into()),
            record: by_hand("9{147{}}"),
            errors: vec![detail(9)],
        },
        ReturnDetail::Stop {
            last: Some("00050".into()),
        },
    ];
    let mut file = ReturnFile::new(ReturnControl::new("DEUD1", "FRAF1", 7, AT), details);
    file.control.tap_release = Some(12);
    file.control.file_type = Some("T".into());
    file.control.tap_currency = Some("XDR".into());
    file.control.tap_decimals = Some(3);
    let stamp = "16='20261001140000' 231='+0000'";
    let wanted = format!(
        "534{{537{{196='DEUD1' 182='FRAF1' 181='00007' 526{{{stamp}}} 525{{{stamp}}} 201:03 189:0c 544:01 543:05 110='T'
                   244:03 210='XDR'}}
            536{{538{{532='00047' 518='00049'}}
                 539{{109='00034' 542{{{}}} 513{{15{{43:03}} {}}}}}
                 540{{109='00045' 9{{147{{}}}} {}}}
                 554{{555='00050'}}}}
            541{{533:00 528:04 553:00}}}}",
        error("01"),
        error("2b"),
        error("09"),
    );
    assert_eq!(hex(&file.to_octets(LengthForm::Definite)), hex(&by_hand(&wanted)));
    let acknowledgement = Acknowledgement {
        sender: Some("FRAF1".into()),
        recipient: Some("DEUD1".into()),
        sequence: Some("00007".into()),
        created: Some(DateTime::from_utc(AT, 0)),
        available: Some(DateTime::from_utc(AT, 0)),
        file_type: None,
    };
    let wanted = format!("535{{196='FRAF1' 182='DEUD1' 181='00007' 516{{{stamp}}} 515{{{stamp}}}}}");
    assert_eq!(
        hex(&acknowledgement.to_octets(LengthForm::Definite)),
        hex(&by_hand(&wanted))
    );
}

#[test]
fn near_real_time_records_should_have_their_fields_in_order() {
    let call = |kind, tele_service| NrtrdeCall {
        kind,
        imsi: Digits::new("00101", 77, 15),
        other: Digits::new("33", 612_345_678, 11),
        start_local: AT,
        utc_offset: 7_200,
        duration: 90,
        tele_service,
        volume: (1_000, 24),
        reference: 30,
    };
    let control = NrtrdeControl {
        sender: Some("FRAF1".into()),
        recipient: Some("DEUD1".into()),
        sequence: Some("0000042".into()),
        version: Some(2),
        release: Some(1),
        available: stamp(),
        events: Some(3),
    };
    let calls = [
        call(CallKind::Moc, "11"),
        call(CallKind::Mtc, "21"),
        call(CallKind::Gprs, ""),
    ];
    let head = "34:001010000000077f 21='20261001140000' 45='+0200' 19:5a 24:00";
    let wanted = format!(
        "1{{41:02 37:01 38='FRAF1' 36='DEUD1' 39='0000042' 31='20261001140000' 45='+0200'
            2{{3{{{head} 46{{43='11'}} 30='33612345678' 27='33612345678' 35='msc-1'}}
               4{{{head} 46{{43='21'}} 22='33612345678' 35='msc-1'}}
               5{{{head} 16='internet' 28:03e8 29:18 40='192.0.2.1' 32='192.0.2.2' 26:1e}}}}
            20:03}}"
    );
    assert_eq!(
        hex(&control.to_octets(LengthForm::Definite, calls)),
        hex(&by_hand(&wanted))
    );
}
