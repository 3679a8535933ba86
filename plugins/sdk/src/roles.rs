//! The three roles a plugin can have, and the macros that export one.

use crate::{Argument, Artifact, Brief, Check, Critique, Failure};

/// Gives an opinion about candidates.
pub trait Critic {
    /// Looks at one candidate and says what is wrong with it. The host starts the plugin afresh
    /// for every call: nothing is remembered.
    fn assess(brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure>;
}

/// Checks a fact about candidates.
pub trait Verifier {
    /// Checks one candidate. The host starts the plugin afresh for every call.
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure>;
}

/// Computes or transforms.
pub trait Tool {
    /// Does the work and returns a text. The host starts the plugin afresh for every call.
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure>;
}

/// Makes the plugin a critic: `export_critic!(MyType)`, where `MyType` implements [`Critic`].
#[macro_export]
macro_rules! export_critic {
    ($critic:ty) => {
        struct ExportedCritic;

        impl $crate::bindings::critic::exports::pentimento::plugin::critiquing::Guest
            for ExportedCritic
        {
            fn assess(
                brief: $crate::Brief,
                candidate: &$crate::Artifact,
            ) -> ::core::result::Result<$crate::Critique, $crate::Failure> {
                <$critic as $crate::Critic>::assess(&brief, candidate)
            }
        }

        $crate::bindings::critic::export_critic_bindings!(ExportedCritic with_types_in $crate::bindings::critic);
    };
}

/// Makes the plugin a verifier: `export_verifier!(MyType)`, where `MyType` implements [`Verifier`].
#[macro_export]
macro_rules! export_verifier {
    ($verifier:ty) => {
        struct ExportedVerifier;

        impl $crate::bindings::verifier::exports::pentimento::plugin::verifying::Guest
            for ExportedVerifier
        {
            fn verify(
                brief: $crate::Brief,
                candidate: &$crate::Artifact,
            ) -> ::core::result::Result<$crate::Check, $crate::Failure> {
                <$verifier as $crate::Verifier>::verify(&brief, candidate)
            }
        }

        $crate::bindings::verifier::export_verifier_bindings!(ExportedVerifier with_types_in $crate::bindings::verifier);
    };
}

/// Makes the plugin a tool: `export_tool!(MyType)`, where `MyType` implements [`Tool`].
#[macro_export]
macro_rules! export_tool {
    ($tool:ty) => {
        struct ExportedTool;

        impl $crate::bindings::tool::exports::pentimento::plugin::performing::Guest
            for ExportedTool
        {
            fn perform(
                arguments: ::std::vec::Vec<$crate::Argument>,
                inputs: ::std::vec::Vec<$crate::Artifact>,
            ) -> ::core::result::Result<::std::string::String, $crate::Failure> {
                <$tool as $crate::Tool>::perform(&arguments, &inputs)
            }
        }

        $crate::bindings::tool::export_tool_bindings!(ExportedTool with_types_in $crate::bindings::tool);
    };
}
