using System.Globalization;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Flips bits of a file, a fresh copy each time, opens it, and compares every answer with those of the undamaged one.</summary>
public sealed class BitFlipSeries(PrivateKeyProtection protection, int seed, TextWriter output)
{
    private const int MaxWrongsShown = 20;

    private readonly Random _random = new(seed);
    private readonly Dictionary<FlipOutcome, int> _counts = Enum.GetValues<FlipOutcome>().ToDictionary(static one => one, static _ => 0);
    private FlippedFile _file = null!;
    private int _mostMissing;

    /// <summary>How many peers the file has, a quarter of which are removed again. Default 120.</summary>
    public int Peers { get; init; } = 120;

    /// <summary>Whether only the header of the file and the beginnings of its pages are hit. Default no.</summary>
    public bool IsInStructure { get; init; }

    /// <summary>What became of the files so far.</summary>
    public IReadOnlyDictionary<FlipOutcome, int> Counts => _counts;

    /// <summary>Runs it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="runs">How often.</param>
    /// <returns>How often something was wrong.</returns>
    public async Task<int> RunAsync(string folder, int runs)
    {
        var path = Path.Combine(folder, "peers.db");
        _file = new(protection, Peers);
        await _file.MakeAsync(path, _random);
        var flips = new BitFlips(_random, IsInStructure);
        for (var run = 1; run <= runs; run++)
        {
            foreach (var left in Directory.GetFiles(folder))
            {
                File.Delete(left);
            }

            var bytes = _file.Bytes.ToArray();
            var flipped = flips.Apply(bytes);
            await File.WriteAllBytesAsync(path, bytes);
            var (outcome, reason) = await LookAsync(path, bytes);
            if (++_counts[outcome] <= MaxWrongsShown && outcome is FlipOutcome.Wrong or FlipOutcome.Refused)
            {
                await output.WriteLineAsync($"{run}: {flipped}: {outcome}: {reason}");
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} flips, seed {seed}, {_file.Bytes.Length} bytes, {_file.Image.Count} peers: {string.Join(", ", _counts.Select(static one => $"{one.Value} {one.Key}"))}, at most {_mostMissing} peers missing after one"));
        return _counts[FlipOutcome.Wrong];
    }

    private async Task<(FlipOutcome Outcome, string? Reason)> LookAsync(string path, byte[] damaged)
    {
        try
        {
            var check = await PeerstoreFile.CheckAsync(path);
            var (outcome, reason) = await OpenAsync(path, damaged);
            if (check.IsClean && outcome is not FlipOutcome.Harmless)
            {
                return (FlipOutcome.Wrong, $"a check finds nothing, opening it was {outcome}: {reason}");
            }

            var after = await PeerstoreFile.CheckAsync(path);
            return after.IsClean ? (outcome, reason) : (FlipOutcome.Wrong, $"{after.Findings[0]}, after it was opened");
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.WrongFile)
        {
            return await IsAsync(path, damaged)
                ? (FlipOutcome.Refused, e.Message)
                : (FlipOutcome.Wrong, $"{e.Message} And it was changed.");
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.Damaged && e.Message.Contains("parameters of the private keys", StringComparison.Ordinal))
        {
            // Several bits have hit both copies, and nobody can make the salt anew.
            return (FlipOutcome.Refused, e.Message);
        }
        catch (Exception e)
        {
            // Whatever it is, it is what must not be.
            return (FlipOutcome.Wrong, $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0]}");
        }
    }

    private async Task<(FlipOutcome Outcome, string? Reason)> OpenAsync(string path, byte[] damaged)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path, _file.Options, _file.Clock);
        var wrong = Compare(await StoreImage.ReadAsync(store), store.DamagedAtOpening, store.SalvagedAtOpening);
        if (wrong is null && store.SalvagedAtOpening is { } salvage && !await IsAsync(salvage.DamagedFile, damaged))
        {
            wrong = "the damaged file was not kept as it was";
        }

        // What a reader does not see, a writer may still stumble over.
        foreach (var peer in _file.Image.Keys)
        {
            await store.Metrics.RecordLatencyAsync(peer, TimeSpan.FromSeconds(1));
        }

        await store.FlushAsync();
        var outcome = wrong is not null ? FlipOutcome.Wrong
            : store.SalvagedAtOpening is not null ? FlipOutcome.Salvaged
            : store.DamagedAtOpening > 0 ? FlipOutcome.Quarantined
            : FlipOutcome.Harmless;
        return (outcome, wrong ?? store.SalvagedAtOpening?.Reason);
    }

    private static async Task<bool> IsAsync(string path, byte[] bytes)
    {
        var found = await File.ReadAllBytesAsync(path);
        return found.AsSpan().SequenceEqual(bytes);
    }

    private string? Compare(Dictionary<PeerId, string> found, int reported, PeerstoreSalvage? salvage)
    {
        foreach (var (peer, image) in found)
        {
            if (!_file.Image.TryGetValue(peer, out var expected))
            {
                if (salvage is { MayIncludeRemoved: true })
                {
                    continue;
                }

                return $"{peer} is answered, which nobody stored";
            }

            if (!string.Equals(image, expected, StringComparison.Ordinal))
            {
                return $"{peer} is answered as {image}, and was {expected}";
            }
        }

        var missing = _file.Image.Count - found.Count;
        _mostMissing = Math.Max(missing, _mostMissing);
        return missing > reported && salvage is null ? $"{missing} peers are missing, {reported} reported" : null;
    }
}
