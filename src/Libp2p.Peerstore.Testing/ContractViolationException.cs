namespace Libp2p.Peerstore.Testing;

/// <summary>A store does not do what the contract says.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which check failed, what was wanted and what was got.</param>
    /// <param name="innerException">What the store threw, where that is the violation.</param>
    public ContractViolationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
