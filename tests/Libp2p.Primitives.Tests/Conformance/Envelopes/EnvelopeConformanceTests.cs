using System.Globalization;
using Libp2p.Protobuf;

namespace Libp2p.Tests;

/// <summary>Envelopes and records as go-libp2p opens them.</summary>
public sealed class EnvelopeConformanceTests
{
    public static TheoryData<int, string> Items => KeyConformanceTests.Number(EnvelopeVectors.All, item => item.About);

    [Theory]
    [MemberData(nameof(Items))]
    public void An_envelope_opens_exactly_when_go_opens_it(int number, string label)
    {
        var item = EnvelopeVectors.All[number];

        var opening = SignedEnvelope.TryOpen(item.Envelope, item.Domain, DecodeLimits.Default, out var envelope, out var error);

        Assert.Equal(opening == EnvelopeOutcome.Opened, envelope is not null);
        Assert.Equal(opening == EnvelopeOutcome.Opened, error == default);
        if (IsDangerous(item))
        {
            Assert.Equal(EnvelopeOutcome.BadSignature, opening);
            return;
        }

        Assert.True((opening is not (EnvelopeOutcome.Malformed or EnvelopeOutcome.BadKey)) == item.Unmarshals, $"{label}: {opening}");
        var outcome = opening == EnvelopeOutcome.Opened
            ? PeerRecord.TryRead(envelope!, DecodeLimits.Default, out _, out _)
            : opening;

        // go opens an envelope whose record speaks of another peer, and refuses it only when it is to be stored.
        Assert.True((outcome is EnvelopeOutcome.Opened or EnvelopeOutcome.WrongSigner) == item.Accepted, $"{label}: {outcome}");
        Assert.True((outcome == EnvelopeOutcome.Opened) == item.ConsumeAccepted, $"{label}: {outcome}");
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void An_opened_record_says_what_it_says_in_go(int number, string label)
    {
        var item = EnvelopeVectors.All[number];
        if (!item.ConsumeAccepted || IsDangerous(item))
        {
            // The other test has shown that it does not open.
            return;
        }

        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(item.Envelope, item.Domain, out var envelope));
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryRead(envelope!, DecodeLimits.Default, out var record, out _));

        Assert.Equal(item.Seq, record!.Sequence.ToString(provider: null));
        Assert.Equal(item.PeerId, record.Peer.ToString());
        Assert.Equal(item.SignerPeerId, PeerId.FromPublicKey(envelope!.PublicKey).ToString());
        Assert.Equal(item.PayloadType, Convert.ToHexStringLower(envelope.PayloadType.Span));
        Assert.Equal(item.Addrs!, record.Addresses.Select(address => address.ToString()), StringComparer.Ordinal);
        Assert.Equal(item.Envelope, envelope.Bytes.ToArray());
        Assert.Same(envelope, record.Envelope);
        if (string.Equals(item.Domain, PeerRecord.Domain, StringComparison.Ordinal))
        {
            Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(item.Envelope, out var direct));
            Assert.Equal(record.Addresses, direct!.Addresses);
            Assert.True(UnverifiedPeerRecord.TryPeek(item.Envelope, DecodeLimits.Default, out var claims), label);
            Assert.Equal(new UnverifiedPeerRecord(record.Peer, record.Sequence), claims);
        }
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void A_record_that_go_refuses_does_not_open_in_its_usual_domain_either(int number, string label)
    {
        var item = EnvelopeVectors.All[number];
        var isUsual = string.Equals(item.Domain, PeerRecord.Domain, StringComparison.Ordinal);

        var outcome = PeerRecord.TryOpen(item.Envelope, DecodeLimits.Default, out var record, out var error);

        Assert.Equal(outcome == EnvelopeOutcome.Opened, record is not null);
        Assert.Equal(outcome == EnvelopeOutcome.Opened, error == default);
        Assert.True(!isUsual || (outcome == EnvelopeOutcome.Opened) == (item.ConsumeAccepted && !IsDangerous(item)), $"{label}: {outcome}");
    }

    [Fact]
    public void A_record_sealed_here_is_go_s_byte_for_byte()
    {
        var compared = 0;
        foreach (var item in EnvelopeVectors.All.Where(item => item.ConsumeAccepted && IsAsGoWritesIt(item)))
        {
            // Only where go's key is known, and its signature has no chance in it.
            var signer = KeyVectors.All.Keys.FirstOrDefault(
                pair => pair.DeterministicSignature && string.Equals(pair.PeerId, item.SignerPeerId, StringComparison.Ordinal));
            if (signer is not null)
            {
                var key = PrivateKey.Decode(signer.PrivateKey);
                var record = PeerRecord.Seal(key, ulong.Parse(item.Seq!, CultureInfo.InvariantCulture), [.. item.Addrs!.Select(text => Multiaddr.Parse(text))]);

                Assert.Equal(item.Envelope, record.Envelope.Bytes.ToArray());
                compared++;
            }
        }

        Assert.NotEqual(0, compared);
    }

    [Fact]
    public void The_vectors_meet_the_deviation_from_go_on_envelopes()
    {
        Assert.Contains(EnvelopeVectors.All, IsDangerous);
    }

    private static bool IsAsGoWritesIt(EnvelopeVectors.Item item) => item.Envelope.AsSpan().SequenceEqual(item.Remarshalled);

    // The reason is that of KeyDeviations.LooseDer: whoever passes such an envelope on could change it.
    private static bool IsDangerous(EnvelopeVectors.Item item) =>
        item.Accepted
        && EnvelopeMessage.Parser.ParseFrom(item.Envelope) is { PublicKey.Type: KeyTypeMessage.Ecdsa } message
        && KeyDeviations.IsLoose(message.Signature.ToByteArray());
}
