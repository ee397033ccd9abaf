namespace Libp2p.Peerstore.Testing;

/// <summary>Collects what the checks of one document found.</summary>
internal sealed class CheckLog(string document)
{
    private readonly List<ConformanceMismatch> _mismatches = [];
    private readonly Dictionary<ConformanceRule, int> _skips = [];
    private readonly Dictionary<ConformanceRule, int> _differences = [];
    private int _passed;

    public void Pass() => _passed++;

    public void Fail(int step, string operation, string wanted, string got) => _mismatches.Add(new ConformanceMismatch(
        document, step, DisplayText.Of(operation), DisplayText.Of(wanted), DisplayText.Of(got)));

    public void Compare(int step, string operation, string wanted, string got)
    {
        if (string.Equals(wanted, got, StringComparison.Ordinal))
        {
            Pass();
        }
        else
        {
            Fail(step, operation, wanted, got);
        }
    }

    public void Skip(ConformanceRule rule) => _skips[rule] = _skips.GetValueOrDefault(rule) + 1;

    public void Differ(ConformanceRule rule) => _differences[rule] = _differences.GetValueOrDefault(rule) + 1;

    public ConformanceReport ToReport() => new()
    {
        Passed = _passed,
        Mismatches = _mismatches,
        Skips = Sorted(_skips),
        Differences = Sorted(_differences),
    };

    private static List<ConformanceRuleCount> Sorted(Dictionary<ConformanceRule, int> counts) =>
    [
        .. counts
            .Select(static pair => new ConformanceRuleCount(pair.Key, pair.Value))
            .OrderBy(static count => count.Rule.Id, StringComparer.Ordinal),
    ];
}
