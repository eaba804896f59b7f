//! What an offer changes of the terms before it, and prices that change so much that it looks like a slip.

use crate::{
    commands::agreement::{diff, questions},
    error::CommandError,
    output,
};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{
    agreement::{Agreement, Direction, ServiceGroup, ServiceLine, Terms},
    ids::{AgreementId, OperatorId},
    period::Period,
    rating::{Price, Pricing, RatePlan, UsagePlan},
    service::Unit,
};

/// A price that becomes more than so many times as high, or as low, is asked about: what is negotiated moves by less.
const FACTOR: u128 = 5;
/// From this factor on a price per megabyte may be one per gigabyte, or the other way round.
const THOUSANDFOLD: u128 = 500;

/// The terms that an offer would take the place of.
pub(super) struct Former {
    /// Which they are, such as `version 1 of agreement 0`.
    name: String,
    terms: Terms,
}

impl Former {
    /// The version in force from which an offer takes over.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn of(
        chain: &Chain,
        id: AgreementId,
        found: &Agreement<AccountId>,
        from: Period,
    ) -> Result<Option<Self>, CommandError> {
        let newest = found.versions.last().map(|entry| entry.version);
        match found.version_in(from).or(newest) {
            Some(version) => Self::version(chain, id, version).await,
            None => Self::between(chain, found.parties).await,
        }
    }

    /// A version of an agreement, if the chain still has it.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn version(
        chain: &Chain,
        id: AgreementId,
        version: u32,
    ) -> Result<Option<Self>, CommandError> {
        let terms = chain.terms(id, version).await?;
        Ok(terms.map(|terms| Self {
            name: format!("version {version} of agreement {id}"),
            terms,
        }))
    }

    /// The newest version of the agreement between two operators that ends last: what a proposal renews.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn between(
        chain: &Chain,
        parties: [OperatorId; 2],
    ) -> Result<Option<Self>, CommandError> {
        let [first, second] = parties;
        let mut last: Option<(Period, AgreementId, u32, bool)> = None;
        for id in chain.agreements_of(first).await? {
            let Some(found) = chain.agreement(id).await? else {
                continue;
            };
            let between = found.party_index(first).zip(found.party_index(second));
            let version = found.versions.last().map(|entry| entry.version);
            if let (Some((place, _)), Some(version)) = (between, version) {
                last = last.max(Some((found.end(), id, version, place == 1)));
            }
        }
        let Some((_, id, version, turned)) = last else {
            return Ok(None);
        };
        let mut former = Self::version(chain, id, version).await?;
        if let Some(former) = former.as_mut().filter(|_| turned) {
            former.terms.directions.swap(0, 1);
            former.terms.accepts.swap(0, 1);
        }
        Ok(former)
    }

    /// What an offer changes, as a table.
    pub(super) fn changes(&self, offer: &Terms) -> String {
        let differences = diff::table(&self.terms, offer);
        match differences {
            Some(table) => format!("What changes of {}:\n{table}", self.name),
            None => format!("Nothing changes of {}.", self.name),
        }
    }

    /// What should be looked at again, a sentence each.
    pub(super) fn questions(&self, offer: &Terms) -> Vec<String> {
        slips(&self.terms, offer)
    }
}

/// Pairs of networks of which the chain is asked whether another agreement has them.
const PAIRS: usize = 64;

/// The agreement that has traffic of these terms when they begin, if there is one: the last signature would be refused.
///
/// # Errors
/// The connection broke.
pub(super) async fn taken(
    chain: &Chain,
    terms: &Terms,
    own: Option<AgreementId>,
) -> Result<Option<String>, CommandError> {
    for direction in Direction::BOTH {
        for (_, visited, home) in terms.direction(direction).pairs().take(PAIRS) {
            let route = chain.route(visited, home, terms.first).await?;
            if let Some(route) = route.filter(|route| Some(route.agreement) != own) {
                return Ok(Some(format!(
                    "subscribers of {home} in {visited} are under agreement {} in {}: until it ends or is amended, the last \
                     signature is refused",
                    route.agreement, terms.first
                )));
            }
        }
    }
    Ok(None)
}

/// Prices of an offer that are far from those before.
fn slips(former: &Terms, offer: &Terms) -> Vec<String> {
    if former.currency != offer.currency {
        return Vec::new();
    }
    let mut asked = Vec::new();
    for (direction, name) in Direction::BOTH.into_iter().zip(["first", "second"]) {
        for (group, number) in offer.direction(direction).groups.iter().zip(1u32..) {
            for (line, place) in group.lines.iter().zip(1u32..) {
                let before = before(former, direction, group, line);
                let words = before.and_then(|before| slip(before, line, &offer.currency.to_string()));
                asked.extend(words.map(|words| {
                    let service = line.service;
                    format!("{name} direction, group {number}, line {place} ({service}): {words}")
                }));
            }
        }
    }
    asked
}

/// The line of the terms before by which the same traffic was priced, if there was one.
fn before<'t>(
    former: &'t Terms,
    direction: Direction,
    group: &ServiceGroup,
    line: &ServiceLine,
) -> Option<&'t ServiceLine> {
    let shares = |other: &&ServiceGroup| {
        other.home.iter().any(|home| group.home.contains(home))
            && other
                .visited
                .iter()
                .any(|visited| group.visited.contains(visited))
    };
    let groups = former.direction(direction).groups.iter().filter(shares);
    let mut lines = groups.flat_map(|group| group.lines.iter());
    lines.find(|other| other.service == line.service)
}

