using System.Diagnostics;
using System.Text;

namespace Libp2p.Tests;

/// <summary>Bytes and texts of strangers never throw, and what is accepted has one canonical form.</summary>
public sealed class AddressFuzz
{
    private static readonly string[] Texts =
    [
        .. ValueVectors.Multiaddrs.Items("valid").Select(i => i.Text("string")),
        .. ValueVectors.Multiaddrs.Items("invalidStrings").Select(i => i.Text("string")),
        .. ValueVectors.PeerIds.Items("validStrings").Select(i => i.Text("string")),
        .. ValueVectors.PeerIds.Items("valid").SelectMany(i => i.TryGetProperty("cids", out var cids)
            ? cids.EnumerateObject().Select(c => c.Value.GetString()!)
            : []).Take(100),
    ];

    private static readonly byte[][] Binaries =
    [
        .. ValueVectors.Multiaddrs.Items("valid").Select(i => i.Hex("bytes")),
        .. ValueVectors.Multiaddrs.Items("validBytes").Select(i => i.Hex("bytes")),
        .. ValueVectors.Multiaddrs.Items("invalidBytes").Select(i => i.Hex("bytes")),
        .. ValueVectors.PeerIds.Items("valid").Select(i => i.Hex("bytes")),
    ];

    [Fact]
    public void Random_bytes_are_refused_or_accepted() => Seeded.Run(50_000, random => Check(random.Bytes(random.Next(100))));

    [Fact]
    public void Mutated_bytes_are_refused_or_accepted() => Seeded.Run(100_000, random =>
    {
        var bytes = Binaries[random.Next(Binaries.Length)].ToList();
        for (var i = random.Next(4); i >= 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        Check([.. bytes]);
    });

    [Fact]
    public void Mutated_texts_are_refused_or_accepted() => Seeded.Run(100_000, random =>
    {
        const string Characters = "/:=.%+ 01zQmfbkuMZ-_~\0\n\r\ud83dü１🚀";
        var text = new StringBuilder(Texts[random.Next(Texts.Length)]);
        for (var i = random.Next(4); i >= 0; i--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(at, Characters[random.Next(Characters.Length)]);
                    break;
                case 1 when at < text.Length:
                    text.Remove(at, 1);
                    break;
                case 2 when at < text.Length:
                    text[at] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
                    break;
            }
        }

        Check(text.ToString());
    });

    [Fact]
    public void Every_prefix_of_valid_bytes_and_texts_is_refused_or_accepted()
    {
        foreach (var bytes in Binaries)
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Check(bytes[..length]);
            }
        }

        foreach (var text in Texts)
        {
            for (var length = 0; length < text.Length; length++)
            {
                Check(text[..length]);
            }
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("/")]
    [InlineData("/ws")]
    [InlineData("/p2p/1")]
    [InlineData("z1")]
    [InlineData("🚀")]
    [InlineData("/ip4/1.2.3.4/")]
    [InlineData("/certhash/z2")]
    public void Huge_texts_are_refused_at_once(string part)
    {
        var text = new StringBuilder().Insert(0, part, 64 * 1024 * 1024 / part.Length).ToString();
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(PeerId.TryParse(text, out _));
        Assert.False(Multiaddr.TryParse(text, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);

        // Microseconds; the bound is there to notice work that grows with the text, on any machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_hundred_thousand_components_are_refused_under_wide_limits_too()
    {
        var bytes = Enumerable.Repeat(new byte[] { 0xDD, 0x03 }, 100_000).SelectMany(b => b).ToArray();
        var limits = new DecodeLimits { MaxMultiaddrBytes = int.MaxValue };
        Assert.False(Multiaddr.TryDecode(bytes, limits, out _, out var error));
        Assert.Equal(2 * limits.MaxMultiaddrComponents, error.Position);
        Assert.False(Multiaddr.TryParse(string.Concat(Enumerable.Repeat("/ws", 100_000)), limits, out _, out error));
        Assert.Equal(3 * limits.MaxMultiaddrComponents + 1, error.Position);

        limits = limits with { MaxMultiaddrComponents = int.MaxValue };
        Assert.True(Multiaddr.TryDecode(bytes, limits, out var address, out _));
        Assert.Equal(300_000, address.ToString().Length);
        Assert.Equal(100_000, address.Components.Count());
    }

    [Fact]
    public void The_slowest_text_within_the_limits_is_quick()
    {
        // Base58 grows with the square of the length; these are the longest values of it that are read, as many as fit.
        const int DigestLength = 508;
        var value = MultibaseCodec.Encode(Multibase.Base58Btc, [0x12, 0xfc, 0x03, .. Enumerable.Repeat((byte)0xff, DigestLength)]);
        var count = DecodeLimits.Default.MaxMultiaddrBytes / (DigestLength + 7);
        var text = string.Concat(Enumerable.Repeat("/certhash/" + value, count));
        Assert.True(Multiaddr.TryParse(text, out var address));
        Assert.Equal(count, address.Components.Count());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        Assert.True(Multiaddr.TryParse(text, out _));

        // What stays is the address. It takes 0.1 ms; the bound is there to notice seconds on any machine.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * DecodeLimits.Default.MaxMultiaddrBytes);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static void Check(byte[] bytes)
    {
        if (PeerId.TryDecode(bytes, out var peer, out var error))
        {
            Assert.Equal(bytes, peer.ToArray());
            Assert.Equal(peer, PeerId.Parse(peer.ToCid()));
        }
        else
        {
            Assert.NotNull(error.Rule);
        }

        if (Multiaddr.TryDecode(bytes, DecodeLimits.Default, out var address, out error))
        {
            Assert.Equal(bytes, address.Bytes.ToArray());
            CheckCanonical(address);
        }
        else
        {
            Assert.NotNull(error.Rule);
            Assert.InRange(error.Position, 0, bytes.Length);
        }
    }

    private static void Check(string text)
    {
        if (PeerId.TryParse(text, out var peer, out var error))
        {
            Assert.Equal(peer, PeerId.Decode(peer.Bytes));
        }
        else
        {
            Assert.NotNull(error.Rule);
        }

        if (Multiaddr.TryParse(text, DecodeLimits.Default, out var address, out error))
        {
            Assert.Equal(address, Multiaddr.Decode(address.Bytes));
            CheckCanonical(address);
        }
        else
        {
            Assert.NotNull(error.Rule);
            Assert.InRange(error.Position, 0, text.Length);
        }
    }

    private static void CheckCanonical(Multiaddr address)
    {
        var utf8 = new byte[16 * 1024];
        Assert.True(address.TryFormat(utf8, out var written, default, null));
        Assert.True(Multiaddr.TryParse(utf8.AsSpan(0, written), DecodeLimits.Default, out var again, out _));
        Assert.Equal(address, again);
        _ = address.TryGetIPEndPoint(out _);
        _ = address.TrySplitPeer(out _, out _);
    }
}
