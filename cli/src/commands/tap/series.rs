//! The series of files between an operator and its partners, and the files in them.

use crate::{error::CommandError, session::QUERIES};
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::chain::{Chain, ChainError};
use interclear_primitives::{
    agreement::Terms,
    api::MAX_PAGE,
    batch::{Batch, BatchStatus},
    ids::{AgreementId, OperatorId},
    period::Period,
    series::{SequenceState, SeriesKey, Stream},
    Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// A series of TAP files that has begun.
pub(super) struct Begun {
    pub(super) series: SeriesKey,
    pub(super) state: SequenceState,
    /// Whether the operator that asked receives it.
    pub(super) to_me: bool,
    /// The operator at the other end.
    pub(super) partner: OperatorId,
}

/// The series that agreements of an operator give it, with a partner if one is named, as far as they have begun.
pub(super) async fn series_of(
    chain: &Chain,
    me: OperatorId,
    with: Option<OperatorId>,
) -> Result<Vec<Begun>, CommandError> {
    let mut pairs = BTreeSet::new();
    for id in chain.agreements_of(me).await? {
        let Some(found) = chain.agreement(id).await? else {
            continue;
        };
        let Some(place) = found.party_index(me) else {
            continue;
        };
        let partner = found.parties.into_iter().find(|party| *party != me).unwrap_or(me);
        if with.is_some_and(|with| with != partner) {
            continue;
        }
        for version in &found.versions {
            let Some(terms) = chain.terms(id, version.version).await? else {
                continue;
            };
            for (home, direction) in terms.directions.iter().enumerate() {
                for group in &direction.groups {
                    for recipient in &group.home {
                        let visited = group.visited.iter();
                        pairs.extend(visited.map(|sender| (*sender, *recipient, home == place, partner)));
                    }
                }
            }
        }
    }
    let each = pairs
        .into_iter()
        .map(|(sender, recipient, to_me, partner)| async move {
            let series = SeriesKey {
                sender,
                recipient,
                stream: Stream::Tap,
                test: false,
            };
            let state = chain.sequence(series).await?;
            Ok::<_, ChainError>(Begun {
                series,
                state,
                to_me,
                partner,
            })
        });
    let found: Vec<_> = stream::iter(each).buffered(QUERIES).try_collect().await?;
    let begun = |one: &Begun| one.state.highest > 0;
    Ok(found.into_iter().filter(begun).collect())
}

/// The newest files of a series that the chain keeps, in their order, of at most so many numbers.
pub(super) async fn newest(chain: &Chain, begun: &Begun, most: u32) -> Result<Vec<Batch>, CommandError> {
    let (mut pages, last) = (Vec::new(), begun.state.highest);
    let first = last.saturating_sub(most).saturating_add(1);
    // Numbers that have wrapped around come before.
    let wrapped = most.saturating_sub(last);
    let end = begun.series.stream.max_sequence();
    if wrapped > 0 {
        pages.extend(split(
            end.saturating_sub(wrapped).saturating_add(1).max(last),
            end,
        ));
    }
    pages.extend(split(first.max(1), last));
    let each = pages
        .into_iter()
        .map(|(first, last)| chain.batches(begun.series, first, last));
    let found: Vec<Vec<Batch>> = stream::iter(each).buffered(QUERIES).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// A run of numbers in pages.
fn split(first: u32, last: u32) -> Vec<(u32, u32)> {
    let (mut pages, mut from) = (Vec::new(), first);
    while from <= last {
        let to = last.min(from.saturating_add(MAX_PAGE.saturating_sub(1)));
        pages.push((from, to));
        from = to.saturating_add(1);
    }
    pages
}

/// Whether a file waits for its recipient's answer.
pub(super) fn waits(batch: &Batch) -> bool {
    batch.status == BatchStatus::Anchored
}

/// Terms by agreement and month, each asked for once.
#[derive(Default)]
pub(super) struct TermsOf(BTreeMap<(AgreementId, Period), Option<Terms>>);

impl TermsOf {
    /// Until when the recipient of a file has time to answer it.
    pub(super) async fn answer_by(
        &mut self,
        chain: &Chain,
        batch: &Batch,
    ) -> Result<Option<Moment>, CommandError> {
        let Some(route) = batch.route else {
            return Ok(None);
        };
        let key = (route.agreement, batch.period);
        if !self.0.contains_key(&key) {
            let terms = chain.terms_in(route.agreement, batch.period).await?;
            self.0.insert(key, terms);
        }
        let terms = self.0.get(&key).and_then(Option::as_ref);
        Ok(terms.map(|terms| terms.usage.answer_by(batch.anchored_at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_should_be_asked_for_in_pages_when_there_are_many() {
        assert_eq!(split(1, 3), [(1, 3)]);
        assert_eq!(split(1, 600), [(1, 256), (257, 512), (513, 600)]);
        assert_eq!(split(5, 4), []);
    }
}
