//! Which call it is, who answers it, and how the answer is written.

use std::{convert::Infallible, sync::Arc};

use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Body, Bytes},
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use crate::{ask, chat, edits, images, limits, models, refusal::Refusal, world::World};

/// The calls there are: path, method.
const CALLS: [(&str, Method); 4] = [
    ("/v1/models", Method::GET),
    ("/v1/images/generations", Method::POST),
    ("/v1/images/edits", Method::POST),
    ("/v1/chat/completions", Method::POST),
];
/// One model: its name follows.
const ONE_MODEL: &str = "/v1/models/";

/// Answers one call, whatever it is.
pub(crate) async fn to<B>(
    world: Arc<World>,
    request: Request<B>,
) -> Result<Response<Full<Bytes>>, Infallible>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let path = request.uri().path().to_owned();
    let mut response = match call(&world, request).await {
        Ok(value) => written(StatusCode::OK, &value),
        Err(refusal) => written(refusal.status, &refusal.to_json()),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = if method(&path) == Some(Method::POST) { "POST" } else { "GET" };
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    }
    Ok(response)
}

async fn call<B>(world: &World, request: Request<B>) -> Result<Value, Refusal>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (parts, body) = request.into_parts();
    let (path, headers) = (parts.uri.path(), &parts.headers);
    let Some(method) = method(path) else {
        let message =
            format!("there is no `{} {}` here", parts.method, pentimento_model::clean(path));
        return Err(Refusal::new(StatusCode::NOT_FOUND, message).coded("unknown_url"));
    };
    if parts.method != method {
        let message = format!("`{path}` is called with {method}");
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message));
    }
    match path {
        "/v1/models" => Ok(models::list()),
        "/v1/images/generations" => {
            let body = ask::body(body, limits::WORDS_BYTES).await?;
            images::generate(world, &ask::json(headers, body).await?).await
        }
        "/v1/images/edits" => {
            let body = ask::body(body, limits::PICTURES_BYTES).await?;
            edits::edit(world, headers, body).await
        }
        "/v1/chat/completions" => {
            let body = ask::body(body, limits::PICTURES_BYTES).await?;
            chat::complete(world, ask::json(headers, body).await?).await
        }
        one => models::one(one.strip_prefix(ONE_MODEL).unwrap_or_default()),
    }
}

fn method(path: &str) -> Option<Method> {
    let known = CALLS.into_iter().find(|(known, _)| *known == path).map(|(_, method)| method);
    known.or_else(|| path.starts_with(ONE_MODEL).then_some(Method::GET))
}

fn written(status: StatusCode, value: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(value.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
