using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>One step of a scenario.</summary>
internal readonly struct ScenarioStep
{
    // Go without its leak, and with an expired address gone at once: what the contract says.
    private const string Variant = "heapFix+eagerGc";
    private readonly JsonElement? _alternative;

    public ScenarioStep(int index, JsonElement fields)
    {
        Index = index;
        Fields = fields;
        Operation = fields.Optional("op") is { ValueKind: JsonValueKind.String } op ? op.AsText("op") : "?";
        _alternative = fields.Optional("alt")?.Optional(Variant);
    }

    public int Index { get; }

    public string Operation { get; }

    /// <summary>What the step says beside its answers.</summary>
    public JsonElement Fields { get; }

    /// <summary>Where an answer stands: in the variant that is followed here, else in the step itself.</summary>
    public JsonElement Answers(string name) => _alternative?.Optional(name) is null ? Fields : _alternative.Value;

    public bool HasAnswer =>
        Fields.EnumerateObject().Any(static member => member.Name.StartsWith("want", StringComparison.Ordinal));
}
