//! `interclear_*`: the queries of a clearing team as JSON-RPC methods, each a thin call of the runtime API at the newest
//! final block, or at a block of choice.

use interclear_primitives::{
    api::{types::*, InterclearApi},
    series::Stream,
};
use interclear_runtime::{opaque::Block, AccountId, Hash};
use jsonrpsee::{
    core::RpcResult,
    proc_macros::rpc,
    types::{ErrorObject, ErrorObjectOwned},
};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// The code of a query that the runtime could not answer.
const RUNTIME_ERROR: i32 = 1;

/// Obligations, and the number after which to go on.
type ObligationsPage = (Vec<(ObligationId, Obligation)>, Option<ObligationId>);

/// What clearing teams ask. Every method runs the runtime, so that each is kept off the threads that serve connections.
#[rpc(server, namespace = "interclear")]
pub trait Interclear {
    /// An operator, by its number.
    #[method(name = "operator", blocking)]
    fn operator(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Option<Operator<AccountId>>>;

    /// An agreement with its state.
    #[method(name = "agreement", blocking)]
    fn agreement(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<Option<Agreement<AccountId>>>;

    /// How far the TAP files from one network to another have come, with open gaps.
    #[method(name = "sequence", blocking)]
    fn sequence(&self, sender: Tadig, recipient: Tadig, at: Option<Hash>) -> RpcResult<SequenceState>;

    /// A TAP file.
    #[method(name = "batch", blocking)]
    fn batch(
        &self,
        sender: Tadig,
        recipient: Tadig,
        sequence: u32,
        at: Option<Hash>,
    ) -> RpcResult<Option<Batch>>;

    /// An NRTRDE file, with the times of its delivery.
    #[method(name = "nrtrdeFile", blocking)]
    fn nrtrde_file(
        &self,
        sender: Tadig,
        recipient: Tadig,
        sequence: u32,
        at: Option<Hash>,
    ) -> RpcResult<Option<NrtrdeFile>>;

    /// How punctual the NRTRDE files from one network to another were, by month.
    #[method(name = "nrtrdeMonths", blocking)]
    fn nrtrde_months(&self, sender: Tadig, recipient: Tadig, at: Option<Hash>) -> RpcResult<NrtrdeMonths>;

    /// Both sides' usage reports of a month for two networks, with their comparison.
    #[method(name = "usageReports", blocking)]
    fn usage_reports(
        &self,
        visited: Tadig,
        home: Tadig,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<(UsageReports, Vec<ComparedLine>)>>;

    /// From when on each party closes a month alone, and why; nothing once the month is closed.
    #[method(name = "closing", blocking)]
    fn closing(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<MonthClosing>>;

    /// The statement of a month.
    #[method(name = "statement", blocking)]
    fn statement(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<Statement>>;

    /// What statements of an agreement have carried forward, and since when; nothing where nothing is.
    #[method(name = "carriedForward", blocking)]
    fn carried_forward(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<Option<CarriedForward>>;

    /// Reference tariffs that follow one in the order of storage; from the first on without one.
    #[method(name = "tariffs", blocking)]
    fn tariffs(
        &self,
        after: Option<(Area, Service)>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(Area, Service, PriceSteps)>>;

    /// All price caps with their services.
    #[method(name = "caps", blocking)]
    fn caps(&self, at: Option<Hash>) -> RpcResult<Vec<(Service, PriceCap)>>;

    /// The lines of terms that can charge more than a cap in force in a month from `from` on.
    #[method(name = "capsExceeded", blocking)]
    fn caps_exceeded(&self, terms: Terms, from: Period, at: Option<Hash>) -> RpcResult<Vec<CapExceeded>>;

    /// The exchange rates of a month.
    #[method(name = "rates", blocking)]
    fn rates(&self, period: Period, at: Option<Hash>) -> RpcResult<Vec<(Currency, MonthRate)>>;

    /// What two parties say of a line, and whose step it is.
    #[method(name = "dispute", blocking)]
    fn dispute(&self, dispute: DisputeId, at: Option<Hash>) -> RpcResult<Option<Dispute>>;

    /// The standing offers of an operator, by number.
    #[method(name = "standingOffers", blocking)]
    fn standing_offers(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Vec<(u8, StandingOffer)>>;

    /// The escrows of the first and of the second party of an agreement.
    #[method(name = "escrows", blocking)]
    fn escrows(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<[Option<Escrow<AccountId>>; 2]>;

    /// What a month uses of the escrows of the first and of the second party of an agreement.
    #[method(name = "escrowMonth", blocking)]
    fn escrow_month(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<[EscrowMonth; 2]>;

    /// All disputes on the lines of a statement.
    #[method(name = "disputes", blocking)]
    fn disputes(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(DisputeId, Dispute)>>;

    /// Those of the next 256 obligations of an operator that have not been paid, and the number after which to go on.
    #[method(name = "obligations", blocking)]
    fn obligations(
        &self,
        operator: OperatorId,
        after: Option<ObligationId>,
        at: Option<Hash>,
    ) -> RpcResult<ObligationsPage>;

    /// The sealing keys of an operator, with their suites and times.
    #[method(name = "sealingKeys", blocking)]
    fn sealing_keys(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Vec<SealingKey>>;

    /// The channels of an operator by partner, those after a partner or the first ones.
    #[method(name = "channels", blocking)]
    fn channels(
        &self,
        operator: OperatorId,
        after: Option<OperatorId>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(OperatorId, Channel)>>;

    /// What an operator owes and is owed, with another one or in total, and its cap.
    #[method(name = "exposure", blocking)]
    fn exposure(
        &self,
        operator: OperatorId,
        partner: Option<OperatorId>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<Exposure>>;

    /// Net positions of a netting cycle.
    #[method(name = "netPositions", blocking)]
    fn net_positions(&self, cycle: CycleId, at: Option<Hash>) -> RpcResult<Vec<(OperatorId, Position)>>;

    /// A page of what waits for an operator, by deadline: from the beginning, or from where the page before says that there is
    /// more.
    #[method(name = "tasks", blocking)]
    fn tasks(&self, operator: OperatorId, after: Option<TaskCursor>, at: Option<Hash>)
        -> RpcResult<TaskPage>;
}

/// Answers from a client.
pub struct InterclearRpc<Client> {
    client: Arc<Client>,
}

impl<Client> InterclearRpc<Client> {
    /// Answers from this client.
    pub fn new(client: Arc<Client>) -> Self {
        Self { client }
    }
}

impl<Client: HeaderBackend<Block> + ProvideRuntimeApi<Block>> InterclearRpc<Client> {
    /// Asks the runtime of a block, or of the newest final one.
    fn ask<Answer>(
        &self,
        at: Option<Hash>,
        query: impl FnOnce(&Client::Api, Hash) -> Result<Answer, ApiError>,
    ) -> RpcResult<Answer> {
        let block = at.unwrap_or_else(|| self.client.info().finalized_hash);
        query(&self.client.runtime_api(), block).map_err(refused)
    }
}

fn refused(error: ApiError) -> ErrorObjectOwned {
    ErrorObject::owned(
        RUNTIME_ERROR,
        "the runtime could not answer",
        Some(error.to_string()),
    )
}

/// The billable files of a stream.
fn series(stream: Stream, sender: Tadig, recipient: Tadig) -> SeriesKey {
    SeriesKey {
        sender,
        recipient,
        stream,
        test: false,
    }
}

impl<Client> InterclearServer for InterclearRpc<Client>
where
    Client: HeaderBackend<Block> + ProvideRuntimeApi<Block> + Send + Sync + 'static,
    Client::Api: InterclearApi<Block, AccountId>,
{
    fn operator(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Option<Operator<AccountId>>> {
        self.ask(at, |api, block| api.operator(block, operator))
    }

    fn agreement(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<Option<Agreement<AccountId>>> {
        self.ask(at, |api, block| api.agreement(block, agreement))
    }

    fn sequence(&self, sender: Tadig, recipient: Tadig, at: Option<Hash>) -> RpcResult<SequenceState> {
        self.ask(at, |api, block| {
            api.sequence(block, series(Stream::Tap, sender, recipient))
        })
    }

    fn batch(
        &self,
        sender: Tadig,
        recipient: Tadig,
        sequence: u32,
        at: Option<Hash>,
    ) -> RpcResult<Option<Batch>> {
        let key = series(Stream::Tap, sender, recipient).file(sequence);
        self.ask(at, |api, block| api.batch(block, key))
    }

    fn nrtrde_file(
        &self,
        sender: Tadig,
        recipient: Tadig,
        sequence: u32,
        at: Option<Hash>,
    ) -> RpcResult<Option<NrtrdeFile>> {
        let key = series(Stream::Nrtrde, sender, recipient).file(sequence);
        self.ask(at, |api, block| api.nrtrde_file(block, key))
    }

    fn nrtrde_months(&self, sender: Tadig, recipient: Tadig, at: Option<Hash>) -> RpcResult<NrtrdeMonths> {
        self.ask(at, |api, block| {
            api.nrtrde_months(block, series(Stream::Nrtrde, sender, recipient))
        })
    }

    fn usage_reports(
        &self,
        visited: Tadig,
        home: Tadig,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<(UsageReports, Vec<ComparedLine>)>> {
        let pair = PairMonth {
            visited,
            home,
            period,
        };
        self.ask(at, |api, block| api.usage_reports(block, pair))
    }

    fn closing(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<MonthClosing>> {
        self.ask(at, |api, block| api.closing(block, agreement, period))
    }

    fn statement(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Option<Statement>> {
        self.ask(at, |api, block| api.statement(block, agreement, period))
    }

    fn carried_forward(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<Option<CarriedForward>> {
        self.ask(at, |api, block| api.carried_forward(block, agreement))
    }

    fn tariffs(
        &self,
        after: Option<(Area, Service)>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(Area, Service, PriceSteps)>> {
        self.ask(at, |api, block| api.tariffs(block, after))
    }

    fn caps(&self, at: Option<Hash>) -> RpcResult<Vec<(Service, PriceCap)>> {
        self.ask(at, |api, block| api.caps(block))
    }

    fn caps_exceeded(&self, terms: Terms, from: Period, at: Option<Hash>) -> RpcResult<Vec<CapExceeded>> {
        self.ask(at, |api, block| api.caps_exceeded(block, terms, from))
    }

    fn rates(&self, period: Period, at: Option<Hash>) -> RpcResult<Vec<(Currency, MonthRate)>> {
        self.ask(at, |api, block| api.rates(block, period))
    }

    fn standing_offers(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Vec<(u8, StandingOffer)>> {
        self.ask(at, |api, block| api.standing_offers(block, operator))
    }

    fn escrows(&self, agreement: AgreementId, at: Option<Hash>) -> RpcResult<[Option<Escrow<AccountId>>; 2]> {
        self.ask(at, |api, block| api.escrows(block, agreement))
    }

    fn escrow_month(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<[EscrowMonth; 2]> {
        self.ask(at, |api, block| api.escrow_month(block, agreement, period))
    }

    fn dispute(&self, dispute: DisputeId, at: Option<Hash>) -> RpcResult<Option<Dispute>> {
        self.ask(at, |api, block| api.dispute(block, dispute))
    }

    fn disputes(
        &self,
        agreement: AgreementId,
        period: Period,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(DisputeId, Dispute)>> {
        self.ask(at, |api, block| api.disputes(block, agreement, period))
    }

    fn obligations(
        &self,
        operator: OperatorId,
        after: Option<ObligationId>,
        at: Option<Hash>,
    ) -> RpcResult<ObligationsPage> {
        self.ask(at, |api, block| api.obligations(block, operator, after))
    }

    fn sealing_keys(&self, operator: OperatorId, at: Option<Hash>) -> RpcResult<Vec<SealingKey>> {
        self.ask(at, |api, block| api.sealing_keys(block, operator))
    }

    fn channels(
        &self,
        operator: OperatorId,
        after: Option<OperatorId>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<(OperatorId, Channel)>> {
        self.ask(at, |api, block| api.channels(block, operator, after))
    }

    fn exposure(
        &self,
        operator: OperatorId,
        partner: Option<OperatorId>,
        at: Option<Hash>,
    ) -> RpcResult<Vec<Exposure>> {
        self.ask(at, |api, block| api.exposure(block, operator, partner))
    }

    fn net_positions(&self, cycle: CycleId, at: Option<Hash>) -> RpcResult<Vec<(OperatorId, Position)>> {
        self.ask(at, |api, block| api.positions(block, cycle))
    }

    fn tasks(
        &self,
        operator: OperatorId,
        after: Option<TaskCursor>,
        at: Option<Hash>,
    ) -> RpcResult<TaskPage> {
        self.ask(at, |api, block| api.tasks(block, operator, after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::Direction,
        batch::ServiceTotal,
        ids::CapId,
        money::Value as Amount,
        netting::{LateInterest, ObligationSource, ObligationStatus},
        report::ReportedLine,
        statement::{Exchange, StatementLine},
        tariff::{PriceStep, QuoteDate, RateSource, UnitPrice},
    };
    use serde::{de::DeserializeOwned, Serialize};
    use serde_json::Value;

    /// One more than what JavaScript can tell from its neighbours.
    const BIG: u128 = 9_007_199_254_740_993;

    /// Whether a reader that keeps numbers as floating point loses a digit of an answer.
    fn loses_digits(answer: &Value) -> bool {
        match answer {
            Value::Number(number) => number.as_u64().is_none_or(|number| u128::from(number) >= BIG),
            Value::Array(items) => items.iter().any(loses_digits),
            Value::Object(fields) => fields.values().any(loses_digits),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }

    /// Writes an answer as the server does, with the big number in so many places, and reads it back.
    fn ensure_exact<Answer>(answer: &Answer, places: usize)
    where
        Answer: Serialize + DeserializeOwned + PartialEq + core::fmt::Debug,
    {
        let written = serde_json::to_string(answer).expect("an answer can be written");
        let read: Value = serde_json::from_str(&written).expect("it is JSON");
        assert!(!loses_digits(&read), "{written}");
        assert_eq!(written.matches("9007199254740993\"").count(), places, "{written}");
        assert_eq!(
            &serde_json::from_str::<Answer>(&written).expect("it is read"),
            answer
        );
    }

    #[test]
    fn methods_should_be_kept_off_the_threads_that_serve_connections_when_they_run_the_runtime() {
        let source = include_str!("interclear_rpc.rs");
        let methods = source
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("#[method("));
        let mut count = 0;
        for method in methods {
            assert!(method.ends_with(", blocking)]"), "{method}");
            count += 1;
        }
        assert!(count >= 25, "{count}");
    }

    #[test]
    fn amounts_should_be_decimal_text_when_methods_answer() {
        let amount = Amount::Clear(BIG as i128);
        let price = interclear_rating::Price(BIG);
        let rate = interclear_rating::SdrRate(BIG);
        let currency = Currency::EUR;
        let period = Period(202_601);
        let published = UnitPrice { currency, price };
        ensure_exact(
            &ServiceTotal {
                service: Service::Gprs,
                records: 1,
                quantity: BIG,
                charge: amount,
                tax: Amount::Clear(-(BIG as i128)),
            },
            3,
        );
        ensure_exact(
            &ReportedLine {
                service: Service::Gprs,
                quantity: BIG,
                charge: amount,
                tax: amount,
            },
            3,
        );
        ensure_exact(
            &StatementLine {
                direction: Direction::FirstHome,
                group: 0,
                service: Service::Gprs,
                late: None,
                quantity: BIG,
                tap_charge: amount,
                charge: amount,
                shortfall: amount,
                tax: amount,
            },
            5,
        );
        ensure_exact(
            &CarriedForward {
                net: amount,
                since: 0,
            },
            1,
        );
        ensure_exact(&Exchange { from: rate, to: rate }, 2);
        ensure_exact(
            &MonthRate {
                rate,
                quoted: QuoteDate(20_251_223),
                source: RateSource::Governance,
            },
            1,
        );
        ensure_exact(
            &PriceStep {
                from: period,
                price: Some(published),
            },
            1,
        );
        for (limit, places) in [(Some(price), 3), (None, 2)] {
            ensure_exact(
                &CapExceeded {
                    direction: Direction::FirstHome,
                    group: 0,
                    service: Service::Gprs,
                    cap: CapId(0),
                    name: "Regulation".parse().expect("a name"),
                    period,
                    published,
                    limit,
                    offered: price,
                },
                places,
            );
        }
        ensure_exact(
            &Obligation {
                debtor: OperatorId(0),
                creditor: OperatorId(1),
                currency,
                amount,
                due: 0,
                source: ObligationSource::Carried { cycle: CycleId(0) },
                token: None,
                status: ObligationStatus::Open,
                gross: false,
                interest: LateInterest {
                    bps: 800,
                    owed: amount,
                    days: 1,
                    amount,
                    charged: amount,
                },
            },
            4,
        );
        ensure_exact(
            &Position {
                net: amount,
                carried: amount,
                held: BIG,
                excluded: false,
                missed: false,
            },
            3,
        );
    }
}
