namespace Libp2p.Peerstore;

/// <summary>A store could not do what it was asked.</summary>
public class PeerstoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">What went wrong, for a program.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">The cause.</param>
    public PeerstoreException(PeerstoreError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>What went wrong.</summary>
    public PeerstoreError Error { get; }
}
