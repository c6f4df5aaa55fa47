//! Values that a server hides: newer ones write a secret as `********` (contract 9.2).

const MASK: &str = "********";
/// The same in base64, as the data of a Secret would hold it.
const ENCODED: &str = "KioqKioqKio=";

/// Whether a value, or a value in a YAML text, is a mask. Saved, the asterisks would take the place of the secret.
///
/// ```
/// use zadig_environments::domain::mask::is_masked;
/// assert!(is_masked("********") && is_masked("data:\n  password: '********'\n"));
/// assert!(!is_masked("a: \"**\"") && !is_masked("# ******** of a heading"));
/// ```
pub fn is_masked(text: &str) -> bool {
    text.lines().any(|line| {
        let value = line.rsplit_once(": ").map_or(line, |(_, value)| value);
        let value = value.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
        value == MASK || value == ENCODED
    })
}
