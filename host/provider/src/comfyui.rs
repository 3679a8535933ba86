//! `ComfyUI`: a workflow with places is filled, queued, waited for, and its picture fetched.
//!
//! Queueing is the paid attempt; whatever is asked for around it costs nothing and is repeated freely.
//! A workflow that is not waited for any longer is taken out of the queue. One at work is let be:
//! older servers know no way to stop one of many.

mod progress;
mod workflow;

use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

use pentimento_model::{Artifact, MediaType, StepKey, Usage};
use serde::Deserialize;
use serde_json::{Value, json};

use self::progress::{Heard, Progress};
pub use self::workflow::{BadWorkflow, Workflow};
use crate::{
    at_most::AtMost,
    error::{Failure, ProviderError},
    limits, picture,
    question::Question,
    reply::{Painted, Painting},
    transport::{Call, Field, Transport},
};

/// Width and height where nobody says otherwise: what the models of most checkpoints were made for.
const SIZE: (u32, u32) = (1024, 1024);
/// Seeds the server takes are of 64 bits; whole numbers of more than 53 do not survive every hand that
/// JSON goes through there.
const SEEDS: u64 = (1 << 53) - 1;
/// How often the server is asked what became of a workflow, where nothing can be heard.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// The same where it can: messages may be lost.
const ASK_ANYWAY: Duration = Duration::from_secs(10);
/// How long a workflow is tried to be taken out of the queue.
const WITHDRAWAL: Duration = Duration::from_secs(5);

/// The workflows of a server, by what they are for.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflows {
    /// Words to a picture.
    pub generate: Workflow,
    /// A picture and words to a picture; `None` if it cannot do that.
    pub edit: Option<Workflow>,
    /// The same within a mask.
    pub inpaint: Option<Workflow>,
    /// Words and pictures as feedback to a picture; `None` if it takes none.
    pub references: Option<Workflow>,
}

/// Places for pictures of each kind that are shown as feedback.
pub(crate) const LIKED: [&str; 4] = ["liked-1", "liked-2", "liked-3", "liked-4"];
pub(crate) const DISLIKED: [&str; 4] = ["disliked-1", "disliked-2", "disliked-3", "disliked-4"];

/// What is put into a workflow.
#[derive(Clone, Copy, Debug)]
struct Places<'p> {
    prompt: &'p str,
    model: &'p str,
    seed: u64,
    size: (u32, u32),
    /// Names of files on the server.
    picture: Option<&'p str>,
    mask: Option<&'p str>,
    /// The newest last.
    liked: &'p [String],
    disliked: &'p [String],
}

/// The file at the place of this number, from 1: if there are fewer, the newest stands there again.
fn at(name: &str, places: &[&str], files: &[String]) -> Option<Value> {
    let place = places.iter().position(|place| *place == name)?;
    files.get(place).or(files.last()).map(|file| json!(file))
}

impl Places<'_> {
    fn get(&self, name: &str) -> Option<Value> {
        Some(match name {
            "prompt" => json!(self.prompt),
            "model" => json!(self.model),
            "seed" => json!(self.seed),
            "width" => json!(self.size.0),
            "height" => json!(self.size.1),
            "picture" => json!(self.picture?),
            "mask" => json!(self.mask?),
            name => {
                let liked = at(name, &LIKED, self.liked);
                return liked.or_else(|| at(name, &DISLIKED, self.disliked));
            }
        })
    }
}

/// Paints in one turn. Its server has a queue of its own, and is asked again and again how far it is: that is
/// no more waited for than the work itself.
pub(crate) async fn paint(
    transport: &Transport,
    model: &str,
    painting: &Painting<'_>,
) -> Result<Painted, ProviderError> {
    let (_turn, transport) = &transport.in_one_turn().await?;
    let free = transport.uncharged();
    let queued = OnceLock::new();
    let whole = work(transport, &free, model, painting, &queued);
    let late = transport.settings().limits.deadline;
    match (tokio::time::timeout(late, whole).await, queued.get()) {
        (Ok(result), _) => result,
        (Err(_), id) => {
            if let Some(id) = id {
                withdraw(&free, id).await;
            }
            Err(transport.too_late())
        }
    }
}

