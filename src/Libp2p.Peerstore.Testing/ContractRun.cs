namespace Libp2p.Peerstore.Testing;

/// <summary>The checks of the contract run against one kind of store, and a record of those that ran.</summary>
/// <remarks>Thread-safe. Keep one per kind of store for a whole test run, for instance in a static field.</remarks>
public sealed class ContractRun
{
    private readonly Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> _openStore;

    // Guards: _ran.
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ran = new(StringComparer.Ordinal);

    /// <summary>Makes a run in which nothing has run yet.</summary>
    /// <param name="openStore">
    /// Opens an empty store with a clock and options, which the store has to honour. The checks dispose what it returns.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="openStore"/> is null.</exception>
    public ContractRun(Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore)
    {
        ArgumentNullException.ThrowIfNull(openStore);
        _openStore = openStore;
    }

    /// <summary>Runs one check, and remembers that it was run to its end, whether it passes or not.</summary>
    /// <param name="name">The name of the check.</param>
    /// <param name="cancellationToken">Cancels the wait for the check.</param>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    /// <exception cref="ContractViolationException">The store does something else; the message says what.</exception>
    public async Task RunAsync(string name, CancellationToken cancellationToken = default)
    {
        var check = PeerstoreContract.Find(name);
        try
        {
            await check.RunAsync(_openStore, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A check that was broken off has proved nothing.
            throw;
        }
        catch
        {
            Remember(name);
            throw;
        }

        Remember(name);
    }

    /// <summary>Insists that every check of the contract was run. Call it in the last test.</summary>
    /// <exception cref="ContractViolationException">Some never ran; the message names them.</exception>
    public void AssertComplete()
    {
        string[] missing;
        lock (_gate)
        {
            missing = [.. PeerstoreContract.Checks.Select(static check => check.Name).Where(name => !_ran.Contains(name))];
        }

        if (missing.Length > 0)
        {
            throw new ContractViolationException(
                $"{missing.Length} of {PeerstoreContract.Checks.Count} checks never ran: {string.Join(", ", missing)}");
        }
    }

    private void Remember(string name)
    {
        lock (_gate)
        {
            _ = _ran.Add(name);
        }
    }
}
