//! Statements: both parties come to the same octets, a verifier with public data alone accepts them, and nothing of them can be changed.

use crate::{rng, NETWORK};
use codec::{Decode, Encode};
use interclear_sealed::{
    closing::{Closing, ClosingInvalid, Difference, Figures, Owed},
    commit::{Commitment, Point, PointInvalid},
    derive::{Contribution, Kind, Network, Pair, PairKey, ViewKey},
    document::{open, Document, DocumentInvalid, Name, Plain},
    proof::{verify_pok, verify_sum, Context, Cover, Object, POK},
    prove::{prove_cover, prove_pok, prove_statement, prove_sum, Blinding, Opening},
    statement::{verify_statement, Debtor, Heading, Line, Statement, StatementInvalid},
    suite::Suite,
};

/// The first party, which closes, and the second one.
const FIRST: u32 = 9;
const SECOND: u32 = 3;
const ENGINE: u32 = 4;

/// The view key of the month, as each side derives it from its own record of the channel.
pub fn view() -> ViewKey {
    let one = |octet| Contribution::from_bytes([octet; 32]);
    let pair = Pair::of(FIRST, SECOND).unwrap();
    PairKey::new(&NETWORK, pair, 1, &one(1), &one(2))
        .agreement(&NETWORK, 7)
        .month(&NETWORK, 202_611)
}

pub fn figures() -> Figures {
    let owed = |debtor, amount| Owed { debtor, amount };
    Figures {
        heading: Heading {
            agreement: 7,
            period: 202_611,
            parties: [FIRST, SECOND],
            version: 2,
            currency: *b"EUR",
            decimals: 2,
            epoch: 1,
            usage: [crate::opening(5, 100).commit(), Commitment::IDENTITY],
        },
        amounts: vec![
            owed(Debtor::First, 1_234_567),
            owed(Debtor::First, 0),
            owed(Debtor::Second, 653_445),
            owed(Debtor::Second, -45),
        ],
        details: b"how they came to be".to_vec(),
    }
}

fn closing_of(figures: &Figures) -> Closing {
    Closing::new(&NETWORK, &view(), ENGINE, figures).unwrap()
}

fn closing() -> Closing {
    closing_of(&figures())
}

fn proof_of(closing: &Closing, party: u32) -> Vec<u8> {
    closing.prove(party, &mut rng(1)).unwrap()
}

fn is_valid(statement: &Statement<'_>, party: u32, proof: &[u8]) -> bool {
    verify_statement(statement, party, proof).is_ok()
}

