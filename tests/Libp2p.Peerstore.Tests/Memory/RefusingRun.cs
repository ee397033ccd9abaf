using System.Security.Cryptography;

namespace Libp2p.Peerstore.Tests;

/// <summary>Operations on an engine that is refused memory when a test says so.</summary>
internal sealed class RefusingRun : IDisposable
{
    private readonly MixedOperations _operations;
    private readonly EngineStore _store;
    private readonly EntryBuffer _output = new();
    private int _next;

    public RefusingRun(MixedOperations operations, PeerstoreOptions options)
    {
        _operations = operations;
        Engine = new(options, Clock, new MemoryUse { Asked = Ask });
        _store = new(Engine);
    }

    public PeerstoreEngine Engine { get; }

    public Testing.ManualTimeProvider Clock { get; } = new();

    /// <summary>Which allocations are refused, counted from 1.</summary>
    public Func<int, bool> Refused { get; set; } = static _ => false;

    /// <summary>How often memory was asked for.</summary>
    public int Asked { get; private set; }

    public bool IsAtEnd => _next == _operations.All.Length;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Engine.Dispose();

    /// <summary>Makes the next operation; false where memory was refused and that was said.</summary>
    public async Task<bool> TryNextAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        try
        {
            await _operations.All[_next++](_store);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>The last operation comes again, at the same time.</summary>
    public void Repeat()
    {
        _next--;
        Clock.SetUtcNow(Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
    }

    public async Task ContinueToAsync(int operation)
    {
        while (_next < operation)
        {
            Assert.True(await TryNextAsync());
        }
    }

    /// <summary>All that memory holds of each peer, what has expired and is not swept included.</summary>
    public string[] States() => [.. _operations.Peers.Select(StateOf)];

    public async Task RemoveAllAsync()
    {
        foreach (var peer in _operations.Peers)
        {
            await _store.Addresses.ClearAsync(peer, Token);
            await _store.RemovePeerAsync(peer, Token);
        }
    }

    public async Task AssertUsableAsync()
    {
        await RemoveAllAsync();
        foreach (var peer in _operations.Peers.Take(10))
        {
            await _store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
            await _store.Metadata.SetAsync(peer, "large", new byte[50_000], Token);
            Assert.Equal([Sample.Tcp], await _store.Addresses.GetAsync(peer, Token));
        }

        Assert.Empty(Engine.Check());
        Assert.Equal(10, Engine.PeerCount);
    }

    private string StateOf(PeerId peer) =>
        Engine.TryEncode(peer, _output) ? Convert.ToHexString(SHA256.HashData(_output.Written)) : "unknown";

    private void Ask()
    {
        if (Refused(++Asked))
        {
#pragma warning disable MA0012 // This is what the system does.
            throw new InsufficientMemoryException("A test refuses memory.");
#pragma warning restore MA0012
        }
    }
}
