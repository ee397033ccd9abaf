namespace Libp2p.Peerstore.Tests;

/// <summary>A call of a concurrent object that was watched from outside.</summary>
/// <param name="Invoked">The tick at which it was about to begin; no two ticks of a history are equal.</param>
/// <param name="Responded">The tick at which its answer was there.</param>
/// <param name="Name">What was called.</param>
/// <param name="Answer">What it answered.</param>
/// <param name="Step">What the sequential object does and answers.</param>
internal sealed record Call<TState>(
    long Invoked, long Responded, string Name, string Answer, Func<TState, (TState After, string Answer)> Step)
{
    public override string ToString() => $"{Invoked,6} to {Responded,6}  {Name} -> {Answer}";
}
