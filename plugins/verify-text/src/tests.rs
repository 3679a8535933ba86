//! Tables of texts and constraints: what passes, what fails, with which proof, at which place.

use pentimento_sdk::{CheckOutcome, Place};

use crate::{check, read};

mod hostile;
mod ifeval;
mod malformed;
mod own;
mod schema;
