//! Reports and traces over rows as the chain makes them, with figures that were added up by hand.

use crate::within;
use codec::Encode;
use interclear_archive::{
    database::Database,
    json,
    report::{report, Cell, Kind},
    trace::Tracer,
};
use interclear_primitives::{
    agreement::Terms,
    money::Currency,
    period::Period,
    rating::{TaxRate, TaxRule},
    samples,
};
use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};

const DAY: u64 = 86_400;
/// The time of the newest block: 2026-12-31, as a day since 1970.
const TODAY: u64 = 20_818;

/// A value as the archive writes it.
pub fn written<T: TypeInfo + Encode + 'static>(value: &T) -> String {
    let mut registry = Registry::new();
    let of = registry.register_type(&MetaType::new::<T>()).id;
    let types: PortableRegistry = registry.into();
    let mut out = String::new();
    json::read(&mut value.encode().as_slice(), of, &types, &mut out).unwrap();
    out
}

/// 19 % on what the first party's subscribers use, nothing on what the others do.
pub fn terms() -> Terms {
    let mut terms = samples::terms(Period(202_610), Period(202_709));
    let rate = TaxRate(1_900_000);
    for line in terms.directions[0]
        .groups
        .iter_mut()
        .flat_map(|group| group.lines.iter_mut())
    {
        line.terms.tax = TaxRule::Excluded { rate };
    }
    terms
}

