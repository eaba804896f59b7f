//! What one operator can leave in the state in a year, by the real bounds of all entries: the table in `docs/fairness.md`.

use crate::{AllPalletsWithSystem, Runtime};
use frame_support::traits::{Get, StorageInfoTrait};
use std::collections::{BTreeMap, BTreeSet};

/// Octets of each entry at most, with its key; `None` where there is no bound.
fn sizes() -> BTreeMap<String, Option<u64>> {
    /// Of the pallet's and the item's name.
    const PREFIX: u64 = 32;
    let infos = AllPalletsWithSystem::storage_info();
    let maps = infos.into_iter().filter(|info| info.max_values.is_none());
    maps.map(|info| {
        let [pallet, item] =
            [info.pallet_name, info.storage_name].map(|name| String::from_utf8_lossy(&name).into_owned());
        (
            format!("{pallet}.{item}"),
            info.max_size.map(|size| PREFIX + u64::from(size)),
        )
    })
    .collect()
}

/// Items of which nobody but two thirds of the council makes an entry, or of which an operator or payer has one, whatever it
/// does.
const DECIDED: &[&str] = &[
    "Operators.Operators",
    "Operators.TadigOwner",
    "Operators.Desks",
    "Operators.DesksOf",
    "Operators.AdminDesks",
    "Operators.DesksAdded",
    "Operators.QuotaUsage",
    "Anchoring.EntriesOf",
    "Tariffs.Regions",
    "Tariffs.Tariffs",
    "Tariffs.Caps",
    "Validators.Registered",
    "Validators.FirstSlots",
    "Validators.History",
    "Validators.OffencesOf",
    "Validators.Former",
    "Validators.KeysSetIn",
    "Validators.OwnerOfPeer",
    "Validators.PeersOf",
    "Netting.Tokens",
    "Netting.TokenOf",
    "Netting.Decimals",
    "Netting.GeneralCaps",
    "Issuance.Attestations",
    "Channels.Keyrings",
    "Channels.Suites",
    "Issuance.BurntLately",
    "Switches.Pauses",
    "Switches.NettingPaused",
];

/// Operators in all, and months of a year.
const OPERATORS: u64 = 800;
const MONTHS: u64 = 12;
/// Pairs of a network of the operator and one of its accomplice, each with as many as an operator has, in both directions. Each is in
/// at most one group of one agreement in a month.
const PAIRS: u64 = 2 * 64 * 64;
/// Groups of both directions of an agreement: each has a share of what is bounded for all.
const GROUPS: u64 = 2 * 8;
/// Lines of an agreement.
const LINES: u64 = interclear_primitives::agreement::MAX_AGREEMENT_LINES as u64;
/// Currencies with tokens, and cycles that are kept of each.
const CURRENCIES: u64 = 10;

