//! Why there is no document at a place.

/// Why there is no document at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Where: `path`, `path:line`, `path@offset` or `stdin`.
    pub place: String,
    /// What is wrong, in a few words.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What became of the input.
    pub fate: Fate,
    /// The name under which reports count it; the reason itself where there is none.
    pub class: Option<&'static str>,
}

/// What became of an input without a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It could not be read.
    Unread,
    /// It was read and left out.
    LeftOut,
    /// The caller's own filter took it out; there is nothing to tell but the number.
    Filtered,
}

impl Trouble {
    /// An input that could not be read.
    pub fn unread(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Trouble {
            place: printable(place.into()),
            reason: printable(reason.into()),
            hint: None,
            fate: Fate::Unread,
            class: None,
        }
    }

    /// An input that was read and left out.
    pub fn left_out(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Trouble {
            fate: Fate::LeftOut,
            ..Trouble::unread(place, reason)
        }
    }

    /// An input that a filter took out; `class` names the filter.
    pub fn filtered(place: impl Into<String>, class: &'static str) -> Self {
        Trouble {
            fate: Fate::Filtered,
            class: Some(class),
            ..Trouble::unread(place, class)
        }
    }

    /// With advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Trouble {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Counted under this name, in the plural where it can be counted: "broken records".
    pub fn class(self, class: &'static str) -> Self {
        Trouble {
            class: Some(class),
            ..self
        }
    }

    /// Whether the input could not be read.
    pub fn is_unread(&self) -> bool {
        self.fate == Fate::Unread
    }

    /// The name under which reports count it.
    pub fn class_name(&self) -> &str {
        self.class.unwrap_or(&self.reason)
    }
}

/// Names inside archives and messages about their contents come from strangers: they must not steer the terminal.
fn printable(text: String) -> String {
    match text.chars().any(char::is_control) {
        true => text.replace(char::is_control, "\u{fffd}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_do_not_steer_the_terminal() {
        let trouble = Trouble::unread("a\u{1b}[2Jb.txt", "no\r\nsuch");
        assert_eq!(trouble.place, "a\u{fffd}[2Jb.txt");
        assert_eq!(trouble.reason, "no\u{fffd}\u{fffd}such");
    }
}
