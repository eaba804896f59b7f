//! Items of our own terms that people write as text, and the integers that the chain keeps.

use crate::{
    decimal::Decimal,
    fault::{Faults, Reason},
    groups::questioned,
    node::Node,
};
use interclear_primitives::{
    money::Currency,
    service::{Service, Unit},
};

/// What an item counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    /// In 10^-9 of the currency per unit.
    Price,
    /// In 10^-6 of the currency.
    Money,
    /// As [`Item::Money`], of what is committed.
    Commitment,
    /// In 10^-6 of the unit.
    Volume,
    /// As [`Item::Volume`]; a millionth may well be meant.
    Step,
    /// A tax rate, in 10^-5 of a percent.
    Tax,
    /// In 10^-4 of a percent.
    Share,
    /// In 10^-2 of a percent.
    Interest,
    /// In what steps a single event is counted.
    Increment,
}

impl Item {
    /// What an item of this name is. `of_line` tells that it is one of a service line.
    fn named(name: &str, of_line: bool) -> Option<Self> {
        Some(match name {
            "price" | "floor" => Self::Price,
            "fee" | "fixed" | "material_amount" | "warn_below" => Self::Money,
            "commitment" => Self::Commitment,
            "increment" if of_line => Self::Increment,
            "increment" | "absolute" => Self::Step,
            "start" | "included" | "volume" => Self::Volume,
            "rate" => Self::Tax,
            "share" | "ppm" => Self::Share,
            "late_interest_bps" | "material_bps" => Self::Interest,
            _ => return None,
        })
    }

    /// Decimals that the integers have: of the currency, of the unit, or of a percent.
    const fn decimals(self) -> u8 {
        match self {
            Self::Price => 9,
            Self::Money | Self::Commitment | Self::Volume | Self::Step => 6,
            Self::Tax => 5,
            Self::Share => 4,
            Self::Interest => 2,
            Self::Increment => 0,
        }
    }

    const fn is_percentage(self) -> bool {
        matches!(self, Self::Tax | Self::Share | Self::Interest)
    }

    /// The least integer that is taken for what it says: below, somebody has meant whole units or percents.
    const fn least(self) -> u128 {
        match self {
            // A millionth of the currency.
            Self::Price => 1_000,
            // A cent.
            Self::Money => 10_000,
            // One unit of the currency.
            Self::Commitment => 1_000_000,
            // A thousandth of the unit.
            Self::Volume => 1_000,
            // A hundredth of a percent.
            Self::Tax => 1_000,
            Self::Share => 100,
            // A quarter of a percent.
            Self::Interest => 25,
            Self::Step | Self::Increment => 0,
        }
    }

    /// From what number on text without a currency or unit is taken for an integer of the chain in quotes.
    const fn most(self) -> u128 {
        match self {
            Self::Price => 10_000,
            Self::Money => 100_000_000,
            Self::Commitment | Self::Volume | Self::Step => 1_000_000_000,
            Self::Tax | Self::Share | Self::Interest | Self::Increment => u128::MAX,
        }
    }

    /// How it may be written.
    const fn example(self) -> &'static str {
        match self {
            Self::Price => "a price: write \"0.03\" or \"0.03 EUR\"",
            Self::Money | Self::Commitment => "an amount: write \"1500\" or \"1500 EUR\"",
            Self::Volume | Self::Step => "a volume: write \"1000\" or \"1000 min\"",
            Self::Tax | Self::Share | Self::Interest => "a percentage: write \"19 %\"",
            Self::Increment => "a step: write \"exact\", \"60 s\", \"60+1\" or \"10 kB\"",
        }
    }
}

/// What the items of a part are counted in.
#[derive(Clone, Copy)]
struct Scale {
    currency: Option<Currency>,
    unit: Option<Unit>,
}

impl Scale {
    fn of(document: &Node) -> Self {
        Self {
            currency: text(document, "currency"),
            unit: None,
        }
    }

    /// The scale within a member: that of its service, or of what access is counted in.
    fn within(self, name: &str, value: &Node) -> Self {
        let unit = match name {
            "Access" | "access" => Some(Unit::ImsiMonth),
            _ => text(value, "service").map(Service::unit).or(self.unit),
        };
        Self { unit, ..self }
    }
}

