//! Members of zip and tar archives.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use attache::extract::MAX_BYTES;

use crate::limits::MAX_MEMBERS;
use crate::open::Stream;
use crate::reader::{Reader, Sink};
use crate::spot::Spot;
use crate::trouble::Trouble;
use crate::window::Window;
use crate::{jsonl, sidecar, walk};

/// Bytes kept behind the reader of a member.
const KEEP: usize = 1 << 20;

/// Whether a member of this name is read, as a file of a folder would be.
pub fn is_wanted(name: &Path) -> bool {
    let hidden = name.iter().any(|part| {
        let part = part.to_string_lossy();
        part == "__MACOSX" || (part.starts_with('.') && part != "." && part != "..")
    });
    !hidden && walk::is_named_like_documents(name)
}

/// Whether a member of this name may tell about the texts beside it.
pub fn is_notes(name: &Path) -> bool {
    name.file_name().is_some_and(|name| name == sidecar::NAME)
}

/// Reads a member.
pub fn read<'a>(reader: &mut Reader, archive: &Spot, name: &Path, from: impl Read + 'a, sink: Sink) -> ControlFlow<()> {
    let stream: Stream = Window::new(Box::new(from), KEEP);
    reader.stream(archive.member(name), stream, sink)
}

/// Keeps what such a member tells; gives it back where it holds documents instead.
pub fn keep_notes<'a>(reader: &mut Reader, archive: &Spot, name: &Path, from: impl Read + 'a) -> Option<Stream<'a>> {
    let mut stream: Stream = Window::new(Box::new(from), KEEP);
    if jsonl::is_documents(&mut stream) {
        return Some(stream);
    }
    let mut text = Vec::new();
    // What is cut off or broken tells nothing.
    let _ = stream.take(MAX_BYTES as u64).read_to_end(&mut text);
    let place = archive.member(name).place;
    reader.keep_notes(&place, &String::from_utf8_lossy(&text));
    None
}

/// An archive of more members than are read.
pub fn too_many(place: &str) -> Trouble {
    Trouble::unread(place, format!("more than {MAX_MEMBERS} members, the rest is not read")).class("too large")
}
