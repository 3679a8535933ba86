//! Every folder, file and environment name the program knows, in one place.
//!
//! What the values mean is settled in `settings`.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The settings file, looked for in the current folder.
pub const SETTINGS_FILE: &str = "pentimento.toml";
/// Where runs are kept, below the current folder.
pub const RUNS_DIR: &str = "runs";
/// The page that every finished run gets.
pub const REPORT_FILE: &str = "report.html";
/// The text that a finished run hands out, if it stands in its journal.
pub const TEXT_FILE: &str = "text.txt";

/// Environment names of the settings, in the order of `docs/settings.md`.
pub const ENV_RECIPE: &str = "PENTIMENTO_RECIPE";
/// See [`ENV_RECIPE`].
pub const ENV_PRESET: &str = "PENTIMENTO_PRESET";
/// See [`ENV_RECIPE`].
pub const ENV_ROUNDS: &str = "PENTIMENTO_ROUNDS";
/// See [`ENV_RECIPE`].
pub const ENV_SEED: &str = "PENTIMENTO_SEED";
/// See [`ENV_RECIPE`].
pub const ENV_RUNS_DIR: &str = "PENTIMENTO_RUNS_DIR";
/// See [`ENV_RECIPE`].
pub const ENV_SYNC: &str = "PENTIMENTO_SYNC";
/// See [`ENV_RECIPE`].
pub const ENV_CACHE: &str = "PENTIMENTO_CACHE";
/// How much the results of other runs may take, in MiB. Not a setting of `pentimento.toml`: a project
/// of somebody else's must not drive out what was paid for.
pub const ENV_CACHE_MIB: &str = "PENTIMENTO_CACHE_MIB";
/// See [`ENV_RECIPE`].
pub const ENV_CACHE_DIR: &str = "PENTIMENTO_CACHE_DIR";
/// The password of an author's signing key, for where nobody can be asked.
pub const ENV_KEY_PASSWORD: &str = "PENTIMENTO_KEY_PASSWORD";

/// Where spans go, as every program with OpenTelemetry reads it: a server, or the whole URL.
pub const ENV_OTLP_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// See [`ENV_OTLP_ENDPOINT`].
pub const ENV_OTLP_TRACES_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
/// Headers that go with them: `name=value,name=value`.
pub const ENV_OTLP_HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";
/// See [`ENV_OTLP_HEADERS`].
pub const ENV_OTLP_TRACES_HEADERS: &str = "OTEL_EXPORTER_OTLP_TRACES_HEADERS";
/// How they are sent.
pub const ENV_OTLP_PROTOCOL: &str = "OTEL_EXPORTER_OTLP_PROTOCOL";
/// See [`ENV_OTLP_PROTOCOL`].
pub const ENV_OTLP_TRACES_PROTOCOL: &str = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";
/// What this program is called by whoever collects them.
pub const ENV_OTEL_SERVICE: &str = "OTEL_SERVICE_NAME";
/// `true` means that none are sent.
pub const ENV_OTEL_DISABLED: &str = "OTEL_SDK_DISABLED";
/// `true` means that ideas, prompts, answers and findings may be in them.
pub const ENV_OTEL_WORDS: &str = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

/// Where plugins and consents are kept. Not a setting of `pentimento.toml`: that file may come with
/// a project of somebody else's, who must not bring consents along.
pub const ENV_DATA_DIR: &str = "PENTIMENTO_DATA_DIR";
/// Where the user's own settings are kept: which providers to trust with keys, pictures and words.
pub const ENV_CONFIG_DIR: &str = "PENTIMENTO_CONFIG_DIR";
/// The user's own settings file, in that folder.
pub const USER_SETTINGS_FILE: &str = "settings.toml";
/// Moves the address of `OpenAI`, as its own clients read it.
pub const ENV_OPENAI_BASE_URL: &str = "OPENAI_BASE_URL";
/// Moves the address of Anthropic, as its own clients read it.
pub const ENV_ANTHROPIC_BASE_URL: &str = "ANTHROPIC_BASE_URL";
/// Which plugins a project uses, in the current folder.
pub const LOCK_FILE: &str = "pentimento.lock";

/// Where plugins and consents are kept: `$PENTIMENTO_DATA_DIR`, else `$XDG_DATA_HOME/pentimento`,
/// else `~/.local/share/pentimento`.
pub(crate) fn data_dir() -> Option<PathBuf> {
    let own = variable(ENV_DATA_DIR).map(PathBuf::from);
    let xdg = || variable("XDG_DATA_HOME").map(|data| Path::new(&data).join("pentimento"));
    let home = || variable("HOME").map(|home| Path::new(&home).join(".local/share/pentimento"));
    own.or_else(xdg).or_else(home)
}

/// The user's own settings file: in `$PENTIMENTO_CONFIG_DIR`, else `$XDG_CONFIG_HOME/pentimento`,
/// else `~/.config/pentimento`.
pub fn user_settings() -> Option<PathBuf> {
    let own = variable(ENV_CONFIG_DIR).map(PathBuf::from);
    let xdg = || variable("XDG_CONFIG_HOME").map(|config| Path::new(&config).join("pentimento"));
    let home = || variable("HOME").map(|home| Path::new(&home).join(".config/pentimento"));
    Some(own.or_else(xdg).or_else(home)?.join(USER_SETTINGS_FILE))
}

/// The value of an environment variable; an empty one counts as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where things that can be made again are kept: `$XDG_CACHE_HOME/pentimento`, else
/// `~/.cache/pentimento`, else a folder below the system's temporary one.
pub(crate) fn default_cache_dir() -> PathBuf {
    let xdg = variable("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || variable("HOME").map(|home| Path::new(&home).join(".cache"));
    xdg.or_else(home).unwrap_or_else(env::temp_dir).join("pentimento")
}
