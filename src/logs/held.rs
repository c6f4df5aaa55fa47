//! Lines that are held back for a while: one text and where each line ends in it.

/// Lines in the order they came.
#[derive(Debug, Default)]
pub struct Held {
    text: String,
    ends: Vec<usize>,
}

impl Held {
    /// Holds one more line.
    pub fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.ends.push(self.text.len());
    }

    /// How many lines are held.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of all lines.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The memory in use.
    pub fn held_bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<usize>()
    }

    /// The line at `index`.
    pub fn line(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end)
    }

    /// The lines from `from` on.
    pub fn lines(&self, from: usize) -> impl Iterator<Item = &str> {
        (from..self.len()).filter_map(|index| self.line(index))
    }
}
