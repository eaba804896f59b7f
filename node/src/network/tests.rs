use super::*;
use interclear_primitives::{ids::OperatorId, operator::Role};
use interclear_runtime::{Netting, Operators, Session, Validators};
use sp_core::{sr25519, Pair};

fn account(seed: u8) -> AccountId {
    sr25519::Pair::from_seed(&[seed; 32]).public().into()
}

/// The founders' file of four operators and an issuer, with keys that nobody else has.
fn file() -> String {
    let keystore = KeystoreContainer::new(&KeystoreConfig::InMemory)
        .unwrap()
        .keystore();
    let identity = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    let other = "12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD";
    let mut text = format!(
        "name = \"Test\"\nid = \"interclear_test\"\nprotocol = \"interclear-test\"\nboot_nodes = [\n\
         \"/dns/a.example/tcp/30333/p2p/{identity}\",\n\"/dns/b.example/tcp/30333/p2p/{other}\"]\n"
    );
    for (place, tadig) in (0u8..).zip(["DEU7A", "FRA7B", "ESPD1", "ITAE1"]) {
        let [admin, node, seat] = [1, 2, 3].map(|kind| account(place * 10 + kind));
        let (keys, proof) = make_keys(&keystore, &node).unwrap();
        text.push_str(&format!(
            "[[operator]]\nname = \"Operator {tadig}\"\nkinds = [\"mobile\"]\ntadigs = [\"{tadig}\"]\nplmns = [\"2620{place}\"]\n\
             council = [\"{seat}\"]\n[[operator.desk]]\naccount = \"{admin}\"\nroles = [\"admin\"]\n\
             [[operator.validator]]\naccount = \"{node}\"\nkeys = \"0x{}\"\nproof = \"0x{}\"\n",
            hex::encode(keys),
            hex::encode(proof)
        ));
    }
    text.push_str(&format!(
        "[[operator]]\nname = \"Issuer\"\nkinds = [\"token_issuer\"]\n[[operator.desk]]\naccount = \"{}\"\n\
         roles = [\"treasury\", \"admin\"]\n[[token]]\ncurrency = \"EUR\"\nissuer = \"Issuer\"\ndecimals = 2\n",
        account(99)
    ));
    text
}

fn checked(text: &str) -> Result<Genesis, Vec<String>> {
    toml::from_str::<Founders>(text).unwrap().check()
}

/// What is wrong with a file in which something stands in the place of something else.
fn problems(text: &str, instead: &str, of: &str) -> Vec<String> {
    assert!(text.contains(of), "{of}");
    checked(&text.replacen(of, instead, 1)).err().unwrap_or_default()
}

fn assert_told(problems: &[String], what: &str) {
    assert!(
        problems.iter().any(|problem| problem.contains(what)),
        "{what}: {problems:?}"
    );
}

#[test]
fn chain_should_begin_with_its_founders_when_nothing_is_wrong() {
    let genesis = checked(&file()).map_err(|problems| problems.join("\n")).unwrap();
    assert_eq!(genesis.boot_nodes.len(), 2);
    let storage = genesis.config.build_storage().unwrap();
    sp_io::TestExternalities::new(storage).execute_with(|| {
        assert_eq!(Session::validators().len(), 4);
        let all = Validators::validators();
        let mut owners: Vec<_> = all.iter().map(|(_, state)| state.validator.operator).collect();
        owners.sort();
        assert_eq!(owners, (0..4).map(|id| Some(OperatorId(id))).collect::<Vec<_>>());
        let node = Operators::desk(&account(2)).unwrap();
        assert_eq!(
            (node.operator, node.roles.to_vec()),
            (OperatorId(0), vec![Role::Engineering])
        );
        let token = Netting::token(1).unwrap();
        assert_eq!((token.issuer, token.decimals), (OperatorId(4), 2));
        assert_eq!(
            Operators::operator(OperatorId(4)).unwrap().payout_account,
            Some(account(99))
        );
        assert!(!is_test_network());
    });
}

fn is_test_network() -> bool {
    let key = [
        sp_io::hashing::twox_128(b"Netting"),
        sp_io::hashing::twox_128(b"TestNetwork"),
    ]
    .concat();
    sp_io::storage::get(&key).is_some_and(|value| value.as_ref() == [1])
}

#[test]
fn file_should_be_refused_when_somebody_forgot_a_key_or_gave_a_development_key() {
    let text = file();
    let forgotten = text.replacen(
        "[[operator.validator]]\n",
        "[[operator.validator]]\nnote = 1\n",
        1,
    );
    assert!(toml::from_str::<Founders>(&forgotten).is_err(), "an unknown line");
    let keys = text.lines().find(|line| line.starts_with("keys")).unwrap();
    assert_told(
        &problems(&text, "keys = \"\"", keys),
        "the validator of Operator DEU7A has no session keys",
    );
    let proof = text.lines().find(|line| line.starts_with("proof")).unwrap();
    assert_told(
        &problems(&text, "proof = \"\"", proof),
        "the proof is not of these keys",
    );
    let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    let admin = account(1).to_string();
    assert_told(
        &problems(&text, alice, &admin),
        "a desk of Operator DEU7A is a development key",
    );
    assert_told(
        &problems(&text, "5...", &admin),
        "`5...` is not the address of an account",
    );
    // The block-making key of Alice, with a voting key of one's own.
    let public = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
    let mine = &keys[keys.len() - 65..];
    let found = problems(&text, &format!("keys = \"{public}{mine}"), keys);
    assert_told(
        &found,
        "the block-making key of the validator of Operator DEU7A is a development key",
    );
    assert_told(&found, "the proof is not of these keys");
}

