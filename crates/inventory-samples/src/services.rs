//! Services as they really are, and how each side writes them.

use crate::{dice::Dice, row::Row};
use interclear_matching::Day;

/// Country as the buyer and as the seller write it, and city.
const CITIES: [(&str, &str, &str); 16] = [
    ("Germany", "DE", "FRA"),
    ("Germany", "DE", "BER"),
    ("Germany", "DEU", "MUC"),
    ("France", "FR", "PAR"),
    ("France", "FR", "MRS"),
    ("United Kingdom", "UK", "LON"),
    ("GBR", "GB", "MAN"),
    ("Netherlands", "NL", "AMS"),
    ("Spain", "ES", "MAD"),
    ("Italy", "ITA", "MIL"),
    ("Poland", "PL", "WAW"),
    ("Czechia", "CZ", "PRG"),
    ("Austria", "AT", "VIE"),
    ("Switzerland", "CHE", "ZRH"),
    ("United States", "US", "NYC"),
    ("Singapore", "SG", "SIN"),
];

/// Name as the buyer and as the seller write it, letters of ids, bandwidths in Mbit/s, monthly price of the smallest in
/// cents.
const PRODUCTS: [(&str, &str, &str, &[u64], u64); 5] = [
    (
        "Access E-Line",
        "ACCESS_E_LINE",
        "AEL",
        &[10, 50, 100, 500, 1_000],
        18_050,
    ),
    ("EVPL", "evpl", "EVP", &[100, 1_000, 10_000], 40_000),
    (
        "IP Transit",
        "IP_TRANSIT",
        "IPT",
        &[1_000, 10_000, 100_000],
        65_075,
    ),
    (
        "Wavelength",
        "WAVELENGTH",
        "WAV",
        &[10_000, 100_000, 400_000],
        210_000,
    ),
    ("Leased Line", "leased-line", "LLN", &[2, 34, 155], 9_990),
];

/// One end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Site {
    city: usize,
    number: u64,
}

/// A service as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Service {
    number: usize,
    order: u64,
    a: Site,
    z: Site,
    product: usize,
    account: u64,
    mbit: u64,
    /// In cents.
    pub(crate) recurring: u64,
    /// In cents.
    one_off: u64,
    currency: &'static str,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) since: Day,
    term: u64,
    /// Whether the sides know each other's ids and the order number.
    known: (bool, bool),
}

/// The day after which nothing has happened yet: 2026-10-31.
const TODAY: u16 = 20_757;

impl Service {
    /// A service; it may be of the same order as the one before, and then between other ends or the same ones once more.
    pub(crate) fn make(number: usize, before: Option<&Self>, dice: &mut Dice) -> Self {
        let site = |dice: &mut Dice| Site {
            city: dice.place(CITIES.len()),
            number: dice.below(60),
        };
        let start = Day(TODAY - 60 - dice.below(2_400) as u16);
        let product = dice.place(PRODUCTS.len());
        let (.., bandwidths, price) = PRODUCTS[product];
        let step = dice.place(bandwidths.len());
        let term = *dice.pick(&[12, 24, 36, 60]);
        let recurring = price * (1 + 2 * step as u64) + dice.below(price / 4);
        let mut service = Self {
            number,
            order: before.map_or(4_500_000, |before| before.order) + 1 + dice.below(9),
            a: site(dice),
            z: site(dice),
            product,
            account: 100 + dice.below(12),
            mbit: bandwidths[step],
            recurring,
            one_off: *dice.pick(&[0, 0, 50_000, 125_000]),
            currency: *dice.pick(&["EUR", "EUR", "EUR", "USD", "GBP"]),
            start,
            end: None,
            since: start,
            term,
            known: (dice.percent(60), dice.percent(80)),
        };
        if let Some(before) = before.filter(|_| dice.percent(30)) {
            service.order = before.order;
            service.start = before.start;
            service.since = before.start;
            if dice.percent(50) {
                (service.a, service.z, service.product) = (before.a, before.z, before.product);
                (service.mbit, service.recurring) = (before.mbit, before.recurring);
            }
        }
        // A new price since some first of January; and some have ended.
        let january = Day::new(2024 + dice.below(3) as u32, 1, 1).expect("a first of January");
        if dice.percent(30) && service.start < january {
            service.since = january;
        }
        if dice.percent(4) {
            let left = u64::from(TODAY - service.since.0);
            service.end = Some(Day(service.since.0 + dice.below(left) as u16));
        }
        service
    }

