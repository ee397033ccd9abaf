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

    // They are passed through once in some 50 ms, and lie one behind the other in memory.
    private const int StepCount = 1 << 17;

    // The thread's own peers, and whether each is connected.
    private readonly bool[] _connected = new bool[plan.Peers / MixedPlan.ConnectedShare / threads];
    private readonly MixedStep[] _steps = new MixedStep[StepCount];

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
            var changes = await SetAsync(OwnPeer(i), AddressTtl.Temporary);
            Wrong += IsAll(changes) ? 0 : 1;
        }

        var chance = new SplitMix64((ulong)thread + 100);
        for (var i = 0; i < _steps.Length; i++)
        {
            _steps[i] = Draw(ref chance);
        }
    }

    /// <summary>Gives them back the lifetime of all others.</summary>
    public async ValueTask SettleAsync()
    {
        for (var i = 0; i < _connected.Length; i++)
        {
            await SetAsync(OwnPeer(i), AddressTtl.Address);
        }
    }

    /// <summary>Works until an instant. One reading of the clock ends an operation and begins the next.</summary>
    /// <param name="end">The instant, by the stopwatch.</param>
    public async Task RunAsync(long end)
    {
        var next = 0;
        var now = Stopwatch.GetTimestamp();
        while (now < end)
        {
            var step = _steps[next++ & (StepCount - 1)];
            var isRight = step.Kind switch
            {
                MixedKind.Read => (await store.Addresses.GetAsync(step.Id)).Count == WireData.AddressCount,
                MixedKind.Refresh => IsAll(await store.Addresses.AddAsync(step.Id, step.Addresses, AddressTtl.Address)),
                MixedKind.Supports => (await store.Protocols.GetSupportedAsync(step.Id, Asked)).Count == Asked.Length - 1,
                _ => IsAll(await UpdateAsync(step.Number, step.Id)),
            };
            var before = now;
            now = Stopwatch.GetTimestamp();
            if (step.Kind == MixedKind.Read)
            {
                Reads.Add(now - before);
            }

            Done++;
            Wrong += isRight ? 0 : 1;
        }

        EndedAt = now;
    }

    private static bool IsAll(AddressChanges changes) => changes.Renewed + changes.Unchanged == WireData.AddressCount;

    private MixedStep Draw(ref SplitMix64 chance)
    {
        var (kind, peer) = (MixedPlan.Draw(ref chance), chance.Next(plan.Peers));
        var isOfThreads = peer % MixedPlan.ConnectedShare == MixedPlan.ConnectedShare - 1;
        return kind switch
        {
            MixedKind.Refresh when isOfThreads => Step(kind, peer - 1, plan.Data.Addresses(peer - 1)),
            MixedKind.Refresh => Step(kind, peer, plan.Data.Addresses(peer)),
            MixedKind.Update => DrawUpdate(chance.Next(_connected.Length)),
            _ => Step(kind, peer, []),
        };
    }

    private MixedStep DrawUpdate(int own) => new(MixedKind.Update, own, plan.Data.Id(OwnPeer(own)), []);

    private MixedStep Step(MixedKind kind, int peer, Multiaddr[] addresses) => new(kind, peer, plan.Data.Id(peer), addresses);

    private ValueTask<AddressChanges> SetAsync(int peer, TimeSpan lifetime) =>
        store.Addresses.SetAsync(plan.Data.Id(peer), plan.Data.Addresses(peer), lifetime);

    private ValueTask<AddressChanges> UpdateAsync(int own, PeerId peer)
    {
        var connected = _connected[own];
        _connected[own] = !connected;
        return store.Addresses.UpdateAsync(
            peer,
            connected ? AddressTtl.Connected : AddressTtl.Temporary,
            connected ? AddressTtl.Temporary : AddressTtl.Connected);
    }

    private int OwnPeer(int index) => (((index * threads) + thread) * MixedPlan.ConnectedShare) + MixedPlan.ConnectedShare - 1;
}
