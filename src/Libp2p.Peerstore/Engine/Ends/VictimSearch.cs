namespace Libp2p.Peerstore;

/// <summary>Among whom the least valuable peer is looked for.</summary>
/// <param name="Kind">By which end.</param>
/// <param name="Except">Who is not chosen; <c>default</c> for nobody.</param>
/// <param name="AlsoWhenClosed">Whether a store that is being closed still gives somebody up, for what it has left to write.</param>
internal readonly record struct VictimSearch(EndKind Kind, PeerId Except, bool AlsoWhenClosed);
