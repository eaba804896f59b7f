//! Fills a PostgreSQL archive with made-up rows, ten million unless told otherwise, makes every report of them, and says how long each has
//! taken and which indexes it has used.
//!
//! ```sh
//! cargo run --release -p interclear-archive --example reports -- postgres://postgres@127.0.0.1/reports
//! cargo run --release -p interclear-archive --example reports -- postgres://postgres@127.0.0.1/reports 100000
//! ```
//!
//! 5,000 agreements of 250 operators over a hundred months: 500,000 statements of 20 lines each, as many obligations, and disputes, usage
//! reports, bills of fixed-line services, NRTRDE files, and TAP files of ten months for what is left of the number. With fewer rows there
//! are fewer months and files. A database that has rows already is reported on as it is.

use codec::Encode;
use interclear_archive::{
    database::{Database, Kind as Of},
    json,
    report::{report, Kind},
};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Direction, InForce, Terms},
    ids::OperatorId,
    inventory::{InventoryBill, InventoryLine, LineKind},
    money::{Currency, Value},
    period::Period,
    samples,
    service::Service,
    span::Span,
    statement::{Statement, StatementLine},
    usage::UsageTotal,
};
use interclear_rating::{Amount, Condition, Price, Pricing};
use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};
use sqlx::{AssertSqlSafe, Row};
use std::{collections::BTreeMap, error::Error, time::Instant};

type Answer<T> = Result<T, Box<dyn Error>>;

const AGREEMENTS: u64 = 5_000;
/// The last month that is closed, and the one that most reports are made of.
const CLOSED: &str = "2026-10";
/// The time of the newest block: 2026-12-31, in milliseconds.
const NOW: i64 = 20_818 * 86_400_000;
const SERVICES: [Service; 10] = [
    Service::MocLocal,
    Service::MocBackHome,
    Service::MocInternational,
    Service::Mtc,
    Service::SmsMo,
    Service::SmsMt,
    Service::Gprs,
    Service::M2m,
    Service::NbIot,
    Service::Volte,
];

/// The two parties of the agreement that a row is of, by its number `n`.
const PARTIES: &str = "jsonb_build_array(n % 5000 % 250, (n % 5000 % 250 + 1 + n % 5000 / 250) % 250)";
/// The series of a file: both directions of an agreement send.
const SERIES: &str = "jsonb_build_object('sender', 'T' || lpad((n % 10000 / 2 % 250)::text, 4, '0'), \
    'recipient', 'T' || lpad(((n % 10000 / 2 % 250 + 1 + n % 10000 / 500) % 250)::text, 4, '0'), 'stream', 'Tap', 'test', false)";

/// A month, so many after July 2018.
fn month(after: &str) -> String {
    format!("to_char(date '2018-07-01' + ({after}) * interval '1 month', 'YYYY-MM')")
}

/// A value as the archive writes it.
fn written<T: TypeInfo + Encode + 'static>(value: &T) -> Answer<String> {
    let mut registry = Registry::new();
    let of = registry.register_type(&MetaType::new::<T>()).id;
    let types: PortableRegistry = registry.into();
    let mut out = String::new();
    json::read(&mut value.encode().as_slice(), of, &types, &mut out).map_err(|error| error.to_string())?;
    Ok(out)
}

/// Terms of all services, with a yearly commitment or without.
fn terms(condition: Condition) -> Terms {
    let lines = || {
        SERVICES
            .map(|service| samples::line(service, Pricing::linear(Price(100_000_000))))
            .to_vec()
    };
    let [mut first, second] = [
        [samples::FIRST, samples::SECOND],
        [samples::SECOND, samples::FIRST],
    ]
    .map(|[home, visited]| samples::direction(vec![samples::group(home, visited, lines())]));
    first.condition = condition;
    first.commitment_span = Span::Year;
    Terms::usual(Period(201_801), Period(202_712), Currency::EUR, [first, second])
}

