//! Cases as lines of a table: one case a line, empty lines and comments left out.

/// The cases of a table, each with the number of its line, from 1.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Tells all faults of `count` cases at once.
///
/// # Panics
/// Where there is a fault, or there are fewer than `least` cases.
pub fn verdict(count: usize, least: usize, faults: &[String]) {
    assert!(count >= least, "only {count} cases, {least} are needed");
    assert!(
        faults.is_empty(),
        "{} of {count} fail\n{}",
        faults.len(),
        faults.join("\n")
    );
}
