//! Workbooks as people keep them.

use crate::support::{book, faults, sheet, Sheet, HEAD, HOME, VISITED};
use interclear_import::Usage;
use interclear_primitives::period::Period;

fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn head() -> String {
    format!("<row>{}</row>", HEAD.map(text).concat())
}

/// A row whose month, usage and charge are cells of XML.
fn row(month: &str, usage: &str, charge: &str) -> String {
    let networks = [HOME, VISITED, "GPRS"].map(text).concat();
    format!(
        "<row>{month}{networks}{usage}{}{charge}{}</row>",
        text("MB"),
        text("inbound")
    )
}

const MONTH: &str = "<c><v>202601</v></c>";
const ONE: &str = "<c><v>1</v></c>";
const TWO: &str = "<c><v>2.5</v></c>";
/// Formats: general, a date, a percentage.
const FORMATS: &str = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/>";

fn read(rows: &str) -> Result<Usage, interclear_import::Faults> {
    Usage::read(&sheet(&format!("{}{rows}", head()), FORMATS))
}

#[test]
fn a_workbook_should_be_refused_when_it_says_that_it_has_more_texts_than_it_can_hold() {
    let rows = head() + &row(MONTH, ONE, ONE);
    for count in ["4294967295", "1099511627776", "99999999999999999999999"] {
        for (name, before) in [
            ("xl/sharedStrings.xml", ""),
            ("xl/SharedStrings.XML", ""),
            ("xl/sharedStrings.xml", "<worksheet/>"),
        ] {
            let small = std::io::Cursor::new(sheet(&rows, FORMATS));
            let mut archive = zip::ZipWriter::new_append(small).unwrap();
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(name, options).unwrap();
            let texts = format!(
                "{before}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1\" \
                 uniqueCount=\"{count}\"><si><t>a</t></si></sst>"
            );
            std::io::Write::write_all(&mut archive, texts.as_bytes()).unwrap();
            let octets = archive.finish().unwrap().into_inner();
            let told = faults(Usage::read(&octets));
            assert_eq!(
                told,
                [format!(
                    "file: `{name}` says that it has more texts than it can hold"
                )]
            );
        }
    }
}

#[test]
fn a_number_should_be_refused_by_its_cell_when_a_workbook_does_not_keep_it_exactly() {
    let told = faults(read(&row(MONTH, "<c><v>9007199254740993</v></c>", ONE)));
    assert_eq!(
        told,
        ["row 2, column Usage: cell E2 is larger than a workbook keeps exactly: write text"]
    );
    assert!(read(&row(MONTH, "<c><v>9007199254740991</v></c>", ONE)).is_ok());
}

#[test]
fn a_month_should_be_taken_with_a_warning_when_it_is_the_day_of_a_spreadsheet() {
    for month in [
        "<c><v>46023</v></c>",
        "<c s=\"1\"><v>46023</v></c>",
        "<c s=\"1\"><v>46023.75</v></c>",
    ] {
        let read = read(&(row(month, ONE, ONE) + &row(month, ONE, "<c><v>2</v></c>"))).unwrap();
        assert_eq!(read.rows[1].period, Period(202_601));
        let warnings: Vec<String> = read.warnings.list.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            ["row 2, column Year_Month: `46023` is a day of a spreadsheet, taken as the month 2026-01"]
        );
    }
    for (month, words) in [
        ("<c s=\"1\"><v>202601</v></c>", "`202601` is no"),
        ("<c><v>1</v></c>", "`1` is not a calendar month"),
    ] {
        let read = read(&row(month, ONE, ONE));
        match month.contains("s=") {
            // As a date it is far in the future; as a month it is one.
            true => assert!(
                read.is_ok_and(|usage| usage.rows[0].period == Period(202_601)),
                "{words}"
            ),
            false => assert!(faults(read)[0].contains(words)),
        }
    }
}

