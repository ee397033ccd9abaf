namespace Libp2p.Peerstore.Tests;

public class AddressClassTests
{
    private const string Loopback = "/ip4/127.0.0.1/tcp/1";
    private const string Loopback6 = "/ip6/::1/tcp/1";
    private const string Private = "/ip4/192.168.1.1/tcp/1";
    private const string Public = "/ip4/8.8.8.8/tcp/1";
    private const string Dns = "/dns4/example.com/tcp/1";
    private const string DnsOfHome = "/dns4/nas.Local./tcp/1";
    private const string Localhost = "/dns/localhost/tcp/1";
    private const string Relayed = "/ip4/8.8.4.4/tcp/1/p2p/QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN/p2p-circuit";
    private const string Onion = "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:1234";

    private static readonly string[] All = [Loopback, Loopback6, Private, Public, Dns, DnsOfHome, Localhost, Relayed, Onion];

    public static TheoryData<string, string[]> Visible { get; } = new()
    {
        { "/ip4/127.0.0.2/tcp/4001", All },
        { "/ip6/::1/udp/4001/quic-v1", All },
        { "/ip4/10.1.1.1/tcp/4001", [Private, Public, Dns, DnsOfHome, Localhost, Relayed, Onion] },
        { "/ip6/fe80::1/tcp/4001", [Private, Public, Dns, DnsOfHome, Localhost, Relayed, Onion] },
        { "/ip4/9.9.9.9/tcp/4001", [Public, Dns, Relayed] },
        { "/dns4/example.org/tcp/4001", [Public, Dns, Relayed] },
        { "/ip4/203.0.113.1/tcp/4001", All },
        { "/dns4/nas.local/tcp/4001", All },
        { "", All },
    };

    [Theory, MemberData(nameof(Visible))]
    public async Task Addresses_are_filtered_by_the_class_of_the_remote_address(string remote, string[] visible)
    {
        var seen = remote.Length == 0 ? default : Multiaddr.Parse(remote);
        var all = Array.ConvertAll(All, static text => Multiaddr.Parse(text));
        foreach (var isSigned in new[] { true, false })
        {
            await using var stage = await LifecycleStage.SetAsync();
            var connection = await stage.ConnectAsync(seen);
            await stage.IdentifyAsync(connection, isSigned ? stage.Signed(1, all) : LifecycleStage.Listening(all));
            var expected = LifecycleStage.Texts(visible.Select(static text => Multiaddr.Parse(text)));
            Assert.Equal(expected, await stage.WithTtlAsync(AddressTtl.Connected));
            Assert.Equal(expected.Length, (await stage.SnapshotAsync()).Addresses.Count);
            Assert.Equal(isSigned, (await stage.SnapshotAsync()).Record is not null);
        }
    }

    [Fact]
    public async Task An_address_that_is_filtered_out_stays_where_somebody_else_vouches_for_it()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var loopback = Multiaddr.Parse(Loopback);
        await stage.AddAsync(Sample.Hour, loopback);
        await stage.IdentifyAsync(await stage.ConnectAsync(), stage.Signed(1, loopback, Sample.Tcp));
        Assert.Equal(LifecycleStage.Texts(loopback), await stage.WithTtlAsync(Sample.Hour));
    }
}
