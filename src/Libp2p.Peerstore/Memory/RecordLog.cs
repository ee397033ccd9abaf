using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Libp2p.Peerstore;

/// <summary>The frames of a shard's peers, one behind the other in blocks. Guarded by the shard's gate.</summary>
/// <remarks>
/// <para>
/// A log: a new frame goes to the end of the block that is being filled, one that fits where it stands is written over,
/// and one that is freed leaves a gap. Gaps are never filled; when they are more than a share of the whole, a cleaner
/// moves what lives out of the block with the most of them and gives the block back. It moves a few frames at each
/// <see cref="Clean"/>, so that no change waits for a block. So memory in use stays within a fixed ratio of what lives,
/// whatever the sizes and the order of changes, without lists of free places and without rounding sizes up to classes.
/// </para>
/// <para>
/// A handle is the block's number in the high bits, the place in units of 8 bytes in the low ones. It changes when a
/// frame moves: only the <see cref="PeerIndex"/> holds handles, and the cleaner tells it. A frame that is larger than an
/// eighth of a block has one of its own, without a gap ever: it is replaced by one of the same space, or moves. Spans of
/// frames are good until the next change of the log; nobody holds one outside of the gate. What is freed, moved or cut off
/// is cleared, because it may have been a private key.
/// </para>
/// </remarks>
internal sealed unsafe partial class RecordLog(BlockSource source)
{
    private const int PlaceBits = 13;
    private const int FramesPerStep = 8;
    private const int LargestInBlock = BlockSource.BlockSize / 8;
    private const int CacheLine = 64;

    /// <summary>Gaps below this are not worth a move.</summary>
    private const int Slack = 1 << 10;

    private readonly List<Block> _blocks = [];
    private readonly Stack<int> _unused = [];
    private int _current = -1;
    private int _victim = -1;
    private int _cursor;

    /// <summary>The bytes that live frames occupy.</summary>
    public long Live { get; private set; }

    /// <summary>The bytes of all blocks up to where they are filled.</summary>
    public long Used { get; private set; }

    /// <summary>The frame at a handle.</summary>
    public Span<byte> this[uint handle]
    {
        get
        {
            var at = StartOf(handle);
            return new(at, (int)*(uint*)at);
        }
    }

    /// <summary>
    /// Asks for the cache lines behind the first of a frame that will be read: the processor fetches them all at once, and
    /// not one after the other (reading addresses: 0.93 to 0.87 of the floor).
    /// </summary>
    public void Prefetch(uint handle)
    {
        if (Sse.IsSupported)
        {
            var at = StartOf(handle);
            Sse.Prefetch0(at + CacheLine);
            Sse.Prefetch0(at + (2 * CacheLine));
            Sse.Prefetch0(at + (3 * CacheLine));
        }
    }

    public uint Append(ReadOnlySpan<byte> frame)
    {
        var space = Frame.SpaceOf(frame.Length);
        var number = BlockWithRoom(space);
        ref var block = ref At(number);
        var place = block.Used;
        frame.CopyTo(new Span<byte>(block.Start + place, space));
        block.Used += space;
        block.Live += space;
        Used += space;
        Live += space;
        return ((uint)number << PlaceBits) | (uint)(place / Frame.Alignment);
    }

    /// <summary>Writes over a frame if the new one is not larger than its space.</summary>
    public bool TryReplace(uint handle, ReadOnlySpan<byte> frame) =>
        TryReplace(handle, frame, mayLeaveGap: At(NumberOf(handle)).Capacity == BlockSource.BlockSize);

    /// <summary>
    /// Does so also where a gap remains in a block of the frame's own, until the frame is replaced again: what gives
    /// something up must not need memory for it.
    /// </summary>
    public bool TryShrink(uint handle, ReadOnlySpan<byte> frame) => TryReplace(handle, frame, mayLeaveGap: true);

    public void Free(uint handle)
    {
        var number = NumberOf(handle);
        var frame = this[handle];
        var space = Frame.SpaceOf(frame.Length);
        frame.Clear();
        Frame.Kill(frame, space);
        ref var block = ref At(number);
        block.Live -= space;
        Live -= space;
        if (block.Live == 0 && number != _current)
        {
            Release(number);
        }
    }

    /// <summary>Moves some frames out of the block with the most gaps, if gaps are more than a share of the whole.</summary>
    /// <param name="index">Who is told where frames stand now.</param>
    /// <param name="share">How many times as much must live as there may be gaps.</param>
    /// <returns>Whether there is more to do; false where memory is refused, for then the gaps stay until a later call.</returns>
    public bool Clean(PeerIndex index, int share)
    {
        try
        {
            return (_victim >= 0 || TryChooseVictim(share)) && CleanVictim(index);
        }
        catch (OutOfMemoryException)
        {
            // A frame is moved whole or not at all, and the change that this call is the last step of has been made.
            return false;
        }
    }

