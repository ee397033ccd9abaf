namespace Libp2p.Peerstore.Tests;

public class IdentifyPushTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_push_changes_what_it_says_and_leaves_the_rest(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(1, Sample.Tcp) with { Protocols = ["/a"], AgentVersion = "x", ProtocolVersion = "y" });
        Assert.Equal(IdentifyParts.Protocols, (await stage.PushAsync(connection, new() { Protocols = ["/b"] })).Stored);
        Assert.Equal(IdentifyParts.Versions, (await stage.PushAsync(connection, new() { AgentVersion = "z" })).Stored);
        Assert.Equal(IdentifyParts.None, (await stage.PushAsync(connection, new())).Stored);

        var snapshot = await stage.SnapshotAsync();
        Assert.Equal(["/b"], snapshot.Protocols);
        Assert.NotNull(snapshot.Record);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.Equal("z", await stage.Peers.Metadata.GetAsync<string>(stage.Peer, MetadataKeys.AgentVersion, Token));
        Assert.Equal("y", await stage.Peers.Metadata.GetAsync<string>(stage.Peer, MetadataKeys.ProtocolVersion, Token));
    }

    [Fact]
    public async Task Addresses_in_a_push_replace_the_former_ones()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        await stage.PushAsync(connection, LifecycleStage.Listening(Sample.Quic));
        Assert.Equal([Sample.Quic], await stage.Peers.Addresses.GetAsync(stage.Peer, Token));
    }

    [Fact]
    public async Task A_bad_record_in_a_push_takes_no_addresses_away()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        var outcome = await stage.PushAsync(connection, new() { SignedPeerRecord = new byte[] { 1 } });
        Assert.Equal(new IdentifyOutcome(IdentifyParts.None, IdentifyParts.Record, EnvelopeOutcome.Malformed), outcome);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
    }
}
