//! Enumerations that stay open.
//!
//! Servers add words (a new workload type, a new status). Every enumeration read from an answer keeps a word it
//! does not know in `Other`, so that it can be shown and sent back unchanged.

/// Declares an open enumeration: each variant with the word the server uses and, after `|`, further words read as
/// the same. Gives `as_str`, `Display`, `From<&str>`, `Default` (the empty word), `Serialize` and `Deserialize`.
macro_rules! open_enum {
    (
        $(#[$outer:meta])*
        pub enum $name:ident {
            $($(#[$inner:meta])* $variant:ident = $word:literal $(| $alias:literal)*,)+
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$inner])* $variant,)+
            /// A word this client does not know, kept as it came.
            Other(String),
        }

        impl $name {
            /// The word as the server writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word $(| $alias)* => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::from("")
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::api::lenient::text(from).map(|word| Self::from(word.as_str()))
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    open_enum! {
        /// For the tests below.
        pub enum Light {
            /// Go.
            Green = "green" | "go",
            /// Stop.
            Red = "red",
        }
    }

    #[test]
    fn an_unknown_word_is_kept() {
        let light: Light = serde_json::from_str("\"blinking\"").unwrap();
        assert_eq!(light, Light::Other("blinking".into()));
        assert_eq!(light.to_string(), "blinking");
        assert_eq!(serde_json::to_string(&light).unwrap(), "\"blinking\"");
    }

    #[test]
    fn other_names_of_a_word_are_read_and_null_is_the_empty_word() {
        assert_eq!(serde_json::from_str::<Light>("\"go\"").unwrap(), Light::Green);
        assert_eq!(serde_json::from_str::<Light>("null").unwrap(), Light::default());
        assert_eq!(Light::from("red").as_str(), "red");
    }
}
