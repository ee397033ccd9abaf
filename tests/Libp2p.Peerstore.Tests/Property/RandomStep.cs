using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

/// <summary>One step of a random sequence: an operation on one of a few peers, or something that befalls the store.</summary>
internal sealed record RandomStep(StepKind Kind)
{
    public const int PeerCount = 3;

    public int Peer { get; init; }

    public PeerOperation? Operation { get; init; }

    public TimeSpan By { get; init; }

    public static Gen<RandomStep> Advance { get; } = Gen
        .Elements(TimeSpan.FromTicks(1), Sample.Minute / 2, Sample.Minute, AddressTtl.RecentlyConnected, Sample.Hour)
        .Select(static by => new RandomStep(StepKind.Advance) { By = by });

    public static Gen<RandomStep> Of(StepKind kind) => Gen.Constant(new RandomStep(kind));

    /// <summary>First the kind of operation, then one of that kind.</summary>
    public static Gen<RandomStep> Operate(IReadOnlyList<PeerOperation[]> kinds, int peers = PeerCount) =>
        from kind in Gen.Elements<PeerOperation[]>(kinds)
        from operation in Gen.Elements(kind)
        from peer in Gen.Choose(0, peers - 1)
        select new RandomStep(StepKind.Operate) { Peer = peer, Operation = operation };

    public override string ToString() => Kind switch
    {
        StepKind.Operate => $"{Peer}: {Operation}",
        StepKind.Advance => $"advance {By}",
        _ => Kind.ToString(),
    };
}
