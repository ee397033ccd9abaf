using System.Globalization;
using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Replays the steps of a scenario against a new store.</summary>
internal sealed class ScenarioReplayer(
    Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore, CheckLog log)
{
    public async ValueTask RunAsync(JsonElement document, CancellationToken cancellationToken)
    {
        var clock = new ManualTimeProvider(StartOf(document));
        var options = ScenarioOptions.Read(document);
        var store = await openStore(clock, options).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var replay = new Replay(store, clock, options, log) { CancellationToken = cancellationToken };
            if (document.Optional("peers") is { ValueKind: JsonValueKind.Object } peers)
            {
                replay.AddPeers(peers);
            }

            await RunStepsAsync(document, replay).ConfigureAwait(false);
        }
    }

    private async ValueTask RunStepsAsync(JsonElement document, Replay replay)
    {
        var handlers = StepHandlers.For(replay);
        var index = 0;
        foreach (var fields in document.Items("steps"))
        {
            replay.CancellationToken.ThrowIfCancellationRequested();
            var step = new ScenarioStep(index++, fields);
            if (replay.IsInexpressible)
            {
                SkipInexpressible(step);
                continue;
            }

            try
            {
                if (!handlers.TryGetValue(step.Operation, out var handler))
                {
                    throw new DocumentException("there is no such operation");
                }

                await handler(step).ConfigureAwait(false);
                if (replay.IsInexpressible)
                {
                    SkipInexpressible(step);
                }
            }
            catch (DocumentException exception)
            {
                log.Fail(step.Index, step.Operation, "a step that can be read", exception.Message);
            }
        }
    }

    private void SkipInexpressible(ScenarioStep step)
    {
        if (step.HasAnswer)
        {
            log.Skip(SkipRules.FinerTime);
        }
    }

    private static DateTimeOffset StartOf(JsonElement document) =>
        DateTimeOffset.TryParse(
            document.Text("start"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? start
            : throw new DocumentException("\"start\" is not an instant");
}
