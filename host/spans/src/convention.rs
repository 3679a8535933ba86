//! The names of the semantic conventions (OpenTelemetry semantic conventions 1.41, "Generative AI",
//! status Development), and ours for what they have no name for.

pub(crate) const OPERATION: &str = "gen_ai.operation.name";
pub(crate) const PROVIDER: &str = "gen_ai.provider.name";
pub(crate) const REQUEST_MODEL: &str = "gen_ai.request.model";
pub(crate) const REQUEST_SEED: &str = "gen_ai.request.seed";
pub(crate) const RESPONSE_MODEL: &str = "gen_ai.response.model";
pub(crate) const FINISH_REASONS: &str = "gen_ai.response.finish_reasons";
pub(crate) const OUTPUT_TYPE: &str = "gen_ai.output.type";
pub(crate) const INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";
pub(crate) const OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";
pub(crate) const CACHE_READ_TOKENS: &str = "gen_ai.usage.cache_read.input_tokens";
pub(crate) const INPUT_MESSAGES: &str = "gen_ai.input.messages";
pub(crate) const OUTPUT_MESSAGES: &str = "gen_ai.output.messages";
pub(crate) const CONVERSATION: &str = "gen_ai.conversation.id";
pub(crate) const WORKFLOW: &str = "gen_ai.workflow.name";
pub(crate) const TOOL: &str = "gen_ai.tool.name";
pub(crate) const TOOL_TYPE: &str = "gen_ai.tool.type";
pub(crate) const TOOL_ARGUMENTS: &str = "gen_ai.tool.call.arguments";
pub(crate) const TOOL_RESULT: &str = "gen_ai.tool.call.result";
pub(crate) const ERROR_TYPE: &str = "error.type";

/// The event that tells an evaluation, and what it says.
pub(crate) const EVALUATION: &str = "gen_ai.evaluation.result";
pub(crate) const EVALUATION_NAME: &str = "gen_ai.evaluation.name";
pub(crate) const EVALUATION_SCORE: &str = "gen_ai.evaluation.score.value";
pub(crate) const EVALUATION_LABEL: &str = "gen_ai.evaluation.score.label";
pub(crate) const EVALUATION_EXPLANATION: &str = "gen_ai.evaluation.explanation";

/// Values of `gen_ai.operation.name`.
pub(crate) const CHAT: &str = "chat";
pub(crate) const GENERATE: &str = "generate_content";
pub(crate) const EXECUTE_TOOL: &str = "execute_tool";
pub(crate) const INVOKE_WORKFLOW: &str = "invoke_workflow";

/// Ours.
pub(crate) const RUN: &str = "pentimento.run";
pub(crate) const IDEA: &str = "pentimento.idea";
pub(crate) const SEED: &str = "pentimento.seed";
pub(crate) const ROUND: &str = "pentimento.round";
pub(crate) const ROLE: &str = "pentimento.role";
pub(crate) const STEP: &str = "pentimento.step";
pub(crate) const CANDIDATE: &str = "pentimento.candidate";
pub(crate) const CACHED: &str = "pentimento.from_cache";
pub(crate) const COST: &str = "pentimento.cost_usd";
pub(crate) const DIGEST: &str = "pentimento.plugin.digest";
pub(crate) const MODE: &str = "pentimento.plugin.mode";
pub(crate) const FINDINGS: &str = "pentimento.findings";
pub(crate) const VERDICT: &str = "pentimento.verdict";
pub(crate) const STOP: &str = "pentimento.stop";
pub(crate) const REASON: &str = "pentimento.reason";
