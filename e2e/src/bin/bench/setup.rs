//! Two operators with many TADIG codes, an agreement over all of them, and anchors that are valid under it.

use interclear_client::{
    calls,
    chain::{Call, Chain},
    council::carry,
};
use interclear_e2e::story::{agree, agreed_terms, last_month, Actors, Party, Silent, StoryError};
use interclear_primitives::{
    agreement::Terms,
    batch::{Anchor, ServiceTotal},
    money::{Currency, Value},
    operator::Plmn,
    period::Period,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    tadig::Tadig,
    DAY,
};

/// TADIG codes of each operator that take part; every pair of them has a series in each direction.
const CODES: u32 = 18;
/// The series whose files are anchored one by one.
pub const LONE_SERIES: u32 = CODES * CODES - 1;
/// Services in each file, with the records, quantity (10^-6 of the unit) and charge (10^-6 EUR) of one file.
const CONTENT: [(Service, u32, u128, i128); 4] = [
    (Service::MocLocal, 300, 540_000_000, 16_200_000),
    (Service::Mtc, 250, 410_000_000, 4_100_000),
    (Service::SmsMo, 150, 150_000_000, 3_000_000),
    (Service::Gprs, 800, 9_500_000_000, 16_625_000),
];

/// What is measured on.
pub struct Stage {
    /// Who submits.
    pub actors: Actors,
    codes: [Vec<Tadig>; 2],
    period: Period,
}

impl Stage {
    /// Admits the operators and makes them agree.
    pub async fn set_up(nodes: [&Chain; 2]) -> Result<Self, StoryError> {
        let actors = Actors::admit(nodes, &mut Silent).await?;
        let period = last_month();
        let [first, second] = actors.mobile();
        let codes = [codes("DEU")?, codes("FRA")?];
        let networks = |party: &Party, codes: &[Tadig], plmn: Plmn| {
            let all: Vec<Tadig> = [party.tadig].into_iter().chain(codes.iter().copied()).collect();
            calls::set_networks(party.operator, &all, &[plmn])
        };
        let motion = Call::batch_all([
            networks(first, &codes[0], Plmn { mcc: 262, mnc: 970 }),
            networks(second, &codes[1], Plmn { mcc: 208, mnc: 970 }),
        ]);
        carry(nodes[0], &actors.council, motion).await?;

        agree([first, second], &terms(&codes, period)?).await?;
        Ok(Self {
            actors,
            codes,
            period,
        })
    }

    /// The series of a number, 0 to [`LONE_SERIES`], in which an operator (0 or 1) is the sender.
    pub fn series(&self, sender: usize, number: u32) -> SeriesKey {
        let code = |operator: usize, place: u32| self.codes[operator][(place % CODES) as usize];
        SeriesKey {
            sender: code(sender, number),
            recipient: code(1 - sender, number / CODES),
            stream: Stream::Tap,
            test: false,
        }
    }

    /// An anchor as that of a file of 1,500 records of four services, under the agreement.
    pub fn anchor(&self, series: SeriesKey, sequence: u32) -> Anchor {
        let cut_off = self.period.end() - 3_600;
        let mut digest = [0x5a; 32];
        digest[..4].copy_from_slice(&sequence.to_le_bytes());
        digest[4..9].copy_from_slice(&series.sender.0);
        digest[9..14].copy_from_slice(&series.recipient.0);
        let mut totals = CONTENT.map(|(service, records, quantity, charge)| ServiceTotal {
            service,
            records,
            quantity,
            charge: Value::Clear(charge),
            tax: Value::ZERO,
        });
        totals.sort_by_key(|total| total.service);
        Anchor {
            key: BatchKey { series, sequence },
            file_digest: digest,
            root: digest,
            currency: Currency::EUR,
            decimals: 3,
            records: CONTENT.iter().map(|content| content.1).sum(),
            totals: totals.to_vec().try_into().unwrap_or_default(),
            discount: Value::ZERO,
            earliest_call: Some(cut_off - DAY),
            latest_call: Some(cut_off - 60),
            cut_off,
            available: cut_off + 600,
            resent_for: None,
        }
    }
}

fn codes(country: &str) -> Result<Vec<Tadig>, StoryError> {
    (0..CODES)
        .map(|n| format!("{country}{:02}", n + 10).parse().map_err(unexpected))
        .collect()
}

fn unexpected(what: impl std::fmt::Display) -> StoryError {
    StoryError::Unexpected(what.to_string())
}

/// The story's terms, between all codes.
fn terms(codes: &[Vec<Tadig>; 2], from: Period) -> Result<Terms, StoryError> {
    let mut terms = agreed_terms(codes[0][0], codes[1][0], from)?;
    for (home, direction) in terms.directions.iter_mut().enumerate() {
        for group in direction.groups.iter_mut() {
            let all = |operator: usize| {
                codes[operator]
                    .clone()
                    .try_into()
                    .map_err(|_| unexpected("too many codes"))
            };
            (group.home, group.visited) = (all(home)?, all(1 - home)?);
        }
    }
    Ok(terms)
}
