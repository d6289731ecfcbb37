//! The joint network: word pieces in, scores out. The graphs come from `training/export.py`.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView};

use crate::parser::ModelError;

/// One sentence, or a part of a very long one, as the network reads it.
pub(crate) struct Unit {
    /// Word pieces, `[CLS]` first.
    pub(crate) ids: Vec<i32>,
    /// Case class of the word that each piece belongs to.
    pub(crate) cases: Vec<i32>,
    /// Where each word's first piece stands in `ids`.
    pub(crate) firsts: Vec<i32>,
}

/// Scores of a batch: one row for the root and one for every word of each unit, unit after unit.
pub(crate) struct Scores {
    /// All tags of a row side by side.
    pub(crate) tags: Matrix,
    /// Vectors of words as dependents, to be multiplied with `arc_heads`.
    pub(crate) arc_dependents: Matrix,
    /// Vectors of words as heads.
    pub(crate) arc_heads: Matrix,
    label_dependents: Matrix,
    label_heads: Matrix,
    /// The batch as the network read it, for the second head.
    packed: [Value; 7],
    /// Vectors of the word pieces that the second head starts from.
    states: Value,
}

/// Rows of equal width.
pub(crate) struct Matrix {
    pub(crate) width: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// The given row; empty where there is none.
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        self.rows(at, 1)
    }

    /// `count` rows from `first`, one after another.
    pub(crate) fn rows(&self, first: usize, count: usize) -> &[f32] {
        self.values
            .get(first * self.width..(first + count) * self.width)
            .unwrap_or(&[])
    }

    fn from_value(value: Value) -> Result<Self, ModelError> {
        let ([_, width], values) = value.into_shape_vec::<f32, 2>().map_err(ModelError::new)?;
        Ok(Self { width, values })
    }

    /// A new matrix of chosen rows.
    fn gather(&self, rows: impl Iterator<Item = usize>) -> Self {
        let values = rows.flat_map(|row| self.row(row)).copied().collect();
        Self {
            width: self.width,
            values,
        }
    }

    fn into_value(self) -> Result<Value, ModelError> {
        let rows = self.values.len() / self.width.max(1);
        Value::from_shape([rows, self.width], self.values).map_err(ModelError::new)
    }
}

/// The two graphs and the threads to run them on.
pub(crate) struct Network {
    encoder: Model,
    inputs: [NodeId; 7],
    outputs: [NodeId; 6],
    labeller: Model,
    pair: [NodeId; 2],
    relations: NodeId,
    events: Model,
    event_inputs: [NodeId; 7],
    event_scores: NodeId,
    /// Pools of one thread each that no caller uses at the moment. The engine would spread one batch over all cores; a
    /// caller with many documents does better with one document a thread.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Network {
    pub(crate) fn new(
        encoder: &'static [u8],
        labeller: &'static [u8],
        events: &'static [u8],
    ) -> Result<Self, ModelError> {
        let load = |bytes| {
            let mut options = rten::ModelOptions::with_all_ops();
            options
                .prepack_weights(true)
                .load_static_slice(bytes)
                .map_err(ModelError::new)
        };
        let (encoder, labeller): (Model, Model) = (load(encoder)?, load(labeller)?);
        let events: Model = load(events)?;
        let inputs = nodes(&encoder, ["ids", "cases", "places", "spread", "pack", "mask", "firsts"])?;
        let outputs = nodes(
            &encoder,
            ["tags", "arc_dep", "arc_head", "label_dep", "label_head", "states"],
        )?;
        let [dep, head, relations] = nodes(&labeller, ["dep", "head", "scores"])?;
        let event_inputs = nodes(
            &events,
            [
                "states",
                "spread",
                "pack",
                "mask",
                "wanted",
                "wanted_spread",
                "wanted_pack",
            ],
        )?;
        let [event_scores] = nodes(&events, ["scores"])?;
        Ok(Self {
            encoder,
            inputs,
            outputs,
            labeller,
            pair: [dep, head],
            relations,
            events,
            event_inputs,
            event_scores,
            idle: Mutex::default(),
        })
    }

