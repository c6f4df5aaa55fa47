//! The API token.
//!
//! A token is checked before it is kept: a browser's `Headers.set` throws on what cannot be a header value, and a
//! throw inside WebAssembly stops the module. A [`TokenCell`] is what the client reads for every request, so a new
//! token is used at once by everyone.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::lenient::whole;
use serde_json::Value;
use thiserror::Error;

/// A text that can be sent as `Authorization: Bearer …`. Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text cannot be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenProblem {
    /// Nothing but white space.
    #[error("the token is empty")]
    Empty,
    /// White space inside: two things were pasted, or a line break. The server reads only two words.
    #[error("the token has white space inside")]
    InnerSpace,
    /// A control character.
    #[error("the token has a control character")]
    Control,
    /// A character outside ASCII, such as a typographic quote or an ellipsis.
    #[error("the token has a character that is not ASCII")]
    NotAscii,
}

impl Token {
    /// Takes what a person pasted: surrounding white space and a leading `Bearer ` are removed.
    ///
    /// # Errors
    /// A [`TokenProblem`] for what cannot be a header value.
    pub fn new(pasted: &str) -> Result<Self, TokenProblem> {
        let text = pasted.trim();
        let text = match text.split_once(' ') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
            None if text.eq_ignore_ascii_case("bearer") => "",
            _ => text,
        };
        if text.is_empty() {
            return Err(TokenProblem::Empty);
        }
        for character in text.chars() {
            if character.is_whitespace() {
                return Err(TokenProblem::InnerSpace);
            }
            if character.is_control() {
                return Err(TokenProblem::Control);
            }
            if !character.is_ascii() {
                return Err(TokenProblem::NotAscii);
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The header's value.
    pub fn header_value(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// The bare token, for storage the user asked for.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the token says about itself, if it is a JWT. Nothing is verified: this is for showing only.
    pub fn claims(&self) -> Option<Claims> {
        let mut parts = self.0.split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let value: Value = serde_json::from_slice(&base64url(payload)?).ok()?;
        Claims::read(&value)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The claims of a Zadig token that are worth showing (contract 3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The display name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The account name.
    pub preferred_username: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The user's id.
    pub uid: Option<String>,
    /// Expiry, Unix seconds.
    pub exp: Option<i64>,
}

impl Claims {
    fn read(value: &Value) -> Option<Self> {
        let map = value.as_object()?;
        let text =
            |key: &str| map.get(key).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned);
        let number = |value: &Value| value.as_i64().or_else(|| value.as_f64().map(whole));
        Some(Self {
            name: text("name"),
            email: text("email"),
            preferred_username: text("preferred_username"),
            phone: text("phone"),
            uid: text("uid"),
            exp: map.get("exp").and_then(number),
        })
    }

    /// The best name to show.
    pub fn display_name(&self) -> Option<&str> {
        [&self.name, &self.preferred_username, &self.email, &self.uid].into_iter().find_map(|n| n.as_deref())
    }

    /// Whether the token has run out at `now` (Unix seconds). A token without expiry has not.
    pub fn expired_at(&self, now: i64) -> bool {
        self.exp.is_some_and(|exp| exp <= now)
    }
}

/// Decodes base64url (or plain base64), with or without padding; `None` for anything else.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).unwrap_or_default());
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

/// The token in use, shared by everyone who sends; cheap to clone.
#[derive(Clone, Default)]
pub struct TokenCell(Rc<CellInner>);

#[derive(Default)]
struct CellInner {
    token: RefCell<Option<Token>>,
    generation: Cell<u64>,
}

impl TokenCell {
    /// A cell without a token.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the token; `None` forgets it. Calls under way keep the one they were sent with.
    pub fn set(&self, token: Option<Token>) {
        *self.0.token.borrow_mut() = token;
        self.0.generation.set(self.0.generation.get() + 1);
    }

    /// The token in use.
    pub fn get(&self) -> Option<Token> {
        self.0.token.borrow().clone()
    }

    /// A number that grows with every [`TokenCell::set`].
    pub fn generation(&self) -> u64 {
        self.0.generation.get()
    }
}

impl fmt::Debug for TokenCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.0.token.borrow().is_some() { "set" } else { "none" };
        write!(f, "TokenCell({state})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_token_is_trimmed() {
        assert_eq!(Token::new("  Bearer abc.def.ghi\r\n").unwrap().header_value(), "Bearer abc.def.ghi");
        assert_eq!(Token::new("abc").unwrap().reveal(), "abc");
    }

    #[test]
    fn what_cannot_be_a_header_value_is_refused_with_the_reason() {
        assert_eq!(Token::new(" \n "), Err(TokenProblem::Empty));
        assert_eq!(Token::new("Bearer "), Err(TokenProblem::Empty));
        assert_eq!(Token::new("ab\ncd"), Err(TokenProblem::InnerSpace));
        assert_eq!(Token::new("ab\u{0}cd"), Err(TokenProblem::Control));
        assert_eq!(Token::new("ab…"), Err(TokenProblem::NotAscii));
    }

    #[test]
    fn debug_output_never_shows_the_token() {
        let token = Token::new("s3cret").unwrap();
        let cell = TokenCell::new();
        cell.set(Some(token.clone()));
        assert!(!format!("{token:?} {cell:?}").contains("s3cret"));
    }

    #[test]
    fn the_claims_of_a_jwt_are_read_without_verifying() {
        // {"name":"王伟","email":"w@example.com","uid":"u-1","exp":4102444800,"federated_claims":{}}
        let payload = "eyJuYW1lIjoi546L5LyfIiwiZW1haWwiOiJ3QGV4YW1wbGUuY29tIiwidWlkIjoidS0xIiwiZXhwIjo0MTAyNDQ0ODAwLCJmZWRlcmF0ZWRfY2xhaW1zIjp7fX0";
        let claims = Token::new(&format!("h.{payload}.s")).unwrap().claims().unwrap();
        assert_eq!(claims.display_name(), Some("王伟"));
        assert_eq!(claims.exp, Some(4_102_444_800));
        assert!(!claims.expired_at(1_700_000_000) && claims.expired_at(4_102_444_800));
    }

    #[test]
    fn a_token_that_is_no_jwt_has_no_claims() {
        for text in ["opaque", "a.b", "a.!!.c", "a.e30.c.d", "a.AAAA.c"] {
            assert_eq!(Token::new(text).unwrap().claims(), None, "{text}");
        }
    }

    #[test]
    fn a_new_token_is_a_new_generation() {
        let cell = TokenCell::new();
        let shared = cell.clone();
        let before = cell.generation();
        shared.set(Token::new("x").ok());
        assert!(cell.generation() > before && cell.get().is_some());
    }
}
