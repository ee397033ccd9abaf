using System.Text;
using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p.Tests;

public sealed class EnvelopeTests
{
    private const string Domain = "a domain";

    private static readonly byte[] Type = [1, 2, 3];
    private static readonly byte[] Payload = [.. "a payload"u8];
    private static readonly PrivateKey Key = PrivateKey.Generate(KeyType.Ed25519);

    public static TheoryData<KeyType> Types => [.. Enum.GetValues<KeyType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_sealed_envelope_opens_in_its_domain_and_in_no_other(KeyType type)
    {
        var key = PrivateKey.Generate(type);
        var sealedHere = SignedEnvelope.Seal(key, Domain, Type, Payload);

        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(sealedHere.Bytes, Domain, out var opened));
        Assert.Equal(EnvelopeOutcome.BadSignature, SignedEnvelope.TryOpen(sealedHere.Bytes, "another", out var none));

        Assert.Null(none);
        Assert.Equal(key.PublicKey, opened!.PublicKey);
        Assert.Equal(Domain, opened.Domain);
        Assert.Equal(Type, opened.PayloadType.ToArray());
        Assert.Equal(Payload, opened.Payload.ToArray());
        Assert.Equal(sealedHere.Bytes.ToArray(), opened.Bytes.ToArray());
        Assert.Contains(Domain, opened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_go_does_not_seal_is_not_sealed()
    {
        Assert.Throws<ArgumentException>(() => SignedEnvelope.Seal(Key, "", Type, Payload));
        Assert.Throws<ArgumentException>(() => SignedEnvelope.Seal(Key, Domain, [], Payload));
        Assert.Throws<ArgumentException>(() => SignedEnvelope.Seal(Key, "a\ud800", Type, Payload));
        Assert.Throws<ArgumentException>(() => SignedEnvelope.Seal(Key, "\ude80\ud83d", Type, Payload));
        Assert.Equal("🚀", SignedEnvelope.Seal(Key, "🚀", Type, []).Domain);
    }

    [Fact]
    public void Everything_of_others_may_be_empty_but_the_key_and_the_signature()
    {
        var message = new EnvelopeMessage
        {
            PublicKey = new KeyMessage { Type = KeyTypeMessage.Ed25519, Data = ByteString.CopyFrom(Key.PublicKey.Raw) },
            Signature = ByteString.CopyFrom(Key.Sign([0, 0, 0])),
        };

        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(message.ToByteArray(), "", out var opened));
        Assert.True(opened!.Payload.IsEmpty && opened.PayloadType.IsEmpty);
    }

    [Fact]
    public void An_error_names_the_place_in_the_envelope()
    {
        var bytes = SignedEnvelope.Seal(Key, Domain, Type, Payload).Bytes.ToArray();

        // Tag and length, then the key's message of 36 bytes, whose type is its second byte and whose data begin with its fifth.
        Assert.Equal(2 + 0, PositionIn([.. bytes[..2], 0x08, 0x09, .. bytes[4..]]));
        Assert.Equal(2 + 4, PositionIn([0x0a, 0x23, 0x08, 0x01, 0x12, 0x1f, .. bytes[7..]]));
        Assert.Equal(bytes.Length, PositionIn([.. bytes, 0x07]));
        Assert.Equal(bytes.Length + 1, PositionIn([.. bytes, 0x32, 0x01]));
        bytes[^1] ^= 1;
        Assert.Equal(bytes.Length - 64, PositionIn(bytes));

        static int PositionIn(byte[] changed)
        {
            Assert.NotEqual(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(changed, Domain, DecodeLimits.Default, out _, out var error));
            return error.Position;
        }
    }

    [Theory]
    [InlineData("3000", "varints of an unknown field")]
    [InlineData("0a00", "empty parts of the key")]
    [InlineData("1202aabb", "payload types")]
    [InlineData("33363334", "groups")]
    [InlineData("3334", "empty groups")]
    public void Junk_costs_no_memory_before_the_signature_is_looked_at(string unit, string about)
    {
        List<byte> junk = [.. PeerRecord.Seal(Key, 1, []).Envelope.Bytes.Span];
        while (junk.Count + 4 <= DecodeLimits.Default.MaxEnvelopeBytes)
        {
            junk.AddRange(Convert.FromHexString(unit));
        }

        byte[] bytes = [.. junk, 0x12, 0x02, 0x03, 0x01];
        var plain = PeerRecord.Seal(Key, 1, []).Envelope.Bytes.ToArray();
        var cost = CostOfPeek(bytes);

        Assert.True(cost <= CostOfPeek(plain), $"{about}: {cost} bytes");

        static long CostOfPeek(byte[] envelope)
        {
            _ = UnverifiedPeerRecord.TryPeek(envelope, DecodeLimits.Default, out _);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = UnverifiedPeerRecord.TryPeek(envelope, DecodeLimits.Default, out _);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void An_envelope_keeps_bytes_of_its_own()
    {
        var bytes = SignedEnvelope.Seal(Key, Domain, Type, Payload).Bytes.ToArray();
        byte[] kept = [.. bytes];
        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(bytes, Domain, out var opened));

        Array.Clear(bytes);

        Assert.Equal(kept, opened!.Bytes.ToArray());
        Assert.Equal(Payload, opened.Payload.ToArray());
    }

    [Fact]
    public void Memory_that_changes_meanwhile_is_looked_at_once()
    {
        var record = PeerRecord.Seal(Key, 1, []).Envelope.Bytes.ToArray();
        var memory = new ChangingMemory(record, new byte[record.Length]);

        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(memory.AsMemory(), PeerRecord.Domain, out var opened));

        Assert.Equal(record, opened!.Bytes.ToArray());
        Assert.Equal(1, memory.Looks);
        memory = new ChangingMemory(record, new byte[record.Length]);
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(memory.AsMemory(), out var read));
        Assert.Equal(record, read!.Envelope.Bytes.ToArray());
        memory = new ChangingMemory(record, new byte[record.Length]);
        Assert.True(SignedEnvelope.TryFromTrusted(memory.AsMemory(), PeerRecord.Domain, out var stored));
        Assert.Equal(record, stored.Bytes.ToArray());
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = SignedEnvelope.Seal(Key, Domain, Type, Payload).Bytes.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var outcome = SignedEnvelope.TryOpen(bytes.AsMemory(0, length), Domain, DecodeLimits.Default, out var opened, out var error);

            Assert.True(outcome is EnvelopeOutcome.Malformed or EnvelopeOutcome.BadKey or EnvelopeOutcome.BadSignature, $"{length}: {outcome}");
            Assert.Null(opened);
            Assert.NotEqual(default, error);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_flipped_bit_is_refused_or_changes_nothing(KeyType type)
    {
        var envelope = SignedEnvelope.Seal(PrivateKey.Generate(type), Domain, Type, Payload);
        var bytes = envelope.Bytes.ToArray();
        var step = type == KeyType.Rsa ? 7 : 1;
        for (var bit = 0; bit < bytes.Length * 8; bit += step)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (SignedEnvelope.TryOpen(bytes, Domain, out var opened) == EnvelopeOutcome.Opened)
            {
                Assert.Equal(envelope.PublicKey, opened!.PublicKey);
                Assert.Equal(Type, opened.PayloadType.ToArray());
                Assert.Equal(Payload, opened.Payload.ToArray());
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void An_envelope_above_the_limit_is_too_large_whatever_it_holds()
    {
        var limits = new DecodeLimits { MaxEnvelopeBytes = 10 };

        Assert.Equal(EnvelopeOutcome.TooLarge, SignedEnvelope.TryOpen(new byte[11], Domain, limits, out _, out var error));
        Assert.Equal(10, error.Position);
        Assert.Equal(EnvelopeOutcome.Malformed, SignedEnvelope.TryOpen(new byte[10], Domain, limits, out _, out _));
        Assert.Equal(EnvelopeOutcome.TooLarge, SignedEnvelope.TryOpen(new byte[65_537], Domain, out _));
    }

    [Fact]
    public void The_limit_on_keys_holds_inside_an_envelope()
    {
        var limits = new DecodeLimits { MaxKeyBytes = 31 };
        var envelope = SignedEnvelope.Seal(Key, Domain, Type, Payload);

        Assert.Equal(EnvelopeOutcome.BadKey, SignedEnvelope.TryOpen(envelope.Bytes, Domain, limits, out _, out var error));
        Assert.Contains("limit", error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_signed_are_three_fields_with_their_lengths_in_front()
    {
        string domain = new('d', 300);
        byte[] expected = [0xac, 0x02, .. Encoding.UTF8.GetBytes(domain), 3, .. Type, (byte)Payload.Length, .. Payload];

        Assert.Equal(expected, UnverifiedEnvelope.GetSignedBytes(domain, Type, Payload).ToArray());
        Assert.Equal([0, 0, 0], UnverifiedEnvelope.GetSignedBytes("", default, default).ToArray());
        Assert.Equal([2, 0xc3, 0xa9, 0, 0], UnverifiedEnvelope.GetSignedBytes("é", default, default).ToArray());
    }

    [Fact]
    public void A_stored_envelope_is_read_without_looking_at_its_signature()
    {
        var bytes = SignedEnvelope.Seal(Key, Domain, Type, Payload).Bytes.ToArray();
        bytes[^1] ^= 1;

        Assert.True(SignedEnvelope.TryFromTrusted(bytes, Domain, out var envelope));

        Assert.Equal(Payload, envelope.Payload.ToArray());
        Assert.Equal(bytes, envelope.Bytes.ToArray());
        Assert.False(SignedEnvelope.TryFromTrusted(bytes.AsMemory(1), Domain, out _));
    }

    [Fact]
    public void Missing_arguments_are_the_caller_s_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => SignedEnvelope.Seal(null!, Domain, [], []));
        Assert.Throws<ArgumentNullException>(() => SignedEnvelope.Seal(Key, null!, [], []));
        Assert.Throws<ArgumentNullException>(() => SignedEnvelope.TryOpen(default, null!, out _));
        Assert.Throws<ArgumentNullException>(() => SignedEnvelope.TryOpen(default, "", null!, out _, out _));
    }
}
