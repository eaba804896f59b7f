//! What vouchers were paid of a statement that does not count it yet, and what affirming it makes of that.

use crate::error::CommandError;
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    ids::AgreementId,
    money::ValueError,
    period::Period,
    statement::{Statement, StatementStatus},
};

/// What vouchers were paid of a month, beyond what its statement has counted.
pub(in crate::commands) struct Vouchers {
    /// By the escrows of the first and of the second party.
    pub paid: [u128; 2],
    /// What of it stays where it is until the disputes have ended.
    waits: [u128; 2],
    /// What the first party owes the second as disputes stand, vouchers or not; negative the other way round.
    payable: i128,
    /// What it owes beyond what vouchers were paid, once the statement is affirmed.
    pub rest: i128,
}

impl Vouchers {
    /// What was paid; `None` if nothing was, or it has been counted.
    ///
    /// # Errors
    /// The connection broke.
    pub(in crate::commands) async fn of(
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
        statement: &Statement,
    ) -> Result<Option<Self>, CommandError> {
        let months = chain.escrow_month(agreement, period).await?;
        let paid = months.map(|month| month.redeemed);
        Ok(Self::count(statement, paid).ok().filter(|_| paid != [0; 2]))
    }

    /// As the chain counts when a statement is affirmed: of what goes beyond what is payable as much waits as is withheld.
    fn count(statement: &Statement, paid: [u128; 2]) -> Result<Self, ValueError> {
        let payable = statement.payable()?.clear()?;
        let (of_net, of_payable) = (owed(statement.net.clear()?), owed(payable));
        let wait = |place: usize| {
            let withheld = match statement.is_disputed() {
                true => of_net[place].saturating_sub(of_payable[place]),
                false => 0,
            };
            match statement.status {
                StatementStatus::Issued => paid[place].saturating_sub(of_payable[place]).min(withheld),
                StatementStatus::Affirmed => paid[place],
            }
        };
        let waits = [wait(0), wait(1)];
        let counts = |place: usize| {
            let counts = paid[place].saturating_sub(waits[place]);
            i128::try_from(counts).unwrap_or(i128::MAX)
        };
        Ok(Self {
            paid,
            waits,
            payable,
            rest: payable.saturating_sub(counts(0)).saturating_add(counts(1)),
        })
    }

    /// What it comes to, a sentence each.
    pub(in crate::commands) fn words(&self, statement: &Statement, parties: &[String; 2]) -> Vec<String> {
        let currency = statement.currency.to_string();
        let amount = |amount| {
            let amount = money::grouped_unsigned(amount, statement.decimals);
            format!("{amount} {currency}")
        };
        let mut said = Vec::new();
        for (place, party) in parties.iter().enumerate() {
            let (paid, waits) = (self.paid[place], self.waits[place]);
            if paid == 0 {
                continue;
            }
            let mut words = format!("Vouchers have had the escrow of {party} pay {}", amount(paid));
            if waits > 0 {
                words.push_str(&format!(
                    "; {} of it waits for the end of the disputes",
                    amount(waits)
                ));
            }
            said.push(words);
        }
        if statement.status == StatementStatus::Issued {
            let rest = super::owes(
                &interclear_primitives::money::Value::Clear(self.rest),
                statement.decimals,
                &currency,
                parties,
            );
            let back = self.rest != 0 && self.rest.signum() != self.payable.signum();
            said.push(match (self.rest, back) {
                (0, _) => "Once it is affirmed, nothing more is owed".into(),
                (_, true) => format!("Once it is affirmed, {rest} back"),
                (_, false) => format!("Once it is affirmed, {rest} more"),
            });
        }
        said
    }
}

/// What the first and the second party owe.
fn owed(amount: i128) -> [u128; 2] {
    match amount {
        0.. => [amount.unsigned_abs(), 0],
        _ => [0, amount.unsigned_abs()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{ids::OperatorId, money::Value, samples};

    fn statement(net: i128, open: u32, withheld: i128) -> Statement {
        let mut statement = samples::statement([OperatorId(4), OperatorId(1)], net);
        statement.disputed.open = [open, 0];
        statement.disputed.adjusted = [Value::Clear(-withheld), Value::ZERO];
        statement
    }

    fn told(statement: &Statement, paid: [u128; 2]) -> Vec<String> {
        let vouchers = Vouchers::count(statement, paid).expect("all is clear");
        vouchers.words(statement, &["XY".into(), "Beta".into()])
    }

    #[test]
    fn a_statement_should_say_what_comes_back_when_vouchers_were_paid_more_than_it_comes_to() {
        assert_eq!(
            told(&statement(0, 0, 0), [1_000, 0]),
            [
                "Vouchers have had the escrow of XY pay 10.00 EUR",
                "Once it is affirmed, Beta owes XY 10.00 EUR back"
            ]
        );
        assert_eq!(
            told(&statement(700, 0, 0), [1_000, 0])[1],
            "Once it is affirmed, Beta owes XY 3.00 EUR back"
        );
        assert_eq!(
            told(&statement(-700, 0, 0), [1_000, 0])[1],
            "Once it is affirmed, Beta owes XY 17.00 EUR more"
        );
    }

    #[test]
    fn a_statement_should_say_what_is_left_when_vouchers_were_paid_a_part() {
        assert_eq!(
            told(&statement(1_200, 0, 0), [1_000, 0])[1],
            "Once it is affirmed, XY owes Beta 2.00 EUR more"
        );
        assert_eq!(
            told(&statement(1_000, 0, 0), [1_000, 0])[1],
            "Once it is affirmed, nothing more is owed"
        );
        assert_eq!(
            told(&statement(1_000, 0, 0), [700, 200]),
            [
                "Vouchers have had the escrow of XY pay 7.00 EUR",
                "Vouchers have had the escrow of Beta pay 2.00 EUR",
                "Once it is affirmed, XY owes Beta 5.00 EUR more"
            ]
        );
    }

    // As `what_vouchers_were_paid_should_wait_for_the_end_of_disputes_when_it_is_withheld` of the pallet: of 20.00 that were paid, 15.00
    // of 19.00 are withheld; 4.00 count, and 1.00 was not even stated.
    #[test]
    fn what_is_withheld_should_wait_when_a_statement_is_disputed() {
        assert_eq!(
            told(&statement(1_900, 1, 1_500), [2_000, 0]),
            [
                "Vouchers have had the escrow of XY pay 20.00 EUR; 15.00 EUR of it waits for the end of the disputes",
                "Once it is affirmed, Beta owes XY 1.00 EUR back"
            ]
        );
        let mut affirmed = statement(1_900, 1, 1_500);
        affirmed.status = StatementStatus::Affirmed;
        assert_eq!(
            told(&affirmed, [1_500, 0]),
            ["Vouchers have had the escrow of XY pay 15.00 EUR; 15.00 EUR of it waits for the end of the disputes"]
        );
    }
}
