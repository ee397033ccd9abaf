namespace Peerstore.Cli.Ingest;

/// <summary>Reads the events of a recorded network.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>peer:identify</c> is the peer's own word, and its whole word: what it does not say, it no longer has.</item>
/// <item><c>node:start</c> is a node's own word on the addresses it listens on, unsigned as in identify.</item>
/// <item><c>connection:open</c>, outbound: the remote address was dialled and worked. Inbound, it is a passing port
/// that nobody can dial: counted only.</item>
/// <item><c>dial:fail</c> names no address, so nothing is stored; it does not make a peer known either.</item>
/// <item><c>connection:close</c>, <c>peer:connect</c>, <c>peer:disconnect</c>, <c>node:stop</c> say nothing about
/// addresses that an opening has not said; <c>peer:update</c> and <c>store</c> are views out of another node's store,
/// not words of the peer: counted only.</item>
/// </list>
/// </remarks>
/// <param name="reader">Reads what peers say of themselves.</param>
internal sealed class NetworkEvents(ObservationReader reader)
{
    /// <summary>Reads one event.</summary>
    /// <param name="fields">The object; its problem tells whether the observation is good.</param>
    public Observation Read(FieldReader fields)
    {
        var name = fields.Text("ev");
        var observation = name switch
        {
            "peer:identify" => reader.ReadIdentify(fields),
            "node:start" => ReadStart(fields),
            "connection:open" => ReadConnection(fields, isOpening: true),
            "connection:close" => ReadConnection(fields, isOpening: false),
            "dial:fail" => Count(fields) with { Dial = DialResult.Failed },
            "peer:connect" or "peer:disconnect" or "peer:update" or "node:stop" => Count(fields),
            "store" or "end" => new Observation { Format = LineFormat.Event },
            _ => Unknown(fields, name),
        };
        return observation with { Event = name };
    }

    private static Observation ReadStart(FieldReader fields)
    {
        var peer = fields.Peer("peerId");
        return new Observation
        {
            Format = LineFormat.Event,
            Peer = peer,
            Announced = fields.Addresses("listenAddrs", peer),
        };
    }

    private static Observation ReadConnection(FieldReader fields, bool isOpening)
    {
        var peer = fields.Peer("peerId");
        var remote = fields.Address("remoteAddr", peer);
        var direction = fields.Text("direction");
        if (direction is not ("inbound" or "outbound"))
        {
            fields.Fail(Reasons.WrongField, "direction is neither inbound nor outbound");
        }

        if (remote is null)
        {
            fields.Fail(Reasons.WrongField, "remoteAddr is missing");
        }

        var worked = isOpening && string.Equals(direction, "outbound", StringComparison.Ordinal);
        return new Observation
        {
            Format = LineFormat.Event,
            Peer = worked ? peer : default,
            Heard = worked && remote is { } address ? [address] : [],
            Dial = worked ? DialResult.Worked : DialResult.None,
        };
    }

    // Read, so that a line with a bad peer ID is a bad line; not kept, since nothing is to be stored for the peer.
    private static Observation Count(FieldReader fields)
    {
        _ = fields.Peer("peerId");
        return new Observation { Format = LineFormat.Event };
    }

    private static Observation Unknown(FieldReader fields, string? name)
    {
        fields.Fail(Reasons.UnknownEvent, $"ev is '{name}'");
        return new Observation { Format = LineFormat.Event };
    }
}
