//! Terms in words: for whoever reads before signing.

use crate::output;
use interclear_client::money;
use interclear_primitives::{
    agreement::{Direction, Prepaid, ServiceGroup, ServiceLine, Terms},
    netting::Issuers,
    rating::{Condition, MissingPrice, Pricing, RatePlan, TaxRule, Tiers, UsagePlan},
    service::Unit,
    span::Span,
    tadig::Tadig,
};

/// The terms as text; `parties` are the names of the first and the second.
pub(in crate::commands) fn summary(terms: &Terms, parties: [String; 2]) -> String {
    let mut text = output::table(
        ["Item", "Agreed"],
        &[],
        general(terms).into_iter().map(|(item, value)| [item, value]),
    );
    for direction in Direction::BOTH {
        let (home, visited) = sides(direction, &parties);
        text.push_str(&format!(
            "\nSubscribers of {home} in networks of {visited}; {home} owes\n"
        ));
        let groups = terms.direction(direction).groups.iter().zip(1u32..);
        let rows = groups.flat_map(|(group, number)| {
            group.lines.iter().map(move |line| {
                let [price, tax, commitment, tolerance, increment, flow] = line_words(terms, direction, line);
                [
                    number.to_string(),
                    line.service.to_string(),
                    price,
                    tax,
                    commitment,
                    tolerance,
                    increment,
                    flow,
                ]
            })
        });
        let head = [
            "Group",
            "Service",
            "Price",
            "Tax",
            "Commitment",
            "Tolerance",
            "Counted by",
            "Comes in",
        ];
        text.push_str(&output::table(head, &[0], rows));
        for (group, number) in terms.direction(direction).groups.iter().zip(1u32..) {
            text.push_str(&format!("\nGroup {number}: {}", networks(group)));
        }
        text.push_str(&format!("\nAccounted by: {}", terms.direction(direction).window));
        text.push_str(&format!("\nCondition: {}", condition(terms, direction)));
        let in_full = terms.direction(direction).in_full;
        text.push_str(&format!("\nWhat is ended early: {}", ended_early(in_full)));
    }
    text
}

fn sides(direction: Direction, [first, second]: &[String; 2]) -> (String, String) {
    match direction {
        Direction::FirstHome => (first.clone(), second.clone()),
        Direction::SecondHome => (second.clone(), first.clone()),
    }
}

/// Every item of terms with its value, for comparisons.
pub(super) fn items(terms: &Terms) -> Vec<(String, String)> {
    let mut items = general(terms);
    for direction in Direction::BOTH {
        let (home, _) = sides(direction, &["first".into(), "second".into()]);
        let window = terms.direction(direction).window.to_string();
        items.push((format!("{home} home: accounted by"), window));
        items.push((format!("{home} home: condition"), condition(terms, direction)));
        let in_full = terms.direction(direction).in_full;
        items.push((
            format!("{home} home: what is ended early"),
            ended_early(in_full).into(),
        ));
        for (group, number) in terms.direction(direction).groups.iter().zip(1u32..) {
            items.push((format!("{home} home, group {number}: networks"), networks(group)));
            for line in &group.lines {
                let place = format!("{home} home, group {number}, {}", line.service);
                let [price, tax, commitment, tolerance, increment, flow] = line_words(terms, direction, line);
                items.push((format!("{place}: price"), price));
                items.push((format!("{place}: tax"), tax));
                items.push((format!("{place}: commitment"), commitment));
                items.push((format!("{place}: tolerance"), tolerance));
                items.push((format!("{place}: counted by"), increment));
                items.push((format!("{place}: comes in"), flow));
            }
        }
    }
    items
}

