namespace Libp2p.Peerstore;

/// <summary>An import ended before the end of the export.</summary>
/// <remarks>
/// <see cref="PeerstoreException.Error"/> is <see cref="PeerstoreError.WrongFile"/> where it is none, or one of a newer version,
/// and <see cref="PeerstoreError.Damaged"/> where it is cut off or cannot be read on.
/// </remarks>
public sealed class PeerstoreImportException : PeerstoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">What went wrong, for a program.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="report">What was imported before.</param>
    public PeerstoreImportException(PeerstoreError error, string message, PeerstoreImportReport report)
        : base(error, message) => Report = report;

    /// <summary>What was imported before. It stays.</summary>
    public PeerstoreImportReport Report { get; }
}
