//! A tiny HTTP client over a plain socket, so that tests see the bytes.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use zadig_simulator::options::Options;
use zadig_simulator::server::Server;

/// A running simulator.
pub struct Sim {
    pub address: SocketAddr,
    tokens: Value,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("not JSON ({e}): {}", self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)))
            .map(|(_, v)| v)
    }
}

impl Sim {
    /// Starts one with options as `/__sim/reset` takes them; its clock stands still.
    pub fn start(options: &str) -> Self {
        let json = serde_json::from_str(options).expect("options are JSON");
        let options = Options::default().with_json(&json).expect("options are valid");
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let server = Server::bind(options).await.expect("a free port");
                send.send(server.address().expect("bound")).expect("the test waits");
                server.run().await;
            });
        });
        let address = receive.recv().expect("it starts");
        let mut sim = Self { address, tokens: Value::Null };
        sim.tokens = sim.raw("GET", "/__sim/tokens", &[], "").json();
        sim.control("clock", r#"{"paused":true}"#);
        sim
    }

    pub fn token(&self, name: &str) -> &str {
        self.tokens[name].as_str().expect("the token exists")
    }

    /// One request on its own connection.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut socket = self.open(method, path, headers, body);
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        parse(&bytes)
    }

    /// Sends a request and leaves the connection to the caller.
    pub fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut socket = TcpStream::connect(self.address).expect("it listens");
        socket.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: sim\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        socket.write_all(format!("{text}\r\n{body}").as_bytes()).expect("it reads");
        socket
    }

    pub fn call_as(&self, who: &str, method: &str, path: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token(who));
        self.raw(method, path, &[("Authorization", &bearer)], body)
    }

    pub fn call(&self, method: &str, path: &str, body: &str) -> Answer {
        self.call_as("admin", method, path, body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, "")
    }

    /// A call that must answer success.
    pub fn succeed(&self, method: &str, path: &str, body: &str) {
        let answer = self.call(method, path, body);
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, r#"{"message":"success"}"#),
            "{method} {path}"
        );
    }

    pub fn control(&self, what: &str, body: &str) -> Value {
        let answer = self.raw("POST", &format!("/__sim/{what}"), &[], body);
        assert_eq!(answer.status, 200, "{what}: {}", answer.body);
        answer.json()
    }

    pub fn advance(&self, millis: i64) {
        self.control("clock", &format!(r#"{{"advance_ms":{millis}}}"#));
    }

    pub fn journal(&self, query: &str) -> Value {
        self.raw("GET", &format!("/__sim/journal{query}"), &[], "").json()
    }
}

fn parse(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Answer { status: 0, head: String::new(), body: text.into_owned() };
    };
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}
