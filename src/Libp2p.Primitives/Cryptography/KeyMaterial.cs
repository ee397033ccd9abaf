namespace Libp2p;

/// <summary>The two halves of a key pair in canonical raw form.</summary>
internal readonly record struct KeyMaterial(byte[] Private, byte[] Public)
{
    // The record's own ToString would print the arrays' type only, but say so where a reader looks for it.
    public override string ToString() => "key material";
}
