using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Mixed;

/// <summary>What the threads share: the peers, and how often what is done.</summary>
/// <remarks>
/// Every eighth peer is one whose connections come and go; each of these belongs to one thread and is never refreshed, so
/// that the right answer to every update is known. All peers are read, all others are refreshed.
/// </remarks>
/// <param name="data">The peers.</param>
/// <param name="peers">How many; at least <see cref="ConnectedShare"/> for each thread.</param>
internal sealed class MixedPlan(WireData data, int peers)
{
    /// <summary>One of so many peers is connected and disconnected.</summary>
    public const int ConnectedShare = 8;

    /// <summary>The peers.</summary>
    public WireData Data => data;

    /// <summary>How many peers there are.</summary>
    public int Peers => peers;

    /// <summary>Draws what is done.</summary>
    /// <param name="chance">What it is drawn from.</param>
    public static MixedKind Draw(ref SplitMix64 chance) => chance.Next(100) switch
    {
        < 80 => MixedKind.Read,
        < 90 => MixedKind.Refresh,
        < 95 => MixedKind.Supports,
        _ => MixedKind.Update,
    };
}
