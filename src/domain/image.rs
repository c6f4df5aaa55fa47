//! Reading an image reference: `registry/repository:tag@digest`.

/// The parts of an image reference, as far as they are there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Image {
    /// Registry host with its port, where the reference names one.
    pub registry: Option<String>,
    /// Repository path without registry and tag.
    pub repository: String,
    /// Tag, where there is one.
    pub tag: Option<String>,
    /// Digest with its algorithm, where there is one.
    pub digest: Option<String>,
}

impl Image {
    /// Splits a reference. Never fails: what cannot be told apart stays in `repository`.
    pub fn parse(reference: &str) -> Self {
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (reference, None),
        };
        // A colon before the last slash belongs to the registry's port.
        let (path, tag) = match rest.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, Some(tag.to_owned())),
            _ => (rest, None),
        };
        let (registry, repository) = match path.split_once('/') {
            Some((host, rest)) if host.contains('.') || host.contains(':') || host == "localhost" => {
                (Some(host.to_owned()), rest.to_owned())
            }
            _ => (None, path.to_owned()),
        };
        Self { registry, repository, tag, digest }
    }

    /// The last segment of the repository: how people call the image.
    pub fn name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or(&self.repository)
    }

    /// Tag, else a shortened digest, else `latest`, which is what Kubernetes takes then.
    pub fn version(&self) -> String {
        match (&self.tag, &self.digest) {
            (Some(tag), _) => tag.clone(),
            (None, Some(digest)) => {
                let hash = digest.split_once(':').map_or(digest.as_str(), |(_, hash)| hash);
                hash.chars().take(12).collect()
            }
            (None, None) => "latest".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_reference_splits_into_its_parts() {
        let image = Image::parse("koderover.tencentcloudcr.com/test/myapp-1:20230721164449-6-main");
        assert_eq!(image.registry.as_deref(), Some("koderover.tencentcloudcr.com"));
        assert_eq!((image.name(), image.version().as_str()), ("myapp-1", "20230721164449-6-main"));
    }

    #[test]
    fn the_port_of_a_registry_is_no_tag() {
        let image = Image::parse("localhost:5000/team/api");
        assert_eq!(image.registry.as_deref(), Some("localhost:5000"));
        assert_eq!((image.repository.as_str(), image.version().as_str()), ("team/api", "latest"));
    }

    #[test]
    fn a_digest_is_kept_and_shown_short() {
        let image = Image::parse("nginx@sha256:0123456789abcdef0123456789abcdef");
        assert_eq!(image.version(), "0123456789ab");
        assert_eq!(Image::parse("a/b:1@sha256:ff").tag.as_deref(), Some("1"));
    }

    #[test]
    fn nothing_panics_on_odd_references() {
        for odd in ["", ":", "@", "/", "a:", "镜像:标签", "a/b/c//:"] {
            let _ = Image::parse(odd).version();
        }
    }
}
