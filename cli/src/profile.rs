//! The configuration file: what is not said on the command line or in the environment.

use serde::Deserialize;
use std::{
    collections::BTreeMap,
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
}

/// The whole file: what goes for every profile, and the profiles.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    url: Option<String>,
    key: Option<String>,
    operator: Option<String>,
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

impl Profile {
    /// The profile that is named, or else the default one, over what the file says for all of them.
    ///
    /// # Errors
    /// The file cannot be read or is malformed, or has no such profile.
    pub fn load(named: Option<&str>) -> Result<Self, String> {
        let none = |named: &str| format!("there is no profile `{named}`: there is no configuration file");
        let Some((path, required)) = place() else {
            return named.map_or_else(|| Ok(Self::default()), |named| Err(none(named)));
        };
        let shown = interclear_client::text::path(&path);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::choose(&text, named, &path).map_err(|reason| format!("{shown}: {reason}")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !required => named.map_or_else(
                || Ok(Self::default()),
                |named| Err(format!("{}, {shown}", none(named))),
            ),
            Err(error) => Err(format!("{shown}: {error}")),
        }
    }

    fn choose(text: &str, named: Option<&str>, path: &Path) -> Result<Self, String> {
        let all: Configuration =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let chosen = match named.or(all.default.as_deref()) {
            None => Self::default(),
            Some(name) => all.profile.get(name).cloned().ok_or_else(|| {
                let known: Vec<&str> = all.profile.keys().map(String::as_str).collect();
                match known.is_empty() {
                    true => format!("there is no profile `{name}`, nor any other"),
                    false => format!("there is no profile `{name}`; there are {}", known.join(", ")),
                }
            })?,
        };
        Ok(Self {
            url: chosen.url.or(all.url),
            key: chosen.key.or(all.key).map(|key| placed(key, path)),
            operator: chosen.operator.or(all.operator),
        })
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

    fn choose(text: &str, named: Option<&str>) -> Result<Profile, String> {
        Profile::choose(text, named, Path::new("/etc/interclear/config.toml"))
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
            })
        );
        assert_eq!(
            choose(FILE, Some("treasury")),
            Ok(Profile {
                url: some("wss://node.example:443"),
                key: some("//Alice"),
                operator: None,
            })
        );
        assert_eq!(choose("", None), Ok(Profile::default()));
    }

    #[test]
    fn a_configuration_should_be_refused_when_it_says_what_nobody_reads() {
        let missing = choose(FILE, Some("night")).unwrap_err();
        assert!(missing.contains("clearing, treasury"), "{missing}");
        assert!(choose("uri = \"x\"", None).unwrap_err().contains("uri"));
        assert!(choose("[profile.a]\nkez = \"x\"", None)
            .unwrap_err()
            .contains("kez"));
    }
}
