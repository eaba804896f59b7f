//! Reference tariffs, price caps and exchange rates: what is published for everybody.

use crate::{
    agreement::Direction,
    ids::{CapId, OperatorId},
    money::Currency,
    period::Period,
    service::Service,
    tadig::Tadig,
    text::{as_text, text},
    Moment, DAY,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode};
use interclear_rating::{Price, SdrRate};
use interclear_record::record;
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// Countries and single networks of a region, at most.
pub type MaxRegionMembers = ConstU32<128>;
/// Memberships of a region that are kept, at most: the one in force, future ones and superseded ones.
pub type MaxRegionVersions = ConstU32<4>;
/// Steps of a price that are kept, at most: the one in force, future ones and superseded ones.
pub type MaxPriceSteps = ConstU32<16>;
/// Price caps of one service, at most.
pub type MaxCapsPerService = ConstU32<8>;
/// Operators that submit exchange rates, at most.
pub type MaxFeeders = ConstU32<16>;
/// Currencies for which rates are submitted, at most.
pub type MaxQuotedCurrencies = ConstU32<64>;

text!(
    /// The code of a region: up to 8 characters `A-Z0-9-`, such as `EEA`.
    RegionCode,
    8,
    |c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-',
    "the code of a region has 1 to 8 characters, A-Z, 0-9 and -, such as EEA"
);
text!(
    /// What a price cap is called, such as the regulation that sets it: up to 64 bytes of UTF-8.
    CapName,
    64,
    |c| !c.is_control(),
    "the name of a cap has 1 to 64 bytes and no control characters"
);

/// A value that is in force from a month on, until the next one is.
pub trait Dated {
    /// The first month in which it is in force.
    fn from(&self) -> Period;
}

/// The value in force in a month, if any has begun; `steps` are in ascending order of their first months.
pub fn in_force<D: Dated>(steps: &[D], period: Period) -> Option<&D> {
    steps.iter().rev().find(|step| step.from() <= period)
}

/// Networks that belong to a region.
#[record(Copy, Ord, snake_case)]
pub enum Member {
    /// All networks whose TADIG code begins with these three characters: the ISO 3166 alpha-3 code of the country for
    /// most networks. Codes that name no country, such as `AAZ..`, are better listed one by one.
    Country([u8; 3]),
    /// One network, whatever its country.
    Network(Tadig),
}

impl Member {
    /// Whether it consists of `A-Z0-9`, as TADIG codes do. Decoding does not check that.
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Country(code) => code.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()),
            Self::Network(tadig) => tadig.is_valid(),
        }
    }
}

impl core::str::FromStr for Member {
    type Err = &'static str;
    /// Reads three characters as a country, five as a network.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        let network = || bytes.try_into().map(|code| Self::Network(Tadig(code)));
        bytes
            .try_into()
            .map(Self::Country)
            .or_else(|_| network())
            .ok()
            .filter(Self::is_valid)
            .ok_or("a member of a region is a country such as DEU or a network such as AAZVF, A-Z and 0-9")
    }
}

impl core::fmt::Display for Member {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Country(code) => f.pad(core::str::from_utf8(code).unwrap_or("???")),
            Self::Network(tadig) => tadig.fmt(f),
        }
    }
}

/// The networks of a region from a month on.
#[record]
pub struct RegionVersion {
    /// The first month in which it is in force.
    pub from: Period,
    /// Countries and networks, in ascending order, each once.
    pub members: BoundedVec<Member, MaxRegionMembers>,
}

impl Dated for RegionVersion {
    fn from(&self) -> Period {
        self.from
    }
}

impl RegionVersion {
    /// Whether a network belongs to the region, by its country or by itself.
    pub fn includes(&self, tadig: &Tadig) -> bool {
        let [first, second, third, ..] = tadig.0;
        let listed = |member: &Member| self.members.binary_search(member).is_ok();
        listed(&Member::Country([first, second, third])) || listed(&Member::Network(*tadig))
    }
}

/// A named set of networks over time, by ascending first month.
pub type Region = BoundedVec<RegionVersion, MaxRegionVersions>;

/// A price per whole unit of a service.
#[record(Copy)]
pub struct UnitPrice {
    /// ISO 4217 code; `XDR` is the SDR.
    pub currency: Currency,
    /// In 10^-9 of the currency, without tax.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::price"))]
    pub price: Price,
}

/// A published price from a month on.
#[record(Copy)]
pub struct PriceStep {
    /// The first month in which it is in force.
    pub from: Period,
    /// The price; `None` withdraws it from that month on.
    pub price: Option<UnitPrice>,
}

impl Dated for PriceStep {
    fn from(&self) -> Period {
        self.from
    }
}

/// A published price over time, by ascending first month.
pub type PriceSteps = BoundedVec<PriceStep, MaxPriceSteps>;

