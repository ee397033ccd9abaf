using System.Text.Json;
using Libp2p;

namespace Peerstore.Cli.Tests;

/// <summary>Identify lines with envelopes that are not what they claim to be: nothing of such a line is stored.</summary>
public sealed class HostileEnvelopeTests
{
    private readonly Identity _alice = new();

    [Fact]
    public async Task An_envelope_cut_anywhere_is_refused()
    {
        var envelope = _alice.Record(1, "/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/2");

        var ingestion = await Ingestion.OfAsync(
            Enumerable.Range(0, envelope.Length).Select(length => _alice.IdentifyLine(envelope[..length])));

        await AssertAllRefusedAsync(ingestion, envelope.Length);
    }

    [Fact]
    public async Task An_envelope_with_any_bit_flipped_is_refused()
    {
        var envelope = _alice.Record(1, "/ip4/192.0.2.1/tcp/1");

        var ingestion = await Ingestion.OfAsync(Enumerable.Range(0, envelope.Length * 8).Select(bit =>
        {
            byte[] flipped = [.. envelope];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            return _alice.IdentifyLine(flipped);
        }));

        await AssertAllRefusedAsync(ingestion, envelope.Length * 8);
    }

    [Fact]
    public async Task An_envelope_over_the_limit_is_refused_unread()
    {
        // Valid but for its size: a field that nobody knows makes it too large.
        var padding = new byte[DecodeLimits.Default.MaxEnvelopeBytes];
        byte[] header = [0x7a, 0x80, 0x80, 0x04];
        byte[] envelope = [.. _alice.Record(1, "/ip4/192.0.2.1/tcp/1"), .. header, .. padding];

        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine(envelope));

        await AssertAllRefusedAsync(ingestion, 1);
        Assert.Equal(1, ingestion.Summary.Records.Refused["record too large"]);
    }

    [Fact]
    public async Task An_envelope_of_another_domain_is_refused()
    {
        var record = PeerRecord.Seal(_alice.Key, 1, [Multiaddr.Parse("/ip4/192.0.2.1/tcp/1")]);
        var other = SignedEnvelope.Seal(
            _alice.Key, "another-domain", record.Envelope.PayloadType.Span, record.Envelope.Payload.Span);

        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine(other.Bytes.ToArray()));

        await AssertAllRefusedAsync(ingestion, 1);
        Assert.Equal(1, ingestion.Summary.Records.Refused["record with a bad signature or of another domain"]);
    }

    [Fact]
    public async Task A_record_signed_by_another_peer_is_refused()
    {
        var record = PeerRecord.Seal(_alice.Key, 1, [Multiaddr.Parse("/ip4/192.0.2.1/tcp/1")]);
        var forged = SignedEnvelope.Seal(
            new Identity().Key, PeerRecord.Domain, record.Envelope.PayloadType.Span, record.Envelope.Payload.Span);

        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine(forged.Bytes.ToArray()));

        await AssertAllRefusedAsync(ingestion, 1);
        Assert.Equal(1, ingestion.Summary.Records.Refused["record signed by another peer"]);
    }

    [Fact]
    public async Task A_good_record_of_another_peer_is_refused()
    {
        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine(new Identity().Record(1, "/ip4/192.0.2.1/tcp/1")));

        await AssertAllRefusedAsync(ingestion, 1);
        Assert.Equal(1, ingestion.Summary.Records.Refused["record of another peer"]);
    }

    [Fact]
    public async Task Every_envelope_that_go_refuses_is_refused()
    {
        string[] refused =
        [
            .. Vectors.Open("envelopes.json").GetProperty("envelopes").EnumerateArray()
                .Where(vector => vector.GetProperty("domain").ValueEquals(PeerRecord.Domain) && !IsAccepted(vector))
                .Select(vector => vector.GetProperty("envelope").GetString()!),
        ];
        Assert.True(refused.Length > 30);

        var ingestion = await Ingestion.OfAsync(refused.Select(envelope => _alice.IdentifyLine("envelope", envelope)));

        await AssertAllRefusedAsync(ingestion, refused.Length);
    }

    private static bool IsAccepted(JsonElement vector) =>
        vector.GetProperty("accepted").GetBoolean()
        && vector.TryGetProperty("consumeAccepted", out var consumed)
        && consumed.ValueKind == JsonValueKind.True;

    private static async Task AssertAllRefusedAsync(Ingestion ingestion, int lines)
    {
        Assert.Equal(lines, ingestion.BadLines.Count);
        Assert.Equal(lines, ingestion.Summary.Records.Refused.Values.Sum());
        Assert.Empty(await ingestion.PeersAsync());
    }
}
