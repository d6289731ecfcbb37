//! Closed lists of words that decide whom a phrase means.

/// Territories that code as their state; Hong Kong, Palestine, Kosovo and Western Sahara stay their own.
const DEPENDENCIES: [(&str, &str); 45] = [
    ("ASM", "USA"),
    ("GUM", "USA"),
    ("MNP", "USA"),
    ("PRI", "USA"),
    ("UMI", "USA"),
    ("VIR", "USA"),
    ("AIA", "GBR"),
    ("BMU", "GBR"),
    ("CYM", "GBR"),
    ("FLK", "GBR"),
    ("GGY", "GBR"),
    ("GIB", "GBR"),
    ("IMN", "GBR"),
    ("IOT", "GBR"),
    ("JEY", "GBR"),
    ("MSR", "GBR"),
    ("PCN", "GBR"),
    ("SGS", "GBR"),
    ("SHN", "GBR"),
    ("TCA", "GBR"),
    ("VGB", "GBR"),
    ("ATF", "FRA"),
    ("BLM", "FRA"),
    ("GLP", "FRA"),
    ("GUF", "FRA"),
    ("MAF", "FRA"),
    ("MTQ", "FRA"),
    ("MYT", "FRA"),
    ("NCL", "FRA"),
    ("PYF", "FRA"),
    ("REU", "FRA"),
    ("SPM", "FRA"),
    ("WLF", "FRA"),
    ("ABW", "NLD"),
    ("BES", "NLD"),
    ("CUW", "NLD"),
    ("SXM", "NLD"),
    ("FRO", "DNK"),
    ("GRL", "DNK"),
    ("CCK", "AUS"),
    ("CXR", "AUS"),
    ("NFK", "AUS"),
    ("ALA", "FIN"),
    ("SJM", "NOR"),
    ("TKL", "NZL"),
];

/// The code that parties of a territory get: that of its state.
pub fn state_of(code: &str) -> &str {
    DEPENDENCIES
        .iter()
        .find(|(d, _)| *d == code)
        .map_or(code, |(_, state)| state)
}

/// Role nouns that many hold at once: no single office holder is meant by "the leader of Ukraine".
pub fn is_generic_role(noun: &str) -> bool {
    const GENERIC: [&str; 16] = [
        "leader",
        "official",
        "chief",
        "head",
        "chairman",
        "secretary",
        "member",
        "minister",
        "commander",
        "adviser",
        "advisor",
        "envoy",
        "ambassador",
        "deputy",
        "delegate",
        "representative",
    ];
    GENERIC.contains(&noun)
}

/// Roles sent to a place that is not theirs: an embassy in Tehran isn't Iran's.
pub fn is_sent_abroad(noun: &str) -> bool {
    const SENT: [&str; 15] = [
        "embassy",
        "consulate",
        "ambassador",
        "envoy",
        "consul",
        "attache",
        "diplomat",
        "mission",
        "delegation",
        "peacekeeper",
        "observer",
        "inspector",
        "correspondent",
        "hostage",
        "counterpart",
    ];
    noun.split([' ', '-']).any(|w| SENT.contains(&w))
}

/// Words that put a role outside the country spoken of: "foreign governments", "other leaders".
pub fn is_outsider(word: &str) -> bool {
    const OUTSIDERS: [&str; 19] = [
        "foreign",
        "other",
        "neighbouring",
        "neighboring",
        "western",
        "regional",
        "international",
        "global",
        "allied",
        "rival",
        "enemy",
        "host",
        "world",
        "coalition",
        "alliance",
        "peacekeeping",
        "multinational",
        "overseas",
        "another",
    ];
    OUTSIDERS.contains(&word) || word.starts_with("pro-") || word.starts_with("anti-") || matches!(word, "pro" | "anti")
}

/// The kinds of bodies that a common noun can mean ("the bloc", "the group"); empty for other nouns.
pub fn kinds_of_body(noun: &str) -> &'static [&'static str] {
    match noun {
        "bloc" => &["union", "alliance"],
        "alliance" => &["alliance"],
        "union" => &["union"],
        "agency" | "watchdog" => &["agency"],
        "organisation" | "organization" => &["alliance", "union", "agency", "ngo", "movement", "armed group", "forum"],
        "body" => &["agency", "forum", "union"],
        "group" => &["ngo", "armed group", "movement", "forum"],
        "movement" => &["movement", "armed group"],
        "charity" => &["ngo"],
        "bank" | "lender" => &["bank"],
        "company" | "firm" => &["company"],
        "court" | "tribunal" => &["court"],
        "newspaper" | "broadcaster" => &["media"],
        _ => &[],
    }
}

