//! Time and memory of the engine for two inventories of 100,000 services, 5 % of which differ:
//!
//! ```sh
//! cargo run --release -p interclear-matching --example speed
//! ```

use interclear_matching::{
    adopt, rematch, report, Day, Field, Memory, Profile, Record, Rule, Side, Status, Store, Text,
};
use std::{error::Error, fs, time::Instant};

const SERVICES: u32 = 100_000;

fn text<const N: usize>(text: &str) -> Text<N> {
    Text::new(text.as_bytes()).expect("the texts below are short")
}

fn record(number: u32) -> Record {
    let start = Day(u16::try_from(19_000 + number % 1_000).expect("a day of this decade"));
    Record {
        buyer_id: text(&format!("BUY{number:08}")),
        seller_id: text(&format!("SVC{number:08}")),
        order: text(&format!("{}", 4_500_000 + number / 3)),
        a_end: text(&format!("DEFRA{:05}", number % 5_000)),
        z_end: text(&format!("FRPAR{:05}", number / 7 % 5_000)),
        product: text("ACCESSELINE"),
        account: text("BA000123"),
        bandwidth: 100_000_000,
        recurring: 1_200_500_000 + u64::from(number % 97),
        one_off: 500_000_000,
        currency: *b"EUR",
        start,
        end: None,
        since: start,
        term: 36,
        status: Status::Active,
    }
}

/// The most memory that the process has had, in MB.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("no peak of memory")?
        .parse()?;
    Ok(kilobytes / 1_024)
}

fn main() -> Result<(), Box<dyn Error>> {
    let profile = Profile {
        version: 1,
        partial_up_to: 2,
        ..Profile::default()
    }
    .with(Field::SellerId, Rule::Key)
    .with(Field::Recurring, Rule::Percent(1_000))
    .with(Field::Bandwidth, Rule::Exact)
    .with(Field::Start, Rule::Days(2))
    .with(Field::End, Rule::Exact)
    .with(Field::Currency, Rule::Exact)
    .with(Field::Status, Rule::Exact);
    let buyer: Vec<Record> = (0..SERVICES).map(record).collect();
    let mut seller = buyer.clone();
    for changed in seller.iter_mut().step_by(20) {
        changed.recurring *= 2;
    }
    println!("two inventories of {SERVICES}: {} MB", peak()?);

    let mut store = Memory::new(profile);
    let begun = Instant::now();
    for (side, records) in [(Side::Buyer, &buyer), (Side::Seller, &seller)] {
        for record in records {
            report(&mut store, side, record)?;
        }
    }
    println!(
        "matched in {:.2} s: {} MB, {:?}",
        begun.elapsed().as_secs_f64(),
        peak()?,
        store.state().counts
    );

    let begun = Instant::now();
    for record in &buyer {
        report(&mut store, Side::Seller, record)?;
    }
    println!(
        "all reported again by one side in {:.2} s: {:?}",
        begun.elapsed().as_secs_f64(),
        store.state().counts
    );

    let begun = Instant::now();
    let by_order = profile
        .with(Field::SellerId, Rule::Informative)
        .with(Field::BuyerId, Rule::Key);
    adopt(
        &mut store,
        &Profile {
            version: 2,
            ..by_order
        },
    )?;
    while rematch(&mut store)? {}
    println!(
        "matched by another profile in {:.2} s: {:?}",
        begun.elapsed().as_secs_f64(),
        store.state().counts
    );
    Ok(())
}
