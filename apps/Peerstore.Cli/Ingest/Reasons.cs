using Libp2p;

namespace Peerstore.Cli.Ingest;

/// <summary>The reasons for which lines are not stored.</summary>
internal static class Reasons
{
    public const string TooLong = "line too long";
    public const string NotUtf8 = "not UTF-8";
    public const string NotJson = "not JSON";
    public const string UnknownFormat = "unknown format";
    public const string UnknownEvent = "unknown event";
    public const string WrongField = "field missing or of the wrong kind";
    public const string BadPeerId = "not a peer ID";
    public const string BadMultiaddr = "not a multiaddr";
    public const string NoTransport = "no address before /p2p";
    public const string AddressOfOther = "address of another peer";
    public const string BadBase64 = "not base64";
    public const string BadDuration = "not a duration";
    public const string BadKey = "not a public key";
    public const string KeyOfOther = "public key of another peer";
    public const string RecordOfOther = "record of another peer";
    public const string TooManyProtocols = "too many protocols";
    public const string ProtocolTooLong = "protocol ID too long";
    public const string TextTooLong = "text too long";

    /// <summary>Whether the reason is that the line's signed record was refused.</summary>
    /// <param name="reason">The reason.</param>
    public static bool IsOfRecord(string reason) => reason.StartsWith("record ", StringComparison.Ordinal);

    /// <summary>Each reason why a signed record is refused.</summary>
    /// <param name="outcome">What opening it said.</param>
    public static string Refused(EnvelopeOutcome outcome) => outcome switch
    {
        EnvelopeOutcome.TooLarge => "record too large",
        EnvelopeOutcome.Malformed => "record malformed",
        EnvelopeOutcome.BadKey => "record with a bad key",
        EnvelopeOutcome.BadSignature => "record with a bad signature or of another domain",
        EnvelopeOutcome.WrongPayloadType => "record of another payload type",
        EnvelopeOutcome.BadPayload => "record with a bad payload",
        EnvelopeOutcome.WrongSigner => "record signed by another peer",
        _ => "record refused",
    };
}
