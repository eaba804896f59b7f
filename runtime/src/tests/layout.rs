//! How state and calls are encoded, as text in `runtime/layout.txt`: what changes is seen in the commit that changes it, and the versions
//! by which others know of it rise with it. The rules are in `CONTRIBUTING.md`.
//!
//! Bounds of lists are not in the metadata, and so not in the text: one that falls takes a migration, too.

use super::{calls_of, metadata, preset};
use crate::{Executive, VERSION};
use frame_metadata::v14::{StorageEntryModifier, StorageEntryType};
use frame_support::{
    storage::{storage_prefix, unhashed},
    traits::STORAGE_VERSION_STORAGE_KEY_POSTFIX,
};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef};
use std::collections::{BTreeMap, BTreeSet};

/// Sections by their titles, and the lines of each.
type Layout = BTreeMap<String, BTreeSet<String>>;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/layout.txt");
const HEAD: &str = "# How state and calls are encoded. A test writes this and compares it; see \"Versions\" in CONTRIBUTING.md.\n";
const WRITE: &str =
    "SKIP_WASM_BUILD=1 cargo test --release -p interclear-runtime the_layout_should_be_the_committed_one";

const VERSIONS: &str = "versions";
const STORAGE_VERSIONS: &str = "storage versions";
const EXTENSIONS: &str = "transaction extensions";

/// Where a pallet keeps the version of its storage.
fn version_key(pallet: &str) -> [u8; 32] {
    storage_prefix(pallet.as_bytes(), STORAGE_VERSION_STORAGE_KEY_POSTFIX)
}

fn storage_version(pallet: &str) -> u16 {
    unhashed::get(&version_key(pallet)).unwrap_or_default()
}

/// A type as others refer to it.
fn name(types: &PortableRegistry, id: u32) -> String {
    let ty = types.resolve(id).expect("the metadata has all types");
    if !ty.path.is_empty() {
        let parameters: Vec<String> = ty
            .type_params
            .iter()
            .filter_map(|parameter| parameter.ty.as_ref().map(|ty| name(types, ty.id)))
            .collect();
        let path = ty.path.segments.join("::");
        return if parameters.is_empty() {
            path
        } else {
            format!("{path}<{}>", parameters.join(", "))
        };
    }
    match &ty.type_def {
        TypeDef::Composite(composite) => fields(types, &composite.fields),
        TypeDef::Variant(_) => "an enum without a name".into(),
        TypeDef::Sequence(sequence) => format!("[{}]", name(types, sequence.type_param.id)),
        TypeDef::Array(array) => format!("[{}; {}]", name(types, array.type_param.id), array.len),
        TypeDef::Tuple(tuple) => {
            let parts: Vec<String> = tuple.fields.iter().map(|field| name(types, field.id)).collect();
            format!("({})", parts.join(", "))
        }
        TypeDef::Primitive(primitive) => format!("{primitive:?}").to_lowercase(),
        TypeDef::Compact(compact) => format!("compact {}", name(types, compact.type_param.id)),
        TypeDef::BitSequence(bits) => format!("bits of {}", name(types, bits.bit_store_type.id)),
    }
}

fn fields(types: &PortableRegistry, fields: &[Field<PortableForm>]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|field| match &field.name {
            Some(known) => format!("{known}: {}", name(types, field.ty.id)),
            None => name(types, field.ty.id),
        })
        .collect();
    format!("({})", fields.join(", "))
}

