//! The HTTP client: TLS, times, connections; and what its errors mean.

use std::error::Error;

use pentimento_tls::{SetUpError, is_untrusted};
use reqwest::multipart::{Form, Part};

use super::{Field, retry::Again};
use crate::{
    error::{Because, Failure, ProviderError},
    secret::Secret,
    settings::ProviderSettings,
};

/// A client for one provider.
pub(super) fn build(settings: &ProviderSettings) -> Result<reqwest::Client, ProviderError> {
    let name = &settings.name;
    let wrong = |what: &str, error: &(dyn Error + 'static)| {
        let message = format!("provider `{name}` cannot be used: {what}");
        ProviderError::new(Failure::WrongUse, message).because(Because::of(error, None))
    };
    let mut client = pentimento_tls::client(settings.extra_roots.as_deref())
        .map_err(|error| match error {
            SetUpError::Certificates(source) => {
                wrong("its extra certificates cannot be read", source.as_ref())
            }
            SetUpError::Tls(source) => wrong("TLS cannot be set up", &source),
        })?
        .connect_timeout(settings.limits.connect)
        .read_timeout(settings.limits.read)
        .pool_max_idle_per_host(settings.limits.in_flight);
    if let Some(proxy) = &settings.proxy {
        let proxy = reqwest::Proxy::all(proxy.to_string());
        client = client.proxy(proxy.map_err(|error| wrong("its proxy cannot be used", &error))?);
    }
    client.build().map_err(|error| wrong("the HTTP client cannot be set up", &error))
}

/// A form with its fields in order.
pub(super) fn form(fields: &[Field]) -> Result<Form, reqwest::Error> {
    fields.iter().try_fold(Form::new(), |form, field| {
        Ok(match field {
            Field::Text(name, text) => form.text(*name, text.clone()),
            Field::File(name, file, media_type, bytes) => {
                let part = Part::bytes(bytes.to_vec()).file_name(file.clone());
                form.part(*name, part.mime_str(media_type)?)
            }
        })
    })
}

/// Whether it helps to try again.
pub(super) fn again(error: &reqwest::Error) -> Again {
    if error.is_builder() || is_untrusted(error) { Again::Never } else { Again::Sometime }
}

/// The error of a call that brought no answer.
pub(super) fn unreachable(
    provider: &str,
    error: &reqwest::Error,
    secret: Option<&Secret>,
) -> ProviderError {
    let (failure, message, hint) = if is_untrusted(error) {
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
