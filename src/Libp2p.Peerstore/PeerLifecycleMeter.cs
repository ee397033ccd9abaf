using System.Diagnostics.Metrics;

namespace Libp2p.Peerstore;

/// <summary>What the lifecycles of this process count, in the meter <see cref="PeerstoreMeter.Name"/>.</summary>
/// <remarks>Listeners are called on the thread of whoever reported the event, never under a lock.</remarks>
public static class PeerLifecycleMeter
{
    /// <summary>Dials that were reported; the tag <c>result</c> is <c>succeeded</c> or <c>failed</c>.</summary>
    public const string Dials = "libp2p.peerstore.dials";

    /// <summary>
    /// Peers whose grace period was over; the tag <c>result</c> is <c>removed</c>, <c>kept</c> or <c>failed</c>.
    /// </summary>
    public const string Departures = "libp2p.peerstore.departures";

    private const string ResultTag = "result";

    private static readonly Meter Meter = new(PeerstoreMeter.Name);
    private static readonly Counter<long> DialCounter = Meter.CreateCounter<long>(Dials);
    private static readonly Counter<long> DepartureCounter = Meter.CreateCounter<long>(Departures);

    internal static void CountDial(bool succeeded) =>
        DialCounter.Add(1, new KeyValuePair<string, object?>(ResultTag, succeeded ? "succeeded" : "failed"));

    internal static void CountDeparture(string result) =>
        DepartureCounter.Add(1, new KeyValuePair<string, object?>(ResultTag, result));
}
