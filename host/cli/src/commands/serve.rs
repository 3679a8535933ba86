//! `serve`: the embedded world behind the API that clients of real models speak.

use std::{net::SocketAddr, sync::Arc};

use clap::Args;
use pentimento_app::{RawOptions, SeedOption};
use pentimento_serve::{ServeSettings, Server};
use serde_json::json;
use tokio::sync::Notify;

use crate::{args::GlobalFlags, commands, exit::Exit, fail::Failure, output, signals};

/// What to be, and where.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Speak OpenAI's API: the embedded painter paints, the embedded mind and eye answer what recipes
    /// for pictures ask
    #[arg(long, required = true)]
    fake_openai: bool,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7413")]
    listen: SocketAddr,
    /// Where the seeds of calls without one come from: a number, or `random` [default: 10]
    #[arg(long, value_name = "SEED")]
    seed: Option<String>,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let seed = flags.seed.as_deref().map(SeedOption::from);
    let settings = commands::settle(RawOptions { seed, ..RawOptions::default() })?;
    let stop = stop_on_ctrl_c();
    commands::runtime()?.block_on(async {
        let server = Server::open(&ServeSettings { address: flags.listen, settings }).await?;
        tell(&server, global)?;
        server.run(stop.notified()).await;
        Ok(Exit::Done)
    })
}

/// Tells where it is, and what to write into settings to use it.
fn tell(server: &Server, global: GlobalFlags) -> Result<(), Failure> {
    let (url, models) = (server.url(), server.models());
    let text = format!(
        "{url}\n\n\
         # pentimento.toml of whoever calls; models: {}\n\
         [providers.world]\n\
         kind = \"openai\"\n\
         url = \"{url}\"\n\
         send-seed = true\n\
         references = true\n\n\
         [roles]\n\
         painter = \"world/dalle3-like\"\n\
         writer = \"world/mind\"\n\
         seer = \"world/mind\"\n",
        models.join(", ")
    );
    output::result(global.format, &text, &json!({ "url": url, "models": models }))?;
    if !server.is_private() {
        output::note(
            "note: anybody who reaches this address can have pictures made here: no key is asked \
             for, and nothing is encrypted",
        );
    }
    if !global.quiet {
        output::note("serving until Ctrl-C");
    }
    Ok(())
}

/// The first Ctrl-C, or SIGTERM, ends the server well; whatever is under way is cut off.
fn stop_on_ctrl_c() -> Arc<Notify> {
    let stop = Arc::new(Notify::new());
    let told = stop.clone();
    // Where no handler can be had, Ctrl-C ends the program all the same.
    let _ = signals::on_request_to_end(move || told.notify_one());
    stop
}
