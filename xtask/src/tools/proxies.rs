//! nginx and Caddy, for the tests of the configurations in `deploy/`: the system's own, else Debian's packages unpacked into
//! the folder for tools. Nothing is installed into the system and no service is started, so this needs no root.

use std::fs;
use std::path::PathBuf;

use super::{Found, Tool};
use crate::failure::{Context, Outcome, failed};
use crate::process;
use crate::report;
use crate::version::Version;
use crate::workspace::Workspace;

/// A reverse proxy by the name of its package, which is its program's name too.
#[derive(Debug)]
pub struct Proxy {
    name: &'static str,
    /// How it is asked for its version.
    ask: &'static str,
}

/// nginx, with the module that serves compressed files.
pub const NGINX: Proxy = Proxy { name: "nginx", ask: "-v" };

/// Caddy.
pub const CADDY: Proxy = Proxy { name: "caddy", ask: "version" };

impl Proxy {
    fn folder(&self, workspace: &Workspace) -> PathBuf {
        workspace.tools().join("debian").join(self.name)
    }

    fn unpacked(&self, workspace: &Workspace) -> Option<PathBuf> {
        let places = ["usr/sbin", "usr/bin"].map(|place| self.folder(workspace).join(place).join(self.name));
        places.into_iter().find(|path| path.is_file())
    }
}

impl Tool for Proxy {
    fn name(&self) -> &'static str {
        self.name
    }

    fn needed(&self, _: &Workspace) -> String {
        "any (tests of deploy/ only)".to_owned()
    }

    fn find(&self, workspace: &Workspace) -> Result<Found, String> {
        let system = workspace.which(self.name).or_else(|| {
            let place = PathBuf::from("/usr/sbin").join(self.name);
            place.is_file().then_some(place)
        });
        let path = system.or_else(|| self.unpacked(workspace)).ok_or("not found")?;
        // nginx says its version on standard error.
        let output = workspace.command(&path).arg(self.ask).output().map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(format!("{} does not start", workspace.shown(&path)));
        }
        let said = [output.stdout, output.stderr].concat();
        let version = Version::first_in(&String::from_utf8_lossy(&said));
        Ok(Found { version: version.map(|found| found.to_string()).unwrap_or_default(), path })
    }

    fn plan(&self, workspace: &Workspace) -> String {
        format!(
            "apt-get download {}, unpacked into {} (10 s)",
            self.name,
            workspace.shown(&self.folder(workspace))
        )
    }

    fn install(&self, workspace: &Workspace) -> Outcome<()> {
        let name = self.name;
        if workspace.which("apt-get").is_none() || workspace.which("dpkg").is_none() {
            return failed(format!(
                "The tests of deploy/ need {name}. This is no Debian system, so nothing was fetched: please install it and \
                 run this again"
            ));
        }
        let folder = self.folder(workspace);
        report::heading(&format!("{name} is missing"));
        report::note(&format!(
            "Fetching Debian's package from the system's own package sources and unpacking it into {}; nothing is \
             installed into the system",
            workspace.shown(&folder)
        ));
        fs::create_dir_all(&folder).context("the folder for tools")?;
        let mut download = workspace.command("apt-get");
        download.current_dir(&folder).args(["-qq", "download", name]);
        process::run(&format!("Fetching {name} (apt-get download)"), &mut download)?;
        for package in fs::read_dir(&folder).context("the folder for tools")?.flatten() {
            if package.path().extension().is_some_and(|ending| ending == "deb") {
                let mut unpack = workspace.command("dpkg");
                unpack.arg("-x").arg(package.path()).arg(&folder);
                process::run(&format!("Unpacking {name}"), &mut unpack)?;
            }
        }
        Ok(())
    }
}
