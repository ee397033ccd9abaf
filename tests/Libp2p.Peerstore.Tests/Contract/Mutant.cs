namespace Libp2p.Peerstore.Tests;

/// <summary>A store with one fault.</summary>
/// <param name="Check">The check of the contract that has to find the fault.</param>
/// <param name="OpenStore">Opens such a store.</param>
internal sealed record Mutant(string Check, Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> OpenStore);