async fn work(
    transport: &Transport,
    free: &Transport,
    model: &str,
    painting: &Painting<'_>,
    queued: &OnceLock<String>,
) -> Result<Painted, ProviderError> {
    let workflow = chosen(transport, painting)?;
    let mut places = Places {
        prompt: painting.prompt,
        model,
        seed: painting.seed.0 & SEEDS,
        size: painting.size.unwrap_or(SIZE),
        picture: None,
        mask: None,
        liked: &[],
        disliked: &[],
    };
    let picture = match painting.picture {
        Some(picture) if workflow.has("picture") => Some(upload(free, picture).await?),
        _ => None,
    };
    let mask = match painting.mask {
        Some(mask) if workflow.has("mask") => {
            let mask = picture::white_where_transparent(mask.clone()).await?;
            Some(upload(free, &mask).await?)
        }
        _ => None,
    };
    (places.picture, places.mask) = (picture.as_deref(), mask.as_deref());
    let liked = shown(free, workflow, (painting.liked, &LIKED)).await?;
    let disliked = shown(free, workflow, (painting.disliked, &DISLIKED)).await?;
    (places.liked, places.disliked) = (&liked, &disliked);
    let filled = workflow.filled(&places);
    // Who is told of the work: the same question, the same name, so that a cassette knows it again.
    let client = StepKey::of([b"comfyui".as_slice(), filled.to_string().as_bytes()]).to_hex();
    let mut progress = listen(free, &client).await;
    let body = Question::with([("prompt", filled), ("client_id", json!(client))]);
    let call = Call::json("prompt", body, limits::WORDS_BYTES);
    let id = transport.ask::<Queued>(&call).await?.id(transport)?;
    let id = queued.get_or_init(|| id);
    let file = wait(free, id, &mut progress).await?.picture(transport)?;
    let query =
        vec![("filename", file.filename), ("subfolder", file.subfolder), ("type", file.kind)];
    let bytes = free.fetch(&Call::picture("view", query, limits::PICTURE_BYTES)).await?;
    let made = picture::from_bytes(transport.name(), bytes).await?;
    Ok(Painted { made, usage: Usage::PICTURE })
}

/// The names of the checkpoints on the server's disk.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    let list: AtMost<String, { limits::LISTED_MODELS }> =
        transport.ask(&Call::get("models/checkpoints", limits::WORDS_BYTES)).await?;
    Ok(list.0.iter().map(|model| transport.shown(model)).collect())
}

fn chosen<'w>(
    transport: &'w Transport,
    painting: &Painting<'_>,
) -> Result<&'w Workflow, ProviderError> {
    let Some(workflows) = &transport.settings().workflows else {
        return Err(transport.cannot("paint without a workflow"));
    };
    match (painting.picture, painting.mask) {
        (None, _) if !painting.liked.is_empty() => workflows
            .references
            .as_ref()
            .ok_or_else(|| transport.cannot("paint after pictures that were liked")),
        (None, _) => Ok(&workflows.generate),
        (Some(_), None) => {
            workflows.edit.as_ref().ok_or_else(|| transport.cannot("change a picture"))
        }
        (Some(_), Some(_)) => {
            workflows.inpaint.as_ref().ok_or_else(|| transport.cannot("paint within a mask"))
        }
    }
}

/// Puts the newest of these pictures where the workflow finds them, as many as it has places for.
async fn shown(
    free: &Transport,
    workflow: &Workflow,
    (pictures, places): (&[Artifact], &[&str]),
) -> Result<Vec<String>, ProviderError> {
    let room = places.iter().filter(|place| workflow.has(place)).count();
    let mut files = Vec::new();
    for picture in pictures.iter().skip(pictures.len().saturating_sub(room)) {
        files.push(upload(free, picture).await?);
    }
    Ok(files)
}

/// Puts a picture where workflows find it, under a name that only its bytes have.
async fn upload(free: &Transport, picture: &Artifact) -> Result<String, ProviderError> {
    #[derive(Deserialize)]
    struct Reply {
        name: String,
        #[serde(default)]
        subfolder: String,
    }
    let ending = if picture.media_type == MediaType::Jpeg { "jpg" } else { "png" };
    let name = format!("pentimento-{}.{ending}", picture.id.to_hex());
    let fields = vec![
        Field::Text("type", "input".to_owned()),
        Field::Text("overwrite", "true".to_owned()),
        Field::File("image", name.into(), picture.media_type.as_str(), picture.bytes.clone()),
    ];
    let reply: Reply = free.ask(&Call::form("upload/image", fields, limits::WORDS_BYTES)).await?;
    let place = if reply.subfolder.is_empty() { "" } else { "/" };
    Ok(format!("{}{place}{}", reply.subfolder, reply.name))
}

