//! The configuration file: what is not said on the command line or in the environment.

use interclear_client::text::{printable, reason};
use serde::{de::Error as _, Deserialize, Deserializer};
use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

/// What a profile says; each may be missing.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The node to ask.
    pub url: Option<String>,
    /// The key that signs.
    pub key: Option<String>,
    /// The operator on whose behalf is asked: its number or one of its TADIG codes.
    pub operator: Option<String>,
    /// How far the charges of a service may be from its agreed price before it is warned of, as `--price-factor` takes it.
    #[serde(default, deserialize_with = "number_or_text")]
    pub price_factor: Option<String>,
}

/// Reads `5`, `2.5` and `"off"` alike: as the text that an option would have.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Integer(number) => Ok(Some(number.to_string())),
        toml::Value::Float(number) => Ok(Some(number.to_string())),
        toml::Value::String(text) => Ok(Some(text)),
        _ => Err(D::Error::custom("this is to be a number or a text")),
    }
}

/// The whole file: what goes for every profile, and the profiles.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    url: Option<String>,
    key: Option<String>,
    operator: Option<String>,
    #[serde(default, deserialize_with = "number_or_text")]
    price_factor: Option<String>,
    /// The profile that is taken where none is named.
    default: Option<String>,
    #[serde(default)]
    profile: BTreeMap<String, Profile>,
}

/// Where the configuration is: `INTERCLEAR_CONFIG`, which may be empty for none, or else `interclear/config.toml` in
/// `XDG_CONFIG_HOME` or `~/.config`. With whether it must be there.
fn place() -> Option<(PathBuf, bool)> {
    if let Some(named) = std::env::var_os("INTERCLEAR_CONFIG") {
        return (!named.is_empty()).then(|| (named.into(), true));
    }
    let folder = match std::env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => home()?.join(".config"),
    };
    Some((folder.join("interclear").join("config.toml"), false))
}

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME")
        .filter(|home| !home.is_empty())
        .map(PathBuf::from)
}

/// What the file says to a command.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// The profile that was taken, if one was.
    pub name: Option<String>,
    /// What it says.
    own: Profile,
    /// What goes for every profile.
    all: Profile,
}

/// Where a setting comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// An option of the command.
    Option(&'static str),
    /// A variable of the environment.
    Environment(&'static str),
    /// A profile of the configuration file.
    Profile(String),
    /// What the configuration file says for every profile.
    File,
    /// `default` of the configuration file.
    Default,
    /// What is taken where nothing is said.
    Usual,
    /// Nothing says it, and nothing is taken.
    Nothing,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option(name) | Self::Environment(name) => f.write_str(name),
            Self::Profile(name) => write!(f, "profile {}", printable(name)),
            Self::File => f.write_str("configuration file, for all profiles"),
            Self::Default => f.write_str("`default` of the configuration file"),
            Self::Usual => f.write_str("taken unless said otherwise"),
            Self::Nothing => f.write_str("not said"),
        }
    }
}

impl Chosen {
    /// The profile that is named, or else the default one, and what the file says for all of them.
    ///
    /// # Errors
    /// The file cannot be read or is malformed, or has no such profile.
    pub fn load(named: Option<&str>) -> Result<Self, String> {
        let none = |named: &str, why: &str| format!("there is no profile `{}`: {why}", printable(named));
        let Some((path, required)) = place() else {
            let why =
                "no configuration file is read, since INTERCLEAR_CONFIG is empty or there is no home folder";
            return named.map_or_else(|| Ok(Self::default()), |named| Err(none(named, why)));
        };
        let shown = interclear_client::text::path(&path);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::choose(&text, named, &path).map_err(|reason| format!("{shown}: {reason}")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !required => named.map_or_else(
                || Ok(Self::default()),
                |named| {
                    let why = format!(
                        "there is no configuration file {shown}; make it, with a section [profile.{}], or name another with \
                         INTERCLEAR_CONFIG",
                        printable(named)
                    );
                    Err(none(named, &why))
                },
            ),
            Err(error) => Err(format!("{shown}: {}", reason(&error))),
        }
    }

    fn choose(text: &str, named: Option<&str>, path: &Path) -> Result<Self, String> {
        let all: Configuration = toml::from_str(text).map_err(|error| malformed(text, &error))?;
        let own = match named.or(all.default.as_deref()) {
            None => Profile::default(),
            Some(name) => all.profile.get(name).cloned().ok_or_else(|| {
                let who = match named {
                    Some(_) => format!("there is no profile `{}`", printable(name)),
                    None => format!(
                        "`default` names the profile `{}`, which is not there",
                        printable(name)
                    ),
                };
                let known: Vec<String> = all.profile.keys().map(|name| printable(name)).collect();
                match known.is_empty() {
                    true => format!("{who}, nor any other; write a section [profile.NAME]"),
                    false => format!("{who}; there are {}", known.join(", ")),
                }
            })?,
        };
        let beside = |profile: Profile| Profile {
            key: profile.key.map(|key| placed(key, path)),
            ..profile
        };
        Ok(Self {
            file: Some(path.into()),
            name: named.map(Into::into).or(all.default),
            own: beside(own),
            all: beside(Profile {
                url: all.url,
                key: all.key,
                operator: all.operator,
                price_factor: all.price_factor,
            }),
        })
    }

