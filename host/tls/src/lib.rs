//! The HTTP client for servers outside: whom it trusts, and what it never does.
//!
//! Times, sizes and what is sent are left to whoever uses it.

use std::{error::Error, io, sync::Arc};

use reqwest::{ClientBuilder, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use thiserror::Error;

/// A client cannot be made.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// The extra certificates are none.
    #[error(transparent)]
    Certificates(Box<dyn Error + Send + Sync>),
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(rustls::Error),
}

/// A client that trusts the servers everybody trusts, and those of these certificates (PEM). It
/// follows no redirect, takes no proxy from the environment, tells no server where it came from and
/// repeats nothing by itself: all of that could send a key, or pay a call, where nobody said so.
pub fn client(extra_roots: Option<&[u8]>) -> Result<ClientBuilder, SetUpError> {
    let roots = roots(extra_roots).map_err(SetUpError::Certificates)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(SetUpError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .retry(reqwest::retry::never())
        .user_agent(concat!("pentimento/", env!("CARGO_PKG_VERSION")));
    Ok(client)
}

fn roots(extra: Option<&[u8]>) -> Result<RootCertStore, Box<dyn Error + Send + Sync>> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = extra {
        let known = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate?)?;
        }
        if roots.len() == known {
            return Err("there is no certificate in the file".into());
        }
    }
    Ok(roots)
}

/// True if no answer came because nobody trusted vouches for the server, or it speaks no TLS.
pub fn is_untrusted(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return true;
        }
        // The TLS library's errors come wrapped in those of reading and writing, whose source is
        // that of what they wrap.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = wrapped.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}
