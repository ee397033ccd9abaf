using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Scorecard.Data;

/// <summary>Fills a store with peers, each with five addresses and twelve protocols.</summary>
/// <param name="store">The store.</param>
/// <param name="data">The peers.</param>
internal sealed class StoreLoader(IPeerstore store, WireData data)
{
    private const int Batch = 256;
    private readonly PeerId[] _ids = new PeerId[Batch];
    private readonly Multiaddr[][] _addresses = new Multiaddr[Batch][];
    private readonly string[][] _protocols = new string[Batch][];

    /// <summary>The time that the data took: decoding, which is not the store's work.</summary>
    public TimeSpan Making { get; private set; }

    /// <summary>The time that the store took.</summary>
    public TimeSpan Storing { get; private set; }

    /// <summary>Adds peers; what is added is made in small batches just before, as if it had been read.</summary>
    /// <param name="from">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="afterBatch">Called after each batch, outside of all times.</param>
    public async ValueTask LoadAsync(int from, int count, Action? afterBatch = null)
    {
        for (var done = 0; done < count; done += Batch)
        {
            var number = Math.Min(Batch, count - done);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < number; i++)
            {
                _ids[i] = data.Id(from + done + i);
                _addresses[i] = data.Addresses(from + done + i);
                _protocols[i] = WireData.Protocols();
            }

            var made = Stopwatch.GetTimestamp();
            await StoreAsync(number);
            Storing += Stopwatch.GetElapsedTime(made);
            Making += Stopwatch.GetElapsedTime(start, made);
            afterBatch?.Invoke();
        }
    }

    private async ValueTask StoreAsync(int number)
    {
        var wrong = 0;
        for (var i = 0; i < number; i++)
        {
            var changes = await store.Addresses.AddAsync(_ids[i], _addresses[i], AddressTtl.Address);
            var outcome = await store.Protocols.SetAsync(_ids[i], _protocols[i]);
            wrong += changes.Added == WireData.AddressCount && outcome == ProtocolOutcome.Stored ? 0 : 1;
        }

        WrongAnswerException.ThrowIfAny("loading", wrong);
    }
}
