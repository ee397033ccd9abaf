namespace Libp2p;

/// <summary>The rules that every multiaddr keeps, whatever its protocols.</summary>
internal static class MultiaddrRules
{
    public const string Empty = "a multiaddr has at least one component";
    public const string Slash = "the text of a multiaddr begins with '/'";
    public const string UnknownName = "a component of a multiaddr begins with the name of a known protocol";
    public const string UnknownCode = "a component of a multiaddr begins with the code of a known protocol";
    public const string MissingValue = "the name of a protocol that takes a value is followed by the value";
    public const string EmptyValue = "the value of a component is not empty";
    public const string CutValue = "the value of a component is complete";
    public const string PathIsLast = "nothing follows a component that is a path";
    public const string Unicode = "the text of a multiaddr is well-formed Unicode";
    public const string TooManyBytes = "a multiaddr stays within the limit on its bytes";
    public const string TextTooLong = "the text of a multiaddr stays within nine times the limit on its bytes";
    public const string TooManyComponents = "a multiaddr stays within the limit on its components";
}
