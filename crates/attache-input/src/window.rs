//! A stream that can be looked into ahead and gone back in, as far as its window reaches.

use std::io::{self, BufRead, Read};

/// Bytes asked for at a time.
const CHUNK: usize = 32 * 1024;

/// Buffers `inner` and keeps at least the last `keep` bytes that were read. Holds at most twice `keep` and a chunk.
pub struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Offset of the buffer's first byte.
    start: u64,
    /// The next byte, in the buffer.
    at: usize,
    keep: usize,
}

impl<R: Read> Window<R> {
    /// A stream from offset 0.
    pub fn new(inner: R, keep: usize) -> Self {
        Window::at(inner, keep, 0, Vec::new())
    }

    /// A stream whose first byte has this offset, on the allocation of a used buffer.
    pub fn at(inner: R, keep: usize, offset: u64, mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        Window {
            inner,
            buffer,
            start: offset,
            at: 0,
            keep,
        }
    }

    /// The buffer, for the next window.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// Keeps at least the last `keep` bytes from here on.
    pub fn keep(&mut self, keep: usize) {
        self.keep = keep;
    }

    /// Offset of the next byte.
    pub fn offset(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Goes back to `offset`, or as near to it as the window reaches.
    pub fn rewind(&mut self, offset: u64) {
        let back = offset.saturating_sub(self.start);
        self.at = self.at.min(usize::try_from(back).unwrap_or(usize::MAX));
    }

    /// The next bytes without taking them: at least `count`, fewer only at the end.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count {
            if self.more()? == 0 {
                break;
            }
        }
        Ok(&self.buffer[self.at..])
    }

    /// Passes over `count` bytes; gives how many there were.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let there = self.fill_buf()?.len();
            if there == 0 {
                break;
            }
            let taken = usize::try_from(left).unwrap_or(usize::MAX).min(there);
            self.consume(taken);
            left -= taken as u64;
        }
        Ok(count - left)
    }

    /// Goes on to the next place before `until` where `test` holds; `needle` begins such a place and `test` sees the bytes
    /// from there on, at least `reach` of them where there are as many. Stops at `until` or the end otherwise.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn find(&mut self, needle: &[u8], reach: usize, until: u64, test: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
        let finder = memchr::memmem::Finder::new(needle);
        while self.offset() < until {
            let room = usize::try_from(until - self.offset()).unwrap_or(usize::MAX);
            let seen = self.peek(needle.len())?;
            if seen.len() < needle.len() {
                let rest = seen.len().min(room);
                self.consume(rest);
                return Ok(false);
            }
            match finder.find(seen) {
                Some(found) if found < room => {
                    self.consume(found);
                    if test(self.peek(reach)?) {
                        return Ok(true);
                    }
                    self.consume(1);
                }
                _ => {
                    let passed = (seen.len() + 1 - needle.len()).min(room);
                    self.consume(passed);
                }
            }
        }
        Ok(false)
    }

    /// Reads once from the stream; gives how many bytes came.
    fn more(&mut self) -> io::Result<usize> {
        if self.at > 2 * self.keep {
            let dropped = self.at - self.keep;
            self.buffer.drain(..dropped);
            self.start += dropped as u64;
            self.at = self.keep;
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(filled + *read.as_ref().unwrap_or(&0));
        read
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buf)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.more()?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One byte at a time: the worst that a pipe does.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let length = buf.len().min(1);
            self.0.read(&mut buf[..length])
        }
    }

    #[test]
    fn what_was_read_can_be_read_again_as_far_as_the_window_reaches() -> io::Result<()> {
        let bytes: Vec<u8> = (0..=255u8).cycle().take(1_000_000).collect();
        let mut window = Window::new(&bytes[..], 1000);
        assert_eq!(window.skip(600_000)?, 600_000);
        window.rewind(599_100);
        assert_eq!(window.offset(), 599_100);
        assert_eq!(window.peek(3)?[..3], bytes[599_100..599_103]);
        window.rewind(5);
        assert!(window.offset() > 5, "long gone");
        let there = window.offset() as usize;
        assert_eq!(window.peek(1)?[0], bytes[there]);
        assert_eq!(window.skip(u64::MAX)?, 1_000_000 - there as u64);
        Ok(())
    }

    #[test]
    fn the_buffer_stays_small() -> io::Result<()> {
        let mut window = Window::new(io::repeat(7), 4096);
        window.skip(100_000_000)?;
        assert!(
            window.buffer.capacity() < 4 * (2 * 4096 + CHUNK),
            "{}",
            window.buffer.capacity()
        );
        Ok(())
    }

    #[test]
    fn needles_are_found_across_reads_and_not_beyond_the_bound() -> io::Result<()> {
        let text = b"..ab.abc...abc";
        let mut window = Window::new(Drops(text), 100);
        assert!(window.find(b"abc", 3, u64::MAX, |_| true)?);
        assert_eq!(window.offset(), 5);
        window.consume(1);
        assert!(!window.find(b"abc", 3, 11, |_| true)?);
        assert_eq!(window.offset(), 11);
        assert!(window.find(b"abc", 3, 12, |_| true)?);
        window.consume(1);
        assert!(!window.find(b"abc", 3, u64::MAX, |_| true)?);
        assert_eq!(window.offset(), text.len() as u64);
        Ok(())
    }
}
