using System.Text.Json;

namespace Libp2p.Peerstore.Testing;

/// <summary>Checks a document of multiaddrs.</summary>
internal static class MultiaddrChecker
{
    public static void Run(JsonElement document, CheckLog log, CancellationToken cancellationToken)
    {
        if (document.Optional("protocols") is not null)
        {
            CheckTable(document, log);
        }

        ValueLists.Check(document, "valid", log, CheckText, cancellationToken);
        ValueLists.Check(document, "validBytes", log, CheckBytes, cancellationToken);
        ValueLists.Check(document, "invalidStrings", log, CheckBadText, cancellationToken);
        ValueLists.Check(document, "invalidBytes", log, CheckBadBytes, cancellationToken);
    }

    private static void CheckTable(JsonElement document, CheckLog log)
    {
        const string List = "protocols";
        try
        {
            var wanted = document.Items(List).Select(static item => Row(
                item.Number("code"), item.Text("name"), item.Number("size"), item.Flag("path")));
            var got = MultiaddrProtocol.All.Select(static protocol => Row(
                protocol.Code, protocol.Name, protocol.Size, protocol.IsPath));
            var wantedRows = wanted.ToHashSet(StringComparer.Ordinal);
            wantedRows.SymmetricExceptWith(got);
            log.Compare(-1, List, "no difference", wantedRows.Count == 0 ? "no difference" : Answer.Set(wantedRows));
        }
        catch (DocumentException exception)
        {
            log.Fail(-1, List, "a table that can be read", exception.Message);
        }
    }

    private static string Row(long code, string name, long size, bool isPath) => $"{code} {name} {size} {Answer.Of(isPath)}";

    private static void CheckText(JsonElement item, ItemCheck check)
    {
        // "quirk" marks what go takes by a mistake of its own; the document itself asks that it be refused.
        var wanted = item.Optional("quirk") is null;
        if (check.Taken("string", wanted, Multiaddr.TryParse(item.Text("string"), out var address)))
        {
            CheckForms(item, check, address);
        }
    }

    private static void CheckBytes(JsonElement item, ItemCheck check)
    {
        var wanted = item.Optional("quirk") is null;
        if (check.Taken("bytes", wanted, Multiaddr.TryDecode(item.Hex("bytes"), out var address)))
        {
            CheckForms(item, check, address);
        }
    }

    private static void CheckForms(JsonElement item, ItemCheck check, Multiaddr address)
    {
        check.Equal("bytes", item.Hex("bytes"), address.Bytes);
        var isText = !item.Flag("canonicalIsNotUtf8");
        if (isText)
        {
            check.Equal("canonical", item.Text("canonical"), address.ToString());
        }

        var canonical = isText ? System.Text.Encoding.UTF8.GetBytes(item.Text("canonical")) : item.Hex("canonicalHex");
        check.Equal("canonical bytes", canonical, FormatUtf8(address));
        CheckComponents(item, check, address);

        if (check.Taken("bytes read back", wanted: true, Multiaddr.TryDecode(address.Bytes, out var decoded)))
        {
            check.Equal("bytes read back", wanted: true, decoded == address);
        }

        if (isText && check.Taken("text read back", wanted: true, Multiaddr.TryParse(address.ToString(), out var parsed)))
        {
            check.Equal("text read back", address.Bytes, parsed.Bytes);
        }
    }

    private static void CheckComponents(JsonElement item, ItemCheck check, Multiaddr address)
    {
        var wanted = item.Items("protocols").ToList();
        var got = address.Components.ToList();
        check.Equal("number of components", $"{wanted.Count}", $"{got.Count}");
        foreach (var (want, component) in wanted.Zip(got))
        {
            check.Equal("code", $"{want.Number("code")}", $"{component.Protocol.Code}");
            check.Equal("name", want.Text("name"), component.Protocol.Name);
            check.Equal("value", want.TextOrNull("value") ?? "", component.GetValueText());
            check.Equal("value's bytes", want.Optional("valueBytes") is null ? [] : want.Hex("valueBytes"), component.Value);
        }
    }

    private static ReadOnlySpan<byte> FormatUtf8(Multiaddr address)
    {
        var buffer = new byte[256];
        int written;
        while (!address.TryFormat(buffer, out written, default, provider: null))
        {
            buffer = new byte[buffer.Length * 2];
        }

        return buffer.AsSpan(0, written);
    }

    private static void CheckBadText(JsonElement item, ItemCheck check) =>
        check.Taken("string", wanted: false, Multiaddr.TryParse(item.Text("string"), out _));

    private static void CheckBadBytes(JsonElement item, ItemCheck check) =>
        check.Taken("bytes", wanted: false, Multiaddr.TryDecode(item.Hex("bytes"), out _));
}
