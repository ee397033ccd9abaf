using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p.Tests;

public sealed class PeerRecordTests
{
    private static readonly PrivateKey Key = PrivateKey.Generate(KeyType.Ed25519);
    private static readonly PeerId Peer = PeerId.FromPublicKey(Key.PublicKey);
    private static readonly Multiaddr First = Multiaddr.Parse("/ip4/192.0.2.1/tcp/4001");
    private static readonly Multiaddr Second = Multiaddr.Parse("/ip6/2001:db8::1/udp/4001/quic-v1");

    public static TheoryData<KeyType> Types => [.. Enum.GetValues<KeyType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_sealed_record_opens_to_what_was_sealed(KeyType type)
    {
        var key = PrivateKey.Generate(type);
        var record = PeerRecord.Seal(key, 42, [First, Second, First]);

        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(record.Envelope.Bytes, out var opened));

        Assert.Equal(PeerId.FromPublicKey(key.PublicKey), opened!.Peer);
        Assert.Equal(42UL, opened.Sequence);
        Assert.Equal([First, Second, First], opened.Addresses);
        Assert.Equal(record.Envelope.Bytes.ToArray(), opened.Envelope.Bytes.ToArray());
        Assert.Equal(record.ToString(), opened.ToString());
        Assert.Equal((record.Peer, record.Sequence, 3), (opened.Peer, opened.Sequence, record.Addresses.Count));
    }

    [Fact]
    public void A_record_of_another_peer_is_the_wrong_signer_s()
    {
        var other = PeerId.FromPublicKey(PrivateKey.Generate(KeyType.Ed25519).PublicKey);
        var envelope = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.PayloadType, Encode(other, 1, First));