/// How far a line's prices are from those before, if they are too far.
fn slip(before: &ServiceLine, now: &ServiceLine, currency: &str) -> Option<String> {
    let unit = now.service.unit();
    let shown = |price: Price| format!("{} {currency} per {unit}", money::price(price.0));
    let old = questions::prices(&before.terms.pricing);
    let new = questions::prices(&now.terms.pricing);
    let highest = |prices: &[Price]| prices.iter().max().copied().filter(|price| price.0 > 0);
    if is_free(&now.terms.pricing) {
        return highest(&old).map(|old| {
            format!(
                "the price was {}, and now it is free: is it meant so?",
                shown(old)
            )
        });
    }
    // Step by step, or where there are other steps than before, the highest.
    let pairs: Vec<(Price, Price)> = match old.len() == new.len() {
        true => old.into_iter().zip(new).collect(),
        false => highest(&old).zip(highest(&new)).into_iter().collect(),
    };
    let (old, new, times) = pairs.into_iter().find_map(|(old, new)| {
        let (low, high) = (old.min(new).0, old.max(new).0);
        let far = low > 0 && high > low.saturating_mul(FACTOR);
        far.then(|| (old, new, high.checked_div(low).unwrap_or(high)))
    })?;
    let way = if new > old { "more" } else { "less" };
    let doubt = match (unit, times >= THOUSANDFOLD, new > old) {
        (Unit::Megabyte, true, true) => "is it the price of a gigabyte?",
        _ => "is it meant so?",
    };
    Some(format!(
        "the price was {} and is {} now, {} times {way}: {doubt}",
        shown(old),
        shown(new),
        output::number(times)
    ))
}

/// Whether a line costs nothing, whatever is used.
fn is_free(pricing: &Pricing) -> bool {
    let prices = questions::prices(pricing);
    match pricing {
        Pricing::Usage {
            plan: UsagePlan::Plan(RatePlan::NotCharged),
            floor: None,
        } => true,
        Pricing::Usage {
            plan: UsagePlan::Plan(RatePlan::Linear { .. }),
            ..
        } => prices.iter().all(|price| price.0 == 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::agreement::template;
    use interclear_primitives::service::Service;

    fn terms() -> Terms {
        interclear_import::Agreement::read(template::text())
            .unwrap()
            .terms
    }

    /// The terms with another price for the megabytes of the second direction, 0.002 EUR in the template.
    fn with(price: u128) -> Terms {
        let mut terms = terms();
        let lines = &mut terms.directions[1].groups[0].lines;
        let line = lines.iter_mut().find(|line| line.service == Service::Gprs);
        line.unwrap().terms.pricing = Pricing::linear(Price(price));
        terms
    }

    #[test]
    fn a_price_should_be_asked_about_when_it_is_over_five_times_the_one_before() {
        let asked = |price| slips(&terms(), &with(price));
        for fine in [2_000_000, 10_000_000, 400_000] {
            assert_eq!(asked(fine), Vec::<String>::new(), "{fine}");
        }
        let place = "second direction, group 1, line 2 (GPRS): the price was 0.002 EUR per MB";
        for (price, words) in [
            (
                2_000_000_000,
                "and is 2 EUR per MB now, 1\u{202f}000 times more: is it the price of a gigabyte?",
            ),
            (
                10_000_001,
                "and is 0.010000001 EUR per MB now, 5 times more: is it meant so?",
            ),
            (
                399_999,
                "and is 0.000399999 EUR per MB now, 5 times less: is it meant so?",
            ),
            (
                1_950,
                "and is 0.00000195 EUR per MB now, 1\u{202f}025 times less: is it meant so?",
            ),
        ] {
            assert_eq!(asked(price), [format!("{place} {words}")]);
        }
        assert_eq!(
            asked(0),
            [format!("{place}, and now it is free: is it meant so?")]
        );
    }

    #[test]
    fn a_line_should_be_compared_with_that_of_its_networks_when_groups_are_in_another_order() {
        let mut offer = with(2_000_000_000);
        let mut other = offer.directions[1].groups[0].clone();
        other.home = Default::default();
        offer.directions[1].groups.try_insert(0, other).unwrap();
        let asked = slips(&terms(), &offer);
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(
            asked[0].starts_with("second direction, group 2, line 2 (GPRS)"),
            "{asked:?}"
        );
    }

    #[test]
    fn prices_should_not_be_compared_when_they_are_in_another_currency() {
        let mut offer = with(2_000_000_000);
        offer.currency = "JPY".parse().unwrap();
        assert_eq!(slips(&terms(), &offer), Vec::<String>::new());
    }

    #[test]
    fn changes_should_be_a_table_when_there_are_any() {
        let former = Former {
            name: "version 1 of agreement 0".into(),
            terms: terms(),
        };
        let told = former.changes(&with(2_000_000_000));
        assert!(
            told.starts_with("What changes of version 1 of agreement 0:\n"),
            "{told}"
        );
        assert!(
            told.contains("0.002 EUR/MB") && told.contains("2 EUR/MB"),
            "{told}"
        );
        assert_eq!(
            former.changes(&terms()),
            "Nothing changes of version 1 of agreement 0."
        );
    }
}
