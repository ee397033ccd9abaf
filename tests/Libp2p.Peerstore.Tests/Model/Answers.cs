using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>Answers as texts, the same for a store and for the model.</summary>
internal static class Answers
{
    public const string Nothing = "nothing";

    public static string Of(IEnumerable<string> texts) => $"[{string.Join(", ", texts)}]";

    /// <summary>The order among addresses is a matter of taste, not of truth.</summary>
    public static string Of(IEnumerable<AddressDetails> addresses) => Of(addresses
        .Select(static known => Address(known.Address, known.Ttl, known.Expires, known.Source))
        .Order(StringComparer.Ordinal));

    public static string Addresses(PeerModel peer) => Of(peer.Addresses
        .Select(pair => Address(pair.Key, pair.Value.Ttl, Calendar(pair.Value.End), peer.SourceOf(pair.Key)))
        .Order(StringComparer.Ordinal));

    public static string Of(SignedEnvelope? record) => record is null ? Nothing : Convert.ToHexString(record.Bytes.Span[^16..]);

    public static string Of(TimeSpan? latency) => latency?.ToString("c", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Latency(PeerModel peer) =>
        Of(peer.Latency is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null);

    public static string Of(PeerSnapshot known) =>
        $"{Of(known.Addresses)} {Of(known.Record)} {Of(known.Protocols)} {Of(known.MetadataKeys)} {Of(known.Latency)}";

    public static string Snapshot(PeerModel peer) =>
        $"{Addresses(peer)} {Of(peer.Record?.Record.Envelope)} {Of(peer.Protocols)} {Of(peer.Metadata.Keys)} {Latency(peer)}";

    private static string Address(Multiaddr address, TimeSpan ttl, DateTimeOffset end, AddressSource source) =>
        $"{address} for {ttl} until {end.UtcTicks} from {source}";

    private static DateTimeOffset Calendar(long end) =>
        end > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue : new(end, TimeSpan.Zero);
}
