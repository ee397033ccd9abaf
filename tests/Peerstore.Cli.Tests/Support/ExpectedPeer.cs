using System.Text.Json;

namespace Peerstore.Cli.Tests;

/// <summary>What the recorded network says a store must hold of a peer; computed from the text alone.</summary>
internal sealed record ExpectedPeer
{
    public required string Peer { get; init; }

    /// <summary>The envelope with the highest sequence number of the file.</summary>
    public required byte[] Envelope { get; init; }

    public required ulong Sequence { get; init; }

    /// <summary>The addresses of that envelope, sorted.</summary>
    public required string[] Certified { get; init; }

    public required string Agent { get; init; }

    public required string[] Protocols { get; init; }

    public static IReadOnlyList<ExpectedPeer> All { get; } =
    [
        .. SampleData.Events("peer:identify")
            .GroupBy(line => line.GetProperty("peerId").GetString()!, StringComparer.Ordinal)
            .Select(Of),
    ];

    private static ExpectedPeer Of(IGrouping<string, JsonElement> lines)
    {
        var highest = lines.MaxBy(SequenceOf);
        var last = lines.Last();
        return new ExpectedPeer
        {
            Peer = lines.Key,
            Envelope = highest.GetProperty("envelope").GetBytesFromBase64(),
            Sequence = SequenceOf(highest),
            Certified = [.. highest.GetProperty("listenAddrs").Texts().Order(StringComparer.Ordinal)],
            Agent = last.GetProperty("agentVersion").GetString()!,
            Protocols = [.. last.GetProperty("protocols").Texts().Order(StringComparer.Ordinal)],
        };
    }

    private static ulong SequenceOf(JsonElement line) => ulong.Parse(line.GetProperty("envelopeSeq").GetString()!);
}
