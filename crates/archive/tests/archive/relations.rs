//! Relations of fixed-line services, month by month.

use crate::{
    again::put,
    databases::server,
    owed::{bill, relation, services},
    reports::{filled, written},
    within,
};
use interclear_archive::{
    database::Database,
    relations::{history, months, Bills, History, Month},
};
use interclear_primitives::{
    ids::OperatorId,
    inventory::{InventoryCounts, InventoryState, LineKind, Relation},
    money::Currency,
    period::Period,
};
use std::collections::BTreeMap;

const SEPTEMBER: Period = Period(202_609);
const OCTOBER: Period = Period(202_610);
const NOVEMBER: Period = Period(202_611);
const DECEMBER: Period = Period(202_612);

async fn block(database: &mut Database, number: i64, seconds: u64) {
    let milliseconds = i64::try_from(seconds * 1_000).unwrap();
    sqlx::query("INSERT INTO blocks VALUES ($1, '0x0', '0x0', $2, 1)")
        .bind(number)
        .bind(milliseconds)
        .execute(database.connection())
        .await
        .unwrap();
}

fn counts(matched: u32, only_at_buyer: u32) -> InventoryCounts {
    InventoryCounts {
        matched,
        only_at_buyer,
        ..InventoryCounts::default()
    }
}

async fn state(database: &mut Database, of: &Relation, counts: InventoryCounts, from: i64) {
    let state = InventoryState {
        counts,
        ..InventoryState::default()
    };
    let key = format!("[{}]", written(of));
    put(database, ["Inventory", "States"], &key, &written(&state), from).await;
}

async fn check(database: &mut Database) {
    assert_eq!(
        history(database, &relation()).await.unwrap(),
        History::default(),
        "nothing is known of it yet"
    );
    // Twice in September, and at the last second of November; block 9 is of the 31st of December.
    block(database, 6, SEPTEMBER.start() + 1).await;
    block(database, 7, SEPTEMBER.end() - 1).await;
    block(database, 8, NOVEMBER.end() - 1).await;
    state(database, &relation(), counts(0, 10), 6).await;
    state(database, &relation(), counts(8, 2), 7).await;
    state(database, &relation(), counts(9, 1), 8).await;
    // The same two, the other way round.
    let other = Relation {
        buyer: OperatorId(0),
        seller: OperatorId(1),
        ..relation()
    };
    state(database, &other, counts(77, 0), 8).await;
    let open = bill(&[(SEPTEMBER, LineKind::Recurring, 30_000)], 0, &[]);
    let disputed = bill(&[(SEPTEMBER, LineKind::Recurring, 30_000)], 20_000, &[200]);
    services(database, SEPTEMBER, "EUR", &open, 7).await;
    services(database, SEPTEMBER, "EUR", &disputed, 8).await;
    let found = history(database, &relation()).await.unwrap();
    let expected = [
        (SEPTEMBER, counts(8, 2)),
        (OCTOBER, counts(8, 2)),
        (NOVEMBER, counts(9, 1)),
        (DECEMBER, counts(9, 1)),
    ];
    assert_eq!(found.counts, BTreeMap::from(expected));
    assert_eq!(
        found.bills,
        BTreeMap::from([((Currency::EUR, SEPTEMBER), disputed)])
    );
}

#[tokio::test]
async fn relation_should_be_known_month_by_month_when_the_chain_tells_only_how_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    check(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = server().await {
        check(&mut filled(&server.url).await).await;
    }
}

#[test]
fn month_should_come_to_what_its_own_bill_and_all_later_ones_say_of_it() {
    use LineKind::{OneOff, Recurring};
    let usd = Currency(*b"USD");
    let bills = Bills::from([
        // 300.00, of which 200.00 are withheld; 80.00 come again with October.
        (
            (Currency::EUR, SEPTEMBER),
            bill(&[(SEPTEMBER, Recurring, 30_000)], 20_000, &[1]),
        ),
        (
            (Currency::EUR, OCTOBER),
            bill(
                &[
                    (SEPTEMBER, Recurring, 8_000),
                    (OCTOBER, Recurring, 31_000),
                    (OCTOBER, OneOff, 4_000),
                ],
                0,
                &[2, 3],
            ),
        ),
        // Another 5.00 of September match by now, and 1.50 of October were too much.
        (
            (Currency::EUR, NOVEMBER),
            bill(&[(SEPTEMBER, OneOff, 500), (OCTOBER, Recurring, -150)], 0, &[4]),
        ),
        // What a month without a bill of its own comes to.
        ((usd, NOVEMBER), bill(&[(OCTOBER, Recurring, 700)], 0, &[5])),
    ]);
    let month = |services, [billed, withheld, charged_later, credited_later]: [i128; 4]| Month {
        services,
        billed,
        withheld,
        charged_later,
        credited_later,
    };
    let expected = [
        ((Currency::EUR, SEPTEMBER), month(2, [30_000, 20_000, 8_500, 0])),
        ((Currency::EUR, OCTOBER), month(2, [35_000, 0, 0, 150])),
        ((Currency::EUR, NOVEMBER), month(2, [0; 4])),
        ((usd, OCTOBER), month(0, [0, 0, 700, 0])),
        ((usd, NOVEMBER), month(2, [0; 4])),
    ];
    let found = months(&bills);
    assert_eq!(found, BTreeMap::from(expected));
    let come_to = found.values().map(Month::comes_to).collect::<Vec<_>>();
    assert_eq!(come_to, [18_500, 34_850, 0, 700, 0]);
}
