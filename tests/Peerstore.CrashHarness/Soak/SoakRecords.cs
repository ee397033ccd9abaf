using Libp2p;

namespace Peerstore.CrashHarness;

/// <summary>Signed records of a few peers, several of each with rising numbers, signed once.</summary>
internal sealed class SoakRecords
{
    private const int Signers = 64;
    private const int RecordsOfSigner = 8;
    private readonly byte[][] _envelopes = new byte[Signers * RecordsOfSigner][];
    private readonly PeerId[] _ids = new PeerId[Signers];

    public SoakRecords()
    {
        for (var signer = 0; signer < Signers; signer++)
        {
            var key = PrivateKey.Generate(KeyType.Ed25519);
            _ids[signer] = PeerId.FromPublicKey(key.PublicKey);
            for (var i = 0; i < RecordsOfSigner; i++)
            {
                var record = PeerRecord.Seal(key, sequence: (ulong)i + 1, SoakPeers.AddressesOf(signer));
                _envelopes[(signer * RecordsOfSigner) + i] = record.Envelope.Bytes.ToArray();
            }
        }
    }

    public byte[] AnyEnvelope(Random random) => _envelopes[random.Next(_envelopes.Length)];

    public PeerId AnySigner(Random random) => _ids[random.Next(_ids.Length)];
}