#[test]
fn days_should_be_counted_from_1904_when_the_workbook_does() {
    let rows = head() + &row("<c s=\"1\"><v>44561</v></c>", ONE, ONE) + &row("<c><v>44561</v></c>", ONE, ONE);
    let file = book(
        &[Sheet {
            rows: &rows,
            ..Sheet::default()
        }],
        "<workbookPr date1904=\"1\"/>",
        FORMATS,
    );
    let read = Usage::read(&file).unwrap();
    assert_eq!([read.rows[0].period, read.rows[1].period], [Period(202_601); 2]);
}

#[test]
fn a_cell_should_be_refused_by_its_name_when_it_holds_no_amount() {
    for (usage, words) in [
        (
            "<c s=\"1\"><v>46023</v></c>",
            "cell E2 is a date of the spreadsheet: write text",
        ),
        (
            "<c s=\"2\"><v>0.5</v></c>",
            "cell E2 is a percentage, where an amount should be",
        ),
        ("<c t=\"b\"><v>1</v></c>", "cell E2 is a truth value"),
        (
            "<c t=\"e\"><v>#REF!</v></c>",
            "cell E2 is an error of the spreadsheet: #REF!",
        ),
        (
            "<c><f>A1</f></c>",
            "cell E2 is a formula without a stored result: let a spreadsheet calculate and save it",
        ),
        (
            "<c><f>A1</f><v/></c>",
            "cell E2 is a formula without a stored result: let a spreadsheet calculate and save it",
        ),
        (
            "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>",
            "cell E2 is an error of the spreadsheet: #DIV/0!",
        ),
        ("<c/>", "is missing"),
        ("<c t=\"inlineStr\"><is><t> </t></is></c>", "is missing"),
        ("<c><v>-3</v></c>", "`-3` is negative"),
        (
            "<c t=\"inlineStr\"><is><t>19 %</t></is></c>",
            "`19 %` is a percentage, where an amount should be",
        ),
        (
            "<c t=\"inlineStr\"><is><t>4.000</t></is></c>",
            "`4.000` may be 4.000 or 4000: name the decimal mark (`--decimal ,` or `--decimal .`)",
        ),
    ] {
        assert_eq!(
            faults(read(&row(MONTH, usage, ONE))),
            [format!("row 2, column Usage: {words}")]
        );
    }
    let date = row(MONTH, ONE, ONE).replace(&text(HOME), "<c s=\"1\"><v>46023</v></c>");
    assert_eq!(
        faults(read(&date)),
        ["row 2, column HPMN: cell B2 is a date of the spreadsheet: write text"]
    );
}

#[test]
fn the_result_of_a_formula_should_be_taken_when_nothing_says_that_it_is_stale() {
    let formula = "<c><f>5/2</f><v>2.5</v></c>";
    let rows = head() + &row(MONTH, formula, ONE);
    let of = |properties: &str| {
        Usage::read(&book(
            &[Sheet {
                rows: &rows,
                ..Sheet::default()
            }],
            properties,
            FORMATS,
        ))
    };
    for sound in [
        "",
        "<calcPr calcId=\"1\"/>",
        "<calcPr fullCalcOnLoad=\"0\" calcMode=\"manual\"/>",
    ] {
        assert_eq!(
            of(sound).unwrap().rows[0].quantity,
            "2.5".parse().unwrap(),
            "{sound}"
        );
    }
    for stale in [
        "fullCalcOnLoad=\"true\"",
        "calcCompleted=\"0\"",
        "calcMode=\"manual\" calcOnSave=\"0\"",
    ] {
        let told = faults(of(&format!("<calcPr {stale}/>")));
        assert!(
            told[0].starts_with("row 2, column Usage: cell E2 is a formula whose stored result"),
            "{told:?}"
        );
    }
    // What is not a formula is no older than the file.
    let plain = head() + &row(MONTH, TWO, ONE);
    let file = book(
        &[Sheet {
            rows: &plain,
            ..Sheet::default()
        }],
        "<calcPr fullCalcOnLoad=\"1\"/>",
        FORMATS,
    );
    assert_eq!(Usage::read(&file).unwrap().rows.len(), 1);
}