    /// A setting, and which part of the file says it.
    pub fn setting(&self, of: impl Fn(&Profile) -> &Option<String>) -> Option<(String, Origin)> {
        let own = of(&self.own).clone().zip(self.name.clone());
        let own = own.map(|(value, name)| (value, Origin::Profile(name)));
        own.or_else(|| Some((of(&self.all).clone()?, Origin::File)))
    }
}

/// Why a file is not read, with the line that is wrong, in our words.
fn malformed(text: &str, error: &toml::de::Error) -> String {
    let words = match error.message().strip_prefix("unknown field ") {
        Some(unknown) => format!("there is no setting {unknown}")
            .replace(", expected one of", "; there are")
            .replace(", expected", "; there are"),
        None => error.message().to_owned(),
    };
    let place = error.span().and_then(|span| text.get(..span.start));
    match place {
        Some(before) => format!("line {}: {words}", before.matches('\n').count().saturating_add(1)),
        None => words,
    }
}

/// A path of a key as it is written in a file: beside that file, or in the home folder.
fn placed(key: String, file: &Path) -> String {
    if key.is_empty() || key.starts_with('/') {
        return key;
    }
    let path = match (key.strip_prefix("~/"), home()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => file.parent().unwrap_or(Path::new("")).join(&key),
    };
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        url = "ws://127.0.0.1:9944"
        default = "clearing"
        [profile.clearing]
        key = "clearing.json"
        operator = "DEU7A"
        [profile.treasury]
        url = "wss://node.example:443"
        key = "//Alice"
    "#;

    fn chosen(text: &str, named: Option<&str>) -> Result<Chosen, String> {
        Chosen::choose(text, named, Path::new("/etc/interclear/config.toml"))
    }

    /// What the file says in all.
    fn choose(text: &str, named: Option<&str>) -> Result<Profile, String> {
        let chosen = chosen(text, named)?;
        let value = |of: fn(&Profile) -> &Option<String>| chosen.setting(of).map(|(value, _)| value);
        Ok(Profile {
            url: value(|profile| &profile.url),
            key: value(|profile| &profile.key),
            operator: value(|profile| &profile.operator),
            price_factor: value(|profile| &profile.price_factor),
        })
    }

    #[test]
    fn a_profile_should_stand_over_what_goes_for_all_when_it_is_chosen() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            choose(FILE, None),
            Ok(Profile {
                url: some("ws://127.0.0.1:9944"),
                key: some("/etc/interclear/clearing.json"),
                operator: some("DEU7A"),
                price_factor: None,
            })
        );
        assert_eq!(
            choose(FILE, Some("treasury")),
            Ok(Profile {
                url: some("wss://node.example:443"),
                key: some("//Alice"),
                operator: None,
                price_factor: None,
            })
        );
        assert_eq!(choose("", None), Ok(Profile::default()));
    }

    #[test]
    fn a_factor_should_be_read_when_it_is_a_number_or_text() {
        let factor = |text: &str, named| choose(text, named).map(|profile| profile.price_factor);
        let both = "price_factor = 10\n[profile.a]\nprice_factor = \"off\"\n[profile.b]\nprice_factor = 2.5\n[profile.c]\n";
        for (named, wanted) in [
            (None, "10"),
            (Some("a"), "off"),
            (Some("b"), "2.5"),
            (Some("c"), "10"),
        ] {
            assert_eq!(factor(both, named), Ok(Some(wanted.into())), "{named:?}");
        }
        let wrong = factor("[profile.a]\nprice_factor = [5]\n", Some("a")).unwrap_err();
        assert!(wrong.contains("a number or a text"), "{wrong}");
    }

    #[test]
    fn a_configuration_should_be_refused_when_it_says_what_nobody_reads() {
        let missing = choose(FILE, Some("night")).unwrap_err();
        assert!(missing.contains("clearing, treasury"), "{missing}");
        assert!(choose("uri = \"x\"", None).unwrap_err().contains("uri"));
        let misspelt = choose("[profile.a]\n\nkez = \"x\"", None).unwrap_err();
        assert!(
            misspelt.starts_with("line 3: ") && misspelt.contains("kez"),
            "{misspelt}"
        );
        assert!(
            misspelt.contains("there are") && misspelt.contains("operator"),
            "{misspelt}"
        );
        let lost = choose("default = \"night\"\n[profile.day]\n", None).unwrap_err();
        assert!(
            lost.contains("`default`") && lost.contains("there are day"),
            "{lost}"
        );
        assert!(choose("", Some("night")).unwrap_err().contains("[profile.NAME]"));
    }

    #[test]
    fn a_setting_should_say_where_it_comes_from_when_the_file_says_it() {
        let treasury = chosen(FILE, Some("treasury")).unwrap();
        let origin = |of: fn(&Profile) -> &Option<String>| treasury.setting(of).map(|(_, origin)| origin);
        assert_eq!(
            origin(|profile| &profile.url),
            Some(Origin::Profile("treasury".into()))
        );
        assert_eq!(origin(|profile| &profile.operator), None);
        let clearing = chosen(FILE, None).unwrap();
        assert_eq!(clearing.name.as_deref(), Some("clearing"));
        let url = clearing.setting(|profile| &profile.url);
        assert_eq!(url, Some(("ws://127.0.0.1:9944".into(), Origin::File)));
    }
}
