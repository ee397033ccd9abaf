namespace Libp2p.Peerstore;

/// <summary>A change of a peer.</summary>
/// <param name="OnCopy">How it is made, whatever the peer is like.</param>
/// <param name="InPlace">How it is made on a known peer of the commonest kind, to the same effect; null where it never is.</param>
internal readonly record struct ChangeRule<TState, TResult>(
    Shard.Changing<TState, TResult> OnCopy, Shard.ChangingInPlace<TState, TResult>? InPlace);
