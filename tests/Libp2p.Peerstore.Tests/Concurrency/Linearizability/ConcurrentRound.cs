namespace Libp2p.Peerstore.Tests;

/// <summary>Rounds of random operations of several threads on a few peers that nobody knew before.</summary>
internal sealed class ConcurrentRound
{
    private const int SequentialOperations = 3;

    private readonly TestStore _store;
    private readonly Random _random;
    private readonly WorkerThreads _workers;
    private readonly SamplePeer[] _peers;
    private readonly HistoryRecorder<PeerModel>[] _recorders;

    public ConcurrentRound(TestStore store, Random random, WorkerThreads workers, int peers)
    {
        (_store, _random, _workers) = (store, random, workers);
        _peers = [.. Enumerable.Range(0, peers).Select(static _ => new SamplePeer())];
        _recorders = [.. _peers.Select(static _ => new HistoryRecorder<PeerModel>())];
    }

    /// <summary>How many calls began before another on the same peer had ended.</summary>
    public int Overlaps { get; private set; }

    private long Now => _store.Clock.GetUtcNow().UtcTicks;

    /// <summary>Lets the threads do some operations, and checks the history of each peer.</summary>
    /// <param name="operations">How many operations there are on each peer.</param>
    public void Run(int operations)
    {
        Array.ForEach(Plan(SequentialOperations), Do);
        var plan = Plan(operations);
        _workers.RunRound(worker =>
        {
            for (var i = worker; i < plan.Length; i += _workers.Count)
            {
                Do(plan[i]);
            }
        });

        for (var peer = 0; peer < _peers.Length; peer++)
        {
            Check(peer);
            AtOnce.Done(_store.Addresses.ClearAsync(_peers[peer].Id));
            AtOnce.Done(_store.Peers.RemovePeerAsync(_peers[peer].Id));
        }
    }

    private (int Peer, PeerOperation Operation)[] Plan(int operations)
    {
        (int Peer, PeerOperation Operation)[] plan =
        [
            .. from _ in Enumerable.Range(0, operations)
               from peer in Enumerable.Range(0, _peers.Length)
               select (peer, OperationCatalogue.Choose(_random)),
        ];
        _random.Shuffle(plan);
        return plan;
    }

    private void Do((int Peer, PeerOperation Operation) call)
    {
        var (peer, operation) = (_peers[call.Peer], call.Operation);
        _recorders[call.Peer].Record(
            operation.Name,
            () => AtOnce.Answer(operation.RunAsync(_store.Peers, peer)),
            before => operation.Apply(before, peer, Now));
    }

    private void Check(int peer)
    {
        foreach (var question in OperationCatalogue.Questions)
        {
            Do((peer, question));
        }

        var history = _recorders[peer].TakeHistory();
        Overlaps += history.Zip(history.Skip(1)).Count(static pair => pair.Second.Invoked < pair.First.Responded);
        Assert.True(
            HistoryChecker<PeerModel>.IsLinearizable(new PeerModel(), history),
            $"Not linearizable:{Environment.NewLine}{string.Join(Environment.NewLine, history)}");
    }
}
