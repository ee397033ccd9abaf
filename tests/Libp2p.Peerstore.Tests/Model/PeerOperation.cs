namespace Libp2p.Peerstore.Tests;

/// <summary>An operation on a peer twice: as a call of a store, and as a step of the model. Answers are texts.</summary>
internal sealed record PeerOperation(
    string Name,
    Func<IPeerstore, SamplePeer, ValueTask<string>> RunAsync,
    Func<PeerModel, SamplePeer, long, (PeerModel After, string Answer)> Step)
{
    /// <summary>The same as a part of an atomic edit, where it can be one.</summary>
    public Action<IPeerEdit, SamplePeer>? Edit { get; init; }

    public (PeerModel After, string Answer) Apply(PeerModel before, SamplePeer peer, long now) =>
        Step(before.At(now), peer, now);

    public override string ToString() => Name;
}
