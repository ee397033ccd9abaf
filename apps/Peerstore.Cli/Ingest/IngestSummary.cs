using System.Text.Json.Serialization;
using Libp2p;

namespace Peerstore.Cli.Ingest;

/// <summary>What an ingestion read, and what became of it, in numbers.</summary>
internal sealed class IngestSummary
{
    private readonly HashSet<PeerId> _peers = [];

    /// <summary>The lines.</summary>
    public LineCounts Lines { get; } = new();

    /// <summary>Distinct peers of which something was stored.</summary>
    public int Peers => _peers.Count;

    /// <summary>The addresses, counted each time a line names them.</summary>
    public AddressCounts Addresses { get; } = new();

    /// <summary>The signed records.</summary>
    public RecordCounts Records { get; } = new();

    /// <summary>Attempts to reach a peer that are said to have worked.</summary>
    public long DialsThatWorked { get; set; }

    /// <summary>Attempts to reach a peer that are said to have failed.</summary>
    public long DialsThatFailed { get; set; }

    /// <summary>The good events, by name.</summary>
    public SortedDictionary<string, long> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>The bad lines, by reason.</summary>
    public SortedDictionary<string, long> BadLines { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there were lines and not one of them was of a known format.</summary>
    [JsonIgnore]
    public bool NothingRecognized => Lines.Recognized == 0 && Lines.Read > Lines.Blank;

    /// <summary>Notes that something of a peer was stored.</summary>
    /// <param name="peer">The peer.</param>
    public void Touch(PeerId peer) => _peers.Add(peer);

    /// <summary>Counts one line.</summary>
    /// <param name="format">What kind of line it was.</param>
    /// <param name="problem">What was wrong with it, or null.</param>
    public void Count(LineFormat format, LineProblem? problem)
    {
        Lines.Read++;
        if (format == LineFormat.Blank)
        {
            Lines.Blank++;
        }
        else if (format != LineFormat.Unknown)
        {
            Lines.Recognized++;
        }

        if (problem is not { } bad)
        {
            return;
        }

        Lines.Bad++;
        Increment(BadLines, bad.Reason);
        if (Reasons.IsOfRecord(bad.Reason))
        {
            Increment(Records.Refused, bad.Reason);
        }
    }

    /// <summary>Counts one good line.</summary>
    /// <param name="observation">What it says.</param>
    public void Count(Observation observation)
    {
        Lines.Good++;
        if (observation.Event is { } name)
        {
            Increment(Events, name);
        }

        if (observation.Dial == DialResult.Worked)
        {
            DialsThatWorked++;
        }

        if (observation.Dial == DialResult.Failed)
        {
            DialsThatFailed++;
        }
    }

    /// <summary>Adds to a count that may not be there yet.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="name">Which.</param>
    public static void Increment(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;
}
