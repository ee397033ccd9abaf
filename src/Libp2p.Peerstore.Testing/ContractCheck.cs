namespace Libp2p.Peerstore.Testing;

/// <summary>One thing that every store has to do, with the code that proves it.</summary>
/// <remarks>Immutable; safe to share between threads. Checks may run side by side: each opens stores of its own.</remarks>
public sealed class ContractCheck
{
    private readonly Func<StoreBench, Task> _run;

    internal ContractCheck(string name, string sentence, Func<StoreBench, Task> run) =>
        (Name, Sentence, _run) = (name, sentence, run);

    /// <summary>What is checked: a sentence with underscores for blanks, unique in the suite.</summary>
    public string Name { get; }

    /// <summary>
    /// The sentence that the check proves, word for word: of go-libp2p's document or, where that is silent, of the
    /// documentation of <see cref="IPeerstore"/> and its books.
    /// </summary>
    public string Sentence { get; }

    /// <summary>Runs the check.</summary>
    /// <param name="openStore">Opens an empty store with a clock and options. The check disposes what it returns.</param>
    /// <param name="cancellationToken">Cancels the wait for the check.</param>
    /// <exception cref="ContractViolationException">The store does something else; the message says what.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="openStore"/> is null.</exception>
    public Task RunAsync(
        Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(openStore);

        // On the pool: whatever context the caller has, a check is not run on it.
        return Task.Run(() => ExplainAsync(new StoreBench(openStore)), cancellationToken).WaitAsync(cancellationToken);
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    private async Task ExplainAsync(StoreBench bench)
    {
        try
        {
            await _run(bench).ConfigureAwait(false);
        }
        catch (ContractViolationException violation)
        {
            throw new ContractViolationException($"{Name}: {violation.Message} The contract says: \"{Sentence}\"", violation);
        }
        catch (Exception exception)
        {
            throw new ContractViolationException(
                $"{Name}: wanted an answer, got {exception.GetType()}: {exception.Message} The contract says: \"{Sentence}\"",
                exception);
        }
    }
}
