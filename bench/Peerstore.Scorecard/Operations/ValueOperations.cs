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
        Of("Multiaddr-parse-5", (batch, i) => Count(_texts[i], static text => Multiaddr.TryParse(text, out _)), IsAll),
        Of("Multiaddr-format-5", (batch, i) => Count(batch.Addresses[i], static address => address.ToString().Length > 0), IsAll),
        Of("Multiaddr-decode-5", (batch, i) => Count(_bytes[i], static bytes => Multiaddr.TryDecode(bytes, out _)), IsAll),
        Of("Multiaddr-encode-5", (batch, i) => Count(batch.Addresses[i], static address => address.Bytes.ToArray().Length > 0), IsAll),
        Of("PeerId-parse", (_, i) => PeerId.TryParse(_idTexts[i], out var id) ? id : default, IsId),
        Of("PeerId-format", (batch, i) => batch.Ids[i].ToString(), (_, i, text) => text.Length == _idTexts[i].Length),
        Of("PeerId-decode", (_, i) => PeerId.TryDecode(_idBytes[i], out var id) ? id : default, IsId),
        Of("PeerId-encode", (batch, i) => batch.Ids[i].ToArray(), static (batch, i, bytes) => bytes.Length == batch.Ids[i].Length),
    ];

    private ValueOperation<T> Of<T>(
        string name, Func<OperationBatch, int, T> work, Func<OperationBatch, int, T, bool> isRight) =>
        new() { Name = name, PrepareAsync = Read, Do = work, IsRight = isRight };

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

    private ValueTask Read(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Addresses[i] = data.Addresses(batch.Numbers[i]);
            _bytes[i] = Array.ConvertAll(batch.Addresses[i], static address => address.Bytes.ToArray());
            _texts[i] = Array.ConvertAll(batch.Addresses[i], static address => address.ToString());
            _idBytes[i] = batch.Ids[i].ToArray();
            _idTexts[i] = batch.Ids[i].ToString();
        }

        return ValueTask.CompletedTask;
    }
}
