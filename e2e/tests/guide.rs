//! `docs/first-month.md`, typed by hand against a network of two validators.

use interclear_e2e::{
    guide::{run, steps, too_wide, transcript, Step},
    javascript,
    network::beside,
};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/first-month.md");
/// Lets a program see another time.
const FAKETIME: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
];

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn step(command: String) -> Step {
    Step {
        line: 0,
        condition: String::new(),
        command,
        status: 0,
        expected: Vec::new(),
    }
}

/// Nodes that are started once more, two hours later.
fn hours_later(steps: &[Step], library: &str) -> Vec<Step> {
    let end = step("kill -INT $ALICE $BOB; wait $ALICE $BOB; true".into());
    let clock = format!("env LD_PRELOAD={library} FAKETIME=+2h FAKETIME_DONT_FAKE_MONOTONIC=1");
    let starts = steps
        .iter()
        .filter(|step| step.command.starts_with("interclear-node "))
        .map(|start| step(format!("{clock} {}", start.command.replace(".log", "-later.log"))));
    let answers = step("until interclear --quiet council members; do sleep 1; done".into());
    [end].into_iter().chain(starts).chain([answers]).collect()
}

/// The guide, typed in an empty folder.
struct Typed {
    steps: Vec<Step>,
    home: TempDir,
    /// What was not as expected.
    ran: Result<(), String>,
}

impl Typed {
    /// Fails, and leaves what was printed behind, unless all was as expected.
    fn expect(self, ran: Result<(), String>) {
        if let Err(said) = ran {
            println!("what was printed is in {}", self.home.keep().display());
            panic!("{said}");
        }
    }
}

/// Types the guide, on so many columns if a number is said; what stands below its commands is as wide as it needs.
fn typed(columns: Option<usize>) -> Typed {
    let node = beside("interclear-node", "INTERCLEAR_NODE").unwrap();
    let client = beside("interclear", "INTERCLEAR").unwrap();
    let folder = |program: &Path| program.parent().map(PathBuf::from).unwrap_or_default();
    let home = tempfile::Builder::new()
        .prefix("interclear-guide-")
        .tempdir()
        .unwrap();

    // Nobody else's ports, and no other network on this machine that begins with the same block.
    let [rpc, other_rpc, p2p, other_p2p] = [(); 4].map(|()| free_port());
    let text = std::fs::read_to_string(GUIDE)
        .unwrap()
        .replace("--alice ", &format!("--alice --no-mdns --rpc-port {rpc} --port {p2p} "))
        .replace("--bob ", "--bob --no-mdns ")
        .replace("9944", &rpc.to_string())
        .replace("9945", &other_rpc.to_string())
        .replace("30333", &p2p.to_string())
        .replace("30334", &other_p2p.to_string());
    let guide = steps(&text);
    assert!(guide.len() > 60, "the guide has commands");

    let library = FAKETIME.into_iter().find(|path| Path::new(path).is_file());
    // Its lines are not ours, and it is installed by one process at a time.
    let javascript = columns.is_none() && javascript::install().unwrap();
    // Before the first step that needs it.
    let mut later = library.map(|library| hours_later(&guide, library));
    let mut typed = Vec::new();
    for step in &guide {
        match step.condition.as_str() {
            "an hour later" => {
                let Some(later) = &mut later else {
                    println!(
                        "skipped: there is no libfaketime, so nobody waits an hour (line {})",
                        step.line
                    );
                    continue;
                };
                typed.append(later);
            }
            "polkadot.js" if columns.is_some() => continue,
            "polkadot.js" if !javascript => {
                println!("skipped: npm is not installed, so polkadot.js is not tried");
                continue;
            }
            _ => {}
        }
        let mut step = step.clone();
        if columns.is_some() {
            step.expected.clear();
        }
        typed.push(step);
    }

    let path = std::env::var("PATH").unwrap_or_default();
    let programs = format!("{}:{}:{path}", folder(&node).display(), folder(&client).display());
    let width = columns.map(|columns| ("COLUMNS", columns.to_string()));
    let environment = [
        ("PATH", programs),
        ("HOME", home.path().display().to_string()),
        ("INTERCLEAR_URL", format!("ws://127.0.0.1:{rpc}")),
        ("INTERCLEAR_CONFIG", String::new()),
        ("JAVASCRIPT", javascript::FOLDER.to_owned()),
        ("LC_ALL", "C.UTF-8".to_owned()),
    ];
    let environment: Vec<_> = environment
        .into_iter()
        .chain(width)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let ran = run(&typed, home.path(), &environment).unwrap();
    Typed {
        steps: typed,
        home,
        ran,
    }
}

#[test]
fn every_command_of_the_guide_should_do_what_it_says() {
    let typed = typed(None);
    let ran = typed.ran.clone();
    typed.expect(ran);
}

/// The whole month can be read on a terminal of usual width. What it looks like there is written down, so that somebody reads it.
#[test]
#[ignore = "it types the whole guide once more: scripts/check does so"]
fn every_line_of_the_guide_should_fit_when_a_terminal_has_80_columns() {
    let typed = typed(Some(80));
    let read = Path::new(env!("CARGO_TARGET_TMPDIR")).join("first-month-80.txt");
    let found = typed.ran.clone().and_then(|()| {
        let text = transcript(&typed.steps, typed.home.path()).unwrap();
        std::fs::write(&read, text).unwrap();
        println!("the month at 80 columns: {}", read.display());
        let wide = too_wide(&typed.steps, typed.home.path(), 80).unwrap();
        match wide.is_empty() {
            true => Ok(()),
            false => Err(format!(
                "these lines do not fit 80 columns:\n{}",
                wide.join("\n\n")
            )),
        }
    });
    typed.expect(found);
}
