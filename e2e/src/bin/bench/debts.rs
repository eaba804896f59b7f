//! A chain on which many operators owe each other from its first block on, so that a cycle of any size can be measured without
//! closing a hundred thousand months first. Every entry is made by the runtime's own code.

use crate::feed::unexpected;
use interclear_client::{chain::account_of, keys::from_uri, time::now};
use interclear_e2e::{
    network::raw_specification,
    story::{StoryError, TOKEN},
};
use interclear_ports::{Debt, Obligations as _};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    money::{Currency, Value},
    netting::{Issuers, ObligationSource},
    operator::{OperatorKind, Role},
    period::Period,
    tadig::Tadig,
    DAY,
};
use interclear_runtime::{AccountId, Assets, Netting, Operators, Runtime, RuntimeOrigin};
use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};
use serde_json::Value as Json;
use sp_core::storage::{well_known_keys::CODE, Storage};
use std::{collections::BTreeMap, path::Path};
use subxt_signer::sr25519::Keypair;

/// The issuer's number; the operators that owe follow it.
pub const ISSUER: OperatorId = OperatorId(0);
/// Days on which debts are due: about a month of statements.
const DAYS: u64 = 30;
/// What an operator has to pay with, in cents.
pub const FUNDS: u128 = 1_000_000_000_000;
const SEED: u64 = 7;

/// How much is owed.
#[derive(Clone, Copy)]
pub struct Debts {
    pub operators: u32,
    pub obligations: u32,
}

/// What each operator has to receive (above zero) or to pay, in cents, added up one obligation at a time.
pub type Nets = BTreeMap<OperatorId, i128>;

/// The key of all desks of an operator.
pub fn key(operator: OperatorId) -> Result<Keypair, StoryError> {
    from_uri(&format!("//operator//{}", operator.0)).map_err(unexpected)
}

impl Debts {
    /// Writes the specification of a chain of two validators with these debts, and returns what they come to.
    pub fn write(self, file: &Path) -> Result<Nets, StoryError> {
        let mut specification = plain_specification()?;
        let top = &mut specification["genesis"]["raw"]["top"];
        let mut storage = Storage::default();
        for (key, value) in top.as_object().ok_or_else(|| unexpected("no state"))? {
            let value = value.as_str().ok_or_else(|| unexpected("no text"))?;
            storage.top.insert(octets(key)?, octets(value)?);
        }
        // The externalities put a code of their own in place of the node's.
        let code = storage.top.get(CODE).cloned().unwrap_or_default();
        let (nets, state) = sp_io::TestExternalities::new(storage).execute_with(|| {
            let nets = self.owe()?;
            sp_io::storage::set(CODE, &code);
            Ok::<_, StoryError>((nets, all()))
        })?;
        *top = state
            .into_iter()
            .collect::<serde_json::Map<String, Json>>()
            .into();
        serde_json::to_writer(
            std::io::BufWriter::new(std::fs::File::create(file)?),
            &specification,
        )
        .map_err(unexpected)?;
        Ok(nets)
    }

