namespace Peerstore.CrashHarness;

/// <summary>A way in which a disk fails.</summary>
public enum FaultKind
{
    /// <summary>A call of any kind fails as such calls do.</summary>
    Broken,

    /// <summary>The disk is full: what is to be written is not.</summary>
    Full,

    /// <summary>The disk is full in the middle of what is to be written.</summary>
    Torn,

    /// <summary>The file system may only be read from: what changes it fails, and so does opening a log or a journal.</summary>
    ReadOnly,
}