fn agreement() -> Agreement<interclear_client::chain::AccountId> {
    Agreement {
        parties: [OperatorId(0), OperatorId(1)],
        status: AgreementStatus::Active,
        latest: 1,
        offer: None,
        versions: vec![InForce {
            from: Period(201_801),
            version: 1,
            carries: Default::default(),
        }]
        .try_into()
        .expect("one fits"),
        last: Period(202_712),
        renewal_months: 0,
    }
}

fn statement() -> Statement {
    let lines: Vec<StatementLine> = Direction::BOTH
        .into_iter()
        .flat_map(|direction| {
            SERVICES.map(|service| StatementLine {
                direction,
                group: 0,
                service,
                late: None,
                quantity: 1_500_000,
                tap_charge: Value::Clear(20),
                charge: Value::Clear(15),
                shortfall: Value::ZERO,
                tax: Value::ZERO,
            })
        })
        .collect();
    Statement {
        lines: lines.try_into().expect("twenty fit"),
        totals: [Value::Clear(150), Value::Clear(150)],
        ..samples::statement([OperatorId(0), OperatorId(1)], 0)
    }
}

/// A bill of fixed-line services of the newest closed month, of which nothing is disputed.
fn bill() -> InventoryBill {
    let line = |kind, amount| InventoryLine {
        month: Period(202_610),
        kind,
        amount,
    };
    let lines = vec![line(LineKind::Recurring, 30_000), line(LineKind::OneOff, 4_000)];
    InventoryBill {
        lines: lines.try_into().expect("two fit"),
        net: Value::Clear(34_000),
        services: 2,
        affirm_by: 1_790_000_000,
        due: 1_792_000_000,
        affirmed: [true; 2],
        closed: true,
        withheld: [Value::ZERO; 2],
        obligations: Default::default(),
    }
}

/// Puts rows into the state.
struct Filler {
    database: Database,
    rows: u64,
}

impl Filler {
    /// `count` rows of an item, whose keys and values follow from a number `n`; `$1` is `value` as JSON.
    async fn put(
        &mut self,
        [pallet, item]: [&str; 2],
        count: u64,
        [key, of]: [&str; 2],
        value: &str,
    ) -> Answer<()> {
        let begun = Instant::now();
        let sql = format!(
            "INSERT INTO state (id, pallet, item, key, value, from_block, gone, storage_key) \
             SELECT {0}::bigint + n, '{pallet}', '{item}', {key}, {of}, 5, 0, int8send({0}::bigint + n) \
             FROM generate_series(1, {count}) AS m, LATERAL (SELECT m - 1 AS n) AS number",
            self.rows + 1
        );
        let with_value = sql.contains("$1");
        let mut put = sqlx::query(AssertSqlSafe(sql));
        if with_value {
            put = put.bind(value.to_owned());
        }
        put.execute(self.database.connection()).await?;
        self.rows += count;
        println!(
            "{count} rows of {pallet}.{item} in {:.0} s",
            begun.elapsed().as_secs_f64()
        );
        Ok(())
    }

