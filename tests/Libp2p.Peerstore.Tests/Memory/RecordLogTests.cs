using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Tests;

public sealed class RecordLogTests : IDisposable
{
    private readonly BlockSource _blocks = new(new());
    private readonly PeerIndex _index = new(new());
    private readonly RecordLog _log;
    private readonly Dictionary<PeerId, byte[]> _model = [];
    private readonly Random _random = Seeded.Start();

    public RecordLogTests() => _log = new(_blocks);

    public void Dispose() => _blocks.Dispose();

    [Theory]
    [InlineData(400)]
    [InlineData(80_000)]
    public void After_any_sequence_of_changes_every_frame_is_found_as_it_was_written(int longest)
    {
        PeerId[] peers = [.. Enumerable.Range(0, 200).Select(static _ => Sample.NewPeer())];
        for (var i = 0; i < 20_000; i++)
        {
            var peer = peers[_random.Next(peers.Length)];
            if (_random.Next(3) == 0)
            {
                Remove(peer);
            }
            else
            {
                Write(peer, _random.Next(longest));
            }

            _log.Clean(_index, share: 5);
        }

        Drain();
        AssertAsModel();
    }

    [Fact]
    public void A_frame_that_fills_an_ordinary_block_goes_back_to_where_its_memory_came_from()
    {
        var peer = Sample.NewPeer();
        var fills = BlockSource.BlockSize - Frame.HeaderLength - peer.Length;
        Write(peer, fills);
        var before = _blocks.Use.Bytes;
        for (var i = 0; i < 100; i++)
        {
            Remove(peer);
            Write(peer, fills);
        }

        Assert.Equal(before, _blocks.Use.Bytes);
        AssertAsModel();
    }

    [Fact]
    public void A_frame_of_a_block_of_its_own_that_shrinks_leaves_no_gap()
    {
        var (large, small) = (Sample.NewPeer(), Sample.NewPeer());
        Write(large, 100_000);
        Write(small, 10);
        Write(large, 20_000);
        Write(large, 10);
        Drain();
        Assert.Equal(_log.Live, _log.Used);
        AssertAsModel();
    }

    [Fact]
    public void What_is_cut_off_moved_or_freed_is_overwritten()
    {
        var peer = Sample.NewPeer();
        Write(peer, 400);
        var before = Bytes(peer, 400);
        Assert.Contains(before.ToArray(), static value => value != 0);
        Write(peer, 8);
        // Behind the frame and the mark of the gap.
        Assert.DoesNotContain(before[68..].ToArray(), static value => value != 0);

        var second = Sample.NewPeer();
        Write(second, 400);
        before = Bytes(second, 400);
        Remove(second);
        Assert.DoesNotContain(before[4..].ToArray(), static value => value != 0);
    }

    [Fact]
    public void Gaps_are_a_share_of_what_lives_whatever_the_sizes()
    {
        PeerId[] peers = [.. Enumerable.Range(0, 5_000).Select(static _ => Sample.NewPeer())];
        for (var i = 0; i < 100_000; i++)
        {
            Write(peers[_random.Next(peers.Length)], _random.Next(400));
            _log.Clean(_index, share: 5);
        }

        Assert.InRange(_log.Used, _log.Live, (long)(_log.Live * 1.3) + (2 * BlockSource.BlockSize));
        AssertAsModel();
    }

    [Fact]
    public void What_is_removed_is_given_back()
    {
        for (var i = 0; i < 20_000; i++)
        {
            Write(Sample.NewPeer(), 200);
        }

        foreach (var peer in _model.Keys.Skip(200).ToArray())
        {
            Remove(peer);
        }

        Drain();
        Assert.InRange(_log.Used, _log.Live, 2 * BlockSource.BlockSize);
        AssertAsModel();
    }

    private void Drain()
    {
        var steps = 0;
        while (_log.Clean(_index, share: 8))
        {
            Assert.InRange(++steps, 0, 100_000);
        }
    }

    /// <summary>The memory where a peer's frame stands, also of what stood there before.</summary>
    private ReadOnlySpan<byte> Bytes(PeerId peer, int length)
    {
        var frame = _log[_index.HandleAt(_index.Find(PeerIndex.HashOf(peer), peer, _log))];
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(frame), length);
    }

    private void Write(PeerId peer, int length)
    {
        var frame = new byte[Frame.HeaderLength + peer.Length + length];
        _random.NextBytes(frame.AsSpan(Frame.HeaderLength + peer.Length));
        Frame.WriteHeader(frame, peer, protocols: 7, stamp: _random.NextInt64());
        var hash = PeerIndex.HashOf(peer);
        var slot = _index.Find(hash, peer, _log);
        _model[peer] = frame;
        if (slot < 0)
        {
            _index.Add(hash, _log.Append(frame));
        }
        else if (_index.HandleAt(slot) is var handle && !_log.TryReplace(handle, frame))
        {
            _index.Set(slot, _log.Append(frame));
            _log.Free(handle);
        }
    }

    private void Remove(PeerId peer)
    {
        if (_model.Remove(peer))
        {
            var slot = _index.Find(PeerIndex.HashOf(peer), peer, _log);
            _log.Free(_index.HandleAt(slot));
            _index.RemoveAt(slot);
        }
    }

    private void AssertAsModel()
    {
        List<string> faults = [];
        _log.Check(faults);
        Assert.Empty(faults);
        Assert.Equal(_model.Count, _index.Count);
        foreach (var (peer, frame) in _model)
        {
            var slot = _index.Find(PeerIndex.HashOf(peer), peer, _log);
            Assert.True(slot >= 0);
            Assert.True(_log[_index.HandleAt(slot)].SequenceEqual(frame));
        }
    }
}
