//! What fees, caps and commitments come to over windows and spans of every length, also where they end early, go on under an
//! amendment or are renewed; held against a definition month by month.

use super::*;
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, InForce},
    ids::OperatorId,
};

/// What is agreed besides a price for each unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Fee,
    Caps,
    Revenue,
    FirstTier,
    AsUsed,
}

/// How an amendment differs from the version before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
    /// Fee and price double.
    Prices,
    /// What is committed, or the cap, doubles.
    Condition,
}

#[derive(Clone, Debug)]
struct Case {
    kind: Kind,
    window: Span,
    span: Span,
    /// Months of the term, and of its renewals.
    term: u32,
    renewal: u32,
    /// With which month an amendment begins, counted from 0.
    amended: Option<(u32, Change)>,
    /// How many months it runs in all.
    ends: u32,
    in_full: bool,
    /// Whether what ends is known from the first month on, or only with the month before, and four months ahead.
    known: bool,
    /// Units used in each month.
    used: Vec<u32>,
}

/// Of a fee, a cap or a commitment, a euro or a unit for each month.
const MONTHLY: u128 = 10;
/// A unit costs so many euros.
const PRICE: u128 = 2;

impl Case {
    fn window_months(&self) -> u32 {
        self.window.months().unwrap_or(self.term)
    }

    fn span_months(&self) -> u32 {
        self.span.months().unwrap_or(self.term)
    }

    fn terms(&self, amended: bool) -> Terms {
        let [prices, condition] = [Change::Prices, Change::Condition].map(|change| {
            match self.amended.is_some_and(|(_, made)| amended && made == change) {
                true => 2u128,
                false => 1,
            }
        });
        let (window, span) = (u128::from(self.window_months()), u128::from(self.span_months()));
        let price = Price(PRICE * prices * 1_000_000_000);
        let fee = RatePlan::FlatFee {
            fee: Amount(MONTHLY * window * prices * 1_000_000),
        };
        let committed = MONTHLY * span * condition;
        let mut used = line(Service::Gprs, Pricing::linear(price));
        used.terms.in_commitment = true;
        if self.kind == Kind::Caps {
            used.terms.pricing = Pricing::Capped {
                share: Share(Share::WHOLE),
                included: Quantity(3 * window * 1_000_000),
                increment: Quantity(1),
                price,
            };
        }
        let volume = |missing| Condition::VolumeCommitment {
            volume: Quantity(committed * 1_000_000),
            missing,
        };
        let mut terms = terms(START, START.plus(self.term - 1));
        terms.renewal_months = self.renewal as u8;
        terms.directions[0] = interclear_primitives::samples::direction(vec![group(
            FIRST,
            SECOND,
            vec![used, line(Service::SmsMo, fee.into())],
        )]);
        let agreed = &mut terms.directions[0];
        (agreed.window, agreed.commitment_span, agreed.in_full) = (self.window, self.span, self.in_full);
        agreed.condition = match self.kind {
            Kind::Fee => Condition::Unconditional,
            Kind::Caps => Condition::UsageCaps {
                commitment: Amount(MONTHLY * window * condition * 1_000_000),
            },
            Kind::Revenue => Condition::DealRevenue {
                commitment: Amount(committed * 1_000_000),
                including_tax: false,
            },
            Kind::FirstTier => volume(MissingPrice::FirstTier),
            Kind::AsUsed => volume(MissingPrice::AsUsed),
        };
        terms
    }

    /// The agreement as it stands when the month of this number is closed.
    fn agreement(&self, month: u32) -> Agreement<()> {
        let signed = self
            .amended
            .filter(|(from, _)| self.known || month + 1 >= *from)
            .map(|(from, _)| InForce {
                from: START.plus(from),
                version: 2,
                carries: self.terms(true).carries(&self.terms(false)),
            });
        let first = InForce {
            from: START,
            version: 1,
            carries: Default::default(),
        };
        let terminated = self.known || month + 4 >= self.ends;
        Agreement {
            parties: [OperatorId(1), OperatorId(2)],
            status: AgreementStatus::Active,
            latest: 2,
            offer: None,
            versions: [first]
                .into_iter()
                .chain(signed)
                .collect::<Vec<_>>()
                .try_into()
                .unwrap(),
            last: START.plus(if terminated { self.ends } else { self.term } - 1),
            renewal_months: if terminated { 0 } else { self.renewal as u8 },
        }
    }

