//! `docs/first-month.md`, typed by hand against a network of two validators.

use interclear_e2e::{
    guide::{run, steps, Step},
    javascript,
    network::beside,
};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

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

#[test]
fn every_command_of_the_guide_should_do_what_it_says() {
    let node = beside("interclear-node", "INTERCLEAR_NODE").unwrap();
    let client = beside("interclear", "INTERCLEAR").unwrap();
    let folder = |program: &Path| program.parent().map(PathBuf::from).unwrap_or_default();
    let home = tempfile::Builder::new()
        .prefix("interclear-guide-")
        .tempdir()
        .unwrap();

    // Nobody else's ports.
    let [rpc, other_rpc, p2p, other_p2p] = [(); 4].map(|()| free_port());
    let text = std::fs::read_to_string(GUIDE)
        .unwrap()
        .replace("--alice ", &format!("--alice --rpc-port {rpc} --port {p2p} "))
        .replace("9944", &rpc.to_string())
        .replace("9945", &other_rpc.to_string())
        .replace("30333", &p2p.to_string())
        .replace("30334", &other_p2p.to_string());
    let guide = steps(&text);
    assert!(guide.len() > 60, "the guide has commands");

    let library = FAKETIME.into_iter().find(|path| Path::new(path).is_file());
    let javascript = javascript::install().unwrap();
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
            "polkadot.js" if !javascript => {
                println!("skipped: npm is not installed, so polkadot.js is not tried");
                continue;
            }
            _ => {}
        }
        typed.push(step.clone());
    }

    let path = std::env::var("PATH").unwrap_or_default();
    let programs = format!("{}:{}:{path}", folder(&node).display(), folder(&client).display());
    let environment = [
        ("PATH", programs),
        ("HOME", home.path().display().to_string()),
        ("INTERCLEAR_URL", format!("ws://127.0.0.1:{rpc}")),
        ("INTERCLEAR_CONFIG", String::new()),
        ("JAVASCRIPT", javascript::FOLDER.to_owned()),
        ("LC_ALL", "C.UTF-8".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let ran = run(&typed, home.path(), &environment).unwrap();
    if ran.is_err() {
        println!("what was printed is in {}", home.keep().display());
    }
    if let Err(said) = ran {
        panic!("{said}");
    }
}
