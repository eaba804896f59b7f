//! `interclear-demo`: brings up a network on this machine and settles a month on it.

use clap::Parser;
use interclear_client::money::{grouped, quantity};
use interclear_e2e::{
    books,
    network::{beside, Network},
    story::{self, Actors, Delivery, Ending, Services, Size, Teller},
    table::table,
};
use interclear_matching::Counts;
use interclear_primitives::{agreement::Direction, dispute::Figures, ids::OperatorId, money::Value};
use std::{path::Path, process::ExitCode, time::Instant};
use tokio::signal::unix::{signal, SignalKind};

/// Brings up a local network of two validators and settles a month of roaming on it, from TAP files.
#[derive(Parser)]
#[command(name = "interclear-demo", version)]
struct Demo {
    /// Stop the network at the end instead of leaving it running.
    #[arg(long)]
    once: bool,
    /// TAP files per direction, at least 4.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(4..=200))]
    files: u32,
    /// Events per file.
    #[arg(long, default_value_t = 1_500, value_parser = clap::value_parser!(u64).range(200..=1_000_000))]
    events: u64,
    /// From which all traffic follows: the same seed makes the same files.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// One operator also buys fixed-line services of the other: 1,000 unless a number is given, of which 5 % differ until both have put
    /// them right. They are billed, and netted together with roaming.
    #[arg(long, value_name = "SERVICES", num_args = 0..=1, default_missing_value = "1000", value_parser = clap::value_parser!(u32).range(20..=10_000))]
    inventory: Option<u32>,
}

/// Prints each step with the time since the start.
struct Printer {
    started: Instant,
}

impl Teller for Printer {
    fn step(&mut self, what: &str) {
        println!("\n[{:>5.1} s] {what}", self.started.elapsed().as_secs_f32());
    }

