//! Versions are declared once, what is declared is used, and pallets stand alone.

use interclear_tidy::{assert_none, files, members, Manifest};
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

/// What is named only by what attributes of ours and of FRAME expand to.
const USED_UNSEEN: [&str; 3] = ["codec", "scale-info", "serde"];

fn workspace_dependencies() -> BTreeMap<String, Value> {
    let workspace = Manifest::of_workspace();
    let table = workspace
        .get(&["workspace", "dependencies"])
        .and_then(Value::as_table);
    table
        .expect("the workspace declares dependencies")
        .clone()
        .into_iter()
        .collect()
}

#[test]
fn version_should_come_from_the_workspace() {
    let mut breaches = Vec::new();
    for member in members() {
        for (name, value) in member.dependencies() {
            if value.get("workspace") != Some(&Value::Boolean(true)) {
                breaches.push(format!("{}: {name}", member.path));
            }
        }
    }
    // The fuzz targets are a workspace of their own, because they are built with other compiler options.
    breaches.retain(|breach| !breach.starts_with("fuzz/"));
    assert_none("a crate takes its dependencies from the workspace", breaches);
}

#[test]
fn workspace_dependency_should_be_used_and_declared_once() {
    let declared = workspace_dependencies();
    let used: BTreeSet<String> = members()
        .iter()
        .flat_map(|member| member.dependencies())
        .map(|(name, _)| name)
        .collect();
    let mut breaches: Vec<String> = declared
        .keys()
        .filter(|name| !used.contains(*name))
        .map(|name| format!("{name} is used by no crate"))
        .collect();
    let mut packages = BTreeMap::<&str, Vec<&str>>::new();
    for (name, value) in &declared {
        let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
        packages.entry(package).or_default().push(name);
    }
    let twice = packages.into_iter().filter(|(_, names)| names.len() > 1);
    breaches
        .extend(twice.map(|(package, names)| format!("{package} is declared as {}", names.join(" and "))));
    assert_none("what the workspace declares is used, and declared once", breaches);
}

#[test]
fn dependency_should_be_named_in_the_code_of_its_crate() {
    let mut breaches = Vec::new();
    for member in members() {
        let mut words = BTreeSet::new();
        for source in files(&member.folder, ".rs") {
            let all = source.text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.extend(all.map(str::to_owned));
        }
        for (name, _) in member.dependencies() {
            if !USED_UNSEEN.contains(&name.as_str()) && !words.contains(&name.replace('-', "_")) {
                breaches.push(format!("{}: {name}", member.path));
            }
        }
    }
    assert_none("a crate names in its code what it depends on", breaches);
}

#[test]
fn pallet_should_depend_on_no_other_pallet_of_ours() {
    let members = members();
    let ours: BTreeSet<&str> = members
        .iter()
        .filter(|member| member.folder.starts_with("pallets/"))
        .map(|member| member.name())
        .collect();
    assert!(!ours.is_empty(), "there are pallets");
    let mut breaches = Vec::new();
    for pallet in members.iter().filter(|member| ours.contains(member.name())) {
        let others = pallet
            .dependencies()
            .into_iter()
            .filter(|(name, _)| ours.contains(name.as_str()));
        breaches.extend(others.map(|(name, _)| format!("{}: {name}", pallet.path)));
    }
    assert_none(
        "pallets meet through the traits of crates/ports only, in tests too",
        breaches,
    );
}

#[test]
fn crate_should_be_under_the_lints_of_the_workspace() {
    let breaches = members()
        .iter()
        .filter(|member| !member.folder.starts_with("fuzz"))
        .filter(|member| member.get(&["lints", "workspace"]) != Some(&Value::Boolean(true)))
        .map(|member| member.path.clone())
        .collect();
    assert_none("every crate has `[lints] workspace = true`", breaches);
}
