//! Whether one plugin may call another now: asked for, granted, there, of the right role, not
//! already waiting, not too deep, not too often, and without carrying private input away.
//!
//! Every refusal is a failure of its own words; the caller may hand it on.

use pentimento_manifest::Role;
use pentimento_model::{Capability, Seed};

use crate::{
    LoadedPlugin,
    bindings::types::Failure,
    callee::{Callee, Caller},
    facets::{Served, failure, partners},
    limits,
};

/// A plugin, ready to work for the caller.
pub(super) struct Partner {
    pub(super) plugin: LoadedPlugin,
    /// Feeds its random facet: drawn from the caller's, so that a run can be repeated.
    pub(super) seed: Seed,
}

/// What a plugin hears that asks a plugin for what it does not do.
pub(super) fn not_a(name: &str, role: Role) -> Failure {
    failure("bad-argument", format!("the plugin `{name}` is no {role}"))
}

impl Served<'_> {
    /// The plugin with this name, if the one in this call may call it. Counts the call.
    pub(super) fn partner(&mut self, name: &str, role: Role) -> Result<Partner, Failure> {
        let caller = &self.0.callee;
        partners::check_granted(caller, Capability::Tools, name)?;
        check_chain(caller, name)?;
        let there = caller.roster.find(name).ok_or_else(|| {
            failure("unavailable", format!("there is no plugin `{name}` in this run"))
        })?;
        if there.manifest().role != role {
            return Err(not_a(name, role));
        }
        check_flow(caller, name, there.callee())?;
        let most = caller.powers.tools.calls;
        if self.0.tool_calls >= most {
            let message = format!(
                "{most} calls of other plugins in one call were made, which is what `plugin.toml` \
                 asks for"
            );
            return Err(failure("quota", message));
        }
        caller.run.count_call().map_err(|most| {
            failure("quota", format!("the plugins of this run have called each other {most} times"))
        })?;
        let (seed, plugin) = (self.0.seed.derive("tools", self.0.tool_calls.into()), there.clone());
        let waiting = Caller { callee: caller.clone(), deadline: self.0.deadline };
        self.0.tool_calls += 1;
        Ok(Partner { plugin: plugin.called_by(waiting), seed })
    }
}

fn check_chain(caller: &Callee, name: &str) -> Result<(), Failure> {
    let mut names: Vec<&str> = caller.chain().map(|callee| &*callee.name).collect();
    names.reverse();
    let (depth, round) = (names.len(), names.contains(&name));
    names.push(name);
    let way = names.join(" → ");
    if round {
        return Err(failure("too-deep", format!("calls must not go in circles: {way}")));
    }
    if depth >= limits::CALL_DEPTH as usize {
        let most = limits::CALL_DEPTH;
        let message = format!("at most {most} plugins may be at work for one another: {way}");
        return Err(failure("too-deep", message));
    }
    Ok(())
}

/// Refuses what would put together, over several plugins, what one may not have alone without a
/// second consent: private input and a way out. An assessor that cannot send is told the idea, so
/// it always has private input to hand down; one that can send must not be handed any back.
fn check_flow(caller: &Callee, name: &str, there: &Callee) -> Result<(), Failure> {
    let unsafe_one = caller.chain().find(|one| {
        let own = &one.powers;
        let hands_down = there.powers.sends() && (one.sees() || !own.sends());
        let is_handed_back = own.sends() && there.sees();
        !own.consent && (hands_down || is_handed_back)
    });
    let Some(one) = unsafe_one else { return Ok(()) };
    let plugin = &one.name;
    let message = format!(
        "`{plugin}` and `{name}` together could see private input and send requests, which needs a \
         second consent for `{plugin}`"
    );
    Err(failure("refused", message))
}