/// Rows of `state`: pallet, item, key, value.
fn held() -> Vec<(&'static str, &'static str, String, String)> {
    let batch = |sequence: u32, service: &str, quantity: &str, late: &str, status: &str| {
        let key = format!(
            r#"{{"series":{{"sender":"FRA7B","recipient":"DEU7A","stream":"Tap","test":false}},"sequence":{sequence}}}"#
        );
        let value = format!(
            r#"{{"anchor":{{"key":{key},"file_digest":"0xd{sequence}","root":"0xe{sequence}","currency":"EUR","decimals":4,"records":9,
            "totals":[{{"service":"{service}","records":9,"quantity":"{quantity}","charge":"5000000","tax":"0"}}]}},
            "route":{{"agreement":7,"direction":"FirstHome","group":0}},"period":"2026-10","late":{late},"status":{status},
            "anchored_at":1,"answered_at":2}}"#
        );
        ("Anchoring", "Batches", format!("[{key}]"), value)
    };
    let debt = |number: u32, debtor: u32, creditor: u32, amount: &str, due: u64, source: &str, slot: &str| {
        let value = format!(
            r#"{{"debtor":{debtor},"creditor":{creditor},"currency":"EUR","amount":"{amount}","due":{},"source":{source},
            "accepts":[2],"place":{{"token":1,"slot":{slot}}}}}"#,
            due * DAY
        );
        ("Netting", "Obligations", format!("[{number}]"), value)
    };
    let of_statement = r#"{"Statement":{"agreement":7,"period":"2026-10"}}"#;
    let note = r#"{"Note":{"agreement":7,"period":"2026-10","dispute":3}}"#;
    let operator = |number: u32, name: &str, tadig: &str| {
        (
            "Operators",
            "Operators",
            format!("[{number}]"),
            format!(r#"{{"name":"{name}","status":"Active","tadigs":["{tadig}"]}}"#),
        )
    };
    let position = |operator: u32, net: &str, excluded: bool| {
        (
            "Netting",
            "Positions",
            format!("[4,{operator}]"),
            format!(r#"{{"net":"{net}","carried":"0","held":"0","excluded":{excluded}}}"#),
        )
    };
    let line = |direction: &str, service: &str, charge: &str, tax: &str| {
        format!(
            r#"{{"direction":"{direction}","group":0,"service":"{service}","late":null,"quantity":"1500000","tap_charge":"9",
            "charge":"{charge}","shortfall":"0","tax":"{tax}"}}"#
        )
    };
    let nrtrde = |sequence: u32, ended: Option<u64>, anchored: u64, test: bool| {
        let key = format!(
            r#"[{{"series":{{"sender":"FRA7B","recipient":"DEU7A","stream":"Nrtrde","test":{test}}},"sequence":{sequence}}}]"#
        );
        let (records, ended) = ended.map_or((0, "null".to_owned()), |ended| (3, ended.to_string()));
        let agreement = if test { "null" } else { "7" };
        let value = format!(
            r#"{{"anchor":{{"records":{records},"earliest_end":{ended}}},"agreement":{agreement},"anchored_at":{anchored},"acknowledged_at":null}}"#
        );
        ("Anchoring", "NrtrdeFiles", key, value)
    };
    let ended = |phase: &str, claims: [&str; 2]| {
        let figures = |charge: &str| {
            let tax: u32 = charge.parse::<u32>().unwrap() * 19 / 100;
            format!(r#"{{"quantity":"1500000","charge":"{charge}","shortfall":"0","tax":"{tax}"}}"#)
        };
        // It has ended after twelve days; before, that is until when somebody has time.
        let until = (TODAY - 18) * DAY;
        let phase = if phase.starts_with('{') {
            phase.to_owned()
        } else {
            format!("\"{phase}\"")
        };
        let value = format!(
            r#"{{"subject":{{"StatementLine":{{"agreement":7,"period":"2026-10","line":{{"usage":{{"direction":"FirstHome","group":0,"service":"Mtc"}},"late":null}}}}}},
            "parties":[0,1],"kind":"MissingUsage","raised_by":"Debtor","raised_at":{},"until":{until},"currency":"EUR","decimals":2,"stated":{},
            "claims":[{},{}],"phase":{phase},"settled":"142"}}"#,
            (TODAY - 30) * DAY,
            figures("200"),
            figures(claims[0]),
            figures(claims[1]),
        );
        ("Disputes", "Disputes", "[5]".to_owned(), value)
    };
    let lines = [
        line("FirstHome", "Gprs", "10000", "1900"),
        line("FirstHome", "Mtc", "200", "38"),
        line("SecondHome", "Gprs", "700", "0"),
    ];
    vec![
        operator(0, "Alpha", "DEU7A"),
        operator(1, "Beta", "FRA7B"),
        operator(2, "=Gamma", "GBR01"),
        ("Netting", "Tokens", "[1]".into(), r#"{"issuer":2,"currency":"EUR","decimals":2}"#.into()),
        ("Agreements", "TermsOf", "[7,2]".into(), written(&terms())),
        (
            "Statements",
            "Statements",
            r#"[7,"2026-10"]"#.into(),
            format!(
                r#"{{"parties":[0,1],"version":2,"currency":"EUR","decimals":2,"exchange":null,"lines":[{}],
                "totals":["12138","700"],"net":"11438","disputed":{{"open":[1,0],"adjusted":["-500","40"],"note":null}},"status":"Affirmed","issued_at":1,"due":1}}"#,
                lines.join(",")
            ),
        ),
        batch(1, "Gprs", "1000000", "null", r#""Acknowledged""#),
        batch(2, "Mtc", "1500000", "null", r#""Acknowledged""#),
        batch(3, "Gprs", "500000", "null", r#"{"Returned":"Totals"}"#),
        batch(4, "Gprs", "500000", r#""2026-11""#, r#""Anchored""#),
        // Settled in cycle 4, which took in all that was due by day 20790.
        debt(11, 0, 1, "11438", 20_788, of_statement, r#"{"Day":20788}"#),
        // Given back by cycle 4: waits for the one after it.
        debt(12, 1, 0, "500", 20_785, note, r#"{"After":4}"#),
        // Operator 2 was excluded from it.
        debt(13, 2, 0, "90", 20_727, of_statement, r#"{"Day":20727}"#),
        debt(14, 2, 0, "7", TODAY, of_statement, r#"{"Day":20818}"#),
        // Its creditor has confirmed that it was paid elsewhere, so it is in no book.
        (
            "Netting",
            "Obligations",
            "[15]".into(),
            format!(
                r#"{{"debtor":2,"creditor":0,"currency":"EUR","amount":"1000","due":{},"source":{of_statement},"accepts":[2],
                "place":null,"paid_outside":{}}}"#,
                20_700 * DAY,
                20_701 * DAY
            ),
        ),
        // And this one was paid gross by its debtor.
        (
            "Netting",
            "Obligations",
            "[16]".into(),
            format!(
                r#"{{"debtor":2,"creditor":0,"currency":"EUR","amount":"2000","due":{},"source":{of_statement},"accepts":[2],
                "place":null,"paid_outside":null,"gross":true,"paid_gross":{}}}"#,
                20_700 * DAY,
                20_701 * DAY
            ),
        ),
        ("Netting", "Cuts", "[1]".into(), r#"[{"to":20790,"cycle":4}]"#.into()),
        ("Netting", "Cycles", "[4]".into(), r#"{"token":1,"currency":"EUR","phase":"Settled","cut_off":1,"fund_by":2,"obligations":1,"gross":"11438","net":"11438","parties":2,"finished_at":3}"#.into()),
        nrtrde(1, Some(TODAY * DAY), TODAY * DAY + 4 * 3_600, false),
        nrtrde(2, Some(TODAY * DAY), TODAY * DAY + 4 * 3_600 + 1, false),
        nrtrde(3, None, TODAY * DAY + 4 * 3_600 + 2, false),
        // A test file of the same number, far too late.
        nrtrde(1, Some(TODAY * DAY - 9 * DAY), TODAY * DAY + 4 * 3_600, true),
        (
            "Disputes",
            "Disputes",
            "[3]".into(),
            format!(
                r#"{{"subject":{{"StatementLine":{{"agreement":7,"period":"2026-10","line":{{"usage":{{"direction":"FirstHome","group":0,"service":"Gprs"}},"late":null}}}}}},"parties":[0,1],"kind":"Volume","raised_by":"Debtor",
                "raised_at":{},"currency":"EUR","decimals":2,"stated":{{"quantity":"1","charge":"10000","shortfall":"0","tax":"1900"}},
                "claims":[{{"quantity":"1","charge":"9000","shortfall":"0","tax":"1710"}},{{"quantity":"1","charge":"10000","shortfall":"0","tax":"1900"}}],
                "phase":"Answered","settled":"0"}}"#,
                (TODAY - 45) * DAY
            ),
        ),
        // It was raised from 2.00 to 1.00, answered with 1.50, and both have found it to be 1.20.
        ended("Raised", ["100", "200"]),
        ended("Answered", ["100", "150"]),
        ended(r#"{"Ended":"Accepted"}"#, ["120", "120"]),
        // Numbers 5 and 9 to 10 are missing.
        (
            "Anchoring",
            "Sequences",
            r#"[{"sender":"FRA7B","recipient":"DEU7A","stream":"Tap","test":false}]"#.into(),
            r#"{"highest":11,"gaps":[{"first":5,"last":5,"period":"2026-10","agreement":7,"since":1},{"first":9,"last":10,"period":"2026-10",
            "agreement":7,"since":1}],"months":[]}"#.into(),
        ),
        (
            "Reports",
            "Reports",
            r#"[[7,"2026-10"],["FRA7B","DEU7A"]]"#.into(),
            r#"{"route":{"agreement":7,"direction":"FirstHome","group":0},"late":null,"outcome":null,
            "visited":{"version":2,"document":"0xf2","lines":[{"service":"NbIot","quantity":"10000000","charge":"500","tax":"0"},{"service":"Gprs","quantity":"4","charge":"0","tax":"0"}]},
            "home":{"version":1,"document":"0xf1","lines":[{"service":"NbIot","quantity":"9000000","charge":"500","tax":"0"},{"service":"Gprs","quantity":"4","charge":"0","tax":"0"}]}}"#.into(),
        ),
        position(0, "-11438", false),
        position(1, "11438", false),
        position(2, "0", true),
    ]
}