/// An item, how many entries of it there are, and for one of how many groups each is, of those that its bound is for.
type Entries = (&'static str, u64, u64);

/// What an operator can do, and the entries of it that are there after a year.
fn rows() -> Vec<(&'static str, Vec<Entries>)> {
    let entry = |item, count| (item, count, 1);
    let of_group = |item, count| (item, count, GROUPS);
    let files: u64 = 365
        * u64::from(<<Runtime as pallet_anchoring::Config>::MaxEntriesPerDay as Get<
            u32,
        >>::get());
    let proposals = (OPERATORS - 1)
        * u64::from(<<Runtime as pallet_agreements::Config>::MaxProposals as Get<
            u32,
        >>::get());
    let routes = u64::from(<<Runtime as pallet_agreements::Config>::MaxRouteEntries as Get<
        u32,
    >>::get());
    let cycles = CURRENCIES * u64::from(<<Runtime as pallet_netting::Config>::MaxCycles as Get<u32>>::get());
    // Versions that are over may be as many as there are months, those that are not as many as a pair routes.
    let versions = PAIRS * (routes + MONTHS);
    let months = PAIRS * MONTHS;
    // An agreement with as many lines as there can be has as many groups; each pair has its share of both.
    let lines = months * LINES / GROUPS;
    let records = u64::from(<<Runtime as pallet_inventory::Config>::MaxRecords as Get<u32>>::get());
    let debts = 2 * months + cycles;
    vec![
        (
            "desks, each new one with an account of its own",
            ["System.Account", "Operators.Retired", "Operators.Consented"]
                .map(|item| entry(item, 64 * 365))
                .to_vec(),
        ),
        (
            "sealing keys, and channels with all others",
            vec![
                entry("Channels.PublicKeys", 16),
                entry("Channels.Taken", 365),
                entry("Channels.Channels", OPERATORS - 1),
                entry("Channels.Partners", 2 * (OPERATORS - 1)),
                // Those that are kept, and an offer of each side.
                entry("Channels.Epochs", (32 + 2) * (OPERATORS - 1)),
            ],
        ),
        (
            "proposals that nobody signs",
            vec![
                entry("Agreements.Agreements", proposals),
                entry("Agreements.TermsOf", proposals),
                entry("Agreements.Outlines", proposals),
                entry("Agreements.AgreementsOf", 2 * proposals),
                entry("Agreements.Deadlines", proposals),
                entry("Agreements.Proposals", OPERATORS - 1),
            ],
        ),
        (
            "agreements with an accomplice",
            vec![
                entry("Agreements.Agreements", months),
                of_group("Agreements.TermsOf", versions),
                entry("Agreements.Outlines", versions),
                entry("Agreements.AgreementsOf", 2 * months),
                entry("Agreements.Routes", PAIRS),
                // An offer in each hour of the month in which it can be signed.
                entry("Agreements.Deadlines", PAIRS * 30 * 24),
            ],
        ),
        (
            "files, or records that are proven, of months that are never closed",
            vec![
                // An NRTRDE file or a proof, with its book, is shorter.
                entry("Anchoring.Batches", files),
                // Pages of up to 128, of which the last one of a day may be shorter.
                ("Anchoring.EvictionQueue", files, 100),
                ("Anchoring.EvictionPages", files, 100),
            ],
        ),
        (
            "series and months of these",
            vec![
                entry("Anchoring.Sequences", 4 * PAIRS),
                entry("Anchoring.TestFiles", 2 * PAIRS),
                entry("Anchoring.NrtrdeMonthsOf", PAIRS),
                entry("Anchoring.Periods", months),
                entry("Anchoring.LastClosed", months),
                entry("Anchoring.SentAgainUntil", 2 * months),
                // Usage of the month and late usage of six, that counts or not yet.
                entry("Anchoring.Totals", months * 14),
            ],
        ),
        (
            "usage reports",
            ["Reports.Reports", "Reports.EvictionQueue"]
                .map(|item| entry(item, 2 * months))
                .to_vec(),
        ),
        (
            "statements, and what windows and spans come to",
            vec![
                of_group("Statements.Statements", months),
                of_group("Statements.Accounts", months),
                of_group("Statements.EndedWindows", months),
                entry("Statements.LastClosed", months),
                entry("Statements.CloseRequests", months),
                entry("Statements.Unaffirmed", months),
                entry("Statements.Expiry", months),
                entry("Statements.Undecided", months),
                entry("Statements.Carried", PAIRS),
                entry("Statements.TakenOver", months),
                entry("Statements.Notes", debts),
                of_group("Statements.LateLines", months),
            ],
        ),
        (
            "disputes of every line, by both sides",
            vec![
                entry("Disputes.Disputes", 2 * lines),
                entry("Disputes.OnLine", lines),
                entry("Disputes.Open", 2 * lines),
                entry("Disputes.OpenFor", 4 * lines),
                entry("Disputes.SmallDifferences", 2 * lines),
                entry("Disputes.Expiry", 2 * lines),
                entry("Statements.Decisions", 2 * lines),
            ],
        ),
        (
            "an inventory with an accomplice, both sides full",
            vec![
                entry("Inventory.Records", 2 * records),
                entry("Inventory.Groups", 2 * records),
                entry("Inventory.Proposals", OPERATORS - 1),
                entry("Inventory.OpenProposals", 1),
                entry("Inventory.States", 1),
                entry("Inventory.RelationsOf", 2 * OPERATORS),
                entry("Inventory.Sizes", 2),
                entry("Inventory.Rematching", 1),
                entry("Inventory.BillingOf", 1),
                // Others in each month; each is kept for the months that can still be corrected.
                entry("Inventory.AgreedServices", 5 * records),
                entry("Inventory.Bought", 5 * records),
                entry("Inventory.Newcomers", records),
                entry("Inventory.StatedMonths", 32),
                entry("Inventory.LastBilled", 1),
                entry("Inventory.Runs", 1),
                entry("Inventory.Bills", 8 * 25),
            ],
        ),
        (
            "debts, and the cycles that take them in",
            vec![
                // Those of statements, the late interest of each, and one that each cycle carries forward.
                entry("Netting.Obligations", debts),
                entry("Netting.ObligationsOf", 2 * debts),
                entry("Netting.ObligationsIn", debts),
                entry("Netting.Due", 2 * debts),
                entry("Netting.Mutuals", 2 * debts),
                entry("Netting.Charges", months),
                entry("Netting.PaidOutside", debts),
                entry("Netting.Balances", 2 * CURRENCIES),
                entry("Netting.Cycles", cycles),
                entry("Netting.TakenIn", cycles),
                entry("Netting.Stages", cycles),
                entry("Netting.Shares", OPERATORS * CURRENCIES),
                entry("Netting.Positions", 2 * cycles),
                entry("Netting.FundedFrom", 2 * cycles),
                entry("Netting.Exclusions", 2 * cycles),
                entry("Netting.Expiry", cycles),
                entry("Netting.Unfinished", CURRENCIES),
                entry("Netting.FirstDay", CURRENCIES),
                entry("Netting.LastCut", CURRENCIES),
                entry("Netting.Standings", CURRENCIES),
                entry("Netting.Outages", CURRENCIES),
                entry("Netting.Cuts", CURRENCIES),
                entry("Netting.Totals", 2 * CURRENCIES),
                entry("Netting.Pairs", 2 * OPERATORS * CURRENCIES),
                entry("Netting.OwedGross", 2 * OPERATORS * CURRENCIES),
                entry("Netting.Paid", cycles),
                entry("Netting.LastDay", CURRENCIES),
                entry("Netting.ExposureCaps", OPERATORS * CURRENCIES),
                entry("Netting.Exceeded", OPERATORS * CURRENCIES),
                entry("Netting.Named", 2 * OPERATORS * CURRENCIES),
            ],
        ),
        (
            "tokens that it tenders and cannot pay with, day by day from other desks",
            // Of a day and of the one before, which idle time removes.
            vec![entry("Netting.Tendered", 2 * 64 * CURRENCIES + 2 * months)],
        ),
        (
            "exchange rates, as a feeder of as many currencies as there can be",
            [
                "Tariffs.Submissions",
                "Tariffs.Proposed",
                "Tariffs.Rates",
                "Tariffs.NewestRate",
            ]
            .map(|item| entry(item, 64 * (MONTHS + 1)))
            .to_vec(),
        ),
        (
            "escrows, and standing offers",
            vec![
                entry("Escrow.Escrows", 2 * months),
                entry("Escrow.Months", 2 * months),
                entry("Escrow.Unpaid", debts),
                entry(
                    "Escrow.Offers",
                    u64::from(<<Runtime as pallet_escrow::Config>::MaxOffers as Get<u8>>::get()),
                ),
            ],
        ),
        (
            "tokens on its desks, and on hold",
            vec![
                entry("Assets.Account", 64 * CURRENCIES),
                entry("AssetsHolder.Holds", 64 * CURRENCIES),
                entry("AssetsHolder.BalancesOnHold", 64 * CURRENCIES),
                entry("Issuance.Redemptions", 16 * CURRENCIES),
                entry("Issuance.Open", CURRENCIES),
                entry("Issuance.Freezes", 64 * CURRENCIES),
            ],
        ),
    ]
}

#[test]
fn what_an_operator_leaves_in_a_year_should_be_what_the_documentation_says() {
    let operators = <<Runtime as pallet_operators::Config>::MaxOperators as Get<u32>>::get();
    assert_eq!(u64::from(operators), OPERATORS, "as many as there may be");
    let sizes = sizes();
    let size = |item: &str| sizes[item].unwrap_or_else(|| panic!("{item} has no bound"));
    let megabytes: Vec<_> = rows()
        .into_iter()
        .map(|(what, entries)| {
            let octets: u64 = entries
                .iter()
                .map(|(item, count, share)| size(item) * count / share)
                .sum();
            (what, octets.div_ceil(1_000_000))
        })
        .collect();
    let expected = [
        8, 9, 1_203, 12_112, 178_625, 2_275, 831, 3_402, 10_598, 3_931, 208, 23, 1, 72, 1,
    ];
    let found: Vec<u64> = megabytes.iter().map(|(_, megabytes)| *megabytes).collect();
    assert_eq!(found, expected, "{megabytes:#?}");
    let page = include_str!("../../../docs/fairness.md");
    for (what, megabytes) in megabytes {
        let line = page.lines().find(|line| line.starts_with(&format!("| {what} |")));
        let line = line.unwrap_or_else(|| panic!("{what} is missing in docs/fairness.md"));
        let mut digits = megabytes.to_string();
        if digits.len() > 3 {
            digits.insert(digits.len() - 3, ',');
        }
        assert!(line.ends_with(&format!("| {digits} MB |")), "{line}: {digits}");
    }
}

#[test]
fn every_entry_should_have_a_bound_and_a_place_in_the_calculation_when_a_pallet_is_ours() {
    const OURS: [&str; 13] = [
        "Operators",
        "Channels",
        "Agreements",
        "Anchoring",
        "Statements",
        "Tariffs",
        "Netting",
        "Issuance",
        "Disputes",
        "Inventory",
        "Validators",
        "Reports",
        "Escrow",
    ];
    let mut known: BTreeSet<&str> = DECIDED.iter().copied().collect();
    known.extend(
        rows()
            .iter()
            .flat_map(|(_, entries)| entries.iter().map(|(item, ..)| *item)),
    );
    // What stands for others that are shorter.
    known.extend([
        "Anchoring.NrtrdeFiles",
        "Anchoring.Proofs",
        "Anchoring.ProofBooks",
        "Escrow.OwedBefore",
        "Inventory.BlindRecords",
    ]);
    let sizes = sizes();
    // A relation has records of one form. Those of tags are longer than others, but nothing is agreed of them and billed.
    let size = |item: &str| sizes[item].unwrap_or_default();
    let agreed = size("Inventory.AgreedServices") + size("Inventory.Bought");
    assert!(size("Inventory.BlindRecords") < size("Inventory.Records") + agreed);
    // There until there is an escrow, or nothing of it is kept any more.
    assert!(sizes["Escrow.OwedBefore"] < sizes["Escrow.Escrows"]);
    let longest = sizes["Anchoring.Batches"];
    assert!(sizes["Anchoring.NrtrdeFiles"] < longest);
    assert!(
        sizes["Anchoring.Proofs"]
            .zip(sizes["Anchoring.ProofBooks"])
            .map(|(a, b)| a + b)
            < longest
    );
    for (item, size) in &sizes {
        let (pallet, _) = item.split_once('.').expect("a pallet and an item");
        if OURS.contains(&pallet) {
            assert!(size.is_some(), "{item} has no bound");
            assert!(
                known.contains(item.as_str()),
                "who can make entries of {item}, and how many?"
            );
        }
    }
}
