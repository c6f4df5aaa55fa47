//! Chromium, its driver and a font with Chinese characters: for the tests only, from the system's packages.

use super::{Found, Tool};
use crate::failure::{Outcome, failed};
use crate::process;
use crate::report;
use crate::version::Version;
use crate::workspace::Workspace;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Debian's packages of both.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Chinese screenshots need a font that has the characters.
const FONT_PACKAGE: &str = "fonts-noto-cjk";

/// A Chromium with the driver of the same major version.
#[derive(Debug)]
pub struct Chromium;

impl Tool for Chromium {
    fn name(&self) -> &'static str {
        "chromium"
    }

    fn needed(&self, _: &Workspace) -> String {
        "with a chromedriver of the same major version (tests only)".to_owned()
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let path = BROWSERS.iter().find_map(|name| workspace.which(name)).ok_or("not found")?;
        let driver = workspace.which("chromedriver").ok_or("the browser is there, chromedriver is not")?;
        let version =
            |program| workspace.ask(program, &["--version"]).and_then(|text| Version::first_in(&text));
        let (browser, driver) =
            version(&path).zip(version(&driver)).ok_or("one of the two does not start")?;
        if browser.major != driver.major {
            return Err(format!("Chromium is {browser}, its driver {driver}"));
        }
        Ok(Found { version: browser.to_string(), path })
    }

    fn plan(&self, _: &Workspace) -> String {
        plan(&PACKAGES)
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        // Both at once, so that the package lists are fetched once.
        let font = Fonts.find(workspace).is_err().then_some(FONT_PACKAGE);
        let packages: Vec<&str> = PACKAGES.into_iter().chain(font).collect();
        install(workspace, &packages)
    }
}

/// A font with Chinese characters. Without one the tests pass, but screenshots show boxes.
#[derive(Debug)]
pub struct Fonts;

impl Tool for Fonts {
    fn name(&self) -> &'static str {
        "Chinese font"
    }

    fn needed(&self, _: &Workspace) -> String {
        "any (for screenshots)".to_owned()
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let list = workspace.ask("fc-list", &[":lang=zh-cn", "file"]).ok_or("fontconfig is not installed")?;
        let first = list.lines().next().ok_or("none")?;
        Ok(Found { version: String::new(), path: first.trim_end_matches([':', ' ']).into() })
    }

    fn plan(&self, _: &Workspace) -> String {
        plan(&[FONT_PACKAGE])
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        install(workspace, &[FONT_PACKAGE])
    }
}

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

fn plan(packages: &[&str]) -> String {
    let list = packages.join(" ");
    if is_root() {
        format!("apt-get install {list}, for the whole system (30 to 90 s)")
    } else {
        format!(
            "nothing, for it would need root: please run `apt-get install {list}` or what your system has instead"
        )
    }
}

fn install(workspace: &Workspace, packages: &[&str]) -> Outcome<()> {
    let list = packages.join(" ");
    if !is_root() || workspace.which("apt-get").is_none() {
        return failed(format!(
            "The browser tests need {list}. This is not root on a Debian system, so nothing was installed: \
             please install them (Debian: `sudo apt-get install {list}`) and run this again"
        ));
    }
    report::heading("System packages are missing");
    report::note(&format!(
        "Installing for the whole system, as root, from the system's own package sources: {list}"
    ));
    let apt = |args: &[&str]| {
        let mut command = workspace.command("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"])
            .args(args);
        command
    };
    process::run("Fetching the package lists (apt-get update)", &mut apt(&["update"]))?;
    let mut command = apt(&["install", "--yes", "--no-install-recommends"]);
    process::run(&format!("Installing {list} (apt-get install, 30 to 90 s)"), command.args(packages))
}
