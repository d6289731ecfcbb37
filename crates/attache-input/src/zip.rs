//! Zip archives of documents. Nothing is written anywhere: names of members are names.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::limits::{MAX_HELD_ZIP, MAX_MEMBERS};
use crate::members;
use crate::open::{Stream, plain_reason};
use crate::reader::{Reader, Sink};
use crate::spot::Spot;
use crate::trouble::Trouble;
use crate::unpack::Guarded;

/// Member after member.
pub fn read(reader: &mut Reader, spot: &Spot, from: Stream, sink: Sink) -> ControlFlow<()> {
    match spot.file.map(File::open) {
        Some(Ok(file)) => {
            let packed = file.metadata().map_or(0, |meta| meta.len());
            drop(from);
            archive(reader, spot, BufReader::new(file), packed, sink)
        }
        Some(Err(error)) => reader.emit(Err(Trouble::unread(&spot.place, plain_reason(&error))), sink),
        None => match held(spot, from) {
            Ok(bytes) => {
                let packed = bytes.len() as u64;
                archive(reader, spot, Cursor::new(bytes), packed, sink)
            }
            Err(trouble) => reader.emit(Err(trouble), sink),
        },
    }
}

/// The table of a zip stands at its end, so that one out of a stream is held in memory.
fn held(spot: &Spot, from: Stream) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    from.take(MAX_HELD_ZIP as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::unread(&spot.place, plain_reason(&error)))?;
    match bytes.len() > MAX_HELD_ZIP {
        false => Ok(bytes),
        true => {
            let reason = format!(
                "a zip of more than {} MB that is no file of its own",
                MAX_HELD_ZIP / 1_000_000
            );
            Err(Trouble::unread(&spot.place, reason)
                .class("too large")
                .hint("give it as a file"))
        }
    }
}

fn archive(reader: &mut Reader, spot: &Spot, from: impl Read + Seek, packed: u64, sink: Sink) -> ControlFlow<()> {
    let mut archive = match ZipArchive::new(from) {
        Ok(archive) => archive,
        Err(error) => {
            let trouble = Trouble::unread(&spot.place, reason(&error)).class("broken archives");
            return reader.emit(Err(trouble), sink);
        }
    };
    // Members may share their bytes, so that the whole is looked at, not each alone.
    let (packed, unpacked) = (Arc::new(AtomicU64::new(packed)), Arc::default());
    notes(reader, spot, &mut archive, &packed, &unpacked);
    for index in 0..archive.len() {
        if index as u64 == MAX_MEMBERS {
            return reader.emit(Err(members::too_many(&spot.place)), sink);
        }
        let told = archive.name_for_index(index).and_then(Result::ok);
        let place = format!("{}/{}", spot.place, told.unwrap_or_default());
        let member = match archive.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                let trouble = Trouble::unread(place, reason(&error)).class("broken members of archives");
                reader.emit(Err(trouble), sink)?;
                continue;
            }
        };
        let name = name(&member);
        if !member.is_file() || members::is_notes(&name) || !members::is_wanted(&name) {
            continue;
        }
        let guarded = Guarded::new(member, Arc::clone(&packed), Arc::clone(&unpacked));
        members::read(reader, spot, &name, guarded, sink)?;
    }
    ControlFlow::Continue(())
}

/// Reads what the archive tells about its texts before it reads them.
fn notes<R: Read + Seek>(
    reader: &mut Reader,
    spot: &Spot,
    archive: &mut ZipArchive<R>,
    packed: &Arc<AtomicU64>,
    unpacked: &Arc<AtomicU64>,
) {
    let named = |archive: &ZipArchive<R>, index| {
        let name = archive.name_for_index(index)?.ok()?;
        Some(members::is_notes(Path::new(name.as_ref())))
    };
    for index in 0..archive.len() {
        if named(archive, index) != Some(true) {
            continue;
        }
        if let Ok(member) = archive.by_index(index) {
            let name = name(&member);
            let guarded = Guarded::new(member, Arc::clone(packed), Arc::clone(unpacked));
            members::keep_notes(reader, spot, &name, guarded);
        }
    }
}

fn name<R: Read>(member: &ZipFile<R>) -> PathBuf {
    let raw = || String::from_utf8_lossy(member.name_raw()).into_owned();
    PathBuf::from(member.name().map_or_else(|_| raw(), |name| name.into_owned()))
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) => plain_reason(error),
        ZipError::InvalidArchive(_) => "broken zip: its table is missing or wrong".to_owned(),
        other => other.to_string(),
    }
}
