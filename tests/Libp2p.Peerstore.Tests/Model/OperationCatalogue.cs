namespace Libp2p.Peerstore.Tests;

/// <summary>All operations that random tests choose from: first the kind, then one of it, so that no kind is rare.</summary>
/// <remarks>The world is small, with few addresses, lifetimes and records, so that operations meet.</remarks>
internal static class OperationCatalogue
{
    private static readonly TimeSpan[] Lifetimes =
        [Sample.Minute, 2 * Sample.Minute, Sample.Hour, AddressTtl.Connected, AddressTtl.Permanent];

    private static readonly TimeSpan[] LifetimesAndNone = [.. Lifetimes, TimeSpan.Zero, AddressTtl.RecentlyConnected];

    private static readonly Multiaddr[][] AddressLists =
        [.. Enumerable.Range(0, SamplePeer.AddressCount).SelectMany(static i => new[] { Some(i, 0), Some(i, 1), Some(i, 2, 3) }), []];

    private static readonly string[] Keys = ["k", "l"];

    public static IReadOnlyList<PeerOperation[]> Addresses { get; } =
    [
        [AddressOperations.Get],
        [AddressOperations.Clear],
        WithAddresses(AddressOperations.Add, Lifetimes),
        WithAddresses(AddressOperations.Set, LifetimesAndNone),
        WithAddresses(AddressOperations.Announce, Lifetimes),
        [.. Lifetimes.SelectMany(static old => LifetimesAndNone.Select(ttl => AddressOperations.Update(old, ttl)))],
    ];

    public static IReadOnlyList<PeerOperation[]> Records { get; } =
    [
        [RecordOperations.Get],
        [.. Numbers(SamplePeer.RecordCount).SelectMany(static i => LifetimesAndNone.Select(ttl => RecordOperations.Consume(i, ttl)))],
        [.. Numbers(SamplePeer.RecordCount).SelectMany(static i => Lifetimes.Select(ttl => RecordOperations.ConsumeBytes(i, ttl)))],
    ];

    public static IReadOnlyList<PeerOperation[]> OtherBooks { get; } =
    [
        [BookOperations.GetProtocols, BookOperations.GetLatency, BookOperations.GetPrivateKey, .. Keys.Select(BookOperations.GetMetadata)],
        [BookOperations.SetProtocols("/a", "/b"), BookOperations.SetProtocols("/c"), BookOperations.SetProtocols()],
        [BookOperations.AddProtocols("/a"), BookOperations.AddProtocols("/b", "/c"), BookOperations.RemoveProtocols("/a", "/c")],
        [.. Keys.SelectMany(static key => Numbers(3).Select(i => BookOperations.SetMetadata(key, $"value {i}")))],
        [.. Keys.Select(BookOperations.RemoveMetadata)],
        [.. Numbers(3).Select(static i => BookOperations.RecordLatency(TimeSpan.FromMilliseconds(1 + (10 * i))))],
        [BookOperations.AddPublicKey, BookOperations.AddPrivateKey, BookOperations.RemoveKeys, BookOperations.RemovePeer],
    ];

    public static IReadOnlyList<PeerOperation[]> Whole { get; } =
    [
        [BookOperations.GetSnapshot],
        [.. Numbers(64).Select(RandomEdit)],
    ];

    /// <summary>All that can be asked of a peer.</summary>
    public static IReadOnlyList<PeerOperation> Questions { get; } =
        [AddressOperations.Get, RecordOperations.Get, .. OtherBooks[0], BookOperations.GetSnapshot];

    public static IReadOnlyList<PeerOperation[]> All { get; } = [.. Addresses, .. Records, .. OtherBooks, .. Whole];

    public static PeerOperation Choose(Random random)
    {
        var kind = All[random.Next(All.Count)];
        return kind[random.Next(kind.Length)];
    }

    /// <summary>Always the same edits: the number is the seed. A record, if any, comes first, last or in between.</summary>
    private static PeerOperation RandomEdit(int number)
    {
        var random = new Random(number);
        var consume = number % 3 == 0 ? random.GetItems(Records[1], 1) : [];
        var addresses = random.GetItems(Addresses.Skip(2).SelectMany(static kind => kind).ToArray(), 2);
        var others = random.GetItems(OtherBooks.SelectMany(static kind => kind).ToArray(), 3);
        PeerOperation[] changes = [.. consume, .. addresses, .. others];
        random.Shuffle(changes);
        return EditOperations.Edit(changes);
    }

    private static PeerOperation[] WithAddresses(
        Func<IReadOnlyList<Multiaddr>, TimeSpan, PeerOperation> operation, TimeSpan[] lifetimes) =>
        [.. AddressLists.SelectMany(addresses => lifetimes.Select(ttl => operation(addresses, ttl)))];

    private static Multiaddr[] Some(int first, params int[] further) =>
        [.. further.Prepend(0).Distinct().Select(step => SamplePeer.Addresses[(first + step) % SamplePeer.AddressCount])];

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);
}