#[test]
fn file_should_be_refused_when_something_is_named_twice() {
    let text = file();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("keys")).collect();
    assert_told(
        &problems(&text, lines[1], lines[0]),
        "is the same as the block-making key of",
    );
    let [one, other] = [account(1), account(11)].map(|account| account.to_string());
    assert_told(
        &problems(&text, &one, &other),
        "a desk of Operator FRA7B is the same as a desk of Operator DEU7A",
    );
    assert_told(
        &problems(&text, "tadigs = [\"DEU7A\"]", "tadigs = [\"FRA7B\"]"),
        "DEU7A is a code of Operator DEU7A and of Operator FRA7B",
    );
    assert_told(&problems(&text, "\"26201\"", "\"26200\""), "26201 is a code of");
    // The same network, written with three digits.
    assert_told(&problems(&text, "\"262001\"", "\"26200\""), "26201 is a code of");
    assert_told(
        &problems(&text, "kinds = [\"mobile\", \"mobile\"]", "kinds = [\"mobile\"]"),
        "Operator DEU7A has a kind more than once",
    );
    assert_told(
        &problems(&text, "roles = [\"admin\", \"admin\"]", "roles = [\"admin\"]"),
        "a desk of Operator DEU7A has a role more than once",
    );
    assert_told(
        &problems(&text, "interclear_local", "interclear_test"),
        "that of a preset",
    );
}

#[test]
fn file_should_be_refused_when_one_operator_could_stop_the_others() {
    let text = file();
    let (before, last) = text.split_at(text.rfind("[[operator]]\nname = \"Operator ITAE1").unwrap());
    let rest = &last[last.find("[[operator]]\nname = \"Issuer").unwrap()..];
    let three = checked(&format!("{before}{rest}")).err().unwrap();
    assert_eq!(three, ["there are 3 validators; at least 4 are needed"]);
    // The first operator takes the last one's validator, and its seat.
    let validator = &last
        [last.find("[[operator.validator]]").unwrap()..last.find("[[operator]]\nname = \"Issuer").unwrap()];
    let first = before.find("[[operator]]\nname = \"Operator FRA7B").unwrap();
    let found = checked(&format!(
        "{}{validator}{}{rest}",
        &before[..first],
        &before[first..]
    ))
    .err()
    .unwrap();
    assert_eq!(
        found,
        ["Operator DEU7A has 2 of 4 validators: it could stop finality alone"]
    );
    let seats = format!("council = [\"{}\", \"{}\"]", account(3), account(70));
    let found = problems(&text, &seats, &format!("council = [\"{}\"]", account(3)));
    assert_told(&found, "it could stop every motion alone");
    let acceptance = text.replacen("boot_nodes", "test_network = true\nboot_nodes", 1);
    assert!(checked(&acceptance.replacen(&format!("council = [\"{}\"]", account(3)), &seats, 1)).is_ok());
}

#[test]
fn file_should_be_refused_when_nobody_could_join_or_pay() {
    let text = file();
    assert_told(
        &problems(&text, "/ip4/127.0.0.1/", "/dns/a.example/"),
        "from its own machine only",
    );
    assert_told(
        &problems(&text, "/dns/a.example\", \"", "/dns/a.example/"),
        "is not an address with an identity",
    );
    assert_told(
        &problems(&text, "issuer = \"Nobody\"", "issuer = \"Issuer\""),
        "there is no such operator",
    );
    assert_told(
        &problems(&text, "[\"carrier\"]", "[\"token_issuer\"]"),
        "not of the kind token_issuer",
    );
    assert_told(
        &problems(&text, "[\"admin\"]", "[\"treasury\", \"admin\"]"),
        "has no treasury desk",
    );
    assert_told(&problems(&text, "euro", "EUR"), "not a code such as EUR");
    assert_told(
        &problems(&text, "[\"clearing\"]", "[\"admin\"]"),
        "Operator DEU7A has no admin desk",
    );
}

#[test]
fn template_should_be_read_and_refused_when_nothing_is_filled_in() {
    let problems = checked(TEMPLATE).err().unwrap();
    assert_told(&problems, "`5...` is not the address of an account");
    assert_told(&problems, "there are 1 validators");
}

#[test]
fn keys_should_be_made_once_when_a_keystore_has_none() {
    let folder = std::env::temp_dir().join(format!("interclear-keys-{}", std::process::id()));
    let printed = keys_of(&account(2), &folder).unwrap();
    let again = keys_of(&account(2), &folder);
    let kept = fs::read_dir(&folder).unwrap().count();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(kept, 2);
    assert!(again.unwrap_err().contains("has session keys already"));
    // As it is pasted into the file.
    let text = file();
    let start = text.find("[[operator.validator]]").unwrap();
    let end = start + text[start..].find("[[operator]]").unwrap();
    assert!(checked(&text.replacen(&text[start..end], &printed, 1)).is_ok());
}
