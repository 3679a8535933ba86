//! The loop of `bench/peers/loops/loop.py` with reqwest alone: an answer, then three times a
//! critique and a better answer. Nothing is kept.
//!
//! `bare-peer URL LOOPS IN_FLIGHT`

use std::error::Error;

use futures::stream::{StreamExt as _, TryStreamExt as _, iter};
use reqwest::Client;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let mut word = || words.next().ok_or("usage: bare-peer URL LOOPS IN_FLIGHT");
    let url = format!("{}/v1/chat/completions", word()?);
    let (loops, in_flight): (u64, usize) = (word()?.parse()?, word()?.parse()?);
    let client = Client::builder().pool_max_idle_per_host(in_flight).build()?;
    iter(0..loops)
        .map(|number| {
            let (client, url) = (client.clone(), url.clone());
            async move { tokio::spawn(one(client, url, number)).await? }
        })
        .buffer_unordered(in_flight)
        .try_collect::<()>()
        .await
}

async fn one(client: Client, url: String, number: u64) -> Outcome<()> {
    let question = format!(
        "Question {number}: how many eggs are in {number} boxes of twelve? Answer in steps."
    );
    let mut answer = ask(&client, &url, &question).await?;
    for _ in 0..3 {
        let shown = format!("{question}\nThe answer was: {answer}");
        let problems = ask(&client, &url, &format!("{shown}\nWhat is wrong with it?")).await?;
        let prompt = format!("{shown}\nThis is wrong: {problems}\nAnswer again.");
        answer = ask(&client, &url, &prompt).await?;
    }
    Ok(())
}

async fn ask(client: &Client, url: &str, prompt: &str) -> Outcome<String> {
    let body = json!({
        "model": "m",
        "messages": [{ "role": "user", "content": prompt }],
        "response_format": { "type": "json_schema", "json_schema": {
            "name": "words",
            "schema": {
                "type": "object",
                "properties": { "words": { "type": "string" } },
                "required": ["words"],
                "additionalProperties": false,
            },
        }},
    });
    let answer: Value =
        client.post(url).json(&body).send().await?.error_for_status()?.json().await?;
    let words = answer.pointer("/choices/0/message/content").and_then(Value::as_str);
    let words: Value = serde_json::from_str(words.ok_or("an answer without words")?)?;
    Ok(words["words"].as_str().ok_or("an answer without the word `words`")?.to_owned())
}
