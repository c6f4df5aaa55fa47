//! What the gateway serves by itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod common;

use std::net::SocketAddr;

use common::{Folder, gateway, get};

/// A gateway over a small application; the folder lives as long as the test.
async fn application(name: &str, options: &[&str]) -> (Folder, SocketAddr) {
    let folder = Folder::new(name);
    folder.write("app/index.html", "<p>page</p>");
    folder.write("app/config.json", "{\"from\":\"build\"}");
    folder.write("app/app-0123456789abcdef_bg.wasm", "wasm");
    folder.write("secret", "not for you");
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 9));
    let address = gateway(&folder.0.join("app"), nowhere, options).await;
    (folder, address)
}

#[tokio::test]
async fn the_page_comes_with_the_strict_headers_and_is_never_kept_unasked() {
    let (_folder, address) = application("page", &["--frame-ancestors", "'self'"]).await;
    let answer = get(address, "/?lang=zh", "").await.to_lowercase();
    assert!(answer.starts_with("http/1.1 200 ok\r\n") && answer.ends_with("<p>page</p>"), "{answer}");
    for header in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-cache",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "frame-ancestors 'self'",
        "script-src 'self' 'wasm-unsafe-eval';",
    ] {
        assert!(answer.contains(header), "{header} in {answer}");
    }
}

#[tokio::test]
async fn the_module_has_its_content_type_and_is_kept_for_ever() {
    let (_folder, address) = application("module", &["--no-csp"]).await;
    let answer = get(address, "/app-0123456789abcdef_bg.wasm", "").await.to_lowercase();
    assert!(
        answer.contains("content-type: application/wasm\r\n") && answer.contains("immutable"),
        "{answer}"
    );
    assert!(!answer.contains("content-security-policy"), "{answer}");
}

#[tokio::test]
async fn a_compressed_file_beside_it_is_sent_to_who_takes_it() {
    let (folder, address) = application("compressed", &[]).await;
    let name = "app/app-0123456789abcdef_bg.wasm";
    folder.write(&format!("{name}.gz"), "small");
    folder.write(&format!("{name}.br"), "smaller");
    let path = "/app-0123456789abcdef_bg.wasm";
    for (header, coding, body) in [
        ("accept-encoding: gzip, br\r\n", Some("br"), "smaller"),
        ("accept-encoding: gzip\r\n", Some("gzip"), "small"),
        ("accept-encoding: br;q=0\r\n", None, "wasm"),
        ("", None, "wasm"),
    ] {
        let answer = get(address, path, header).await.to_lowercase();
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{header}: {answer}");
        assert!(
            answer.contains("content-type: application/wasm") && answer.contains("vary: accept-encoding")
        );
        let said = coding.map(|coding| format!("content-encoding: {coding}\r\n"));
        assert_eq!(said.is_some_and(|said| answer.contains(&said)), coding.is_some(), "{header}: {answer}");
        assert!(answer.contains("immutable"), "the file's own rule: {answer}");
    }
    // One that is older than what it was made from is of another build.
    std::thread::sleep(std::time::Duration::from_millis(20));
    folder.write(name, "new build");
    assert!(get(address, path, "accept-encoding: br\r\n").await.ends_with("new build"));
}

#[tokio::test]
async fn a_file_outside_the_folder_is_refused() {
    let (folder, address) = application("outside", &[]).await;
    std::os::unix::fs::symlink(folder.0.join("secret"), folder.0.join("app/link")).unwrap();
    for path in ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/link", "/a/../../secret", "//etc/passwd"] {
        let answer = get(address, path, "").await;
        assert!(answer.starts_with("HTTP/1.1 404 ") && !answer.contains("not for you"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn under_a_prefix_the_application_is_there_and_nowhere_else() {
    let (_folder, address) = application("prefix", &["--prefix", "/a/b/"]).await;
    assert!(get(address, "/a/b/", "").await.ends_with("<p>page</p>"));
    assert!(get(address, "/a/b/config.json", "").await.contains("build"));
    assert!(get(address, "/config.json", "").await.starts_with("HTTP/1.1 404 "));
    for path in ["/", "/a/b"] {
        let answer = get(address, path, "").await.to_lowercase();
        assert!(
            answer.starts_with("http/1.1 302 ") && answer.contains("location: /a/b/\r\n"),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_settings_file_of_the_host_takes_the_place_of_the_built_one() {
    let other = Folder::new("host-config");
    let file = other.write("own.json", "{\"from\":\"host\"}");
    let (_folder, address) = application("config", &["--config", file.to_str().unwrap()]).await;
    let answer = get(address, "/config.json", "").await;
    assert!(
        answer.ends_with("{\"from\":\"host\"}") && answer.to_lowercase().contains("no-cache"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_file_the_browser_has_is_not_sent_again_until_it_changes() {
    let (folder, address) = application("again", &[]).await;
    let answer = get(address, "/", "").await;
    let tag = answer.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    let again = format!("If-None-Match: {tag}\r\n");
    assert!(get(address, "/", &again).await.starts_with("HTTP/1.1 304 "));
    folder.write("app/index.html", "<p>another</p>");
    assert!(get(address, "/", &again).await.ends_with("<p>another</p>"));
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let (_folder, address) = application("method", &[]).await;
    let mut wire = common::Wire::open(address).await;
    wire.send("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    let answer = wire.rest().await;
    assert!(answer.starts_with("HTTP/1.1 405 ") && answer.contains("allow: GET, HEAD"), "{answer}");
}

#[tokio::test]
async fn a_head_has_the_headers_alone_and_a_range_its_part() {
    let (_folder, address) = application("head", &[]).await;
    let mut wire = common::Wire::open(address).await;
    wire.send("HEAD / HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n").await;
    let answer = wire.rest().await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\n"), "{answer}");
    assert!(answer.contains("content-length: 11\r\n"), "{answer}");
    let part = get(address, "/", "Range: bytes=3-6\r\n").await;
    assert!(part.starts_with("HTTP/1.1 206 ") && part.ends_with("\r\n\r\npage"), "{part}");
}

#[tokio::test]
async fn a_folder_and_a_hidden_file_are_not_there() {
    let (folder, address) = application("hidden", &[]).await;
    std::fs::create_dir_all(folder.0.join("app/.stage")).unwrap();
    std::fs::create_dir_all(folder.0.join("app/fonts")).unwrap();
    folder.write("app/.stage/index.html", "half a build");
    folder.write("app/fonts/index.html", "no page of ours");
    for path in ["/.stage/index.html", "/fonts", "/fonts/", "/nothing.js"] {
        let answer = get(address, path, "Accept-Encoding: br\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 404 ") && answer.contains("no-store"), "{path}: {answer}");
        assert!(answer.ends_with("There is no such file.\n"), "{path}: {answer}");
    }
}
