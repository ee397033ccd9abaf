using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

public class ReopeningProperties
{
    private static readonly Gen<RandomStep> Steps = Gen.Frequency(
        (20, RandomStep.Operate(OperationCatalogue.All)),
        (2, RandomStep.Advance),
        (1, RandomStep.Of(StepKind.Sweep)),
        (2, RandomStep.Of(StepKind.Reopen)));

    [Fact]
    public void Reopening_at_any_point_changes_no_answer_but_ends_connections() =>
        Replayable.Check(Steps, times: 40, static async steps =>
        {
            await using var store = await TestStore.OpenAsync(StoreKind.Sqlite);
            await new ModelRun(store, NewerRecordRule.KeepFormer).TakeAsync(steps.Append(new(StepKind.Reopen)));
        });
}
