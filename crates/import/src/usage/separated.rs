//! Text with separated cells (RFC 4180): cells may be quoted, and then hold separators, line ends and doubled quotes.

/// A row and the line of the file on which it begins, counted from 1.
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

/// Reads all rows, the first of which stands on the line `first`.
///
/// # Errors
/// A quoted cell does not end, or something stands between its end and the next separator; with the line.
pub(crate) fn read(text: &str, separator: char, first: u64) -> Result<Vec<Record>, (u64, &'static str)> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut line = first;
    while !rest.is_empty() {
        let begins = line;
        let mut cells = Vec::with_capacity(8);
        loop {
            let cell;
            if let Some(quoted) = rest.strip_prefix('"') {
                (cell, rest) = unquoted(quoted).ok_or((begins, "a quoted cell does not end"))?;
                line = line.saturating_add(cell.matches('\n').count().try_into().unwrap_or(0));
            } else {
                let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
                let (plain, after) = rest.split_at(end);
                (cell, rest) = (plain.to_owned(), after);
            }
            cells.push(cell);
            match rest.strip_prefix(separator) {
                Some(next) => rest = next,
                None => break,
            }
        }
        let ended = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix(['\n', '\r']))
            .or_else(|| rest.is_empty().then_some(rest));
        rest = ended.ok_or((line, "there is text after a quoted cell"))?;
        line = line.saturating_add(1);
        records.push(Record { line: begins, cells });
    }
    Ok(records)
}

/// A quoted cell from behind its first quote, and what comes after its last.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => return Some((cell, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        let records = read(text, ',', 1).unwrap();
        records
            .into_iter()
            .map(|record| (record.line, record.cells))
            .collect()
    }

    #[test]
    fn cell_should_be_read_when_it_is_quoted_as_spreadsheets_do() {
        assert_eq!(cells(""), []);
        assert_eq!(
            cells("a,b\r\n\"c,\"\"d\"\"\ne\",f\n,\n"),
            [
                (1, vec!["a".into(), "b".into()]),
                (2, vec!["c,\"d\"\ne".into(), "f".into()]),
                (4, vec![String::new(), String::new()]),
            ]
        );
        assert_eq!(cells("a,b")[0].1, ["a", "b"], "the last line may lack its end");
    }

    #[test]
    fn table_should_be_refused_when_its_quotes_do_not_match() {
        assert_eq!(
            read("a\n\"b,c\n", ',', 1).err(),
            Some((2, "a quoted cell does not end"))
        );
        assert_eq!(
            read("\"a\"b,c\n", ',', 1).err(),
            Some((1, "there is text after a quoted cell"))
        );
    }
}
