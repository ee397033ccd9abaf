namespace Peerstore.Scorecard.Operations;

/// <summary>How long an operation is measured.</summary>
/// <param name="Rounds">Rounds, of which the median counts.</param>
/// <param name="PicksPerRound">Picks that end a round.</param>
/// <param name="SecondsPerRound">Timed seconds that end a round instead, where given.</param>
internal readonly record struct RunLength(int Rounds, int PicksPerRound, double? SecondsPerRound)
{
    private const int UsualRounds = 5;
    private const int UsualPicks = 1_000_000;
    private const double LongestWarmUp = 0.5;

    /// <summary>Timed seconds before the first round, in which the code gets compiled.</summary>
    public double WarmUpSeconds => Math.Min(LongestWarmUp, SecondsPerRound * Rounds ?? LongestWarmUp);

    /// <summary>So many picks, or so many seconds for each operation.</summary>
    /// <param name="seconds">The seconds, where given.</param>
    /// <param name="picks">The picks, where no seconds are given.</param>
    public static RunLength Of(double? seconds, int picks = UsualPicks) =>
        new(UsualRounds, picks / UsualRounds, seconds / UsualRounds);

    /// <summary>Whether a round is over.</summary>
    /// <param name="picks">Picks made in it.</param>
    /// <param name="seconds">Seconds timed in it.</param>
    public bool IsOver(int picks, double seconds) => SecondsPerRound is { } limit ? seconds >= limit : picks >= PicksPerRound;
}
