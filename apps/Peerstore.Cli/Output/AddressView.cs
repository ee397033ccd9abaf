using Libp2p.Peerstore;

namespace Peerstore.Cli.Output;

/// <summary>An address of a peer as it is shown.</summary>
/// <param name="Address">The address.</param>
/// <param name="Sources">Where it is known from: added, announced, certified.</param>
/// <param name="TtlSeconds">The lifetime it was given last; null for an endless one.</param>
/// <param name="ExpiresAt">When it ends; null for an endless one.</param>
internal sealed record AddressView(
    string Address, IReadOnlyList<string> Sources, double? TtlSeconds, DateTimeOffset? ExpiresAt)
{
    private static readonly AddressSource[] AllSources =
        [AddressSource.Added, AddressSource.Announced, AddressSource.Certified];

    /// <summary>Makes the view of an address.</summary>
    /// <param name="details">The address.</param>
    public static AddressView From(AddressDetails details)
    {
        var isEndless = details.Expires == DateTimeOffset.MaxValue;
        string[] sources =
        [
            .. AllSources.Where(source => details.Source.HasFlag(source))
                .Select(source => source.ToString().ToLowerInvariant()),
        ];
        return new AddressView(
            details.Address.ToString(),
            sources,
            isEndless ? null : details.Ttl.TotalSeconds,
            isEndless ? null : details.Expires);
    }
}
