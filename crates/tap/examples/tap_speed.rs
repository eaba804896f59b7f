//! Makes a large file and reads it back; prints records per second and the memory taken.
//!
//! `cargo run --release -p interclear-tap --example tap_speed -- 4000000`

use interclear_tap::{
    generate::{Generator, Parameters, Variant},
    validate_file, Options,
};
use std::{error::Error, fs::File, io::BufWriter, io::Write, time::Instant};

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

/// Microseconds that this process was on a core, where the system says it: a clock that other processes do not disturb.
fn core_time() -> Option<u128> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<u128>().ok()? / 1_000)
}

fn main() -> Result<(), Box<dyn Error>> {
    let events: u64 = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |text| text.parse())?;
    let parameters = Parameters {
        events,
        ..Parameters::new("FRAF1".parse()?, "DEUD1".parse()?, "2026-10".parse()?)
    };
    let path = std::env::temp_dir().join(format!("tap_speed_{}.dat", std::process::id()));
    let rate = |start: Instant| events as u128 * 1_000_000 / start.elapsed().as_micros().max(1);

    let start = Instant::now();
    let mut out = BufWriter::new(File::create(&path)?);
    Generator::new(parameters)?.write(0, Variant::default(), &mut out)?;
    out.flush()?;
    let size = std::fs::metadata(&path)?.len();
    println!(
        "made: {events} records, {size} octets, {} a record, {} records/s",
        size / events.max(1),
        rate(start)
    );

    for (name, options) in [
        ("validated", Options::default()),
        (
            "validated and hashed",
            Options {
                hash: true,
                ..Options::default()
            },
        ),
        (
            "validated, hashed, Merkle",
            Options {
                hash: true,
                secret: Some([1; 32].into()),
                ..Options::default()
            },
        ),
    ] {
        let (start, core) = (Instant::now(), core_time());
        let outcome = validate_file(&path, &options)?;
        print!("{name}: {} records/s", rate(start));
        if let (Some(before), Some(after)) = (core, core_time()) {
            print!(
                ", {} a second on the core",
                u128::from(events) * 1_000_000 / (after - before).max(1)
            );
        }
        println!(", exit code {}", outcome.exit_code());
    }
    if let Some(memory) = peak_memory() {
        println!("peak memory: {} MB", memory / 1024);
    }
    std::fs::remove_file(path)?;
    Ok(())
}
