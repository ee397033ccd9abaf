namespace Libp2p.Peerstore.Testing;

/// <summary>An answer that is not the one wanted.</summary>
/// <param name="Document">The document.</param>
/// <param name="Step">
/// Which step of a scenario or item of a list of values, counted from 0 as in the document; -1 for the document as a
/// whole.
/// </param>
/// <param name="Operation">The operation of the step, or the list that the item stands in.</param>
/// <param name="Wanted">What was wanted, as text of bounded length without control characters.</param>
/// <param name="Got">What came, as text of the same kind.</param>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record ConformanceMismatch(string Document, int Step, string Operation, string Wanted, string Got)
{
    /// <summary>Returns everything in one line.</summary>
    public override string ToString() => $"{Document} step {Step} {Operation}: wanted {Wanted}, got {Got}";
}
