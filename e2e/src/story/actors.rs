//! Who acts: two mobile operators, a token issuer, the council, and their desks.

use super::{StoryError, Teller};
use interclear_client::{
    calls,
    chain::{account_of, AccountId, Call, Chain},
    consent::Consent,
    council::carry,
    keys::from_uri,
    money::grouped,
    time::now,
};
use interclear_primitives::{
    ids::{OperatorId, TokenId},
    money::Currency,
    operator::{OperatorKind, Plmn, Role},
    tadig::Tadig,
    DAY,
};
use subxt_signer::sr25519::Keypair;

/// The euro token of the story.
pub const TOKEN: TokenId = 1;
/// Decimals of the euro token.
const DECIMALS: u8 = 2;
/// What each treasury is given to begin with: a million euro.
const MINTED: u128 = 100_000_000;

/// An operator and the keys of its desks.
pub struct Party {
    /// Its number on the chain.
    pub operator: OperatorId,
    /// As admitted.
    pub name: &'static str,
    /// Its TADIG code.
    pub tadig: Tadig,
    /// The node it talks to.
    pub chain: Chain,
    /// Adds and removes desks.
    pub admin: Keypair,
    /// Negotiates and signs.
    pub commercial: Keypair,
    /// Anchors, acknowledges, closes and affirms.
    pub clearing: Keypair,
    /// Holds tokens.
    pub treasury: Keypair,
}

impl Party {
    fn new(name: &'static str, tadig: Tadig, chain: &Chain) -> Result<Self, StoryError> {
        let word = name.split(' ').next().unwrap_or(name);
        let key = |desk: &str| from_uri(&format!("//{word}//{desk}")).map_err(StoryError::unexpected);
        Ok(Self {
            operator: OperatorId(0),
            name,
            tadig,
            chain: chain.clone(),
            admin: key("admin")?,
            commercial: key("commercial")?,
            clearing: key("clearing")?,
            treasury: key("treasury")?,
        })
    }

    /// The account to which netting pays.
    pub fn treasury_account(&self) -> AccountId {
        account_of(&self.treasury)
    }

    fn desks(&self) -> Call {
        let (genesis, until) = (self.chain.genesis(), now().saturating_add(DAY));
        let desks = [
            (&self.commercial, Role::Commercial),
            (&self.clearing, Role::Clearing),
            (&self.treasury, Role::Treasury),
        ];
        Call::batch_all(desks.map(|(key, role)| {
            let consent = Consent::sign(key, genesis, self.operator, &[role], until);
            calls::add_desk(&account_of(key), &[role], &consent)
        }))
    }
}

/// Everybody.
pub struct Actors {
    /// The operator that makes the first proposal.
    pub first: Party,
    /// Its partner.
    pub second: Party,
    /// The issuer of the euro token.
    pub issuer: Party,
    /// Enough of the council for a motion.
    pub council: Vec<Keypair>,
}

impl Actors {
    /// Names of the two mobile operators.
    pub const NAMES: [&'static str; 2] = ["Alpha Mobile", "Beta Telecom"];

    /// Both mobile operators, first and second.
    pub fn mobile(&self) -> [&Party; 2] {
        [&self.first, &self.second]
    }

    /// Has the council admit everybody, registers the desks, and gives the treasuries tokens.
    ///
    /// # Errors
    /// A step failed.
    pub async fn admit(nodes: [&Chain; 2], teller: &mut dyn Teller) -> Result<Self, StoryError> {
        let actors = Self::enrol(nodes, teller).await?;
        let [one, _] = nodes;
        teller.step("the council creates the euro token, the issuer mints");
        let issuer = actors.issuer.operator;
        let token = calls::create_token(TOKEN, issuer, Currency::EUR, DECIMALS, "Gamma euro", "gEUR");
        carry(one, &actors.council, token).await?;
        let mint = Call::batch_all(
            actors
                .mobile()
                .map(|party| calls::mint(TOKEN, &party.treasury_account(), MINTED)),
        );
        one.execute(&actors.issuer.treasury, &mint).await?;
        let amount = grouped(i128::try_from(MINTED).unwrap_or(i128::MAX), DECIMALS);
        teller.note(&format!("{amount} EUR to each of the two treasuries"));
        Ok(actors)
    }

    /// Has the council admit everybody, and registers the desks: where no money moves.
    ///
    /// # Errors
    /// A step failed.
    pub async fn enrol(nodes: [&Chain; 2], teller: &mut dyn Teller) -> Result<Self, StoryError> {
        let [one, two] = nodes;
        let tadig = |code: &str| code.parse::<Tadig>().map_err(StoryError::unexpected);
        let mut actors = Self {
            first: Party::new(Self::NAMES[0], tadig("DEU7A")?, one)?,
            second: Party::new(Self::NAMES[1], tadig("FRA7B")?, two)?,
            issuer: Party::new("Gamma Bank", tadig("LUX7G")?, one)?,
            council: ["//Alice", "//Bob"]
                .into_iter()
                .map(from_uri)
                .collect::<Result<_, _>>()
                .map_err(StoryError::unexpected)?,
        };

        teller.step("the council admits three operators");
        let mobile = [OperatorKind::Mobile];
        let issuer = [OperatorKind::TokenIssuer];
        let admissions = [
            (
                &actors.first,
                &mobile[..],
                vec![actors.first.tadig],
                vec![Plmn { mcc: 262, mnc: 970 }],
            ),
            (
                &actors.second,
                &mobile[..],
                vec![actors.second.tadig],
                vec![Plmn { mcc: 208, mnc: 970 }],
            ),
            (&actors.issuer, &issuer[..], vec![], vec![]),
        ];
        let calls = admissions
            .iter()
            .map(|(party, kinds, tadigs, plmns)| {
                calls::admit(party.name, kinds, tadigs, plmns, &account_of(&party.admin))
            })
            .collect::<Vec<_>>();
        let receipt = carry(one, &actors.council, Call::batch_all(calls)).await?;
        let admitted = receipt.admitted()?;
        let [first, second, issuer] = admitted[..] else {
            return Err(StoryError::Unexpected(format!(
                "{} operators were admitted, not 3",
                admitted.len()
            )));
        };
        (
            actors.first.operator,
            actors.second.operator,
            actors.issuer.operator,
        ) = (first, second, issuer);
        for party in [&actors.first, &actors.second, &actors.issuer] {
            teller.note(&format!("operator {}: {}", party.operator, party.name));
        }

        teller.step("each admin registers its desks");
        let register = |party: &'_ Party| {
            let (chain, admin, call) = (party.chain.clone(), party.admin.clone(), party.desks());
            async move { chain.execute(&admin, &call).await }
        };
        futures::try_join!(
            register(&actors.first),
            register(&actors.second),
            register(&actors.issuer)
        )?;
        Ok(actors)
    }
}