/// Where the server tells of its work, if it does.
async fn listen(free: &Transport, client: &str) -> Option<Progress> {
    let query = vec![("clientId", client.to_owned())];
    let connection = free.upgrade(&Call::picture("ws", query, 0)).await?;
    Some(Progress::on(connection).await)
}

/// What became of a workflow, once it is done.
async fn wait(
    free: &Transport,
    id: &str,
    progress: &mut Option<Progress>,
) -> Result<Done, ProviderError> {
    let path = format!("history/{id}");
    loop {
        let heard = if let Some(socket) = progress {
            socket.wait(id, ASK_ANYWAY).await
        } else {
            free.pause(ASK_EVERY).await;
            Heard::Nothing
        };
        // What is told to be done may not stand in the history yet: from now on it is only asked.
        if heard != Heard::Nothing {
            *progress = None;
        }
        let mut history: BTreeMap<String, Done> =
            free.ask(&Call::get(path.clone(), limits::WORDS_BYTES)).await?;
        if let Some(done) = history.remove(id) {
            return Ok(done);
        }
    }
}

/// Takes a workflow out of the queue, if it still waits there. Whether that goes well, nobody waits for.
async fn withdraw(free: &Transport, id: &str) {
    let body = Question::with([("delete", json!([id]))]);
    let call = Call::json("queue", body, limits::WORDS_BYTES);
    tokio::time::timeout(WITHDRAWAL, free.ask::<Value>(&call)).await.ok();
}

#[derive(Deserialize)]
struct Queued {
    prompt_id: String,
}

impl Queued {
    /// The workflow's name, which becomes part of a path.
    fn id(self, transport: &Transport) -> Result<String, ProviderError> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if (1..=64).contains(&self.prompt_id.len()) && self.prompt_id.bytes().all(good) {
            return Ok(self.prompt_id);
        }
        Err(transport.bad("names the workflow by what is no name"))
    }
}

/// A workflow that came to its end.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    outputs: BTreeMap<String, Output>,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Output {
    #[serde(default)]
    images: AtMost<File, { limits::PIECES }>,
}

#[derive(Deserialize)]
struct File {
    filename: String,
    #[serde(default)]
    subfolder: String,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Deserialize)]
struct Status {
    status_str: Option<String>,
    #[serde(default)]
    messages: AtMost<(String, Value), { limits::PIECES }>,
}

impl Done {
    /// The picture that the workflow saved; one that is only shown for a moment if there is no other.
    fn picture(self, transport: &Transport) -> Result<File, ProviderError> {
        if let Some(status) = &self.status
            && status.status_str.as_deref() == Some("error")
        {
            return Err(status.error(transport));
        }
        // Nodes are numbers as a rule, and the last one is the latest.
        let mut nodes: Vec<_> = self.outputs.into_iter().collect();
        nodes.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
        let mut files: Vec<File> = nodes.into_iter().flat_map(|(_, one)| one.images.0).collect();
        let saved = files.iter().rposition(|file| file.kind == "output");
        let Some(chosen) = saved.or(files.len().checked_sub(1)) else {
            let bad = transport.bad("holds no picture: the workflow saved none");
            return Err(bad.hint("add a node `Save Image` to it"));
        };
        Ok(files.swap_remove(chosen))
    }
}

impl Status {
    fn error(&self, transport: &Transport) -> ProviderError {
        let name = transport.name();
        let last = self.messages.0.iter().rev().find(|(kind, _)| kind == "execution_error");
        let text = |key: &str| last.and_then(|(_, data)| data.get(key)).and_then(Value::as_str);
        let message = match text("node_type") {
            Some(node) => {
                format!("provider `{name}` failed in the node `{}`", transport.shown(node))
            }
            None => format!("provider `{name}` did not finish the workflow"),
        };
        let said = text("exception_message").unwrap_or("it was interrupted there");
        ProviderError::new(Failure::ServerBroken, message)
            .because(transport.because(&format!("the server says: {said}")))
            .hint("run the same workflow in the server's own window; its log tells more")
    }
}
