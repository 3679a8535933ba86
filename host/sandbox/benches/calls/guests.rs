//! The guests and pictures the benchmarks call with.

use std::{fs, io::Cursor, path::Path, sync::LazyLock};

use pentimento_forge::Guests;
use pentimento_model::{Artifact, MediaType};

/// A guest crate, built.
pub(crate) struct Guest {
    pub(crate) manifest: String,
    pub(crate) component: Vec<u8>,
}

pub(crate) static TRIVIAL: LazyLock<Guest> = LazyLock::new(|| guest("critic-trivial"));
pub(crate) static WITNESS: LazyLock<Guest> = LazyLock::new(|| guest("witness"));

fn guest(package: &str) -> Guest {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let target = pentimento_forge::shared_target_dir(Path::new(env!("CARGO_TARGET_TMPDIR")));
    let built = Guests::new(&plugins, target).build(&[package]);
    let built = built.unwrap_or_else(|error| panic!("{error}\nhint: {}", error.hint()));
    Guest {
        manifest: fs::read_to_string(plugins.join(package).join("plugin.toml")).unwrap(),
        component: built.iter().flat_map(|path| fs::read(path).unwrap()).collect(),
    }
}

/// A picture with this many pixels on each side.
pub(crate) fn picture(side: u32) -> Artifact {
    let shade = |x: u32, y: u32| image::Rgb([x, y, x ^ y].map(|value| value.to_le_bytes()[0]));
    let pixels = image::RgbImage::from_fn(side, side, shade);
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Artifact::new(MediaType::Png, bytes.into_inner())
}
