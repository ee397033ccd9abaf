namespace Libp2p.Peerstore.Tests;

/// <summary>A peer with all that operations on it need ready made: signing would be the slowest part of a test.</summary>
internal sealed class SamplePeer
{
    public const int RecordCount = 8;
    public const int AddressCount = 6;

    private readonly SampleRecord[] _records;

    public SamplePeer()
    {
        Key = Sample.NewKey();
        Id = PeerId.FromPublicKey(Key.PublicKey);
        _records = [.. Enumerable.Range(0, RecordCount).Select(NewRecord)];
    }

    public PrivateKey Key { get; }

    public PeerId Id { get; }

    /// <summary>The addresses that operations speak of.</summary>
    public static IReadOnlyList<Multiaddr> Addresses { get; } = [.. Enumerable.Range(0, AddressCount).Select(Sample.Address)];

    /// <summary>Each sequence number has two records, so that equal ones meet as well.</summary>
    public SampleRecord Record(int number) => _records[number];

    private SampleRecord NewRecord(int number)
    {
        Multiaddr[] addresses = [.. Addresses.Where((_, i) => ((number * 13) + 5 & (1 << i)) != 0)];

        // With the suffix that names the peer and without: dotnet-libp2p takes the one, js-libp2p writes the other.
        var written = number % 3 == 0 ? Array.ConvertAll(addresses, address => address.WithPeer(Id)) : addresses;
        return new(Sample.Record(Key, (ulong)(number / 2) + 1, written), addresses);
    }
}
