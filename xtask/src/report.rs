//! What is printed, and how: headings, times, sizes, tables.

use std::io::IsTerminal;
use std::time::Duration;

/// A heading before a step.
pub fn heading(title: &str) {
    println!("{}", styled("1", &format!("==> {title}")));
}

/// A line that belongs to the step above.
pub fn note(line: &str) {
    println!("    {line}");
}

fn styled(code: &str, line: &str) -> String {
    let plain = !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    if plain { line.to_owned() } else { format!("\x1b[{code}m{line}\x1b[0m") }
}

/// A time as it is said: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A size in thousands of bytes: `123.4 kB`.
pub fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

/// Prints rows in columns: the first to the left, the others to the right. `left` names further columns to keep left.
pub fn table(rows: &[Vec<String>], left: &[usize]) {
    for line in columns(rows, left) {
        note(&line);
    }
}

fn columns(rows: &[Vec<String>], left: &[usize]) -> Vec<String> {
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = width(column).unwrap_or_default();
            let to_left = column == 0 || left.contains(&column);
            if to_left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_with_the_precision_that_matters() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(59)), "59 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_size_is_rounded_to_a_tenth_of_a_kilobyte() {
        assert_eq!(kilobytes(400_000), "400.0 kB");
        assert_eq!(kilobytes(149), "0.1 kB");
        assert_eq!(kilobytes(151), "0.2 kB");
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["a".to_owned(), "10".to_owned()], vec!["long".to_owned(), "9".to_owned()]];
        assert_eq!(columns(&rows, &[]), ["a     10", "long   9"]);
        assert_eq!(columns(&rows, &[1]), ["a     10", "long  9"]);
    }
}