    fn owe(self) -> Result<Nets, StoryError> {
        let now = now();
        pallet_timestamp::Now::<Runtime>::put(now.saturating_mul(1_000));
        let council = || RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3));
        for number in 0..=self.operators {
            admit(OperatorId(number), council())?;
        }
        let created = Netting::create_token(
            council(),
            TOKEN,
            ISSUER,
            Currency::EUR,
            2,
            Default::default(),
            Default::default(),
        );
        done(created)?;
        let issuer = account(ISSUER)?;
        let mut nets = Nets::new();
        for number in 1..=self.operators {
            let operator = OperatorId(number);
            let to = account(operator)?.into();
            done(Assets::mint(
                RuntimeOrigin::signed(issuer.clone()),
                TOKEN.into(),
                to,
                FUNDS,
            ))?;
            nets.insert(operator, 0);
        }
        let accepts: Issuers = vec![ISSUER].try_into().map_err(|_| unexpected("one issuer"))?;
        let mut chance = ChaCha8Rng::seed_from_u64(SEED);
        let month = Period::containing(now);
        for number in 0..self.obligations {
            let debtor = 1 + chance.next_u32() % self.operators;
            let creditor = 1 + (debtor + chance.next_u32() % (self.operators - 1)) % self.operators;
            let amount = 1 + u128::from(chance.next_u32() % 10_000_000);
            let due = now.saturating_sub((1 + u64::from(chance.next_u32()) % DAYS) * DAY);
            let source = ObligationSource::Statement {
                agreement: AgreementId(number),
                period: month,
            };
            let (debtor, creditor) = (OperatorId(debtor), OperatorId(creditor));
            let owed = Value::Clear(i128::try_from(amount).map_err(unexpected)?);
            let created = Netting::create(Debt {
                debtor,
                creditor,
                currency: Currency::EUR,
                amount: owed,
                due,
                source,
                accepts: accepts.clone(),
                late_interest_bps: 0,
                gives_back: None,
                condition: Default::default(),
            });
            created.map_err(|error| unexpected(format!("{error:?}")))?;
            *nets.entry(debtor).or_default() -= i128::try_from(amount).map_err(unexpected)?;
            *nets.entry(creditor).or_default() += i128::try_from(amount).map_err(unexpected)?;
        }
        Ok(nets)
    }
}

/// Admits an operator whose only account does everything.
fn admit(operator: OperatorId, council: RuntimeOrigin) -> Result<(), StoryError> {
    let kind = if operator == ISSUER {
        OperatorKind::TokenIssuer
    } else {
        OperatorKind::Mobile
    };
    let name = format!("Operator {}", operator.0).into_bytes();
    let account = account(operator)?;
    let admitted = Operators::admit(
        council,
        name.try_into().map_err(|_| unexpected("a long name"))?,
        vec![kind].try_into().map_err(|_| unexpected("one kind"))?,
        vec![tadig(operator)?]
            .try_into()
            .map_err(|_| unexpected("one code"))?,
        Default::default(),
        account.clone(),
    );
    done(admitted)?;
    let roles = vec![Role::Admin, Role::Clearing, Role::Treasury];
    let roles = roles.try_into().map_err(|_| unexpected("three roles"))?;
    done(Operators::set_roles(
        RuntimeOrigin::signed(account.clone()),
        account,
        roles,
    ))
}

fn tadig(operator: OperatorId) -> Result<Tadig, StoryError> {
    let [hundreds, rest] = [operator.0 / 100, operator.0 % 100];
    let letter = char::from(b'A' + u8::try_from(hundreds % 26).map_err(unexpected)?);
    format!("DE{letter}{rest:02}").parse().map_err(unexpected)
}

fn account(operator: OperatorId) -> Result<AccountId, StoryError> {
    Ok(AccountId::from(account_of(&key(operator)?).0))
}

fn done<E: core::fmt::Debug>(result: Result<(), E>) -> Result<(), StoryError> {
    result.map_err(|error| unexpected(format!("{error:?}")))
}

/// The preset of two validators as the node writes it.
fn plain_specification() -> Result<Json, StoryError> {
    serde_json::from_slice(&raw_specification("local")?).map_err(unexpected)
}

/// The whole state, as a specification has it.
fn all() -> Vec<(String, Json)> {
    let mut state = Vec::new();
    let mut last = Vec::new();
    while let Some(key) = sp_io::storage::next_key(&last) {
        if let Some(value) = sp_io::storage::get(&key) {
            state.push((text(&key), Json::String(text(&value))));
        }
        last = key;
    }
    state
}

fn text(octets: &[u8]) -> String {
    format!("0x{}", hex::encode(octets))
}

fn octets(text: &str) -> Result<Vec<u8>, StoryError> {
    hex::decode(text.trim_start_matches("0x")).map_err(unexpected)
}
