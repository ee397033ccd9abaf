namespace Libp2p.Tests;

/// <summary>What go-libp2p answers about envelopes, as recorded in <c>values/envelopes.json</c>.</summary>
internal sealed record EnvelopeVectors(IReadOnlyList<EnvelopeVectors.Item> Envelopes)
{
    private static readonly Lazy<EnvelopeVectors> Loaded = new(() => VectorFile.Read<EnvelopeVectors>("envelopes.json"));

    public static IReadOnlyList<Item> All => Loaded.Value.Envelopes;

    /// <summary>An envelope, the domain to open it in, and what go makes of it.</summary>
    public sealed record Item(
        string About,
        string Domain,
        byte[] Envelope,
        byte[]? Remarshalled,
        bool Accepted,
        bool ConsumeAccepted,
        bool Unmarshals,
        string? Seq,
        string? PeerId,
        string? SignerPeerId,
        string? PayloadType,
        IReadOnlyList<string>? Addrs);
}
