using System.Globalization;

namespace Peerstore.Scorecard.Measuring;

/// <summary>How long the scheduler of Linux ran the current thread, and how long it let it wait for a core.</summary>
/// <remarks>
/// What is in neither, the thread was blocked: it waited for a lock, or for the garbage collector. On a machine with fewer
/// cores than busy threads this says what is the store's and what is the machine's.
/// </remarks>
/// <param name="RunningNs">On a core.</param>
/// <param name="WaitingNs">Ready to run, while others had the cores.</param>
internal readonly record struct ThreadTime(long RunningNs, long WaitingNs)
{
    private const string Source = "/proc/thread-self/schedstat";

    /// <summary>Reads it; null where the system does not say.</summary>
    public static ThreadTime? Read()
    {
        if (!File.Exists(Source))
        {
            return null;
        }

        var numbers = File.ReadAllText(Source).Split(' ');
        return new(long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public static ThreadTime operator -(ThreadTime left, ThreadTime right) =>
        new(left.RunningNs - right.RunningNs, left.WaitingNs - right.WaitingNs);
}
