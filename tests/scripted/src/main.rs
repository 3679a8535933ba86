//! The scripted server as a program: `scripted [PORT]`. It prints its address and serves until it
//! is ended. `POST /script` takes a JSON list of acts, `GET /stats` tells what was called.

#![expect(clippy::print_stdout, reason = "whoever starts it reads the address there")]

use pentimento_scripted::Scripted;

fn main() {
    let port = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    let server = Scripted::start_at(port);
    println!("{}", server.url());
    loop {
        std::thread::park();
    }
}