fn text<T: std::str::FromStr>(node: &Node, name: &str) -> Option<T> {
    match node.member(name) {
        Some(Node::Text(text)) => text.trim().parse().ok(),
        _ => None,
    }
}

/// What the first line of a direction that counts towards its commitment is counted in; a volume commitment has one unit.
fn committed_unit(direction: &[(String, Node)]) -> Option<Unit> {
    let member = |name: &str| direction.iter().find(|(other, _)| other == name);
    let Some((_, Node::List(groups))) = member("groups") else {
        return None;
    };
    let lines = groups.iter().filter_map(|group| match group.member("lines") {
        Some(Node::List(lines)) => Some(lines),
        _ => None,
    });
    let counts = |line: &&Node| {
        let terms = line.member("terms");
        terms.and_then(|terms| terms.member("in_commitment")) == Some(&Node::Bool(true))
    };
    let line = lines.flatten().find(counts)?;
    let pricing = line.member("terms").and_then(|terms| terms.member("pricing"));
    match pricing.and_then(|pricing| pricing.member("Access")) {
        Some(_) => Some(Unit::ImsiMonth),
        None => text(line, "service").map(Service::unit),
    }
}

/// Visits every item of a document that counts something, with its place.
fn each(node: &mut Node, place: &str, scale: Scale, visit: &mut impl FnMut(Item, &mut Node, String, Scale)) {
    match node {
        Node::Object(members) => {
            let of_line = members.iter().any(|(name, _)| name == "service");
            let committed = committed_unit(members);
            for (name, value) in members.iter_mut().filter(|(name, _)| !name.starts_with('_')) {
                let place = match place {
                    "" => name.clone(),
                    place => format!("{place}.{name}"),
                };
                let item = Item::named(name, of_line);
                let whole = matches!(value, Node::Number(_) | Node::Text(_)) || item == Some(Item::Increment);
                match item.filter(|_| whole) {
                    Some(item) => visit(item, value, place, scale),
                    None => {
                        let mut scale = scale.within(name, value);
                        if name == "condition" {
                            scale.unit = committed;
                        }
                        each(value, &place, scale, visit);
                    }
                }
            }
        }
        Node::List(list) => {
            for (index, entry) in list.iter_mut().enumerate() {
                let scale = scale.within("", entry);
                each(entry, &format!("{place}[{index}]"), scale, visit);
            }
        }
        _ => {}
    }
}

/// Turns what people write into the integers that the chain keeps.
///
/// # Errors
/// Everything that is not such an item, or an integer that was hardly meant, with its place.
pub(super) fn understand(document: &mut Node) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let scale = Scale::of(document);
    each(document, "", scale, &mut |item, value, place, scale| {
        let read = match (item, &*value) {
            (Item::Increment, Node::Text(text) | Node::Number(text)) => increment(text),
            (Item::Increment, _) => return,
            (_, Node::Text(text)) => amount(item, text, scale),
            (_, Node::Number(text)) => number(item, text),
            _ => return,
        };
        match read {
            Ok(integer) => *value = integer,
            Err(reason) => faults.add(place, reason),
        }
    });
    faults.unless(())
}

/// An integer as the chain keeps it, or a fraction, which is none.
fn number(item: Item, text: &str) -> Result<Node, Reason> {
    let fraction = text.contains(['.', 'e', 'E']);
    if fraction && item.is_percentage() {
        return Err(Reason::Other(format!(
            "`{text}` is not a whole number, and not {}",
            item.example()
        )));
    }
    if fraction {
        // As text is: YAML takes `030000000` for a fraction, too.
        let whole = text.parse::<Decimal>().and_then(|number| number.exact(0));
        return match whole {
            Ok(whole) if whole >= item.most() => Err(huge(item, text, &whole.to_string())),
            _ => exact(item, text),
        };
    }
    if let Some(small) = text
        .parse::<u128>()
        .ok()
        .filter(|small| (1..item.least()).contains(small))
    {
        let (stands, meant) = match item.is_percentage() {
            true => (spelled(item, text), format!("{small} %")),
            false => (spelled(item, text), small.to_string()),
        };
        return Err(Reason::Other(format!(
            "{small} stands for {stands}: did you mean \"{meant}\"?"
        )));
    }
    Ok(Node::Number(text.to_owned()))
}