    /// The seller's id, as the seller writes it.
    pub(crate) fn seller_id(&self) -> String {
        let letters = PRODUCTS[self.product].2;
        format!(
            "{letters}-{:06}-{}",
            100_000 + self.number * 7,
            CITIES[self.a.city].2
        )
    }

    /// The buyer's id, as the buyer writes it.
    pub(crate) fn buyer_id(&self) -> String {
        format!("CKT/{:08}", 20_000_000 + self.number * 13)
    }

    fn status(&self) -> &'static str {
        match self.end {
            None => "active",
            Some(_) => "terminated",
        }
    }

    /// As the buyer writes it.
    pub(crate) fn bought(&self) -> Row {
        let (product, ..) = PRODUCTS[self.product];
        let site = |site: Site| format!("{} {:02}", CITIES[site.city].2.to_lowercase(), site.number);
        let status = match self.status() {
            "active" => "In Service",
            _ => "Ceased",
        };
        Row {
            buyer_id: self.buyer_id(),
            // The buyer has typed it in from an order confirmation.
            seller_id: self.seller_id().replace('-', " ").to_lowercase(),
            order: if self.known.1 {
                format!("{:010}", self.order)
            } else {
                String::new()
            },
            a_country: CITIES[self.a.city].0.into(),
            a_site: site(self.a),
            z_country: CITIES[self.z.city].0.into(),
            z_site: site(self.z),
            product: product.into(),
            account: format!("ba {}", self.account),
            bandwidth: format!("{} Mbit/s", self.mbit),
            recurring: cents(self.recurring),
            one_off: cents(self.one_off),
            currency: self.currency.into(),
            start: self.start.to_string(),
            end: self.end.map_or_else(String::new, |end| end.to_string()),
            since: self.since.to_string(),
            term: self.term.to_string(),
            status: status.into(),
        }
    }

    /// As the seller writes it.
    pub(crate) fn sold(&self) -> Row {
        let (_, product, ..) = PRODUCTS[self.product];
        let site = |site: Site| format!("{}-{:02}", CITIES[site.city].2, site.number);
        let moment = |day: Day| format!("{day}T00:00:00.000Z");
        Row {
            buyer_id: if self.known.0 {
                self.buyer_id().replace('/', "-")
            } else {
                String::new()
            },
            seller_id: self.seller_id(),
            order: self.order.to_string(),
            a_country: CITIES[self.a.city].1.into(),
            a_site: site(self.a),
            z_country: CITIES[self.z.city].1.into(),
            z_site: site(self.z),
            product: product.into(),
            account: format!("BA-{}", self.account),
            bandwidth: match self.mbit {
                mbit if mbit % 1_000 == 0 => format!("{}G", mbit / 1_000),
                mbit => format!("{mbit}M"),
            },
            recurring: cents(self.recurring),
            one_off: if self.one_off == 0 {
                String::new()
            } else {
                cents(self.one_off)
            },
            currency: self.currency.to_lowercase(),
            start: moment(self.start),
            end: self.end.map_or_else(|| "9999-12-31".into(), moment),
            since: if self.since == self.start {
                String::new()
            } else {
                moment(self.since)
            },
            term: self.term.to_string(),
            status: self.status().into(),
        }
    }
}

/// An amount with its decimals.
pub(crate) fn cents(amount: u64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}