    /// Runs `work` on a pool of one thread that nobody else uses meanwhile.
    pub(crate) fn alone<R: Send>(&self, work: impl FnOnce(&Arc<ThreadPool>) -> R + Send) -> R {
        let taken = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = taken.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let result = pool.run(|| work(&pool));
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        result
    }

    /// Scores of a batch.
    pub(crate) fn score(&self, units: &[&Unit], pool: &Arc<ThreadPool>) -> Result<Scores, ModelError> {
        let packed = Packed::new(units).into_values()?;
        let inputs = self.inputs.into_iter().zip(&packed);
        let inputs = inputs.map(|(id, v)| (id, ValueOrView::from(v))).collect();
        let found = self
            .encoder
            .run_n(inputs, self.outputs, options(pool))
            .map_err(ModelError::new)?;
        let [tags, arc_dependents, arc_heads, label_dependents, label_heads, states] = found;
        Ok(Scores {
            packed,
            states,
            tags: Matrix::from_value(tags)?,
            arc_dependents: Matrix::from_value(arc_dependents)?,
            arc_heads: Matrix::from_value(arc_heads)?,
            label_dependents: Matrix::from_value(label_dependents)?,
            label_heads: Matrix::from_value(label_heads)?,
        })
    }

    /// What the second head says of some words: one row for each of `wanted`, which names words by their row in `scores`
    /// ([`Scores`]), ascending, unit by unit. `units` holds the number of wanted words of each unit of the batch.
    pub(crate) fn events(
        &self,
        scores: &Scores,
        wanted: &[usize],
        units: &[usize],
        pool: &Arc<ThreadPool>,
    ) -> Result<Matrix, ModelError> {
        if wanted.is_empty() {
            return Ok(Matrix {
                width: 0,
                values: Vec::new(),
            });
        }
        let [_, _, _, spread, pack, mask, firsts] = &scores.packed;
        let asked = Asked::new(firsts, wanted, units)?.into_values()?;
        let [rows, cells, back] = &asked;
        let inputs = self.event_inputs.into_iter();
        let inputs = inputs.zip([&scores.states, spread, pack, mask, rows, cells, back]);
        let inputs = inputs.map(|(id, v)| (id, ValueOrView::from(v))).collect();
        let [found] = self
            .events
            .run_n(inputs, [self.event_scores], options(pool))
            .map_err(ModelError::new)?;
        Matrix::from_value(found)
    }

    /// Scores of the relation between each (dependent, head) pair of rows.
    pub(crate) fn relate(
        &self,
        scores: &Scores,
        pairs: &[(usize, usize)],
        pool: &Arc<ThreadPool>,
    ) -> Result<Matrix, ModelError> {
        let [dep, head] = self.pair;
        let inputs = vec![
            (
                dep,
                scores
                    .label_dependents
                    .gather(pairs.iter().map(|p| p.0))
                    .into_value()?
                    .into(),
            ),
            (
                head,
                scores
                    .label_heads
                    .gather(pairs.iter().map(|p| p.1))
                    .into_value()?
                    .into(),
            ),
        ];
        let [found] = self
            .labeller
            .run_n(inputs, [self.relations], options(pool))
            .map_err(ModelError::new)?;
        Matrix::from_value(found)
    }
}

fn options(pool: &Arc<ThreadPool>) -> Option<RunOptions> {
    Some(RunOptions::default().with_thread_pool(Some(Arc::clone(pool))))
}

fn nodes<const N: usize>(model: &Model, names: [&str; N]) -> Result<[NodeId; N], ModelError> {
    let found = names
        .iter()
        .map(|n| model.node_id(n).map_err(ModelError::new))
        .collect::<Result<Vec<_>, _>>()?;
    found.try_into().map_err(|_| ModelError::new("wrong number of nodes"))
}

