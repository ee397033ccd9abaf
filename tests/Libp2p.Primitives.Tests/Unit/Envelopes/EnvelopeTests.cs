using System.Text;

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
    public void Everything_may_be_empty_but_the_key()
    {
        var envelope = SignedEnvelope.Seal(Key, "", [], []);

        Assert.Equal(EnvelopeOutcome.Opened, SignedEnvelope.TryOpen(envelope.Bytes, "", out var opened));
        Assert.True(opened!.Payload.IsEmpty && opened.PayloadType.IsEmpty);
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

        Assert.Equal(expected, UnverifiedEnvelope.GetSignedBytes(domain, Type, Payload));
        Assert.Equal([0, 0, 0], UnverifiedEnvelope.GetSignedBytes("", default, default));
        Assert.Equal([2, 0xc3, 0xa9, 0, 0], UnverifiedEnvelope.GetSignedBytes("é", default, default));
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
