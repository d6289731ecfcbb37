//! `attache eval`: records against gold.

mod documents;
mod gold;
mod layers;
mod sentences;
mod show;

use anyhow::{Result, bail};
use attache::{Options, Readers};

use self::gold::Gold;
use crate::args::{EvalArgs, ReadersChoice};
use crate::report::Level;
use crate::{Outcome, setup};

/// Runs the command.
///
/// # Errors
/// Where gold or documents cannot be read, or the engine cannot be loaded.
pub fn run(args: &EvalArgs, level: Level) -> Result<Outcome> {
    let coder = setup::coder(&args.engine, level == Level::Verbose)?.with_options(options(args));
    match (
        &args.docs,
        args.layer,
        gold::read(&args.gold, args.layer.is_some(), coder.ontology())?,
    ) {
        (_, Some(layer), Gold::Layers(_, documents)) => layers::run(args, layer, documents, &coder, level),
        (Some(docs), None, Gold::Records(_, records)) => documents::run(args, docs, &records, &coder),
        (None, None, Gold::Sentences(sentences)) => sentences::run(args, sentences, &coder),
        (None, None, Gold::Records(path, _)) => bail!(
            "{}: these are expected records of documents\n  hint: --docs FOLDER says where the documents are",
            path.display()
        ),
        (_, None, Gold::Layers(path, _)) => bail!(
            "{}: these are annotated documents\n  hint: --layer all scores their layers",
            path.display()
        ),
        (_, Some(_), _) => bail!(
            "--layer goes with annotated documents, which have \"text\" and \"times\", \"places\", \"statements\", \
             \"coreference\" or \"entities\""
        ),
        (Some(_), None, Gold::Sentences(_)) => {
            bail!("--docs goes with expected records of documents, but the gold is sentences")
        }
    }
}

fn options(args: &EvalArgs) -> Options {
    Options {
        readers: match args.readers {
            ReadersChoice::Both => Readers::Both,
            ReadersChoice::Patterns => Readers::Patterns,
            ReadersChoice::Classifier => Readers::Classifier,
        },
        coreference: !args.no_coreference,
        least: args.least,
    }
}
