using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>A steady mixed load on a store, at a rate, whose answers are checked.</summary>
/// <remarks>
/// Chosen so that a store under it stays as large as it is: peers that stay are removed and come again, others expire within
/// a minute, and what has no end (protocols, metadata, latencies) is kept for a few peers only.
/// </remarks>
internal sealed class SoakLoad(SqlitePeerstore store, SoakSettings settings, SoakRecords records)
{
    private const int Workers = 4;
    private const int WellKnown = 1_000;
    private const string Key = "soak";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPassing = TimeSpan.FromSeconds(30);

    private long _operations;
    private long _wrong;
    private long _passing = Stopwatch.GetTimestamp();

    /// <summary>How many operations were made.</summary>
    public long Operations => Volatile.Read(ref _operations);

    /// <summary>How many answers were wrong.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>Adds all peers that stay, as fast as it can.</summary>
    public async Task FillAsync()
    {
        for (var number = 0; number < settings.Peers; number++)
        {
            await store.Addresses.AddAsync(SoakPeers.IdOf(number), SoakPeers.AddressesOf(number), AddressTtl.Address);
        }
    }

    /// <summary>Operates until it is stopped; nothing is under way when it ends.</summary>
    public async Task RunAsync(int turn, CancellationToken stop)
    {
        var workers = Enumerable.Range(0, Workers).Select(worker =>
            Task.Run(() => WorkAsync(new Random(HashCode.Combine(settings.Seed, turn, worker)), stop), CancellationToken.None));
        await Task.WhenAll(workers.Append(Task.Run(() => SweepAsync(stop), CancellationToken.None)));
    }

    private async Task WorkAsync(Random random, CancellationToken stop)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var done = 0L; !stop.IsCancellationRequested;)
        {
            var due = (long)(Stopwatch.GetElapsedTime(begin).TotalSeconds * settings.Rate / Workers);
            for (; done < due && !stop.IsCancellationRequested; done++)
            {
                Interlocked.Add(ref _wrong, await OperateAsync(random) ? 0 : 1);
                Interlocked.Increment(ref _operations);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>By the store's own clock it might sweep while its counters are looked at.</summary>
    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(SweepInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await store.SweepAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is to end.
        }
    }

    private ValueTask<bool> OperateAsync(Random random)
    {
        var number = random.Next(settings.Peers);
        var known = Math.Min(number % WellKnown, settings.Peers - 1);
        return random.Next(100) switch
        {
            < 40 => ReadAddressesAsync(number),
            < 60 => ReadBooksAsync(known),
            < 74 => AddAsync(number, AddressTtl.Address),
            < 80 => AddPassingAsync(random),
            < 83 => RemoveAsync(SoakPeers.IdOf(number)),
            < 86 => AddAsync(number, AddressTtl.Connected),
            < 89 => UpdateAsync(number),
            < 92 => SetProtocolsAsync(known, random),
            < 95 => SetMetadataAsync(known),
            < 98 => RecordLatencyAsync(known, random),
            _ => ConsumeAsync(random),
        };
    }

    private async ValueTask<bool> ReadAddressesAsync(int number)
    {
        var addresses = await store.Addresses.GetAsync(SoakPeers.IdOf(number));
        return addresses.Count == 0
            || (addresses.Count == SoakPeers.AddressCount && !addresses.Except(SoakPeers.AddressesOf(number)).Any());
    }

    private async ValueTask<bool> ReadBooksAsync(int known)
    {
        var peer = SoakPeers.IdOf(known);
        var supported = await store.Protocols.GetSupportedAsync(peer, SoakPeers.ProtocolsAt(known));
        var latency = await store.Metrics.GetLatencyAsync(peer);
        var metadata = await store.Metadata.TryGetAsync<long>(peer, Key);
        return supported.Count <= SoakPeers.ProtocolsAt(known).Length
            && (latency is null || (latency >= TimeSpan.Zero && latency < TimeSpan.FromSeconds(1)))
            && (!metadata.TryGet(out var value) || value == known);
    }

    private async ValueTask<bool> AddAsync(long number, TimeSpan ttl)
    {
        var changes = await store.Addresses.AddAsync(SoakPeers.IdOf(number), SoakPeers.AddressesOf(number), ttl);
        return changes.Added + changes.Renewed + changes.Unchanged == SoakPeers.AddressCount;
    }

    /// <summary>A peer that nobody knew before and that nobody asks for again.</summary>
    private ValueTask<bool> AddPassingAsync(Random random) =>
        AddAsync(settings.Peers + Interlocked.Increment(ref _passing), LongestPassing * (0.1 + (0.9 * random.NextDouble())));

    private async ValueTask<bool> RemoveAsync(PeerId peer)
    {
        await store.RemovePeerAsync(peer);
        await store.Addresses.ClearAsync(peer);
        return true;
    }

    private async ValueTask<bool> UpdateAsync(int number)
    {
        var changes = await store.Addresses.UpdateAsync(
            SoakPeers.IdOf(number), AddressTtl.Connected, AddressTtl.RecentlyConnected);
        return changes.Renewed <= SoakPeers.AddressCount;
    }

    private async ValueTask<bool> SetProtocolsAsync(int known, Random random) =>
        await store.Protocols.SetAsync(SoakPeers.IdOf(known), SoakPeers.ProtocolsAt(random.Next())) == ProtocolOutcome.Stored;

    private async ValueTask<bool> SetMetadataAsync(int known) =>
        await store.Metadata.SetAsync(SoakPeers.IdOf(known), Key, (long)known) == MetadataOutcome.Stored;

    private async ValueTask<bool> RecordLatencyAsync(int known, Random random) =>
        await store.Metrics.RecordLatencyAsync(SoakPeers.IdOf(known), TimeSpan.FromMilliseconds(random.Next(1, 900))) == BookOutcome.Stored;

    private async ValueTask<bool> ConsumeAsync(Random random)
    {
        // Without this the newest record would soon be known of everybody, and nothing would be verified any more.
        if (random.Next(10) == 0)
        {
            return await RemoveAsync(records.AnySigner(random));
        }

        _ = store.Addresses.TryGetCertified(out var certified);
        var outcome = await certified!.ConsumeAsync(records.AnyEnvelope(random), LongestPassing);
        return outcome is RecordOutcome.Accepted or RecordOutcome.Refreshed or RecordOutcome.Stale;
    }
}