    async fn fill(&mut self, rows: u64) -> Answer<()> {
        // A month more of statements for each hundred thousand rows.
        let months = (rows / 100_000).clamp(1, 100);
        let (statements, debts) = (AGREEMENTS * months, AGREEMENTS * months);
        let (nrtrde, some) = (rows / 10, rows / 500);
        let files = rows
            .saturating_sub(statements + debts + nrtrde + 3 * some + 140_000)
            .max(10_000);
        // The newest months are there, however many there are.
        let closed = month(&format!("{} + n / {AGREEMENTS}", 100 - months));
        let spread = month(&format!("{} + n / {}", 100 - months, some.div_ceil(months)));
        let recent = |count: u64| month(&format!("92 + n / {}", count.div_ceil(10)));

        let operator = "jsonb_build_object('name', 'Operator ' || n, 'status', 'Active', \
                        'tadigs', jsonb_build_array('T' || lpad(n::text, 4, '0')))";
        self.put(
            ["Operators", "Operators"],
            250,
            ["jsonb_build_array(n)", operator],
            "{}",
        )
        .await?;
        let token = r#"{"issuer":249,"currency":"EUR","decimals":2}"#;
        self.put(
            ["Netting", "Tokens"],
            1,
            ["jsonb_build_array(n + 1)", "$1::jsonb"],
            token,
        )
        .await?;
        let of_parties = format!("$1::jsonb || jsonb_build_object('parties', {PARTIES})");
        self.put(
            ["Agreements", "Agreements"],
            AGREEMENTS,
            ["jsonb_build_array(n)", &of_parties],
            &written(&agreement())?,
        )
        .await?;
        // One in ten has a commitment.
        let commitment = Condition::DealRevenue {
            commitment: Amount(1_000_000_000_000),
            including_tax: false,
        };
        let both = format!(
            "[{},{}]",
            written(&terms(Condition::Unconditional))?,
            written(&terms(commitment))?
        );
        self.put(
            ["Agreements", "TermsOf"],
            AGREEMENTS,
            [
                "jsonb_build_array(n, 1)",
                "$1::jsonb -> (CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END)",
            ],
            &both,
        )
        .await?;
        let of_month = format!("jsonb_build_array(n % {AGREEMENTS}, {closed})");
        self.put(
            ["Statements", "Statements"],
            statements,
            [&of_month, &of_parties],
            &written(&statement())?,
        )
        .await?;
        // What a year's months have come to, and what the open ones come to so far.
        let total = UsageTotal {
            records: 1,
            quantity: 1_500_000,
            ..Default::default()
        };
        let totals: Vec<(Service, UsageTotal)> = SERVICES.map(|service| (service, total)).to_vec();
        let group = format!(
            "jsonb_build_array(jsonb_build_array(n % {AGREEMENTS}, {}), jsonb_build_object('direction', \
             CASE WHEN n / {AGREEMENTS} % 2 = 0 THEN 'FirstHome' ELSE 'SecondHome' END, 'group', 0, 'late', NULL, 'deferred', false))",
            month(&format!("90 + n / {}", 2 * AGREEMENTS))
        );
        self.put(
            ["Anchoring", "Totals"],
            24 * AGREEMENTS,
            [&group, "$1::jsonb"],
            &written(&totals)?,
        )
        .await?;
        self.put_debts(debts).await?;
        self.put_said(some, &spread).await?;
        let of = format!(
            "jsonb_build_array(jsonb_build_object('buyer', {PARTIES} -> 0, 'seller', {PARTIES} -> 1, 'class', 'ELINE'), \
             jsonb_build_array({spread}, 'EUR'))"
        );
        self.put(
            ["Inventory", "Bills"],
            some,
            [&of, "$1::jsonb"],
            &written(&bill())?,
        )
        .await?;
        self.put_files(files, nrtrde, &recent(files)).await
    }

    /// Obligations, all but those of the newest months settled by one cycle.
    async fn put_debts(&mut self, debts: u64) -> Answer<()> {
        let cut = r#"[{"to":20700,"cycle":4}]"#;
        self.put(
            ["Netting", "Cuts"],
            1,
            ["jsonb_build_array(n + 1)", "$1::jsonb"],
            cut,
        )
        .await?;
        let cycle = r#"{"token":1,"currency":"EUR","phase":"Settled","cut_off":1,"fund_by":2,"obligations":1,"gross":"1","net":"1","parties":2,"finished_at":3}"#;
        self.put(
            ["Netting", "Cycles"],
            1,
            ["jsonb_build_array(n + 4)", "$1::jsonb"],
            cycle,
        )
        .await?;
        // The last one is due on the day of the newest block.
        let day = format!("(20818 - ({debts} - 1 - n) / {AGREEMENTS} * 30)");
        let debt = format!(
            "$1::jsonb || jsonb_build_object('debtor', {PARTIES} -> 0, 'creditor', {PARTIES} -> 1, 'due', {day} * 86400, \
             'place', jsonb_build_object('token', 1, 'slot', jsonb_build_object('Day', {day})))"
        );
        let value = r#"{"currency":"EUR","amount":"11438","source":{"Statement":{"agreement":7,"period":"2026-10"}},"accepts":[249],"paid_outside":null}"#;
        self.put(
            ["Netting", "Obligations"],
            debts,
            ["jsonb_build_array(n)", &debt],
            value,
        )
        .await
    }

