//! What can go wrong in the easel's own work.
//!
//! A badly drawn picture is not an error: that is the fault model's business. Wording for the
//! user's next step lives here, exit codes live with the engine's `PortError`.

use pentimento_engine::PortError;
use pentimento_world::ReadError;
use thiserror::Error;

/// The easel could not draw or change a picture.
#[derive(Debug, Error)]
pub enum EaselError {
    /// The prompt is not in the closed world's language.
    #[error("the prompt cannot be read")]
    Prompt(#[source] ReadError),
    /// More objects were asked for than fit.
    #[error("{wanted} objects do not fit into one picture")]
    NoRoom {
        /// How many were asked for.
        wanted: usize,
    },
    /// Something that is no picture was handed in for editing.
    #[error("`{found}` is not a picture")]
    NotAPicture {
        /// The media type's name.
        found: &'static str,
    },
    /// A picture larger than the easel edits.
    #[error("the picture is {width}×{height} pixels, the limit is {limit}×{limit}")]
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
        /// The longest side the easel edits, in pixels.
        limit: u32,
    },
    /// Bytes that are not a whole picture of their media type.
    #[error("the picture's bytes cannot be decoded")]
    Decode(#[source] image::ImageError),
    /// A mask of another size than the picture it belongs to.
    #[error("the mask is {}×{} pixels, the picture {}×{}", mask.0, mask.1, picture.0, picture.1)]
    MaskSize {
        /// The mask's width and height.
        mask: (u32, u32),
        /// The picture's.
        picture: (u32, u32),
    },
    /// A mask through which nothing can be painted.
    #[error("the mask has no transparent pixel")]
    MaskClosed,
    /// The encoder failed.
    #[error("the picture cannot be encoded")]
    Encode(#[source] image::ImageError),
    /// The drawing thread ended early.
    #[error("the drawing thread stopped before the picture was done")]
    Stopped(#[source] tokio::task::JoinError),
}

impl EaselError {
    /// What the user can do about it, if anything.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Prompt(source) => Some(source.hint()),
            Self::NoRoom { .. } => Some("ask for fewer objects".to_owned()),
            Self::NotAPicture { .. } => Some("hand in a PNG or JPEG picture".to_owned()),
            Self::TooLarge { limit, .. } => {
                Some(format!("scale the picture to at most {limit} pixels on its longer side"))
            }
            Self::Decode(_) => Some("save the picture anew as PNG or JPEG".to_owned()),
            Self::MaskSize { .. } => Some("make the mask as large as the picture".to_owned()),
            Self::MaskClosed => Some(
                "make transparent what is to be painted anew, and leave the rest opaque".into(),
            ),
            Self::Encode(_) | Self::Stopped(_) => None,
        }
    }
}

impl From<EaselError> for PortError {
    fn from(error: EaselError) -> Self {
        if let EaselError::Prompt(source) = error {
            let (message, hint) = (source.to_string(), source.hint());
            return Self::wrong_use(message, hint);
        }
        let hint = error.hint();
        let mut failure = match error {
            EaselError::Encode(_) | EaselError::Stopped(_) => {
                Self::broken("the easel could not finish the picture", error)
            }
            wrong => {
                let mut failure = Self::wrong_use("the easel cannot work on this", "");
                failure.cause = Some(Box::new(wrong));
                failure
            }
        };
        failure.hint = hint;
        failure
    }
}