/// A number as it is meant, as the integer that stands for it.
fn exact(item: Item, text: &str) -> Result<Node, Reason> {
    let read = text
        .parse::<Decimal>()
        .and_then(|number| number.exact(item.decimals()));
    read.map(|number| Node::Number(number.to_string()))
        .map_err(|why| Reason::Number {
            text: text.to_owned(),
            why,
        })
}

/// A number with what it is counted in, which may be left out unless it is a percentage.
fn amount(item: Item, text: &str, scale: Scale) -> Result<Node, Reason> {
    let wrong = || Reason::Other(format!("`{text}` is not {}", item.example()));
    let body = text.trim();
    let end = body.find(|letter: char| letter.is_whitespace() || letter.is_alphabetic() || letter == '%');
    let (number, rest) = body.split_at(end.unwrap_or(body.len()));
    let rest = rest.trim();
    if item.is_percentage() {
        if rest.is_empty() && number.parse::<Decimal>().is_ok() {
            return Err(without_sign(item, number));
        }
        return match rest {
            "%" => exact(item, number),
            _ => Err(wrong()),
        };
    }
    if let Some(reason) = questioned(number) {
        return Err(reason);
    }
    // Without a unit nothing can be written behind the number.
    let can_say = matches!(item, Item::Price | Item::Money | Item::Commitment) || scale.unit.is_some();
    if rest.is_empty() && can_say && number.parse().is_ok_and(|number: u128| number >= item.most()) {
        return Err(huge(item, number, number.trim_start_matches('0')));
    }
    let digits = number.bytes().all(|octet| octet.is_ascii_digit());
    if digits && number.len() > 1 && number.starts_with('0') {
        return Err(Reason::Other(format!(
            "`{number}` begins with 0: is it {}?",
            item.example()
        )));
    }
    let (currency, unit) = match item {
        Item::Price => rest
            .split_once('/')
            .map_or((rest, ""), |(currency, unit)| (currency.trim(), unit.trim())),
        Item::Money | Item::Commitment => (rest, ""),
        _ => ("", rest),
    };
    if !currency.is_empty() {
        let found: Currency = currency.parse().map_err(|_| wrong())?;
        if let Some(expected) = scale.currency.filter(|expected| *expected != found) {
            return Err(Reason::OtherCurrency { expected, found });
        }
    }
    if !unit.is_empty() {
        let found: Unit = unit.parse().map_err(|_| match scale.unit {
            Some(expected) => Reason::Other(format!(
                "`{text}` is in {unit}, and the service is counted in {expected}: convert the figure"
            )),
            None => wrong(),
        })?;
        if let Some(expected) = scale.unit.filter(|expected| *expected != found) {
            let reason = format!("`{text}` is in {found}, and the service is counted in {expected}");
            return Err(Reason::Other(reason));
        }
    }
    exact(item, number)
}

/// What is said of a percentage without its sign: spreadsheets hold 19 % as 0.19.
fn without_sign(item: Item, number: &str) -> Reason {
    let one = 10u128.pow(item.decimals().into());
    let value = number
        .parse::<Decimal>()
        .and_then(|number| number.exact(item.decimals()));
    Reason::Other(match value {
        Ok(value) if (1..one).contains(&value) => format!(
            "`{number}` has no percent sign: write \"{}\", or \"{number} %\" if it is that little",
            spelled(item, &(value * 100).to_string())
        ),
        Ok(value) if value > 100 * one => {
            format!(
                "`{number}` would be more than 100 %, and is not {}",
                item.example()
            )
        }
        _ => format!("did you mean \"{number} %\"?"),
    })
}

/// A number of whole units that is so large that it is rather an integer of the chain.
fn huge(item: Item, text: &str, digits: &str) -> Reason {
    let meant = spelled(item, digits);
    Reason::Other(format!(
        "`{text}` is that many whole ones: did you mean \"{meant}\"? Otherwise write it in quotes, and behind it what it counts"
    ))
}

