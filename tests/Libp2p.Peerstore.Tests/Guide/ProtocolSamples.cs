namespace Libp2p.Peerstore.Tests;

public class ProtocolSamples
{
    [Fact]
    public async Task What_a_peer_speaks()
    {
        await using var store = MemoryPeerstore.Create();
        var peer = Sample.NewPeer();
        #region protocols-set
        await store.Protocols.SetAsync(peer, ["/ipfs/kad/1.0.0", "/meshsub/1.1.0", "/meshsub/1.2.0"]);

        // The newest first: the first that the peer speaks wins.
        var mesh = await store.Protocols.GetFirstSupportedAsync(peer, ["/meshsub/1.3.0", "/meshsub/1.2.0", "/meshsub/1.1.0"]);
        #endregion

        Assert.Equal("/meshsub/1.2.0", mesh);
        #region protocols-supported
        // In the order asked.
        var both = await store.Protocols.GetSupportedAsync(peer, ["/meshsub/1.2.0", "/ipfs/bitswap/1.2.0", "/ipfs/kad/1.0.0"]);
        #endregion

        Assert.Equal(["/meshsub/1.2.0", "/ipfs/kad/1.0.0"], both);
        var pushed = Enumerable.Range(0, 200).Select(static i => $"/{i}").ToList();
        #region protocols-limit
        var outcome = await store.Protocols.AddAsync(peer, pushed);
        if (outcome == ProtocolOutcome.TooMany)
        {
            Console.WriteLine("More than MaxProtocolsPerPeer: nothing changed.");
        }
        #endregion

        Assert.Equal(ProtocolOutcome.TooMany, outcome);
    }
}
