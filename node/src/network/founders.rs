//! What the founders of a network agree on, and everything that can be wrong with it.

use codec::{Decode, Encode};
use interclear_primitives::{
    bounds::MAX_TOKEN_DECIMALS,
    money::Currency,
    operator::{OperatorKind, Plmn, Role},
    tadig::Tadig,
};
use interclear_runtime::{
    AccountId, CouncilMembershipConfig, NettingConfig, OperatorsConfig, RuntimeGenesisConfig, SessionConfig,
    SessionKeys, ValidatorsConfig,
};
use pallet_operators::GenesisOperator;
use sc_service::config::MultiaddrWithPeerId;
use serde::Deserialize;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::traits::OpaqueKeys;
use std::collections::{BTreeMap, BTreeSet};

/// The founders' file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founders {
    pub name: String,
    pub id: String,
    pub protocol: String,
    #[serde(default)]
    pub test_network: bool,
    #[serde(default)]
    pub boot_nodes: Vec<String>,
    #[serde(default, rename = "operator")]
    pub operators: Vec<Founder>,
    #[serde(default, rename = "token")]
    pub tokens: Vec<FoundingToken>,
}

/// An operator from the first block on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founder {
    pub name: String,
    pub kinds: Vec<OperatorKind>,
    #[serde(default)]
    pub tadigs: Vec<String>,
    #[serde(default)]
    pub plmns: Vec<String>,
    #[serde(default)]
    pub council: Vec<String>,
    #[serde(default, rename = "desk")]
    pub desks: Vec<FoundingDesk>,
    #[serde(default, rename = "validator")]
    pub validators: Vec<FoundingValidator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingDesk {
    pub account: String,
    pub roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingValidator {
    pub account: String,
    pub keys: String,
    pub proof: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingToken {
    pub currency: String,
    pub issuer: String,
    pub decimals: u8,
}

/// What the specification is made of.
pub struct Genesis {
    pub config: RuntimeGenesisConfig,
    pub boot_nodes: Vec<MultiaddrWithPeerId>,
}

/// Ids and protocols of the presets, whose keys are public.
const PRESETS: [&str; 4] = [
    "interclear",
    "interclear_dev",
    "interclear_local",
    "interclear_four",
];
/// The fewest validators that bear the loss of one.
const FEWEST_VALIDATORS: usize = 4;
/// The fewest validators of any chain.
const FEWEST_EVER: usize = 2;
/// The fewest members of a council.
const FEWEST_SEATS: usize = 3;

/// What is wrong, and what has been named so far.
#[derive(Default)]
struct Checks {
    problems: Vec<String>,
    /// Accounts and session keys, with where they are named.
    keys: BTreeMap<[u8; 32], String>,
    codes: BTreeMap<String, String>,
}

fn octets(text: &str) -> Option<Vec<u8>> {
    hex::decode(text.strip_prefix("0x")?).ok()
}

/// Whether everybody knows the secret key.
fn is_public(key: &[u8; 32]) -> bool {
    Sr25519Keyring::iter().any(|known| known.to_raw_public() == *key)
        || Ed25519Keyring::iter().any(|known| known.to_raw_public() == *key)
        || *key == [0; 32]
}

impl Checks {
    fn note(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    fn ensure(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.note(problem());
        }
    }

    /// Notes a key under what it is for; each is for one thing, and nobody else knows it.
    fn key(&mut self, key: [u8; 32], whose: String) {
        self.ensure(!is_public(&key), || {
            format!("{whose} is a development key, whose secret everybody knows")
        });
        if let Some(before) = self.keys.insert(key, whose.clone()) {
            self.note(format!("{whose} is the same as {before}"));
        }
    }

    fn account(&mut self, text: &str, whose: String) -> Option<AccountId> {
        let Ok(account) = text.parse::<AccountId>() else {
            self.note(format!("{whose}: `{text}` is not the address of an account"));
            return None;
        };
        self.key(account.clone().into(), whose);
        Some(account)
    }

    /// Notes a code that names one network, and how it is written: `26207` and `262007` are the same.
    fn code(&mut self, code: String, written: &str, whose: &str) {
        if let Some(before) = self.codes.insert(code, whose.into()) {
            self.note(format!("{written} is a code of {before} and of {whose}"));
        }
    }

    fn plmn(&mut self, text: &str, whose: &str) -> Option<Plmn> {
        let digits = matches!(text.len(), 5 | 6) && text.bytes().all(|digit| digit.is_ascii_digit());
        let plmn = digits.then(|| Plmn {
            mcc: text[..3].parse().unwrap_or_default(),
            mnc: text[3..].parse().unwrap_or(u16::MAX),
        });
        let plmn = plmn.filter(Plmn::is_valid);
        match plmn {
            Some(plmn) => self.code(format!("{:03}-{:03}", plmn.mcc, plmn.mnc), text, whose),
            None => self.note(format!("{whose}: `{text}` is not an MCC and MNC, such as 26207")),
        }
        plmn
    }

    fn tadig(&mut self, text: &str, whose: &str) -> Option<Tadig> {
        let tadig = text.parse::<Tadig>().ok();
        match tadig {
            Some(_) => self.code(text.into(), text, whose),
            None => self.note(format!("{whose}: `{text}` is not a TADIG code, such as DEU7A")),
        }
        tadig
    }

    /// The keys of a validator, of which its proof says that it holds them.
    fn session_keys(
        &mut self,
        validator: &FoundingValidator,
        account: &AccountId,
        whose: &str,
    ) -> Option<SessionKeys> {
        let keys = octets(&validator.keys).filter(|keys| keys.len() == 64);
        let Some(keys) = keys.and_then(|keys| SessionKeys::decode(&mut keys.as_slice()).ok()) else {
            self.note(format!(
                "{whose} has no session keys: `network keys` prints them as 0x and 128 digits"
            ));
            return None;
        };
        let proof = octets(&validator.proof).unwrap_or_default();
        self.ensure(keys.ownership_proof_is_valid(&account.encode(), &proof), || {
            format!("{whose}: the proof is not of these keys for this account; `network keys` prints it")
        });
        let mut halves = [[0; 32]; 2];
        let encoded = keys.encode();
        for (half, part) in halves.iter_mut().zip(encoded.chunks_exact(32)) {
            half.copy_from_slice(part);
        }
        let [aura, grandpa] = halves;
        self.key(aura, format!("the block-making key of {whose}"));
        self.key(grandpa, format!("the voting key of {whose}"));
        Some(keys)
    }

    fn boot_nodes(&mut self, founders: &Founders) -> Vec<MultiaddrWithPeerId> {
        let mut identities = BTreeSet::new();
        let mut nodes = Vec::new();
        for text in &founders.boot_nodes {
            let Ok(node) = text.parse::<MultiaddrWithPeerId>() else {
                self.note(format!(
                    "boot node `{text}` is not an address with an identity: /dns/HOST/tcp/30333/p2p/12D3KooW…"
                ));
                continue;
            };
            self.ensure(identities.insert(node.peer_id), || {
                format!("two boot nodes have the identity {}", node.peer_id)
            });
            let local = ["/ip4/127.", "/ip4/0.0.0.0", "/ip6/::1/", "/dns/localhost"];
            let reachable = founders.test_network || !local.iter().any(|start| text.starts_with(start));
            self.ensure(reachable, || {
                format!("boot node {text} is reached from its own machine only")
            });
            nodes.push(node);
        }
        self.ensure(founders.test_network || founders.boot_nodes.len() >= 2, || {
            "fewer than two boot nodes are named: without one a new node finds nobody".into()
        });
        nodes
    }

    fn names(&mut self, founders: &Founders) {
        let fits = |text: &str, more: char| {
            (3..=40).contains(&text.len())
                && text
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == more)
        };
        self.ensure(!founders.name.trim().is_empty(), || {
            "the network has no name".into()
        });
        for (what, text, more) in [("id", &founders.id, '_'), ("protocol", &founders.protocol, '-')] {
            self.ensure(fits(text, more), || {
                format!("{what} `{text}` is not 3 to 40 small letters, digits and `{more}`")
            });
            self.ensure(!PRESETS.contains(&text.as_str()), || {
                format!("{what} `{text}` is that of a preset, whose keys are public")
            });
        }
    }
}

/// Whether nothing is there twice.
fn is_distinct<T: PartialEq>(all: &[T]) -> bool {
    all.iter()
        .enumerate()
        .all(|(place, one)| !all.iter().take(place).any(|before| before == one))
}

impl Founders {
    /// Everything that the first block is made of.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn check(&self) -> Result<Genesis, Vec<String>> {
        let mut checks = Checks::default();
        checks.names(self);
        let boot_nodes = checks.boot_nodes(self);
        let (mut operators, mut sessions, mut owners, mut council) = (vec![], vec![], vec![], vec![]);
        let mut names = BTreeSet::new();
        for (number, founder) in (0u32..).zip(&self.operators) {
            let whose = &founder.name;
            checks.ensure(!whose.trim().is_empty() && names.insert(whose), || {
                format!("operator {number} has no name of its own: `{whose}`")
            });
            checks.ensure(!founder.kinds.is_empty(), || format!("{whose} is of no kind"));
            checks.ensure(is_distinct(&founder.kinds), || {
                format!("{whose} has a kind more than once")
            });
            let mobile = founder.kinds.contains(&OperatorKind::Mobile);
            checks.ensure(!mobile || !founder.tadigs.is_empty(), || {
                format!("{whose} is a mobile operator without a TADIG code")
            });
            let tadigs = founder
                .tadigs
                .iter()
                .filter_map(|text| checks.tadig(text, whose))
                .collect();
            let plmns = founder
                .plmns
                .iter()
                .filter_map(|text| checks.plmn(text, whose))
                .collect();

            let mut desks = Vec::new();
            for desk in &founder.desks {
                let account = checks.account(&desk.account, format!("a desk of {whose}"));
                checks.ensure(!desk.roles.is_empty(), || {
                    format!("a desk of {whose} has no role")
                });
                checks.ensure(is_distinct(&desk.roles), || {
                    format!("a desk of {whose} has a role more than once")
                });
                desks.extend(account.map(|account| (account, desk.roles.clone())));
            }
            // The first desk must be an admin desk.
            desks.sort_by_key(|(_, roles)| !roles.contains(&Role::Admin));
            let admin = founder.desks.iter().any(|desk| desk.roles.contains(&Role::Admin));
            checks.ensure(admin, || format!("{whose} has no admin desk"));
            for validator in &founder.validators {
                let whose = format!("the validator of {whose}");
                let Some(account) = checks.account(&validator.account, whose.clone()) else {
                    continue;
                };
                let keys = checks.session_keys(validator, &account, &whose);
                desks.push((account.clone(), vec![Role::Engineering]));
                owners.push((account.clone(), number));
                sessions.extend(keys.map(|keys| (account.clone(), account, keys)));
            }
            for seat in &founder.council {
                council.extend(checks.account(seat, format!("the seat of {whose} in the council")));
            }
            operators.push(GenesisOperator {
                name: whose.clone(),
                kinds: founder.kinds.clone(),
                tadigs,
                plmns,
                desks,
            });
        }
        self.check_shares(&mut checks);
        let tokens = self.check_tokens(&mut checks);
        council.sort();
        let members = council.try_into();
        checks.ensure(members.is_ok(), || {
            "the council has more seats than it may have".into()
        });
        match (checks.problems.is_empty(), members) {
            (true, Ok(members)) => Ok(Genesis {
                config: RuntimeGenesisConfig {
                    session: SessionConfig {
                        keys: sessions,
                        ..Default::default()
                    },
                    operators: OperatorsConfig { operators },
                    validators: ValidatorsConfig { operators: owners },
                    netting: NettingConfig {
                        test_network: self.test_network,
                        tokens,
                        ..Default::default()
                    },
                    council_membership: CouncilMembershipConfig {
                        members,
                        ..Default::default()
                    },
                    ..Default::default()
                },
                boot_nodes,
            }),
            _ => Err(checks.problems),
        }
    }

    /// That nobody alone stops finality or carries or stops a motion.
    fn check_shares(&self, checks: &mut Checks) {
        let validators: usize = self
            .operators
            .iter()
            .map(|founder| founder.validators.len())
            .sum();
        let seats: usize = self.operators.iter().map(|founder| founder.council.len()).sum();
        let fewest = match self.test_network {
            true => FEWEST_EVER,
            false => FEWEST_VALIDATORS,
        };
        checks.ensure(validators >= fewest, || {
            format!("there are {validators} validators; at least {fewest} are needed")
        });
        checks.ensure(seats >= FEWEST_SEATS, || {
            format!("the council has {seats} seats; at least {FEWEST_SEATS} are needed")
        });
        if self.test_network {
            return;
        }
        // How many may be missing, of the validators and of two thirds of the council.
        let (lost, absent) = (validators.saturating_sub(1) / 3, seats / 3);
        for founder in &self.operators {
            checks.ensure(founder.validators.len() <= lost.max(1), || {
                format!(
                    "{} has {} of {validators} validators: it could stop finality alone",
                    founder.name,
                    founder.validators.len()
                )
            });
            checks.ensure(founder.council.len() <= absent.max(1), || {
                format!(
                    "{} has {} of {seats} seats in the council: it could stop every motion alone",
                    founder.name,
                    founder.council.len()
                )
            });
        }
    }

    fn check_tokens(&self, checks: &mut Checks) -> Vec<(u32, u32, String, u8)> {
        let mut named = BTreeMap::new();
        let mut tokens = Vec::new();
        for (id, token) in (1u32..).zip(&self.tokens) {
            let what = format!("token {} of {}", token.currency, token.issuer);
            checks.ensure(token.currency.parse::<Currency>().is_ok(), || {
                format!("{what}: the currency is not a code such as EUR")
            });
            checks.ensure(token.decimals <= MAX_TOKEN_DECIMALS, || {
                format!("{what} has more than {MAX_TOKEN_DECIMALS} decimals")
            });
            let decimals = *named.entry(token.currency.as_str()).or_insert(token.decimals);
            checks.ensure(decimals == token.decimals, || {
                format!("{what}: another token of the currency has {decimals} decimals")
            });
            let mut founders = (0u32..).zip(&self.operators);
            let Some((number, issuer)) = founders.find(|(_, founder)| founder.name == token.issuer) else {
                checks.note(format!("{what}: there is no such operator"));
                continue;
            };
            checks.ensure(issuer.kinds.contains(&OperatorKind::TokenIssuer), || {
                format!("{what}: its issuer is not of the kind token_issuer")
            });
            let treasury = issuer
                .desks
                .iter()
                .any(|desk| desk.roles.contains(&Role::Treasury));
            checks.ensure(treasury, || format!("{what}: its issuer has no treasury desk"));
            tokens.push((id, number, token.currency.clone(), token.decimals));
        }
        let mut pairs = BTreeSet::new();
        for token in &self.tokens {
            checks.ensure(pairs.insert((&token.currency, &token.issuer)), || {
                format!("{} issues two tokens of {}", token.issuer, token.currency)
            });
        }
        tokens
    }
}