/// Steps of counting, as the terms have them.
fn increment(text: &str) -> Result<Node, Reason> {
    let wrong = || Reason::Other(format!("`{text}` is not {}", Item::Increment.example()));
    let word = text.trim();
    if word.eq_ignore_ascii_case("exact") {
        return Ok(Node::Text("exact".into()));
    }
    let end = word.find(char::is_alphabetic).unwrap_or(word.len());
    let (numbers, unit) = word.split_at(end);
    let number = |text: &str| {
        text.trim()
            .parse::<u16>()
            .ok()
            .map(|number| Node::Number(number.to_string()))
    };
    let steps = numbers.split_once(['+', '/']);
    let object = |name: &str, value| Ok(Node::Object(vec![(name.to_owned(), value)]));
    match (unit.to_ascii_lowercase().as_str(), steps) {
        ("s" | "sec" | "second" | "seconds", None) => object("seconds", number(numbers).ok_or_else(wrong)?),
        ("kb" | "kilobyte" | "kilobytes", None) => object("kilobytes", number(numbers).ok_or_else(wrong)?),
        (unit @ ("" | "s" | "sec" | "seconds" | "kb" | "kilobytes"), Some((first, further))) => {
            let steps = number(first).zip(number(further));
            let (first, further) = steps.ok_or_else(wrong)?;
            let volume = unit.starts_with('k');
            match (first == further, volume) {
                (true, false) => object("seconds", first),
                (true, true) => object("kilobytes", first),
                (false, false) => object("first_seconds", Node::List(vec![first, further])),
                (false, true) => object("first_kilobytes", Node::List(vec![first, further])),
            }
        }
        _ => Err(wrong()),
    }
}

/// Turns the integers of terms into what people write.
pub(super) fn spell(document: &mut Node) {
    let scale = Scale::of(document);
    each(document, "", scale, &mut |item, value, _, scale| {
        *value = match &*value {
            // Large integers come as text.
            Node::Number(text) | Node::Text(text) if text.bytes().all(|digit| digit.is_ascii_digit()) => {
                Node::Text(match (item, scale.unit) {
                    (Item::Price | Item::Money | Item::Commitment, _) if is_huge(item, text) => {
                        match scale.currency {
                            Some(currency) => format!("{} {currency}", spelled(item, text)),
                            None => spelled(item, text),
                        }
                    }
                    (Item::Volume | Item::Step, Some(unit)) => format!("{} {unit}", spelled(item, text)),
                    _ => spelled(item, text),
                })
            }
            Node::Object(members) => match members.as_slice() {
                [(name, Node::Number(step))] if name == "seconds" => Node::Text(format!("{step} s")),
                [(name, Node::Number(step))] if name == "kilobytes" => Node::Text(format!("{step} kB")),
                [(name, Node::List(steps))] => match (name.as_str(), steps.as_slice()) {
                    ("first_seconds", [Node::Number(first), Node::Number(further)]) => {
                        Node::Text(format!("{first}+{further}"))
                    }
                    ("first_kilobytes", [Node::Number(first), Node::Number(further)]) => {
                        Node::Text(format!("{first}+{further} kB"))
                    }
                    _ => return,
                },
                _ => return,
            },
            _ => return,
        };
    });
}

/// Whether an integer stands for so much that it has to be written with what it counts.
fn is_huge(item: Item, digits: &str) -> bool {
    let scale = 10u128.pow(item.decimals().into());
    digits
        .parse()
        .is_ok_and(|number: u128| number / scale >= item.most())
}

/// The digits of an integer with the decimals that it has, and its percent sign.
fn spelled(item: Item, digits: &str) -> String {
    let decimals = usize::from(item.decimals());
    let digits = format!("{digits:0>width$}", width = decimals.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let percent = if item.is_percentage() { " %" } else { "" };
    let number = format!("{whole}{point}{fraction}");
    // Written so that it is read again without a question.
    let zero = if !item.is_percentage() && questioned(&number).is_some() {
        "0"
    } else {
        ""
    };
    format!("{number}{zero}{percent}")
}