fn general(terms: &Terms) -> Vec<(String, String)> {
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let days = |days: u16| output::count(days, "day", "days");
    let months = |months: u8, none: &str| match months {
        0 => none.to_owned(),
        1 => "1 month".to_owned(),
        months => format!("{months} months"),
    };
    let (usage, payment) = (&terms.usage, &terms.payment);
    let disputes = &terms.disputes;
    let amount = |amount: u128| format!("{} {}", money::quantity(amount), terms.currency);
    let prepaid = |prepaid: Option<Prepaid>| match prepaid {
        None => "no".to_owned(),
        Some(Prepaid { floor }) => format!("yes; both are warned below {}", amount(floor)),
    };
    let material = |bps: u16| format!("{} % of a line", money::unsigned(bps.into(), 2));
    [
        ("Term", format!("{} to {}", terms.first, terms.last)),
        (
            "Renews itself by",
            months(terms.renewal_months, "nothing: it ends with its term"),
        ),
        (
            "Notice of termination",
            months(terms.notice_months, "as the chain asks for"),
        ),
        ("Currency", terms.currency.to_string()),
        ("Currency of TAP files", usage.currency.to_string()),
        ("Signatures of each party", terms.signatures.to_string()),
        ("Oldest record that bills", days(usage.age_limit_days)),
        ("Files are answered within", days(usage.acknowledge_days)),
        ("Silence accepts a file", yes(usage.deemed_acknowledged)),
        ("One party alone closes a month after", days(usage.close_days)),
        ("Expected reports come within", days(usage.report_days)),
        ("Late usage is taken until after a month", days(usage.late_days)),
        ("Statements are affirmed within", days(payment.affirm_days)),
        ("Payment after the affirmation", days(payment.payment_days)),
        (
            "Payments are due",
            match payment.due_on {
                None => "as soon as these days are over".into(),
                Some(day) => format!("on day {day} of the month"),
            },
        ),
        ("What is owed is paid", payment.condition.to_string()),
        (
            "Carried forward to the next statement",
            match payment.minimum_sdr {
                0 => "nothing".into(),
                least => format!("less than {least} SDR, for a year at most"),
            },
        ),
        ("First party pays ahead", prepaid(usage.prepaid[0])),
        ("Second party pays ahead", prepaid(usage.prepaid[1])),
        ("Tokens that the first party accepts", issuers(&terms.accepts[0])),
        ("Tokens that the second party accepts", issuers(&terms.accepts[1])),
        ("Lines are disputed within", days(payment.dispute_days)),
        (
            "Late interest a year",
            format!("{} %", money::unsigned(payment.late_interest_bps.into(), 2)),
        ),
        ("Disputes are answered within", days(disputes.answer_days)),
        ("Disputes are ruled within", days(disputes.ruling_days)),
        (
            "Least difference that is disputed",
            match disputes.material_amount {
                None => material(disputes.material_bps),
                Some(least) => format!("{} or {}", material(disputes.material_bps), amount(least)),
            },
        ),
        ("Disputes move the accounting window", yes(disputes.moves_window)),
        ("Who loses a dispute pays", amount(disputes.fee)),
        (
            "Disputes are ruled by",
            match disputes.arbitrators {
                None => "the council".to_owned(),
                Some(three) => format!("two of operators {}", three.map(|one| one.to_string()).join(", ")),
            },
        ),
    ]
    .map(|(item, value)| (item.to_owned(), value))
    .to_vec()
}

/// Whose tokens a creditor accepts.
fn issuers(accepts: &Issuers) -> String {
    match accepts.as_slice() {
        [] => "none: named by both when owed".into(),
        issuers => {
            let issuers: Vec<_> = issuers.iter().map(|issuer| issuer.to_string()).collect();
            format!("of operator {}", issuers.join(", else of "))
        }
    }
}

fn networks(group: &ServiceGroup) -> String {
    // A standing offer leaves one side open.
    let codes = |codes: &[Tadig]| match codes.is_empty() {
        true => "any network".to_owned(),
        false => codes.iter().map(Tadig::as_str).collect::<Vec<_>>().join(" "),
    };
    format!("{} in {}", codes(&group.home), codes(&group.visited))
}

/// Price, tax, commitment, tolerance, increment and flow of a line.
fn line_words(terms: &Terms, direction: Direction, line: &ServiceLine) -> [String; 6] {
    let currency = terms.currency;
    let unit = line.service.unit();
    let percent = |rate: u32| money::quantity(u128::from(rate).saturating_mul(10));
    let tax = match line.terms.tax {
        TaxRule::Untaxed => "none".to_owned(),
        TaxRule::Excluded { rate } => format!("{} % on top", percent(rate.0)),
        TaxRule::Included { rate } => format!("{} % included", percent(rate.0)),
    };
    let tolerance = match (line.tolerance.absolute, line.tolerance.ppm) {
        (0, ppm) => format!("{} %", money::quantity(u128::from(ppm).saturating_mul(100))),
        (absolute, ppm) => {
            format!(
                "{} {unit} or {} %",
                money::quantity(absolute),
                money::quantity(u128::from(ppm).saturating_mul(100))
            )
        }
    };
    let commitment = if line.terms.in_commitment { "counts" } else { "-" };
    [
        pricing(
            &line.terms.pricing,
            &Scale {
                currency: currency.to_string(),
                unit,
                window: terms.direction(direction).window,
            },
        ),
        tax,
        commitment.into(),
        tolerance,
        line.increment.to_string(),
        line.flow.to_string(),
    ]
}

/// What prices are per.
struct Scale {
    currency: String,
    unit: Unit,
    window: Span,
}

