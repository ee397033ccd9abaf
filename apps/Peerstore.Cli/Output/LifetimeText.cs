using Libp2p.Peerstore;
using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Output;

/// <summary>Lifetimes of addresses as they are written on the command line and shown.</summary>
internal static class LifetimeText
{
    private const string Permanent = "permanent";

    /// <summary>Reads a lifetime.</summary>
    /// <param name="text"><c>permanent</c>, or a duration as Go writes it.</param>
    /// <exception cref="CliException">It is neither, or not longer than nothing.</exception>
    public static TimeSpan Parse(string text)
    {
        if (string.Equals(text, Permanent, StringComparison.Ordinal))
        {
            return AddressTtl.Permanent;
        }

        if (GoDuration.TryParse(text, out var ttl) && ttl.Truncated > TimeSpan.Zero)
        {
            return ttl.Truncated;
        }

        throw new CliException($"'{text}' is not a lifetime: write 45s, 90m, 2h30m or permanent.");
    }

    /// <summary>Writes a lifetime, to the second.</summary>
    /// <param name="ttl">The lifetime.</param>
    public static string Format(TimeSpan ttl)
    {
        if (ttl == AddressTtl.Permanent)
        {
            return Permanent;
        }

        if (ttl == AddressTtl.Connected)
        {
            return "connected";
        }

        if (ttl < TimeSpan.FromSeconds(1))
        {
            return $"{(long)ttl.TotalMilliseconds}ms";
        }

        var hours = ttl.TotalHours >= 1 ? $"{(long)ttl.TotalHours}h" : "";
        var minutes = ttl.Minutes > 0 ? $"{ttl.Minutes}m" : "";
        var seconds = ttl.Seconds > 0 ? $"{ttl.Seconds}s" : "";
        return hours + minutes + seconds;
    }
}
