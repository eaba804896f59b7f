//! The agreement: a proposal, a counter-offer, two signatures.

use super::{Actors, Party, StoryError, Teller};
use interclear_client::calls;
use interclear_primitives::{
    agreement::{
        DirectionTerms, Flow, PaymentTerms, ServiceGroup, ServiceLine, Terms, Tolerance, UsageTerms,
    },
    ids::AgreementId,
    increment::Increment,
    money::Currency,
    netting::Issuers,
    period::Period,
    rating::{Amount, Condition, LineTerms, Price, RatePlan, TaxRule},
    service::Service,
    span::Span,
    tadig::Tadig,
};

/// The service that settles by usage reports in place of files.
pub const REPORTED: Service = Service::NbIot;

/// What was agreed.
pub struct Deal {
    /// Id by which both sides know it.
    pub agreement: AgreementId,
    /// As both have signed them.
    pub terms: Terms,
}

/// Prices in 10^-9 EUR per minute, message and megabyte.
const FIRST_OFFER: [(Service, u128); 7] = [
    (Service::MocLocal, 30_000_000),
    (Service::MocBackHome, 80_000_000),
    (Service::MocInternational, 250_000_000),
    (Service::Mtc, 10_000_000),
    (Service::SmsMo, 20_000_000),
    (Service::Gprs, 2_000_000),
    (REPORTED, 500_000),
];
/// What the partner asks for instead: a cheaper megabyte.
const COUNTERED_DATA: u128 = 1_750_000;
/// A flat fee a month for premium calls, in 10^-6 EUR.
const PREMIUM_FEE: u128 = 1_500_000_000;

/// Affirm within 5 days, pay at once, dispute within 30 days: what the story needs to end today.
pub fn usual_payment() -> PaymentTerms {
    PaymentTerms {
        affirm_days: 5,
        payment_days: 0,
        ..PaymentTerms::usual()
    }
}

fn line(service: Service, plan: RatePlan) -> ServiceLine {
    let terms = LineTerms {
        pricing: plan.into(),
        in_commitment: false,
        tax: TaxRule::Untaxed,
    };
    ServiceLine {
        service,
        terms,
        increment: Increment::Exact,
        tolerance: Tolerance {
            absolute: 0,
            ppm: 10_000,
        },
        flow: Flow::Either,
    }
}

fn direction(home: Tadig, visited: Tadig, data: u128) -> Result<DirectionTerms, StoryError> {
    let too_many = |_| StoryError::Unexpected("a bound of the agreement is exceeded".into());
    let mut lines: Vec<ServiceLine> = FIRST_OFFER
        .into_iter()
        .map(|(service, price)| {
            let price = if service == Service::Gprs { data } else { price };
            line(service, RatePlan::Linear { price: Price(price) })
        })
        .collect();
    lines.push(line(
        Service::MocPremium,
        RatePlan::FlatFee {
            fee: Amount(PREMIUM_FEE),
        },
    ));
    lines.push(line(Service::SmsMt, RatePlan::NotCharged));
    let group = ServiceGroup {
        home: vec![home].try_into().map_err(|_| too_many(()))?,
        visited: vec![visited].try_into().map_err(|_| too_many(()))?,
        lines: lines.try_into().map_err(|_| too_many(()))?,
    };
    Ok(DirectionTerms {
        groups: vec![group].try_into().map_err(|_| too_many(()))?,
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
        in_full: false,
    })
}

fn terms(first: Tadig, second: Tadig, from: Period, data: u128) -> Result<Terms, StoryError> {
    let last = (0..11).fold(from, |month, _| month.next());
    Ok(Terms {
        usage: UsageTerms {
            deemed_acknowledged: false,
            // Last month ended at most 31 days ago, so both parties ask for its closing on whatever day this is told.
            close_days: 31,
            // With so many days to answer it, late usage is taken for fewer than usual.
            late_days: 80,
            ..UsageTerms::usual(Currency::EUR)
        },
        payment: usual_payment(),
        ..Terms::usual(
            from,
            last,
            Currency::EUR,
            [direction(first, second, data)?, direction(second, first, data)?],
        )
    })
}

/// The terms that are proposed first: a year of linear prices, a flat fee and a free service.
///
/// # Errors
/// Never, unless a bound of agreements shrinks.
pub fn first_offer(first: Tadig, second: Tadig, from: Period) -> Result<Terms, StoryError> {
    terms(first, second, from, 2_000_000)
}

/// The terms that are agreed on.
///
/// # Errors
/// Never, unless a bound of agreements shrinks.
pub fn agreed_terms(first: Tadig, second: Tadig, from: Period) -> Result<Terms, StoryError> {
    terms(first, second, from, COUNTERED_DATA)
}

/// Both sign what the first one proposes: an agreement in force.
///
/// # Errors
/// A step failed.
pub async fn agree([first, second]: [&Party; 2], terms: &Terms) -> Result<AgreementId, StoryError> {
    let receipt = first
        .chain
        .execute(&first.commercial, &calls::propose(second.operator, terms))
        .await?;
    let agreement = receipt.proposed()?;
    let sign = calls::sign(agreement, 1, terms.digest());
    futures::try_join!(
        first.chain.execute(&first.commercial, &sign),
        second.chain.execute(&second.commercial, &sign),
    )?;
    Ok(agreement)
}

/// Proposal, counter-offer and two signatures: an agreement in force from a month on.
///
/// # Errors
/// A step failed.
pub async fn negotiate(actors: &Actors, from: Period, teller: &mut dyn Teller) -> Result<Deal, StoryError> {
    let [first, second] = actors.mobile();
    teller.step("the operators negotiate an agreement");
    // Both are paid in the token of the one issuer.
    let accepting = |terms: Terms| Terms {
        accepts: [(); 2].map(|()| Issuers::truncate_from(vec![actors.issuer.operator])),
        ..terms
    };
    let offer = accepting(first_offer(first.tadig, second.tadig, from)?);
    let receipt = first
        .chain
        .execute(&first.commercial, &calls::propose(second.operator, &offer))
        .await?;
    let agreement = receipt.proposed()?;
    teller.note(&format!(
        "{} proposes agreement {agreement}: 0.002 EUR a megabyte",
        first.name
    ));

    let terms = accepting(agreed_terms(first.tadig, second.tadig, from)?);
    second
        .chain
        .execute(&second.commercial, &calls::counter(agreement, 1, &terms))
        .await?;
    teller.note(&format!("{} counters: 0.00175 EUR a megabyte", second.name));

    let digest = terms.digest();
    let sign = calls::sign(agreement, 2, digest);
    let signatures = futures::try_join!(
        first.chain.execute(&first.commercial, &sign),
        second.chain.execute(&second.commercial, &sign),
    )?;
    if signatures.0.activated()?.is_empty() && signatures.1.activated()?.is_empty() {
        return Err(StoryError::Unexpected(
            "both have signed, but the agreement is not active".into(),
        ));
    }
    teller.note(&format!(
        "both commercial desks sign; agreement {agreement} is active from {from}"
    ));
    Ok(Deal { agreement, terms })
}
