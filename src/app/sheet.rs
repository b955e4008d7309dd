//! Tables for spreadsheets, in which no text is taken for a formula.

use std::fmt::Display;

use rust_decimal::Decimal;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A value of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell(String);

impl Cell {
    /// A text; one that a spreadsheet would take for a formula gets an apostrophe before it.
    pub(super) fn text(text: impl Display) -> Self {
        let text = text.to_string();
        Self(if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text })
    }

    /// A text, or nothing.
    pub(super) fn maybe(text: Option<impl Display>) -> Self {
        text.map_or(Self(String::new()), Self::text)
    }

    /// A number, without zeros at its end.
    pub(super) fn number(number: impl Into<Decimal>) -> Self {
        Self(number.into().normalize().to_string())
    }
}

/// A table, line by line.
pub(super) struct Sheet {
    lines: csv::Writer<Vec<u8>>,
    bytes: usize,
}

impl Sheet {
    /// Begins a table with its titles.
    pub(super) fn new(titles: &[&str]) -> Self {
        let mut lines = csv::Writer::from_writer(Vec::new());
        lines.write_record(titles).expect("a table in memory takes every line");
        Self { lines, bytes: 0 }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, cells: &[Cell]) {
        self.bytes += cells.iter().map(|Cell(text)| text.len() + 1).sum::<usize>();
        let cells = cells.iter().map(|Cell(text)| text);
        self.lines.write_record(cells).expect("every line has as many cells as there are titles");
    }

    /// Returns how long its lines are, in bytes, without what quotes them.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Returns the whole table.
    pub(super) fn into_text(self) -> String {
        let bytes = self.lines.into_inner().expect("a table in memory takes every line");
        String::from_utf8(bytes).expect("its cells are text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_taken_for_a_formula_and_no_number_for_a_text() {
        let mut sheet = Sheet::new(&["name", "quantity"]);
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "Müller, \"Söhne\"", ""] {
            sheet.line(&[Cell::text(name), Cell::number(Decimal::new(-250, 2))]);
        }
        let expected = "name,quantity\n'=1+1,-2.5\n'+1,-2.5\n'-1,-2.5\n'@SUM(A1),-2.5\n'\tx,-2.5\n\
            \"Müller, \"\"Söhne\"\"\",-2.5\n,-2.5\n";
        assert_eq!(sheet.into_text(), expected);
    }
}
