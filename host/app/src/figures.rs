//! Pages of figures, written as whole as everything else.

use std::{io, path::Path};

use pentimento_report::Sheet;

use crate::{AppError, products};

/// Says whether a page of figures can be written there: by putting a file beside the place, and taking
/// it away again. Asked before anything is spent on figures.
pub fn check_sheet(path: &Path) -> Result<(), AppError> {
    let no_file = || io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
    let checked = if path.is_dir() { Err(no_file()) } else { products::aside(path).map(drop) };
    checked.map_err(|source| AppError::NoPlace { path: path.to_owned(), source })
}

/// Writes a page of figures; a page that is there already is replaced at once or not at all.
pub fn write_sheet(path: &Path, sheet: &Sheet) -> Result<(), AppError> {
    let page = pentimento_report::to_sheet(sheet)?;
    products::replace(path, page.as_bytes())
        .map_err(|source| AppError::WriteFigures { path: path.to_owned(), source })
}
