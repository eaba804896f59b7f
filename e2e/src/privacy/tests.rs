use super::{forms::*, *};
use interclear_tap_samples::{Generator, Parameters, Variant};
use sp_crypto_hashing::blake2_256;

/// Octets that look like any others, but are the same each time.
fn noise(length: usize, seed: u8) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut block = blake2_256(&[seed]);
    while octets.len() < length {
        octets.extend(block);
        block = blake2_256(&block);
    }
    octets.truncate(length);
    octets
}

/// Every form of a number and every hash of each.
fn disguises(digits: &str) -> Vec<(String, Vec<u8>)> {
    let named = |(form, octets): Form| (form.to_owned(), octets);
    let plain = [plain(digits), wide(digits), bcd(digits), swapped_text(digits)];
    let mut all: Vec<(String, Vec<u8>)> = plain.into_iter().flatten().map(named).collect();
    for (form, octets) in hashed(digits) {
        for (name, hash) in HASHES {
            let whole = hash(&octets);
            for length in [HASH_START, 16] {
                if let Some(cut) = whole.get(..length) {
                    all.push((format!("{length} octets of {name} of {form}"), cut.to_vec()));
                }
            }
            all.push((format!("{name} of {form}"), whole));
        }
    }
    all
}

fn all() -> Numbers {
    let mut numbers = Numbers::default();
    numbers.insert(Kind::Imsi, "262971417383292".into());
    numbers.insert(Kind::Msisdn, "49643671274".into());
    numbers.insert(Kind::Msisdn, "385643671274".into());
    numbers.insert(Kind::Imei, "354459021834595".into());
    numbers.insert(Kind::OtherParty, "33655120087".into());
    numbers
}

#[test]
fn a_number_should_be_found_in_every_encoding_at_any_place() {
    let numbers = all();
    let scanner = Scanner::new(&numbers);
    let (around, before) = (noise(1_500, 1), noise(100, 2));
    let (mut planted, mut too_short) = (0, 0);
    for (kind, whole) in numbers.iter() {
        for part in kind.parts(whole) {
            for (form, octets) in disguises(part) {
                if octets.len() < SHORT {
                    too_short += 1;
                    continue;
                }
                for offset in [0, 1, 777] {
                    let mut haystack = around.clone();
                    haystack[offset..offset + octets.len()].copy_from_slice(&octets);
                    let leaks = scanner.scan("here", &haystack);
                    // A part may be a part of another number as well: whose it is, is not asked.
                    assert!(
                        leaks
                            .iter()
                            .any(|leak| (offset..=offset + 8).contains(&leak.offset)),
                        "{kind} {part} as {form} at {offset}: {leaks:?}"
                    );
                }
                let end = [&before[..], &octets].concat();
                assert!(!scanner.scan("at the end", &end).is_empty(), "{part} as {form}");
                planted += 1;
            }
        }
    }
    assert!(planted > 2_000, "{planted}");
    // The SCALE compact form of nine digits.
    assert_eq!(too_short, 3);
}

#[test]
fn bcd_should_be_found_when_it_begins_in_either_half_of_an_octet() {
    let numbers = all();
    let scanner = Scanner::new(&numbers);
    let digits = "262971417383292";
    for before in [vec![], vec![3], vec![3, 0xa], vec![0xb, 4, 4]] {
        for swapped in [false, true] {
            let mut nibbles = before.clone();
            nibbles.extend(digits.bytes().map(|digit| digit - b'0'));
            nibbles.extend([7; 5]);
            let octets: Vec<u8> = nibbles
                .chunks_exact(2)
                .map(|pair| match swapped {
                    false => pair[0] << 4 | pair[1],
                    true => pair[1] << 4 | pair[0],
                })
                .collect();
            let leaks = scanner.scan("here", &octets);
            let whole = leaks.iter().find(|leak| leak.digits == digits).unwrap();
            let order = if swapped { ", second half first" } else { "" };
            assert_eq!(whole.form, format!("BCD{order}"));
            assert_eq!(whole.offset, before.len() / 2);
        }
    }
}

#[test]
fn nothing_should_be_found_when_there_is_no_number() {
    let scanner = Scanner::new(&all());
    assert!(scanner.patterns() > 1_000);
    assert_eq!(scanner.scan("noise", &noise(1 << 20, 3)), []);
    assert_eq!(scanner.scan("zeros", &[0; 4_096]), []);
    assert_eq!(scanner.scan("nothing", &[]), []);
    let mut salted = b"salt".to_vec();
    salted.extend(b"262971417383292");
    assert_eq!(scanner.scan("a salted hash", &blake2_256(&salted)), []);
}

#[test]
fn a_leak_should_tell_what_was_found_and_where() {
    let scanner = Scanner::new(&all());
    let leaks = scanner.scan("block 7, extrinsics", b"..49643671274..");
    let whole = leaks.iter().find(|leak| leak.digits.len() == 11).unwrap();
    assert_eq!(
        whole.to_string(),
        "MSISDN 49643671274 as digits, block 7, extrinsics, octet 2"
    );
}

#[test]
fn every_number_of_a_file_should_be_found_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let parameters = Parameters {
        events: 60,
        lifelike: true,
        home_plmn: "262970".into(),
        ..Parameters::new(
            "FRA7B".parse().unwrap(),
            "DEU7A".parse().unwrap(),
            "2026-10".parse().unwrap(),
        )
    };
    let mut octets = Vec::new();
    let generator = Generator::new(parameters).unwrap();
    generator.write(0, Variant::default(), &mut octets).unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    std::fs::write(folder.path().join("inner/file"), &octets).unwrap();
    let mut numbers = Numbers::default();
    assert_eq!(numbers.read_folder(folder.path()).unwrap(), 1);
    let scanner = Scanner::new(&numbers);
    let leaks = scanner.scan("file", &octets);
    for kind in [Kind::Imsi, Kind::Msisdn, Kind::Imei, Kind::OtherParty] {
        assert!(numbers.count(kind) >= 10, "{kind}: {}", numbers.count(kind));
    }
    for (kind, digits) in numbers.iter() {
        assert!(
            leaks.iter().any(|leak| leak.digits == digits),
            "{kind} {digits} is not found"
        );
    }

    std::fs::write(folder.path().join("broken"), &octets[..500]).unwrap();
    assert!(
        Numbers::default().read_folder(folder.path()).is_err(),
        "a file that cannot be read is not a clean file"
    );
}
