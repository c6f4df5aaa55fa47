//! How large the page is, and whether that is allowed.

use crate::failure::{Context, Outcome, Required, failed};
use crate::report::kilobytes;

/// Everything that the first environment page fetches is no larger than this, compressed with gzip.
pub const BUDGET: u64 = 400_000;

/// Files that are fetched only when something needs them: their name, where `*` stands for anything (also at the end), and
/// what needs them. Everything else counts as fetched by the first page.
pub const ON_DEMAND: &[(&str, &str)] = &[
    ("embed.", "a portal embeds it"),
    ("editor.js", "a code editor opens"),
    ("late-", "a part is loaded"),
    ("notices.", "About lists it"),
    ("frame.js", "another page frames it"),
    ("zadig-environments-*_split_logs", "a log is opened"),
    ("zadig-environments-*_split_services", "a service is opened or something is changed"),
    ("zadig-environments-*_split_editors", "variables, configs, sub-environments"),
    ("zadig-environments-*_split_extras", "connection, projects, settings, palette"),
    ("zadig-environments-*_chunk_", "shared by the parts above"),
];

/// One file of the page.
#[derive(Debug, PartialEq, Eq)]
pub struct Size {
    /// Its path in the folder.
    pub file: String,
    /// Its length.
    pub raw: u64,
    /// Its length after `gzip -9`.
    pub gzip: u64,
    /// Its length after brotli 11.
    pub brotli: u64,
}

/// Reads what `scripts/measure.mjs` prints.
pub fn read(printed: &str) -> Outcome<Vec<Size>> {
    let size = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).context("the measurement")?;
        let number =
            |name: &str| value.get(name).and_then(serde_json::Value::as_u64).or_say("a number is missing");
        let file =
            value.get("file").and_then(serde_json::Value::as_str).or_say("a name is missing")?.to_owned();
        Ok(Size { file, raw: number("raw")?, gzip: number("gzip")?, brotli: number("brotli")? })
    };
    let mut sizes = printed.lines().map(size).collect::<Outcome<Vec<_>>>()?;
    sizes.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.file.cmp(&b.file)));
    Ok(sizes)
}

/// The sizes in rows, the files of the first page first, with their total.
pub fn rows(sizes: &[Size], on_demand: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut rows = vec![["fetched by the first page", "raw", "gzip", "brotli"].map(str::to_owned).to_vec()];
    let first = || sizes.iter().filter(|size| reason(size, on_demand).is_none());
    rows.extend(first().map(|size| row(size, "")));
    rows.push(row(&total(first()), ""));
    let later: Vec<_> = sizes.iter().filter_map(|size| Some((size, reason(size, on_demand)?))).collect();
    if !later.is_empty() {
        rows.push(vec!["fetched when needed".to_owned()]);
        rows.extend(later.into_iter().map(|(size, reason)| row(size, reason)));
    }
    rows
}

/// Fails if the first page is over the budget.
pub fn check(sizes: &[Size], on_demand: &[(&str, &str)]) -> Outcome<u64> {
    let total = total(sizes.iter().filter(|size| reason(size, on_demand).is_none())).gzip;
    if total > BUDGET {
        return failed(format!(
            "the first page fetches {} (gzip), {} over the budget of {}",
            kilobytes(total),
            kilobytes(total - BUDGET),
            kilobytes(BUDGET)
        ));
    }
    Ok(total)
}

fn reason<'a>(size: &Size, on_demand: &[(&str, &'a str)]) -> Option<&'a str> {
    on_demand.iter().find(|(pattern, _)| matches(pattern, &size.file)).map(|(_, reason)| *reason)
}

/// Whether a name has the pieces of a pattern in their order, the first at its beginning.
fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().and_then(|piece| name.strip_prefix(piece));
    let rest = first.map(|rest| {
        pieces.try_fold(rest, |rest, piece| rest.split_once(piece).map(|(_, after)| after)).is_some()
    });
    rest == Some(true)
}

fn total<'a>(sizes: impl Iterator<Item = &'a Size>) -> Size {
    let nothing = Size { file: "total".to_owned(), raw: 0, gzip: 0, brotli: 0 };
    sizes.fold(nothing, |sum, size| Size {
        file: sum.file,
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    })
}

fn row(size: &Size, reason: &str) -> Vec<String> {
    let mut row = vec![size.file.clone()];
    row.extend([size.raw, size.gzip, size.brotli].map(kilobytes));
    row.push(reason.to_owned());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATER: &[(&str, &str)] = &[("editor/", "the editor")];

    fn sizes() -> Vec<Size> {
        read(concat!(
            "{\"file\":\"index.html\",\"raw\":10,\"gzip\":5,\"brotli\":4}\n",
            "{\"file\":\"editor/a.js\",\"raw\":9000000,\"gzip\":5000000,\"brotli\":9}\n",
            "{\"file\":\"app.wasm\",\"raw\":900000,\"gzip\":300000,\"brotli\":9}\n",
        ))
        .unwrap()
    }

    #[test]
    fn only_what_the_first_page_fetches_counts() {
        assert_eq!(check(&sizes(), LATER).unwrap(), 300_005);
    }

    #[test]
    fn a_pattern_names_what_has_its_pieces_in_order() {
        assert!(matches("app-*_split_logs", "app-0123_split_logs.wasm") && matches("embed.", "embed.js"));
        assert!(!matches("app-*_split_logs", "app-0123_bg.wasm") && !matches("app-*_x", "the-app-0_x"));
    }

    #[test]
    fn a_file_that_no_rule_names_counts_and_may_break_the_budget() {
        let failure = check(&sizes(), &[]).unwrap_err();
        assert!(failure.0.contains("over the budget"), "{failure}");
    }

    #[test]
    fn files_that_are_fetched_later_are_listed_apart_with_the_reason() {
        let rows = rows(&sizes(), LATER);
        let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names[1..], ["app.wasm", "index.html", "total", "fetched when needed", "editor/a.js"]);
        assert_eq!(rows[5][4], "the editor");
    }

    #[test]
    fn a_measurement_that_is_no_number_is_refused() {
        assert!(read("{\"file\":\"a\",\"raw\":\"x\",\"gzip\":1,\"brotli\":1}").is_err());
        assert!(read("SyntaxError").is_err());
    }
}
