namespace Libp2p.Peerstore.Tests;

public class ProtocolSetsTests
{
    private const int Burst = 100_000;
    private const int Staying = 1_000;
    private const int SetsPerPage = 16;

    private readonly ProtocolSets _sets = new(long.MaxValue);

    [Fact]
    public void After_a_burst_the_tables_need_no_more_than_for_those_that_were_there_before()
    {
        var staying = AcquireMany("staying", Staying);
        var needed = _sets.Room;
        var burst = AcquireMany("burst", Burst);
        Assert.InRange(_sets.Room.ByNumber, Burst, 2 * Burst);
        Assert.InRange(_sets.Room.ByContent, Burst, 4 * Burst);

        ReleaseAll(burst);
        Assert.Equal((Staying, (long)Staying), _sets.Count());
        Assert.InRange(_sets.Room.ByNumber, Staying, needed.ByNumber);
        Assert.InRange(_sets.Room.ByContent, Staying, 8 * Staying);
        AssertFound("staying", staying);
    }

    /// <summary>The worst that a burst can leave: of every hundred sets one stays, and none can be given another number.</summary>
    [Fact]
    public void After_a_burst_those_of_it_that_stay_keep_their_numbers_and_no_more_than_their_pages()
    {
        var burst = AcquireMany("burst", Burst);
        var staying = burst.Where(static (_, i) => i % (Burst / Staying) == 0).ToArray();
        ReleaseAll(burst.Except(staying));
        Assert.InRange(_sets.Room.ByNumber, Staying, (Staying + 1) * SetsPerPage);
        Assert.InRange(_sets.Room.ByContent, Staying, 8 * Staying);
        Assert.All(staying, set => Assert.Same(set, _sets[set.Number]));

        // What comes then fills the gaps from below.
        var (before, later) = (_sets.Room.ByNumber, AcquireMany("later", Staying));
        Assert.InRange(_sets.Room.ByNumber, before, before + Staying);
        Assert.All(later, static set => Assert.InRange(set.Number, 1u, 2u * Staying));
        AssertFound("later", later);
        ReleaseAll([.. staying, .. later]);
        Assert.Equal((0, 0L), _sets.Count());
        Assert.InRange(_sets.Room.ByNumber, 1, SetsPerPage);
    }

    [Fact]
    public void Every_set_has_a_number_of_its_own_whatever_comes_and_goes()
    {
        var (random, held) = (Seeded.Start(), new Dictionary<string, ProtocolSet>(StringComparer.Ordinal));
        for (var i = 0; i < 200_000; i++)
        {
            // Grows for a while, and shrinks for a while.
            var text = $"/{random.Next(3_000)}";
            if (held.Remove(text, out var former))
            {
                Assert.Same(former, _sets[former.Number]);
                _sets.Release(former);
            }
            else if (random.Next(10) < (i / 20_000 % 2 == 0 ? 10 : 1))
            {
                held[text] = _sets.Acquire([text]);
            }
        }

        Assert.Equal((held.Count, (long)held.Count), _sets.Count());
        Assert.Equal(held.Count, held.Values.Select(static set => set.Number).Distinct().Count());
        Assert.All(held, pair => Assert.Equal([pair.Key], _sets[pair.Value.Number].Sorted));
    }

    [Fact]
    public void Numbers_are_read_without_the_gate_while_tables_grow_and_shrink()
    {
        var staying = AcquireMany("staying", 40);
        using var threads = new WorkerThreads(4);
        for (var round = 0; round < 20; round++)
        {
            threads.RunRound(number =>
            {
                if (number == 0)
                {
                    ReleaseAll(AcquireMany("burst", 5_000));
                }

                for (var i = 0; i < 20_000 && number > 0; i++)
                {
                    var set = staying[i % staying.Length];
                    Assert.Same(set, _sets[set.Number]);
                }
            });
        }
    }

    [Fact]
    public void A_set_for_which_there_is_no_room_leaves_nothing_behind()
    {
        var sets = new ProtocolSets(maxSize: 1_000);
        List<ProtocolSet> held = [];
        for (var i = 0; sets.TryAcquire([$"/{i}"]) is { } set; i++)
        {
            held.Add(set);
        }

        var room = sets.Room;
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Null(sets.TryAcquire([$"/none/{i}"]));
        }

        Assert.Equal(room, sets.Room);
        Assert.Equal((held.Count, (long)held.Count), sets.Count());
        sets.Release(held[0]);
        Assert.NotNull(sets.TryAcquire(["/0"]));
    }

    private ProtocolSet[] AcquireMany(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(i => _sets.TryAcquire([$"/{name}/{i}"])!)];

    private void ReleaseAll(IEnumerable<ProtocolSet> sets)
    {
        foreach (var set in sets)
        {
            _sets.Release(set);
        }
    }

    private void AssertFound(string name, ProtocolSet[] sets)
    {
        for (var i = 0; i < sets.Length; i++)
        {
            Assert.Same(sets[i], _sets[sets[i].Number]);
            Assert.Same(sets[i], _sets.TryAcquire([$"/{name}/{i}"]));
            _sets.Release(sets[i]);
        }
    }
}