    fn note(&mut self, what: &str) {
        println!("          {what}");
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let demo = Demo::parse();
    let ended = tokio::select! {
        ended = run(demo) => ended,
        // Whatever is going on is dropped, and the nodes with it: none outlives this program.
        signal = stopped() => signal,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Waits to be told to stop; that is an error unless the story has been told.
async fn stopped() -> Result<(), Box<dyn std::error::Error>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => Err("terminated; the nodes have been stopped".into()),
        _ = hang_up.recv() => Err("the terminal was closed; the nodes have been stopped".into()),
    }
}

async fn run(demo: Demo) -> Result<(), Box<dyn std::error::Error>> {
    let mut printer = Printer {
        started: Instant::now(),
    };
    printer.step("two validators start on this machine");
    let mut network = Network::archive().await?;
    for node in &network.nodes {
        printer.note(&format!(
            "{:<6} {}  log {}",
            node.name(),
            node.url(),
            node.log().display()
        ));
    }
    printer.note("blocks are being finalised");
    let one = network.nodes[0].connect().await?;
    let two = network.nodes[1].connect().await?;
    let size = Size {
        files: demo.files,
        events: demo.events,
        seed: demo.seed,
        services: demo.inventory.map(|services| services as usize),
    };
    let folder = network.home().join("tap");
    let ending = story::tell([&one, &two], size, &folder, &mut printer).await?;
    print_tables(&ending);
    let url = network.nodes[0].url();
    printer.step("the chain is followed into a database, which tells of the month and traces the payment");
    from_the_books(&url, network.home(), &ending).await?;
    if demo.once {
        println!("\nThe network stops. Without --once it stays, to be looked at.");
        return Ok(());
    }
    println!(
        "\nThe network goes on; press Ctrl-C to stop it. Its TAP files are in {}",
        folder.display()
    );
    println!(
        "polkadot.js Apps: https://polkadot.js.org/apps/?rpc={}#/explorer",
        url.replace(':', "%3A").replace('/', "%2F")
    );
    println!("command line:     interclear --url {url} operator list");
    tokio::signal::ctrl_c().await?;
    network.nodes.clear();
    Ok(())
}

/// What a clearing team asks, by the commands that it would type.
async fn from_the_books(url: &str, home: &Path, ending: &Ending) -> Result<(), Box<dyn std::error::Error>> {
    let program = beside("interclear", "INTERCLEAR")?;
    let database = format!("sqlite:{}", home.join("books.db").display());
    for words in books::commands(url, &database, ending) {
        println!("\n$ interclear {}", words.join(" "));
        let ended = tokio::process::Command::new(&program)
            .args(&words)
            .kill_on_drop(true)
            .status()
            .await?;
        if !ended.success() {
            return Err(format!("interclear {} failed", words.join(" ")).into());
        }
    }
    Ok(())
}

fn amount(value: &Value, decimals: u8) -> String {
    value
        .clear()
        .map_or_else(|_| "sealed".into(), |amount| grouped(amount, decimals))
}

fn print_services(services: &Services, decimals: u8) {
    println!("\nFixed-line services that {} buys", Actors::NAMES[1]);
    let [reported, corrected] = services.counts;
    type Class = (&'static str, fn(&Counts) -> u32);
    let classes: [Class; 5] = [
        ("Matched", |counts| counts.matched),
        ("Partial", |counts| counts.partial + counts.mismatched),
        ("Only at the buyer", |counts| counts.only_at_buyer),
        ("Only at the seller", |counts| counts.only_at_seller),
        ("Twice", |counts| {
            counts.ambiguous_at_buyer + counts.ambiguous_at_seller
        }),
    ];
    let rows = classes.map(|(class, of)| {
        [
            class.into(),
            of(&reported).to_string(),
            of(&corrected).to_string(),
        ]
    });
    println!("{}", table(["Records", "Reported", "Put right"], &[1, 2], rows));
    println!(
        "{} records of the buyer and {} of the seller were put right; {} services bill {} EUR",
        services.corrected[0],
        services.corrected[1],
        services.bill.services,
        amount(&services.bill.net, decimals)
    );
}

fn print_tables(ending: &Ending) {
    let settled = &ending.settled;
    let decimals = settled.statement.decimals;
    let [first, second] = settled.statement.parties;
    let name = |operator: OperatorId| {
        if operator == first {
            Actors::NAMES[0]
        } else {
            Actors::NAMES[1]
        }
    };

    println!("\nTAP files of {}", ending.period);
    let rows = ending.anchoring.files.iter().map(|file| {
        let charge = file
            .anchor
            .totals
            .iter()
            .filter_map(|total| total.charge.clear().ok())
            .sum();
        let delivery = match file.delivery {
            Delivery::InTurn => "",
            Delivery::Twice => "sent twice, counted once",
            Delivery::Late => "came late, gap closed",
            Delivery::Returned => "wrong total, returned, sent again",
        };
        [
            file.name.clone(),
            file.anchor.records.to_string(),
            grouped(charge, 6),
            delivery.into(),
        ]
    });
    println!(
        "{}",
        table(["File", "Events", "TAP charge EUR", ""], &[1, 2], rows)
    );

    println!("\nStatement of agreement {}, {}", ending.agreement, ending.period);
    let rows = settled.statement.lines.iter().map(|line| {
        let (debtor, creditor) = match line.direction {
            Direction::FirstHome => (first, second),
            Direction::SecondHome => (second, first),
        };
        [
            format!("{} owes {}", name(debtor), name(creditor)),
            line.service.to_string(),
            quantity(line.quantity),
            line.service.unit().to_string(),
            amount(&line.tap_charge, decimals),
            amount(&line.charge, decimals),
        ]
    });
    println!(
        "{}",
        table(
            [
                "Direction",
                "Service",
                "Quantity",
                "Unit",
                "TAP charge EUR",
                "Charge EUR"
            ],
            &[2, 4, 5],
            rows
        )
    );

    let disputed = &settled.disputed;
    println!("\nDispute {} on {}", disputed.id, disputed.line.service);
    let stated = Figures::of(&disputed.line);
    let rows = [
        ("Stated", stated),
        (Actors::NAMES[0], disputed.claimed),
        ("Agreed", disputed.agreed),
    ]
    .map(|(who, figures)| {
        [
            who.into(),
            quantity(figures.quantity),
            amount(&figures.charge, decimals),
        ]
    });
    println!("{}", table(["Says", "Quantity", "Charge EUR"], &[1, 2], rows));

    if let Some(services) = &settled.services {
        print_services(services, decimals);
    }

    println!("\nObligations: what nobody disputed, and the rest once the dispute had ended");
    let rows = settled.payments.iter().flat_map(|payment| {
        payment.obligations.iter().map(|(id, obligation)| {
            [
                payment.cycle.to_string(),
                id.to_string(),
                name(obligation.debtor).into(),
                name(obligation.creditor).into(),
                amount(&obligation.amount, decimals),
            ]
        })
    });
    println!(
        "{}",
        table(
            ["Cycle", "Obligation", "Debtor", "Creditor", "Amount EUR"],
            &[0, 1, 4],
            rows
        )
    );

    println!("\nBalances");
    let rows = [first, second]
        .into_iter()
        .zip(settled.balances)
        .map(|(operator, (before, after))| {
            let eur = |amount: u128| grouped(i128::try_from(amount).unwrap_or(i128::MAX), decimals);
            [name(operator).into(), eur(before), eur(after)]
        });
    println!(
        "{}",
        table(["Operator", "Before EUR", "After EUR"], &[1, 2], rows)
    );
    println!(
        "\n{:.1} s from the first file to money moved. Duplicates ignored: {}. Gaps closed: {}. Files returned and sent again: {}.",
        ending.elapsed.as_secs_f32(),
        ending.anchoring.duplicates,
        ending.anchoring.gaps,
        ending.anchoring.returned,
    );
}
