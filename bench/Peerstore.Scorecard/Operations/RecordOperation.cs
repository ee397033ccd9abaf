using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Operations;

/// <summary>The question for a signed record.</summary>
/// <remarks>
/// Signing takes longer than all else here together. So the records are those of a few thousand peers of their own,
/// which come to the store for this operation only.
/// </remarks>
/// <param name="store">The store, filled.</param>
/// <param name="data">The peers in it.</param>
/// <param name="peers">How many they are.</param>
internal sealed class RecordOperation(IPeerstore store, WireData data, int peers)
{
    private const int MaxSigners = 10_000;
    private readonly PeerRecord[] _records = new PeerRecord[Math.Min(peers, MaxSigners)];

    /// <summary>The operation.</summary>
    public Operation Create() => new AskingOperation<SignedEnvelope?>
    {
        Name = "GetPeerRecord",
        Peers = _records.Length,
        Ids = number => _records[number].Peer,
        SetUpAsync = SetUp,
        Ask = (batch, i) => Certified.GetRecordAsync(batch.Ids[i]),
        IsRight = (batch, i, answer) =>
            answer is not null && answer.Bytes.Length == _records[batch.Numbers[i]].Envelope.Bytes.Length,
    };

    private ICertifiedAddressBook Certified => store.Addresses.TryGetCertified(out var certified)
        ? certified
        : throw new InvalidOperationException("The store takes no signed records.");

    private async ValueTask SetUp()
    {
        for (var i = 0; i < _records.Length; i++)
        {
            _records[i] = PeerRecord.Seal(PrivateKey.Generate(KeyType.Ed25519), sequence: 1, data.Addresses(i));
            var outcome = await Certified.ConsumeAsync(_records[i], AddressTtl.Address);
            WrongAnswerException.ThrowIfAny("storing records", outcome == RecordOutcome.Accepted ? 0 : 1);
        }
    }
}
