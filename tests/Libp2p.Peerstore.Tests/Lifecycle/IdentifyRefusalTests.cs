namespace Libp2p.Peerstore.Tests;

/// <summary>What comes from the network never throws, and a part that is no good does not cost the others.</summary>
public class IdentifyRefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_is_no_good_gives_way_to_the_listen_addresses()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        var forged = stage.Signed(1, Sample.Quic).SignedPeerRecord.ToArray();
        forged[^1] ^= 1;
        (byte[] Bytes, EnvelopeOutcome Outcome)[] records =
        [
            (forged, EnvelopeOutcome.BadSignature),
            ([1, 2, 3], EnvelopeOutcome.Malformed),
            (new byte[100_000], EnvelopeOutcome.TooLarge),
            (Sample.Record(Sample.NewKey(), 1, Sample.Quic).Envelope.Bytes.ToArray(), EnvelopeOutcome.WrongSigner),
        ];
        foreach (var (bytes, expected) in records)
        {
            var outcome = await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp) with { SignedPeerRecord = bytes });
            Assert.Equal(expected, outcome.Record);
            Assert.Equal(IdentifyParts.Record, outcome.Refused);
            Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
            Assert.Null((await stage.SnapshotAsync()).Record);
        }
    }

    [Fact]
    public async Task A_stale_record_is_not_stored_but_the_peer_says_these_addresses_now()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        var newer = stage.Signed(5, Sample.Tcp);
        await stage.IdentifyAsync(connection, newer);
        var outcome = await stage.IdentifyAsync(connection, stage.Signed(4, Sample.Quic) with { Protocols = ["/a"] });

        Assert.Equal(
            new IdentifyOutcome(
                IdentifyParts.Addresses | IdentifyParts.Protocols | IdentifyParts.Versions, IdentifyParts.Record, EnvelopeOutcome.Opened),
            outcome);
        Assert.Equal(LifecycleStage.Texts(Sample.Quic), await stage.WithTtlAsync(AddressTtl.Connected));
        var snapshot = await stage.SnapshotAsync();
        Assert.Equal(newer.SignedPeerRecord.ToArray(), snapshot.Record!.Bytes.ToArray());
        Assert.Equal(["/a"], snapshot.Protocols);
    }

    [Fact]
    public async Task The_same_record_again_is_taken_and_brings_its_addresses_back()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(5, Sample.Tcp));
        await stage.DisconnectAsync(connection);
        var outcome = await stage.IdentifyAsync(await stage.ConnectAsync(), stage.Signed(5, Sample.Tcp));
        Assert.Equal(IdentifyParts.None, outcome.Refused);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
    }

    [Fact]
    public async Task Limits_cost_a_peer_only_the_part_that_exceeds_them()
    {
        await using var stage = await LifecycleStage.SetAsync(
            limits: new() { MaxProtocolsPerPeer = 2, MaxMetadataBytes = 32, MaxSignedRecords = 1, WhenFull = FullPolicy.RefuseNew });
        await stage.Peers.Protocols.SetAsync(stage.Peer, ["/known"], Token);
        stage.Peers.Addresses.TryGetCertified(out var records);
        await records!.ConsumeAsync(Sample.Record(Sample.NewKey(), 1, Sample.Six), Sample.Hour, Token);
        var message = stage.Signed(1, Sample.Tcp) with { Protocols = ["/a", "/b", "/c"], AgentVersion = new string('x', 40) };
        var outcome = await stage.IdentifyAsync(await stage.ConnectAsync(), message);

        Assert.Equal(IdentifyParts.Addresses, outcome.Stored);
        Assert.Equal(IdentifyParts.Record | IdentifyParts.Protocols | IdentifyParts.Versions, outcome.Refused);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.Equal(["/known"], (await stage.SnapshotAsync()).Protocols);
    }

    [Fact]
    public async Task A_store_without_room_for_the_peer_refuses_all_of_it()
    {
        await using var stage = await LifecycleStage.SetAsync(limits: new() { MaxPeers = 1, WhenFull = FullPolicy.RefuseNew });
        await stage.Peers.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        var outcome = await stage.IdentifyAsync(await stage.ConnectAsync(), stage.Signed(1, Sample.Tcp) with { Protocols = ["/a"] });
        Assert.Equal(IdentifyParts.None, outcome.Stored);
    }

    [Fact]
    public async Task Addresses_of_no_use_here_are_not_said_to_be_stored_nor_is_the_record_that_came_with_them()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var loopback = Multiaddr.Parse("/ip4/127.0.0.1/tcp/4001");
        var connection = await stage.ConnectAsync();
        Assert.Equal(
            new IdentifyOutcome(
                IdentifyParts.Protocols | IdentifyParts.Versions,
                IdentifyParts.Addresses | IdentifyParts.Record,
                EnvelopeOutcome.Opened),
            await stage.IdentifyAsync(connection, stage.Signed(1, loopback, Sample.Address(1))));
        Assert.Null((await stage.SnapshotAsync()).Record);

        var listed = await stage.IdentifyAsync(connection, LifecycleStage.Listening(loopback));
        Assert.Equal(IdentifyParts.Addresses, listed.Refused);
        var mixed = await stage.IdentifyAsync(connection, stage.Signed(1, loopback, Sample.Tcp));
        Assert.Equal(IdentifyParts.None, mixed.Refused);
        var none = await stage.IdentifyAsync(connection, LifecycleStage.Listening());
        Assert.True(none.Stored.HasFlag(IdentifyParts.Addresses));
        Assert.Equal(IdentifyParts.None, none.Refused);
    }

    [Fact]
    public async Task Addresses_for_which_a_full_store_has_no_room_are_not_said_to_be_stored()
    {
        await using var stage = await LifecycleStage.SetAsync(limits: new() { MaxAddresses = 1, WhenFull = FullPolicy.RefuseNew });
        await stage.Peers.Addresses.AddAsync(Sample.NewPeer(), [Sample.Six], Sample.Hour, Token);
        var outcome = await stage.IdentifyAsync(stage.NewConnection(), stage.Signed(1, Sample.Tcp) with { Protocols = ["/a"] });
        Assert.Equal(
            new IdentifyOutcome(
                IdentifyParts.Protocols | IdentifyParts.Versions,
                IdentifyParts.Addresses | IdentifyParts.Record,
                EnvelopeOutcome.Opened),
            outcome);
        Assert.Empty((await stage.SnapshotAsync()).Addresses);
    }

    [Fact]
    public async Task A_key_that_is_not_the_peers_and_texts_that_are_none_are_refused()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var message = LifecycleStage.Listening(Sample.Tcp) with
        {
            PublicKey = Sample.NewKey().PublicKey.Encoded.ToArray(),
            Protocols = ["/a", "/\uD800"],
            AgentVersion = "\uDC00",
        };
        var outcome = await stage.IdentifyAsync(await stage.ConnectAsync(), message);
        Assert.Equal(IdentifyParts.Addresses, outcome.Stored);
        Assert.Equal(IdentifyParts.PublicKey | IdentifyParts.Protocols | IdentifyParts.Versions, outcome.Refused);
    }

    [Fact]
    public async Task Random_bytes_never_throw()
    {
        const int Seed = 20260101;
        var random = new Random(Seed);
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        for (var i = 0; i < 500; i++)
        {
            byte[] Bytes()
            {
                var bytes = new byte[random.Next(64)];
                random.NextBytes(bytes);
                return bytes;
            }

            var message = new IdentifyMessage
            {
                SignedPeerRecord = Bytes(),
                ListenAddresses = [Bytes(), Bytes()],
                PublicKey = Bytes(),
                Protocols = [string.Concat(Bytes().Select(static b => (char)(b * 257)))],
                AgentVersion = string.Concat(Bytes().Select(static b => (char)(b * 257))),
            };
            var outcome = await stage.IdentifyAsync(connection, message);
            Assert.True((outcome.Stored & outcome.Refused) == IdentifyParts.None, $"seed {Seed}, message {i}");
        }
    }

    [Fact]
    public async Task A_mistake_of_the_caller_is_an_argument_exception_at_once()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var lifecycle = stage.Lifecycle;
        Assert.Throws<ArgumentException>(() => { _ = lifecycle.ConnectedAsync(default, Token).AsTask(); });
        Assert.Throws<ArgumentNullException>(() => { _ = lifecycle.ConnectedAsync(new(stage.Peer, null!, default), Token).AsTask(); });
        Assert.Throws<ArgumentNullException>(() => { _ = lifecycle.IdentifiedAsync(stage.NewConnection(), null!, Token).AsTask(); });
        Assert.Throws<ArgumentException>(() => { _ = lifecycle.DialFailedAsync(default, Sample.Tcp, Token).AsTask(); });
        Assert.Throws<ArgumentException>(() => { _ = lifecycle.DialSucceededAsync(default, Sample.Tcp, Token).AsTask(); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerLifecycle(stage.Peers, new() { GracePeriod = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerLifecycle(stage.Peers, new() { MaxRecentAddresses = -1 }));
    }
}
