namespace Libp2p.Tests;

public sealed class EnvelopeFuzzTests
{
    private const int Rounds = 4000;

    [Fact]
    public void A_changed_envelope_is_refused_or_says_the_same()
    {
        var random = Seeded.Start(out var seed);
        EnvelopeVectors.Item[] corpus = [.. EnvelopeVectors.All.Where(item => item.ConsumeAccepted)];
        for (var round = 0; round < Rounds; round++)
        {
            var item = corpus[random.Next(corpus.Length)];
            var bytes = random.Mutate(item.Envelope);
            var label = $"{Seeded.Variable}={seed}, round {round}: {Convert.ToHexStringLower(bytes)}";
            var outcome = PeerRecord.TryOpen(bytes, DecodeLimits.Default, out var record, out var error);

            Assert.True(outcome is > EnvelopeOutcome.None and <= EnvelopeOutcome.WrongSigner, label);
            Assert.True((outcome == EnvelopeOutcome.Opened) == (record is not null), label);
            Assert.True((outcome == EnvelopeOutcome.Opened) == (error == default), label);
            if (record is not null)
            {
                Assert.True(string.Equals(item.PeerId, record.Peer.ToString(), StringComparison.Ordinal), label);
                Assert.True(string.Equals(item.Seq, record.Sequence.ToString(provider: null), StringComparison.Ordinal), label);
                Assert.True(item.Addrs!.SequenceEqual(record.Addresses.Select(address => address.ToString()), StringComparer.Ordinal), label);
                Assert.True(record.Envelope.Bytes.Span.SequenceEqual(bytes), label);
            }
        }
    }

    [Fact]
    public void A_changed_payload_that_is_signed_anew_never_throws_and_speaks_of_its_signer_only()
    {
        var random = Seeded.Start(out var seed);
        var key = PrivateKey.Generate(KeyType.Ed25519);
        var peer = PeerId.FromPublicKey(key.PublicKey);
        var original = PeerRecord.Seal(key, 1, [Multiaddr.Parse("/ip4/192.0.2.1/tcp/1"), Multiaddr.Parse("/dns/example.org/tcp/443/wss")]);
        for (var round = 0; round < Rounds; round++)
        {
            var payload = random.Mutate(original.Envelope.Payload.Span);
            var envelope = SignedEnvelope.Seal(key, PeerRecord.Domain, PeerRecord.PayloadType, payload);
            var label = $"{Seeded.Variable}={seed}, round {round}: {Convert.ToHexStringLower(payload)}";
            var outcome = PeerRecord.TryRead(envelope, DecodeLimits.Default, out var record, out _);
            var peeked = UnverifiedPeerRecord.TryPeek(envelope.Bytes.Span, DecodeLimits.Default, out var claims);

            Assert.True(record is null || record.Peer == peer, label);
            Assert.True(record is null || (peeked && claims == new UnverifiedPeerRecord(peer, record.Sequence)), label);
            Assert.True(outcome is EnvelopeOutcome.Opened or EnvelopeOutcome.BadPayload or EnvelopeOutcome.WrongSigner, label);
        }
    }
}
