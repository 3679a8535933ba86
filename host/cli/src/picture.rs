//! Pictures in the terminal: by the terminal's own graphics where it has them, else by half
//! blocks in color. Where there is no terminal, nothing is shown.

use image::DynamicImage;
use pentimento_app::Stored;
use pentimento_model::Artifact;

use crate::{
    args::{Format, GlobalFlags},
    output,
};

/// Width in columns: fits 80 with room for a margin.
const COLUMNS: u32 = 44;

/// Shows the picture a run came to, if a person is there to see it.
pub(crate) fn show_best(stored: &Stored, global: GlobalFlags) {
    let wanted = global.format == Format::Text && !global.quiet && output::is_read();
    if wanted && let Some(best) = stored.best() {
        show(&best);
    }
}

/// Shows a picture. One that cannot be shown is left out: its path stands in the text.
fn show(artifact: &Artifact) {
    let Some(picture) = decode(artifact) else { return };
    let config = viuer::Config {
        width: Some(COLUMNS),
        absolute_offset: false,
        x: 2,
        ..viuer::Config::default()
    };
    // A terminal that refuses is no reason to fail: the picture is on disk.
    let _ = viuer::print(&picture, &config);
}

fn decode(artifact: &Artifact) -> Option<DynamicImage> {
    artifact.media_type.is_image().then(|| image::load_from_memory(&artifact.bytes).ok()).flatten()
}
