//! A verifier that has others work and reports what they say.
//!
//! The guest of the sandbox's tests about plugins that call one another. The brief's idea says whom
//! to ask for what; the report is the proof. Told no idea, it asks `eye`.

use pentimento_sdk::{Argument, Artifact, Brief, Check, Failure, Verifier, models, tools};

struct Courier;

impl Verifier for Courier {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        match brief.idea.split_once(' ').unwrap_or((&brief.idea, "")) {
            ("", _) => ask("eye say x", candidate),
            ("say", words) => Ok(Check::pass(words)),
            ("ask", errand) => ask(errand, candidate),
            ("storm", errand) => storm(errand, candidate),
            ("critic", errand) => critic(errand, candidate),
            ("tool", errand) => tool(errand, candidate),
            ("model", errand) => model(errand, candidate),
            _ => Err(Failure::new("unknown-errand", &*brief.idea)),
        }
    }
}

fn parts(errand: &str) -> (&str, &str) {
    errand.split_once(' ').unwrap_or((errand, ""))
}

/// Has a verifier answer: `plugin idea`.
fn ask(errand: &str, candidate: &Artifact) -> Result<Check, Failure> {
    let (plugin, idea) = parts(errand);
    let check = tools::verify(plugin, idea, candidate)?;
    Ok(Check::pass(format!("{plugin} says {}", check.proof)))
}

/// Asks until it is told to stop: `plugin idea`.
fn storm(errand: &str, candidate: &Artifact) -> Result<Check, Failure> {
    let mut answers = 0;
    loop {
        if let Err(Failure { code, message }) = ask(errand, candidate) {
            return Err(Failure::new(code, format!("after {answers}: {message}")));
        }
        answers += 1;
    }
}

/// Has a critic look: `plugin idea`.
fn critic(errand: &str, candidate: &Artifact) -> Result<Check, Failure> {
    let (plugin, idea) = parts(errand);
    let critique = tools::assess(plugin, idea, candidate)?;
    let first = critique.findings.first().map_or("nothing", |finding| &finding.message);
    Ok(Check::pass(format!("{:?} {:?} {first}", critique.score, critique.abstain)))
}

/// Has a tool work on so many handles of the candidate: `plugin handles`.
fn tool(errand: &str, candidate: &Artifact) -> Result<Check, Failure> {
    let (plugin, handles) = parts(errand);
    let many = handles.parse().map_err(|_| Failure::new("bad-argument", handles))?;
    let argument = Argument { name: "greeting".to_owned(), value: "hello".to_owned() };
    tools::perform(plugin, &[argument], &vec![candidate; many]).map(Check::pass)
}

/// Has a model answer until it is told to stop or has answered often enough:
/// `name times tokens images prompt`.
fn model(errand: &str, candidate: &Artifact) -> Result<Check, Failure> {
    let bad = || Failure::new("bad-argument", errand);
    let mut words = errand.splitn(5, ' ');
    let name = words.next().ok_or_else(bad)?;
    let mut number = || words.next()?.parse::<u32>().ok();
    let (times, tokens, images) = (number(), number(), number());
    let (times, tokens) = times.zip(tokens).ok_or_else(bad)?;
    let images = vec![candidate; images.ok_or_else(bad)? as usize];
    let prompt = words.next().ok_or_else(bad)?;
    let mut said = Vec::new();
    for _ in 0..times {
        match models::complete(name, prompt, &images, tokens) {
            Ok(reply) => said
                .push(format!("{} ({} + {})", reply.text, reply.input_tokens, reply.output_tokens)),
            Err(Failure { code, message }) => {
                let message = format!("after {}: {message}", said.len());
                return Err(Failure::new(code, message));
            }
        }
    }
    Ok(Check::pass(said.join(", ")))
}

pentimento_sdk::export_verifier!(Courier);
