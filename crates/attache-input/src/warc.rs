//! WARC files: records of a crawl, one after the other, plain or each in a gzip member of its own.
//!
//! A broken record costs itself: reading goes on at the next place where a record, or the gzip member around one, begins. Memory
//! is bounded by the largest article and the windows below, whatever the size of the file.

mod document;
mod head;
mod http;
mod records;

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use flate2::bufread::GzDecoder;

use self::document::Wanted;
use self::records::{KEEP, Records, Step};
use crate::open::{Stream, plain_reason};
use crate::reader::{Reader, Sink};
use crate::spot::Spot;
use crate::trouble::Trouble;
use crate::unpack::{Counted, GZIP, Guarded};
use crate::window::Window;

/// Packed bytes that are looked into to see what a gzip member holds.
const PROBE: usize = 4096;

/// Whether a gzip stream begins with a WARC record.
pub fn is_packed(from: &mut Stream) -> bool {
    from.peek(PROBE).is_ok_and(begins_packed_record)
}

/// Records one after the other.
pub fn read_plain(reader: &mut Reader, spot: &Spot, mut from: Stream, sink: Sink) -> ControlFlow<()> {
    from.keep(KEEP);
    let mut records = Records::new(from);
    loop {
        match records.next(&|head| Wanted::by(reader.filter(), head)) {
            Ok(Step::End) => return ControlFlow::Continue(()),
            Ok(step) => {
                let safe = step.record_offset();
                take(reader, spot, None, safe, &records, step, sink)?;
            }
            Err(error) => return reader.emit(Err(stopped(spot, records.offset(), &error)), sink),
        }
    }
}

/// Gzip members, of one record each or of many.
pub fn read_gzip(reader: &mut Reader, spot: &Spot, mut from: Stream, sink: Sink) -> ControlFlow<()> {
    let mut buffers = (Vec::new(), Vec::new());
    loop {
        let start = from.offset();
        match from.peek(GZIP.len()) {
            Ok([]) => return ControlFlow::Continue(()),
            Ok(seen) if seen.starts_with(GZIP) => {}
            // Some writers fill up with zeros.
            Ok([0, ..]) => {
                from.skip(1).ok();
                continue;
            }
            Ok(_) => {
                reader.emit(Err(broken(spot, start, "no gzip member where one should begin")), sink)?;
                if next_member(&mut from, start).is_err() {
                    return ControlFlow::Continue(());
                }
                continue;
            }
            Err(error) => return reader.emit(Err(stopped(spot, start, &error)), sink),
        }
        let (end, used) = member(reader, spot, &mut from, buffers, sink);
        buffers = used;
        match end {
            Ok(flow) => flow?,
            Err(error) if is_damage(&error) => {
                let why = format!("broken gzip member: {error}");
                reader.emit(Err(broken(spot, start, &why)), sink)?;
                if next_member(&mut from, start).is_err() {
                    return ControlFlow::Continue(());
                }
            }
            Err(error) => return reader.emit(Err(stopped(spot, from.offset(), &error)), sink),
        }
    }
}

type Buffers = (Vec<u8>, Vec<u8>);

/// The records of the gzip member that begins here.
fn member(
    reader: &mut Reader,
    spot: &Spot,
    from: &mut Stream,
    buffers: Buffers,
    sink: Sink,
) -> (io::Result<ControlFlow<()>>, Buffers) {
    let start = from.offset();
    let mut first = true;
    let taken = Arc::new(AtomicU64::new(0));
    let unpacked = GzDecoder::new(Counted::new(&mut *from, Arc::clone(&taken)));
    let guarded = Guarded::new(unpacked, taken, Arc::default());
    let mut records = Records::with_buffer(Window::at(guarded, KEEP, 0, buffers.0), buffers.1);
    let end = loop {
        match records.next(&|head| Wanted::by(reader.filter(), head)) {
            Ok(Step::End) => break Ok(ControlFlow::Continue(())),
            Ok(step) => {
                let safe = step.record_offset().filter(|_| first).map(|_| start);
                first = false;
                if take(reader, spot, Some(start), safe, &records, step, sink).is_break() {
                    break Ok(ControlFlow::Break(()));
                }
            }
            Err(error) => break Err(error),
        }
    };
    (end, records.into_buffers())
}

/// Hands on what a step found. `member` is where its gzip member begins, `safe` where reading may begin again.
fn take<R: Read>(
    reader: &mut Reader,
    spot: &Spot,
    member: Option<u64>,
    safe: Option<u64>,
    records: &Records<R>,
    step: Step,
    sink: Sink,
) -> ControlFlow<()> {
    let item = match step {
        Step::End => return ControlFlow::Continue(()),
        Step::Broken { offset, why } => Some(Err(broken(spot, member.unwrap_or(offset), why))),
        Step::Record { offset, head, wanted } => {
            let place = place(spot, member.unwrap_or(offset));
            document::item(reader, place, &head, wanted, records.block())
        }
    };
    let Some(item) = item else {
        return ControlFlow::Continue(());
    };
    if let (Some(safe), true) = (safe, spot.file.is_some()) {
        reader.safe_at(safe, 0);
    }
    reader.emit(item, sink)
}

fn place(spot: &Spot, offset: u64) -> String {
    format!("{}@{offset}", spot.place)
}

fn broken(spot: &Spot, offset: u64, why: &str) -> Trouble {
    Trouble::unread(place(spot, offset), why).class("broken records")
}

/// The stream cannot be read any further.
fn stopped(spot: &Spot, offset: u64, error: &io::Error) -> Trouble {
    Trouble::unread(place(spot, offset), plain_reason(error))
        .class("unreadable ends of files")
        .hint("the records above this one were read")
}

/// Whether the bytes are at fault, and not whoever brings them.
fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// Goes to the next gzip member that holds a record, behind the one that begins at `broken`, as far as the window reaches back.
fn next_member(from: &mut Stream, broken: u64) -> io::Result<()> {
    from.rewind(broken + 1);
    from.find(GZIP, PROBE, u64::MAX, begins_packed_record).map(|_| ())
}

fn begins_packed_record(packed: &[u8]) -> bool {
    /// Bits of the flags that no writer sets.
    const RESERVED: u8 = 0xe0;
    if !packed.starts_with(GZIP) || packed.get(3).is_none_or(|flags| flags & RESERVED != 0) {
        return false;
    }
    let mut start = [0; 5];
    GzDecoder::new(packed).read_exact(&mut start).is_ok() && &start == b"WARC/"
}
