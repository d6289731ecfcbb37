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
    fn empty_is_text() {
        assert_eq!(decode(b""), Ok((String::new(), Vec::new())));
    }
}