/// A batch one after another without padding. Only attention sees rows of equal length, and needs to know where the
/// packed rows go (`spread`) and where they come back from (`pack`).
struct Packed {
    ids: Vec<i32>,
    cases: Vec<i32>,
    places: Vec<i32>,
    spread: Vec<i32>,
    pack: Vec<i32>,
    mask: Vec<f32>,
    firsts: Vec<i32>,
    units: usize,
    longest: usize,
}

impl Packed {
    fn new(units: &[&Unit]) -> Self {
        let longest = units.iter().map(|u| u.ids.len()).max().unwrap_or(0);
        let cells = units.len() * longest;
        let mut packed = Self {
            ids: Vec::new(),
            cases: Vec::new(),
            places: Vec::new(),
            spread: vec![0; cells],
            pack: Vec::new(),
            mask: vec![-1e4; cells],
            firsts: Vec::new(),
            units: units.len(),
            longest,
        };
        for (row, unit) in units.iter().enumerate() {
            packed.add(row * longest, unit);
        }
        packed
    }

    fn add(&mut self, cell: usize, unit: &Unit) {
        let base = int(self.ids.len());
        let length = unit.ids.len();
        self.ids.extend(&unit.ids);
        self.cases.extend(&unit.cases);
        self.places.extend(0..int(length));
        self.pack.extend((cell..cell + length).map(int));
        for (at, place) in self.spread[cell..cell + length].iter_mut().enumerate() {
            *place = base + int(at);
        }
        self.mask[cell..cell + length].fill(0.0);
        self.firsts.push(base);
        self.firsts.extend(unit.firsts.iter().map(|f| base + f));
    }

    /// In the order of [`Network::inputs`].
    fn into_values(self) -> Result<[Value; 7], ModelError> {
        let line = |values: Vec<i32>| Value::from_shape([values.len()], values).map_err(ModelError::new);
        let (units, longest) = (self.units, self.longest);
        Ok([
            line(self.ids)?,
            line(self.cases)?,
            line(self.places)?,
            Value::from_shape([units, longest], self.spread).map_err(ModelError::new)?,
            line(self.pack)?,
            Value::from_shape([units, 1, 1, longest], self.mask).map_err(ModelError::new)?,
            line(self.firsts)?,
        ])
    }
}

/// Some words of a packed batch: their rows, and where they stand when every unit has as many.
struct Asked {
    rows: Vec<i32>,
    spread: Vec<i32>,
    pack: Vec<i32>,
    units: usize,
    most: usize,
}

impl Asked {
    fn new(firsts: &Value, wanted: &[usize], units: &[usize]) -> Result<Self, ModelError> {
        let firsts: Vec<i32> = firsts
            .as_tensor_view::<i32>()
            .map(|view| view.iter().copied().collect())
            .ok_or_else(|| ModelError::new("first pieces are no integers"))?;
        let most = units.iter().copied().max().unwrap_or(0);
        let mut asked = Self {
            rows: wanted.iter().filter_map(|row| firsts.get(*row).copied()).collect(),
            spread: vec![0; units.len() * most],
            pack: Vec::with_capacity(wanted.len()),
            units: units.len(),
            most,
        };
        let mut at = 0;
        for (unit, count) in units.iter().enumerate() {
            for place in 0..*count {
                let cell = unit * most + place;
                asked.spread[cell] = int(at);
                asked.pack.push(int(cell));
                at += 1;
            }
        }
        Ok(asked)
    }

    fn into_values(self) -> Result<[Value; 3], ModelError> {
        let line = |values: Vec<i32>| Value::from_shape([values.len()], values).map_err(ModelError::new);
        let cells = Value::from_shape([self.units, self.most], self.spread).map_err(ModelError::new)?;
        Ok([line(self.rows)?, cells, line(self.pack)?])
    }
}

/// Batches are far smaller than `i32::MAX`.
fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
