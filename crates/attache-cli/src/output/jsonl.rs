//! One JSON object a line, and ready-made text.

use std::io::Write;

use anyhow::Result;
use attache::Event;
use attache::event::StatementRecord;
use serde::Serialize;

use crate::commands::CodedDocument;
use crate::flow::Writer;

/// Writes values as JSON lines.
pub struct JsonWriter<W>(pub W);

impl<W: Write> JsonWriter<W> {
    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.0, value).map_err(std::io::Error::from)?;
        Ok(self.0.write_all(b"\n")?)
    }
}

impl<W: Write> Writer<CodedDocument> for JsonWriter<W> {
    fn write(&mut self, result: CodedDocument) -> Result<usize> {
        result.events.iter().try_for_each(|event: &Event| self.line(event))?;
        Ok(result.events.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}

impl<W: Write> Writer<Vec<StatementRecord>> for JsonWriter<W> {
    fn write(&mut self, result: Vec<StatementRecord>) -> Result<usize> {
        result.iter().try_for_each(|statement| self.line(statement))?;
        Ok(result.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}

/// Writes texts that are ready, each with its number of records.
pub struct TextWriter<W>(pub W);

impl<W: Write> Writer<(String, usize)> for TextWriter<W> {
    fn write(&mut self, (text, records): (String, usize)) -> Result<usize> {
        self.0.write_all(text.as_bytes())?;
        Ok(records)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}
