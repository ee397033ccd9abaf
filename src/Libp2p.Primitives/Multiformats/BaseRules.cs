namespace Libp2p;

/// <summary>The rules that texts in several encodings share.</summary>
internal static class BaseRules
{
    public const string Character = "a text in a base encoding has only characters of that encoding's alphabet";
    public const string Length = "a text in a base encoding has a length that stands for whole bytes";
    public const string Padding = "a text in a padded base encoding ends in exactly the padding that its length asks for";
    public const string TooLong = "a text in a base encoding stays within the limit on its length";
}
