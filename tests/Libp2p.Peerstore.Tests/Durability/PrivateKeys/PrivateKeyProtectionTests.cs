using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class PrivateKeyProtectionTests : IDisposable
{
    private const string Path = "/peers.db";

    private readonly PrivateKeyProtection _protection = PrivateKeyProtection.FromPassphrase(SealedKeyVector.Passphrase);
    private readonly KeySealer _sealer;
    private readonly PeerId _peer = SealedKeyVector.Peer;
    private readonly byte[] _key = SealedKeyVector.PrivateKey;

    public PrivateKeyProtectionTests() => _sealer = _protection.Open(Path, SealedKeyVector.Parameters);

    public void Dispose()
    {
        _sealer.Dispose();
        _protection.Dispose();
    }

    [Fact]
    public void What_another_implementation_wrote_by_the_format_is_read()
    {
        Assert.True(_sealer.TryOpen(SealedKeyVector.Sealed, _peer, out var key));
        Assert.Equal(_key, key);
        Assert.Equal(_peer, PeerId.FromPublicKey(PrivateKey.Decode(key).PublicKey));
        Assert.Equal(SealedKeyVector.Parameters, _sealer.Parameters);
    }

    [Fact]
    public void A_key_comes_back_after_the_file_was_opened_again()
    {
        using var application = new XorProtector(7);
        PrivateKeyProtection[] all =
            [_protection, PrivateKeyProtection.StoreInClear, PrivateKeyProtection.FromProtector(application)];
        foreach (var protection in all)
        {
            byte[] parameters, stored;
            using (var first = protection.Begin())
            {
                (parameters, stored) = (first.Parameters, first.Seal(_key, _peer));
            }

            using var again = protection.Open(Path, parameters);
            Assert.True(again.TryOpen(stored, _peer, out var key));
            Assert.Equal(_key, key);
            Assert.Equal(parameters, again.Parameters);
            protection.Dispose();
        }

        Assert.False(application.IsDisposed);
    }

    [Fact]
    public void Only_the_opt_out_leaves_the_key_to_be_seen()
    {
        var stored = _sealer.Seal(_key, _peer);
        Assert.Equal(-1, stored.AsSpan().IndexOf(_key.AsSpan(4, 8)));
        using var clear = PrivateKeyProtection.StoreInClear.Begin();
        Assert.Equal([0, .. _key], clear.Seal(_key, _peer));
    }

    [Fact]
    public void The_same_key_is_never_stored_the_same_way_twice()
    {
        var all = Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(_sealer.Seal(_key, _peer))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(1000, all.Count);
        Assert.Equal(1000, all.Select(static stored => stored[2..26]).Distinct(StringComparer.Ordinal).Count());
        using var other = _protection.Begin();
        Assert.NotEqual(_sealer.Parameters, other.Parameters);
    }

    [Fact]
    public void A_wrong_passphrase_is_one_clear_error()
    {
        using var wrong = PrivateKeyProtection.FromPassphrase(SealedKeyVector.Passphrase + " ");
        var error = Assert.Throws<PeerstoreException>(() => wrong.Open(Path, SealedKeyVector.Parameters));
        Assert.Equal(PeerstoreError.WrongPassphrase, error.Error);
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SealedKeyVector.Passphrase, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_protector_is_the_same_error()
    {
        using var right = new XorProtector(1);
        using var wrong = new XorProtector(2);
        using var sealer = PrivateKeyProtection.FromProtector(right).Begin();
        var error = Assert.Throws<PeerstoreException>(
            () => PrivateKeyProtection.FromProtector(wrong).Open(Path, sealer.Parameters));
        Assert.Equal(PeerstoreError.WrongPassphrase, error.Error);
        Assert.False(wrong.IsDisposed);
    }

    [Fact]
    public void A_protector_that_does_not_work_is_noticed_before_it_gets_a_key()
    {
        using var forgetful = PrivateKeyProtection.FromProtector(new ForgetfulProtector());
        Assert.Equal(PeerstoreError.KeyProtection, Assert.Throws<PeerstoreException>(forgetful.Begin).Error);
    }

    [Fact]
    public void Another_kind_of_protection_than_the_files_is_an_error_that_names_both()
    {
        var error = Assert.Throws<PeerstoreException>(
            () => PrivateKeyProtection.StoreInClear.Open(Path, SealedKeyVector.Parameters));
        Assert.Equal(PeerstoreError.KeyProtection, error.Error);
        Assert.Contains("protected by a passphrase", error.Message, StringComparison.Ordinal);
        Assert.Contains("stored in clear", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_of_a_key_is_refused()
    {
        var stored = _sealer.Seal(_key, _peer);
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_sealer.TryOpen(stored, _peer, out var key), $"bit {bit}");
            Assert.Null(key);
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < stored.Length; length++)
        {
            Assert.False(_sealer.TryOpen(stored.AsSpan(0, length), _peer, out _));
        }

        Assert.False(_sealer.TryOpen([.. stored, 0], _peer, out _));
        Assert.True(_sealer.TryOpen(stored, _peer, out _));
    }

    [Fact]
    public void A_key_that_was_moved_to_another_peer_is_refused()
    {
        var stored = _sealer.Seal(_key, _peer);
        Assert.False(_sealer.TryOpen(stored, Sample.NewPeer(), out _));
        Assert.False(_sealer.TryOpen(stored, default, out _));
        // The verifier is no key of any peer.
        byte[] verifier = [1, .. SealedKeyVector.Parameters.AsSpan(22, 44)];
        Assert.False(_sealer.TryOpen(verifier, _peer, out _));
    }

    [Fact]
    public void A_key_stored_in_clear_is_not_taken_for_a_protected_one()
    {
        using var clear = PrivateKeyProtection.StoreInClear.Begin();
        Assert.False(_sealer.TryOpen(clear.Seal(_key, _peer), _peer, out _));
        Assert.False(clear.TryOpen(_sealer.Seal(_key, _peer), _peer, out _));
    }

    [Fact]
    public void A_change_of_passphrase_leaves_nothing_to_the_old_one()
    {
        using var next = PrivateKeyProtection.FromPassphrase("another");
        using var after = next.Begin();
        Assert.True(_sealer.TryReseal(SealedKeyVector.Sealed, _peer, after, out var resealed));
        Assert.False(_sealer.TryOpen(resealed, _peer, out _));
        Assert.Throws<PeerstoreException>(() => _protection.Open(Path, after.Parameters));

        using var reopened = next.Open(Path, after.Parameters);
        Assert.True(reopened.TryOpen(resealed, _peer, out var key));
        Assert.Equal(_key, key);
        Assert.False(_sealer.TryReseal(resealed, _peer, after, out _));
    }

    [Fact]
    public void Keys_are_sealed_and_opened_by_several_threads_at_once()
    {
        Parallel.For(0, 2000, _ =>
        {
            Assert.True(_sealer.TryOpen(_sealer.Seal(_key, _peer), _peer, out var key));
            Assert.Equal(_key, key);
        });
    }

    [Fact]
    public void A_cleared_passphrase_opens_nothing_but_what_is_open()
    {
        var protection = PrivateKeyProtection.FromPassphrase(SealedKeyVector.Passphrase);
        using var sealer = protection.Open(Path, SealedKeyVector.Parameters);
        protection.Dispose();
        protection.Dispose();
        Assert.Throws<ObjectDisposedException>(() => protection.Open(Path, SealedKeyVector.Parameters));
        Assert.True(sealer.TryOpen(SealedKeyVector.Sealed, _peer, out _));
    }

    [Fact]
    public void A_passphrase_is_not_empty_and_its_count_within_bounds()
    {
        Assert.Throws<ArgumentException>(() => PrivateKeyProtection.FromPassphrase(""));
        foreach (var iterations in (int[])[int.MinValue, 0, 209_999, 5_000_001, int.MaxValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKeyProtection.FromPassphrase("x", iterations));
        }

        Assert.Throws<ArgumentNullException>(() => PrivateKeyProtection.FromProtector(null!));
    }

    private sealed class ForgetfulProtector : IPrivateKeyProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer) => [];

        public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, out byte[] privateKey)
        {
            privateKey = [.. ProtectionParameters.VerifiedText];
            return true;
        }
    }
}
