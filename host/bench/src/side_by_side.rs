//! Tasks side by side: so many at once, until one fails or somebody says stop.

use pentimento_engine::StopFlag;
use tokio::task::JoinSet;

use crate::BenchError;

/// Carries out tasks, at most so many at once, begun in their order. `done` hears of each as it ends.
///
/// After a failure nothing more begins, and no call is cut off in its middle: `stop` is raised, so that whoever
/// heeds it finishes the call that may have been paid for, and all others come to their end. What fails after
/// that is told when the same is typed again.
///
/// # Errors
///
/// The first failure; that it was interrupted, if somebody else raised `stop`.
pub(crate) async fn side_by_side<T, F>(
    mut tasks: impl Iterator<Item = F>,
    jobs: usize,
    stop: &StopFlag,
    mut done: impl FnMut(T),
) -> Result<(), BenchError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, BenchError>> + Send + 'static,
{
    let (mut under_way, mut failed) = (JoinSet::new(), None);
    loop {
        while under_way.len() < jobs
            && !stop.is_raised()
            && let Some(task) = tasks.next()
        {
            under_way.spawn(task);
        }
        let Some(joined) = under_way.join_next().await else { break };
        match joined.map_err(BenchError::from).flatten() {
            Ok(one) => done(one),
            Err(error) if !stop.is_raised() => {
                failed = Some(error);
                stop.raise();
            }
            Err(_) => {}
        }
    }
    match failed {
        Some(error) => Err(error),
        None if stop.is_raised() => Err(BenchError::Interrupted),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    #[tokio::test]
    async fn the_first_failure_is_told_once_those_beside_it_have_ended_and_no_more_begin() {
        let (begun, ended) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let tasks = (0..9).map(|number| {
            let (begun, ended) = (begun.clone(), ended.clone());
            async move {
                begun.fetch_add(1, Ordering::Relaxed);
                if number == 1 {
                    return Err(BenchError::NoWriter);
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                ended.fetch_add(1, Ordering::Relaxed);
                Ok(number)
            }
        });
        let (stop, mut done) = (StopFlag::default(), Vec::new());
        let told = side_by_side(tasks, 3, &stop, |number| done.push(number)).await;
        assert!(matches!(told, Err(BenchError::NoWriter)) && stop.is_raised());
        assert_eq!((begun.load(Ordering::Relaxed), ended.load(Ordering::Relaxed)), (3, 2));
        done.sort_unstable();
        assert_eq!(done, [0, 2]);
    }

    #[tokio::test]
    async fn all_are_carried_out_unless_somebody_says_stop() {
        let (stop, mut sum) = (StopFlag::default(), 0);
        let tasks = || (0..9).map(|number| async move { Ok(number) });
        side_by_side(tasks(), 2, &stop, |number| sum += number).await.unwrap();
        assert_eq!(sum, 36);
        stop.raise();
        let told = side_by_side(tasks(), 2, &stop, |_| panic!("none begins")).await;
        assert!(matches!(told, Err(BenchError::Interrupted)));
    }
}
