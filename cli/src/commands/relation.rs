//! Which relation, and what the chain holds of it.

use crate::{error::CommandError, output, session::Session};
use clap::{Args, ValueEnum};
use interclear_archive::{database::Database, trace::Tracer};
use interclear_client::{
    chain::Chain,
    inventory::{Form, Known},
};
use interclear_matching::{normalise::identifier, Side};
use interclear_primitives::{
    ids::OperatorId,
    inventory::{ProductClass, Relation},
};
use std::str::FromStr;

/// The relation of a command.
#[derive(Args)]
pub(super) struct RelationArg {
    /// BUYER:SELLER:CLASS: who buys, who sells (numbers or TADIG codes) and the class of products, such as DEUA1:FRAB1:ELINE.
    #[arg(long, value_name = "RELATION")]
    relation: Named,
}

/// A relation as it was typed.
#[derive(Clone, Debug)]
struct Named {
    buyer: String,
    seller: String,
    class: ProductClass,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let malformed =
            || format!("`{text}` is not a relation; write BUYER:SELLER:CLASS, such as DEUA1:FRAB1:ELINE");
        let mut parts = text.split(':').map(str::trim);
        let (Some(buyer), Some(seller), Some(class), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        let class: ProductClass =
            identifier(class).map_err(|refusal| format!("the class `{class}` {refusal}"))?;
        if buyer.is_empty() || seller.is_empty() || class.is_empty() {
            return Err(malformed());
        }
        Ok(Self {
            buyer: buyer.into(),
            seller: seller.into(),
            class,
        })
    }
}

/// A side of a relation, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SideName {
    /// Who buys, and pays.
    Buyer,
    /// Who sells, and bills.
    Seller,
}

impl From<SideName> for Side {
    fn from(name: SideName) -> Self {
        match name {
            SideName::Buyer => Self::Buyer,
            SideName::Seller => Self::Seller,
        }
    }
}

impl RelationArg {
    /// The relation, its operators found.
    pub(super) async fn find(&self, chain: &Chain) -> Result<Relation, CommandError> {
        Ok(Relation {
            buyer: chain.find_operator(&self.relation.buyer).await?,
            seller: chain.find_operator(&self.relation.seller).await?,
            class: self.relation.class,
        })
    }

    /// The same, by what a database knows of operators.
    pub(super) async fn find_in(&self, database: &mut Database) -> Result<Relation, CommandError> {
        let mut tracer = Tracer::new(database).await?;
        let mut operators = [OperatorId(0); 2];
        for (operator, which) in operators
            .iter_mut()
            .zip([&self.relation.buyer, &self.relation.seller])
        {
            let found = tracer
                .operator(which)
                .await?
                .and_then(|found| u32::try_from(found).ok());
            *operator = found
                .map(OperatorId)
                .ok_or_else(|| CommandError::NotFound(format!("operator {which}")))?;
        }
        let [buyer, seller] = operators;
        Ok(Relation {
            buyer,
            seller,
            class: self.relation.class,
        })
    }

    /// The relation, and the side for which the key that signs acts.
    pub(super) async fn own_side(
        &self,
        session: &Session,
        chain: &Chain,
    ) -> Result<(Relation, Side), CommandError> {
        let relation = self.find(chain).await?;
        let operator = session.operator(chain).await?;
        let side = relation.side_of(operator).ok_or_else(|| {
            CommandError::Invalid(format!(
                "operator {operator} is neither the buyer ({}) nor the seller ({}) of this relation",
                relation.buyer, relation.seller
            ))
        })?;
        Ok((relation, side))
    }
}

/// The relation as it is typed.
pub(super) fn typed(relation: &Relation) -> String {
    format!("{}:{}:{}", relation.buyer, relation.seller, relation.class)
}

/// All records of an open relation, matched as the chain matches them.
pub(super) async fn known(chain: &Chain, relation: Relation) -> Result<Known, CommandError> {
    let known = known_as(chain, relation).await?;
    match known.state.profile.blind {
        None => Ok(known),
        Some(_) => Err(CommandError::Invalid(format!(
            "{} is blind, and the chain has no values of it: `interclear inventory diff --export EXPORT` lists what of your own does not match",
            typed(&relation)
        ))),
    }
}

/// All records of a relation, of the form that it has.
pub(super) async fn known_as<R: Form>(chain: &Chain, relation: Relation) -> Result<Known<R>, CommandError> {
    let bar = output::spinner("asking for the records");
    let known = chain
        .known_inventory::<R>(relation, |count| {
            bar.set_message(format!("{} records have come", output::number(count as u64)));
        })
        .await;
    bar.finish_and_clear();
    let known = known?.ok_or_else(|| {
        CommandError::NotFound(format!(
            "match profile that both sides of {} have signed: `interclear inventory profile propose` proposes one",
            typed(&relation)
        ))
    })?;
    if known.state.rematch.is_some() {
        output::note(&format!(
            "the chain is still matching by version {} of the profile; what is told here is as it will be",
            known.state.profile.version
        ));
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relation_should_be_read_when_it_has_three_parts() {
        let named: Named = "DEUA1:7:e-line".parse().unwrap();
        assert_eq!(
            (named.buyer.as_str(), named.seller.as_str(), named.class.as_str()),
            ("DEUA1", "7", "ELINE")
        );
        for wrong in [
            "",
            "DEUA1:FRAB1",
            "a:b:c:d",
            ":b:c",
            "a::c",
            "a:b:",
            "a:b:--",
            "a:b:Ü",
        ] {
            assert!(wrong.parse::<Named>().is_err(), "{wrong}");
        }
    }
}
