using Libp2p;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Records;

/// <summary>Signed peer records as they arrive: bytes, three from each signer.</summary>
internal sealed class RecordSamples
{
    /// <summary>Signs.</summary>
    /// <param name="data">Where the addresses are from.</param>
    /// <param name="signers">How many peers.</param>
    public RecordSamples(WireData data, int signers)
    {
        Ids = new PeerId[signers];
        Older = new byte[signers][];
        Usual = new byte[signers][];
        Newer = new byte[signers][];
        for (var i = 0; i < signers; i++)
        {
            var key = PrivateKey.Generate(KeyType.Ed25519);
            var addresses = data.Addresses(i);
            Ids[i] = PeerId.FromPublicKey(key.PublicKey);
            Older[i] = Seal(key, sequence: 1, addresses);
            Usual[i] = Seal(key, sequence: 2, addresses);
            Newer[i] = Seal(key, sequence: 3, addresses);
        }
    }

    /// <summary>The signers.</summary>
    public PeerId[] Ids { get; }

    /// <summary>Records with a lower sequence number than <see cref="Usual"/>.</summary>
    public byte[][] Older { get; }

    /// <summary>The records that the store has.</summary>
    public byte[][] Usual { get; }

    /// <summary>Records with a higher sequence number and the same addresses.</summary>
    public byte[][] Newer { get; }

    private static byte[] Seal(PrivateKey key, ulong sequence, Multiaddr[] addresses) =>
        PeerRecord.Seal(key, sequence, addresses).Envelope.Bytes.ToArray();
}
