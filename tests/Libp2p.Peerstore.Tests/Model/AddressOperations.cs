namespace Libp2p.Peerstore.Tests;

/// <summary>What can be done to the addresses of a peer.</summary>
internal static class AddressOperations
{
    public static PeerOperation Get { get; } = new(
        "get addresses",
        static async (store, peer) => Answers.Of(await store.Addresses.GetDetailsAsync(peer.Id)),
        static (model, _, _) => (model, Answers.Addresses(model)));

    public static PeerOperation Clear { get; } = new(
        "clear addresses",
        static async (store, peer) =>
        {
            await store.Addresses.ClearAsync(peer.Id);
            return Answers.Nothing;
        },
        static (model, _, _) => (model.Clear(), Answers.Nothing));

    public static PeerOperation Add(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl) => new(
        $"add {Text(addresses)} for {ttl}",
        async (store, peer) => (await store.Addresses.AddAsync(peer.Id, addresses, ttl)).ToString(),
        (model, _, now) => Answer(model.Add(addresses, ttl, AddressSource.Added, now)))
    {
        Edit = (edit, _) => edit.AddAddresses(addresses, ttl),
    };

    public static PeerOperation Set(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl) => new(
        $"set {Text(addresses)} for {ttl}",
        async (store, peer) => (await store.Addresses.SetAsync(peer.Id, addresses, ttl)).ToString(),
        (model, _, now) => Answer(model.Set(addresses, ttl, now)))
    {
        Edit = (edit, _) => edit.SetAddresses(addresses, ttl),
    };

    public static PeerOperation Announce(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl) => new(
        $"announce {Text(addresses)} for {ttl}",
        async (store, peer) => (await store.Addresses.AnnounceAsync(peer.Id, addresses, ttl)).ToString(),
        (model, _, now) => Answer(model.Announce(addresses, ttl, now)))
    {
        Edit = (edit, _) => edit.AnnounceAddresses(addresses, ttl),
    };

    public static PeerOperation Update(TimeSpan oldTtl, TimeSpan newTtl) => new(
        $"update {oldTtl} to {newTtl}",
        async (store, peer) => (await store.Addresses.UpdateAsync(peer.Id, oldTtl, newTtl)).ToString(),
        (model, _, now) => Answer(model.Update(oldTtl, newTtl, now)))
    {
        Edit = (edit, _) => edit.UpdateAddresses(oldTtl, newTtl),
    };

    private static (PeerModel After, string Answer) Answer((PeerModel After, AddressChanges Changes) step) =>
        (step.After, step.Changes.ToString());

    private static string Text(IReadOnlyList<Multiaddr> addresses) => string.Join(' ', addresses);
}
