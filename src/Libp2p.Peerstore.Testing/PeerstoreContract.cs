namespace Libp2p.Peerstore.Testing;

/// <summary>What every <see cref="IPeerstore"/> has to do, as checks that run under any test framework.</summary>
/// <remarks>
/// <para>
/// Make one test per element of <see cref="Checks"/> (with xunit a theory over the names) that calls
/// <see cref="ContractRun.RunAsync"/>, and a last one that calls <see cref="ContractRun.AssertComplete"/>: it fails when
/// part of the suite was left out. Nothing in the suite is optional; a store without signed records fails.
/// </para>
/// <para>Time in the checks is a <see cref="ManualTimeProvider"/>, which the store has to use for everything.</para>
/// </remarks>
public static class PeerstoreContract
{
    /// <summary>All checks, by book.</summary>
    public static IReadOnlyList<ContractCheck> Checks { get; } =
    [
        .. AddressChecks.All,
        .. AddressLifetimeChecks.All,
        .. AddressSourceChecks.All,
        .. RecordChecks.All,
        .. RecordLifetimeChecks.All,
        .. RecordSequenceChecks.All,
        .. StreamChecks.All,
        .. KeyChecks.All,
        .. ProtocolChecks.All,
        .. MetadataChecks.All,
        .. MetricsChecks.All,
        .. PeerChecks.All,
        .. EditChecks.All,
        .. EditLimitChecks.All,
        .. LimitChecks.All,
        .. EvictionChecks.All,
        .. ConcurrencyChecks.All,
        .. StoreChecks.All,
    ];

    /// <summary>Finds a check by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public static ContractCheck Find(string name) =>
        Checks.FirstOrDefault(check => string.Equals(check.Name, name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"The contract has no check named '{name}'.", nameof(name));
}