/// Adds how a type and all that it consists of is encoded: a structure is one line, each variant of an enum is one, so that a new
/// variant changes none that is there.
fn define(types: &PortableRegistry, id: u32, seen: &mut BTreeSet<u32>, lines: &mut BTreeSet<String>) {
    if !seen.insert(id) {
        return;
    }
    let ty = types.resolve(id).expect("the metadata has all types");
    // Calls have sections of their own, and events do not outlive their block.
    if matches!(ty.path.ident().as_deref(), Some("RuntimeCall" | "RuntimeEvent")) {
        return;
    }
    // What Rust itself has, such as `Option`, is encoded as it always was.
    let told = !ty.path.namespace().is_empty();
    let own = name(types, id);
    let parts: Vec<u32> = match &ty.type_def {
        TypeDef::Composite(composite) => {
            if told {
                lines.insert(format!("type {own}{}", fields(types, &composite.fields)));
            }
            composite.fields.iter().map(|field| field.ty.id).collect()
        }
        TypeDef::Variant(variants) => {
            for variant in variants.variants.iter().filter(|_| told) {
                let (variant, index, of) = (&variant.name, variant.index, fields(types, &variant.fields));
                lines.insert(format!("type {own}::{variant} = {index}{of}"));
            }
            let of_all = variants.variants.iter().flat_map(|variant| &variant.fields);
            of_all.map(|field| field.ty.id).collect()
        }
        TypeDef::Sequence(sequence) => vec![sequence.type_param.id],
        TypeDef::Array(array) => vec![array.type_param.id],
        TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| field.id).collect(),
        TypeDef::Compact(compact) => vec![compact.type_param.id],
        TypeDef::BitSequence(bits) => vec![bits.bit_store_type.id, bits.bit_order_type.id],
        TypeDef::Primitive(_) => vec![],
    };
    for part in parts {
        define(types, part, seen, lines);
    }
}

