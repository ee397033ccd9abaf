using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Testing;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Ingest;

/// <summary>Turns recognised lines into observations; a line with any fault in it becomes a problem instead.</summary>
/// <remarks>Not thread-safe, as <see cref="RecordVerifier"/> is not.</remarks>
/// <param name="verifier">Opens signed records.</param>
/// <param name="options">The limits of the store that the observations are for.</param>
internal sealed class ObservationReader(RecordVerifier verifier, PeerstoreOptions options)
{
    /// <summary>Reads a multiaddr that ends in <c>/p2p/ID</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="observation">What it says.</param>
    /// <returns>The problem, or null.</returns>
    public static LineProblem? TryReadMultiaddr(string text, out Observation? observation)
    {
        observation = null;
        if (!Multiaddr.TryParse(text, DecodeLimits.Default, out var address, out var error))
        {
            return new LineProblem(Reasons.BadMultiaddr, error.Describe());
        }

        if (!address.TrySplitPeer(out var transport, out var peer))
        {
            return new LineProblem(Reasons.BadPeerId, "it does not end in /p2p/ID");
        }

        if (transport.IsEmpty)
        {
            return new LineProblem(Reasons.NoTransport, "there is nothing before /p2p");
        }

        observation = new Observation { Format = LineFormat.Multiaddr, Peer = peer, Heard = [transport] };
        return null;
    }

    /// <summary>Reads go-libp2p's <c>AddrInfo</c>.</summary>
    /// <param name="fields">The object; its problem tells whether the observation is good.</param>
    public static Observation ReadAddrInfo(FieldReader fields)
    {
        var peer = fields.Peer("ID");
        return new Observation
        {
            Format = LineFormat.AddrInfo,
            Peer = peer,
            Heard = fields.Addresses("Addrs", peer) ?? [],
        };
    }

    /// <summary>Reads a visit of the Nebula crawler.</summary>
    /// <remarks>
    /// What others say of the peer (<c>Maddrs</c>) is hearsay, what it says itself (<c>ListenMaddrs</c>) is announced.
    /// The address that was connected to worked. How long connecting took is several round trips and not stored as
    /// latency. A visit that failed learned nothing from the peer: its lists are empty because nobody answered.
    /// </remarks>
    /// <param name="fields">The object; its problem tells whether the observation is good.</param>
    public Observation ReadVisit(FieldReader fields)
    {
        var peer = fields.Peer("PeerID");
        var connected = fields.Text("ConnectErrorStr", int.MaxValue) is null or "";
        var duration = fields.Text("ConnectDuration");
        if (duration is not (null or "") && !GoDuration.TryParse(duration, out _))
        {
            fields.Fail(Reasons.BadDuration, "ConnectDuration is not a duration");
        }

        var heard = fields.Addresses("Maddrs", peer) ?? [];
        var announced = fields.Addresses("ListenMaddrs", peer);
        var reached = fields.Address("ConnectMaddr", peer);
        var protocols = Protocols(fields, "Protocols");
        var agent = fields.Text("AgentVersion");
        return new Observation
        {
            Format = LineFormat.Visit,
            Peer = peer,
            Heard = connected && reached is { } one ? [.. heard, one] : heard,
            Announced = connected ? announced : null,
            Protocols = connected ? protocols : null,
            AgentVersion = connected && agent is not "" ? agent : null,
            Dial = connected ? DialResult.Worked : DialResult.Failed,
        };
    }

    /// <summary>Reads what a peer said of itself (identify).</summary>
    /// <remarks>
    /// It is the peer's whole word and replaces the former one: a list that is absent is empty, a text that is absent is
    /// gone. Only keys stay, which belong to the ID. <c>observedAddr</c> is an address of the observing node as the peer
    /// sees it: not the peer's.
    /// </remarks>
    /// <param name="fields">The object; its problem tells whether the observation is good.</param>
    public Observation ReadIdentify(FieldReader fields)
    {
        var peer = fields.Peer("peerId");
        var record = Record(fields, peer);
        return new Observation
        {
            Format = LineFormat.Event,
            Peer = peer,
            Record = record,
            Key = Key(fields, peer) ?? record?.Envelope.PublicKey,
            IsWholeWord = true,
            Announced = fields.Addresses("listenAddrs", peer) ?? [],
            Protocols = Protocols(fields, "protocols") ?? [],
            AgentVersion = fields.Text("agentVersion"),
            ProtocolVersion = fields.Text("protocolVersion"),
        };
    }

    private PeerRecord? Record(FieldReader fields, PeerId peer)
    {
        var tooLarge = Reasons.Refused(EnvelopeOutcome.TooLarge);
        var bytes = fields.Bytes("envelope", verifier.Limits.MaxEnvelopeBytes, tooLarge);
        if (bytes is null)
        {
            return null;
        }

        var outcome = verifier.TryOpen(bytes, out var record, out var error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            fields.Fail(Reasons.Refused(outcome), $"envelope: {error.Describe()}");
        }
        else if (record!.Peer != peer)
        {
            fields.Fail(Reasons.RecordOfOther, $"the record is of {record.Peer}");
        }

        return record;
    }

    private static PublicKey? Key(FieldReader fields, PeerId peer)
    {
        var bytes = fields.Bytes("publicKey", DecodeLimits.Default.MaxKeyBytes, Reasons.BadKey);
        if (bytes is null)
        {
            return null;
        }

        if (!PublicKey.TryDecode(bytes, DecodeLimits.Default, out var key, out var error))
        {
            fields.Fail(Reasons.BadKey, $"publicKey: {error.Describe()}");
        }
        else if (!peer.Matches(key))
        {
            fields.Fail(Reasons.KeyOfOther, "publicKey is not the key of peerId");
        }

        return key;
    }

    // Checked here although the store checks too: it would refuse after other parts of the line have been stored.
    private string[]? Protocols(FieldReader fields, string name)
    {
        var protocols = fields.Texts(name);
        if (protocols is null)
        {
            return null;
        }

        if (protocols.Any(protocol => protocol.Length > options.MaxProtocolIdLength))
        {
            fields.Fail(Reasons.ProtocolTooLong, $"{name}: one has more than {options.MaxProtocolIdLength} characters");
        }

        string[] distinct = [.. protocols.Distinct(StringComparer.Ordinal)];
        var max = options.MaxProtocolsPerPeer;
        if (distinct.Length > max)
        {
            fields.Fail(Reasons.TooManyProtocols, $"{name} has {distinct.Length} of at most {max}");
        }

        return distinct;
    }
}
