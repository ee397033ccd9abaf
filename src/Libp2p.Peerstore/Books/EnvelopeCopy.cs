namespace Libp2p.Peerstore;

/// <summary>A stored envelope, copied out of the engine, to be opened outside of every lock.</summary>
internal readonly record struct EnvelopeCopy(string Domain, byte[] Bytes)
{
    /// <summary>The envelope, whose signature was verified before it was stored.</summary>
    public SignedEnvelope Open() => SignedEnvelope.TryFromTrusted(Bytes, Domain, out var envelope)
        ? envelope
        : throw new InvalidOperationException("A stored envelope cannot be read.");
}