/// The layout of this runtime.
fn layout() -> Layout {
    let metadata = metadata();
    let types = &metadata.types;
    let mut layout = Layout::new();
    layout.insert(
        VERSIONS.into(),
        BTreeSet::from([
            format!("spec_version {}", VERSION.spec_version),
            format!("transaction_version {}", VERSION.transaction_version),
        ]),
    );

    // A chain that begins has the versions of the code.
    let mut chain = preset("development");
    let mut versions = BTreeSet::new();
    for pallet in &metadata.pallets {
        if let Some(storage) = &pallet.storage {
            let (mut seen, mut lines) = (BTreeSet::new(), BTreeSet::new());
            for entry in &storage.entries {
                let (keys, value) = match &entry.ty {
                    StorageEntryType::Plain(value) => (String::new(), value),
                    StorageEntryType::Map { hashers, key, value } => {
                        define(types, key.id, &mut seen, &mut lines);
                        (format!("{hashers:?} {} -> ", name(types, key.id)), value)
                    }
                };
                define(types, value.id, &mut seen, &mut lines);
                let absent = match entry.modifier {
                    StorageEntryModifier::Optional => String::new(),
                    StorageEntryModifier::Default => format!(", else 0x{}", hex(&entry.default)),
                };
                let value = name(types, value.id);
                lines.insert(format!("item {}: {keys}{value}{absent}", entry.name));
            }
            layout.insert(format!("{} storage", pallet.name), lines);
            let version = chain.execute_with(|| storage_version(&pallet.name));
            versions.insert(format!("{} {version}", pallet.name));
        }
        if let Some(calls) = calls_of(types, pallet) {
            let (mut seen, mut lines) = (BTreeSet::new(), BTreeSet::new());
            for call in calls {
                let arguments = fields(types, &call.fields);
                lines.insert(format!(
                    "call {}.{} {}{arguments}",
                    pallet.index, call.index, call.name
                ));
                for field in &call.fields {
                    define(types, field.ty.id, &mut seen, &mut lines);
                }
            }
            layout.insert(format!("{} calls", pallet.name), lines);
        }
    }
    layout.insert(STORAGE_VERSIONS.into(), versions);

    let extensions = metadata.extrinsic.signed_extensions.iter().enumerate();
    let extensions = extensions.map(|(place, extension)| {
        let (own, signed) = (
            name(types, extension.ty.id),
            name(types, extension.additional_signed.id),
        );
        format!("{place:02} {}: {own}, signs {signed}", extension.identifier)
    });
    layout.insert(EXTENSIONS.into(), extensions.collect());
    layout
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn write(layout: &Layout) -> String {
    let mut text = HEAD.to_owned();
    for (title, lines) in layout {
        text.push_str(&format!("\n[{title}]\n"));
        for line in lines {
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

fn read(text: &str) -> Layout {
    let mut layout = Layout::new();
    let mut section = String::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(title) => {
                section = title.to_owned();
                layout.insert(section.clone(), BTreeSet::new());
            }
            None => {
                layout.entry(section.clone()).or_default().insert(line.to_owned());
            }
        }
    }
    layout
}

/// The numbers of a section of versions.
fn versions(layout: &Layout, section: &str) -> BTreeMap<String, u32> {
    let lines = layout.get(section).into_iter().flatten();
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(of, number)| Some((of.to_owned(), number.parse().ok()?)))
        .collect()
}

/// What differs, line by line.
fn difference(old: &Layout, new: &Layout) -> Vec<String> {
    let none = BTreeSet::new();
    let titles: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut lines = Vec::new();
    for title in titles {
        let (old, new) = (old.get(title).unwrap_or(&none), new.get(title).unwrap_or(&none));
        lines.extend(old.difference(new).map(|line| format!("- [{title}] {line}")));
        lines.extend(new.difference(old).map(|line| format!("+ [{title}] {line}")));
    }
    lines
}

/// Which versions must rise for a chain to go from one layout to the other. What is only added changes the meaning of nothing that a chain
/// keeps or a wallet has signed.
fn not_raised(old: &Layout, new: &Layout) -> Vec<String> {
    let rises = |section: &str, of: &str| {
        let [old, new] = [old, new].map(|layout| versions(layout, section).get(of).copied());
        new > old
    };
    let gone = |title: &str, lines: &BTreeSet<String>| {
        let kept = new.get(title);
        lines
            .iter()
            .any(|line| kept.is_none_or(|kept| !kept.contains(line)))
    };
    let mut not_raised = Vec::new();
    if old != new && !rises(VERSIONS, "spec_version") {
        not_raised.push("spec_version".to_owned());
    }
    let calls = old
        .iter()
        .any(|(title, lines)| title.ends_with(" calls") && gone(title, lines));
    let extensions = old.get(EXTENSIONS) != new.get(EXTENSIONS);
    if (calls || extensions) && !rises(VERSIONS, "transaction_version") {
        not_raised.push("transaction_version".to_owned());
    }
    for (title, lines) in old {
        if let Some(pallet) = title.strip_suffix(" storage") {
            if gone(title, lines) && !rises(STORAGE_VERSIONS, pallet) {
                not_raised.push(format!("STORAGE_VERSION of {pallet}"));
            }
        }
    }
    not_raised
}

/// Pallets that no migration of this runtime takes from the version there to its own.
fn not_migrated(old: &Layout) -> Vec<String> {
    preset("development").execute_with(|| {
        let mut raised = Vec::new();
        for (pallet, version) in versions(old, STORAGE_VERSIONS) {
            let target = storage_version(&pallet);
            let version = u16::try_from(version).expect("a version of storage has 16 bits");
            if target > version {
                unhashed::put(&version_key(&pallet), &version);
                raised.push((pallet, target));
            }
        }
        Executive::execute_on_runtime_upgrade();
        let stayed = raised
            .into_iter()
            .filter(|(pallet, target)| storage_version(pallet) != *target);
        stayed.map(|(pallet, _)| pallet).collect()
    })
}

#[test]
fn the_layout_should_be_the_committed_one() {
    let new = layout();
    let old = std::fs::read_to_string(FILE).ok().map(|text| read(&text));
    match (std::env::var("INTERCLEAR_WRITE_LAYOUT").ok().as_deref(), old) {
        (None, None) => panic!("{FILE} is missing. Write it: INTERCLEAR_WRITE_LAYOUT=anew {WRITE}"),
        (None, Some(old)) => assert!(
            old == new,
            "The layout has changed:\n{}\n\nIf no chain has to be kept, write it anew and commit it: INTERCLEAR_WRITE_LAYOUT=anew \
             {WRITE}\nIf one has, raise the versions, write the migration, and have both checked: INTERCLEAR_WRITE_LAYOUT=next {WRITE}",
            difference(&old, &new).join("\n")
        ),
        (Some("next"), Some(old)) => {
            let (versions, pallets) = (not_raised(&old, &new), not_migrated(&old));
            assert!(
                versions.is_empty() && pallets.is_empty(),
                "{}\n\nRaise first: {versions:?}. Write a migration (`VersionedMigration`) for: {pallets:?}. If nothing but names has \
                 changed, edit {FILE} by hand.",
                difference(&old, &new).join("\n")
            );
            std::fs::write(FILE, write(&new)).expect("the layout can be written");
        }
        (Some("anew"), _) => {
            assert!(
                env!("CARGO_PKG_VERSION").starts_with("0."),
                "from 1.0 on chains are kept: INTERCLEAR_WRITE_LAYOUT=next"
            );
            std::fs::write(FILE, write(&new)).expect("the layout can be written");
        }
        (Some(how), _) => panic!("INTERCLEAR_WRITE_LAYOUT is `anew`, or `next` where {FILE} is there, not {how:?}"),
    }
}

#[test]
fn the_layout_should_spell_items_calls_and_types() {
    let layout = layout();
    for (title, line) in [
        ("Timestamp storage", "item Now: u64, else 0x0000000000000000"),
        ("System storage", "type primitive_types::H256([u8; 32])"),
        (
            "Upgrades calls",
            "call 26.0 authorize(code_hash: primitive_types::H256)",
        ),
        (
            "Assets calls",
            "type sp_runtime::multiaddress::MultiAddress<sp_core::crypto::AccountId32, ()>::Id = 0(sp_core::crypto::AccountId32)",
        ),
        (STORAGE_VERSIONS, "Netting 1"),
    ] {
        let lines = &layout[title];
        assert!(lines.contains(line), "{line}: {lines:#?}");
    }
    let hash = format!(
        "item BlockHash: [Twox64Concat] u32 -> primitive_types::H256, else 0x{}",
        "00".repeat(32)
    );
    assert!(layout["System storage"].contains(&hash), "{hash}");
    assert_eq!(read(&write(&layout)), layout);
}

/// A layout by hand: of one pallet with an item, an enum in it, and a call.
const BEFORE: &str = "
[Book calls]
call 9.0 write(page: u32)
[Book storage]
item Pages: [Twox64Concat] u32 -> book::Page
type book::Page::Blank = 0()
[storage versions]
Book 1
[transaction extensions]
00 CheckNonce: compact u32, signs ()
[versions]
spec_version 7
transaction_version 1
";

#[test]
fn versions_should_have_to_rise_when_what_is_there_changes() {
    let before = read(BEFORE);
    let missing = |changes: &[(&str, &str)]| {
        let mut after = BEFORE.to_owned();
        for (old, new) in changes {
            assert!(after.contains(old), "{old}");
            after = after.replace(old, new);
        }
        not_raised(&before, &read(&after))
    };
    assert!(missing(&[]).is_empty());
    // What is kept is read otherwise.
    let item = ("u32 -> book::Page", "u64 -> book::Page");
    assert_eq!(missing(&[item]), ["spec_version", "STORAGE_VERSION of Book"]);
    let (spec, book) = (("spec_version 7", "spec_version 8"), ("Book 1", "Book 2"));
    assert_eq!(missing(&[item, spec]), ["STORAGE_VERSION of Book"]);
    assert!(missing(&[item, spec, book]).is_empty());
    assert_eq!(
        missing(&[item, spec, ("Book 1", "Book 0")]),
        ["STORAGE_VERSION of Book"]
    );
    assert_eq!(
        missing(&[("Blank = 0", "Blank = 1"), spec]),
        ["STORAGE_VERSION of Book"]
    );
    // What has been signed means something else.
    let call = ("write(page: u32)", "write(page: u64)");
    assert_eq!(missing(&[call, spec]), ["transaction_version"]);
    assert_eq!(
        missing(&[("signs ()", "signs u32"), spec]),
        ["transaction_version"]
    );
    let transaction = ("transaction_version 1", "transaction_version 2");
    assert!(missing(&[call, spec, transaction]).is_empty());
    // What is only added takes a new `spec_version` and nothing else.
    let variant = ("Blank = 0()", "Blank = 0()\ntype book::Page::Torn = 1()");
    let added = ("write(page: u32)", "write(page: u32)\ncall 9.1 tear(page: u32)");
    assert_eq!(missing(&[variant, added]), ["spec_version"]);
    assert!(missing(&[variant, added, spec]).is_empty());
}

#[test]
fn a_pallet_should_be_named_when_its_version_rose_without_a_migration() {
    let from = |version: &str| not_migrated(&read(&format!("[storage versions]\nNetting {version}\n")));
    assert_eq!(from("0"), ["Netting"]);
    assert!(from("1").is_empty());
}

#[test]
fn the_difference_should_name_section_and_line_when_a_line_changes() {
    let after = read(&BEFORE.replace("page: u32", "page: u64"));
    assert_eq!(
        difference(&read(BEFORE), &after),
        [
            "- [Book calls] call 9.0 write(page: u32)",
            "+ [Book calls] call 9.0 write(page: u64)"
        ]
    );
}
