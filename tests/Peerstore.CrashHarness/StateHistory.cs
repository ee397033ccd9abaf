using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.CrashHarness;

/// <summary>The states in which a store was, in their order, and which of them had to be on the disk when.</summary>
/// <remarks>One operation at a time: what a store writes by itself, it writes of one of these states.</remarks>
internal sealed class StateHistory
{
    private readonly List<Dictionary<PeerId, string>> _states = [[]];
    private readonly List<(int Position, int State)> _durable = [];

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
    public void IsDurable(int position) => _durable.Add((position, _states.Count - 1));

    /// <summary>Whether something had to be on the disk by then.</summary>
    public bool HasToBe(int position) => _durable.Exists(one => one.Position <= position);

    /// <summary>Says what is wrong with what was found; null where nothing is.</summary>
    /// <param name="found">What a store answers that was opened on what was left after so many changes to files.</param>
    /// <param name="position">How many.</param>
    public string? Judge(Dictionary<PeerId, string> found, int position)
    {
        var least = _durable.LastOrDefault(one => one.Position <= position).State;
        var which = _states.FindLastIndex(state => Equals(state, found));
        return which >= least ? null
            : which < 0 ? $"the store never was in the state that was found: {Difference(found)}"
            : $"state {which} was found, {least} of {_states.Count} was on the disk";
    }

    private static bool Equals(Dictionary<PeerId, string> one, Dictionary<PeerId, string> other) =>
        one.Count == other.Count
        && one.All(entry => other.TryGetValue(entry.Key, out var text) && string.Equals(text, entry.Value, StringComparison.Ordinal));

    /// <summary>Names a peer that never was so, where there is one.</summary>
    private string Difference(Dictionary<PeerId, string> found)
    {
        var stranger = found.FirstOrDefault(entry => !_states.Exists(
            state => state.TryGetValue(entry.Key, out var text) && string.Equals(text, entry.Value, StringComparison.Ordinal)));
        return stranger.Value is null ? "each peer was so, at different times" : $"{stranger.Key} as {stranger.Value}";
    }
}
