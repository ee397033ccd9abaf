using System.Text.Json.Serialization;

namespace Libp2p.Peerstore.Testing;

/// <summary>The serialiser of <see cref="ContractValue"/>.</summary>
[JsonSerializable(typeof(ContractValue))]
internal sealed partial class ContractValues : JsonSerializerContext;
