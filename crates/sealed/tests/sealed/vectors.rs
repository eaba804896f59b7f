//! The vectors of the specification, and of a statement: these were calculated by `tests/second.py`.

use crate::{statements, NETWORK};
use interclear_sealed::{
    closing::Closing,
    commit::H,
    derive::{Contribution, Kind, Pair, PairKey},
    prove::Opening,
    usage::{h_of_label, one_at, Field},
};

fn octets(text: &str) -> [u8; 32] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn derivations_should_be_those_of_the_specification() {
    let one = |octet| Contribution::from_bytes([octet; 32]);
    let pair = PairKey::new(&NETWORK, Pair::of(9, 3).unwrap(), 1, &one(1), &one(2));
    assert_eq!(
        *pair.expose(),
        octets("be817547c9ca741dfe41e068d620cc3d5a6eb9b536f04d5d104d5d48d1f71eb5")
    );
    let agreement = pair.agreement(&NETWORK, 7);
    assert_eq!(
        *agreement.expose(),
        octets("ecf1cea5c784cb0d0f70f934702de0c98cdd1848c1dc832e1321037b85880071")
    );
    assert_eq!(
        *agreement.terms(&NETWORK).expose(),
        octets("aef03484d83dce78506eb59d861b0ef306e4117bafcd7c3f5cca1ea2fabe7b71")
    );
    // By the `hmac` of Python.
    let tags = pair.inventory_tags(&NETWORK, 9, 3, b"ELINE");
    assert_eq!(
        *tags.expose(),
        octets("0c4a693d990a643685641ab1e92cf420df9c93e63c0e549b21c182c3a4c30e19")
    );
    assert_eq!(
        hex::encode(tags.tag(b"SVC0001")),
        "762eba6931da2991e4e35977745219c1"
    );
    // Who buys and who sells are not exchanged.
    assert_ne!(pair.inventory_tags(&NETWORK, 3, 9, b"ELINE"), tags);
    let month = agreement.month(&NETWORK, 202_611);
    assert_eq!(
        *month.expose(),
        octets("320fdd0887af9e29419630a742065ca92aecd018509ba58cd6f98bc632cd66e0")
    );
    let digest = octets("c3e30620d563af03d5e51f48626118a07ebc32c54648af99e48f6d7d424d2b19");
    let kind = Kind::Statement;
    assert_eq!(
        *month.document(&NETWORK, kind, &digest).expose(),
        octets("adb13812969485ece4ae891a862306088421fbb7c515684806866530d4189e9d")
    );
    let opening = Opening {
        value: -1_234_567,
        blinding: month.blinding(&NETWORK, kind, &digest, 0),
    };
    assert_eq!(
        opening.blinding.expose(),
        octets("3b63ba0ef0214368bd756e56d4ee34bafae3535f8afefacf05a1959016c76f06")
    );
    assert_eq!(
        opening.commit().0,
        octets("7ea69b0c45b5a4b54c6d1824e459cbb98bda1c881bd3bb3e34215baf64021e07")
    );
}

#[test]
fn generators_should_be_those_of_the_specification() {
    assert_eq!(
        H,
        octets("f6a93603a9901f2dbf9a3945f54d9efb2349b44de97ba4cd9a246ba39d581443")
    );
    assert_eq!(h_of_label().0, H);
    assert_eq!(
        one_at(("GPRS", Field::Charge)).0,
        octets("b01e1314d72e331dc936c623daa6c75a9a8ad241ce0f127248ba68661ca43a10")
    );
}

/// By the keys of the specification: the month key is the one above.
#[test]
fn statement_should_be_the_one_that_was_calculated_elsewhere() {
    let made = Closing::new(&NETWORK, &statements::view(), 4, &statements::figures()).unwrap();
    let statement = made.statement();
    assert_eq!(
        statement.document,
        octets("e2ea8323fe4f7cfc87236d104587d4adda3240eddabe6c490e22f4c90b7c3cac")
    );
    let lines = [
        "8a73973edb4e1a7fa65cce38323cfc195e54e9d114b90e37d00b6dec27175d2b",
        "ea342a9d3857c51c09fb2b42b4a78adcb8a0a1a1d95ad6facfb6d00e939dcc0f",
        "32d4f37cb9a6f989b6d2e61f7fac53a0edaccf0f18b7c622149f5164c90c681c",
        "a072944015d634d3fda696cb7036d537d86c9168d9354e30f60868792958c575",
    ];
    assert_eq!(statement.lines.len(), lines.len());
    for (line, text) in statement.lines.iter().zip(lines) {
        assert_eq!(line.amount.0, octets(text));
    }
    assert_eq!(
        made.net().commit().0,
        octets("086d4070d7742974a5f2429608ac3e3279e9ba36c01c73f55b4f40c9ad9abe31")
    );
    assert_eq!(
        made.net().blinding.expose(),
        octets("b806cffb9912499dc5ee801fd38585bbd7b919688fd22abb14a13ae779d5190e")
    );
}
