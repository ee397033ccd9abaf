namespace Libp2p.Peerstore.Testing;

/// <summary>Replays golden documents, recorded from go-libp2p, against a store.</summary>
/// <remarks>
/// <para>
/// Where a step carries the answers of corrected variants of go's store, that of <c>heapFix+eagerGc</c> is the one
/// wanted. Where go-libp2p and the contract are known to differ, a <see cref="ConformanceRule"/> says so and is listed
/// in the report; rules look at what a document says, never at its name.
/// </para>
/// <para>Immutable; documents may be run side by side where the stores allow it.</para>
/// </remarks>
public sealed class ConformanceRunner
{
    private readonly Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> _openStore;

    /// <summary>Makes a runner for one kind of store.</summary>
    /// <param name="openStore">
    /// Opens an empty store with a clock and options. It is called for each scenario, and for each envelope of a list
    /// of envelopes; the runner disposes what it returns. Its exceptions end the run.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="openStore"/> is null.</exception>
    public ConformanceRunner(Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore)
    {
        ArgumentNullException.ThrowIfNull(openStore);
        _openStore = openStore;
    }

    /// <summary>Runs one document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Cancels between two checks.</param>
    /// <returns>
    /// What was found. A step that cannot be understood, and an exception out of the store, are mismatches.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="document"/> is of an unknown kind.</exception>
    public async ValueTask<ConformanceReport> RunAsync(
        ConformanceDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var log = new CheckLog(document.Name);
        try
        {
            await RunAsync(document, log, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentException exception)
        {
            log.Fail(-1, document.Kind.ToString(), "a document that can be read", exception.Message);
        }

        return log.ToReport();
    }

    private ValueTask RunAsync(ConformanceDocument document, CheckLog log, CancellationToken cancellationToken)
    {
        switch (document.Kind)
        {
            case ConformanceDocumentKind.Scenario:
                return new ScenarioReplayer(_openStore, log).RunAsync(document.Root, cancellationToken);
            case ConformanceDocumentKind.Envelopes:
                return new EnvelopeChecker(_openStore, log).RunAsync(document.Root, cancellationToken);
            case ConformanceDocumentKind.PeerIds:
                PeerIdChecker.Run(document.Root, log, cancellationToken);
                return ValueTask.CompletedTask;
            case ConformanceDocumentKind.Multiaddrs:
                MultiaddrChecker.Run(document.Root, log, cancellationToken);
                return ValueTask.CompletedTask;
            case ConformanceDocumentKind.Keys:
                KeyChecker.Run(document.Root, log, cancellationToken);
                return ValueTask.CompletedTask;
            default:
                throw new ArgumentException("This is none of the kinds of documents that can be run.", nameof(document));
        }
    }
}
