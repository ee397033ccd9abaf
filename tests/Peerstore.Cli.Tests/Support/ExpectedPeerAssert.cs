using System.Text.Json;

namespace Peerstore.Cli.Tests;

/// <summary>Compares what the command answers in JSON with what the recorded network says.</summary>
internal static class ExpectedPeerAssert
{
    public static void Holds(ExpectedPeer expected, JsonElement peer)
    {
        var record = peer.GetProperty("record");
        Assert.Equal(expected.Envelope, record.GetProperty("envelope").GetBytesFromBase64());
        Assert.Equal($"{expected.Sequence}", record.GetProperty("sequence").GetString());
        Assert.Equal(expected.Certified, Sorted(record.GetProperty("addresses").Texts()), StringComparer.Ordinal);
        Assert.Equal(
            expected.Certified,
            Sorted(peer.GetProperty("addresses").EnumerateArray().Where(IsCertified)
                .Select(address => address.GetProperty("address").GetString()!)),
            StringComparer.Ordinal);
        Assert.Equal(expected.Agent, peer.GetProperty("metadata").GetProperty("AgentVersion").GetString());
        Assert.Equal("ipfs/0.1.0", peer.GetProperty("metadata").GetProperty("ProtocolVersion").GetString());
        Assert.Equal(expected.Protocols, peer.GetProperty("protocols").Texts(), StringComparer.Ordinal);
        Assert.Equal("Ed25519", peer.GetProperty("keyType").GetString());
    }

    private static bool IsCertified(JsonElement address) =>
        address.GetProperty("sources").Texts().Contains("certified", StringComparer.Ordinal);

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);
}