pub async fn filled(url: &str) -> Database {
    let mut database = Database::to_write(url).await.unwrap();
    let time = i64::try_from(TODAY * DAY * 1_000).unwrap();
    for (id, (pallet, item, key, value)) in (1i64..).zip(held()) {
        // JSON by itself in the one, to be told so in the other.
        let query = match database.kind() {
            interclear_archive::database::Kind::Sqlite => "INSERT INTO state (id, pallet, item, key, value, from_block, gone, storage_key) VALUES ($1, $2, $3, $4, $5, 5, 0, $6)",
            interclear_archive::database::Kind::Postgres => "INSERT INTO state (id, pallet, item, key, value, from_block, gone, storage_key) VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, 5, 0, $6)",
        };
        let row = sqlx::query(query)
            .bind(id)
            .bind(pallet)
            .bind(item)
            .bind(key)
            .bind(value)
            .bind(id.to_be_bytes().to_vec());
        row.execute(database.connection()).await.unwrap();
    }
    let paid = match database.kind() {
        interclear_archive::database::Kind::Sqlite => {
            "INSERT INTO events VALUES (9, 0, 1, 'Netting', 'Paid', $1)"
        }
        interclear_archive::database::Kind::Postgres => {
            "INSERT INTO events VALUES (9, 0, 1, 'Netting', 'Paid', $1::jsonb)"
        }
    };
    sqlx::query(paid)
        .bind(r#"{"cycle":4,"from":0,"to":1,"amount":"11438"}"#)
        .execute(database.connection())
        .await
        .unwrap();
    sqlx::query("INSERT INTO blocks VALUES (5, '0x5', '0x5', 0, 1), (9, '0x9', '0x9', $1, 1)")
        .bind(time)
        .execute(database.connection())
        .await
        .unwrap();
    let runtime = "INSERT INTO runtimes (version, first_block, metadata) VALUES (1, 0, $1)";
    let metadata = codec::Encode::encode(&interclear_runtime::Runtime::metadata());
    sqlx::query(runtime)
        .bind(metadata)
        .execute(database.connection())
        .await
        .unwrap();
    let own = "INSERT INTO archive VALUES (1, 'A chain', '0x0', 0, 9, '0x9', 19)";
    sqlx::query(own).execute(database.connection()).await.unwrap();
    database
}

/// Rows of a report as text.
pub async fn shown(database: &mut Database, kind: Kind, period: Option<&str>) -> Vec<String> {
    let made = report(database, kind, period).await.unwrap();
    made.rows
        .iter()
        .map(|row| row.iter().map(Cell::as_text).collect::<Vec<_>>().join(" | "))
        .collect()
}

async fn check(database: &mut Database) {
    let month = [
        "2026-10 | 7 | Alpha | Beta | 1 | GPRS |  | 1.500000 | 100.00 | 0.00 | 19.00 | EUR | statement; dispute 3 is open",
        "2026-10 | 7 | Alpha | Beta | 2 | MTC |  | 1.500000 | 2.00 | 0.00 | 0.38 | EUR | statement",
        // 2.00 less 1.20, and its tax: 0.38 less 0.22.
        "2026-10 | 7 | Alpha | Beta | 2 | MTC |  | 0.000000 | -0.80 | 0.00 | -0.16 | EUR | credit note of dispute 5",
        "2026-10 | 7 | Beta | Alpha | 3 | GPRS |  | 1.500000 | 7.00 | 0.00 | 0.00 | EUR | statement",
    ];
    assert_eq!(shown(database, Kind::Month, Some("2026-10")).await, month);
    assert_eq!(shown(database, Kind::Month, None).await, month);
    assert!(shown(database, Kind::Month, Some("2026-09")).await.is_empty());
    // 33 days over, 91 days over, and due today; what cycle 4 has settled is not among them.
    assert_eq!(
        shown(database, Kind::Ageing, None).await,
        [
            "Beta | Alpha | EUR | 0.00 | 0.00 | 5.00 | 0.00 | 0.00 | 5.00",
            "=Gamma | Alpha | EUR | 0.07 | 0.00 | 0.00 | 0.00 | 0.90 | 0.97",
        ]
    );
    assert_eq!(
        shown(database, Kind::Files, Some("2026-10")).await,
        ["2026-10 | FRA7B | DEU7A | 4 | 3 | 2 | 1 | 0 | 1 | 1"]
    );
    // The same documents as in the settlement of the month. What is owed of a line in dispute is none yet.
    assert_eq!(
        shown(database, Kind::Notes, None).await,
        [
            " | credit note of dispute 5 | 7 | 2026-10 | Beta | Alpha | 0.96 | EUR | ",
            "12 | owed in dispute 3, which is open | 7 | 2026-10 | Beta | Alpha | 5.00 | EUR | 2026-11-28 00:00:00",
        ]
    );
    // The supplier's country; 19 % of 102.00, and nothing of 7.00. 0.16 of 0.80 are 20 %, but 19 % are agreed.
    assert_eq!(
        shown(database, Kind::Tax, None).await,
        [
            "2026-10 | DEU | Alpha | Beta | EUR | statement | 0.00 | 7.00 | 0.00",
            "2026-10 | FRA | Beta | Alpha | EUR | credit note of dispute 5 | 19.00 | -0.80 | -0.16",
            "2026-10 | FRA | Beta | Alpha | EUR | statement | 19.00 | 102.00 | 19.38",
        ]
    );
    // Four hours are in time, a second more is not. Of a file without records no call has ended, and a test file tells of none.
    assert_eq!(
        shown(database, Kind::Nrtrde, Some("2026-12")).await,
        [
            "2026-12 | FRA7B | DEU7A | 1 | 3 | 2026-12-31 00:00:00 | 4.00 | recipient",
            "2026-12 | FRA7B | DEU7A | 2 | 3 | 2026-12-31 00:00:00 | 4.00 | sender",
            "2026-12 | FRA7B | DEU7A | 3 | 0 |  |  | nobody",
        ]
    );
    assert_eq!(
        shown(database, Kind::Disputes, None).await,
        [
            "5 | 7 | 2026-10 | 2 | MTC | Alpha | Beta | missing usage | ended: accepted | 12 | 2.38 | 1.19 | 1.78 | 1.42 | 1.42 | EUR",
            "3 | 7 | 2026-10 | 1 | GPRS | Alpha | Beta | volume | answered | 45 | 119.00 | 107.10 | 119.00 |  | 0.00 | EUR",
        ]
    );
    // 10 MB and 9 MB: 10 % of the larger; where both say the same there is no row. 100.00 and 90.00, and their tax.
    assert_eq!(
        shown(database, Kind::Discrepancies, Some("2026-10")).await,
        [
            "2026-10 | 7 | Alpha | Beta | usage reports of DEU7A and FRA7B | NB-IoT | quantity | 9.000000 | 10.000000 | -1.000000 | 10.00 | ",
            "2026-10 | 7 | Alpha | Beta | dispute 3 | GPRS | charge | 90.00 | 100.00 | -10.00 | 10.00 | EUR",
            "2026-10 | 7 | Alpha | Beta | dispute 3 | GPRS | tax | 17.10 | 19.00 | -1.90 | 10.00 | EUR",
            "2026-10 | 7 | Alpha | Beta | dispute 5 | MTC | charge | 1.00 | 1.50 | -0.50 | 33.33 | EUR",
            "2026-10 | 7 | Alpha | Beta | dispute 5 | MTC | tax | 0.19 | 0.28 | -0.09 | 32.14 | EUR",
        ]
    );
    let mut tracer = Tracer::new(database).await.unwrap();
    let payment = tracer.payment(4, None).await.unwrap().unwrap().as_text(true);
    for part in [
        "payment of cycle 4\n├─ 0 Alpha paid 1 Beta 114.38 EUR (block 9)",
        "obligation 11: 0 Alpha owes 1 Beta 114.38 EUR (due 2026-12-01 00:00:00, settled in cycle 4)",
        // 114.38 less 5.00 that the first party withholds, and 0.40 that the second pays more.
        "statement of 2026-10 under agreement 7 (disputes change -5.00 EUR of 0 Alpha, 0.40 EUR of 1 Beta, net 114.38 EUR, net owed by 0 Alpha, \
         since block 5, so it comes to 108.98 EUR owed by 0 Alpha, status affirmed)",
        "terms of agreement 7, version 2 (months 2026-10 to 2027-09, since block 5)",
        "line 1: 0 Alpha owes for GPRS (charge 100.00 EUR, quantity 1.5 MB, tax 19.00 EUR)",
        "file 1 from FRA7B to DEU7A (answer acknowledged, charge 5.000000 EUR, digest 0xd1, quantity 1 MB, root 0xe1, since block 5)",
        // What both sides have reported of it stands there, too.
        "usage report of FRA7B, version 2 (charge 0.000000 EUR, document 0xf2, of DEU7A at FRA7B, quantity 0.000004 MB, since block 5)",
        "usage report of DEU7A, version 1 (charge 0.000000 EUR, document 0xf1, of DEU7A at FRA7B, quantity 0.000004 MB, since block 5)",
    ] {
        assert!(payment.contains(part), "{part}\n{payment}");
    }
    let narrow = tracer.payment(4, None).await.unwrap().unwrap().as_text(false);
    assert!(
        narrow.contains("since block 5") && !narrow.contains("0x"),
        "{narrow}"
    );
    let page = interclear_archive::sheet::trace_page(&tracer.payment(4, None).await.unwrap().unwrap());
    assert!(page.contains("<summary>line 1: 0 Alpha owes for GPRS <small>charge 100.00 EUR · quantity 1.5 MB · tax 19.00 EUR</small></summary>"), "{page}");
    assert_eq!(
        page.matches("<details").count(),
        page.matches("</details>").count()
    );
    // Of two lines of GPRS it is the one of the direction that it was routed to.
    assert_eq!(payment.matches("usage report of FRA7B").count(), 1, "{payment}");
    for other in ["obligation 12", "obligation 13", "file 4"] {
        assert!(!payment.contains(other), "{other}\n{payment}");
    }
    for (which, operator) in [
        ("1", Some(1)),
        ("fra7b", Some(1)),
        ("DEU7A", Some(0)),
        ("FRA", None),
        ("7", None),
    ] {
        assert_eq!(tracer.operator(which).await.unwrap(), operator, "{which}");
    }
    assert!(tracer.payment(4, Some(1)).await.unwrap().is_none());
    assert!(tracer.payment(5, None).await.unwrap().is_none());
    assert!(tracer.statement(7, "2026-10", Some(4)).await.unwrap().is_none());
    assert!(tracer.statement(7, "2026-09", None).await.unwrap().is_none());
    let line = tracer.statement(7, "2026-10", Some(2)).await.unwrap().unwrap();
    assert_eq!(line.from.len(), 2, "terms and one line");
    // What disputes have made of a line stands beneath it.
    let line = line.as_text(true);
    for part in [
        "dispute 5: missing usage, ended: accepted",
        "creditor says 1.78 EUR, debtor says 1.19 EUR",
        "ended at 1.42 EUR",
        "stated 2.38 EUR",
    ] {
        assert!(line.contains(part), "{part}\n{line}");
    }
    // A note comes from its dispute, and so from the one line that this was on.
    let note = tracer.obligation(12).await.unwrap().unwrap().as_text(true);
    for part in [
        "line 1: 0 Alpha owes for GPRS",
        "dispute 3: volume, answered",
        "paid meanwhile 0.00 EUR",
    ] {
        assert!(note.contains(part), "{part}\n{note}");
    }
    assert!(!note.contains("line 2"), "{note}");
    let outside = tracer.obligation(15).await.unwrap().unwrap().as_text(true);
    assert!(outside.contains("paid outside 2026-09-05 00:00:00"), "{outside}");
    assert!(tracer.obligation(99).await.unwrap().is_none());
}

#[tokio::test]
async fn reports_and_traces_should_show_what_was_added_up_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    check(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = crate::databases::server().await {
        check(&mut filled(&server.url).await).await;
    }
}

#[tokio::test]
async fn a_trace_should_show_all_versions_of_a_report_below_the_line_that_bills_it_when_it_was_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    // The visited network's first version, which the one in the newest row has replaced.
    let earlier = r#"{"route":{"agreement":7,"direction":"FirstHome","group":0},"late":null,"outcome":null,
        "visited":{"version":1,"document":"0xf0","lines":[{"service":"Gprs","quantity":"7000000","charge":"3000000","tax":"0"}]},"home":null}"#;
    let row = "INSERT INTO state (id, pallet, item, key, value, from_block, to_block, gone, storage_key) \
               VALUES (900, 'Reports', 'Reports', $1, $2, 3, 5, 0, X'00')";
    sqlx::query(row)
        .bind(r#"[[7,"2026-10"],["FRA7B","DEU7A"]]"#)
        .bind(earlier)
        .execute(database.connection())
        .await
        .unwrap();
    let mut tracer = Tracer::new(&mut database).await.unwrap();
    let line = async |tracer: &mut Tracer<'_>, number| {
        let found = tracer
            .statement(7, "2026-10", Some(number))
            .await
            .unwrap()
            .unwrap();
        found.as_text(false)
    };
    let first = line(&mut tracer, 1).await;
    for part in [
        "usage report of FRA7B, version 1 (charge 3.000000 EUR, of DEU7A at FRA7B, quantity 7 MB, since block 3)",
        "usage report of FRA7B, version 2 (",
        "usage report of DEU7A, version 1 (",
    ] {
        assert_eq!(first.matches(part).count(), 1, "{part}\n{first}");
    }
    // A line of another service, and one of the other direction, do not have it.
    for other in [2, 3] {
        let shown = line(&mut tracer, other).await;
        assert!(!shown.contains("usage report"), "{shown}");
    }
}