#[test]
fn only_the_one_visible_table_should_be_read() {
    let (one, two) = (head() + &row(MONTH, ONE, ONE), head() + &row(MONTH, TWO, ONE));
    let notes = format!("<row>{}</row>", text("Notes"));
    let sheet = |name, rows, state| Sheet {
        name,
        rows,
        state,
        after: "",
    };
    let read = |sheets: &[Sheet<'_>]| Usage::read(&book(sheets, "", FORMATS));
    for state in ["hidden", "veryHidden"] {
        let usage = read(&[
            sheet("Old", &one, state),
            sheet("Notes", &notes, ""),
            sheet("New", &two, ""),
        ])
        .unwrap();
        assert_eq!(usage.rows[0].quantity, "2.5".parse().unwrap());
        assert_eq!(
            usage.warnings.to_string(),
            "sheet Old: is hidden: its usage table is not read"
        );
        assert_eq!(
            faults(read(&[sheet("Old", &one, state), sheet("Notes", &notes, "")])),
            ["file: the sheet with the usage table, `Old`, is hidden: show it"]
        );
    }
    assert_eq!(
        faults(read(&[sheet("Jan", &one, ""), sheet("Feb", &two, "")])),
        ["file: there are usage tables on several sheets, `Jan` and `Feb`: leave one"]
    );
    assert!(faults(read(&[sheet("Notes", &notes, "")]))[0].contains("is missing"));
    assert_eq!(faults(read(&[sheet("None", "", "")])), ["file: it is empty"]);
}

#[test]
fn merged_cells_should_be_refused_when_they_have_values_and_passed_over_when_they_are_titles() {
    let title = format!("<row>{}</row>", text("Usage report, January"));
    let rows = title + &head() + &row(MONTH, ONE, ONE);
    let with = |merged: &str| {
        let after = format!("<mergeCells><mergeCell ref=\"{merged}\"/></mergeCells>");
        Usage::read(&book(
            &[Sheet {
                rows: &rows,
                after: &after,
                ..Sheet::default()
            }],
            "",
            FORMATS,
        ))
    };
    assert_eq!(with("A1:H1").unwrap().rows.len(), 1);
    assert_eq!(
        faults(with("A3:A4")),
        ["row 3, column Year_Month: the cells A3:A4 are merged: part them"]
    );
    assert!(with("J3:J9").is_ok(), "beside the table");
}

#[test]
fn cells_should_be_refused_when_no_sheet_can_hold_them_or_they_come_twice() {
    let told = |cells: &str| faults(read(cells));
    assert!(told("<row r=\"2000000\"><c r=\"A2000000\"><v>1</v></c></row>")[0]
        .contains("cell A2000000 is outside"));
    assert!(told("<row r=\"5\"><c r=\"ZZZZ5\"><v>1</v></c></row>")[0].contains("cell ZZZZ5 is outside"));
    assert!(told("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")[0].contains("cell A1 comes twice"));
    assert!(
        told("<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>")[0]
            .contains("cell A2 comes twice")
    );
}

#[test]
fn an_archive_should_be_refused_when_it_unpacks_to_more_than_any_workbook() {
    // Blanks pack a thousand to one.
    let blanks = " ".repeat(65 << 20);
    let file = book(
        &[Sheet {
            rows: &head(),
            ..Sheet::default()
        }],
        &format!("<!--{blanks}-->"),
        FORMATS,
    );
    assert!(file.len() < 1 << 20, "{}", file.len());
    let told = faults(Usage::read(&file));
    assert_eq!(
        told,
        ["file: unpacked, `xl/workbook.xml` comes to more than 64 MiB"]
    );
    assert!(faults(Usage::read(b"PK\x03\x04 and no more"))[0].contains("not an .xlsx workbook"));
}
