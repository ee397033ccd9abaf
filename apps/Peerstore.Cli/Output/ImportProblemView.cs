using Libp2p.Peerstore;

namespace Peerstore.Cli.Output;

/// <summary>What was damaged or refused of an entry.</summary>
/// <param name="Entry">Which entry, from 1.</param>
/// <param name="Position">Where it begins, in bytes.</param>
/// <param name="Peer">Whose it is said to be; null where that cannot be read.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportProblemView(long Entry, long Position, string? Peer, string Reason)
{
    /// <summary>Writes a problem down.</summary>
    /// <param name="problem">The problem.</param>
    public static ImportProblemView From(PeerstoreImportProblem problem) =>
        new(problem.Entry, problem.Position, problem.Peer.IsEmpty ? null : problem.Peer.ToString(), problem.Reason);
}
