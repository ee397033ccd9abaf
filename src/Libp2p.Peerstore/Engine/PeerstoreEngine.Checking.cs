using System.Diagnostics;

namespace Libp2p.Peerstore;

/// <summary>Whether everything in the engine agrees with everything else.</summary>
internal sealed partial class PeerstoreEngine
{
    // How many hands hold places; counted in builds for debugging.
    private int _hands;

    /// <summary>Walks everything: records, index, queues, blocks, counters, shared sets. For tests and tools; nobody may change anything meanwhile.</summary>
    /// <returns>What is wrong, as sentences; none where all is well.</returns>
    public IReadOnlyList<string> Check()
    {
        List<string> faults = [];
        var held = default(HeldCounts);
        foreach (var shard in _shards)
        {
            held += shard.Check(faults);
        }

        Expect(faults, "peers", held.Peers, PeerCount);
        Expect(faults, "addresses with an end", held.Mortal, AddressCount);
        Expect(faults, "signed records", held.Records, RecordCount);
        var (_, users) = _sets.Count();
        Expect(faults, "peers with protocols", held.WithProtocols, users);
        return faults;
    }

    [Conditional("DEBUG")]
    private void CountHand(int change) => Interlocked.Add(ref _hands, change);

    private static void Expect(List<string> faults, string what, long held, long counted)
    {
        if (held != counted)
        {
            faults.Add($"{held} {what} are held and {counted} are counted");
        }
    }

    /// <summary>In builds for debugging every store is walked when it is closed, once nobody has places in hand any more.</summary>
    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _hands) > 0)
        {
            spin.SpinOnce();
        }

        if (Check() is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"The engine is not in order: {string.Join("; ", faults)}.");
        }
    }
}
