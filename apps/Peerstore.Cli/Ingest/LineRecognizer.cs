using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>Tells by itself what each line is, and reads it.</summary>
/// <remarks>
/// JSON is read strictly: UTF-8, at most 64 levels deep, no key twice, nothing behind the object. Not thread-safe.
/// </remarks>
/// <param name="verifier">Opens signed records.</param>
/// <param name="options">The limits of the store that the lines are for.</param>
internal sealed class LineRecognizer(RecordVerifier verifier, PeerstoreOptions options)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The fields that a visit has; a list of neighbours has none of them. Go writes empty ones as null.</summary>
    private static readonly string[] VisitFields =
    [
        "Maddrs", "ListenMaddrs", "Protocols", "AgentVersion", "ConnectMaddr", "ConnectErrorStr", "ConnectDuration",
    ];

    private readonly ObservationReader _observations = new(verifier, options);

    /// <summary>Reads one line.</summary>
    /// <param name="line">Its bytes.</param>
    /// <param name="observation">What it says; null for a blank line and for one with a problem.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>What kind of line it is, also where something is wrong with it.</returns>
    public LineFormat Read(ReadOnlyMemory<byte> line, out Observation? observation, out LineProblem? problem)
    {
        observation = null;
        problem = null;
        var text = line.Span.Trim(" \t"u8);
        if (text.IsEmpty || text[0] == '#')
        {
            return LineFormat.Blank;
        }

        if (!Utf8.IsValid(text))
        {
            problem = new LineProblem(Reasons.NotUtf8, "the line has bytes that are not UTF-8");
            return LineFormat.Unknown;
        }

        switch (text[0])
        {
            case (byte)'/':
                problem = ObservationReader.TryReadMultiaddr(Encoding.UTF8.GetString(text), out observation);
                return LineFormat.Multiaddr;
            case (byte)'{':
                return ReadJson(line, out observation, out problem);
            default:
                problem = new LineProblem(Reasons.UnknownFormat, "the line begins with neither { nor /");
                return LineFormat.Unknown;
        }
    }

    private LineFormat ReadJson(ReadOnlyMemory<byte> line, out Observation? observation, out LineProblem? problem)
    {
        observation = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, Strict);
        }
        catch (JsonException e)
        {
            problem = new LineProblem(Reasons.NotJson, Describe(e));
            return LineFormat.Unknown;
        }
        catch (InvalidOperationException e)
        {
            // Looking for keys that are there twice, the parser stumbles so over half a surrogate pair in a key.
            problem = new LineProblem(Reasons.NotJson, e.Message);
            return LineFormat.Unknown;
        }

        using (document)
        {
            var fields = new FieldReader(document.RootElement);
            var format = Recognize(fields);
            var read = Read(format, fields);
            problem = fields.Problem;
            observation = problem is null ? read : null;
            return format;
        }
    }

    private static LineFormat Recognize(FieldReader fields) =>
        fields.Has("ev") ? LineFormat.Event
        : fields.Has("PeerID") && VisitFields.Any(fields.Names) ? LineFormat.Visit
        : fields.Has("ID") ? LineFormat.AddrInfo
        : LineFormat.Unknown;

    // Its own message counts lines from 0 and within the line: the number beside it would contradict it.
    private static string Describe(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var what = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
        return e.BytePositionInLine is { } position ? $"{what} (at position {position})" : what;
    }

    private Observation? Read(LineFormat format, FieldReader fields)
    {
        switch (format)
        {
            case LineFormat.Event:
                return new NetworkEvents(_observations).Read(fields);
            case LineFormat.Visit:
                return _observations.ReadVisit(fields);
            case LineFormat.AddrInfo:
                return ObservationReader.ReadAddrInfo(fields);
            default:
                fields.Fail(Reasons.UnknownFormat, "the object has neither ev nor ID nor PeerID with what was found there");
                return null;
        }
    }
}
