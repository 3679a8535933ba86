//! `run --dry-run`: what all runs of a file would cost, told without making one.

use std::{collections::HashSet, fmt::Write as _};

use pentimento_app::{Batch, Forecast};
use pentimento_model::Money;
use serde_json::{Value, json};

use super::{
    brief::Briefs,
    told::{Told, Totals},
};
use crate::{
    args::GlobalFlags,
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    output,
};

/// Sums up what runs of the briefs would cost, one by one. A brief that stands there twice is one run;
/// one whose run is there already counts like the others.
pub(super) fn tell(
    batch: &Batch,
    mut briefs: Briefs,
    cap: Option<Money>,
    global: GlobalFlags,
) -> Result<Exit, Failure> {
    let runtime = commands::runtime()?;
    let (mut all, mut runs, mut totals) = (None::<Forecast>, HashSet::new(), Totals::default());
    let (mut count, mut failed) = (0_usize, 0_u64);
    while let Some(line) = briefs.next() {
        let told = match line {
            Err(told) => told,
            Ok(line) => {
                let request = batch.request(&line.idea, line.seed);
                if !runs.insert(request.run.clone()) {
                    continue;
                }
                match runtime.block_on(batch.forecast(&request)) {
                    Err(error) => Told::of(&line, Err(error)),
                    Ok(one) => {
                        count += 1;
                        all = Some(match all {
                            None => one,
                            Some(sum) => sum.and(one),
                        });
                        continue;
                    }
                }
            }
        };
        failed += 1;
        totals.count(&told);
        output::note(&told.in_words());
    }
    commands::tell_notices(&batch.notices());
    let mut text = commands::counted(count, "brief");
    if failed > 0 {
        let _ = write!(text, ", {failed} more that cannot be carried out");
    }
    text.push('\n');
    let mut value = json!({ "briefs": count, "failed": failed });
    if let Some(all) = all {
        let (more, told) = refine::told_forecast(&all.within(cap));
        text.push_str(&more);
        if let (Some(object), Value::Object(told)) = (value.as_object_mut(), told) {
            object.extend(told);
        }
    }
    output::result(global.format, &text, &value)?;
    Ok(totals.exit())
}