/// The visited networks in which a reference tariff (inter-operator tariff, IOT) applies.
#[record(Ord, snake_case)]
pub enum Area {
    /// In the visited networks of a region.
    Region(RegionCode),
    /// In one visited network.
    Network(Tadig),
}

impl core::fmt::Display for Area {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Region(code) => code.fmt(f),
            Self::Network(tadig) => tadig.fmt(f),
        }
    }
}

/// The most that may be charged for a unit of a service.
#[record]
pub struct PriceCap {
    /// The number under which it is published and superseded.
    pub id: CapId,
    /// What it is called.
    pub name: CapName,
    /// It applies in visited networks of this region,
    pub visited: RegionCode,
    /// to subscribers of home networks of this one; `None` for all.
    pub home: Option<RegionCode>,
    /// The most that may be charged per whole unit, without tax, over time.
    pub steps: PriceSteps,
}

/// A line of an agreement that charges more than a cap allows.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
pub struct CapExceeded {
    /// The line's direction,
    pub direction: Direction,
    /// its group
    pub group: u8,
    /// and its service.
    pub service: Service,
    /// The cap that it exceeds.
    pub cap: CapId,
    /// What it is called.
    pub name: CapName,
    /// First month in which it is exceeded.
    pub period: Period,
    /// The cap in the currency in which it was published.
    pub published: UnitPrice,
    /// The cap in the agreement's currency; `None` while there is no exchange rate to convert it by.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::optional_price"))]
    pub limit: Option<Price>,
    /// The highest price without tax that the line can charge, in the agreement's currency.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::price"))]
    pub offered: Price,
}

/// The day of an exchange rate's quotation, as the number `YYYYMMDD` (20261223 is 23 December 2026).
#[record(Copy, Ord, no_serde, no_debug)]
pub struct QuoteDate(pub u32);

/// Not a day of a calendar month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidDate;

impl QuoteDate {
    /// The day of the month whose quotation holds for the next month, by the practice of roaming settlement.
    pub const DAY_OF_MONTH: u32 = 23;
    /// How many calendar days earlier the quotation may be when that day is a holiday.
    pub const DAYS_BACK: u32 = 5;

    /// The quotation that holds for a month unless it falls on a holiday.
    pub fn of(period: Period) -> Self {
        let month = period.previous().0;
        Self(month.saturating_mul(100).saturating_add(Self::DAY_OF_MONTH))
    }

    /// Whether the rate of a month may be of this day: the 23rd of the month before, or up to 5 days earlier.
    pub fn fits(self, period: Period) -> bool {
        let last = Self::of(period).0;
        // The earliest day is the 18th, hence the days are consecutive numbers.
        (last.saturating_sub(Self::DAYS_BACK)..=last).contains(&self.0)
    }

    /// The first second of the day, in UTC.
    pub fn start(self) -> Moment {
        let days = Moment::from((self.0 % 100).saturating_sub(1));
        Period(self.0 / 100)
            .start()
            .saturating_add(days.saturating_mul(DAY))
    }
}

impl core::str::FromStr for QuoteDate {
    type Err = InvalidDate;
    /// Reads `2026-12-23`, nothing else.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let (month, day) = text.rsplit_once('-').ok_or(InvalidDate)?;
        let digits = day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit());
        let period: Period = month.parse().map_err(|_| InvalidDate)?;
        let day: u32 = day.parse().map_err(|_| InvalidDate)?;
        let days = period.end().saturating_sub(period.start()) / DAY;
        (digits && month.len() == 7 && day >= 1 && u64::from(day) <= days)
            .then(|| Self(period.0.saturating_mul(100).saturating_add(day)))
            .ok_or(InvalidDate)
    }
}

impl core::fmt::Display for QuoteDate {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}-{:02}", Period(self.0 / 100), self.0 % 100)
    }
}

as_text!(QuoteDate);

impl core::fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a date is a calendar day, such as 2026-12-23")
    }
}

impl core::error::Error for InvalidDate {}

/// Who has fixed an exchange rate.
#[record(Copy, snake_case)]
pub enum RateSource {
    /// A quorum of the feeders submitted it.
    Feeders,
    /// Governance, before the month began.
    Governance,
    /// Governance, after the month had begun without a rate.
    Late,
    /// A quorum of the feeders submitted it, it had jumped, and when its month ended governance had not said anything.
    Unopposed,
}

/// Why a rate on which the feeders agree waits for governance.
#[record(Copy, snake_case)]
pub enum RateDoubt {
    /// It differs from the newest rate before it by more than a fifth of that.
    Jump,
    /// It does, and is close to one divided by it: SDR per unit in place of units per SDR.
    Reciprocal,
    /// There is none before it with which it could be compared.
    First,
}

