namespace Peerstore.Scorecard;

/// <summary>The store answered wrongly while it was timed.</summary>
/// <param name="what">What was measured.</param>
/// <param name="wrong">How many answers were wrong.</param>
internal sealed class WrongAnswerException(string what, long wrong) : ScorecardException(
    $"{wrong} answers of '{what}' were wrong: nothing that was measured counts.", ScorecardApp.WrongAnswer)
{
    /// <summary>Throws where an answer was wrong.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="wrong">How many answers were wrong.</param>
    public static void ThrowIfAny(string what, long wrong)
    {
        if (wrong != 0)
        {
            throw new WrongAnswerException(what, wrong);
        }
    }
}