async fn check_currency_of_reports(database: &mut Database) {
    let mut later = terms();
    later.usage.currency = Currency::SDR;
    crate::again::put(database, ["Agreements", "TermsOf"], "[7,3]", &written(&later), 6).await;
    let versions =
        r#"{"parties":[0,1],"versions":[{"from":"2026-10","version":2},{"from":"2027-01","version":3}]}"#;
    crate::again::put(database, ["Agreements", "Agreements"], "[7]", versions, 6).await;
    for (month, currency) in [("2026-12", "EUR"), ("2027-01", "XDR")] {
        let key = format!(r#"[[7,"{month}"],["FRA7B","DEU7A"]]"#);
        let line = |charge: u32| {
            format!(
                r#"{{"version":1,"document":"0xf1","lines":[{{"service":"Gprs","quantity":"4","charge":"{charge}","tax":"0"}}]}}"#
            )
        };
        let value = format!(
            r#"{{"route":{{"agreement":7,"direction":"FirstHome","group":0}},"late":null,"outcome":null,"visited":{},"home":{}}}"#,
            line(4_000_000),
            line(3_000_000),
        );
        crate::again::put(database, ["Reports", "Reports"], &key, &value, 7).await;
        // A quarter of the larger figure.
        assert_eq!(
            shown(database, Kind::Discrepancies, Some(month)).await,
            [format!("{month} | 7 | Alpha | Beta | usage reports of DEU7A and FRA7B | GPRS | charge | 3.000000 | 4.000000 | -1.000000 | 25.00 | {currency}")]
        );
    }
}

#[tokio::test]
async fn a_discrepancy_should_be_in_the_currency_of_its_month_when_later_terms_have_another() {
    let folder = tempfile::tempdir().unwrap();
    check_currency_of_reports(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = crate::databases::server().await {
        check_currency_of_reports(&mut filled(&server.url).await).await;
    }
}

/// Puts a file of two services: one of GPRS for 2 MB, and MTC.
async fn put_file(database: &mut Database, sequence: u32, test: bool, route: &str, more: &str) {
    let key = format!(
        r#"{{"series":{{"sender":"FRA7B","recipient":"DEU7A","stream":"Tap","test":{test}}},"sequence":{sequence}}}"#
    );
    let total = |service: &str, quantity: &str| {
        format!(
            r#"{{"service":"{service}","records":9,"quantity":"{quantity}","charge":"3000000","tax":"0"}}"#
        )
    };
    let value = format!(
        r#"{{"anchor":{{"key":{key},"file_digest":"0xd9","root":"0xe9","currency":"EUR","decimals":4,"records":9,"totals":[{},{}]}},
        "route":{route},"period":"2026-10","late":null,"status":"Acknowledged",{more},"anchored_at":1,"answered_at":2}}"#,
        total("Gprs", "2000000"),
        total("Mtc", "7000000"),
    );
    crate::again::put(database, ["Anchoring", "Batches"], &format!("[{key}]"), &value, 7).await;
}

