using System.Text.Json.Serialization;

namespace Peerstore.CrashHarness;

/// <summary>Writes and reads what a process says of its store.</summary>
[JsonSerializable(typeof(SoakSample))]
internal sealed partial class SoakJson : JsonSerializerContext;
