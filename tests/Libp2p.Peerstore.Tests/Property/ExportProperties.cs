using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

public class ExportProperties
{
    private static readonly Gen<RandomStep> Steps = Gen.Frequency(
        (20, RandomStep.Operate(OperationCatalogue.All)),
        (2, RandomStep.Advance),
        (1, RandomStep.Of(StepKind.Sweep)),
        (2, RandomStep.Of(StepKind.Move)));

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public void What_is_exported_and_imported_at_any_point_is_the_same_store_but_ends_connections(StoreKind first) =>
        Replayable.Check(Steps, times: 40, async steps =>
        {
            await using var store = await TestStore.OpenAsync(first);
            await new ModelRun(store, NewerRecordRule.KeepFormer).TakeAsync(steps.Append(new(StepKind.Move)));
        });

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public void Importing_a_second_time_changes_nothing(StoreKind kind) =>
        Replayable.Check(RandomStep.Operate(OperationCatalogue.All), times: 40, async steps =>
        {
            await using var store = await TestStore.OpenAsync(kind);
            await new ModelRun(store, NewerRecordRule.KeepFormer).TakeAsync(steps);
            var export = await ExportBytes.OfAsync(store.Peers, new() { PrivateKeysInClear = true });

            var own = await store.Peers.ImportAsync(export, new() { PrivateKeys = true, PermanentAddresses = true });

            // What is connected is not made to end by its own export.
            Assert.Equal((own.Entries, 0), (own.Unchanged, own.Problems.Count));
            Assert.Equal(export, await ExportBytes.OfAsync(store.Peers, new() { PrivateKeysInClear = true }));
        });
}
