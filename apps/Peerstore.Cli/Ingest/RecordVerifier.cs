using System.Security.Cryptography;
using Libp2p;

namespace Peerstore.Cli.Ingest;

/// <summary>Opens signed records, each distinct envelope once: in a recording most come again and again.</summary>
/// <remarks>What it remembers is bounded in bytes; when that is used up it starts over. Not thread-safe.</remarks>
/// <param name="limits">What is accepted.</param>
internal sealed class RecordVerifier(DecodeLimits limits)
{
    private const long MaxRememberedBytes = 16 * 1024 * 1024;
    private readonly Dictionary<string, PeerRecord> _opened = new(StringComparer.Ordinal);
    private long _rememberedBytes;

    /// <summary>How many signatures were verified and found good.</summary>
    public long Verified { get; private set; }

    /// <summary>How many envelopes were, byte for byte, ones that had been verified before.</summary>
    public long Repeated { get; private set; }

    /// <summary>What is accepted.</summary>
    public DecodeLimits Limits => limits;

    /// <summary>Opens an envelope that holds a peer record.</summary>
    /// <inheritdoc cref="PeerRecord.TryOpen(ReadOnlyMemory{byte}, DecodeLimits, out PeerRecord?, out DecodeError)"/>
    public EnvelopeOutcome TryOpen(byte[] envelope, out PeerRecord? record, out DecodeError error)
    {
        error = default;
        var digest = Convert.ToHexString(SHA256.HashData(envelope));
        if (_opened.TryGetValue(digest, out record))
        {
            Repeated++;
            return EnvelopeOutcome.Opened;
        }

        var outcome = PeerRecord.TryOpen(envelope, limits, out record, out error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return outcome;
        }

        Verified++;
        Remember(digest, record!, envelope.Length);
        return outcome;
    }

    private void Remember(string digest, PeerRecord record, int bytes)
    {
        _rememberedBytes += bytes;
        if (_rememberedBytes > MaxRememberedBytes)
        {
            _opened.Clear();
            _rememberedBytes = bytes;
        }

        _opened.Add(digest, record);
    }
}