    /// Disputes that are open, each on the first line of a statement, and usage reports that do not agree; as many of each month.
    async fn put_said(&mut self, some: u64, spread: &str) -> Answer<()> {
        let figures = |charge: &str| {
            format!(r#"{{"quantity":"1500000","charge":"{charge}","shortfall":"0","tax":"0"}}"#)
        };
        let dispute = format!(
            r#"{{"kind":"Volume","raised_by":"Debtor","raised_at":1790000000,"currency":"EUR","decimals":2,"stated":{},"claims":[{},{}],
            "phase":"Answered","settled":"0"}}"#,
            figures("15"),
            figures("14"),
            figures("15")
        );
        let of = format!(
            "$1::jsonb || jsonb_build_object('parties', {PARTIES}, 'subject', jsonb_build_object('StatementLine', jsonb_build_object( \
             'agreement', n % {AGREEMENTS}, 'period', {spread}, 'line', jsonb_build_object('usage', jsonb_build_object( \
             'direction', 'FirstHome', 'group', 0, 'service', 'MocLocal'), 'late', NULL))))"
        );
        self.put(
            ["Disputes", "Disputes"],
            some,
            ["jsonb_build_array(n)", &of],
            &dispute,
        )
        .await?;
        let pair = format!(
            "jsonb_build_array(jsonb_build_array(n % {AGREEMENTS}, {spread}), jsonb_build_array({SERIES} -> 'sender', {SERIES} -> 'recipient'))"
        );
        let said = r#"{"visited":{"lines":[{"service":"NbIot","quantity":"10000000","charge":"500","tax":"0"}]},
            "home":{"lines":[{"service":"NbIot","quantity":"9000000","charge":"500","tax":"0"}]}}"#;
        self.put(["Reports", "Reports"], some, [&pair, "$1::jsonb"], said)
            .await
    }

    async fn put_files(&mut self, files: u64, nrtrde: u64, month: &str) -> Answer<()> {
        let sequence = r#"{"highest":1000,"gaps":[],"months":[]}"#;
        let series = format!("jsonb_build_array({SERIES})");
        self.put(
            ["Anchoring", "Sequences"],
            2 * AGREEMENTS,
            [&series, "$1::jsonb"],
            sequence,
        )
        .await?;
        let key =
            format!("jsonb_build_array(jsonb_build_object('series', {SERIES}, 'sequence', n / 10000 + 1))");
        let digest = format!("0x{}", "5e".repeat(32));
        let total = |service: &str| {
            format!(
                r#"{{"service":"{service}","records":375,"quantity":"123456000000","charge":"123450000","tax":"0"}}"#
            )
        };
        let totals = ["MocLocal", "Mtc", "SmsMo", "Gprs"].map(total).join(",");
        let anchor = format!(
            r#"{{"file_digest":"{digest}","root":"{digest}","currency":"EUR","decimals":6,"records":1500,"totals":[{totals}],
            "discount":"0","earliest_call":1790000000,"latest_call":1790080000,"cut_off":1790086400,"available":1790086400,"resent_for":null}}"#
        );
        let batch = format!(
            "jsonb_build_object('anchor', $1::jsonb, 'route', jsonb_build_object('agreement', n % 10000 / 2, 'direction', \
             CASE WHEN n % 2 = 0 THEN 'FirstHome' ELSE 'SecondHome' END, 'group', 0), 'period', {month}, 'late', NULL, \
             'status', 'Acknowledged', 'anchored_at', 1790086400, 'answered_at', 1790090000)"
        );
        self.put(["Anchoring", "Batches"], files, [&key, &batch], &anchor)
            .await?;
        // Evenly over the three hundred days before the newest block.
        let at = format!("(1798675200 - 26000000 + (n * (26000000.0 / {nrtrde}))::bigint)");
        let file = format!(
            "jsonb_build_object('agreement', n % 10000 / 2, 'anchor', jsonb_build_object('records', 3, 'earliest_end', {at} - 7200), \
             'anchored_at', {at}, 'acknowledged_at', NULL)"
        );
        self.put(["Anchoring", "NrtrdeFiles"], nrtrde, [&key, &file], "{}")
            .await
    }

    async fn run(&mut self, sql: &'static str) -> Answer<()> {
        sqlx::raw_sql(sql).execute(self.database.connection()).await?;
        Ok(())
    }

    async fn number(&mut self, sql: &'static str) -> Answer<i64> {
        let row = sqlx::query(sql).fetch_one(self.database.connection()).await?;
        Ok(row.try_get(0)?)
    }

    /// How often each index has been used.
    async fn uses(&mut self) -> Answer<BTreeMap<String, i64>> {
        // What a statement has used is told only some time after it.
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        self.run("SELECT 1").await?;
        let query = "SELECT CAST(indexrelname AS TEXT), idx_scan FROM pg_stat_user_indexes";
        let rows = sqlx::query(query).fetch_all(self.database.connection()).await?;
        let each = rows
            .iter()
            .map(|row| Ok((row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?)));
        each.collect()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Answer<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments
        .next()
        .ok_or("usage: reports postgres://USER@HOST/NAME [ROWS]")?;
    let rows: u64 = arguments.next().map_or(Ok(10_000_000), |text| text.parse())?;
    let database = Database::to_write(&url).await?;
    if database.kind() != Of::Postgres {
        return Err("these rows are made by PostgreSQL; name one: postgres://USER@HOST/NAME".into());
    }
    let mut filler = Filler { database, rows: 0 };
    if filler.number("SELECT COUNT(*) FROM archive").await? == 0 {
        filler.fill(rows).await?;
        let newest = format!("INSERT INTO blocks VALUES (9, '0x9', '0x9', {NOW}, 1)");
        sqlx::query(AssertSqlSafe(newest))
            .execute(filler.database.connection())
            .await?;
        filler.run("VACUUM ANALYZE state").await?;
        filler
            .run("INSERT INTO archive SELECT 1, 'Made up', '0x0', 0, 9, '0x9', COUNT(*) FROM state")
            .await?;
    }
    println!(
        "{} rows, {} MB",
        filler.number("SELECT entries FROM archive").await?,
        filler
            .number("SELECT CAST(pg_database_size(current_database()) AS BIGINT)")
            .await?
            / 1_000_000
    );
    println!(
        "\n| report | rows | seconds | indexes of the state that it used, how often |\n|---|---|---|---|"
    );
    for (kind, period) in [
        (Kind::Month, Some(CLOSED)),
        (Kind::Ageing, None),
        (Kind::Accruals, Some("2026-12")),
        (Kind::Discrepancies, Some(CLOSED)),
        (Kind::Commitments, None),
        (Kind::Files, Some(CLOSED)),
        (Kind::Notes, None),
        (Kind::Tax, Some(CLOSED)),
        (Kind::Nrtrde, Some(CLOSED)),
        (Kind::Disputes, Some(CLOSED)),
    ] {
        let before = filler.uses().await?;
        let begun = Instant::now();
        let made = report(&mut filler.database, kind, period).await?;
        let took = begun.elapsed().as_secs_f64();
        let used: Vec<String> = filler
            .uses()
            .await?
            .into_iter()
            .filter_map(|(index, count)| {
                let more = count - before.get(&index).copied().unwrap_or_default();
                (more > 0).then(|| format!("`{index}` {more}"))
            })
            .collect();
        println!(
            "| {kind:?}{} | {} | {took:.2} | {} |",
            period.map_or_else(String::new, |period| format!(", {period}")),
            made.rows.len(),
            used.join(", ")
        );
    }
    filler.database.close().await?;
    Ok(())
}
