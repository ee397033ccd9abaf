using System.Text.Json.Serialization;

namespace Peerstore.Scorecard.Output;

/// <summary>Writes all lines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MachineLine))]
[JsonSerializable(typeof(FloorLine))]
[JsonSerializable(typeof(OperationLine))]
[JsonSerializable(typeof(MixedLine))]
[JsonSerializable(typeof(MemoryLine))]
[JsonSerializable(typeof(RecordLine))]
[JsonSerializable(typeof(ExpiryLine))]
[JsonSerializable(typeof(ListLine))]
[JsonSerializable(typeof(DurableLine))]
[JsonSerializable(typeof(CommitLine))]
[JsonSerializable(typeof(ReadingLine))]
[JsonSerializable(typeof(AcknowledgeLine))]
[JsonSerializable(typeof(FileLine))]
[JsonSerializable(typeof(ShrinkLine))]
internal sealed partial class LinesContext : JsonSerializerContext;
