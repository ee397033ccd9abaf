using Libp2p;

namespace Peerstore.Cli.Output;

/// <summary>Writes decoding errors for a person.</summary>
internal static class BrokenRule
{
    /// <summary>Says that the rule is broken: by itself it reads as if it held.</summary>
    /// <param name="error">The error.</param>
    public static string Describe(this DecodeError error) => error.Rule is null
        ? "the rule is unknown"
        : $"the rule broken at position {error.Position}: {error.Rule}";
}
