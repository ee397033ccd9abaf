using Libp2p;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Mixed;

/// <summary>What the threads share: the peers, and what was drawn beforehand.</summary>
/// <remarks>
/// Every eighth peer is one whose connections come and go; each of these belongs to one thread and is never refreshed, so
/// that the right answer to every update is known. All peers are read, all others are refreshed.
/// </remarks>
internal sealed class MixedPlan
{
    /// <summary>One of so many peers is connected and disconnected.</summary>
    public const int ConnectedShare = 8;

    private const int KindCount = 1 << 16;

    /// <summary>Makes all that is handed over beforehand.</summary>
    /// <param name="data">The peers.</param>
    /// <param name="peers">How many; at least <see cref="ConnectedShare"/> for each thread.</param>
    public MixedPlan(WireData data, int peers)
    {
        Ids = new PeerId[peers];
        Addresses = new Multiaddr[peers][];
        for (var i = 0; i < peers; i++)
        {
            Ids[i] = data.Id(i);
            Addresses[i] = data.Addresses(i);
        }

        var chance = new SplitMix64(4);
        for (var i = 0; i < Kinds.Length; i++)
        {
            Kinds[i] = chance.Next(100) switch
            {
                < 80 => MixedKind.Read,
                < 90 => MixedKind.Refresh,
                < 95 => MixedKind.Supports,
                _ => MixedKind.Update,
            };
        }
    }

    /// <summary>The peers' IDs.</summary>
    public PeerId[] Ids { get; }

    /// <summary>The peers' addresses.</summary>
    public Multiaddr[][] Addresses { get; }

    /// <summary>What is done, one after the other, and again from the beginning.</summary>
    public MixedKind[] Kinds { get; } = new MixedKind[KindCount];
}
