using System.Collections.ObjectModel;

namespace Libp2p.Peerstore;

/// <summary>A set of protocol IDs that one or many peers speak. Immutable but for its count of users.</summary>
internal sealed class ProtocolSet
{
    private const int MaxAnswers = 8;

    // Answers that were given, so that a question that is asked again and again costs no memory. Replaced, never changed;
    // one that another thread's replacement loses is made again.
    private ReadOnlyCollection<string>[] _answers = [];

    public ProtocolSet(uint number, string[] sorted)
    {
        const int SizeOfSet = 128;
        const int SizeOfText = 32;
        (Number, Sorted, All) = (number, sorted, new(sorted));
        Size = SizeOfSet;
        foreach (var protocol in sorted)
        {
            Size += SizeOfText + (sizeof(char) * protocol.Length);
        }
    }

    /// <summary>The set of those that speak nothing; number 0.</summary>
    public static ProtocolSet Empty { get; } = new(0, []);

    public uint Number { get; }

    /// <summary>The bytes of the texts and of what holds them, nearly.</summary>
    public long Size { get; }

    /// <summary>By their characters, each once. Never changed, never handed out.</summary>
    public string[] Sorted { get; }

    public ReadOnlyCollection<string> All { get; }

    /// <summary>How many peers have it. Guarded by the gate of <see cref="ProtocolSets"/>.</summary>
    public int Users { get; set; }

    public bool Contains(string protocol) => Find(protocol) is not null;

    /// <summary>The first of several that is in the set.</summary>
    public string? FindFirst(IReadOnlyList<string> asked)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            if (Find(asked[i]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Those of several that are in the set, in the order asked and as often as asked.</summary>
    public ReadOnlyCollection<string> FindAll(IReadOnlyList<string> asked)
    {
        var answers = _answers;
        foreach (var answer in answers)
        {
            if (IsAnswer(answer, asked))
            {
                return answer;
            }
        }

        List<string> found = [];
        for (var i = 0; i < asked.Count; i++)
        {
            if (Find(asked[i]) is { } protocol)
            {
                found.Add(protocol);
            }
        }

        var made = found.Count == 0 ? ReadOnlyCollection<string>.Empty : new(found.ToArray());
        _answers = [made, .. answers.Take(MaxAnswers - 1)];
        return made;
    }

    private bool IsAnswer(ReadOnlyCollection<string> answer, IReadOnlyList<string> asked)
    {
        var next = 0;
        for (var i = 0; i < asked.Count; i++)
        {
            if (next < answer.Count && string.Equals(answer[next], asked[i], StringComparison.Ordinal))
            {
                next++;
            }
            else if (Contains(asked[i]))
            {
                return false;
            }
        }

        return next == answer.Count;
    }

    private string? Find(string protocol)
    {
        var (low, high) = (0, Sorted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Sorted[middle], protocol);
            if (order == 0)
            {
                return Sorted[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
