//! An author's key: made, kept in a file under a password, and used to sign components.
//!
//! Keys and signatures have minisign's formats, so that `minisign` and `rsign` can take over either
//! end. Whose signatures count is `policy.rs`.

use std::{
    fmt, fs,
    io::{self, Read, Write},
    path::Path,
};

use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox};
use pentimento_model::{PluginId, clean};

use crate::{ShelfError, Signature, Signer};

/// Bytes of a key's file; a key with its comment has some 300.
const KEY_BYTES: u64 = 4 << 10;

/// A secret key that can sign.
pub struct SigningKey {
    secret: SecretKey,
    signer: Signer,
}

impl SigningKey {
    /// Makes a key and keeps it at `path`, encrypted with the password. What is there is never
    /// overwritten: a lost key cannot be made again.
    pub fn create(path: &Path, password: &str) -> Result<Self, ShelfError> {
        let failed = |source| ShelfError::Write { path: path.to_owned(), source };
        if password.is_empty() {
            return Err(unusable(path, "it would have no password"));
        }
        let pair = KeyPair::generate_encrypted_keypair(Some(password.to_owned()));
        let pair = pair.map_err(|error| failed(io::Error::other(error)))?;
        let kept = pair.sk.to_box(Some("secret key for signing plugins of pentimento"));
        let kept = kept.map_err(|error| failed(io::Error::other(error)))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        let written = file.write_all(kept.into_string().as_bytes()).and_then(|()| file.sync_all());
        if let Err(source) = written {
            // Half a key is worth nothing, and would be in the way of the next attempt.
            let _ = fs::remove_file(path);
            return Err(failed(source));
        }
        Self::open(path, Some(password))
    }

    /// Reads a key. `password` opens an encrypted one, and is not needed for others.
    pub fn open(path: &Path, password: Option<&str>) -> Result<Self, ShelfError> {
        let text = Self::text(path)?;
        let secret = match (open_key(&text), password) {
            (Some(secret), _) => Ok(secret),
            // With no password the crate would ask for one on standard output.
            (None, None) => return Err(unusable(path, "it is encrypted, and no password came")),
            (None, Some(password)) => SecretKeyBox::from_string(&text)
                .and_then(|kept| SecretKey::from_box(kept, Some(password.to_owned()))),
        };
        let secret = secret.map_err(|error| unusable(path, &error.to_string()))?;
        let public = PublicKey::from_secret_key(&secret);
        let public = public.map_err(|error| unusable(path, &error.to_string()))?;
        Ok(Self { secret, signer: Signer(public.to_base64()) })
    }

    /// True if the key in this file is encrypted.
    pub fn needs_password(path: &Path) -> Result<bool, ShelfError> {
        Self::text(path).map(|text| open_key(&text).is_none())
    }

    fn text(path: &Path) -> Result<String, ShelfError> {
        let failed = |source| ShelfError::Read { path: path.to_owned(), source };
        let mut text = Vec::new();
        // Counted while reading: a device has no size, and no end.
        let file = fs::File::open(path).map_err(failed)?;
        file.take(KEY_BYTES + 1).read_to_end(&mut text).map_err(failed)?;
        if text.len() as u64 > KEY_BYTES {
            return Err(unusable(path, "it is too large to be a key"));
        }
        String::from_utf8(text).map_err(|_| unusable(path, "it is no text"))
    }

    /// The public half, as a trust file names it.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Signs a component. The trusted comment names it: without the time, which nobody could check.
    pub fn sign(&self, id: &PluginId, component: &[u8]) -> Result<Signature, ShelfError> {
        let comment = format!("plugin:{} sha256:{}", clean(&id.name), id.digest);
        let signed = minisign::sign(None, &self.secret, component, Some(&comment), None);
        let problem =
            |error: minisign::PError| ShelfError::Signature { problem: error.to_string() };
        signed.map(|signature| Signature(signature.into_string())).map_err(problem)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey of {}", self.signer.0)
    }
}

/// The key, if it is not encrypted.
fn open_key(text: &str) -> Option<SecretKey> {
    SecretKeyBox::from_string(text).and_then(SecretKey::from_unencrypted_box).ok()
}

fn unusable(path: &Path, problem: &str) -> ShelfError {
    ShelfError::Key { path: path.to_owned(), problem: clean(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Minisign, VerifySignature};

    #[test]
    fn what_a_key_signs_is_by_its_signer_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"]
            .map(|name| SigningKey::create(&folder.path().join(name), "a password").unwrap());
        let component = b"a component";
        let id = PluginId::of("critic-signed".to_owned(), component);
        let signature = one.sign(&id, component).unwrap();
        assert!(signature.0.contains(&format!("plugin:critic-signed sha256:{}", id.digest)));
        let is_by = |key: &SigningKey, bytes: &[u8]| {
            Minisign.is_by(key.signer(), bytes, &signature).unwrap()
        };
        assert!(is_by(&one, component));
        assert!(!is_by(&one, b"another component"));
        assert!(!is_by(&other, component));
        let again = SigningKey::open(&folder.path().join("one"), Some("a password")).unwrap();
        assert_eq!(again.signer(), one.signer());
        assert!(!format!("{one:?}").contains("a password"));
    }

    #[test]
    fn a_key_is_private_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        SigningKey::create(&path, "secret").unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(SigningKey::create(&path, "x"), Err(ShelfError::Write { .. })));
        assert_eq!(fs::read(&path).unwrap(), before);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(SigningKey::needs_password(&path).unwrap());
    }

    #[test]
    fn keys_that_cannot_be_used_say_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        SigningKey::create(&path, "right").unwrap();
        let said = |path: &Path, password: Option<&str>| {
            SigningKey::open(path, password).unwrap_err().to_string()
        };
        assert!(said(&path, None).ends_with("it is encrypted, and no password came"));
        assert!(said(&path, Some("wrong")).ends_with("Wrong password for that key"));
        let torn = folder.path().join("torn");
        for text in ["", "one line", "untrusted comment: x\nRWRT", "\u{1b}[31m\n\u{1b}[31m"] {
            fs::write(&torn, text).unwrap();
            assert!(said(&torn, Some("x")).contains("cannot sign"), "{text:?}");
        }
        fs::write(&torn, "x".repeat(8 << 10)).unwrap();
        assert!(said(&torn, Some("x")).ends_with("it is too large to be a key"));
        #[cfg(unix)]
        assert!(said(Path::new("/dev/zero"), None).ends_with("it is too large to be a key"));
        let empty = SigningKey::create(&folder.path().join("new"), "").unwrap_err();
        assert!(empty.to_string().ends_with("it would have no password"));
        assert!(!folder.path().join("new").exists());
    }
}
