using System.Text.Json;

namespace Libp2p.Tests;

/// <summary>The recorded answers of go-libp2p in tests/vectors/values.</summary>
internal static class ValueVectors
{
    public static JsonElement PeerIds { get; } = VectorFile.Read<JsonElement>("peer-ids.json");

    public static JsonElement Multiaddrs { get; } = VectorFile.Read<JsonElement>("multiaddrs.json");

    public static JsonElement.ArrayEnumerator Items(this JsonElement document, string name) => document.GetProperty(name).EnumerateArray();

    public static string Text(this JsonElement item, string name) => item.GetProperty(name).GetString()!;

    public static byte[] Hex(this JsonElement item, string name) => Convert.FromHexString(item.Text(name));
}
