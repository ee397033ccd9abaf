using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

public class SweepProperties
{
    private static readonly Gen<RandomStep> Steps = Gen.Frequency(
        (16, RandomStep.Operate(OperationCatalogue.All, PeerCount)),
        (1, RandomStep.Advance),
        (1, RandomStep.Of(StepKind.Sweep)));

    private const int PeerCount = 6;

    private static readonly SamplePeer[] Peers = [.. Enumerable.Range(0, PeerCount).Select(static _ => new SamplePeer())];

    private static readonly TimeSpan LongestLifetime = Sample.Hour;

    /// <summary>So tight that every sequence runs into them.</summary>
    private static readonly PeerstoreOptions Tight = new()
    {
        MaxPeers = 5,
        MaxAddresses = 7,
        MaxAddressesPerPeer = 3,
        MaxEndlessAddressesPerPeer = 3,
        MaxSignedRecords = 2,
        MaxProtocolsPerPeer = 2,
        MaxMetadataKeysPerPeer = 1,
        SweepInterval = TimeSpan.Zero,
    };

    [Theory]
    [InlineData(FullPolicy.EvictLeastValuable, NewerRecordRule.KeepFormer)]
    [InlineData(FullPolicy.EvictLeastValuable, NewerRecordRule.ReplaceFormer)]
    [InlineData(FullPolicy.RefuseNew, NewerRecordRule.KeepFormer)]
    [InlineData(FullPolicy.RefuseNew, NewerRecordRule.ReplaceFormer)]
    public void Once_every_lifetime_has_passed_one_sweep_leaves_nothing_mortal_and_no_counter_off(
        FullPolicy policy, NewerRecordRule rule) => Replayable.Check(Steps, times: 200, async steps =>
        {
            var clock = new Testing.ManualTimeProvider();
            using var engine = new PeerstoreEngine(Tight with { WhenFull = policy, NewerRecord = rule }, clock);
            var store = new MemoryPeerstore(engine);
            foreach (var step in steps)
            {
                await TakeAsync(step, store, clock);
                await AssertCountersAsync(engine);
            }

            await AssertNothingMortalIsLeftAsync(engine, store, clock);
            await AssertNothingIsLeftAsync(engine, store);
        });

    private static async Task TakeAsync(RandomStep step, MemoryPeerstore store, Testing.ManualTimeProvider clock)
    {
        switch (step.Kind)
        {
            case StepKind.Operate:
                await step.Operation!.RunAsync(store, Peers[step.Peer]);
                break;
            case StepKind.Advance:
                clock.Advance(step.By);
                break;
            default:
                await store.SweepAsync();
                break;
        }
    }

    /// <summary>What is counted is what is held, and no more than is allowed.</summary>
    private static async Task AssertCountersAsync(PeerstoreEngine engine)
    {
        var held = await CountAsync(engine);
        Assert.Empty(engine.Check());
        Assert.InRange(held.Peers, 0, Tight.MaxPeers);
        Assert.InRange(held.Mortal, 0, Tight.MaxAddresses);
        Assert.InRange(held.Records, 0, Tight.MaxSignedRecords);
        Assert.InRange(held.MostEndless, 0, Tight.MaxEndlessAddressesPerPeer);
    }

    private static async Task AssertNothingMortalIsLeftAsync(
        PeerstoreEngine engine, MemoryPeerstore store, Testing.ManualTimeProvider clock)
    {
        foreach (var peer in Peers)
        {
            await store.Addresses.UpdateAsync(peer.Id, AddressTtl.Connected, AddressTtl.RecentlyConnected);
        }

        clock.Advance(LongestLifetime);
        engine.Sweep();
        await AssertCountersAsync(engine);
        Assert.Equal(0, engine.AddressCount);
        foreach (var peer in Peers)
        {
            Assert.All(
                await store.Addresses.GetDetailsAsync(peer.Id),
                static address => Assert.Equal(AddressTtl.Permanent, address.Ttl));
        }
    }

    private static async Task AssertNothingIsLeftAsync(PeerstoreEngine engine, MemoryPeerstore store)
    {
        foreach (var peer in Peers)
        {
            await store.Addresses.ClearAsync(peer.Id);
            await store.RemovePeerAsync(peer.Id);
        }

        Assert.Equal(default, await CountAsync(engine));
        await AssertCountersAsync(engine);
    }

    private static async Task<HeldCounts> CountAsync(PeerstoreEngine engine)
    {
        var held = default(HeldCounts);
        var peers = engine.ListAsync(
            (in view, _) =>
            {
                held += HeldCounts.Of(view);
                return true;
            },
            CancellationToken.None);
        await peers.ToSetAsync();
        return held;
    }
}
