//! The seeds of the fuzz targets, through both of them.

#[path = "../../../fuzz/import.rs"]
mod import;

#[test]
fn every_seed_should_keep_every_promise() {
    let folder = std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds"));
    let mut count = 0;
    for target in ["table", "contract"] {
        for entry in std::fs::read_dir(folder.join(target)).unwrap() {
            let path = entry.unwrap().path();
            let octets = std::fs::read(&path).unwrap();
            println!("{}", path.display());
            assert!(octets.len() <= 16 << 10, "seeds are small");
            import::table(&octets);
            import::contract(&octets);
            count += 1;
        }
    }
    assert!(count >= 16, "{count} seeds");
}
