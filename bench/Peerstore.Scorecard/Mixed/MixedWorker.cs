using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Mixed;

/// <summary>One thread of several.</summary>
/// <param name="store">The store.</param>
/// <param name="plan">What all threads share.</param>
/// <param name="thread">The number of this one.</param>
/// <param name="threads">How many there are.</param>
internal sealed class MixedWorker(IPeerstore store, MixedPlan plan, int thread, int threads)
{
    private static readonly string[] Asked = ["/meshsub/1.1.0", "/ipfs/kad/1.0.0", "/ipfs/ping/1.0.0"];

    // The thread's own peers, and whether each is connected.
    private readonly bool[] _connected = new bool[plan.Ids.Length / MixedPlan.ConnectedShare / threads];
    private SplitMix64 _chance = new((ulong)thread + 100);

    /// <summary>The reads, in units of the stopwatch.</summary>
    public LatencyHistogram Reads { get; } = new();

    /// <summary>Operations made.</summary>
    public long Done { get; private set; }

    /// <summary>Wrong answers.</summary>
    public long Wrong { get; private set; }

    /// <summary>When it ended.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Gives this thread's peers the lifetime that they begin with.</summary>
    public async ValueTask PrepareAsync()
    {
        for (var i = 0; i < _connected.Length; i++)
        {
            var changes = await store.Addresses.SetAsync(plan.Ids[OwnPeer(i)], plan.Addresses[OwnPeer(i)], AddressTtl.Temporary);
            Wrong += IsAll(changes) ? 0 : 1;
        }
    }

    /// <summary>Gives them back the lifetime of all others.</summary>
    public async ValueTask SettleAsync()
    {
        for (var i = 0; i < _connected.Length; i++)
        {
            await store.Addresses.SetAsync(plan.Ids[OwnPeer(i)], plan.Addresses[OwnPeer(i)], AddressTtl.Address);
        }
    }

    /// <summary>Works until an instant. One reading of the clock ends an operation and begins the next.</summary>
    /// <param name="end">The instant, by the stopwatch.</param>
    public async Task RunAsync(long end)
    {
        var kinds = plan.Kinds;
        var next = _chance.Next(kinds.Length);
        var now = Stopwatch.GetTimestamp();
        while (now < end)
        {
            var kind = kinds[next++ & (kinds.Length - 1)];
            var isRight = kind switch
            {
                MixedKind.Read => (await store.Addresses.GetAsync(AnyPeer())).Count == WireData.AddressCount,
                MixedKind.Refresh => IsAll(await Refresh(OtherPeer())),
                MixedKind.Supports => (await store.Protocols.GetSupportedAsync(AnyPeer(), Asked)).Count == Asked.Length - 1,
                _ => IsAll(await Update(_chance.Next(_connected.Length))),
            };
            var before = now;
            now = Stopwatch.GetTimestamp();
            if (kind == MixedKind.Read)
            {
                Reads.Add(now - before);
            }

            Done++;
            Wrong += isRight ? 0 : 1;
        }

        EndedAt = now;
    }

    private static bool IsAll(AddressChanges changes) => changes.Renewed + changes.Unchanged == WireData.AddressCount;

    private PeerId AnyPeer() => plan.Ids[_chance.Next(plan.Ids.Length)];

    private int OtherPeer()
    {
        var peer = _chance.Next(plan.Ids.Length);
        return peer % MixedPlan.ConnectedShare == MixedPlan.ConnectedShare - 1 ? peer - 1 : peer;
    }

    private ValueTask<AddressChanges> Refresh(int peer) =>
        store.Addresses.AddAsync(plan.Ids[peer], plan.Addresses[peer], AddressTtl.Address);

    private ValueTask<AddressChanges> Update(int own)
    {
        var connected = _connected[own];
        _connected[own] = !connected;
        return store.Addresses.UpdateAsync(
            plan.Ids[OwnPeer(own)],
            connected ? AddressTtl.Connected : AddressTtl.Temporary,
            connected ? AddressTtl.Temporary : AddressTtl.Connected);
    }

    private int OwnPeer(int index) => (((index * threads) + thread) * MixedPlan.ConnectedShare) + MixedPlan.ConnectedShare - 1;
}
