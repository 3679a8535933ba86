//! Many calls at once: each waits its turn, and whoever is honest gets one too.

use std::{sync::Arc, time::Duration};

use pentimento_model::{Assessment, Brief, Seed};
use pentimento_sandbox::InUse;
use tokio::runtime::Builder;

use crate::{
    host::{Host, picture},
    modes::{Ends, HONEST, all},
};

#[test]
fn honest_calls_get_their_turn_among_hostile_ones() {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let brief = Brief::from_idea("x");
    let host = Host::with(Duration::from_mins(1));
    let honest = host.load(&HONEST.component()).unwrap().assessor().unwrap();
    let hostile = all().filter(|mode| matches!(mode.ends, Ends::Fault(..)));
    let hostile: Vec<_> =
        hostile.map(|mode| host.load(&mode.component()).unwrap().assessor().unwrap()).collect();
    let start = |assessor: &Arc<_>| {
        let (assessor, brief): (Arc<dyn pentimento_engine::ports::Assess>, _) =
            (Arc::clone(assessor), brief.clone());
        runtime.spawn(async move { assessor.assess(&brief, &picture(), Seed(1)).await })
    };
    let storm: Vec<_> = hostile.iter().cycle().take(200).map(start).collect();
    let calm: Vec<_> = (0..50).map(|_| start(&honest)).collect();
    for call in calm {
        let assessment = runtime.block_on(call).unwrap();
        assert!(matches!(assessment, Assessment::Given { .. }), "{assessment:?}");
    }
    for call in storm {
        let assessment = runtime.block_on(call).unwrap();
        assert!(matches!(assessment, Assessment::Missing { .. }), "{assessment:?}");
    }
    assert_eq!(host.in_use(), InUse::default(), "nobody has to wait any more");
}
