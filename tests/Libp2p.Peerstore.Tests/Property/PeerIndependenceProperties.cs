using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

public class PeerIndependenceProperties
{
    private static readonly Gen<RandomStep> Steps = Gen.Frequency(
        (12, RandomStep.Operate(OperationCatalogue.All)),
        (2, RandomStep.Advance),
        (1, RandomStep.Of(StepKind.Sweep)));

    [Theory]
    [InlineData(NewerRecordRule.KeepFormer)]
    [InlineData(NewerRecordRule.ReplaceFormer)]
    public void The_answers_about_a_peer_depend_only_on_that_peers_operations(NewerRecordRule rule) =>
        Replayable.Check(Steps, times: 400, async steps =>
        {
            await using var store = await TestStore.OpenAsync(
                StoreKind.Memory, new() { NewerRecord = rule, SweepInterval = TimeSpan.Zero });
            await new ModelRun(store, rule).TakeAsync(steps);
        });
}
