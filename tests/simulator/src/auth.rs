//! Tokens and rights (contract section 3).
//!
//! Tokens are real HS256 JWTs. The gateway's rules hold: the header is split on one space and the scheme word
//! is not looked at, `?token=` overrides the header, and everything that is not a valid token is 401 with an
//! empty body. Four tokens exist; `GET /__sim/tokens` hands them out.

use crate::clock::Millis;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

const SECRET: &[u8] = b"a simulator's signing key protects nothing";
const CENTURY_S: i64 = 876_000 * 3600;

/// Who holds a token and what they may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// System administrator: passes every check.
    Admin,
    /// Every right on test environments, none on production, no administrator.
    Developer,
    /// A valid token without any right.
    Viewer,
}

impl Role {
    /// The token's name in the journal and in `/__sim/tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Developer => "developer",
            Self::Viewer => "viewer",
        }
    }

    /// True when the role holds an `Env.*` right (test environments).
    pub fn test_rights(self) -> bool {
        self != Self::Viewer
    }

    /// True when the role holds a `ProductionEnv.*` right, project administration or system administration.
    pub fn admin_rights(self) -> bool {
        self == Self::Admin
    }
}

/// Where the token of a request stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `Authorization`.
    Header,
    /// `?token=`.
    Query,
}

/// What the gateway found in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No token, or a header that does not have exactly two parts.
    Missing,
    /// A token that is malformed, forged or expired; the name when it is one of ours.
    Refused(Place, Option<&'static str>),
    /// A valid token.
    Accepted(Place, Role),
}

/// A token by its name, as `/__sim/tokens` lists it.
pub fn tokens(now: Millis) -> Vec<(&'static str, String)> {
    let now_s = now / 1000;
    vec![
        ("admin", issue("admin", "00000000-0000-0000-0000-000000000001", now_s + CENTURY_S)),
        ("developer", issue("developer", "00000000-0000-0000-0000-000000000002", now_s + CENTURY_S)),
        ("viewer", issue("viewer", "00000000-0000-0000-0000-000000000003", now_s + CENTURY_S)),
        ("expired", issue("admin", "00000000-0000-0000-0000-000000000001", now_s - 3600)),
    ]
}

/// Signs a token for an account, with the claims the real server writes.
pub fn issue(account: &str, uid: &str, exp_s: i64) -> String {
    let claims = json!({
        "name": account, "email": format!("{account}@example.com"), "phone": "", "uid": uid,
        "preferred_username": account, "federated_claims": {"connector_id": "system", "user_id": account},
        "aud": "zadig", "exp": exp_s,
    });
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(mac(&signed).finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// Applies the gateway's rules to a header and a query parameter.
pub fn check(header: Option<&str>, query: Option<&str>, now: Millis) -> Verdict {
    if let Some(token) = query.filter(|t| !t.is_empty()) {
        return judge(token, Place::Query, now);
    }
    let Some(header) = header else { return Verdict::Missing };
    let parts: Vec<&str> = header.split(' ').collect();
    match parts.as_slice() {
        [_, token] => judge(token, Place::Header, now),
        _ => Verdict::Missing,
    }
}

fn judge(token: &str, place: Place, now: Millis) -> Verdict {
    let Some(claims) = verify(token) else { return Verdict::Refused(place, None) };
    if claims.get("exp").and_then(Value::as_i64).unwrap_or(0) < now / 1000 {
        return Verdict::Refused(place, Some("expired"));
    }
    match claims.get("preferred_username").and_then(Value::as_str) {
        Some("admin") => Verdict::Accepted(place, Role::Admin),
        Some("developer") => Verdict::Accepted(place, Role::Developer),
        _ => Verdict::Accepted(place, Role::Viewer),
    }
}

fn verify(token: &str) -> Option<Value> {
    let (signed, signature) = token.rsplit_once('.')?;
    mac(signed).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let payload = signed.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

fn mac(text: &str) -> Hmac<Sha256> {
    // HMAC takes a key of any length, so the fallback is never used.
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(SECRET).unwrap_or_else(|_| Mac::new(&Default::default()));
    mac.update(text.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_700_000_000_000;

    fn token(name: &str) -> String {
        tokens(NOW).into_iter().find(|(n, _)| *n == name).expect("the token exists").1
    }

    #[test]
    fn the_header_needs_exactly_two_parts_and_any_scheme() {
        let admin = token("admin");
        let accepted = Verdict::Accepted(Place::Header, Role::Admin);
        assert_eq!(check(Some(&format!("Bearer {admin}")), None, NOW), accepted);
        assert_eq!(check(Some(&format!("whatever {admin}")), None, NOW), accepted);
        assert_eq!(check(Some(&admin), None, NOW), Verdict::Missing);
        assert_eq!(check(Some(&format!("Bearer  {admin}")), None, NOW), Verdict::Missing);
        assert_eq!(check(None, None, NOW), Verdict::Missing);
    }

    #[test]
    fn the_query_overrides_the_header() {
        let header = format!("Bearer {}", token("admin"));
        let verdict = check(Some(&header), Some(&token("viewer")), NOW);
        assert_eq!(verdict, Verdict::Accepted(Place::Query, Role::Viewer));
        assert_eq!(check(Some(&header), Some("nonsense"), NOW), Verdict::Refused(Place::Query, None));
    }

    #[test]
    fn forged_and_expired_tokens_are_refused() {
        let mut forged = token("admin");
        forged.push('x');
        assert_eq!(check(None, Some(&forged), NOW), Verdict::Refused(Place::Query, None));
        assert_eq!(
            check(None, Some(&token("expired")), NOW),
            Verdict::Refused(Place::Query, Some("expired"))
        );
    }
}
