namespace Peerstore.CrashHarness;

/// <summary>How a soak runs.</summary>
internal sealed record SoakSettings
{
    /// <summary>What chance begins with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Operations per second.</summary>
    public int Rate { get; init; } = 20_000;

    /// <summary>Peers that stay, as far as they are not removed and come again.</summary>
    public int Peers { get; init; } = 100_000;

    /// <summary>How long the store is open before it is closed, or its process killed.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is opened.</summary>
    public int Lives { get; init; } = 10;

    /// <summary>The lives that do not count for a trend: the store fills up.</summary>
    public int WarmUp { get; init; } = 2;

    /// <summary>By how much memory and file may be larger in the second half of the lives than in the first.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>What completed so shortly before a kill need not be there.</summary>
    public TimeSpan Grace { get; init; } = CrashSeries.Window + TimeSpan.FromMilliseconds(400);
}
