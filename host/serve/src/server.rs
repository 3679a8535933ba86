//! Connections: how many, how long, and their end.

use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use pentimento_app::{Settings, SystemClock, Workshop};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

use crate::{ServeError, answer, limits, models, world::World};

/// After a connection that could not be taken, for instance for want of file handles.
const PAUSE: Duration = Duration::from_millis(50);

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Where to listen; port 0 takes any that is free.
    pub address: SocketAddr,
    /// Where the eye comes from, and the seed of calls that bring none.
    pub settings: Settings,
}

/// A server that listens, and does not yet answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    world: Arc<World>,
}

impl Server {
    /// Opens the eye and listens. Callers wait until [`Server::run`].
    pub async fn open(wanted: &ServeSettings) -> Result<Self, ServeError> {
        let address = wanted.address;
        let failed = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let clock = Arc::new(SystemClock);
        let workshop = Workshop::open(&wanted.settings, clock.clone())?;
        let world = World::new(workshop.eye().cloned(), clock, wanted.settings.seed);
        Ok(Self { listener, address, world: Arc::new(world) })
    }

    /// The base URL for clients.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// True if nobody beyond this machine can call.
    pub fn is_private(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// The names of its models.
    pub fn models(&self) -> Vec<&'static str> {
        models::names().collect()
    }

    /// Answers until `stop` comes; what is under way then is cut off.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let places = Arc::new(Semaphore::new(limits::CONNECTIONS));
        let mut connections = JoinSet::new();
        loop {
            let next = async {
                let place = places.clone().acquire_owned().await;
                (place, self.listener.accept().await)
            };
            let (place, accepted) = tokio::select! {
                biased;
                () = &mut stop => break,
                next = next => next,
            };
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let world = self.world.clone();
            connections.spawn(async move {
                connection(stream, world).await;
                drop(place);
            });
            while connections.try_join_next().is_some() {}
        }
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, world: Arc<World>) {
    // A small answer is not worth waiting for more; where that cannot be said, it comes later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer::to(world.clone(), request));
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEADER_TIME)
        .max_buf_size(limits::HEADER_BYTES)
        .max_headers(limits::HEADERS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    // However a connection ends, it is over, and there is nobody to tell.
    if timeout(limits::CONNECTION_TIME, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(limits::LAST_CALL_TIME, connection).await;
    }
}

#[cfg(test)]
mod tests;
