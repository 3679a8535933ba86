//! Pages of figures, written as whole as everything else.

use std::path::Path;

use pentimento_report::Sheet;

use crate::{AppError, products};

/// Writes a page of figures; a page that is there already is replaced at once or not at all.
pub fn write_sheet(path: &Path, sheet: &Sheet) -> Result<(), AppError> {
    let page = pentimento_report::to_sheet(sheet)?;
    products::replace(path, page.as_bytes())
        .map_err(|source| AppError::WritePage { path: path.to_owned(), source })
}
