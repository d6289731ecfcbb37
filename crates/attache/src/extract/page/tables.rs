//! Tables of data told from tables that lay out the page.

use super::tree::{Id, Tree};

/// Characters that a cell of data has at most.
const CELL: usize = 160;

/// Whether the table holds rows of short cells.
pub(super) fn holds_data(tree: &Tree, table: Id) -> bool {
    let (mut rows, mut wide, mut cells, mut chars, mut linked, mut cell, mut link) =
        (0usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0);
    let mut in_row = 0usize;
    for id in tree.inside(table) {
        let node = &tree.nodes[id];
        match node.name {
            "table" | "form" | "iframe" | "h1" | "h2" | "article" => return false,
            "tr" => {
                rows += 1;
                wide += usize::from(in_row >= 2);
                in_row = 0;
            }
            "td" | "th" => {
                cells += 1;
                in_row += 1;
                cell = 0;
            }
            "a" => link = node.end,
            _ if node.is_text() => {
                let length = node
                    .text
                    .split_whitespace()
                    .map(|word| word.chars().count() + 1)
                    .sum::<usize>();
                chars += length;
                cell += length;
                linked += if id < link { length } else { 0 };
                if cell > CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    wide += usize::from(in_row >= 2);
    rows >= 2 && wide * 3 >= rows * 2 && cells >= 4 && linked * 3 <= chars
}
