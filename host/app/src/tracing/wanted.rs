//! What the environment wants of spans, in the variables that every program with OpenTelemetry reads.
//! Nothing is sent otherwise.

use crate::paths;

/// What the environment wants of spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing.
    Off,
    /// To be sent.
    To(Place),
    /// Something that cannot be done, in words for the user.
    Not(String),
}

/// Where spans go, and what may be in them.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) url: String,
    /// They may hold a key.
    pub(crate) headers: Vec<(String, String)>,
    /// What this program is called there.
    pub(crate) service: String,
    /// Words of people and models may be in them.
    pub(crate) with_words: bool,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Place")
            .field("url", &self.url)
            .field("headers", &names)
            .field("service", &self.service)
            .field("with_words", &self.with_words)
            .finish()
    }
}

impl Wanted {
    /// What these variables say.
    pub(crate) fn read(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let is_on = |name| variable(name).is_some_and(|word| word.eq_ignore_ascii_case("true"));
        let first = |names: [&str; 2]| names.into_iter().find_map(variable);
        let whole = variable(paths::ENV_OTLP_TRACES_ENDPOINT);
        let base = variable(paths::ENV_OTLP_ENDPOINT);
        let base = base.map(|base| format!("{}/v1/traces", base.trim_end_matches('/')));
        let (false, Some(url)) = (is_on(paths::ENV_OTEL_DISABLED), whole.or(base)) else {
            return Self::Off;
        };
        let protocol = first([paths::ENV_OTLP_TRACES_PROTOCOL, paths::ENV_OTLP_PROTOCOL]);
        if let Some(other) = protocol.filter(|word| word != PROTOCOL) {
            return Self::Not(format!(
                "no spans are sent: {} asks for `{other}`, and only `{PROTOCOL}` is spoken",
                paths::ENV_OTLP_PROTOCOL
            ));
        }
        let headers = first([paths::ENV_OTLP_TRACES_HEADERS, paths::ENV_OTLP_HEADERS]);
        let headers = headers.as_deref().map_or(Ok(Vec::new()), pairs);
        let Ok(headers) = headers else {
            return Self::Not(format!(
                "no spans are sent: {} is no list of `name=value`",
                paths::ENV_OTLP_HEADERS
            ));
        };
        Self::To(Place {
            url,
            headers,
            service: variable(paths::ENV_OTEL_SERVICE).unwrap_or_else(|| "pentimento".to_owned()),
            with_words: is_on(paths::ENV_OTEL_WORDS),
        })
    }
}

/// The only protocol that is spoken.
const PROTOCOL: &str = "http/protobuf";

/// `name=value,name=value`, percent-encoded (OpenTelemetry, "OTLP Exporter Configuration").
fn pairs(text: &str) -> Result<Vec<(String, String)>, ()> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').ok_or(())?;
        let name = name.trim();
        if name.is_empty() { Err(()) } else { Ok((name.to_owned(), decoded(value.trim())?)) }
    };
    text.split(',').filter(|one| !one.trim().is_empty()).map(pair).collect()
}

fn decoded(text: &str) -> Result<String, ()> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next().ok_or(())?, rest.next().ok_or(())?];
        let digits = std::str::from_utf8(&digits).map_err(drop)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(drop)?);
    }
    String::from_utf8(bytes).map_err(drop)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Wanted {
        let known: BTreeMap<_, _> = variables.iter().copied().collect();
        Wanted::read(&|name| known.get(name).map(|value| (*value).to_owned()))
    }

    fn place(url: &str) -> Place {
        let service = "pentimento".to_owned();
        Place { url: url.to_owned(), headers: Vec::new(), service, with_words: false }
    }

    #[test]
    fn spans_go_where_the_environment_says_and_nowhere_else() {
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318/");
        let traces = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://other:1/x");
        let rows: [(&[(&str, &str)], Wanted); 6] = [
            (&[], Wanted::Off),
            (&[("OTEL_SERVICE_NAME", "x")], Wanted::Off),
            (&[endpoint], Wanted::To(place("http://localhost:4318/v1/traces"))),
            (&[endpoint, traces], Wanted::To(place("http://other:1/x"))),
            (&[endpoint, ("OTEL_SDK_DISABLED", "true")], Wanted::Off),
            (
                &[
                    traces,
                    ("OTEL_SERVICE_NAME", "painter"),
                    ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "True"),
                    ("OTEL_EXPORTER_OTLP_HEADERS", "a=1, key = se%63ret%3D ,"),
                ],
                Wanted::To(Place {
                    headers: vec![
                        ("a".to_owned(), "1".to_owned()),
                        ("key".to_owned(), "secret=".to_owned()),
                    ],
                    service: "painter".to_owned(),
                    with_words: true,
                    ..place("http://other:1/x")
                }),
            ),
        ];
        for (variables, expected) in rows {
            assert_eq!(read(variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn what_cannot_be_done_is_told_and_no_header_is_shown() {
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
        for other in [
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "secret"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=secret%z"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "=secret"),
        ] {
            let Wanted::Not(told) = read(&[endpoint, other]) else { panic!("{other:?}") };
            assert!(told.starts_with("no spans are sent") && !told.contains("secret"), "{told}");
        }
        let headers = vec![("key".to_owned(), "secret".to_owned())];
        let told = format!("{:?}", Place { headers, ..place("http://x") });
        assert!(told.contains("key") && !told.contains("secret"), "{told}");
    }
}
