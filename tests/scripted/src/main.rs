//! The scripted server as a program: `scripted [PORT [ACT]]`. It prints its address and serves until
//! it is ended. `ACT`, as JSON, is what happens to every call, such as `{"fit":100}`; `POST /script`
//! takes a JSON list of acts for the next ones, `GET /stats` tells what was called.

#![expect(clippy::print_stdout, reason = "whoever starts it reads the address there")]

use pentimento_scripted::{Act, Scripted};

/// Load tests measure who shares the machine with this; glibc's allocator takes an eighth of its time.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let port = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    let server = Scripted::start_at(port);
    if let Some(act) = std::env::args().nth(2) {
        server.always(Act::from_json(&act));
    }
    println!("{}", server.url());
    loop {
        std::thread::park();
    }
}
