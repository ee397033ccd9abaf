using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.CrashHarness;

/// <summary>The states in which a store was, in their order, and which of them had to be on the disk when.</summary>
/// <remarks>One operation at a time: what a store writes by itself, it writes of one of these states.</remarks>
internal sealed class StateHistory
{
    private readonly List<Dictionary<PeerId, string>> _states = [[]];
    private readonly List<Promise> _durable = [];

    /// <summary>The last state.</summary>
    public Dictionary<PeerId, string> Last => _states[^1];

    /// <summary>Notes what a store answers now.</summary>
    public async Task NoteAsync(IPeerstore store)
    {
        var now = await StoreImage.ReadAsync(store);
        if (!Equals(now, Last))
        {
            _states.Add(now);
        }
    }

    /// <summary>That the last state is on the disk from now on.</summary>
    /// <param name="position">How many changes to files there were by now.</param>
    /// <param name="only">
    /// The one peer of whom that was said, where it was not said of all. Of whom its operation evicted nothing is promised: he
    /// may still be there, until a flush.
    /// </param>
    public void IsDurable(int position, PeerId? only = null) => _durable.Add(new(position, _states.Count - 1, only));

    /// <summary>Whether something had to be on the disk by then.</summary>
    public bool HasToBe(int position) => _durable.Exists(one => one.Position <= position);

    /// <summary>Says what is wrong with what was found; null where nothing is.</summary>
    /// <param name="found">What a store answers that was opened on what was left after so many changes to files.</param>
    /// <param name="position">How many.</param>
    public string? Judge(Dictionary<PeerId, string> found, int position)
    {
        foreach (var peer in _states.SelectMany(static state => state.Keys).Concat(found.Keys).Distinct())
        {
            var text = found.GetValueOrDefault(peer);
            var least = _durable.Where(one => one.Position <= position).Select(one => one.For(peer)).DefaultIfEmpty().Max();
            var which = _states.FindLastIndex(state => string.Equals(state.GetValueOrDefault(peer), text, StringComparison.Ordinal));
            if (which < least)
            {
                return which < 0 ? $"{peer} never was {text ?? "away"}" : $"{peer} is as in state {which}, and {least} of {_states.Count} was on the disk";
            }
        }

        return null;
    }

    private static bool Equals(Dictionary<PeerId, string> one, Dictionary<PeerId, string> other) =>
        one.Count == other.Count
        && one.All(entry => other.TryGetValue(entry.Key, out var text) && string.Equals(text, entry.Value, StringComparison.Ordinal));

    private readonly record struct Promise(int Position, int State, PeerId? Only)
    {
        public int For(PeerId peer) => Only is null || Only == peer ? State : 0;
    }
}