async fn check_files_of_a_line(database: &mut Database) {
    let of_group = |group: u32| format!(r#"{{"agreement":7,"direction":"FirstHome","group":{group}}}"#);
    // A test file with the number of one that bills, a file that another group bills, and two of which something is to be said.
    put_file(database, 1, true, "null", r#""deferred":false,"returned":[]"#).await;
    put_file(
        database,
        21,
        false,
        &of_group(1),
        r#""deferred":false,"returned":[]"#,
    )
    .await;
    let returned = r#""deferred":false,"returned":[{"service":"Gprs","records":2,"quantity":"500000","charge":"750000","tax":"0"}]"#;
    put_file(database, 22, false, &of_group(0), returned).await;
    put_file(
        database,
        23,
        false,
        &of_group(0),
        r#""deferred":true,"returned":[]"#,
    )
    .await;
    let mut tracer = Tracer::new(database).await.unwrap();
    let line = tracer.statement(7, "2026-10", Some(1)).await.unwrap().unwrap();
    let files: Vec<String> = line.from[1]
        .from
        .iter()
        .filter(|step| step.title.starts_with("file "))
        .map(|step| step.as_text(false))
        .collect();
    assert_eq!(
        files,
        [
            "file 1 from FRA7B to DEU7A (answer acknowledged, charge 5.000000 EUR, quantity 1 MB, since block 5)",
            "file 3 from FRA7B to DEU7A (answer returned: totals, charge 5.000000 EUR, quantity 0.5 MB, since block 5)",
            "file 22 from FRA7B to DEU7A (answer acknowledged, charge 3.000000 EUR, quantity 2 MB, \
             records returned 0.5 MB, 0.750000 EUR, since block 7)",
            "file 23 from FRA7B to DEU7A (answer acknowledged, charge 3.000000 EUR, \
             counts not yet, as it came unasked after the closing days, quantity 2 MB, since block 7)",
        ]
    );
    // Whoever asks the views finds what a file comes to, and nothing of the test file.
    let joined = "SELECT CAST(t.quantity AS TEXT) FROM batches b JOIN batch_totals t ON t.file = b.file WHERE b.agreement = 7 \
                  AND b.service_group = 0 AND t.service = 'Gprs' AND b.sequence IN (1, 21, 22) ORDER BY b.sequence";
    let found = interclear_archive::database::texts(database, joined, &[])
        .await
        .unwrap();
    let found: Vec<Option<&str>> = found.iter().map(|row| row[0].as_deref()).collect();
    assert_eq!(found, [Some("1000000"), Some("2000000")]);
}

#[tokio::test]
async fn a_line_should_have_its_own_files_alone_when_others_have_the_same_numbers_or_services() {
    let folder = tempfile::tempdir().unwrap();
    check_files_of_a_line(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = crate::databases::server().await {
        check_files_of_a_line(&mut filled(&server.url).await).await;
    }
}

/// Puts what was proven: in which series, of which file and root, at which place.
async fn prove(database: &mut Database, sender: &str, sequence: u32, root: &str, place: u32) {
    let file = format!(
        r#"{{"series":{{"sender":"{sender}","recipient":"DEU7A","stream":"Tap","test":false}},"sequence":{sequence}}}"#
    );
    let key = format!(r#"[[{file},"{root}"],{place}]"#);
    let value = format!(
        r#"{{"key":{file},"leaf":"0xab{place}","by":0,"at":{}}}"#,
        TODAY * DAY
    );
    crate::again::put(database, ["Anchoring", "Proofs"], &key, &value, 7).await;
}

async fn check_proven(database: &mut Database) {
    prove(database, "FRA7B", 1, "0xe1", 16).await;
    prove(database, "FRA7B", 1, "0xe1", 4).await;
    // Of the file that was sent before under this number, and of a file of somebody else with the same records.
    prove(database, "FRA7B", 1, "0xe0", 2).await;
    prove(database, "ITA1X", 1, "0xe1", 3).await;
    let mut tracer = Tracer::new(database).await.unwrap();
    let found = tracer.statement(7, "2026-10", None).await.unwrap().unwrap();
    let [.., first, _, _, _] = found.from.as_slice() else {
        panic!("terms, three lines, and the running digest: {found:?}");
    };
    let file = first.from.iter().find(|step| step.title.starts_with("file 1 "));
    let below: Vec<String> = file.unwrap().from.iter().map(|step| step.as_text(true)).collect();
    assert_eq!(
        below,
        [
            "record 5 of it, proven by 0 Alpha (at 2026-12-31 00:00:00, leaf 0xab4)",
            "record 17 of it, proven by 0 Alpha (at 2026-12-31 00:00:00, leaf 0xab16)",
        ]
    );
    assert_eq!(found.as_text(true).matches("proven by").count(), 2);
}

#[tokio::test]
async fn a_trace_should_show_the_records_of_a_file_when_they_were_proven() {
    let folder = tempfile::tempdir().unwrap();
    check_proven(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = crate::databases::server().await {
        check_proven(&mut filled(&server.url).await).await;
    }
}

#[tokio::test]
async fn a_trace_should_not_say_since_when_something_is_there_when_the_archive_begins_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    for (first, known) in [(0, true), (4, true), (5, false)] {
        let begins = "UPDATE archive SET first_block = $1";
        let begins = sqlx::query(begins).bind(first);
        begins.execute(database.connection()).await.unwrap();
        let mut tracer = Tracer::new(&mut database).await.unwrap();
        let shown = tracer.statement(7, "2026-10", Some(1)).await.unwrap().unwrap();
        let shown = shown.as_text(false);
        assert_eq!(shown.contains("since block 5"), known, "{first}\n{shown}");
    }
}
