using System.Diagnostics;
using System.Runtime.InteropServices;
using Libp2p;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Measuring;

/// <summary>
/// What no store can beat on this machine at this moment: a bare dictionary of peer IDs, as large as the store, and 304
/// bytes of payload read at a random place.
/// </summary>
/// <remarks>
/// Other tenants slow a shared machine down by half and more. They slow the floor down as well; the ratio to a floor
/// taken a moment ago is what can be compared between runs.
/// </remarks>
internal sealed class Floor
{
    private const int SlotWords = 40;
    private const int TouchedWords = 38;
    private const int SlotsPerBlock = 3_276;
    private const int PicksPerRound = 20_000;
    private readonly Dictionary<PeerId, int> _slots;
    private readonly ulong[][] _blocks;
    private readonly WireData _data;
    private readonly PickList _picks;
    private readonly int[] _numbers;
    private readonly PeerId[] _ids;

    /// <summary>Makes the table.</summary>
    /// <param name="data">The peers.</param>
    /// <param name="peers">How many there are.</param>
    public Floor(WireData data, int peers)
    {
        _data = data;
        _picks = new PickList(peers, seed: 3);
        _numbers = new int[Math.Min(PicksPerRound, peers)];
        _ids = new PeerId[_numbers.Length];
        _slots = new(peers);
        _blocks = new ulong[(peers / SlotsPerBlock) + 1][];
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new ulong[SlotsPerBlock * SlotWords];
        }

        for (var number = 0; number < peers; number++)
        {
            _slots.Add(data.Id(number), number);
            SlotOf(number).Fill((ulong)number);
        }
    }

    /// <summary>Takes the floor now, in nanoseconds for each look-up.</summary>
    public double Measure()
    {
        _picks.Take(_numbers);
        for (var i = 0; i < _numbers.Length; i++)
        {
            _ids[i] = _data.Id(_numbers[i]);
        }

        var start = Stopwatch.GetTimestamp();
        var wrong = 0;
        for (var i = 0; i < _ids.Length; i++)
        {
            wrong += _slots.TryGetValue(_ids[i], out var slot) && Sum(slot) == (ulong)_numbers[i] * TouchedWords ? 0 : 1;
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        WrongAnswerException.ThrowIfAny("the floor", wrong);
        return elapsed.TotalNanoseconds / _ids.Length;
    }

    /// <summary>Takes the floor several times, until the code is compiled and the caches are as they are.</summary>
    public double MeasureThoroughly()
    {
        for (var i = 0; i < 20; i++)
        {
            _ = Measure();
        }

        return Statistics.Median(Enumerable.Range(0, 9).Select(_ => Measure()));
    }

    private ulong Sum(int slot)
    {
        var sum = 0UL;
        foreach (var word in SlotOf(slot)[..TouchedWords])
        {
            sum += word;
        }

        return sum;
    }

    private Span<ulong> SlotOf(int slot)
    {
        var block = _blocks[slot / SlotsPerBlock];
        return MemoryMarshal.CreateSpan(ref block[slot % SlotsPerBlock * SlotWords], SlotWords);
    }
}
