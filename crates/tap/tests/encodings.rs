//! The files of the oracle, encoded otherwise: what they say stays the same whatever the lengths are written like, and whatever
//! stands in elements of no module. The encoder is of this test alone.

use interclear_tap::{validate_with_history, Options, Outcome, SeenRecords};
use std::path::PathBuf;

/// An element as it stands in a file.
#[derive(Clone)]
struct Node {
    /// Class and form: the three highest bits of the first octet.
    kind: u8,
    tag: u32,
    contents: Contents,
}

#[derive(Clone)]
enum Contents {
    Octets(Vec<u8>),
    Nodes(Vec<Node>),
}

const APPLICATION: u8 = 0x40;
const CONTEXT: u8 = 0x80;
const CONSTRUCTED: u8 = 0x20;

/// Reads elements up to the end, or up to the two zeros that end an indefinite length; answers with what is left.
fn parse(mut octets: &[u8]) -> (Vec<Node>, &[u8]) {
    let mut nodes = Vec::new();
    while let [first, rest @ ..] = octets {
        if let [0, 0, rest @ ..] = octets {
            return (nodes, rest);
        }
        octets = rest;
        let mut tag = u32::from(first & 0x1f);
        if tag == 0x1f {
            tag = 0;
            loop {
                let next = octets[0];
                octets = &octets[1..];
                tag = tag << 7 | u32::from(next & 0x7f);
                if next & 0x80 == 0 {
                    break;
                }
            }
        }
        let length = octets[0];
        octets = &octets[1..];
        let kind = first & 0xe0;
        if length == 0x80 {
            let (inner, rest) = parse(octets);
            octets = rest;
            let contents = Contents::Nodes(inner);
            nodes.push(Node { kind, tag, contents });
            continue;
        }
        let mut count = usize::from(length);
        if length > 0x80 {
            let (long, rest) = octets.split_at(usize::from(length & 0x7f));
            count = long
                .iter()
                .fold(0, |count, octet| count << 8 | usize::from(*octet));
            octets = rest;
        }
        let (inner, rest) = octets.split_at(count);
        octets = rest;
        let contents = match kind & CONSTRUCTED {
            0 => Contents::Octets(inner.to_vec()),
            _ => Contents::Nodes(parse(inner).0),
        };
        nodes.push(Node { kind, tag, contents });
    }
    (nodes, octets)
}

/// Chance, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

impl Node {
    fn write(&self, dice: &mut Dice, out: &mut Vec<u8>) {
        match self.tag {
            0..=30 => out.push(self.kind | self.tag as u8),
            tag => {
                out.push(self.kind | 0x1f);
                let groups = (32 - tag.leading_zeros()).div_ceil(7);
                for group in (0..groups).rev() {
                    let more = if group > 0 { 0x80 } else { 0 };
                    out.push((tag >> (7 * group)) as u8 & 0x7f | more);
                }
            }
        }
        let (contents, whole) = match &self.contents {
            Contents::Octets(octets) => (octets.clone(), false),
            Contents::Nodes(nodes) => {
                let mut contents = Vec::new();
                nodes.iter().for_each(|node| node.write(dice, &mut contents));
                (contents, true)
            }
        };
        match dice.below(4) {
            0 if whole => {
                out.push(0x80);
                out.extend(contents);
                out.extend([0, 0]);
                return;
            }
            // Longer than need be.
            1 => {
                out.push(0x84);
                out.extend((contents.len() as u32).to_be_bytes());
            }
            2 => {
                out.push(0x88);
                out.extend((contents.len() as u64).to_be_bytes());
            }
            _ if contents.len() < 0x80 => out.push(contents.len() as u8),
            _ => {
                out.push(0x83);
                out.extend(&(contents.len() as u32).to_be_bytes()[1..]);
            }
        }
        out.extend(contents);
    }

