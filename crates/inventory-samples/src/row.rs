//! A row of an inventory, as its side writes it.

use interclear_matching::normalise::Written;

macro_rules! row {
    ($($field:ident),*) => {
        /// A row of an inventory: text, empty where there is none. The columns are those of
        /// [`Written`](interclear_matching::normalise::Written).
        #[derive(Clone, PartialEq, Eq, Default, Debug)]
        #[allow(missing_docs, reason = "each is the text of the column of its name")]
        pub struct Row {
            $(pub $field: String,)*
        }

        impl Row {
            /// Names of the columns.
            pub const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// As it is normalised from.
            pub fn written(&self) -> Written<'_> {
                Written { $($field: &self.$field,)* ..Written::default() }
            }

            /// The cells, in the order of the columns.
            pub fn cells(&self) -> Vec<&str> {
                vec![$(&self.$field),*]
            }
        }
    };
}

row!(
    buyer_id, seller_id, order, a_country, a_site, z_country, z_site, product, account, bandwidth, recurring,
    one_off, currency, start, end, since, term, status
);

/// An export with these rows, a comma between cells and nothing around them.
pub fn csv(rows: &[Row]) -> String {
    let mut text = Row::COLUMNS.join(",");
    for row in rows {
        text.push('\n');
        text.push_str(&row.cells().join(","));
    }
    text + "\n"
}
