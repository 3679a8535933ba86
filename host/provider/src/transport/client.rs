//! The HTTP client: TLS, times, connections; and what its errors mean.

use std::{error::Error, sync::Arc};

use reqwest::{
    multipart::{Form, Part},
    redirect,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{Field, retry::Again};
use crate::{
    error::{Because, Failure, ProviderError},
    secret::Secret,
    settings::ProviderSettings,
};

/// A client for one provider. Redirects are not followed and no proxy is taken from the
/// environment: both would send the key where nobody said it may go.
pub(super) fn build(settings: &ProviderSettings) -> Result<reqwest::Client, ProviderError> {
    let name = &settings.name;
    let wrong = |what: &str, error: &(dyn Error + 'static)| {
        let message = format!("provider `{name}` cannot be used: {what}");
        ProviderError::new(Failure::WrongUse, message).because(Because::of(error, None))
    };
    let roots = roots(settings.extra_roots.as_deref())
        .map_err(|error| wrong("its extra certificates cannot be read", error.as_ref()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong("TLS cannot be set up", &error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .retry(reqwest::retry::never())
        .connect_timeout(settings.limits.connect)
        .read_timeout(settings.limits.read)
        .pool_max_idle_per_host(settings.limits.in_flight)
        .user_agent(concat!("pentimento/", env!("CARGO_PKG_VERSION")));
    if let Some(proxy) = &settings.proxy {
        let proxy = reqwest::Proxy::all(proxy.to_string());
        client = client.proxy(proxy.map_err(|error| wrong("its proxy cannot be used", &error))?);
    }
    client.build().map_err(|error| wrong("the HTTP client cannot be set up", &error))
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

/// A form with its fields in order.
pub(super) fn form(fields: &[Field]) -> Result<Form, reqwest::Error> {
    fields.iter().try_fold(Form::new(), |form, field| {
        Ok(match field {
            Field::Text(name, text) => form.text(*name, text.clone()),
            Field::File(name, file, media_type, bytes) => {
                let part = Part::bytes(bytes.to_vec()).file_name(*file);
                form.part(*name, part.mime_str(media_type)?)
            }
        })
    })
}

/// Whether it helps to try again.
pub(super) fn again(error: &reqwest::Error) -> Again {
    if error.is_builder() || is_tls(error) { Again::Never } else { Again::Sometime }
}

/// The error of a call that brought no answer.
pub(super) fn unreachable(
    provider: &str,
    error: &reqwest::Error,
    secret: Option<&Secret>,
) -> ProviderError {
    let (failure, message, hint) = if is_tls(error) {
        let message = format!("no trusted connection to provider `{provider}`");
        let hint = "if its certificate is signed by your own authority, set `ca-file`; if the \
                    server speaks no TLS, its URL begins with `http`";
        (Failure::Untrusted, message, hint)
    } else if error.is_timeout() {
        let message = format!("provider `{provider}` said nothing for too long");
        let hint = "`connect-timeout` and `read-timeout` in its settings give it more time";
        (Failure::TimedOut, message, hint)
    } else if error.is_connect() {
        let message = format!("provider `{provider}` cannot be reached");
        (Failure::Unreachable, message, "see that the server runs and that its URL is right")
    } else {
        let message = format!("the connection to provider `{provider}` broke");
        (Failure::Unreachable, message, "see the server's own log; the network may be at fault")
    };
    // Without the URL: it stands in the settings, and what is in it need not be repeated.
    let cause = Because::of(error.source().unwrap_or(error), secret);
    // Without a connection nothing was asked.
    let unpaid = error.is_connect() || error.is_builder();
    ProviderError::new(failure, message).hint(hint).because(cause).unpaid(unpaid)
}

fn is_tls(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return true;
        }
        // The TLS library's errors come wrapped in those of reading and writing, whose source is
        // that of what they wrap.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}