    /// What the first line comes to with its shortfall, and the second, in cents.
    fn billed(&self) -> [i128; 2] {
        let mut account = Account::new();
        let mut billed = [0; 2];
        for month in 0..self.ends {
            let period = START.plus(month);
            let agreement = self.agreement(month);
            let terms = self.terms(agreement.version_in(period) == Some(2));
            let totals = data(u128::from(self.used[month as usize]));
            let rated = rate_month(&OpenMonth {
                terms: &terms,
                period,
                accounted: agreement.accounted_in(period).unwrap(),
                totals: &totals,
                exchange: None,
                account: &account,
                decimals: 2,
            })
            .unwrap();
            for (sum, line) in billed.iter_mut().zip(&rated.lines) {
                *sum += line.charge.clear().unwrap() + line.shortfall.clear().unwrap();
            }
            account.clone_from(&rated.account);
        }
        assert!(
            account.keys().all(|key| key.direction == Direction::SecondHome),
            "nothing goes on after the end"
        );
        billed
    }

    /// Where the stretch of `span` in which a month lies begins and would end, had nobody ended it; `origin` is where such
    /// stretches are counted from.
    fn stretch(&self, span: Span, origin: u32, month: u32) -> (u32, u32) {
        let (first, length, end) = match span.months() {
            Some(months) => (
                origin,
                months,
                if self.renewal == 0 { self.term } else { u32::MAX },
            ),
            None if month < self.term => (0, self.term, self.term),
            None => {
                let first = month - (month - self.term) % self.renewal;
                (first, self.term, first + self.renewal)
            }
        };
        let first = month - (month - first) % length;
        (first, (first + length).min(end))
    }

