//! Styles and the size of the terminal.

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

/// Headings.
pub const HEAD: Style = Style::new().bold();
/// What matters least.
pub const DIM: Style = Style::new().dimmed();
/// Event types.
pub const EVENT: Style = AnsiColor::Cyan.on_default().bold();
/// Actors.
pub const ACTOR: Style = AnsiColor::Green.on_default();
/// What went well.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What went wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What deserves a look.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// `text` in `style`, with the codes that plain streams strip again.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Columns of the terminal, within what reads well; 100 where there is none.
pub fn width() -> usize {
    let detected = comfy_table::Table::new().width().map(usize::from);
    detected.unwrap_or(100).clamp(60, 180)
}

/// Whether a person is looking at stdout.
pub fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether a person is looking at stderr.
pub fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// `text` cut to `width` characters with an ellipsis, between words where they are not too long; white space runs as
/// single spaces.
pub fn clip(text: &str, width: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= width {
        return flat;
    }
    let kept: String = flat.chars().take(width.saturating_sub(1)).collect();
    let between = kept
        .rfind(' ')
        .filter(|at| kept.len() - at < 15 && *at > kept.len() / 2);
    format!("{}…", kept[..between.unwrap_or(kept.len())].trim_end())
}

/// `text` broken into lines of at most `width` characters between words.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_ends_between_words() {
        assert_eq!(clip("one  two\nthree", 20), "one two three");
        assert_eq!(clip("one two three", 10), "one two…");
        assert_eq!(clip("onetwothreefour", 8), "onetwot…");
        assert_eq!(clip("Łódź Łódź", 6), "Łódź…");
    }

    #[test]
    fn wrapping_keeps_every_word() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("onetwothree four", 5), ["onetwothree", "four"]);
        assert!(wrap(" ", 5).is_empty());
    }
}
