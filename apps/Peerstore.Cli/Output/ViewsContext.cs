using System.Text.Json.Serialization;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Conformance;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Output;

/// <summary>Writes all that <c>--json</c> answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IngestSummary))]
[JsonSerializable(typeof(BadLine))]
[JsonSerializable(typeof(PeerView))]
[JsonSerializable(typeof(PeerList))]
[JsonSerializable(typeof(StoreStatistics))]
[JsonSerializable(typeof(AddrInfoView))]
[JsonSerializable(typeof(ConformanceView))]
[JsonSerializable(typeof(BackupView))]
[JsonSerializable(typeof(ExportView))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(PeerstoreCheck))]
[JsonSerializable(typeof(PeerstoreCompaction))]
[JsonSerializable(typeof(string))]
internal sealed partial class ViewsContext : JsonSerializerContext;
