//! Bytes to text.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::extract::Warning;

/// Bytes looked at when guessing an encoding; more adds time and no certainty.
const SAMPLE: usize = 65_536;

/// Why bytes are no text at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// NUL bytes, and no UTF-16 pattern in them.
    #[error("binary: NUL at byte {at}")]
    Nul {
        /// The first one.
        at: usize,
    },
    /// Too many control characters.
    #[error("binary: {count} control characters in the first {of} bytes")]
    Control {
        /// Number of them.
        count: usize,
        /// Bytes looked at.
        of: usize,
    },
}

/// The text in `bytes`: by byte-order mark, else as UTF-8, else by the pattern of UTF-16, else by guess. The mark
/// itself is no part of the text.
///
/// # Errors
/// [`NotText`] where the bytes are no text in any encoding (images, archives, office files).
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>), NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(encoding, &bytes[mark..], Vec::new()));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(read(encoding, bytes, Vec::new()));
    }
    refuse_binary(bytes)?;
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), Vec::new())),
        Err(error) => error.valid_up_to(),
    };
    if mostly_utf8(bytes) {
        return Ok(read(UTF_8, bytes, Vec::new()));
    }
    let encoding = guess(bytes, at);
    let warning = Warning::Guessed {
        at,
        encoding: encoding.name(),
    };
    Ok(read(encoding, bytes, vec![warning]))
}

/// Bytes of a page in which it must declare its encoding; the standard says 1024, pages say it later.
const DECLARED: usize = 16_384;

/// The text of a page: by byte-order mark, else as UTF-8 where the bytes are such, else by `charset` (of the HTTP header), else as
/// the page declares it, else by guess. A declared encoding in which the bytes make no sense is passed over.
///
/// # Errors
/// [`NotText`] where the bytes are no text in any encoding (images, archives, office files).
pub fn decode_page(bytes: &[u8], charset: Option<&str>) -> Result<(String, Vec<Warning>), NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(encoding, &bytes[mark..], Vec::new()));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(read(encoding, bytes, Vec::new()));
    }
    let bytes = &without_stray_nuls(bytes);
    refuse_binary(bytes)?;
    let declared = [charset.and_then(label), declared(bytes)];
    // Text that is UTF-8 by chance hardly exists, but for encodings that use ASCII alone.
    let at = match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0x1B) => return Ok((text.to_owned(), Vec::new())),
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    for encoding in declared.into_iter().flatten() {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        let broken = text.matches('\u{FFFD}').count();
        if !malformed || (broken * 200 < text.len() && encoding != UTF_8) {
            return Ok(read(encoding, bytes, Vec::new()));
        }
    }
    if mostly_utf8(bytes) {
        return Ok(read(UTF_8, bytes, Vec::new()));
    }
    let encoding = guess(bytes, at);
    let warning = Warning::Guessed {
        at,
        encoding: encoding.name(),
    };
    Ok(read(encoding, bytes, vec![warning]))
}

/// An encoding by its name, if it is one that keeps ASCII.
fn label(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().trim_matches(['"', '\'', ';']);
    Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// `<meta charset=…>`, `<meta http-equiv=Content-Type content="…; charset=…">`, `<?xml encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED)]).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        head.match_indices(key).take(20).find_map(|(at, _)| {
            let open = head[..at].rfind('<')?;
            let tag = &head[open..at];
            let fits = (tag.starts_with("<meta") || tag.starts_with("<?xml")) && !tag.contains('>');
            let rest = head[at + key.len()..]
                .trim_start()
                .strip_prefix('=')?
                .trim_start()
                .trim_start_matches(['"', '\'']);
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.'))
                .unwrap_or(rest.len());
            label(&rest[..end]).filter(|_| fits)
        })
    })
}

/// Pages may hold a NUL here and there; files that are made of them are none.
fn without_stray_nuls(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let nuls = sample.iter().filter(|byte| **byte == 0).count();
    match nuls * 200 > sample.len() || !bytes.contains(&0) {
        true => bytes.into(),
        false => bytes.iter().copied().filter(|byte| *byte != 0).collect(),
    }
}

fn read(encoding: &'static Encoding, bytes: &[u8], mut warnings: Vec<Warning>) -> (String, Vec<Warning>) {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    if malformed {
        warnings.push(Warning::Replaced {
            count: text.matches('\u{FFFD}').count(),
            encoding: encoding.name(),
        });
    }
    (text.into_owned(), warnings)
}

