//! Literals that a regular expression cannot match without: what makes most expressions as fast as plain text.

/// For a pattern of top-level alternatives, `error|timeout`: literals of which each match contains at least one.
///
/// `None` when one alternative has no literal, for then a match may contain none.
pub fn one_of_literals(pattern: &str) -> Option<Vec<String>> {
    // Without groups, classes and escapes every bar separates alternatives of the whole pattern.
    let is_flat = !pattern.contains(['(', '[', '\\']);
    (is_flat && pattern.contains('|')).then(|| pattern.split('|').map(required_literal).collect())?
}

/// The longest literal that every match of `pattern` contains, or `None` when that is not plain to see.
///
/// Reads only what stands outside groups and classes, and gives up at alternatives and flags: a missed literal
/// costs speed, a wrong one would lose matches.
pub fn required_literal(pattern: &str) -> Option<String> {
    if pattern.contains('|') || pattern.contains("(?") {
        return None;
    }
    let (mut best, mut run) = (String::new(), String::new());
    let (mut depth, mut in_class) = (0u32, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = match c {
            '\\' => match chars.next() {
                // What follows these belongs to the escape.
                Some('x' | 'u' | 'U' | 'p' | 'P') => return None,
                escaped => escaped.filter(|escaped| !escaped.is_alphanumeric()),
            },
            '[' if !in_class => {
                in_class = true;
                // A bracket right behind the opening (or its negation) is a member, not the end.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
                None
            }
            ']' if in_class => {
                in_class = false;
                None
            }
            '(' if !in_class => {
                depth += 1;
                None
            }
            ')' if !in_class => {
                depth = depth.saturating_sub(1);
                None
            }
            '.' | '^' | '$' | '*' | '+' | '?' | '{' | '}' => None,
            other => Some(other),
        };
        match literal {
            Some(literal) if depth == 0 && !in_class => run.push(literal),
            _ => {
                if matches!(c, '*' | '?' | '{') {
                    run.pop();
                }
                if c == '{' && !in_class {
                    while chars.next_if(|inner| *inner != '}').is_some() {}
                }
                if run.len() > best.len() {
                    best.clone_from(&run);
                }
                run.clear();
            }
        }
    }
    let best = if run.len() > best.len() { run } else { best };
    (best.len() >= 2).then_some(best)
}
