using System.Globalization;
using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>The state of one scenario while it is replayed: store, clock, models and names.</summary>
internal sealed class Replay
{
    private readonly Dictionary<string, PeerId> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<PeerId, string> _names = [];
    private Int128 _nanoseconds;

    public Replay(IPeerstore store, ManualTimeProvider clock, PeerstoreOptions options, CheckLog log)
    {
        Store = store;
        Clock = clock;
        Log = log;
        Go = new StoreModel(options, clock, likeGo: true);
        Contract = new StoreModel(options, clock, likeGo: false);
    }

    public IPeerstore Store { get; }

    public ManualTimeProvider Clock { get; }

    public CheckLog Log { get; }

    public StoreModel Go { get; }

    public StoreModel Contract { get; }

    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether an address has an end that cannot be said in 100 ns, so that nothing further can be compared.
    /// </summary>
    public bool IsInexpressible { get; private set; }

    public void AddPeers(JsonElement peers)
    {
        foreach (var peer in peers.EnumerateObject())
        {
            var text = peer.Value.Text("id");
            PeerId id = default;
            if (text.Length > 0 && !PeerId.TryParse(text, out id))
            {
                throw new DocumentException($"peer \"{peer.Name}\" has an ID that cannot be read");
            }

            _peers[peer.Name] = id;
            _names[id] = peer.Name;
        }
    }

    public PeerId PeerOf(ScenarioStep step) =>
        _peers.TryGetValue(step.Fields.Text("peer"), out var peer)
            ? peer
            : throw new DocumentException("the step speaks of a peer that the document does not name");

    public string NamesOf(IEnumerable<PeerId> peers) => Answer.Set(
        peers.Select(peer => _names.GetValueOrDefault(peer) ?? peer.ToString()));

    /// <summary>
    /// Moves the clock. It shows the last 100 ns that have passed: an address whose end is a multiple of that is gone
    /// by this clock exactly when it is gone by the true one.
    /// </summary>
    public void Advance(GoDuration by)
    {
        if (by.Nanoseconds < 0)
        {
            throw new DocumentException("time does not run backwards here");
        }

        _nanoseconds += by.Nanoseconds;
        var ticks = (long)(_nanoseconds / GoDuration.NanosecondsPerTick);
        Clock.Advance(TimeSpan.FromTicks(ticks - Clock.GetTimestamp()));
    }

    /// <summary>Tells that addresses are being given a lifetime, and whether its end can be said.</summary>
    public bool CanSayEnd(GoLifetime lifetime)
    {
        if (lifetime.HasEnd && (!lifetime.IsExact || _nanoseconds % GoDuration.NanosecondsPerTick != 0))
        {
            IsInexpressible = true;
        }

        return !IsInexpressible;
    }

    public static GoLifetime LifetimeOf(ScenarioStep step, string name) =>
        GoLifetime.TryParse(step.Fields.Text(name), out var lifetime)
            ? lifetime
            : throw new DocumentException($"\"{name}\" is not a lifetime");

    public static GoDuration DurationOf(ScenarioStep step, string name) =>
        GoDuration.TryParse(step.Fields.Text(name), out var duration)
            ? duration
            : throw new DocumentException($"\"{name}\" is not a duration");

    /// <summary>Compares the store's answer with the one wanted.</summary>
    public async ValueTask CheckAsync(ScenarioStep step, Expectation expectation, Func<ValueTask<string>> ask)
    {
        Check(step, expectation, await AskAsync(ask).ConfigureAwait(false));
    }

    /// <summary>Compares an answer with the one wanted.</summary>
    public void Check(ScenarioStep step, Expectation expectation, string got)
    {
        if (expectation.IsDifference)
        {
            Log.Differ(expectation.Rule!);
        }

        Log.Compare(step.Index, step.Operation, expectation.Wanted, got);
    }

    /// <summary>Makes a change that has no answer; for the empty peer it must be refused where it stores something.</summary>
    public async ValueTask ChangeAsync(ScenarioStep step, bool stores, Func<ValueTask> change)
    {
        var refused = stores && PeerOf(step).IsEmpty;
        var got = await AskAsync(async () =>
        {
            await change().ConfigureAwait(false);
            return Answer.NoError;
        }).ConfigureAwait(false);
        var wanted = refused ? nameof(ArgumentException) : Answer.NoError;
        if (refused)
        {
            Log.Differ(DifferenceRules.EmptyPeer);
        }

        if (!got.StartsWith(wanted, StringComparison.Ordinal))
        {
            Log.Fail(step.Index, step.Operation, wanted, got);
        }
    }

    // Whatever a store under test throws is an answer of its, to be shown beside the one wanted.
    public static async ValueTask<string> AskAsync(Func<ValueTask<string>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DocumentException))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
