using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore.Tests;

public sealed unsafe class BlockSourceTests : IDisposable
{
    private const int MoreThanAnArena = 1_300;
    private const int MoreThanAreKeptWarm = 200;

    private readonly MemoryUse _use = new();
    private readonly BlockSource _source;

    public BlockSourceTests() => _source = new(_use);

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Blocks_that_are_in_use_do_not_overlap()
    {
        var blocks = TakeMany(MoreThanAnArena);
        for (var i = 0; i < blocks.Length; i++)
        {
            Block(blocks[i]).Fill((byte)i);
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            Assert.Equal(-1, Block(blocks[i]).IndexOfAnyExcept((byte)i));
        }

        Assert.True(_use.Bytes >= (long)MoreThanAnArena * BlockSource.BlockSize);
    }

    [Fact]
    public void The_block_that_came_back_last_is_given_first_as_it_is()
    {
        var blocks = TakeMany(3);
        Block(blocks[1])[7] = 42;
        _source.Return((byte*)blocks[2]);
        _source.Return((byte*)blocks[1]);
        Assert.Equal(blocks[1], (nint)_source.Take());
        Assert.Equal(42, Block(blocks[1])[7]);
        Assert.Equal(blocks[2], (nint)_source.Take());
    }

    [Fact]
    public void Of_many_that_come_back_the_memory_goes_to_the_system_and_the_addresses_are_used_again()
    {
        var blocks = TakeMany(MoreThanAreKeptWarm);
        var bytes = _use.Bytes;
        foreach (var block in blocks)
        {
            Block(block).Fill(0xFF);
            _source.Return((byte*)block);
        }

        var again = TakeMany(MoreThanAreKeptWarm);
        Assert.Equal(bytes, _use.Bytes);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(blocks.Order(), again.Order());
            // Memory that was given back and is touched again is another page, of zeros.
            Assert.Equal(8, again.Count(static block => Block(block).ContainsAnyExcept((byte)0)));
        }
    }

    [Fact]
    public void A_large_block_is_the_systems_again_as_soon_as_it_comes_back()
    {
        var ordinary = _source.Take();
        var bytes = _use.Bytes;
        var (first, second) = ((nint)_source.TakeLarge(100_000), (nint)_source.TakeLarge(3 << 20));
        Assert.Equal(bytes + 100_000 + (3 << 20), _use.Bytes);
        new Span<byte>((void*)first, 100_000).Fill(1);
        new Span<byte>((void*)second, 3 << 20).Fill(2);
        Assert.Equal(-1, new Span<byte>((void*)first, 100_000).IndexOfAnyExcept((byte)1));

        _source.ReturnLarge((byte*)first);
        Assert.Equal(bytes + (3 << 20), _use.Bytes);
        _source.ReturnLarge((byte*)second);
        Assert.Equal(bytes, _use.Bytes);
        Block((nint)ordinary).Fill(3);
    }

    [Fact]
    public void Disposing_gives_everything_back_whatever_is_still_in_use()
    {
        var blocks = TakeMany(MoreThanAnArena);
        foreach (var block in blocks.Take(MoreThanAreKeptWarm))
        {
            _source.Return((byte*)block);
        }

        _source.TakeLarge(100_000);
        Assert.NotEqual(0, _use.Bytes);
        _source.Dispose();
        Assert.Equal(0, _use.Bytes);
        _source.Dispose();
        Assert.Equal(0, _use.Bytes);
    }

    [Fact]
    public void A_source_that_was_forgotten_gives_everything_back()
    {
        var use = new MemoryUse();
        FillAndForget(use);
        for (var i = 0; i < 20 && use.Bytes > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, use.Bytes);
    }

    [Fact]
    public void Where_memory_is_refused_nothing_has_happened()
    {
        var blocks = TakeMany(2);
        _source.Return((byte*)blocks[1]);
        var bytes = _use.Bytes;
        _use.Asked = static () => throw new InvalidOperationException("A test refuses memory.");
        Assert.Throws<InvalidOperationException>(() => (nint)_source.Take());
        Assert.Throws<InvalidOperationException>(() => (nint)_source.TakeLarge(100_000));
        Assert.Equal(bytes, _use.Bytes);

        _use.Asked = null;
        Assert.Equal(blocks[1], (nint)_source.Take());
    }

    [Fact]
    public void Address_space_that_the_system_has_not_is_refused_as_memory_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there memory is mapped.");
        Assert.ThrowsAny<OutOfMemoryException>(() => NativeRegion.Map(nuint.MaxValue / 2, _use));
        Assert.Equal(0, _use.Bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillAndForget(MemoryUse use)
    {
        var source = new BlockSource(use);
        source.Take();
        source.TakeLarge(100_000);
        Assert.True(use.Bytes > 100_000);
    }

    private static Span<byte> Block(nint block) => new((void*)block, BlockSource.BlockSize);

    private nint[] TakeMany(int count)
    {
        var blocks = new nint[count];
        for (var i = 0; i < count; i++)
        {
            blocks[i] = (nint)_source.Take();
        }

        return blocks;
    }
}
