namespace Libp2p.Peerstore.Testing;

/// <summary>A metadata value of a type that a store has to be told about.</summary>
internal sealed record ContractValue(string Name, int Number);
