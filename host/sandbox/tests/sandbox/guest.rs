//! One guest crate, built when it is first asked for. Shared by the tests and the benchmark.

use std::{fs, path::Path};

use pentimento_forge::Guests;

/// A guest crate, built.
pub(crate) struct Guest {
    pub(crate) manifest: String,
    pub(crate) component: Vec<u8>,
}

pub(crate) fn guest(package: &str) -> Guest {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    // Beside the folder for tests: where the host's own build puts its guests.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("guests");
    let built = Guests::new(&plugins, target).build(&[package]);
    let built = built.unwrap_or_else(|error| panic!("{error}\nhint: {}", error.hint()));
    Guest {
        manifest: fs::read_to_string(plugins.join(package).join("plugin.toml")).unwrap(),
        component: built.iter().flat_map(|path| fs::read(path).unwrap()).collect(),
    }
}
