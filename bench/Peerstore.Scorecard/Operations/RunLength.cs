namespace Peerstore.Scorecard.Operations;

/// <summary>How long an operation is measured.</summary>
/// <param name="Rounds">Rounds, of which the median counts.</param>
/// <param name="PicksPerRound">Picks that end a round.</param>
/// <param name="SecondsPerRound">Timed seconds that end a round before, where given.</param>
internal readonly record struct RunLength(int Rounds, int PicksPerRound, double? SecondsPerRound)
{
    private const int UsualRounds = 5;
    private const int UsualPicks = 1_000_000;
    private const double LongestWarmUp = 0.5;

    /// <summary>The time before the first round, in which the code gets compiled as well as it will be.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Min(LongestWarmUp, SecondsPerRound * Rounds ?? LongestWarmUp));

    /// <summary>So many picks, or so many timed seconds for each operation, whichever comes first.</summary>
    /// <param name="seconds">The seconds, where given. More than one raise the number of picks as well.</param>
    /// <param name="picks">The picks.</param>
    public static RunLength Of(double? seconds, int picks = UsualPicks) =>
        new(UsualRounds, (int)(picks * Math.Max(1, seconds ?? 1)) / UsualRounds, seconds / UsualRounds);

    /// <summary>Whether a round is over.</summary>
    /// <param name="picks">Picks made in it.</param>
    /// <param name="seconds">Seconds timed in it.</param>
    public bool IsOver(int picks, double seconds) => picks >= PicksPerRound || seconds >= SecondsPerRound;
}
