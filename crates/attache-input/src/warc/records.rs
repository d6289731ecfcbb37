//! Record after record of a stream, over broken ones.

use std::io::{self, BufRead, Read};

use super::document::Wanted;
use super::head::{Head, begins_record};
use crate::limits::{MAX_BLOCK, MAX_HEAD};
use crate::window::Window;

/// Bytes kept behind the reader: the largest block that is used can be gone through again.
pub const KEEP: usize = MAX_BLOCK + MAX_HEAD;

/// Bytes kept of a block that is too large, to see what it is.
const SAMPLE: u64 = MAX_HEAD as u64;

/// What comes next.
pub enum Step {
    /// A record; [`Records::block`] has its block, if it is wanted: all of it, or its beginning where it is larger than
    /// [`MAX_BLOCK`].
    Record {
        /// Where it begins in the stream.
        offset: u64,
        /// Its head.
        head: Head,
        /// What the caller said to it.
        wanted: Wanted,
    },
    /// Something that cannot be read; the stream stands at the next record, or at its end.
    Broken {
        /// Where it begins in the stream.
        offset: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// Nothing.
    End,
}

impl Step {
    /// Where a sound record begins.
    pub fn record_offset(&self) -> Option<u64> {
        match self {
            Step::Record { offset, .. } => Some(*offset),
            _ => None,
        }
    }
}

/// The records of a stream.
pub struct Records<R> {
    from: Window<R>,
    block: Vec<u8>,
}

impl<R: Read> Records<R> {
    /// From here on.
    pub fn new(from: Window<R>) -> Self {
        Records::with_buffer(from, Vec::new())
    }

    /// The same on the allocation of a used buffer.
    pub fn with_buffer(from: Window<R>, block: Vec<u8>) -> Self {
        Records { from, block }
    }

    /// The allocations, for the next stream.
    pub fn into_buffers(self) -> (Vec<u8>, Vec<u8>) {
        (self.from.into_buffer(), self.block)
    }

    /// The block of the last record.
    pub fn block(&self) -> &[u8] {
        &self.block
    }

    /// Where the stream stands.
    pub fn offset(&self) -> u64 {
        self.from.offset()
    }

    /// The next record or fault. Blocks are kept where `want` wants them.
    ///
    /// # Errors
    /// Where the stream cannot be read, or cannot be unpacked.
    pub fn next(&mut self, want: &dyn Fn(&Head) -> Wanted) -> io::Result<Step> {
        self.skip_line_ends()?;
        let offset = self.from.offset();
        if self.from.peek(1)?.is_empty() {
            return Ok(Step::End);
        }
        let head = match Head::read(&mut self.from)? {
            Ok(head) => head,
            Err(why) => return self.resume(offset + 1, offset, why),
        };
        let wanted = want(&head);
        let start = self.from.offset();
        self.block.clear();
        if head.length > MAX_BLOCK as u64 {
            return self.large(offset, head, wanted);
        }
        let read = match wanted {
            Wanted::Yes => (&mut self.from).take(head.length).read_to_end(&mut self.block)? as u64,
            _ => self.from.skip(head.length)?,
        };
        match read == head.length && self.ends_well()? {
            true => Ok(Step::Record { offset, head, wanted }),
            false => self.resume(start, offset, WRONG_LENGTH),
        }
    }

    /// A block too large to be gone through twice: where another record begins inside of it, its length is wrong.
    fn large(&mut self, offset: u64, head: Head, wanted: Wanted) -> io::Result<Step> {
        let end = self.from.offset().saturating_add(head.length);
        let sample = self.from.peek(SAMPLE as usize)?;
        let kept = sample.len().min(SAMPLE as usize);
        self.block.extend_from_slice(&sample[..kept]);
        if self.find_record(end)? || self.from.offset() < end || !self.ends_well()? {
            return self.resume(self.from.offset(), offset, WRONG_LENGTH);
        }
        Ok(Step::Record { offset, head, wanted })
    }

    /// Whether a block ends here: two line ends follow, or the next record, or nothing.
    fn ends_well(&mut self) -> io::Result<bool> {
        if self.from.peek(4)?.starts_with(b"\r\n\r\n") {
            self.from.consume(4);
            // Only at its end a packed stream tells whether it was sound.
            self.from.peek(1)?;
            return Ok(true);
        }
        self.skip_line_ends()?;
        let next = self.from.peek(64)?;
        Ok(next.is_empty() || begins_record(next))
    }

    /// Goes to the next record behind `from`.
    fn resume(&mut self, from: u64, offset: u64, why: &'static str) -> io::Result<Step> {
        self.from.rewind(from);
        self.find_record(u64::MAX)?;
        Ok(Step::Broken { offset, why })
    }

    fn find_record(&mut self, until: u64) -> io::Result<bool> {
        self.from.find(b"WARC/", 64, until, begins_record)
    }

    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let seen = self.from.fill_buf()?;
            let ends = seen.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if ends == 0 {
                return Ok(());
            }
            self.from.consume(ends);
        }
    }
}

const WRONG_LENGTH: &str = "wrong Content-Length, or cut off";
