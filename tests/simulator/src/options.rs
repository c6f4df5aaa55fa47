//! The command line, and the same options as JSON for `POST /__sim/reset`.

use crate::version::{Licence, Version};
use serde_json::Value;

/// What a simulator is started with.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Address to listen on; loopback and a free port unless told otherwise.
    pub listen: String,
    /// Server profile.
    pub version: Version,
    /// Licence of the installation.
    pub licence: Licence,
    /// Number of environments in project `scale`; 0 leaves the project out.
    pub scale: usize,
    /// How many simulated seconds pass in a real one.
    pub speed: f64,
    /// Seed of everything random.
    pub seed: u64,
    /// A server without the portal GET bug (E43).
    pub fixed_portal: bool,
    /// The licence service cannot be reached (H13 fails for administrators).
    pub licence_unreachable: bool,
    /// Allow every origin (the real server sends no CORS header at all).
    pub cors: bool,
    /// End the process when standard input closes.
    pub exit_with_stdin: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:0".into(),
            version: Version::V5_0_0,
            licence: Licence::Enterprise,
            scale: 0,
            speed: 1.0,
            seed: 1,
            fixed_portal: false,
            licence_unreachable: false,
            cors: false,
            exit_with_stdin: false,
        }
    }
}

/// The text of `--help`.
pub const USAGE: &str = "zadig-simulator: a simulated Zadig for tests and development

  --listen ADDRESS:PORT   where to listen (127.0.0.1:0 = loopback, any free port)
  --version PROFILE       v3.4.0, v4.2.1, v4.3.0, v5.0.0, head or next (v5.0.0)
  --licence KIND          basic, professional or enterprise (enterprise)
  --scale N               project `scale` with N environments (0: no such project)
  --speed F               simulated seconds per real second (1)
  --seed N                seed of everything random (1)
  --fixed-portal          answer E43 as documented, without the server's bug
  --licence-unreachable   the licence service does not answer (H13 fails for administrators)
  --cors                  allow every origin, for tests on another port
  --exit-with-stdin       end when standard input closes
";

impl Options {
    /// Reads the command line (without the program name), as `--name value` or `--name=value`.
    ///
    /// Fails with a sentence naming the argument that was not understood.
    pub fn from_args(args: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let (name, inline) = match arg.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (arg, None),
            };
            match name.as_str() {
                "--fixed-portal" => options.fixed_portal = true,
                "--licence-unreachable" => options.licence_unreachable = true,
                "--cors" => options.cors = true,
                "--exit-with-stdin" => options.exit_with_stdin = true,
                _ => {
                    let value =
                        inline.or_else(|| args.next()).ok_or_else(|| format!("{name} needs a value"))?;
                    options.set(&name, &value)?;
                }
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let bad = || format!("{name}: `{value}` is not understood");
        match name {
            "--listen" => self.listen = value.to_owned(),
            "--version" => self.version = Version::parse(value).ok_or_else(bad)?,
            "--licence" | "--license" => self.licence = Licence::parse(value).ok_or_else(bad)?,
            "--scale" => self.scale = value.parse().map_err(|_| bad())?,
            "--speed" => {
                self.speed =
                    value.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0).ok_or_else(bad)?
            }
            "--seed" => self.seed = value.parse().map_err(|_| bad())?,
            _ => return Err(format!("unknown option {name}")),
        }
        Ok(())
    }

    /// These options with the members of a JSON object applied (`version`, `licence`, `scale`, `speed`, `seed`,
    /// `fixed_portal`); members that are absent keep their value.
    ///
    /// Fails with a sentence naming the member that was not understood.
    pub fn with_json(&self, json: &Value) -> Result<Self, String> {
        let mut next = self.clone();
        let Some(members) = json.as_object() else {
            return if json.is_null() { Ok(next) } else { Err("a JSON object is expected".into()) };
        };
        for (name, value) in members {
            match name.as_str() {
                "fixed_portal" | "fixed-portal" => {
                    next.fixed_portal = value.as_bool().ok_or("fixed_portal: true or false is expected")?;
                }
                "licence_unreachable" => {
                    next.licence_unreachable =
                        value.as_bool().ok_or("licence_unreachable: true or false is expected")?;
                }
                "version" | "licence" | "license" | "scale" | "speed" | "seed" => {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    next.set(&format!("--{name}"), &text)?;
                }
                _ => return Err(format!("unknown option {name}")),
            }
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_in_both_forms() {
        let args = ["--version", "v3.4.0", "--scale=5000", "--fixed-portal"].map(str::to_owned);
        let options = Options::from_args(args).expect("these are valid");
        assert_eq!(options.version, Version::V3_4_0);
        assert_eq!(options.scale, 5000);
        assert!(options.fixed_portal);
    }

    #[test]
    fn a_wrong_argument_is_named() {
        let wrong = Options::from_args(["--licence".to_owned(), "gold".to_owned()]);
        assert_eq!(wrong, Err("--licence: `gold` is not understood".to_owned()));
    }

    #[test]
    fn reset_keeps_what_is_not_named() {
        let start = Options { scale: 7, ..Options::default() };
        let next = start.with_json(&serde_json::json!({"version": "v4.2.1", "speed": 20})).expect("valid");
        assert_eq!((next.version, next.scale, next.speed), (Version::V4_2_1, 7, 20.0));
    }
}
