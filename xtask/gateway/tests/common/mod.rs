//! A gateway on a free port, and an upstream that the test scripts by hand, byte for byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code, missing_docs)]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use zadig_gateway::server::Gateway;
use zadig_gateway::settings::Settings;

/// Long enough on a busy machine, short enough for a hanging test.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A folder that is removed at the end of the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("zadig-gateway-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join("app")).unwrap();
        Self(path)
    }

    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Starts a gateway for `app` and `upstream` with more options; gives its address.
pub async fn gateway(app: &Path, upstream: SocketAddr, options: &[&str]) -> SocketAddr {
    let upstream = format!("http://{upstream}");
    let fixed = ["--app", app.to_str().unwrap(), "--upstream", &upstream];
    let settings = Settings::read(lexopt::Parser::from_args(fixed.iter().chain(options))).unwrap();
    let listener = TcpListener::bind(settings.listen).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(Gateway::new(settings).unwrap().run(listener));
    address
}

/// A listener that stands for Zadig.
pub async fn upstream() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// One side of a connection, read as text.
pub struct Wire(TcpStream);

impl Wire {
    pub async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    pub async fn accept(listener: &TcpListener) -> Self {
        Self(tokio::time::timeout(PATIENCE, listener.accept()).await.unwrap().unwrap().0)
    }

    pub async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Sends a request without a body. The connection closes after the answer if `more` says so.
    pub async fn get(&mut self, path: &str, more: &str) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: gateway.test\r\n{more}\r\n")).await;
    }

    /// Reads until the text so far ends with `end`.
    pub async fn until(&mut self, end: &str) -> String {
        let reading = async {
            let mut seen = Vec::new();
            while !seen.ends_with(end.as_bytes()) {
                let byte = self.0.read_u8().await;
                match byte {
                    Ok(byte) => seen.push(byte),
                    Err(_) => panic!("ended before {end:?}: {:?}", String::from_utf8_lossy(&seen)),
                }
            }
            String::from_utf8(seen).unwrap()
        };
        tokio::time::timeout(PATIENCE, reading).await.unwrap()
    }

    /// Reads until the other side closes; a broken connection is an end too.
    pub async fn rest(&mut self) -> String {
        let mut seen = Vec::new();
        let _ = tokio::time::timeout(PATIENCE, self.0.read_to_end(&mut seen)).await.unwrap();
        String::from_utf8(seen).unwrap()
    }
}

/// One whole `GET` answer of the gateway.
pub async fn get(address: SocketAddr, path: &str, more: &str) -> String {
    let mut wire = Wire::open(address).await;
    wire.get(path, &format!("Connection: close\r\n{more}")).await;
    wire.rest().await
}
