//! Two networks that have agreed on nothing roam within minutes, once one of them accepts the other's standing offer with one command.

use interclear_client::{calls, chain::account_of, time::now};
use interclear_e2e::{
    network::{interclear, Network},
    story::{first_offer, refusal, Actors, Party, Silent, TOKEN},
};
use interclear_primitives::{
    agreement::{Flow, Prepaid},
    batch::{Anchor, ServiceTotal},
    escrow::StandingOffer,
    ids::AgreementId,
    money::{Currency, Value},
    netting::Issuers,
    operator::Role,
    period::Period,
    series::{SeriesKey, Stream},
    service::Service,
    DAY,
};
use std::time::{Duration, Instant};

/// The agreement that comes of the offer, the first one of the chain.
const AGREEMENT: AgreementId = AgreementId(0);
/// What is paid ahead, in cents.
const DEPOSIT: u128 = 5_000;
/// From the offer to the first file.
const AT_MOST: Duration = Duration::from_secs(300);

/// The terms of an operator for whoever pays ahead; it pays ahead itself before its own subscribers roam.
fn offer(actors: &Actors, by: &Party, month: Period) -> StandingOffer {
    let other = &actors.first;
    let mut terms = first_offer(other.tadig, by.tadig, month).unwrap();
    terms.accepts = [(); 2].map(|()| Issuers::try_from(vec![actors.issuer.operator]).unwrap());
    terms.usage.prepaid = [Some(Prepaid { floor: 0 }); 2];
    for direction in &mut terms.directions {
        for group in direction.groups.iter_mut() {
            group.lines.iter_mut().for_each(|line| line.flow = Flow::Files);
        }
    }
    StandingOffer {
        terms: StandingOffer::open(terms),
        token: TOKEN,
        deposit: DEPOSIT,
        until: now() + DAY,
        uses: 1,
    }
}

/// A file of an operator with its charge in cents.
fn file(sender: &Party, recipient: &Party, sequence: u32, cents: i128, month: Period) -> Anchor {
    let at = now().saturating_sub(60).max(month.start());
    let series = SeriesKey {
        sender: sender.tadig,
        recipient: recipient.tadig,
        stream: Stream::Tap,
        test: false,
    };
    let total = ServiceTotal {
        service: Service::Gprs,
        records: 1,
        quantity: 1_000_000,
        charge: Value::Clear(cents * 10_000),
        tax: Value::ZERO,
    };
    let digest = [u8::try_from(sequence).unwrap(); 32];
    Anchor {
        key: series.file(sequence),
        file_digest: digest,
        root: digest,
        currency: Currency::EUR,
        decimals: 6,
        records: 1,
        totals: vec![total].try_into().unwrap(),
        discount: Value::ZERO,
        earliest_call: Some(at),
        latest_call: Some(at),
        cut_off: at,
        available: at,
        resent_for: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_networks_should_roam_within_minutes_when_one_accepts_an_offer_with_one_command() {
    let mut network = Network::local().await.unwrap();
    let one = network.nodes[0].connect().await.unwrap();
    let two = network.nodes[1].connect().await.unwrap();
    let actors = Actors::admit([&one, &two], &mut Silent).await.unwrap();
    let [alpha, beta] = actors.mobile();
    // A small network has one desk for what it signs and what it pays.
    let desk = account_of(&alpha.commercial);
    let roles = calls::set_roles(&desk, &[Role::Commercial, Role::Treasury]);
    alpha.chain.execute(&alpha.admin, &roles).await.unwrap();
    let funds = calls::transfer(TOKEN, &desk, 2 * DEPOSIT);
    alpha.chain.execute(&alpha.treasury, &funds).await.unwrap();

    let started = Instant::now();
    let month = Period::containing(now());
    let publish = calls::publish_offer(0, &offer(&actors, beta, month));
    beta.chain.execute(&beta.commercial, &publish).await.unwrap();
    let (code, network_of_beta) = (alpha.tadig.to_string(), beta.tadig.to_string());
    let accepted = interclear()
        .unwrap()
        // The node that knows of the offer.
        .args([
            "--url",
            &network.nodes[1].url(),
            "--key",
            "//Alpha//commercial",
            "--yes",
        ])
        .args(["offer", "accept", &network_of_beta, "0", "--network", &code])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&accepted.stdout);
    let errors = String::from_utf8_lossy(&accepted.stderr);
    assert!(accepted.status.success(), "{words}{errors}");
    assert!(words.contains("agreement 0 is in force"), "{words}");

    let left = async || {
        let [first, _] = beta.chain.escrows(AGREEMENT).await.unwrap();
        first.map(|escrow| escrow.left() / 10_000)
    };
    assert_eq!(left().await, Some(DEPOSIT));
    let anchor = |sequence, cents| calls::anchor(&file(beta, alpha, sequence, cents, month));
    beta.chain
        .execute(&beta.clearing, &anchor(1, 4_500))
        .await
        .unwrap();
    assert!(started.elapsed() < AT_MOST, "{:?}", started.elapsed());
    assert_eq!(left().await, Some(500));
    // Nothing is on credit, in either direction.
    let beyond = beta.chain.execute(&beta.clearing, &anchor(2, 501)).await;
    assert_eq!(refusal(beyond), "EscrowExhausted");
    let unpaid = calls::anchor(&file(alpha, beta, 1, 1, month));
    let unpaid = alpha.chain.execute(&alpha.clearing, &unpaid).await;
    assert_eq!(refusal(unpaid), "EscrowExhausted");
    assert_eq!(left().await, Some(500));
}
