namespace Libp2p.Peerstore.Tests;

/// <summary>What can be done to the signed record of a peer.</summary>
internal static class RecordOperations
{
    public static PeerOperation Get { get; } = new(
        "get record",
        static async (store, peer) => Answers.Of(await Book(store).GetRecordAsync(peer.Id)),
        static (model, _, _) => (model, Answers.Of(model.Record?.Record.Envelope)));

    public static PeerOperation Consume(int number, TimeSpan ttl) => new(
        $"consume record {number} for {ttl}",
        async (store, peer) => (await Book(store).ConsumeAsync(peer.Record(number).Record, ttl)).ToString(),
        (model, peer, now) => Step(model, peer.Record(number), ttl, now))
    {
        Edit = (edit, peer) => edit.Consume(peer.Record(number).Record, ttl),
    };

    /// <summary>The same in the form in which it arrives: the cheap answers come before the verification.</summary>
    public static PeerOperation ConsumeBytes(int number, TimeSpan ttl) => new(
        $"consume the bytes of record {number} for {ttl}",
        async (store, peer) => (await Book(store).ConsumeAsync(peer.Record(number).Record.Envelope.Bytes, ttl)).ToString(),
        (model, peer, now) => Step(model, peer.Record(number), ttl, now));

    private static (PeerModel After, string Answer) Step(PeerModel model, SampleRecord record, TimeSpan ttl, long now)
    {
        var (after, outcome) = model.Consume(record, ttl, now);
        return (after, outcome.ToString());
    }

    private static ICertifiedAddressBook Book(IPeerstore store) =>
        store.Addresses.TryGetCertified(out var book) ? book : throw new InvalidOperationException("No certified book.");
}