    /// <summary>Forgets all blocks, whose memory goes with their source.</summary>
    public void Forget()
    {
        _blocks.Clear();
        _unused.Clear();
        (_current, _victim, Live, Used) = (-1, -1, 0, 0);
    }

    private bool TryReplace(uint handle, ReadOnlySpan<byte> frame, bool mayLeaveGap)
    {
        var at = StartOf(handle);
        var (space, wanted) = (Frame.SpaceOf((int)*(uint*)at), Frame.SpaceOf(frame.Length));
        if (wanted > space || (wanted < space && !mayLeaveGap))
        {
            return false;
        }

        frame.CopyTo(new Span<byte>(at, space));
        new Span<byte>(at + frame.Length, space - frame.Length).Clear();
        if (wanted < space)
        {
            Frame.Kill(new Span<byte>(at + wanted, space - wanted), space - wanted);
            At(NumberOf(handle)).Live -= space - wanted;
            Live -= space - wanted;
        }

        return true;
    }

    private bool CleanVictim(PeerIndex index)
    {
        for (var moved = 0; moved < FramesPerStep; moved++)
        {
            if (_cursor >= At(_victim).Used)
            {
                Release(_victim);
                return true;
            }

            MoveNext(index);
        }

        return true;
    }

    private void MoveNext(PeerIndex index)
    {
        var at = At(_victim).Start + _cursor;
        var frame = new ReadOnlySpan<byte>(at, At(_victim).Used - _cursor);
        var (length, isDead) = (Frame.LengthOf(frame), Frame.IsDead(frame));
        var from = ((uint)_victim << PlaceBits) | (uint)(_cursor / Frame.Alignment);
        if (!isDead)
        {
            frame = frame[..length];
            var hash = PeerIndex.HashOf(PeerId.FromTrusted(Frame.IdOf(frame)));
            // Where memory is refused, nothing has happened yet.
            index.Move(hash, from, Append(frame));
            var moved = new Span<byte>(at, length);
            moved.Clear();
            Frame.Kill(moved, Frame.SpaceOf(length));
            At(_victim).Live -= Frame.SpaceOf(length);
            Live -= Frame.SpaceOf(length);
        }

        _cursor += Frame.SpaceOf(length);
    }

    private bool TryChooseVictim(int share)
    {
        if ((Used - Live) < Slack + (Live / share))
        {
            return false;
        }

        var most = 0;
        for (var number = 0; number < _blocks.Count; number++)
        {
            ref var block = ref At(number);
            if (number != _current && block.Start != null && block.Capacity == BlockSource.BlockSize
                && block.Used - block.Live > most)
            {
                most = block.Used - block.Live;
                _victim = number;
            }
        }

        if (_victim < 0 && _current >= 0 && At(_current).Used > At(_current).Live)
        {
            // All gaps are in the block that is being filled: the next frame begins another.
            (_victim, _current) = (_current, -1);
        }

        _cursor = 0;
        return _victim >= 0;
    }

    private int BlockWithRoom(int space)
    {
        if (space > LargestInBlock)
        {
            // One that fills an ordinary block gets one: the capacity tells where a block goes back to.
            var start = space == BlockSource.BlockSize ? source.Take() : source.TakeLarge(space);
            return Add(new Block { Start = start, Capacity = space });
        }

        if (_current < 0 || At(_current).Used + space > BlockSource.BlockSize)
        {
            var full = _current;
            _current = Add(new Block { Start = source.Take(), Capacity = BlockSource.BlockSize });
            if (full >= 0 && At(full).Live == 0)
            {
                Release(full);
            }
        }

        return _current;
    }

    private int Add(Block block)
    {
        if (_unused.TryPop(out var number))
        {
            _blocks[number] = block;
            return number;
        }

        _blocks.Add(block);
        _unused.EnsureCapacity(_blocks.Count);
        return _blocks.Count - 1;
    }

    private void Release(int number)
    {
        var block = At(number);
        if (block.Live != 0)
        {
            throw new InvalidOperationException("A block that is given back still holds a peer.");
        }

        Used -= block.Used;
        _blocks[number] = default;
        _unused.Push(number);
        _victim = _victim == number ? -1 : _victim;
        if (block.Capacity == BlockSource.BlockSize)
        {
            source.Return(block.Start);
        }
        else
        {
            source.ReturnLarge(block.Start);
        }
    }

    private static int NumberOf(uint handle) => (int)(handle >> PlaceBits);

    private byte* StartOf(uint handle)
    {
        const uint PlaceMask = (1u << PlaceBits) - 1;
        return At(NumberOf(handle)).Start + ((handle & PlaceMask) * Frame.Alignment);
    }

    private ref Block At(int number) => ref CollectionsMarshal.AsSpan(_blocks)[number];

    private struct Block
    {
        public byte* Start;
        public int Capacity;
        public int Used;
        public int Live;
    }
}