    /// Every element below that may count for something.
    fn groups<'n>(&'n self, found: &mut Vec<&'n Self>) {
        const COUNTING: [u32; 16] = [
            62, 63, 64, 69, 70, 96, 44, 57, 121, 138, 199, 213, 214, 397, 426, 427,
        ];
        if COUNTING.contains(&self.tag) {
            found.push(self);
        }
        if let Contents::Nodes(nodes) = &self.contents {
            nodes.iter().for_each(|node| node.groups(found));
        }
    }

    /// Puts look-alikes into this group and those below: copies within elements of no module, or under another class.
    fn sprinkle(&mut self, dice: &mut Dice, from: &[Self]) {
        let Contents::Nodes(nodes) = &mut self.contents else {
            return;
        };
        nodes.iter_mut().for_each(|node| node.sprinkle(dice, from));
        for _ in 0..dice.below(3) {
            let copy = from[dice.below(from.len())].clone();
            let within = |kind, tag, nodes| Self {
                kind: kind | CONSTRUCTED,
                tag,
                contents: Contents::Nodes(nodes),
            };
            let alike = match dice.below(4) {
                0 => within(APPLICATION, 9_999, vec![copy]),
                1 => within(CONTEXT, 69, vec![copy]),
                2 => within(
                    APPLICATION,
                    8_001,
                    vec![within(APPLICATION, 69, vec![copy.clone()]), copy],
                ),
                _ => Self {
                    kind: CONTEXT | copy.kind & CONSTRUCTED,
                    ..copy
                },
            };
            nodes.insert(dice.below(nodes.len() + 1), alike);
        }
    }
}

/// Looks everywhere within a batch but between its records, where what is not known is a record that is not known.
fn sprinkle(batch: &mut Node, dice: &mut Dice) {
    let mut groups = Vec::new();
    batch.groups(&mut groups);
    let groups: Vec<Node> = groups.into_iter().cloned().collect();
    let Contents::Nodes(parts) = &mut batch.contents else {
        return;
    };
    if groups.is_empty() {
        return;
    }
    for part in parts {
        match (&mut part.contents, part.tag) {
            (Contents::Nodes(records), 3) => records
                .iter_mut()
                .for_each(|record| record.sprinkle(dice, &groups)),
            // Rows of tables are not told from others by their tags.
            (Contents::Nodes(fields), _) => {
                let tables = groups.iter().take(3).cloned().collect();
                fields.push(Node {
                    kind: APPLICATION | CONSTRUCTED,
                    tag: 7_777,
                    contents: Contents::Nodes(tables),
                });
            }
            (Contents::Octets(_), _) => {}
        }
    }
}

/// What a file comes to, but for what its octets come to.
fn said(octets: &[u8]) -> (Vec<String>, String) {
    let mut history = SeenRecords::new(90);
    let outcome: Outcome = validate_with_history(octets, &Options::default(), &mut history).unwrap();
    let findings = outcome.findings.kept().iter();
    let findings = findings.map(|finding| format!("{} {} {}", finding.code, finding.item, finding.message));
    let mut summary = outcome.summary.clone();
    if let Some(summary) = &mut summary {
        (summary.file_digest, summary.root) = (None, None);
    }
    let rest = format!(
        "{} {:?} {:?} {:?} {summary:?} {:?}",
        outcome.events,
        outcome.amounts,
        outcome.refunds,
        outcome.returned,
        outcome.nrtrde.map(|nrtrde| nrtrde.services)
    );
    (findings.collect(), rest)
}

#[test]
fn files_should_say_the_same_when_they_are_encoded_otherwise_and_look_alikes_are_in_them() {
    let folder: PathBuf = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tap/oracle").into();
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut count = 0;
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|extension| extension != "ber") {
            continue;
        }
        let octets = std::fs::read(&path).unwrap();
        let meant = said(&octets);
        let (roots, _) = parse(&octets);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Near-real-time records have the same number for another thing.
        let usage = roots[0].tag == 1 && !name.starts_with("NR") && !name.starts_with("w_");
        for seed in 0..8 {
            let (mut root, mut dice) = (roots[0].clone(), Dice(seed));
            if usage && seed > 1 {
                sprinkle(&mut root, &mut dice);
            }
            let mut again = Vec::new();
            root.write(&mut dice, &mut again);
            assert_eq!(said(&again), meant, "{name}, seed {seed}");
        }
        count += 1;
    }
    println!("{count} files");
}
