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
use std::{
    collections::{btree_map::Entry, BTreeMap, BTreeSet},
    future::Future,
};

/// A series of TAP files that has begun.
pub(in crate::commands) struct Begun {
    pub(in crate::commands) series: SeriesKey,
    pub(in crate::commands) state: SequenceState,
    /// Whether the operator that asked receives it.
    pub(in crate::commands) to_me: bool,
    /// The operator at the other end.
    pub(in crate::commands) partner: OperatorId,
}

/// The series that agreements of an operator give it, with a partner if one is named, as far as they have begun.
pub(in crate::commands) async fn series_of(
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

/// Pages without a file after which no older one is looked for: more numbers than a gap may have.
const EMPTY_PAGES: u32 = 5;

/// The newest files of a series that the chain keeps, in their order, of at most so many numbers.
pub(in crate::commands) async fn newest(
    chain: &Chain,
    begun: &Begun,
    most: u32,
) -> Result<Vec<Batch>, CommandError> {
    let end = begun.series.stream.max_sequence();
    let mut pages = Vec::new();
    let (mut last, mut left, mut empty) = (begun.state.highest, most.min(end), 0u32);
    while left > 0 && last > 0 && empty < EMPTY_PAGES {
        let first = page_before(last, left);
        let page = chain.batches(begun.series, first, last).await?;
        left = left.saturating_sub(last.saturating_sub(first).saturating_add(1));
        empty = match page.is_empty() {
            true => empty.saturating_add(1),
            false => 0,
        };
        pages.push(page);
        // Before the first number comes the last one of the round before.
        last = match first {
            1 => end,
            first => first.saturating_sub(1),
        };
    }
    Ok(pages.into_iter().rev().flatten().collect())
}

/// The first number of the page that ends with a number.
fn page_before(last: u32, most: u32) -> u32 {
    let numbers = most.min(MAX_PAGE).min(last);
    last.saturating_sub(numbers).saturating_add(1)
}

/// Whether a file waits for its recipient's answer.
pub(in crate::commands) fn waits(batch: &Batch) -> bool {
    batch.status == BatchStatus::Anchored
}

/// Terms by agreement and month, each asked for once.
#[derive(Default)]
pub(in crate::commands) struct TermsOf(BTreeMap<(AgreementId, Period), Option<Terms>>);

impl TermsOf {
    /// Until when the recipient of a file has time to answer it.
    pub(in crate::commands) async fn answer_by(
        &mut self,
        chain: &Chain,
        batch: &Batch,
    ) -> Result<Option<Moment>, CommandError> {
        let Some(route) = batch.route else {
            return Ok(None);
        };
        let terms = self.of(chain, route.agreement, batch.period).await?;
        Ok(terms.map(|terms| terms.usage.answer_by(batch.anchored_at)))
    }

    /// The terms of an agreement in a month; none where nothing is in force.
    pub(super) async fn of(
        &mut self,
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Option<&Terms>, CommandError> {
        let asked = chain.terms_in(agreement, period);
        self.once((agreement, period), asked).await
    }

    /// What is known, or else what the answer to a question is, which is not asked before.
    async fn once(
        &mut self,
        which: (AgreementId, Period),
        asked: impl Future<Output = Result<Option<Terms>, ChainError>>,
    ) -> Result<Option<&Terms>, CommandError> {
        let terms = match self.0.entry(which) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(asked.await?),
        };
        Ok(terms.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[tokio::test]
    async fn terms_should_be_asked_for_once_when_several_files_bill_to_a_month() {
        let mut terms = TermsOf::default();
        let asked = &Cell::new(0u32);
        let question = || async move {
            asked.set(asked.get() + 1);
            Ok::<Option<Terms>, ChainError>(None)
        };
        let (november, december) = (Period(202_611), Period(202_612));
        // That nothing is in force is an answer, too.
        for (period, questions) in [(november, 1), (november, 1), (december, 2), (november, 2)] {
            let found = terms.once((AgreementId(7), period), question()).await.unwrap();
            assert!(found.is_none());
            assert_eq!(asked.get(), questions, "{period}");
        }
        terms.once((AgreementId(8), november), question()).await.unwrap();
        assert_eq!(asked.get(), 3, "it is another agreement");
    }

    #[test]
    fn numbers_should_be_asked_for_in_pages_when_there_are_many() {
        assert_eq!(page_before(600, 1_000), 345);
        assert_eq!(page_before(344, 744), 89);
        assert_eq!(
            page_before(88, 488),
            1,
            "what is before is the end of the round before"
        );
        assert_eq!(page_before(600, 10), 591);
        assert_eq!(page_before(1, 10), 1);
    }
}
