using System.Text.Json.Nodes;
using Libp2p;

namespace Peerstore.Cli.Tests;

/// <summary>A peer that a test makes up, and the identify lines it can cause.</summary>
internal sealed class Identity(KeyType type = KeyType.Ed25519)
{
    public PrivateKey Key { get; } = PrivateKey.Generate(type);

    public PeerId Peer => PeerId.FromPublicKey(Key.PublicKey);

    public byte[] Record(ulong sequence, params IEnumerable<string> addresses) =>
        PeerRecord.Seal(Key, sequence, [.. addresses.Select(address => Multiaddr.Parse(address))]).Envelope.Bytes.ToArray();

    public JsonObject Identify(byte[]? envelope = null) => new()
    {
        ["ev"] = "peer:identify",
        ["peerId"] = Peer.ToString(),
        ["listenAddrs"] = new JsonArray("/ip4/192.0.2.1/tcp/4001"),
        ["observedAddr"] = "/ip4/198.51.100.7/tcp/40000",
        ["protocols"] = new JsonArray("/ipfs/id/1.0.0", "/ipfs/ping/1.0.0"),
        ["agentVersion"] = "test/1.0",
        ["protocolVersion"] = "ipfs/0.1.0",
        ["publicKey"] = Convert.ToBase64String(Key.PublicKey.Encoded),
        ["envelope"] = envelope is null ? null : Convert.ToBase64String(envelope),
    };

    public string IdentifyLine(byte[]? envelope = null) => Identify(envelope).ToJsonString();

    public string IdentifyLine(string field, JsonNode? value)
    {
        var line = Identify();
        line[field] = value;
        return line.ToJsonString();
    }
}
