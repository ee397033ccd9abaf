using System.Text.Json.Serialization;

namespace Libp2p.Peerstore.Tests;

public partial class MetadataSamples
{
    [Fact]
    public async Task Values_of_many_types()
    {
        await using var store = MemoryPeerstore.Create();
        var peer = Sample.NewPeer();
        #region metadata-set
        await store.Metadata.SetAsync(peer, MetadataKeys.AgentVersion, "kubo/0.30.0/");
        await store.Metadata.SetAsync(peer, "blocks served", 42L);

        var agent = await store.Metadata.GetAsync<string>(peer, MetadataKeys.AgentVersion);
        if ((await store.Metadata.TryGetAsync<long>(peer, "blocks served")).TryGet(out var served))
        {
            Console.WriteLine($"{agent} was served {served} blocks.");
        }
        #endregion

        Assert.Equal(42, served);
    }

    [Fact]
    public async Task Values_of_own_types()
    {
        var peer = Sample.NewPeer();
        #region metadata-types
        await using var store = MemoryPeerstore.Create(new() { MetadataTypes = NodeTypes.Default });
        await store.Metadata.SetAsync(peer, "score", new Score(Good: 9, Bad: 1));
        #endregion

        Assert.Equal(new Score(9, 1), await store.Metadata.GetAsync<Score>(peer, "score"));
    }

    [Fact]
    public async Task Changing_a_value_with_others()
    {
        await using var store = MemoryPeerstore.Create(new() { MetadataTypes = NodeTypes.Default });
        var peer = Sample.NewPeer();
        #region metadata-edit
        // Several books in one step: a snapshot shows all of it or nothing.
        await store.UpdatePeerAsync(peer, edit => edit
            .SetProtocols(["/ipfs/kad/1.0.0"])
            .SetMetadata(MetadataKeys.AgentVersion, "kubo/0.30.0/"));

        // Read, change, and write only if nobody else did meanwhile.
        PeerEditOutcome outcome;
        do
        {
            var snapshot = await store.GetSnapshotAsync(peer);
            var count = await store.Metadata.TryGetAsync<int>(peer, "dials");
            outcome = await store.UpdatePeerAsync(
                peer, snapshot.Version, edit => edit.SetMetadata("dials", count.Found ? count.Value + 1 : 1));
        }
        while (outcome == PeerEditOutcome.VersionChanged);
        #endregion

        Assert.Equal(1, await store.Metadata.GetAsync<int>(peer, "dials"));
    }

    #region metadata-own-type
    internal sealed record Score(int Good, int Bad);

    [JsonSerializable(typeof(Score))]
    internal sealed partial class NodeTypes : JsonSerializerContext;
    #endregion
}
