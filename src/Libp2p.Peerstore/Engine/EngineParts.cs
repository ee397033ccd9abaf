namespace Libp2p.Peerstore;

/// <summary>What the shards of an engine share.</summary>
internal sealed record EngineParts(PeerstoreOptions Options, BlockSource Blocks, ProtocolSets Sets, EndFronts Fronts);
