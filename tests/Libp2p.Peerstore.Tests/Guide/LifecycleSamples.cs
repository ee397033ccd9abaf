namespace Libp2p.Peerstore.Tests;

public class LifecycleSamples
{
    [Fact]
    public async Task A_session_from_begin_to_end()
    {
        var key = Sample.NewKey();
        var (remotePeer, remoteAddress, session) = (PeerId.FromPublicKey(key.PublicKey), Sample.Tcp, new object());
        var signedPeerRecord = Sample.Record(key, 1, Sample.Tcp).Envelope.Bytes;
        ReadOnlyMemory<byte>[] listenAddrs = [Sample.Tcp.Bytes.ToArray()];
        string[] protocols = ["/ipfs/ping/1.0.0"];
        string[] newProtocols = ["/ipfs/id/1.0.0"];
        var (protocolVersion, agentVersion) = ("ipfs/0.1.0", "kubo/0.30.0/");
        ReadOnlyMemory<byte> publicKey = key.PublicKey.Encoded.ToArray();
        #region lifecycle-session
        await using var store = MemoryPeerstore.Create();
        await using var lifecycle = new PeerLifecycle(store);

        // A session begins. The ID is whatever tells the stack's sessions apart: the object itself will do.
        var connection = new PeerConnection(remotePeer, session, remoteAddress);
        await lifecycle.ConnectedAsync(connection);

        // Identify has been answered: the fields of the protobuf message, undecoded.
        var outcome = await lifecycle.IdentifiedAsync(connection, new IdentifyMessage
        {
            SignedPeerRecord = signedPeerRecord,
            ListenAddresses = listenAddrs,
            Protocols = protocols,
            ProtocolVersion = protocolVersion,
            AgentVersion = agentVersion,
            PublicKey = publicKey,
        });

        // It pushes a change: what is missing stays as it was.
        await lifecycle.IdentifyPushedAsync(connection, new IdentifyMessage { Protocols = newProtocols });

        // The session has ended.
        await lifecycle.DisconnectedAsync(connection);
        #endregion

        Assert.NotEqual(default, outcome);
        Assert.Equal(newProtocols, await store.Protocols.GetAsync(remotePeer));
        Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(await store.Addresses.GetDetailsAsync(remotePeer)).Ttl);
    }

    [Fact]
    public async Task Dials()
    {
        await using var store = MemoryPeerstore.Create();
        await using var lifecycle = new PeerLifecycle(store);
        var (remotePeer, address, otherAddress) = (Sample.NewPeer(), Sample.Tcp, Sample.Quic);
        #region lifecycle-dials
        await lifecycle.DialSucceededAsync(remotePeer, address);
        await lifecycle.DialFailedAsync(remotePeer, otherAddress);
        #endregion

        Assert.Equal([address], await store.Addresses.GetAsync(remotePeer));
    }

    [Fact]
    public void Who_is_kept()
    {
        HashSet<PeerId> bootstrapPeers = [Sample.NewPeer()];
        #region lifecycle-keep
        var options = new PeerLifecycleOptions { KeepPeer = peer => bootstrapPeers.Contains(peer) };
        #endregion

        Assert.True(options.KeepPeer(bootstrapPeers.Single()));
    }
}
