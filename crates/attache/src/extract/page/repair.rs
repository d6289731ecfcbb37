//! JSON as pages really write it: with comments, line ends in strings, trailing commas, references.

use serde_json::Value;

use super::words::plain;

/// The values in a script; none where nothing can be made of it.
pub(super) fn json(script: &str) -> Vec<Value> {
    let text = unwrap(script);
    if text.is_empty() {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    // `{&quot;@type&quot;: …}`: the whole of it was escaped.
    let unescaped = (!text.contains('"') && text.contains("&quot;")).then(|| plain(text));
    let repaired = repair(unescaped.as_deref().unwrap_or(text));
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(&repaired).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => break,
        }
    }
    values
}

/// Without the comment or CDATA signs around it.
fn unwrap(script: &str) -> &str {
    let mut text = script.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    for _ in 0..4 {
        let before = text;
        for start in [
            "<!--",
            "//<![CDATA[",
            "// <![CDATA[",
            "/*<![CDATA[*/",
            "/* <![CDATA[ */",
            "<![CDATA[",
        ] {
            text = text.strip_prefix(start).unwrap_or(text).trim_start();
        }
        for end in ["-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//", "*/", ";"] {
            text = text.strip_suffix(end).unwrap_or(text).trim_end();
        }
        if text == before {
            break;
        }
    }
    text
}

/// Makes valid what can be made so in one pass.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut chars = text.char_indices().peekable();
    let mut string = false;
    while let Some((at, c)) = chars.next() {
        if string {
            if c == '"' {
                string = !closes(&text[at + 1..]);
            }
            match c {
                '"' if string => out.push_str("\\\""),
                '\\' => escape(&mut chars, &mut out),
                '\n' => out.push_str("\\n"),
                '\r' => {}
                '\t' => out.push(' '),
                c if c.is_control() => {}
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                string = true;
                out.push(c);
            }
            '/' if matches!(chars.peek(), Some((_, '/' | '*'))) => skip_comment(&mut chars),
            ',' if text[at + 1..].trim_start().starts_with(['}', ']', ',']) => {}
            ';' => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a quotation mark with this after it ends its string; others stand unescaped in the words.
fn closes(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty()
        || rest.starts_with([':', '}', ']'])
        || rest.strip_prefix(',').is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(['"', '{', '[', '}', ']', '-', 't', 'f', 'n', '/'])
                || rest.starts_with(|c: char| c.is_ascii_digit())
        })
}

fn escape(chars: &mut std::iter::Peekable<std::str::CharIndices>, out: &mut String) {
    match chars.peek().map(|(_, c)| *c) {
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
            chars.next();
            out.push('\\');
            out.push(c);
        }
        // "\'" and other escapes of other languages.
        Some(c) if !c.is_control() => {
            chars.next();
            out.push(c);
        }
        _ => {}
    }
}

fn skip_comment(chars: &mut std::iter::Peekable<std::str::CharIndices>) {
    let block = chars.next().is_some_and(|(_, c)| c == '*');
    let mut star = false;
    for (_, c) in chars.by_ref() {
        if (!block && c == '\n') || (block && star && c == '/') {
            return;
        }
        star = c == '*';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(script: &str) -> Option<String> {
        let value = json(script).into_iter().next()?;
        value.get("headline")?.as_str().map(str::to_owned)
    }

    #[test]
    fn broken_json_is_read() {
        let wanted = Some("The duke said no".to_owned());
        assert_eq!(headline(r#"{"headline": "The duke said no"}"#), wanted);
        assert_eq!(headline("<!--\n{\"headline\": \"The duke said no\",}\n-->"), wanted);
        assert_eq!(
            headline("// a note\n{\"a\": [1, 2,], /* b */ \"headline\": \"The duke said no\"};"),
            wanted
        );
        assert_eq!(
            headline("{\"a\": \"one\ntwo\tthree\", \"headline\": \"The duke said no\"}"),
            wanted
        );
        assert_eq!(headline(r#"{"a": "it\'s", "headline": "The duke said no"}"#), wanted);
        assert_eq!(headline("{&quot;headline&quot;: &quot;The duke said no&quot;}"), wanted);
        let quoted = headline(r#"{"headline": "The duke said "no" twice", "b": 1}"#);
        assert_eq!(quoted.as_deref(), Some("The duke said \"no\" twice"));
    }

    #[test]
    fn several_values_in_one_script() {
        assert_eq!(json(r#"{"a": 1} {"b": 2}"#).len(), 2);
        assert!(json("var x = 5").is_empty());
    }
}
