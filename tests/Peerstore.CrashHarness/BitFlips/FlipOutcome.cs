namespace Peerstore.CrashHarness;

/// <summary>What became of a file in which bits were flipped.</summary>
public enum FlipOutcome
{
    /// <summary>Everything is answered as before, and nothing was reported.</summary>
    Harmless,

    /// <summary>The peers whose entries were hit were set aside and counted; all others are answered as before.</summary>
    Quarantined,

    /// <summary>The file was replaced by what could be read of it, and that was reported; what is answered is as before.</summary>
    Salvaged,

    /// <summary>
    /// The file was taken for one of another program, and not touched; or both copies of the parameters of private keys are
    /// damaged. Either is an error that the guide names.
    /// </summary>
    Refused,

    /// <summary>Anything else: a bug.</summary>
    Wrong,
}
