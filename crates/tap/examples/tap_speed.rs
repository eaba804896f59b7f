//! Makes files and reads them back; prints records per second and the memory taken. The largest file has as many records as
//! are asked for, the others a hundredth and a tenth of that: the times should be in proportion.
//!
//! `cargo run --release -p interclear-tap --example tap_speed -- 4450000`
//!
//! The last two rows of each file are everything: from the file to the finished anchor, with the charge of every record
//! compared with an agreement that prices all of them, by one thread and by two.

use interclear_tap::{validate_file, Options, TariffCheck, Threads, Verdict};
use interclear_tap_samples::{terms, Generator, Parameters, Variant};
use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Instant,
};

/// Greatest resident set so far, in kB, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?
            .trim()
            .split(' ')
            .next()?
            .parse()
            .ok()
    })
}

/// Microseconds on a core, where the system says them: of this thread, and of all threads, also those that have ended, to
/// ten milliseconds. Other processes do not disturb this clock.
fn core_times() -> Option<(u64, u64)> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let own = text.split(' ').next()?.parse::<u64>().ok()? / 1_000;
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut ticks = text.rsplit(')').next()?.split(' ').skip(12);
    let mut next = || ticks.next()?.parse::<u64>().ok();
    Some((own, (next()? + next()?) * 10_000))
}

/// Reads a file several times and prints how long that took: the median by the clock, the mean on the cores.
fn measure(name: &str, path: &Path, times: u64, options: &Options) -> Result<(), Box<dyn Error>> {
    let core = core_times();
    let (mut events, mut micros) = (0, Vec::new());
    for _ in 0..times {
        let start = Instant::now();
        let outcome = validate_file(path, options)?;
        events += outcome.events;
        if outcome.verdict() != Verdict::Billable {
            return Err(format!("{:?}", outcome.verdict()).into());
        }
        let anchor = outcome.summary.as_ref().map(|summary| summary.anchor());
        micros.push(u64::try_from(start.elapsed().as_micros())?);
        if options.secret.is_some() {
            let anchor = anchor.ok_or("the file cannot be reduced")??;
            assert_eq!(u64::from(anchor.records), outcome.events);
        }
        if let Some(tariff) = outcome.tariff {
            let agreed = tariff.compared - tariff.above - tariff.below;
            assert_eq!(agreed, outcome.events, "{tariff:?}");
        }
    }
    let rate = |events: u64, micros: u64| events * 1_000_000 / micros.max(1);
    micros.sort_unstable();
    let median = micros[micros.len() / 2];
    print!("  {name:<28} {:>9} records/s", rate(events / times, median));
    if let (Some(before), Some(after)) = (core, core_times()) {
        let (own, all) = (after.0 - before.0, after.1 - before.1);
        let others = all.saturating_sub(own);
        print!(
            "; on the cores {} ns a record by the first thread",
            own * 1_000 / events.max(1)
        );
        if options.threads == Threads::Two {
            print!(
                ", {} ns by the second: {} records/s with a core for each",
                others * 1_000 / events.max(1),
                rate(events, own.max(others))
            );
        }
    }
    println!();
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let most: u64 = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |text| text.parse())?;
    let path = std::env::temp_dir().join(format!("tap_speed_{}.dat", std::process::id()));
    let plain = Options {
        threads: Threads::One,
        ..Options::default()
    };
    let hashed = Options {
        digest: true,
        ..plain.clone()
    };
    let anchored = Options {
        secret: Some([1; 32].into()),
        ..hashed.clone()
    };
    let everything = Options {
        tariff: Some(TariffCheck {
            terms: terms::generated(),
            tolerance: 0,
        }),
        ..anchored.clone()
    };
    let two = Options {
        threads: Threads::Two,
        ..everything.clone()
    };
    for share in [100, 10, 1] {
        let events = (most / share).max(1);
        let parameters = Parameters {
            events,
            ..Parameters::new("FRAF1".parse()?, "DEUD1".parse()?, "2026-10".parse()?)
        };
        let start = Instant::now();
        let mut out = BufWriter::new(File::create(&path)?);
        Generator::new(parameters)?.write(0, Variant::default(), &mut out)?;
        out.flush()?;
        let size = std::fs::metadata(&path)?.len();
        println!(
            "{events} records, {size} octets, {} a record, made in {} ms",
            size / events,
            start.elapsed().as_millis()
        );
        for (name, options) in [
            ("validated", &plain),
            ("and hashed", &hashed),
            ("and Merkle root", &anchored),
            ("to the anchor, one thread", &everything),
            ("to the anchor, two threads", &two),
        ] {
            measure(name, &path, share.clamp(3, 20), options)?;
        }
        if let Some(memory) = peak_memory() {
            println!("  peak memory so far: {} MB", memory / 1024);
        }
    }
    std::fs::remove_file(path)?;
    Ok(())
}
