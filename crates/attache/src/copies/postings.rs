//! Which families hold a run: the way from a document to those that may tell the same.

use std::collections::HashMap;

/// Families that may hold a run before it counts as boilerplate and leads to nobody.
const SHARED: usize = 8;

/// Marks a value that points into `lists`.
const MANY: u32 = 1 << 31;

/// Runs to slots of families. A run held by one family costs some 14 bytes.
#[derive(Debug, Default)]
pub struct Postings {
    /// The slot of the only family, or the place of a list.
    one: HashMap<u32, u32>,
    lists: Vec<List>,
    free: Vec<u32>,
}

/// Families that hold a run.
#[derive(Debug, Default)]
struct List {
    /// Their slots, oldest first; empty once they have become too many.
    slots: Vec<u32>,
    /// How many there are.
    count: u32,
}

impl Postings {
    /// The slots of the families that hold the run; none where it is boilerplate.
    pub fn of(&self, run: u32) -> impl Iterator<Item = u32> {
        let value = self.one.get(&run).copied();
        let alone = value.filter(|value| value & MANY == 0);
        let list = value
            .filter(|value| value & MANY != 0)
            .map(|value| &self.lists[(value & !MANY) as usize].slots);
        alone.into_iter().chain(list.into_iter().flatten().copied())
    }

    /// A family that holds the run. Slots are below 2^31.
    pub fn add(&mut self, run: u32, slot: u32) {
        let Some(value) = self.one.get_mut(&run) else {
            self.one.insert(run, slot);
            return;
        };
        if *value & MANY == 0 {
            let list = List {
                slots: vec![*value],
                count: 1,
            };
            let place = match self.free.pop() {
                Some(place) => {
                    self.lists[place as usize] = list;
                    place
                }
                None => {
                    self.lists.push(list);
                    self.lists.len() as u32 - 1
                }
            };
            *value = MANY | place;
        }
        let list = &mut self.lists[(*value & !MANY) as usize];
        list.count += 1;
        // A run that has once become boilerplate stays so until all who held it have gone.
        match list.count as usize > SHARED || list.slots.is_empty() {
            true => list.slots = Vec::new(),
            false => list.slots.push(slot),
        }
    }

    /// Takes back what [`Postings::add`] noted.
    pub fn remove(&mut self, run: u32, slot: u32) {
        let Some(value) = self.one.get(&run).copied() else {
            return;
        };
        if value & MANY != 0 {
            let list = &mut self.lists[(value & !MANY) as usize];
            list.slots.retain(|held| *held != slot);
            list.count -= 1;
            if list.count > 0 {
                return;
            }
            list.slots = Vec::new();
            self.free.push(value & !MANY);
        }
        self.one.remove(&run);
    }

    /// Bytes on the heap, about.
    pub fn heap(&self) -> usize {
        let lists: usize = self.lists.iter().map(|list| 4 * list.slots.capacity()).sum();
        // A bucket is a key, a value and a byte of control; an eighth of them stays empty.
        self.one.capacity() * 9 * 8 / 7 + self.lists.capacity() * size_of::<List>() + 4 * self.free.capacity() + lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(postings: &Postings, run: u32) -> Vec<u32> {
        postings.of(run).collect()
    }

    #[test]
    fn what_many_hold_leads_to_nobody() {
        let mut postings = Postings::default();
        for slot in 0..SHARED as u32 {
            postings.add(7, slot);
        }
        assert_eq!(of(&postings, 7).len(), SHARED);
        postings.add(7, 99);
        assert_eq!(of(&postings, 7).len(), 0);
        // … also after some have gone, until all have.
        (0..SHARED as u32).for_each(|slot| postings.remove(7, slot));
        postings.add(7, 100);
        assert_eq!(of(&postings, 7).len(), 0);
        postings.remove(7, 99);
        postings.remove(7, 100);
        postings.add(7, 101);
        assert_eq!(of(&postings, 7), [101]);
    }

    #[test]
    fn what_was_added_can_be_taken_back() {
        let mut postings = Postings::default();
        for (run, slot) in [(1, 0), (1, 1), (2, 1), (1, 2)] {
            postings.add(run, slot);
        }
        postings.remove(1, 0);
        assert_eq!((of(&postings, 1), of(&postings, 2)), (vec![1, 2], vec![1]));
        for (run, slot) in [(1, 1), (1, 2), (2, 1), (3, 1)] {
            postings.remove(run, slot);
        }
        assert!(postings.one.is_empty());
        postings.add(5, 1);
        postings.add(5, 2);
        assert_eq!(postings.lists.len(), 1, "places of lists are used again");
    }
}
