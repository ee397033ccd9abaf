namespace Libp2p.Peerstore;

/// <summary>A store that keeps expired entries until it sweeps them out, and can be told to do so now.</summary>
public interface ISweepable
{
    /// <summary>Removes everything that has expired from memory. Answers do not depend on it.</summary>
    /// <param name="cancellationToken">Cancels between steps.</param>
    /// <returns>How many addresses were removed.</returns>
    ValueTask<int> SweepAsync(CancellationToken cancellationToken = default);
}