/// A rate of a month on which the feeders agree, and that looks wrong or cannot be compared: it waits for governance.
#[record(Copy)]
pub struct ProposedRate {
    /// The currency per SDR.
    pub rate: SdrRate,
    /// The day of its quotation.
    pub quoted: QuoteDate,
    /// Beside what it looks wrong: the newest rate of an earlier month, if there is one,
    pub before: Option<SdrRate>,
    /// and that month.
    pub before_month: Option<Period>,
    /// Why.
    pub doubt: RateDoubt,
}

/// The exchange rate of a currency for a month.
#[record(Copy)]
pub struct MonthRate {
    /// The currency per SDR.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::rate"))]
    pub rate: SdrRate,
    /// The day of its quotation.
    pub quoted: QuoteDate,
    /// Whether feeders or governance fixed it, and whether in time.
    pub source: RateSource,
}

/// The rate of a month as one feeder states it.
#[record(Copy)]
pub struct RateSubmission {
    /// The operator whose clearing desk submitted it.
    pub feeder: OperatorId,
    /// The currency per SDR.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::rate"))]
    pub rate: SdrRate,
    /// The day of its quotation.
    pub quoted: QuoteDate,
}

/// Submissions for one currency and month, at most one of each feeder.
pub type RateSubmissions = BoundedVec<RateSubmission, MaxFeeders>;

/// Who submits exchange rates, of which currencies, and how many must agree.
#[record(Default)]
pub struct Feeders {
    /// The operators, in ascending order; their clearing desks submit.
    pub operators: BoundedVec<OperatorId, MaxFeeders>,
    /// How many equal submissions fix a rate: more than half of the operators.
    pub quorum: u8,
    /// The currencies, in ascending order.
    pub currencies: BoundedVec<Currency, MaxQuotedCurrencies>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_should_be_quoted_on_the_23rd_of_the_month_before_or_up_to_five_days_earlier() {
        let january = Period(202701);
        assert_eq!(QuoteDate::of(january).to_string(), "2026-12-23");
        for (date, fits) in [
            ("2026-12-17", false),
            ("2026-12-18", true),
            ("2026-12-23", true),
            ("2026-12-24", false),
            ("2027-01-20", false),
            ("2026-11-23", false),
        ] {
            let date: QuoteDate = date.parse().unwrap();
            assert_eq!(date.fits(january), fits, "{date}");
        }
        let date: QuoteDate = "2000-02-29".parse().unwrap();
        assert_eq!(date.start(), 951_782_400);
        for wrong in [
            "2026-02-29",
            "2026-1-23",
            "20261223",
            "2026-12-00",
            "202612-23",
            "2026-12-+3",
        ] {
            assert_eq!(wrong.parse::<QuoteDate>(), Err(InvalidDate), "{wrong}");
        }
    }

    #[test]
    fn a_region_should_hold_countries_and_single_networks() {
        let mut members = [Member::Network(Tadig(*b"AAZVF")), Member::Country(*b"DEU")];
        members.sort_unstable();
        let region = RegionVersion {
            from: Period(202701),
            members: members.to_vec().try_into().unwrap(),
        };
        for (tadig, within) in [
            ("DEUD1", true),
            ("AAZVF", true),
            ("AAZOR", false),
            ("DEXD1", false),
        ] {
            assert_eq!(region.includes(&tadig.parse().unwrap()), within, "{tadig}");
        }
    }

    #[test]
    fn members_should_read_back_from_their_text() {
        for text in ["DEU", "AAZVF"] {
            assert_eq!(
                text.parse::<Member>().map(|member| member.to_string()),
                Ok(text.into())
            );
        }
        for wrong in ["", "DE", "deu", "DEUT", "AAZvf", "AAZVFX"] {
            assert!(wrong.parse::<Member>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_newest_step_that_has_begun_should_hold_in_a_month() {
        let steps: Vec<PriceStep> = [202701, 202707]
            .map(|from| PriceStep {
                from: Period(from),
                price: None,
            })
            .into();
        let from = |month| in_force(&steps, Period(month)).map(|step| step.from.0);
        assert_eq!(
            [202612, 202701, 202706, 202707, 203001].map(from),
            [None, Some(202701), Some(202701), Some(202707), Some(202707)]
        );
    }

    #[test]
    fn only_valid_codes_should_name_a_region() {
        assert_eq!(
            "EU-27".parse::<RegionCode>().map(|code| code.to_string()),
            Ok("EU-27".into())
        );
        for wrong in ["", "eea", "EUROPEAN-", "E A"] {
            assert!(wrong.parse::<RegionCode>().is_err(), "{wrong}");
        }
        assert!("Regulation (EU) 2022/612".parse::<CapName>().is_ok());
        assert!("a\nb".parse::<CapName>().is_err());
    }
}