fn pricing(pricing: &Pricing, scale: &Scale) -> String {
    let access = |plan: &RatePlan| {
        rate_plan(
            plan,
            &Scale {
                currency: scale.currency.clone(),
                unit: Unit::ImsiMonth,
                window: scale.window,
            },
        )
    };
    let floor = |floor: &Option<interclear_primitives::rating::Price>| {
        floor.map_or_else(String::new, |price| {
            format!(", at least {price} {}/{} on average", scale.currency, scale.unit)
        })
    };
    match pricing {
        Pricing::Usage {
            plan: UsagePlan::Plan(plan),
            floor: least,
        } => {
            format!("{}{}", rate_plan(plan, scale), floor(least))
        }
        Pricing::Usage {
            plan: UsagePlan::BalancedUnbalanced { balanced, unbalanced },
            floor: least,
        } => format!(
            "balanced traffic: {}; above: {}{}",
            rate_plan(balanced, scale),
            rate_plan(unbalanced, scale),
            floor(least)
        ),
        Pricing::Access { plan } => access(plan),
        Pricing::UsageAndAccess {
            usage,
            floor: least,
            access: plan,
        } => {
            format!(
                "{}{}; and {}",
                rate_plan(usage, scale),
                floor(least),
                access(plan)
            )
        }
        Pricing::TapCharge => "as in the TAP files".into(),
        Pricing::Capped {
            share,
            included,
            increment,
            price,
        } => format!(
            "{} % of the commitment for {included} {unit}, then {price} {currency}/{unit} by {increment}",
            money::quantity(u128::from(share.0).saturating_mul(100)),
            unit = scale.unit,
            currency = scale.currency,
        ),
    }
}

fn rate_plan(plan: &RatePlan, scale: &Scale) -> String {
    let Scale {
        currency,
        unit,
        window,
    } = scale;
    match plan {
        RatePlan::NotCharged => "free".into(),
        RatePlan::FlatFee { fee } => format!("{fee} {currency} a {window}"),
        RatePlan::Linear { price } => format!("{price} {currency}/{unit}"),
        RatePlan::Tiered { tiers } => format!("tiers: {}", steps(tiers, scale)),
        RatePlan::BackToFirst { tiers } => format!("from the first unit: {}", steps(tiers, scale)),
        RatePlan::TieredThenBackToFirst { tiers, start, price } => {
            format!(
                "tiers: {}; above {start} {unit}: {price} {currency}/{unit} from the first",
                steps(tiers, scale)
            )
        }
        RatePlan::IncludedVolume {
            fee,
            included,
            increment,
            price,
        } => {
            format!("{fee} {currency} a {window} for {included} {unit}, then {price} {currency}/{unit} by {increment} {unit}")
        }
    }
}

fn steps(tiers: &Tiers, Scale { currency, unit, .. }: &Scale) -> String {
    let step = |tier: &interclear_primitives::rating::Tier| {
        let fee = match tier.fixed.0 {
            0 => String::new(),
            _ => format!(" and {} {currency}", tier.fixed),
        };
        format!(
            "above {} {unit}: {} {currency}/{unit}{fee}",
            tier.start, tier.price
        )
    };
    tiers.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// What a missing volume costs.
pub(crate) const fn missing_price(price: MissingPrice) -> &'static str {
    match price {
        MissingPrice::AsUsed => "as if it had been used",
        MissingPrice::Average => "at the average price of what was used",
        MissingPrice::FirstTier => "at the price of the first tier",
        MissingPrice::LastTier => "at the price of the last tier",
    }
}

/// What is owed of a window or span that is ended early.
const fn ended_early(in_full: bool) -> &'static str {
    match in_full {
        true => "owed in full",
        false => "owed for the months that it ran",
    }
}

fn condition(terms: &Terms, direction: Direction) -> String {
    let currency = terms.currency;
    let tax = |including: bool| if including { " with tax" } else { "" };
    let agreed = terms.direction(direction);
    let (window, span) = (agreed.window, agreed.commitment_span);
    match agreed.condition {
        Condition::Unconditional => "none".into(),
        Condition::DealRevenue {
            commitment,
            including_tax,
        } => {
            format!(
                "charges of at least {commitment} {currency}{} a {span}",
                tax(including_tax)
            )
        }
        Condition::ContractRevenue {
            commitment,
            including_tax,
        } => {
            format!(
                "TAP charges of at least {commitment} {currency}{} a {span}",
                tax(including_tax)
            )
        }
        Condition::VolumeCommitment { volume, missing } => {
            format!(
                "a volume of at least {volume} a {span}; what is missing {}",
                missing_price(missing)
            )
        }
        Condition::UsageCaps { commitment } => {
            format!("{commitment} {currency} a {window}, shared by the lines")
        }
    }
}
