//! Tar archives of documents, streamed. Headers are told by their checksums, so that reading goes on behind a broken one.
//! Nothing is written anywhere: names of members are names.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use tar::{EntryType, Header, PaxExtensions};

use crate::limits::{MAX_MEMBERS, MAX_NAME};
use crate::members;
use crate::open::{Stream, plain_reason};
use crate::reader::{Reader, Sink};
use crate::spot::Spot;
use crate::trouble::Trouble;

/// Everything in a tar archive begins at a multiple of this.
const BLOCK: usize = 512;

/// What a header says.
struct Member {
    kind: EntryType,
    name: Vec<u8>,
    size: u64,
}

/// What earlier headers say about the next one.
#[derive(Default)]
struct Ahead {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

/// Member after member.
pub fn read(reader: &mut Reader, spot: &Spot, mut from: Stream, sink: Sink) -> ControlFlow<()> {
    let mut ahead = Ahead::default();
    let mut broken = false;
    let mut count = 0;
    loop {
        let offset = from.offset();
        let result = match header(&mut from) {
            Ok(Block::End) => return ControlFlow::Continue(()),
            Ok(Block::Empty) => Ok(ControlFlow::Continue(())),
            Ok(Block::Broken) if broken => Ok(ControlFlow::Continue(())),
            Ok(Block::Broken) => {
                broken = true;
                let place = format!("{}@{offset}", spot.place);
                let trouble = Trouble::unread(place, "no tar header where one should be");
                Ok(reader.emit(Err(trouble.class("broken members of archives")), sink))
            }
            Ok(Block::Member(member)) => {
                broken = false;
                count += 1;
                if count > MAX_MEMBERS {
                    return reader.emit(Err(members::too_many(&spot.place)), sink);
                }
                entry(reader, spot, &mut from, &mut ahead, member, sink)
            }
            Err(error) => Err(error),
        };
        match result {
            Ok(flow) => flow?,
            Err(error) => {
                let trouble = Trouble::unread(&spot.place, plain_reason(&error)).class("unreadable ends of files");
                return reader.emit(Err(trouble.hint("the members above were read")), sink);
            }
        }
    }
}

enum Block {
    Member(Member),
    Empty,
    Broken,
    End,
}

/// Takes the next block.
fn header(from: &mut Stream) -> io::Result<Block> {
    let seen = from.peek(BLOCK)?;
    if seen.is_empty() {
        return Ok(Block::End);
    }
    let block = match seen.get(..BLOCK) {
        None if seen.iter().all(|byte| *byte == 0) => Block::Empty,
        None => Block::Broken,
        Some(block) if block.iter().all(|byte| *byte == 0) => Block::Empty,
        Some(block) => member(Header::from_byte_slice(block)).map_or(Block::Broken, Block::Member),
    };
    from.skip(BLOCK as u64)?;
    Ok(block)
}

fn member(header: &Header) -> Option<Member> {
    /// The eight bytes of the checksum itself count as spaces.
    const SUM: std::ops::Range<usize> = 148..156;
    let bytes = header.as_bytes().iter().enumerate();
    let sum = bytes.map(|(at, byte)| if SUM.contains(&at) { 32 } else { u32::from(*byte) });
    let sum: u32 = sum.sum();
    (header.cksum().ok()? == sum).then_some(())?;
    Some(Member {
        kind: header.entry_type(),
        name: header.path_bytes().into_owned(),
        size: header.entry_size().ok()?,
    })
}

/// Reads what belongs to a header, to the end of its last block.
fn entry(
    reader: &mut Reader,
    spot: &Spot,
    from: &mut Stream,
    ahead: &mut Ahead,
    member: Member,
    sink: Sink,
) -> io::Result<ControlFlow<()>> {
    let long = matches!(member.kind, EntryType::GNULongName | EntryType::XHeader);
    let size = match long {
        true => member.size,
        false => ahead.size.take().unwrap_or(member.size),
    };
    let start = from.offset();
    let end = start.saturating_add(size).saturating_add(padding(size));
    let mut flow = ControlFlow::Continue(());
    match member.kind {
        EntryType::GNULongName if size <= MAX_NAME => ahead.name = Some(name(&bytes(from, size)?)),
        EntryType::XHeader if size <= MAX_NAME => extend(ahead, &bytes(from, size)?),
        EntryType::Regular | EntryType::Continuous => {
            let name = ahead.name.take().unwrap_or(member.name);
            let name = PathBuf::from(String::from_utf8_lossy(&name).into_owned());
            let content = Exactly {
                inner: &mut *from,
                left: size,
            };
            flow = document(reader, spot, name, content, sink);
        }
        EntryType::GNULongName | EntryType::XHeader | EntryType::XGlobalHeader | EntryType::GNULongLink => {}
        _ => *ahead = Ahead::default(),
    }
    if flow.is_continue() {
        from.skip(end.saturating_sub(from.offset()))?;
    }
    match from.offset() < start.saturating_add(size) && flow.is_continue() {
        true => Err(cut_off()),
        false => Ok(flow),
    }
}

/// So many bytes and no fewer: what was cut off must not pass for the whole.
struct Exactly<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buf.len());
        let read = self.inner.read(&mut buf[..room])?;
        self.left -= read as u64;
        match read == 0 && room > 0 {
            true => Err(cut_off()),
            false => Ok(read),
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "cut off")
}

fn document(reader: &mut Reader, spot: &Spot, name: PathBuf, from: impl Read, sink: Sink) -> ControlFlow<()> {
    if !members::is_wanted(&name) {
        return ControlFlow::Continue(());
    }
    if !members::is_notes(&name) {
        return members::read(reader, spot, &name, from, sink);
    }
    match members::keep_notes(reader, spot, &name, from) {
        Some(documents) => reader.stream(spot.member(&name), documents, sink),
        None => ControlFlow::Continue(()),
    }
}

fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

fn bytes(from: &mut Stream, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn name(bytes: &[u8]) -> Vec<u8> {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec()
}

fn extend(ahead: &mut Ahead, records: &[u8]) {
    for record in PaxExtensions::new(records).flatten() {
        match record.key() {
            Ok("path") => ahead.name = Some(name(record.value_bytes())),
            Ok("size") => ahead.size = record.value().ok().and_then(|size| size.parse().ok()),
            _ => {}
        }
    }
}
