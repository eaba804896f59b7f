//! Tables for people who read a demonstration or a measurement.

use comfy_table::{presets::UTF8_HORIZONTAL_ONLY, CellAlignment, ContentArrangement, Table};

/// A table with a head and rows; the columns at the places in `numbers` are aligned to the right.
pub fn table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(head)
        .add_rows(rows);
    for place in numbers {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}