        Assert.Equal(EnvelopeOutcome.WrongSigner, PeerRecord.TryOpen(envelope.Bytes, out var record));
        Assert.Null(record);
        Assert.Equal(EnvelopeOutcome.WrongSigner, PeerRecord.TryRead(envelope, DecodeLimits.Default, out record, out _));
        Assert.Null(record);
    }

    [Fact]
    public void A_legacy_record_of_rust_libp2p_opens()
    {
        var envelope = SignedEnvelope.Seal(Key, "libp2p-routing-state", "/libp2p/routing-state-record"u8, Encode(Peer, 7, First));

        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(envelope.Bytes, out var record));
        Assert.Equal(PeerRecord.LegacyDomain, record!.Envelope.Domain);
        Assert.Equal([First], record.Addresses);
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryRead(record.Envelope, DecodeLimits.Default, out _, out _));
    }

    [Fact]
    public void A_payload_type_belongs_to_one_domain_unless_the_caller_opened_another_on_purpose()
    {
        var payload = Encode(Peer, 7, First);
        var newTypeInOldDomain = SignedEnvelope.Seal(Key, PeerRecord.LegacyDomain, PeerRecord.PayloadType, payload);
        var oldTypeInNewDomain = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.LegacyPayloadType, payload);
        var unknownType = SignedEnvelope.Seal(Key, PeerRecord.Domain, [3, 2], payload);
        var ownDomain = SignedEnvelope.Seal(Key, "own", PeerRecord.PayloadType, payload);

        Assert.Equal(EnvelopeOutcome.BadSignature, PeerRecord.TryOpen(newTypeInOldDomain.Bytes, out _));
        Assert.Equal(EnvelopeOutcome.BadSignature, PeerRecord.TryOpen(oldTypeInNewDomain.Bytes, out _));
        Assert.Equal(EnvelopeOutcome.WrongPayloadType, PeerRecord.TryOpen(unknownType.Bytes, out _));
        Assert.Equal(EnvelopeOutcome.BadSignature, PeerRecord.TryOpen(ownDomain.Bytes, out _));
        Assert.Equal(EnvelopeOutcome.WrongPayloadType, PeerRecord.TryRead(newTypeInOldDomain, DecodeLimits.Default, out _, out _));
        Assert.Equal(EnvelopeOutcome.WrongPayloadType, PeerRecord.TryRead(oldTypeInNewDomain, DecodeLimits.Default, out _, out _));
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryRead(ownDomain, DecodeLimits.Default, out _, out _));
    }

    [Fact]
    public void More_addresses_than_the_limit_are_too_large_even_empty_ones()
    {
        var limits = new DecodeLimits { MaxRecordAddresses = 2 };
        byte[] payload = [.. Encode(Peer, 1, First, Second), 0x1a, 0x00];
        var envelope = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.PayloadType, payload);

        Assert.Equal(EnvelopeOutcome.TooLarge, PeerRecord.TryOpen(envelope.Bytes, limits, out var record, out var error));
        Assert.Null(record);
        Assert.NotEqual(0, error.Position);
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(envelope.Bytes, limits with { MaxRecordAddresses = 3 }, out record, out _));
        Assert.Equal([First, Second], record!.Addresses);
        Assert.False(UnverifiedPeerRecord.TryPeek(envelope.Bytes.Span, limits, out _));
    }

    [Fact]
    public void Addresses_that_cannot_be_decoded_or_are_too_long_are_left_out()
    {
        var limits = new DecodeLimits { MaxMultiaddrBytes = First.Bytes.Length };
        var message = PeerRecordMessage.Parser.ParseFrom(Encode(Peer, 1, First, Second));
        message.Addresses.Add(new PeerRecordMessage.Types.AddressInfoMessage { Multiaddr = ByteString.CopyFrom(0xff, 0xff) });
        var envelope = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.PayloadType, message.ToByteArray());

        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(envelope.Bytes, limits, out var record, out _));
        Assert.Equal([First], record!.Addresses);
    }

    [Theory]
    [InlineData("0a", "a tag without a value")]
    [InlineData("0e", "a wire type that does not exist")]
    [InlineData("1a010f", "a wire type that does not exist, in an address")]
    [InlineData("1a020aff", "an address beyond its end")]
    [InlineData("0c", "the end of a group that never began")]
    [InlineData("10ffffffffffffffffffff01", "a varint of 11 bytes")]
    [InlineData("10ffffffffffffffffff02", "a varint of 65 bits")]
    [InlineData("0a80808080a00100", "a length of 2^32 and some")]
    [InlineData("8080808010", "a field number of 2^29")]
    [InlineData("1b", "a group without an end")]
    [InlineData("1b24", "a group with the end of another")]
    public void A_payload_that_is_no_record_is_a_bad_payload(string suffix, string about)
    {
        byte[] payload = [.. Encode(Peer, 1, First), .. Convert.FromHexString(suffix)];
        var envelope = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.PayloadType, payload);

        Assert.Equal(EnvelopeOutcome.BadPayload, PeerRecord.TryOpen(envelope.Bytes, DecodeLimits.Default, out _, out var error));
        Assert.True(error.Position > 0, about);
        Assert.False(UnverifiedPeerRecord.TryPeek(envelope.Bytes.Span, DecodeLimits.Default, out _));
    }

    [Fact]
    public void A_peek_shows_what_an_envelope_claims_even_with_a_bad_signature()
    {
        var bytes = PeerRecord.Seal(Key, 99, [First]).Envelope.Bytes.ToArray();
        bytes[^1] ^= 1;

        Assert.True(UnverifiedPeerRecord.TryPeek(bytes, DecodeLimits.Default, out var claims));
        Assert.Equal(new UnverifiedPeerRecord(Peer, 99), claims);
        Assert.Equal(EnvelopeOutcome.BadSignature, PeerRecord.TryOpen(bytes, out _));
        Assert.False(UnverifiedPeerRecord.TryPeek([], DecodeLimits.Default, out _));
    }

    [Fact]
    public void A_peek_shows_nothing_of_what_could_never_open()
    {
        var other = PeerId.FromPublicKey(PrivateKey.Generate(KeyType.Ed25519).PublicKey);
        var wrongSigner = SignedEnvelope.Seal(Key, PeerRecord.Domain, PeerRecord.PayloadType, Encode(other, 1, First));
        var wrongType = SignedEnvelope.Seal(Key, PeerRecord.Domain, [3, 2], Encode(Peer, 1, First));

        Assert.False(UnverifiedPeerRecord.TryPeek(wrongSigner.Bytes.Span, DecodeLimits.Default, out _));
        Assert.False(UnverifiedPeerRecord.TryPeek(wrongType.Bytes.Span, DecodeLimits.Default, out _));
    }

    [Fact]
    public void Nobody_can_change_the_addresses_of_a_record()
    {
        Multiaddr[] addresses = [First];
        var record = PeerRecord.Seal(Key, 1, addresses);

        addresses[0] = Second;

        Assert.Equal([First], record.Addresses);
        Assert.Throws<NotSupportedException>(() => ((IList<Multiaddr>)record.Addresses)[0] = Second);
    }

    [Fact]
    public void A_record_that_others_would_refuse_is_not_sealed()
    {
        var wide = Multiaddr.Parse("/dns4/" + new string('a', 250) + "/tcp/4001");

        var tooLong = Multiaddr.Parse("/dns4/" + new string('a', 2000)).Encapsulate(Multiaddr.Parse("/dns4/" + new string('a', 100)));
        var tooMany = Enumerable.Repeat(Multiaddr.Parse("/ws"), 513).Aggregate(default(Multiaddr), (outer, inner) => outer.Encapsulate(inner));

        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, 1, [tooLong]));
        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, 1, [First, tooMany]));
        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, 1, [default]));
        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, 1, [.. Enumerable.Repeat(First, 1025)]));
        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, 1, [.. Enumerable.Repeat(wide, 300)]));
        Assert.Throws<ArgumentNullException>(() => PeerRecord.Seal(null!, 1, []));
        Assert.Throws<ArgumentNullException>(() => PeerRecord.Seal(Key, 1, null!));
        Assert.Throws<ArgumentNullException>(() => PeerRecord.TryOpen(default, null!, out _, out _));
        Assert.Throws<ArgumentNullException>(() => PeerRecord.TryRead(null!, DecodeLimits.Default, out _, out _));
    }

    [Fact]
    public void A_clock_gives_each_record_the_next_number()
    {
        var clock = new PeerRecordClock(last: ulong.MaxValue - 2);

        Assert.Equal(ulong.MaxValue - 1, PeerRecord.Seal(Key, clock, [First]).Sequence);
        Assert.Throws<ArgumentException>(() => PeerRecord.Seal(Key, clock, [default]));
        Assert.Throws<ArgumentNullException>(() => PeerRecord.Seal(Key, null!, []));
        Assert.Equal(ulong.MaxValue, PeerRecord.Seal(Key, clock, []).Sequence);
        Assert.Throws<InvalidOperationException>(() => PeerRecord.Seal(Key, clock, []));
    }

    [Fact]
    public void A_record_out_of_a_store_is_read_like_any_other()
    {
        var record = PeerRecord.Seal(Key, 5, [First]);

        Assert.True(SignedEnvelope.TryFromTrusted(record.Envelope.Bytes, PeerRecord.Domain, out var stored));

        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryRead(stored, DecodeLimits.Default, out var again, out _));
        Assert.Equal(record.Addresses, again!.Addresses);
    }

    private static byte[] Encode(PeerId peer, ulong sequence, params ReadOnlySpan<Multiaddr> addresses)
    {
        var message = new PeerRecordMessage { PeerId = ByteString.CopyFrom(peer.ToArray()), Seq = sequence };
        foreach (var address in addresses)
        {
            message.Addresses.Add(new PeerRecordMessage.Types.AddressInfoMessage { Multiaddr = ByteString.CopyFrom(address.Bytes) });
        }

        return message.ToByteArray();
    }
}