/// What a participle after a hyphen makes of the name before it.
pub enum Hyphened {
    /// "US-led": the name's own.
    Own,
    /// "Iranian-born", "U.S.-backed", "Beirut-based": someone else's.
    Foreign,
}

/// How "…-led" or "…-backed" ties a noun to the name before it.
pub fn hyphened(participle: &str) -> Option<Hyphened> {
    match participle {
        "led" | "run" | "dominated" => Some(Hyphened::Own),
        "born" | "backed" | "based" | "occupied" | "trained" | "funded" | "financed" | "made" | "built"
        | "brokered" | "sponsored" | "mediated" | "controlled" | "supported" | "supplied" | "educated" | "speaking"
        | "bound" | "allied" | "armed" | "friendly" | "style" | "drafted" | "flagged" | "owned" => {
            Some(Hyphened::Foreign)
        }
        _ => None,
    }
}

/// Words for authorities that no state recognises.
pub fn is_breakaway(word: &str) -> bool {
    matches!(
        word,
        "self-proclaimed"
            | "proclaimed"
            | "breakaway"
            | "self-styled"
            | "unrecognised"
            | "unrecognized"
            | "secessionist"
    )
}

/// Relatives, who come along without acting for anyone.
pub fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "wife" | "husband" | "spouse" | "son" | "daughter" | "widow" | "family" | "children" | "child"
    )
}

/// Whether capital letters are the initials of a name's words: MRJ for the Movement for Rural Justice.
pub fn abbreviates(acronym: &str, name: &str) -> bool {
    let initials: String = name
        .split([' ', '-'])
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    let acronym: String = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    acronym.chars().count() > 1 && acronym.chars().all(char::is_uppercase) && initials == acronym
}

/// Whether a word, lower case, is made of the initials of a name's words, lower case; small words may be left out.
pub fn initials(word: &str, name: &[String]) -> bool {
    let first = |w: &&String| w.chars().next();
    let small = |w: &&String| {
        matches!(
            w.as_str(),
            "of" | "for" | "the" | "and" | "in" | "on" | "to" | "de" | "del"
        )
    };
    let all: String = name.iter().filter_map(|w| first(&w)).collect();
    let great: String = name.iter().filter(|w| !small(w)).filter_map(|w| first(&w)).collect();
    name.len() > 1 && word.chars().count() > 1 && (word == all || word == great)
}

/// Whether a word says that an office is no longer held.
pub fn is_former(lemma: &str) -> bool {
    let lemma = lemma.to_lowercase();
    matches!(
        lemma.as_str(),
        "former"
            | "oust"
            | "depose"
            | "topple"
            | "ex"
            | "ousted"
            | "deposed"
            | "exiled"
            | "toppled"
            | "onetime"
            | "one-time"
            | "erstwhile"
    ) || lemma.starts_with("ex-")
}

/// The plural of a role noun, for naming a body of people.
pub fn plural(noun: &str) -> String {
    const SAME: [&str; 6] = ["police", "personnel", "people", "staff", "aircraft", "clergy"];
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    if SAME.contains(&last) || noun.ends_with('s') {
        return noun.to_owned();
    }
    if let Some(stem) = noun.strip_suffix("man").filter(|_| last != "human") {
        return format!("{stem}men");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with("sh") || noun.ends_with('x') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_code_as_their_state() {
        for (code, state) in [
            ("GUM", "USA"),
            ("GRL", "DNK"),
            ("NCL", "FRA"),
            ("HKG", "HKG"),
            ("PSE", "PSE"),
            ("KEN", "KEN"),
        ] {
            assert_eq!(state_of(code), state);
        }
    }

    #[test]
    fn plurals_of_roles() {
        for (one, many) in [
            ("soldier", "soldiers"),
            ("militiaman", "militiamen"),
            ("spy", "spies"),
            ("envoy", "envoys"),
            ("police", "police"),
            ("border police", "border police"),
            ("coach", "coaches"),
            ("armed forces", "armed forces"),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn initials_make_acronyms() {
        for (acronym, name, fits) in [
            ("MRJ", "Movement for Rural Justice", true),
            ("M.R.J.", "Movement for Rural Justice", true),
            ("MRJ", "Movement for Justice", false),
            ("M", "Movement", false),
        ] {
            assert_eq!(abbreviates(acronym, name), fits, "{acronym} {name}");
        }
    }

    #[test]
    fn former_holders_by_prefix_or_word() {
        for word in ["former", "ex-minister", "Ex-President", "deposed"] {
            assert!(is_former(word), "{word}");
        }
        for word in ["example", "new", "executive"] {
            assert!(!is_former(word), "{word}");
        }
    }

    #[test]
    fn missions_are_not_of_the_place_they_are_at() {
        assert!(is_sent_abroad("embassy") && is_sent_abroad("special envoy") && !is_sent_abroad("soldier"));
    }
}