/// English and most European texts in UTF-16 have a NUL in every second byte, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    let nuls = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    match pairs {
        0..8 => None,
        _ if sample.iter().filter(|byte| is_control(**byte)).count() * 50 > sample.len() => None,
        _ if second * 10 >= pairs * 4 && first * 50 <= pairs => Some(UTF_16LE),
        _ if first * 10 >= pairs * 4 && second * 50 <= pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), NotText> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(at) = sample.iter().position(|byte| *byte == 0) {
        return Err(NotText::Nul { at });
    }
    let count = sample.iter().filter(|byte| is_control(**byte)).count();
    match count * 50 > sample.len() {
        true => Err(NotText::Control {
            count,
            of: sample.len(),
        }),
        false => Ok(()),
    }
}

/// ESC stays out: ISO-2022 encodings are made of it.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)
}

/// A few broken bytes in a text that is UTF-8 by every other multi-byte character: repair it, don't guess another
/// encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// The detector wants the telling bytes, which may come late in a long text.
fn guess(bytes: &[u8], first_bad: usize) -> &'static Encoding {
    let start = first_bad.saturating_sub(SAMPLE / 2);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new();
    detector.feed(sample, true);
    detector.guess(None, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).expect("text").0
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(text(b"\xEF\xBB\xBFTalks"), "Talks");
        assert_eq!(text(b"\xFF\xFET\0a\0"), "Ta");
        assert_eq!(text(b"\xFE\xFF\0T\0a"), "Ta");
    }

    #[test]
    fn utf16_is_seen_without_a_mark() {
        let little: Vec<u8> = "The envoy left Vienna"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "The envoy left Vienna"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&little), "The envoy left Vienna");
        assert_eq!(text(&big), "The envoy left Vienna");
    }

    #[test]
    fn other_encodings_are_guessed_with_a_warning() {
        let (text, warnings) = decode(b"The caf\xE9 in Orl\xE9ans where the d\xE9put\xE9s met").expect("text");
        assert_eq!(text, "The café in Orléans where the députés met");
        assert!(matches!(
            warnings[0],
            Warning::Guessed {
                at: 7,
                encoding: "windows-1252"
            }
        ));
    }

    #[test]
    fn broken_utf8_is_repaired() {
        let mut bytes = "Zürich, Genève, Łódź, Kraków, Málaga, São Paulo "
            .repeat(3)
            .into_bytes();
        bytes.push(0xFF);
        let (text, warnings) = decode(&bytes).expect("text");
        assert!(text.ends_with('\u{FFFD}'));
        assert_eq!(
            warnings,
            [Warning::Replaced {
                count: 1,
                encoding: "UTF-8"
            }]
        );
    }

    #[test]
    fn binaries_are_refused() {
        assert_eq!(decode(b"PK\x03\x04\x14\0\x06\0"), Err(NotText::Nul { at: 5 }));
        assert!(matches!(
            decode(&[7; 100]),
            Err(NotText::Control { count: 100, of: 100 })
        ));
    }

    #[test]
    fn pages_declare_their_encoding() {
        let page = |bytes: &[u8], charset: Option<&str>| decode_page(bytes, charset).expect("a page").0;
        let cyrillic = b"<meta charset=windows-1251><p>\xcf\xf0\xe0\xe2\xe4\xe0</p>";
        assert!(page(cyrillic, None).contains("Правда"));
        assert!(page(cyrillic, Some("windows-1251")).contains("Правда"));
        // The header wins over the page.
        let both = b"<meta charset=windows-1252><p>\xcf\xf0\xe0\xe2\xe4\xe0</p>";
        assert!(page(both, Some("windows-1251")).contains("Правда"));
        // Either may be wrong: what is UTF-8 is UTF-8.
        let utf8 = "<meta charset=iso-8859-1><p>Łódź</p>".as_bytes();
        assert!(page(utf8, Some("windows-1252")).contains("Łódź"));
        let latin = b"<meta charset=utf-8><p>Orl\xe9ans, caf\xe9, d\xe9put\xe9s</p>";
        assert!(page(latin, Some("utf-8")).contains("Orléans"));
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'><p>\xa3\xf3d\xbc</p>";
        assert!(page(old, None).contains("Łódź"));
        assert!(page(b"<p>The en\0voy</p> left the town that he had come to by the long road over the mountains in the snow, and did not come back for the rest of that year, as far as anybody knows, nor the next, whatever they say about it in Vienna now.", None).contains("envoy"));
        assert!(decode_page(b"PK\x03\x04\x14\0\x06\0", None).is_err());
    }

    #[test]
    fn empty_is_text() {
        assert_eq!(decode(b""), Ok((String::new(), Vec::new())));
    }
}
