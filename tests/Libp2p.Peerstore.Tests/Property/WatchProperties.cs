using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

public class WatchProperties
{
    /// <summary>Edits that do not remove and add the same address: whether that makes it new is nobody's concern.</summary>
    private static readonly PeerOperation[] Edits =
        [.. SamplePeer.Addresses.Select(static address => EditOperations.Edit(AddressOperations.Add([address], Sample.Hour)))];

    private static readonly Gen<RandomStep> Steps = Gen.Frequency(
        (10, RandomStep.Operate([.. OperationCatalogue.Addresses, .. OperationCatalogue.Records, Edits], peers: 2)),
        (1, RandomStep.Advance),
        (5, RandomStep.Of(StepKind.Read)));

    private static readonly SamplePeer Watched = new();
    private static readonly SamplePeer Other = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_snapshot_and_its_updates_are_the_stores_answer(int buffer) => Replayable.Check(Steps, times: 200, async steps =>
    {
        await using var store = await TestStore.OpenAsync(
            StoreKind.Memory, new() { WatchBuffer = buffer, SweepInterval = TimeSpan.Zero });

        // A reader that finds nothing would wait for something, and then read it at a time of its own.
        await store.Addresses.AddAsync(Watched.Id, [Sample.Tcp], AddressTtl.Permanent);
        await using var reader = await WatchReader.StartAsync(store, Watched.Id);
        foreach (var step in steps)
        {
            await TakeAsync(step, store, reader);
        }

        await reader.ReadAllAsync();
        Assert.Superset(await LiveAsync(store), reader.Reported);
        await reader.AssertNothingMoreAsync();
    });

    private static async Task TakeAsync(RandomStep step, TestStore store, WatchReader reader)
    {
        switch (step.Kind)
        {
            case StepKind.Operate:
                var before = await LiveAsync(store);
                await step.Operation!.RunAsync(store.Peers, step.Peer == 0 ? Watched : Other);
                reader.Expect((await LiveAsync(store)).Except(before));
                break;
            case StepKind.Advance:
                store.Clock.Advance(step.By);
                break;
            default:
                await reader.ReadAsync();
                break;
        }
    }

    private static async Task<HashSet<Multiaddr>> LiveAsync(TestStore store) =>
        [.. await store.Addresses.GetAsync(Watched.Id)];
}
