using Libp2p;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Operations;

/// <summary>Reading and writing the values of <c>Libp2p.Primitives</c>, five addresses or one peer ID at a time.</summary>
/// <param name="data">The peers.</param>
internal sealed class ValueOperations(WireData data)
{
    private readonly byte[][][] _bytes = new byte[Operation.Fresh][][];
    private readonly string[][] _texts = new string[Operation.Fresh][];
    private readonly byte[][] _idBytes = new byte[Operation.Fresh][];
    private readonly string[] _idTexts = new string[Operation.Fresh];

    /// <summary>All of them.</summary>
    public IEnumerable<Operation> Create() =>
    [
        Of("Multiaddr-parse-5", ReadTexts, (batch, i) => Count(_texts[i], static text => Multiaddr.TryParse(text, out _)), IsAll),
        Of("Multiaddr-format-5", ReadAddresses, (batch, i) => Count(batch.Addresses[i], static address => address.ToString().Length > 0), IsAll),
        Of("Multiaddr-decode-5", ReadBytes, (batch, i) => Count(_bytes[i], static bytes => Multiaddr.TryDecode(bytes, out _)), IsAll),
        Of("Multiaddr-encode-5", ReadAddresses, (batch, i) => Count(batch.Addresses[i], static address => address.Bytes.ToArray().Length > 0), IsAll),
        Of("PeerId-parse", ReadIds, (_, i) => PeerId.TryParse(_idTexts[i], out var id) ? id : default, IsId),
        Of("PeerId-format", ReadIds, (batch, i) => batch.Ids[i].ToString(), (_, i, text) => text.Length == _idTexts[i].Length),
        Of("PeerId-decode", ReadIds, (_, i) => PeerId.TryDecode(_idBytes[i], out var id) ? id : default, IsId),
        Of("PeerId-encode", ReadIds, (batch, i) => batch.Ids[i].ToArray(), static (batch, i, bytes) => bytes.Length == batch.Ids[i].Length),
    ];

    private static ValueOperation<T> Of<T>(
        string name, Action<OperationBatch> read, Func<OperationBatch, int, T> work, Func<OperationBatch, int, T, bool> isRight) =>
        new()
        {
            Name = name,
            PrepareAsync = batch =>
            {
                read(batch);
                return ValueTask.CompletedTask;
            },
            Do = work,
            IsRight = isRight,
        };

    private static bool IsAll(OperationBatch batch, int i, int count) => count == WireData.AddressCount;

    private static bool IsId(OperationBatch batch, int i, PeerId id) => id == batch.Ids[i];

    private static int Count<T>(T[] values, Func<T, bool> test)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += test(value) ? 1 : 0;
        }

        return count;
    }

    private void ReadAddresses(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Addresses[i] = data.Addresses(batch.Numbers[i]);
        }
    }

    private void ReadBytes(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            _bytes[i] = Array.ConvertAll(data.Addresses(batch.Numbers[i]), static address => address.Bytes.ToArray());
        }
    }

    private void ReadTexts(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            _texts[i] = Array.ConvertAll(data.Addresses(batch.Numbers[i]), static address => address.ToString());
        }
    }

    private void ReadIds(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            _idBytes[i] = batch.Ids[i].ToArray();
            _idTexts[i] = batch.Ids[i].ToString();
        }
    }
}
