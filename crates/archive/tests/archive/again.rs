//! Cycles and months computed once more from an archive, and what is said where something in it was changed.

use crate::{
    databases::server,
    reports::{filled, shown, written},
    within,
};
use interclear_archive::{
    books::Books,
    cycle,
    database::{Database, Kind as Of},
    journal::{self, Journal},
    report::Kind,
};
use interclear_client::replay::{self, Replay};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Direction, InForce},
    batch::FatalReason,
    ids::{AgreementId, DisputeId, OperatorId},
    journal::MonthStep,
    money::Value,
    period::Period,
    report::{PairMonth, ReportSide},
    samples,
    series::{SeriesKey, Stream},
    service::Service,
    span::Span,
    statement::{Decided, Statement, StatementLine},
    usage::{PeriodUsage, UsageKey, UsageTotal},
};
use interclear_rating::{Amount, Condition};

const AGREEMENT: AgreementId = AgreementId(9);
const OCTOBER: Period = Period(202_610);

async fn run(database: &mut Database, sql: &'static str, with: &[&str]) {
    let sql = match database.kind() {
        Of::Sqlite => sql.replace("::jsonb", ""),
        Of::Postgres => sql.to_owned(),
    };
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for text in with {
        query = query.bind((*text).to_owned());
    }
    query.execute(database.connection()).await.unwrap();
}

/// Puts a value into the state from a block on.
pub async fn put(database: &mut Database, item: [&str; 2], key: &str, value: &str, from: i64) {
    let next = "SELECT MAX(id) + 1 FROM state";
    let id: i64 = sqlx::Row::get(
        &sqlx::query(next).fetch_one(database.connection()).await.unwrap(),
        0,
    );
    let sql = match database.kind() {
        Of::Sqlite => "INSERT INTO state (id, pallet, item, key, value, from_block, gone, storage_key) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
        Of::Postgres => "INSERT INTO state (id, pallet, item, key, value, from_block, gone, storage_key) VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, $6, 0, $7)",
    };
    let row = sqlx::query(sql)
        .bind(id)
        .bind(item[0].to_owned())
        .bind(item[1].to_owned());
    let row = row
        .bind(key.to_owned())
        .bind(value.to_owned())
        .bind(from)
        .bind(id.to_be_bytes().to_vec());
    row.execute(database.connection()).await.unwrap();
}

async fn deviations(database: &mut Database) -> Vec<String> {
    let verdict = cycle::verify(database, 4).await.unwrap().unwrap();
    assert_eq!((verdict.obligations, verdict.positions), (1, 3));
    let shown = verdict.deviations.iter();
    shown
        .map(|one| format!("{}: {} {} not {}", one.place, one.item, one.chain, one.recomputed))
        .collect()
}

