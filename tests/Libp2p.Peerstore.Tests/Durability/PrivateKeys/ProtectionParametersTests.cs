using System.Buffers.Binary;
using System.Security.Cryptography;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class ProtectionParametersTests
{
    private const int CountOffset = 18;

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_damage_and_not_a_wrong_passphrase()
    {
        var stored = SealedKeyVector.Parameters;
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertDamaged(stored);
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < stored.Length; length++)
        {
            AssertDamaged(stored[..length]);
        }

        Assert.True(ProtectionParameters.TryRead(stored, out _, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(209_999)]
    [InlineData(5_000_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public void A_count_that_makes_guessing_cheap_or_opening_dear_is_refused_before_it_is_used(int iterations)
    {
        var stored = SealedKeyVector.Parameters;
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(CountOffset), iterations);
        AssertDamaged(Sign(stored), "iterations");
    }

    [Theory]
    [InlineData(210_000)]
    [InlineData(5_000_000)]
    public void The_bounds_themselves_are_allowed(int iterations)
    {
        var stored = SealedKeyVector.Parameters;
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(CountOffset), iterations);
        Assert.True(ProtectionParameters.TryRead(Sign(stored), out var parameters, out _));
        Assert.Equal(iterations, PassphraseSettings.Iterations(parameters.Settings));
    }

    [Fact]
    public void Other_versions_forms_and_lengths_are_refused_by_name()
    {
        AssertDamaged(Sign([2, 0, 0, 0, 0, 0]), "version is 2");
        AssertDamaged(Sign([1, 3, 0, 0, 0, 0]), "form 3");
        AssertDamaged(Sign([1, 0, 9, 0, 0, 0, 0]), "behind");
        AssertDamaged(Sign([1, 1, 0, 0, 0, 0]), "length");
        AssertDamaged(Sign([1, 2, 0, 0, 0, 0]), "length");
        AssertDamaged(Sign([1, 2, .. new byte[64 * 1024 + 1], 0, 0, 0, 0]), "length");
        Assert.True(ProtectionParameters.TryRead(Sign([1, 0, 0, 0, 0, 0]), out _, out _));
    }

    [Fact]
    public void A_changed_salt_or_verifier_is_a_wrong_passphrase_however_well_it_is_signed()
    {
        using var protection = PrivateKeyProtection.FromPassphrase(SealedKeyVector.Passphrase);
        foreach (var offset in (int[])[2, 17, 22, 40, 65])
        {
            var stored = SealedKeyVector.Parameters;
            stored[offset] ^= 1;
            var error = Assert.Throws<PeerstoreException>(() => protection.Open("x", Sign(stored)));
            Assert.Equal(PeerstoreError.WrongPassphrase, error.Error);
        }
    }

    [Fact]
    public void Random_bytes_with_a_good_checksum_never_throw()
    {
        const int Seed = 20261126;
        var random = new Random(Seed);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var stored = new byte[random.Next(6, 90)];
            random.NextBytes(stored);
            (stored[0], stored[1]) = (1, (byte)random.Next(4));
            read += ProtectionParameters.TryRead(Sign(stored), out _, out var damage) ? 1 : 0;
            Assert.NotEqual("", damage);
        }

        Assert.InRange(read, 1, 19_999);
    }

    private static byte[] Sign(byte[] stored)
    {
        SHA256.HashData(stored.AsSpan(..^4)).AsSpan(0, 4).CopyTo(stored.AsSpan(^4..));
        return stored;
    }

    private static void AssertDamaged(byte[] stored, string reason = "")
    {
        using var protection = PrivateKeyProtection.FromPassphrase("x");
        var error = Assert.Throws<PeerstoreException>(() => protection.Open("/peers.db", stored));
        Assert.Equal(PeerstoreError.Damaged, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("/peers.db", error.Message, StringComparison.Ordinal);
    }
}
