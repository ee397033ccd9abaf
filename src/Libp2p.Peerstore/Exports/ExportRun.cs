namespace Libp2p.Peerstore;

/// <summary>Writes one export. Used once.</summary>
internal sealed class ExportRun(PeerstoreEngine engine, Stream stream, PeerstoreExportOptions options)
{
    /// <summary>What is written at a time. A buffer of twice as much is one that <see cref="EntryBuffer"/> keeps.</summary>
    private const int Portion = 1 << 15;

    private readonly EntryBuffer _sections = new();
    private readonly EntryTrimmer _trimmer = new();
    private readonly EntryBuffer _output = new();
    private long _peers;
    private long _privateKeys;
    private long _privateKeysLeftOut;
    private long _bytes;

    public async ValueTask<PeerstoreExportReport> WriteAsync(CancellationToken cancellationToken)
    {
        ExportFormat.WriteHeader(engine.Now, _output);
        try
        {
            await foreach (var peer in engine.ListAsync(static (in view, now) => view.IsLive(now), cancellationToken).ConfigureAwait(false))
            {
                Take(peer, cancellationToken);
                if (_output.Length >= Portion)
                {
                    await WriteOutAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            ExportFormat.WriteEnd(_peers, _output);
            await WriteOutAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Wipe();
        }

        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new()
        {
            Peers = _peers,
            PrivateKeys = _privateKeys,
            PrivateKeysLeftOut = _privateKeysLeftOut,
            Bytes = _bytes,
        };
    }

    private void Take(in PeerId peer, CancellationToken cancellationToken)
    {
        var (protocols, hasPrivateKey) = engine.Read(
            peer, (_sections, options.PrivateKeysInClear), static (in view, state, _) => Copy(view, state), cancellationToken);
        _privateKeysLeftOut += hasPrivateKey && !options.PrivateKeysInClear ? 1 : 0;
        _ = _trimmer.Trim(peer, new StoredPeer(_sections.Written, protocols.Sorted, wasConnected: false), engine.Now);
        var entry = _trimmer.Output;
        if (entry.Length == 0)
        {
            // Gone since it was listed, or nothing but a key that stays here.
            return;
        }

        _peers++;
        _privateKeys += hasPrivateKey && options.PrivateKeysInClear ? 1 : 0;
        ExportFormat.WriteHead(EntryVarint.LengthOf((uint)peer.Length) + peer.Length + entry.Length, _output);
        _output.PutBytes(peer.Bytes);
        _output.Put(entry.Written);
    }

    /// <summary>Copies the sections under the gate; a private key that is not asked for does not leave the engine.</summary>
    private static (ProtocolSet Protocols, bool HasPrivateKey) Copy(in PeerView view, (EntryBuffer Sections, bool WithPrivateKeys) to)
    {
        to.Sections.Clear();
        for (var at = 0; at < view.Sections.Length;)
        {
            var start = at;
            var section = (EntrySection)view.Sections[at++];
            var length = (int)EntryVarint.Read(view.Sections, ref at);
            at += length;
            if (to.WithPrivateKeys || section != EntrySection.PrivateKey)
            {
                to.Sections.Put(view.Sections[start..at]);
            }
        }

        return (view.Protocols, view.Has(EntrySection.PrivateKey));
    }

    private async ValueTask WriteOutAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _bytes += _output.Length;
        _output.Clear();
    }

    private void Wipe()
    {
        if (options.PrivateKeysInClear)
        {
            _sections.Wipe();
            _trimmer.Wipe();
            _output.Wipe();
        }
    }
}
