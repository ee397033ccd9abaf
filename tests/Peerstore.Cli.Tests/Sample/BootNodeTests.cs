using System.Text.RegularExpressions;
using Libp2p;

namespace Peerstore.Cli.Tests;

/// <summary>What a store holds after 468 real boot nodes have been ingested.</summary>
public sealed partial class BootNodeTests
{
    private static readonly string[] Lines = File.ReadAllLines(SampleData.BootNodes);

    [Fact]
    public async Task Every_line_is_stored_or_has_a_reason()
    {
        var ingestion = await IngestAsync();

        Assert.Equal(468, Lines.Length);
        Assert.Equal(Lines.Length, ingestion.Summary.Lines.Good + ingestion.BadLines.Count);
        var bad = ingestion.BadLines.Select(line => line.Line).ToHashSet();
        for (var i = 0; i < Lines.Length; i++)
        {
            if (bad.Contains(i + 1))
            {
                continue;
            }

            (var transport, var peer) = Split(Lines[i]);
            Assert.Contains(transport, await ingestion.AddressesAsync(PeerId.Parse(peer)), StringComparer.Ordinal);
        }

        Assert.All(ingestion.BadLines, line => Assert.NotEmpty(line.Reason));
    }

    [Fact]
    public async Task Nothing_but_the_lines_is_stored()
    {
        var ingestion = await IngestAsync();

        var expected = GoodLines(ingestion);
        var stored = new List<string>();
        foreach (var peer in await ingestion.PeersAsync())
        {
            stored.AddRange((await ingestion.AddressesAsync(peer)).Select(address => $"{address}/p2p/{peer}"));
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(expected.Count, ingestion.Summary.Addresses.Added);
    }

    [Theory]
    [InlineData("ip4/tcp", "^/ip4/[^/]+/tcp/[0-9]+$")]
    [InlineData("ip6/tcp", "^/ip6/[^/]+/tcp/[0-9]+$")]
    [InlineData("dns/tcp", "^/dns/[^/]+/tcp/[0-9]+$")]
    [InlineData("dns4/tcp", "^/dns4/[^/]+/tcp/[0-9]+$")]
    [InlineData("ip4/ws", "^/ip4/[^/]+/tcp/[0-9]+/ws$")]
    [InlineData("dns/ws", "^/dns/[^/]+/tcp/[0-9]+/ws$")]
    [InlineData("ip4/wss", "^/ip4/[^/]+/tcp/[0-9]+/(wss|tls/ws)$")]
    [InlineData("ip6/wss", "^/ip6/[^/]+/tcp/[0-9]+/(wss|tls/ws)$")]
    [InlineData("dns/wss", "^/dns/[^/]+/tcp/[0-9]+/(wss|tls/ws)$")]
    [InlineData("dns4/wss", "^/dns4/[^/]+/tcp/[0-9]+/(wss|tls/ws)$")]
    [InlineData("ip4/quic", "^/ip4/[^/]+/udp/[0-9]+/quic$")]
    [InlineData("ip4/quic-v1", "^/ip4/[^/]+/udp/[0-9]+/quic-v1$")]
    [InlineData("dns/quic-v1", "^/dns/[^/]+/udp/[0-9]+/quic-v1$")]
    [InlineData("ip4/webtransport", "^/ip4/[^/]+/udp/[0-9]+/quic-v1/webtransport(/certhash/[^/]+)*$")]
    [InlineData("dns/webtransport", "^/dns/[^/]+/udp/[0-9]+/quic-v1/webtransport(/certhash/[^/]+)*$")]
    [InlineData("ip4/webrtc-direct", "^/ip4/[^/]+/(tcp|udp)/[0-9]+/webrtc-direct(/certhash/[^/]+)*$")]
    [InlineData("ip6/webrtc-direct", "^/ip6/[^/]+/(tcp|udp)/[0-9]+/webrtc-direct(/certhash/[^/]+)*$")]
    [InlineData("dnsaddr", "^/dnsaddr/[^/]+$")]
    public async Task The_addresses_by_transport_are_as_many_as_the_text_has(string transport, string pattern)
    {
        var ingestion = await IngestAsync();
        var regex = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var expected = GoodLines(ingestion).Count(line => regex.IsMatch(Split(line).Transport));

        var statistics = await new Output.StatisticsReader(ingestion.Store).ReadAsync(TestContext.Current.CancellationToken);

        Assert.True(expected > 0);
        Assert.Equal(expected, statistics.Transports.Single(t => string.Equals(t.Name, transport, StringComparison.Ordinal)).Count);
    }

    [Fact]
    public async Task The_transports_together_are_all_addresses()
    {
        var ingestion = await IngestAsync();

        var statistics = await new Output.StatisticsReader(ingestion.Store).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(GoodLines(ingestion).Count, statistics.Addresses);
        Assert.Equal(statistics.Addresses, statistics.Transports.Sum(transport => transport.Count));
    }

    private static async Task<Ingestion> IngestAsync() => await Ingestion.OfAsync(Lines);

    private static HashSet<string> GoodLines(Ingestion ingestion)
    {
        var bad = ingestion.BadLines.Select(line => line.Line).ToHashSet();
        return [.. Lines.Where((_, index) => !bad.Contains(index + 1))];
    }

    private static (string Transport, string Peer) Split(string line)
    {
        var match = PeerAtTheEnd().Match(line);
        Assert.True(match.Success);
        return (line[..match.Index], match.Groups["peer"].Value);
    }

    [GeneratedRegex("/p2p/(?<peer>[^/]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PeerAtTheEnd();
}
