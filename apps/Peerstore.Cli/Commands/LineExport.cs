using System.Text.Json;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary>Writes peers as lines. Used once.</summary>
/// <param name="store">The peers.</param>
/// <param name="output">Where to.</param>
/// <param name="form">In which form.</param>
internal sealed class LineExport(IPeerstore store, TextWriter output, LineForm form)
{
    /// <summary>The peers that were written.</summary>
    public long Peers { get; private set; }

    /// <summary>The addresses that were left out: as lines they would be read as others.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Writes all peers, in the order of their IDs.</summary>
    /// <param name="cancellationToken">Stops it between peers.</param>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var peer in await StoreFile.ListPeersAsync(store, cancellationToken))
        {
            if (form == LineForm.All)
            {
                await WriteAllAsync(peer, cancellationToken);
            }
            else
            {
                await WriteAddressesAsync(peer, cancellationToken);
            }

            Peers++;
        }

        await output.FlushAsync(cancellationToken);
    }

    private async Task WriteAllAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var reader = new PeerViewReader(store, StoreFile.Options.DecodeLimits);
        var view = await reader.ReadAsync(peer, cancellationToken);
        await output.WriteLineAsync(
            JsonSerializer.Serialize(view, ViewsContext.Default.PeerView).AsMemory(), cancellationToken);
    }

    private async Task WriteAddressesAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var isInfo = form == LineForm.AddrInfo;
        var all = await store.Addresses.GetAsync(peer, cancellationToken);
        string[] texts = [.. all.Select(address => Write(address, peer, withPeer: !isInfo)).OfType<string>()];
        LeftOut += all.Count - texts.Length;
        if (isInfo)
        {
            var info = new AddrInfoView(peer.ToString(), texts);
            var json = JsonSerializer.Serialize(info, ViewsContext.Default.AddrInfoView);
            await output.WriteLineAsync(json.AsMemory(), cancellationToken);
            return;
        }

        foreach (var text in texts)
        {
            var line = form == LineForm.MultiaddrsInJson ? JsonSerializer.Serialize(text, ViewsContext.Default.String) : text;
            await output.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    // A host name may hold a line end or bytes that are not UTF-8, and behind a path even /p2p/ID is a part of the path:
    // what is not read back as the same address of the same peer would be something else.
    private static string? Write(Multiaddr address, PeerId peer, bool withPeer)
    {
        var text = withPeer ? $"{address}/p2p/{peer}" : address.ToString();
        if (!TerminalText.IsPlain(text) || !Multiaddr.TryParse(text, out var read))
        {
            return null;
        }

        if (!withPeer)
        {
            return read == address ? text : null;
        }

        return read.TrySplitPeer(out var transport, out var named) && transport == address && named == peer ? text : null;
    }
}
