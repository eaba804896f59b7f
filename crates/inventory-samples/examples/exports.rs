//! Writes two carriers' exports, `buyer.csv` and `seller.csv`, into a folder: `exports SERVICES FOLDER`.

use interclear_inventory_samples::{csv, Parameters};
use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(services), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: exports SERVICES FOLDER".into());
    };
    let made = Parameters {
        services: services.parse()?,
        ..Parameters::default()
    }
    .make();
    for (name, rows) in [("buyer.csv", &made.buyer), ("seller.csv", &made.seller)] {
        fs::write(Path::new(&folder).join(name), csv(rows))?;
    }
    Ok(())
}
