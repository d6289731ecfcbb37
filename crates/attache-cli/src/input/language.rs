//! A rough look at whether a text is English.

/// The commonest words of English prose; about 40 of 100 words in news.
const COMMON: &[&str] = &[
    "the", "of", "to", "and", "in", "that", "for", "is", "was", "on", "with", "he", "it", "at", "by", "from", "his",
    "said", "be", "are", "has", "have", "had", "not", "an", "its", "their", "which", "will", "would", "were", "they",
    "but", "after", "who", "this", "been", "over", "as", "we", "our", "you", "i",
];

/// Fewer words than this say nothing.
const ENOUGH: usize = 40;

/// Words looked at.
const SAMPLE: usize = 2000;

/// Whether the text is long enough to judge and hardly a word in it is among the commonest of English.
pub fn is_foreign(text: &str) -> bool {
    let words = || {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(SAMPLE)
    };
    let count = words().count();
    let common = words()
        .filter(|word| COMMON.contains(&word.to_lowercase().as_str()))
        .count();
    (count >= ENOUGH && common * 100 < count * 12) || is_unspaced(text, count)
}

/// Scripts without spaces give few words and many letters.
fn is_unspaced(text: &str, words: usize) -> bool {
    let foreign = text
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .take(SAMPLE)
        .count();
    foreign > ENOUGH && foreign > words * 8
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn languages_are_told_apart() {
        let english = "The foreign minister said on Monday that the talks with the neighbours had been useful. ";
        let french =
            "Le ministre des affaires étrangères a déclaré lundi que les pourparlers avec les voisins étaient utiles. ";
        let german = "Der Außenminister sagte am Montag, die Gespräche mit den Nachbarn seien nützlich gewesen. ";
        let russian = "Министр иностранных дел заявил в понедельник, что переговоры с соседями были полезными. ";
        assert!(!is_foreign(&english.repeat(5)));
        for text in [french, german, russian] {
            assert!(is_foreign(&text.repeat(5)), "{text}");
        }
        assert!(is_foreign(&"外交部长周一表示与邻国的会谈是有益的".repeat(10)));
    }

    #[test]
    fn short_texts_are_not_judged() {
        assert!(!is_foreign("Putin met Díaz-Canel."));
        assert!(!is_foreign(""));
    }
}