/// Octets with each bit changed, one after the other.
fn changed(octets: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..octets.len() * 8).map(move |bit| {
        let mut changed = octets.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

fn digests(octets: &[u8]) -> impl Iterator<Item = [u8; 32]> + '_ {
    changed(octets).map(|octets| octets.try_into().unwrap())
}

#[test]
fn both_parties_should_come_to_the_same_octets_when_they_have_the_same_figures() {
    let (one, other) = (closing(), closing());
    assert_eq!(one.document().expose(), other.document().expose());
    assert_eq!(one.statement().encode(), other.statement().encode());
    assert_eq!(one.difference(&other.statement()), None);
    let seal = |closing: &Closing| closing.document().seal(&NETWORK, &view(), Suite::X25519, 1);
    assert_eq!(seal(&one).unwrap(), seal(&other).unwrap());
    // 1,234,567 and 0 of the first party, less 653,445 and -45 of the second one.
    assert_eq!(one.net().value, 581_167);
    for party in [FIRST, SECOND] {
        let proof = proof_of(&one, party);
        assert_eq!(proof.len(), POK);
        let net = verify_statement(&other.statement(), party, &proof).unwrap();
        assert!(net.opens(581_167, &other.net().blinding.expose()));
        assert!(!net.opens(581_168, &other.net().blinding.expose()));
    }
}

/// Each line opens to its number, and a sum over lines is proven to somebody who does not know them.
#[test]
fn lines_should_open_to_their_numbers_when_they_are_shown() {
    let made = closing();
    let statement = made.statement();
    for ((line, opening), owed) in statement.lines.iter().zip(made.openings()).zip(figures().amounts) {
        assert_eq!((line.debtor, opening.value), (owed.debtor, owed.amount));
        let blinding = opening.blinding.expose();
        assert!(line.amount.opens(owed.amount, &blinding));
        assert!(!line.amount.opens(owed.amount + 1, &blinding));
    }
    let summands: Vec<_> = statement
        .lines
        .iter()
        .map(|line| (line.amount, line.debtor == Debtor::Second))
        .collect();
    let asked = Context {
        genesis: NETWORK.0,
        object: Object::Question([1; 32]),
        party: FIRST,
        document: statement.document,
    };
    let proof = prove_sum(&asked, &summands, made.net(), &mut rng(1)).unwrap();
    assert_eq!(verify_sum(&asked, &summands, 581_167, &proof), Ok(()));
    assert!(verify_sum(&asked, &summands, 581_168, &proof).is_err());
}

#[test]
fn statement_should_be_refused_when_any_bit_of_it_is_another() {
    let made = closing();
    let (right, proof) = (made.statement(), proof_of(&made, FIRST));
    assert!(is_valid(&right, FIRST, &proof));
    for proof in changed(&proof) {
        assert!(!is_valid(&right, FIRST, &proof));
    }
    for genesis in digests(&right.genesis) {
        assert!(!is_valid(&Statement { genesis, ..right }, FIRST, &proof));
    }
    for document in digests(&right.document) {
        assert!(!is_valid(&Statement { document, ..right }, FIRST, &proof));
    }
    let mut headings = 0;
    for octets in changed(&right.heading.encode()) {
        let heading = Heading::decode(&mut octets.as_slice()).unwrap();
        assert!(
            !is_valid(&Statement { heading, ..right }, FIRST, &proof),
            "{heading:?}"
        );
        headings += 1;
    }
    assert_eq!(headings, 8 * (6 * 4 + 3 + 1 + 64));
    for place in 0..right.lines.len() {
        let mut lines = right.lines.to_vec();
        for amount in digests(&right.lines[place].amount.0) {
            lines[place].amount = Commitment(amount);
            let lines = lines.as_slice();
            assert!(!is_valid(&Statement { lines, ..right }, FIRST, &proof));
        }
        lines[place] = right.lines[place];
        lines[place].debtor = match lines[place].debtor {
            Debtor::First => Debtor::Second,
            Debtor::Second => Debtor::First,
        };
        let lines = lines.as_slice();
        assert!(!is_valid(&Statement { lines, ..right }, FIRST, &proof));
    }
    for bit in 0..32 {
        assert!(!is_valid(&right, FIRST ^ (1 << bit), &proof));
    }
    for length in [0, 32, 64, POK - 1] {
        assert!(!is_valid(&right, FIRST, &proof[..length]));
    }
    assert!(!is_valid(&right, FIRST, &[proof.as_slice(), &[0]].concat()));
}

/// Attack: other lines that come to the same net, under a proof that was made for the first ones.
#[test]
fn statement_should_be_refused_when_other_lines_come_to_the_same_net() {
    let made = closing();
    let (right, proof) = (made.statement(), proof_of(&made, SECOND));
    let net = verify_statement(&right, SECOND, &proof).unwrap();
    let moved = |line: &Line, by: i128| {
        let point = line.amount.point().unwrap().plus(&Point::of_number(by));
        Line {
            amount: point.compress(),
            ..*line
        }
    };
    let mut swapped = right.lines.to_vec();
    swapped.swap(0, 1);
    let mut shifted = right.lines.to_vec();
    shifted[0] = moved(&shifted[0], 1);
    shifted[1] = moved(&shifted[1], -1);
    let mut added = right.lines.to_vec();
    let line = added[0];
    added.extend([Debtor::First, Debtor::Second].map(|debtor| Line { debtor, ..line }));
    let mut merged = right.lines.to_vec();
    let both = Point::sum(&[merged[0].amount, merged[1].amount]).unwrap();
    merged[0].amount = both.compress();
    merged.remove(1);
    for lines in [swapped, shifted, added, merged] {
        let lines = lines.as_slice();
        let other = Statement { lines, ..right };
        // It is the same net: who can open it proves it for these lines as well, if that is what it stands by.
        let own = prove_statement(&other, SECOND, made.net(), &mut rng(2)).unwrap();
        assert_eq!(verify_statement(&other, SECOND, &own), Ok(net));
        assert_eq!(
            verify_statement(&other, SECOND, &proof),
            Err(StatementInvalid::Proof)
        );
    }
}

#[test]
fn statement_should_be_refused_when_a_line_is_no_commitment() {
    let made = closing();
    let (right, proof) = (made.statement(), proof_of(&made, FIRST));
    let refusal =
        |lines: &[Line]| verify_statement(&Statement { lines, ..right }, FIRST, &proof).unwrap_err();
    assert_eq!(refusal(&[]), StatementInvalid::NoLines);
    let mut lines = right.lines.to_vec();
    for (amount, fault) in [
        (Commitment([0xff; 32]), PointInvalid::NotAPoint),
        (Commitment::IDENTITY, PointInvalid::Identity),
    ] {
        lines[2].amount = amount;
        assert_eq!(refusal(&lines), StatementInvalid::Line(2, fault));
    }
    assert_eq!(
        verify_statement(&right, 4, &proof),
        Err(StatementInvalid::NotAParty)
    );
    assert_eq!(made.prove(4, &mut rng(1)), Err(StatementInvalid::NotAParty));
}

/// Attack 1 of the specification: a corrected statement under the same blindings tells by how much it was corrected.
#[test]
fn commitments_should_tell_nothing_when_a_corrected_statement_follows() {
    let (before, mut corrected) = (figures(), figures());
    corrected.amounts[0].amount -= 653_445;
    let mut detailed = figures();
    detailed.details.push(0);
    let mut of_version = figures();
    of_version.heading.version = 3;
    let made = [before, corrected, detailed, of_version].map(|figures| closing_of(&figures));
    let lines: Vec<_> = made
        .iter()
        .flat_map(|closing| closing.statement().lines.iter().zip(closing.openings()))
        .collect();
    for (place, (one, known)) in lines.iter().enumerate() {
        for (other, opening) in lines.iter().skip(place + 1) {
            let difference = one.amount.point().unwrap().minus(&other.amount.point().unwrap());
            assert_ne!(difference, Point::of_number(known.value - opening.value));
            assert_ne!(known.blinding, opening.blinding);
        }
    }
}

/// Attack 3: two that collude commit to a number that moves value between them, too large for any token. It is their own affair: what they
/// say is true, and neither of them can cover it.
#[test]
fn wrapped_amount_should_not_be_covered_when_two_parties_collude() {
    let mut figures = figures();
    figures.amounts[0].amount = 1 << 63;
    let made = Closing::new(&NETWORK, &view(), ENGINE, &figures);
    assert_eq!(made.unwrap_err(), ClosingInvalid::Amount(0));
    figures.amounts[0].amount = -(1 << 63);
    let made = Closing::new(&NETWORK, &view(), ENGINE, &figures);
    assert_eq!(made.unwrap_err(), ClosingInvalid::Amount(0));
    let honest = closing();
    let absurd = Opening {
        value: 1 << 100,
        blinding: crate::blinding(0),
    };
    let lines = [Line {
        debtor: Debtor::First,
        amount: absurd.commit(),
    }];
    let statement = Statement {
        lines: &lines,
        ..honest.statement()
    };
    let proof = prove_statement(&statement, FIRST, &absurd, &mut rng(1)).unwrap();
    let net = verify_statement(&statement, FIRST, &proof).unwrap();
    let position = Context {
        genesis: NETWORK.0,
        object: Object::Position { cycle: 1, round: 0 },
        party: FIRST,
        document: [0; 32],
    };
    let nothing = Opening::default();
    let sides = [(net, absurd.minus(&nothing)), (net, nothing.minus(&absurd))];
    for (place, (commitment, opening)) in sides.into_iter().enumerate() {
        let sealed = match place {
            0 => commitment,
            _ => commitment.point().unwrap().negated().compress(),
        };
        let cover = Cover {
            sealed,
            clear: 0,
            hold: u64::MAX.into(),
        };
        assert!(prove_cover(&position, &cover, &opening.unwrap(), &mut rng(1)).is_err());
    }
}

/// Attack 5: a commitment that only its author can open, which the partner could never cover. Attack 11: it differs from the document.
#[test]
fn partner_should_not_stand_by_a_line_when_it_cannot_open_it() {
    let honest = closing();
    let mut lines = honest.statement().lines.to_vec();
    let (own, secret) = (&honest.openings()[0], crate::blinding(77));
    let hidden = Opening {
        value: own.value,
        blinding: secret,
    };
    lines[0].amount = hidden.commit();
    let closed = Statement {
        lines: &lines,
        ..honest.statement()
    };
    let net = honest.net().minus(own).unwrap().plus(&hidden).unwrap();
    let of_author = prove_statement(&closed, FIRST, &net, &mut rng(1)).unwrap();
    assert!(is_valid(&closed, FIRST, &of_author));
    assert_eq!(honest.difference(&closed), Some(Difference::Line(0)));
    assert!(!is_valid(&closed, SECOND, &of_author), "it is the author's proof");
    assert!(!is_valid(&closed, SECOND, &proof_of(&honest, SECOND)));
    assert_eq!(
        prove_statement(&closed, SECOND, honest.net(), &mut rng(1)),
        Err(StatementInvalid::Proof)
    );
}

/// Attack 6: another number is opened than the one that was committed to.
#[test]
fn net_should_not_open_when_the_number_is_another() {
    let made = closing();
    let net = verify_statement(&made.statement(), FIRST, &proof_of(&made, FIRST)).unwrap();
    let shown = made.net().blinding.expose();
    assert!(net.opens(made.net().value, &shown));
    for other in [0, made.net().value + 1, -made.net().value] {
        assert!(!net.opens(other, &shown));
        let shifted = Opening {
            value: other,
            blinding: Blinding::from_bytes(shown).unwrap(),
        };
        assert!(prove_statement(&made.statement(), FIRST, &shifted, &mut rng(1)).is_err());
    }
}

/// Attack 10: another pair's statement with its proof, or the own one of another month, chain, version or epoch.
#[test]
fn proof_should_be_refused_when_it_was_made_for_another_statement() {
    let made = closing();
    let right = made.statement();
    let of_first = proof_of(&made, FIRST);
    assert!(!is_valid(&right, SECOND, &of_first), "the partner's proof");
    let headings = [
        Heading {
            parties: [FIRST, 5],
            ..right.heading
        },
        Heading {
            parties: [SECOND, FIRST],
            ..right.heading
        },
        Heading {
            agreement: 8,
            ..right.heading
        },
        Heading {
            period: 202_612,
            ..right.heading
        },
        Heading {
            currency: *b"USD",
            ..right.heading
        },
        Heading {
            decimals: 3,
            ..right.heading
        },
        Heading {
            usage: [right.heading.usage[1], right.heading.usage[0]],
            ..right.heading
        },
    ];
    for heading in headings {
        let other = Statement { heading, ..right };
        assert!(!is_valid(&other, FIRST, &of_first));
        assert_eq!(made.difference(&other), Some(Difference::Heading));
        let figures = Figures { heading, ..figures() };
        assert_ne!(
            closing_of(&figures).statement().document,
            right.document,
            "the digest says it too"
        );
    }
    let pok = Context {
        genesis: NETWORK.0,
        object: Object::Statement {
            agreement: 7,
            period: 202_611,
        },
        party: FIRST,
        document: right.document,
    };
    let net = verify_statement(&right, FIRST, &of_first).unwrap();
    let alone = prove_pok(&pok, &net, made.net(), &mut rng(1)).unwrap();
    assert!(!is_valid(&right, FIRST, &alone), "a proof of the net alone");
    assert!(verify_pok(&pok, &net, &of_first).is_err());
}

/// Attack 12: somebody guesses the figures and compares digests. Attack 15: the partners rate by different rules.
#[test]
fn digest_should_be_another_when_key_or_engine_is() {
    let right = closing();
    let others = [
        Closing::new(&NETWORK, &ViewKey::from_bytes([5; 32]), ENGINE, &figures()),
        Closing::new(&NETWORK, &view(), ENGINE + 1, &figures()),
        Closing::new(&Network([0x12; 32]), &view(), ENGINE, &figures()),
    ];
    for other in others.map(Result::unwrap) {
        assert_ne!(other.statement().document, right.statement().document);
        for (one, other) in right.statement().lines.iter().zip(other.statement().lines) {
            assert_ne!(one.amount, other.amount);
        }
        let expected = match other.statement().genesis == NETWORK.0 {
            true => Difference::Document,
            false => Difference::Heading,
        };
        assert_eq!(right.difference(&other.statement()), Some(expected));
        assert!(!is_valid(&other.statement(), SECOND, &proof_of(&right, SECOND)));
    }
}

/// Attack 16: a party closes with nonsense. Of it nothing is owed when the partner disputes every line: the rest is the identity, which
/// the partner can open whatever the lines are.
#[test]
fn nothing_should_be_owed_when_every_line_is_disputed() {
    let mut nonsense = figures();
    nonsense.amounts[0].amount = (1 << 63) - 1;
    let closed = closing_of(&nonsense);
    let own = closing();
    assert_eq!(
        own.difference(&closed.statement()),
        Some(Difference::Document),
        "the partner sees it at once"
    );
    assert!(!is_valid(&closed.statement(), SECOND, &proof_of(&own, SECOND)));
    let net = verify_statement(&closed.statement(), FIRST, &proof_of(&closed, FIRST)).unwrap();
    let statement = closed.statement();
    let rest = statement
        .lines
        .iter()
        .fold(net.point().unwrap(), |rest, line| match line.debtor {
            Debtor::First => rest.minus(&line.amount.point().unwrap()),
            Debtor::Second => rest.plus(&line.amount.point().unwrap()),
        });
    assert_eq!(rest.compress(), Commitment::IDENTITY);
    let disputed = Context {
        genesis: NETWORK.0,
        object: Object::Undisputed {
            agreement: 7,
            period: 202_611,
        },
        party: SECOND,
        document: statement.document,
    };
    let proof = prove_pok(&disputed, &rest.compress(), &Opening::default(), &mut rng(1)).unwrap();
    assert_eq!(verify_pok(&disputed, &rest.compress(), &proof), Ok(()));
}

/// What an arbitrator or an auditor does with the document and the key of the month.
#[test]
fn statement_should_be_made_anew_when_its_document_is_opened() {
    let made = closing();
    let sealed = made.document().seal(&NETWORK, &view(), Suite::XWing, 1).unwrap();
    let name = Name {
        suite: Suite::XWing,
        epoch: 1,
        kind: Kind::Statement,
        digest: made.statement().document,
    };
    let (document, _) = open(&NETWORK, &view(), &name, &sealed).unwrap();
    let read = Figures::read(&document).unwrap();
    assert_eq!(read, figures());
    let again = Closing::new(&NETWORK, &view(), document.engine, &read).unwrap();
    assert_eq!(again, made);
}

#[test]
fn figures_should_be_refused_when_the_document_is_of_something_else() {
    let (document, _) = Plain::decode(closing().document().expose()).unwrap();
    assert_eq!(Figures::read(&document), Ok(figures()));
    let shortened = |payload: &[u8]| payload[..payload.len() - 1].to_vec();
    let others = [
        Document {
            kind: Kind::Dispute,
            ..document.clone()
        },
        Document {
            agreement: 8,
            ..document.clone()
        },
        Document {
            period: 202_612,
            ..document.clone()
        },
        Document {
            payload: [document.payload.as_slice(), &[0]].concat(),
            ..document.clone()
        },
        Document {
            payload: shortened(&document.payload),
            ..document.clone()
        },
    ];
    for other in others {
        assert_eq!(Figures::read(&other), Err(DocumentInvalid::Malformed));
    }
}

#[test]
fn closing_should_be_refused_when_its_lines_cannot_be_numbered() {
    let mut figures = figures();
    let line = figures.amounts[0];
    figures.amounts.clear();
    let made = Closing::new(&NETWORK, &view(), ENGINE, &figures);
    assert_eq!(made.unwrap_err(), ClosingInvalid::Lines);
    figures.amounts = vec![line; (1 << 16) + 1];
    let made = Closing::new(&NETWORK, &view(), ENGINE, &figures);
    assert_eq!(made.unwrap_err(), ClosingInvalid::Lines);
}
