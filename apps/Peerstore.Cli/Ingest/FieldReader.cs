using System.Text;
using System.Text.Json;
using Libp2p;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Ingest;

/// <summary>Reads the fields of a JSON object, and keeps the first thing that is wrong with them.</summary>
/// <remarks>
/// After a problem every answer is empty; whoever reads looks at <see cref="Problem"/> once, at the end. A field that
/// is absent and one that is null are the same: Go writes an empty list as null.
/// </remarks>
/// <param name="json">The object.</param>
internal sealed class FieldReader(JsonElement json)
{
    /// <summary>Longer than any text that fits in an identify message, which has at most 8,192 bytes.</summary>
    public const int MaxTextBytes = 8192;

    /// <summary>The first problem, or null where all that was read is good.</summary>
    public LineProblem? Problem { get; private set; }

    /// <summary>Notes a problem, unless there is one already.</summary>
    /// <param name="reason">One of <see cref="Reasons"/>.</param>
    /// <param name="detail">The particulars.</param>
    public void Fail(string reason, string detail) => Problem ??= new LineProblem(reason, detail);

    /// <summary>Whether the object has a field that is not null.</summary>
    /// <param name="name">The name of the field.</param>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Whether the object has a field, be it null.</summary>
    /// <param name="name">The name of the field.</param>
    public bool Names(string name) => json.TryGetProperty(name, out _);

    /// <summary>Reads a text.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="maxBytes">How long it may be in UTF-8.</param>
    public string? Text(string name, int maxBytes = MaxTextBytes) =>
        TryGet(name, out var value) ? Text(name, value, maxBytes) : null;

    /// <summary>Reads a list of texts.</summary>
    /// <param name="name">The name of the field.</param>
    public IReadOnlyList<string>? Texts(string name) => Items(name, item => Text(name, item, int.MaxValue) ?? "");

    /// <summary>Reads the ID of a peer, which has to be there.</summary>
    /// <param name="name">The name of the field.</param>
    public PeerId Peer(string name)
    {
        if (!TryGet(name, out var value))
        {
            Fail(Reasons.WrongField, $"{name} is missing");
            return default;
        }

        var text = Text(name, value, MaxTextBytes);
        if (text is null)
        {
            return default;
        }

        if (!PeerId.TryParse(text, out var peer, out var error))
        {
            Fail(Reasons.BadPeerId, $"{name}: {error.Describe()}");
        }

        return peer;
    }

    /// <summary>Reads a list of addresses.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="owner">Whose addresses they are; one that ends in the ID of another peer is a problem.</param>
    public IReadOnlyList<Multiaddr>? Addresses(string name, PeerId owner) =>
        Items(name, item => Address(name, owner, item));

    /// <summary>Reads an address.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="owner">Whose address it is; one that ends in the ID of another peer is a problem.</param>
    public Multiaddr? Address(string name, PeerId owner) =>
        TryGet(name, out var value) ? Address(name, owner, value) : null;

    /// <summary>Reads bytes written in base64.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="maxBytes">How many there may be; checked before they are decoded.</param>
    /// <param name="tooLarge">The reason where there are more.</param>
    public byte[]? Bytes(string name, int maxBytes, string tooLarge)
    {
        var text = Text(name, int.MaxValue);
        if (text is null)
        {
            return null;
        }

        if (text.Length > (maxBytes + 2L) / 3 * 4)
        {
            Fail(tooLarge, $"{name} has more than {maxBytes} bytes");
            return null;
        }

        var bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 == 0 && Convert.TryFromBase64String(text, bytes, out var length))
        {
            return bytes[..length];
        }

        Fail(Reasons.BadBase64, $"{name} is not base64");
        return null;
    }

    private Multiaddr Address(string name, PeerId owner, JsonElement value)
    {
        var text = Text(name, value, int.MaxValue);
        if (text is null)
        {
            return default;
        }

        if (!Multiaddr.TryParse(text, DecodeLimits.Default, out var address, out var error))
        {
            Fail(Reasons.BadMultiaddr, $"{name}: {error.Describe()}");
        }
        else if (address.TrySplitPeer(out var transport, out var named))
        {
            CheckSuffix(name, named == owner, transport);
        }

        return address;
    }

    // The store would refuse such an address alone: of a line with one, nothing is to be stored.
    private void CheckSuffix(string name, bool isOwners, Multiaddr transport)
    {
        if (!isOwners)
        {
            Fail(Reasons.AddressOfOther, $"{name}: one ends in the ID of another peer");
        }
        else if (transport.IsEmpty)
        {
            Fail(Reasons.NoTransport, $"{name}: one is nothing but the peer's ID");
        }
    }

    private T[]? Items<T>(string name, Func<JsonElement, T> read)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(Reasons.WrongField, $"{name} is not a list");
            return null;
        }

        var items = new List<T>();
        foreach (var item in value.EnumerateArray())
        {
            if (Problem is not null)
            {
                return null;
            }

            items.Add(read(item));
        }

        return [.. items];
    }

    private string? Text(string name, JsonElement value, int maxBytes)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fail(Reasons.WrongField, $"{name} is not a text");
            return null;
        }

        try
        {
            var text = value.GetString()!;
            if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
            {
                return text;
            }

            Fail(Reasons.TextTooLong, $"{name} has more than {maxBytes} bytes");
        }
        catch (InvalidOperationException)
        {
            // The only way to learn that an escape stands for half a surrogate pair.
            Fail(Reasons.NotJson, $"{name} has half a surrogate pair");
        }

        return null;
    }

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return Problem is null && json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