    /// The definition: every month owes its part of the fee, of the cap or of what is committed, and so does every month
    /// that an early end cuts off under terms that say so.
    fn owed(&self) -> [i128; 2] {
        let has_span = matches!(self.kind, Kind::Revenue | Kind::FirstTier | Kind::AsUsed);
        let amended = |month: u32| self.amended.is_some_and(|(from, _)| month >= from);
        let doubled = |month: u32, change| {
            1 + i128::from(
                self.amended
                    .is_some_and(|(from, made)| month >= from && made == change),
            )
        };
        let ended = self.amended.filter(|(_, change)| *change == Change::Condition);
        let origin = |month: u32| ended.map_or(0, |(from, _)| if month >= from { from } else { 0 });
        let spans = |month: u32| self.stretch(self.span, origin(month), month);
        let windows = |month: u32| match has_span {
            true => {
                let (first, end) = spans(month);
                let first = first.max(origin(month));
                let (from, until) = self.stretch(self.window, first, month);
                // Of a window of the term, which is counted by itself.
                (from.max(first), until.min(end))
            }
            false => self.stretch(self.window, origin(month), month),
        };
        // Months that are owed though they did not run, with the last one that ran before them.
        let cut_off = |stretch: &dyn Fn(u32) -> (u32, u32)| -> Vec<(u32, i128)> {
            let ends = ended.iter().map(|(from, _)| *from).chain([self.ends]);
            let ends = ends.filter(|_| self.in_full);
            ends.map(|end| (end - 1, i128::from(stretch(end - 1).1 - end)))
                .collect()
        };
        let mut fees: i128 = (0..self.ends)
            .map(|month| MONTHLY as i128 * doubled(month, Change::Prices))
            .sum();
        for (month, more) in cut_off(&windows) {
            fees += more * MONTHLY as i128 * doubled(month, Change::Prices);
        }
        // What belongs together: the months of a span, or of a window's part under one version.
        let mut parts: BTreeMap<(u32, bool), Vec<u32>> = BTreeMap::new();
        for month in 0..self.ends {
            let part = match self.kind {
                Kind::Revenue | Kind::FirstTier => (spans(month).0.max(origin(month)), false),
                Kind::AsUsed => (spans(month).0, amended(month)),
                Kind::Fee | Kind::Caps => (windows(month).0, amended(month)),
            };
            parts.entry(part).or_default().push(month);
        }
        let cut_off = cut_off(if has_span { &spans } else { &windows });
        let mut charged = 0;
        for months in parts.values() {
            let last = *months.last().unwrap();
            let more = cut_off.iter().filter(|(month, _)| *month == last);
            let owed = months.len() as i128 + more.map(|(_, more)| more).sum::<i128>();
            let price = PRICE as i128 * doubled(last, Change::Prices);
            let committed = owed * MONTHLY as i128 * doubled(last, Change::Condition);
            let used = |month: &u32| i128::from(self.used[*month as usize]);
            let units: i128 = months.iter().map(used).sum();
            let worth: i128 = months
                .iter()
                .map(|month| used(month) * PRICE as i128 * doubled(*month, Change::Prices))
                .sum();
            charged += match self.kind {
                Kind::Fee => worth,
                Kind::Caps => committed + (units - owed * 3).max(0) * price,
                Kind::Revenue => worth.max(committed),
                Kind::FirstTier | Kind::AsUsed => worth + (committed - units).max(0) * price,
            };
        }
        [charged * 100, fees * 100]
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let kinds = prop_oneof![
        Just(Kind::Fee),
        Just(Kind::Caps),
        Just(Kind::Revenue),
        Just(Kind::FirstTier),
        Just(Kind::AsUsed)
    ];
    let span = || {
        prop_oneof![
            Just(Span::Month),
            Just(Span::Quarter),
            Just(Span::HalfYear),
            Just(Span::Year),
            Just(Span::Term)
        ]
    };
    let change = prop_oneof![Just(Change::Prices), Just(Change::Condition)];
    let lengths = (1u32..=30, 0u32..=14, 1u32..=36, 1u32..=36);
    let used = proptest::collection::vec(0u32..12, 36);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let of = (kinds, span(), span(), change, lengths, used, flags);
    of.prop_filter_map(
        "a span has whole windows",
        |(kind, window, span, change, (term, renewal, ends, from), used, (in_full, known, amends))| {
            let span = if kind == Kind::AsUsed { window } else { span };
            let ends = if renewal == 0 { ends.min(term) } else { ends };
            let change = if kind == Kind::Fee { Change::Prices } else { change };
            let amended = (amends && from < ends).then_some((from, change));
            span.consists_of(window).then_some(Case {
                kind,
                window,
                span,
                term,
                renewal,
                amended,
                ends,
                in_full,
                known,
                used,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_is_billed_should_be_what_every_month_owes(case in cases()) {
        prop_assert_eq!(case.billed(), case.owed());
    }
}

/// A year that somebody ends after nine months, and whose prices double with the fourth.
fn year(kind: Kind, in_full: bool) -> Case {
    Case {
        kind,
        window: Span::Year,
        span: Span::Year,
        term: 12,
        renewal: 0,
        amended: Some((3, Change::Prices)),
        ends: 9,
        in_full,
        known: true,
        used: vec![0; 36],
    }
}

#[test]
fn a_year_should_be_owed_in_full_once_when_an_amendment_changes_its_prices() {
    // Three months at 10 and nine at 20, of which three were cut off.
    assert_eq!(year(Kind::Fee, true).billed()[1], 3_000 + 9 * 2_000);
    assert_eq!(year(Kind::Fee, false).billed()[1], 3_000 + 6 * 2_000);
    // Twelve months of the cap, not twenty-one.
    assert_eq!(year(Kind::Caps, true).billed()[0], 12_000);
    assert_eq!(year(Kind::Caps, false).billed()[0], 9_000);
    assert_eq!(year(Kind::Revenue, true).billed()[0], 12_000);
    // Ten units a month at 2, and at 4.
    assert_eq!(year(Kind::AsUsed, true).billed()[0], 3 * 2_000 + 9 * 4_000);
    assert_eq!(year(Kind::AsUsed, false).billed()[0], 3 * 2_000 + 6 * 4_000);
}

#[test]
fn a_commitment_should_be_carried_on_when_prices_change_in_a_renewal() {
    let mut case = year(Kind::Revenue, false);
    (case.span, case.window, case.renewal, case.ends) = (Span::Term, Span::Month, 12, 24);
    case.amended = Some((15, Change::Prices));
    assert_eq!(
        case.billed()[0],
        24_000,
        "a year's commitment for each of two years"
    );
}

#[test]
fn a_span_should_go_on_when_an_amendment_extends_the_term_that_cuts_it() {
    // 18 months, with a commitment for each year; extended to 24 with the last month.
    let mut case = year(Kind::Revenue, false);
    (case.term, case.window) = (18, Span::Month);
    case.amended = None;
    let first = case.terms(false);
    let mut longer = first.clone();
    longer.last = START.plus(23);
    let carries = longer.carries(&first);
    assert!(carries[0].span && carries[0].window);
    let accounted = Accounted::alone(Months {
        first: START,
        last: longer.last,
    });
    let mut account = Account::new();
    let mut owed = Vec::new();
    for month in 0..24 {
        let terms = if month < 17 { &first } else { &longer };
        let rated = next(terms, START.plus(month), accounted, &Totals::new(), &mut account);
        if let Some(shortfall) = shortfalls(&[rated]).into_iter().find(|owed| *owed != 0) {
            owed.push((month, shortfall));
        }
    }
    assert_eq!(owed, [(11, 12_000), (23, 12_000)]);
}