async fn check_cycle(database: &mut Database) {
    assert!(deviations(database).await.is_empty());
    assert!(cycle::verify(database, 5).await.unwrap().is_none());
    // A position that is a cent off: found in itself, and in what all positions come to.
    let of_position = "UPDATE state SET value = $1::jsonb WHERE pallet = 'Netting' AND item = 'Positions' AND CAST(key ->> 1 AS BIGINT) = 1";
    let value = |net: &str| format!(r#"{{"net":"{net}","carried":"0","held":"0","excluded":false}}"#);
    run(database, of_position, &[&value("11437")]).await;
    assert_eq!(
        deviations(database).await,
        [
            "1 Beta: net 114.37 not 114.38",
            "cycle 4: sum of all positions -0.01 not 0.00"
        ]
    );
    run(database, of_position, &[&value("11438")]).await;
    // An obligation of another amount.
    let of_debt = "UPDATE state SET value = CAST(replace(CAST(value AS TEXT), $1, $2) AS {json}) WHERE pallet = 'Netting' AND item = 'Obligations' AND CAST(key ->> 0 AS BIGINT) = 11";
    let of_debt: &'static str = match database.kind() {
        Of::Sqlite => Box::leak(of_debt.replace("{json}", "TEXT").into_boxed_str()),
        Of::Postgres => Box::leak(of_debt.replace("{json}", "JSONB").into_boxed_str()),
    };
    run(database, of_debt, &["\"11438\"", "\"11439\""]).await;
    let found = deviations(database).await;
    assert!(
        found.contains(&"0 Alpha: net -114.38 not -114.39".into()),
        "{found:?}"
    );
    assert!(
        found.contains(&"cycle 4: gross 114.38 not 114.39".into()),
        "{found:?}"
    );
    assert!(
        found.contains(&"0 Alpha to 1 Beta: paid 114.38 not 114.39".into()),
        "{found:?}"
    );
    run(database, of_debt, &["\"11439\"", "\"11438\""]).await;
    // A payment to somebody else.
    let of_payment = "UPDATE events SET fields = $1::jsonb WHERE name = 'Paid'";
    run(
        database,
        of_payment,
        &[r#"{"cycle":4,"from":0,"to":2,"amount":"11438"}"#],
    )
    .await;
    assert_eq!(
        deviations(database).await,
        [
            "0 Alpha to 1 Beta: paid none not 114.38",
            "0 Alpha to 2 =Gamma: paid 114.38 not none"
        ]
    );
}

/// Between the first two operators, in force from October on.
fn agreement() -> Agreement<interclear_client::chain::AccountId> {
    Agreement {
        parties: [OperatorId(0), OperatorId(1)],
        status: AgreementStatus::Active,
        latest: 1,
        offer: None,
        versions: vec![InForce {
            from: OCTOBER,
            version: 1,
            carries: Default::default(),
        }]
        .try_into()
        .unwrap(),
        last: Period(202_709),
        renewal_months: 0,
    }
}

/// 7 MB at 0.50 and 30 minutes at 0.10 one way, 2 MB the other way; of November nothing is closed, and it has come to half.
async fn month(database: &mut Database) -> Statement {
    let terms = samples::terms(OCTOBER, Period(202_709));
    let agreement = agreement();
    let line = |direction, service, quantity: u128, charge| StatementLine {
        direction,
        group: 0,
        service,
        late: None,
        quantity: quantity * 1_000_000,
        tap_charge: Value::ZERO,
        charge: Value::Clear(charge),
        shortfall: Value::ZERO,
        tax: Value::ZERO,
    };
    let running_digest = [7; 32];
    let statement = Statement {
        lines: vec![
            line(Direction::FirstHome, Service::Gprs, 7, 350),
            line(Direction::FirstHome, Service::Mtc, 30, 300),
            line(Direction::SecondHome, Service::Gprs, 2, 100),
            line(Direction::SecondHome, Service::Mtc, 0, 0),
        ]
        .try_into()
        .unwrap(),
        totals: [Value::Clear(650), Value::Clear(100)],
        running_digest,
        ..samples::statement(agreement.parties, 550)
    };
    put(
        database,
        ["Agreements", "Agreements"],
        "[9]",
        &written(&agreement),
        1,
    )
    .await;
    put(database, ["Agreements", "TermsOf"], "[9,1]", &written(&terms), 1).await;
    put(
        database,
        ["Statements", "Statements"],
        r#"[9,"2026-10"]"#,
        &written(&statement),
        6,
    )
    .await;
    let total = |quantity: u128| UsageTotal {
        records: 1,
        quantity: quantity * 1_000_000,
        ..Default::default()
    };
    for (month, direction, totals) in [
        (
            "2026-10",
            "FirstHome",
            vec![(Service::Gprs, total(7)), (Service::Mtc, total(30))],
        ),
        ("2026-10", "SecondHome", vec![(Service::Gprs, total(2))]),
        ("2026-12", "FirstHome", vec![(Service::Gprs, total(60))]),
    ] {
        let key = format!(
            r#"[[9,"{month}"],{{"direction":"{direction}","group":0,"late":null,"deferred":false}}]"#
        );
        put(database, ["Anchoring", "Totals"], &key, &written(&totals), 2).await;
    }
    // What did not count when the month was closed: deferred, gone before, come after.
    let key = r#"[[9,"2026-10"],{"direction":"SecondHome","group":0,"late":null,"deferred":true}]"#;
    put(
        database,
        ["Anchoring", "Totals"],
        key,
        &written(&vec![(Service::Mtc, total(99))]),
        2,
    )
    .await;
    let usage = PeriodUsage {
        running_digest,
        closed: true,
        ..Default::default()
    };
    put(
        database,
        ["Anchoring", "Periods"],
        r#"[[9,"2026-10"]]"#,
        &written(&usage),
        2,
    )
    .await;
    statement
}

/// What a dispute has decided counts with the month that is closed next, until that has taken it.
async fn check_decisions(database: &mut Database) {
    let decided = Decided {
        dispute: DisputeId(3),
        statement: OCTOBER,
        period: OCTOBER,
        moves_window: true,
        line: UsageKey {
            direction: Direction::FirstHome,
            group: 0,
            service: Service::Gprs,
        },
        quantity: -5,
        charge: Value::Clear(1_518),
        shortfall: Value::ZERO,
        tax: Value::ZERO,
    };
    let row = ["Statements", "Decisions"];
    put(database, row, "[9,3]", &written(&decided), 7).await;
    let books = Books::new(database);
    for (month, expected) in [
        (OCTOBER, vec![]),
        (OCTOBER.next(), vec![decided]),
        (OCTOBER.next().next(), vec![]),
    ] {
        let found = replay::corrections(&books, AGREEMENT, month).await.unwrap();
        let found: Vec<Decided> = found.into_values().flat_map(|(_, decided)| decided).collect();
        assert_eq!(found, expected, "{month}");
    }
    run(
        database,
        "UPDATE state SET to_block = 8, gone = 1 WHERE item = 'Decisions'",
        &[],
    )
    .await;
    let books = Books::new(database);
    let found = replay::corrections(&books, AGREEMENT, OCTOBER.next()).await;
    assert!(found.unwrap().is_empty());
}

async fn check_month(database: &mut Database) {
    let expected = month(database).await;
    let recomputed = async |database: &mut Database| {
        let books = Books::when_closed(database, AGREEMENT, OCTOBER).await.unwrap();
        let statement = replay::statement_of(&books, AGREEMENT, OCTOBER).await.unwrap();
        assert_eq!(
            books
                .period_usage(AGREEMENT, OCTOBER)
                .await
                .unwrap()
                .running_digest,
            [7; 32]
        );
        let own = Replay::of(&books, AGREEMENT, OCTOBER, 2)
            .await
            .unwrap()
            .rate()
            .unwrap();
        (statement, own)
    };
    let (statement, own) = recomputed(database).await;
    assert_eq!(statement, expected, "it is read back as it was");
    assert_eq!(
        (own.lines, own.totals, own.net),
        (expected.lines.to_vec(), expected.totals, expected.net)
    );
    check_decisions(database).await;
    // The chain has dropped all of it since, and other terms are in force: what was then is what counts.
    run(database, "UPDATE state SET to_block = 8, gone = 1 WHERE pallet IN ('Statements', 'Agreements') AND CAST(key ->> 0 AS BIGINT) = 9", &[]).await;
    run(
        database,
        "UPDATE state SET to_block = 7, gone = 1 WHERE item = 'Totals' AND key -> 0 ->> 1 = '2026-10'",
        &[],
    )
    .await;
    let mut dear = samples::terms(OCTOBER, Period(202_709));
    dear.directions[0] = samples::direction(vec![]);
    put(database, ["Agreements", "TermsOf"], "[9,1]", &written(&dear), 8).await;
    let (_, own) = recomputed(database).await;
    assert_eq!(own.net, expected.net);
    run(
        database,
        "DELETE FROM state WHERE item = 'TermsOf' AND from_block = 8",
        &[],
    )
    .await;
    // A record that was not there.
    let sql = match database.kind() {
        Of::Sqlite => "UPDATE state SET value = replace(value, '30000000', '30100000') WHERE item = 'Totals'",
        Of::Postgres => "UPDATE state SET value = CAST(replace(CAST(value AS TEXT), '30000000', '30100000') AS JSONB) WHERE item = 'Totals'",
    };
    run(database, sql, &[]).await;
    let (_, own) = recomputed(database).await;
    assert_eq!(own.net, Value::Clear(551), "30.1 minutes at 0.10 are a cent more");
}

async fn check_accruals(database: &mut Database) {
    // The newest block is of the first second of 31 December: 30 of 31 days have passed, so 60 MB will be 62.
    let rows = shown(database, Kind::Accruals, Some("2026-12")).await;
    assert_eq!(
        rows.first().map(String::as_str),
        Some("2026-12 | 9 | Alpha | Beta | GPRS |  | 60.000000 | 62.000000 | 31.00 | 0.00 | 0.00 | EUR | 30 of 31 days, at least the usage of 2026-10")
    );
    // No minutes have come yet, and 2 MB the other way neither.
    for line in [
        "2026-12 | 9 | Alpha | Beta | MTC |  | 0.000000 | 30.100000 | 3.01 |",
        "2026-12 | 9 | Beta | Alpha | GPRS |  | 0.000000 | 2.000000 | 1.00 |",
    ] {
        assert!(rows.iter().any(|row| row.starts_with(line)), "{line}\n{rows:#?}");
    }
    // Of November nothing has come: October's usage, by days.
    let rows = shown(database, Kind::Accruals, Some("2026-11")).await;
    let gprs = "2026-11 | 9 | Alpha | Beta | GPRS |  | 0.000000 | 6.774193 | 3.39 | 0.00 | 0.00 | EUR | the usage of 2026-10";
    assert!(rows.contains(&gprs.to_owned()), "{rows:#?}");
    assert!(
        shown(database, Kind::Accruals, Some("2026-10")).await.is_empty(),
        "it is closed"
    );
    // On 2 January December's files may still be on their way, on the 7th its closing days are over: the 60 MB are all there was.
    let clocks = [
        "UPDATE blocks SET time = 1798848000000 WHERE number = (SELECT MAX(number) FROM blocks)",
        "UPDATE blocks SET time = 1799280000000 WHERE number = (SELECT MAX(number) FROM blocks)",
        "UPDATE blocks SET time = 1798675200000 WHERE number = (SELECT MAX(number) FROM blocks)",
    ];
    for (clock, by, minutes) in [
        (clocks[0], "what has come, at least the usage of 2026-10", true),
        (clocks[1], "what has come", false),
    ] {
        run(database, clock, &[]).await;
        let rows = shown(database, Kind::Accruals, Some("2026-12")).await;
        let gprs = format!(
            "2026-12 | 9 | Alpha | Beta | GPRS |  | 60.000000 | 60.000000 | 30.00 | 0.00 | 0.00 | EUR | {by}"
        );
        assert!(rows.contains(&gprs), "{rows:#?}");
        let mtc = "2026-12 | 9 | Alpha | Beta | MTC |  | 0.000000 | 30.100000 | 3.01 |";
        assert_eq!(rows.iter().any(|row| row.starts_with(mtc)), minutes, "{rows:#?}");
    }
    run(database, clocks[2], &[]).await;
    assert!(
        shown(database, Kind::Commitments, None).await.is_empty(),
        "nothing is committed"
    );
}

/// A hundred euro a month are committed. In December 60 MB have come, and a day more of it comes at October's pace; minutes are October's.
async fn check_commitments(database: &mut Database) {
    let mut terms = samples::terms(OCTOBER, Period(202_709));
    terms.directions[0].condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    terms.directions[0].commitment_span = Span::Month;
    for line in &mut terms.directions[0].groups[0].lines {
        line.terms.in_commitment = true;
    }
    put(database, ["Agreements", "TermsOf"], "[9,1]", &written(&terms), 8).await;
    // The same is committed under another agreement, and nothing has been used.
    put(
        database,
        ["Agreements", "Agreements"],
        "[10]",
        &written(&agreement()),
        8,
    )
    .await;
    put(database, ["Agreements", "TermsOf"], "[10,1]", &written(&terms), 8).await;
    // 60 and 7/31 MB at 0.50 are 30.11, and 30.1 minutes at 0.10 are 3.01.
    let rows = shown(database, Kind::Commitments, None).await;
    let [forecast, none] = rows.as_slice() else {
        panic!("{rows:#?}");
    };
    assert_eq!(
        forecast,
        "9 | Alpha | Beta | 2026-12 | 2026-12 | amount | 100.00 | 33.12 | 33.12 | 66.88 | 66.88 | EUR"
    );
    assert!(none.starts_with("10 |  |  |  |  | no forecast: "), "{none}");
    assert!(none.contains("there is no usage yet to go by |"), "{none}");
    run(
        database,
        "DELETE FROM state WHERE pallet = 'Agreements' AND from_block = 8",
        &[],
    )
    .await;
}

async fn check_journal(database: &mut Database) {
    let series = SeriesKey {
        sender: samples::SECOND,
        recipient: samples::FIRST,
        stream: Stream::Tap,
        test: false,
    };
    let key = series.file(1);
    let pair = PairMonth {
        visited: samples::SECOND,
        home: samples::FIRST,
        period: OCTOBER,
    };
    let steps = [
        MonthStep::Anchored { key, digest: [3; 32] },
        MonthStep::Returned {
            key,
            reason: FatalReason::Header,
            rap_sequence: 5,
        },
        MonthStep::Anchored { key, digest: [4; 32] },
        MonthStep::Acknowledged { key },
        MonthStep::UsageReported {
            pair,
            side: ReportSide::Home,
            version: 1,
            digest: [6; 32],
        },
        MonthStep::UsageAffirmed {
            pair,
            side: ReportSide::Home,
            version: 1,
        },
        MonthStep::UsageConcluded { pair, disputed: 2 },
        MonthStep::GapWaived {
            series,
            first: 2,
            last: 3,
            by: OperatorId(1),
        },
        MonthStep::FileWaived {
            key,
            by: OperatorId(1),
        },
    ];
    let digest = steps.iter().fold([0; 32], |digest, step| step.after(&digest));
    let anchored = |digest: [u8; 32]| {
        let (key, digest) = (written(&key), written(&digest));
        format!(
            r#"{{"key":{key},"agreement":9,"period":"2026-10","billed_with":"2026-10","digest":{digest},"records":1,"charge":"0","tax":"0","resent_for":null}}"#
        )
    };
    let of_key = format!(r#"{{"key":{}}}"#, written(&key));
    let returned = format!(
        r#"{{"key":{},"reason":"Header","rap_sequence":5}}"#,
        written(&key)
    );
    let of_pair = |rest: &str| {
        format!(
            r#"{{"pair":{},{rest},"agreement":9,"billed_with":"2026-10"}}"#,
            written(&pair)
        )
    };
    let side = written(&ReportSide::Home);
    let reported = format!(
        r#""side":{side},"version":1,"digest":{}"#,
        written::<[u8; 32]>(&[6; 32])
    );
    let affirmed = format!(r#""side":{side},"version":1"#);
    let given_up = |what: &str| format!(r#"{{{what},"by":1,"agreement":9,"period":"2026-10"}}"#);
    let gap = format!(r#""series":{},"first":2,"last":3"#, written(&series));
    let waived = format!(r#""key":{}"#, written(&key));
    // Another agreement's is none of this one.
    let other = r#"{"agreement":8,"period":"2026-10"}"#.to_owned();
    let events = [
        ("Anchoring", "Anchored", anchored([3; 32])),
        ("Anchoring", "FileReturned", returned),
        ("Anchoring", "Anchored", anchored([4; 32])),
        ("Anchoring", "PeriodClosed", other),
        ("Anchoring", "Acknowledged", of_key),
        ("Reports", "UsageReported", of_pair(&reported)),
        ("Reports", "UsageAffirmed", of_pair(&affirmed)),
        ("Reports", "UsageConcluded", of_pair(r#""disputed":2"#)),
        ("Anchoring", "GapWaived", given_up(&gap)),
        ("Anchoring", "FileWaived", given_up(&waived)),
        (
            "Anchoring",
            "PeriodClosed",
            r#"{"agreement":9,"period":"2026-10"}"#.to_owned(),
        ),
    ];
    for (place, (pallet, name, fields)) in (0i64..).zip(events) {
        let sql = match database.kind() {
            Of::Sqlite => "INSERT INTO events VALUES (4, $1, NULL, $4, $2, $3)",
            Of::Postgres => "INSERT INTO events VALUES (4, $1, NULL, $4, $2, $3::jsonb)",
        };
        let row = sqlx::query(sql).bind(place).bind(name.to_owned()).bind(fields);
        let row = row.bind(pallet.to_owned());
        row.execute(database.connection()).await.unwrap();
    }
    let checked = async |database: &mut Database| journal::check(database, 9, "2026-10").await.unwrap();
    let stated = format!("0x{}", hex::encode([7; 32]));
    let recomputed = format!("0x{}", hex::encode(digest));
    assert_eq!(
        checked(database).await,
        Journal::Differs {
            stated: stated.clone(),
            recomputed: recomputed.clone()
        }
    );
    let sql = match database.kind() {
        Of::Sqlite => "UPDATE state SET value = replace(value, $1, $2) WHERE item = 'Statements' AND CAST(key ->> 0 AS BIGINT) = 9",
        Of::Postgres => "UPDATE state SET value = CAST(replace(CAST(value AS TEXT), $1, $2) AS JSONB) WHERE item = 'Statements' AND CAST(key ->> 0 AS BIGINT) = 9",
    };
    run(database, sql, &[&stated, &recomputed]).await;
    assert_eq!(
        checked(database).await,
        Journal::Complete {
            stated: recomputed.clone(),
            steps: 9
        }
    );
    // An archive that began when files had come does not know.
    run(database, "UPDATE archive SET first_block = 3", &[]).await;
    assert_eq!(
        checked(database).await,
        Journal::Unknown {
            stated: recomputed.clone()
        }
    );
    run(database, "UPDATE archive SET first_block = 1", &[]).await;
    assert!(matches!(checked(database).await, Journal::Complete { .. }));
    // A file that is not shown.
    run(database, "DELETE FROM events WHERE block = 4 AND place = 1", &[]).await;
    assert!(matches!(checked(database).await, Journal::Differs { .. }));
}

async fn check(url: &str) {
    let mut database = filled(url).await;
    check_cycle(&mut database).await;
    check_month(&mut database).await;
    check_accruals(&mut database).await;
    check_commitments(&mut database).await;
    check_journal(&mut database).await;
    let page = interclear_archive::page::page(&mut database, None).await.unwrap();
    assert!(
        page.contains("=Gamma") && page.matches("<svg").count() > 4,
        "{page}"
    );
}

#[tokio::test]
async fn cycles_months_and_digests_should_come_to_the_same_when_they_are_computed_from_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    check(&within(&folder, "books.db")).await;
    if let Some(server) = server().await {
        check(&server.url).await;
    }
}
