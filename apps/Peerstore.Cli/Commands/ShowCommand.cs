using System.CommandLine;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore show</c>: all that is known of one peer.</summary>
internal sealed class ShowCommand
{
    private readonly CliHost _host;
    private readonly Argument<string> _peer = new("PEER")
    {
        Description = "The ID of the peer, in any of its spellings.",
    };

    private readonly StoreOptions _store = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    private ShowCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var show = new ShowCommand(host);
        var command = new Command("show", "Show all that is known of a peer.") { show._peer, show._store.Db, show._store.PassphraseFile, show._json };
        command.SetAction(show.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var text = arguments.GetRequiredValue(_peer);
        if (!PeerId.TryParse(text, out var peer, out var error))
        {
            throw new CliException($"'{text}' is not a peer ID; {error.Describe()}.");
        }

        await using IPeerstore store = await StoreFile.OpenAsync(
            _store.Read(arguments, _host), create: false, _host, cancellationToken);
        var reader = new PeerViewReader(store, StoreFile.Options.DecodeLimits);
        var view = await reader.ReadAsync(peer, cancellationToken);
        if (!await IsKnownAsync(store, peer, view, cancellationToken))
        {
            throw new CliException($"Nothing is known of peer {peer}.", ExitCode.NoAnswer);
        }

        Report.Answer(_host, arguments.GetValue(_json), view, ViewsContext.Default.PeerView, Write);
        return ExitCode.Fine;
    }

    // An ID may hold its key, so that a key alone does not say that the store has ever heard of the peer.
    private static async Task<bool> IsKnownAsync(
        IPeerstore store, PeerId peer, PeerView view, CancellationToken cancellationToken)
    {
        if (view.Addresses.Count + view.Protocols.Count + view.Metadata.Count > 0)
        {
            return true;
        }

        await foreach (var known in store.GetPeersAsync(cancellationToken))
        {
            if (known == peer)
            {
                return true;
            }
        }

        return false;
    }

    private void Write(PeerView view, IReport report)
    {
        var now = _host.Time.GetUtcNow();
        List<(string Name, string Value)> pairs = [("peer", view.Peer), ("key", view.KeyType ?? "unknown")];
        if (view.LatencyMilliseconds is { } latency)
        {
            pairs.Add(("latency", $"{latency:0.###} ms"));
        }

        if (view.Record is { } record)
        {
            var addresses = record.Addresses.Count;
            pairs.Add(("record", $"seq {record.Sequence}, {record.Envelope.Length} bytes, {addresses} addresses"));
        }

        report.Pairs([.. pairs, .. view.Metadata.Select(value => (value.Key, value.Value ?? "(not a text)"))]);
        report.Table(new TextTable(
            "Addresses",
            ["address", "source", "lifetime", "left"],
            [.. view.Addresses.Select(address => Row(address, now))]));
        report.Table(new TextTable("Protocols", ["protocol"], [.. view.Protocols.Select(name => new[] { name })]));
    }

    private static string[] Row(AddressView address, DateTimeOffset now)
    {
        var lifetime =
            address.TtlSeconds is { } seconds ? LifetimeText.Format(TimeSpan.FromSeconds(seconds)) : "permanent";
        var left = address.ExpiresAt is { } end ? LifetimeText.Format(end - now) : "";
        return [address.Address, string.Join(", ", address.Sources), lifetime, left];
    }
}
