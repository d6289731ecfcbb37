//! Names of elements and attributes, and what the standard says of them.

/// A name out of the lists below: equal names are equal strings.
pub(super) type Name = &'static str;

/// Of pieces of text.
pub(super) const TEXT: Name = "#text";
/// Of the root.
pub(super) const ROOT: Name = "#root";
/// Elements that sites make up ("amp-carousel"): boxes, for all that is known.
pub(super) const CUSTOM: Name = "#custom";
/// Any other.
pub(super) const OTHER: Name = "span";

/// In alphabetical order.
const ELEMENTS: &[Name] = &[
    "a",
    "abbr",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// In alphabetical order.
const ATTRIBUTES: &[Name] = &[
    "alt",
    "aria-hidden",
    "aria-label",
    "charset",
    "class",
    "content",
    "data-component",
    "data-testid",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemid",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "src",
    "style",
    "title",
    "type",
    "xml:lang",
];

/// The element's name.
pub(super) fn element(name: &[u8]) -> Name {
    match ELEMENTS.binary_search_by(|known| known.as_bytes().cmp(name)) {
        Ok(at) => ELEMENTS[at],
        Err(_) if name.contains(&b'-') => CUSTOM,
        Err(_) => OTHER,
    }
}

/// The attribute's name, if anything here reads it.
pub(super) fn attribute(name: &[u8]) -> Option<Name> {
    let found = ATTRIBUTES.binary_search_by(|known| known.as_bytes().cmp(name));
    found.ok().map(|at| ATTRIBUTES[at])
}

/// Elements that have no inside.
pub(super) fn is_void(name: Name) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose inside is no markup and no text of the page.
pub(super) fn is_raw(name: Name) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "iframe" | "noembed" | "noframes" | "textarea"
    )
}

/// Elements that may stand in the head.
pub(super) fn is_head(name: Name) -> bool {
    matches!(
        name,
        "base" | "head" | "html" | "link" | "meta" | "noscript" | "script" | "style" | "template" | "title"
    )
}

/// Elements that stand within a line of text.
pub(super) fn is_inline(name: Name) -> bool {
    matches!(
        name,
        "span" | "wbr" | TEXT | "label" | "img" | "button" | "time" | "data" | "picture" | "source"
    ) || is_formatting(name)
}

/// Elements that change how words look.
pub(super) fn is_formatting(name: Name) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// Elements that end tags of other elements do not reach through.
pub(super) const SCOPE: &[Name] = &[
    "table", "td", "th", "caption", "button", "object", "template", "marquee",
];

/// Tables and what they are made of.
pub(super) fn is_table_part(name: Name) -> bool {
    matches!(
        name,
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption"
    )
}

/// Elements that a paragraph cannot hold.
pub(super) fn closes_paragraph(name: Name) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

/// Which open elements a start tag ends, and through which it does not reach.
pub(super) fn ends(name: Name) -> Option<(&'static [Name], &'static [Name])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "th"]),
        "option" | "optgroup" => (&["option"], &["select"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        "a" => (&["a"], &["table", "td", "th"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (
            &["h1", "h2", "h3", "h4", "h5", "h6"],
            &["table", "td", "th", "div", "section", "article", "li", "a"],
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(ELEMENTS.is_sorted());
        assert!(ATTRIBUTES.is_sorted());
    }
}
