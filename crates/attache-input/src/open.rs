//! Streams, and what is in them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use attache::extract::MAX_BYTES;

use crate::Trouble;
use crate::kind::{self, HEAD, Kind};
use crate::limits::MAX_LAYERS;
use crate::unpack;
use crate::window::Window;

/// Bytes.
pub type Stream<'a> = Window<Box<dyn Read + 'a>>;

/// A few bytes are enough for most kinds; more are waited for only where they are needed, since a pipe may be slow.
pub fn recognise(from: &mut Stream, path: Option<&Path>) -> io::Result<Kind> {
    const FEW: usize = 16;
    if kind::is_plain_from(from.peek(FEW)?) {
        return Ok(kind::of(from.peek(0)?, path));
    }
    from.peek(HEAD).map(|head| kind::of(head, path))
}

/// A file from this byte on.
pub fn open(path: &Path, offset: u64) -> io::Result<File> {
    let mut file = File::open(path)?;
    if offset > 0 {
        file.seek(SeekFrom::Start(offset))?;
    }
    Ok(file)
}

/// Opens a file and takes off its packing.
pub fn open_unpacked(path: &Path) -> io::Result<Stream<'static>> {
    let mut stream: Stream = Window::new(Box::new(File::open(path)?), 0);
    for _ in 0..MAX_LAYERS {
        let head = stream.peek(4)?;
        let unpacked = match head {
            _ if head.starts_with(unpack::GZIP) => unpack::gzip(stream),
            _ if head.starts_with(unpack::ZSTD) => unpack::zstd(stream),
            _ => return Ok(stream),
        };
        stream = Window::new(unpacked, 0);
    }
    Ok(stream)
}

/// The bytes of one article, refused where they are more than the engine takes.
pub fn read_capped(place: &str, from: impl Read) -> Result<Vec<u8>, Trouble> {
    let (bytes, more) = read_up_to(from, MAX_BYTES).map_err(|error| broken_off(place, &error))?;
    match more {
        false => Ok(bytes),
        true => {
            Err(too_large(place)
                .hint("give many articles as JSON lines (.jsonl), one document a line: any size streams"))
        }
    }
}

/// More bytes than an article may have.
pub fn too_large(place: &str) -> Trouble {
    let reason = format!("larger than {} MB, too large for one article", MAX_BYTES / 1_000_000);
    Trouble::unread(place, reason).class("too large")
}

/// A text that cannot be read to its end.
fn broken_off(place: &str, error: &io::Error) -> Trouble {
    Trouble::unread(place, plain_reason(error)).class("cut off, or broken in their packing")
}

/// At most `cap` bytes, and whether there were more.
pub fn read_up_to(from: impl Read, cap: usize) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    from.take(cap as u64 + 1).read_to_end(&mut bytes)?;
    let more = bytes.len() > cap;
    bytes.truncate(cap);
    Ok((bytes, more))
}

/// A path as messages name it.
pub fn place(path: &Path) -> String {
    path.display().to_string()
}

/// An error of the system without its number.
pub fn plain_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        _ => error.to_string(),
    }
}
