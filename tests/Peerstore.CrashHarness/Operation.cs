namespace Peerstore.CrashHarness;

/// <summary>One change: the operation's number becomes the value of a slot.</summary>
/// <param name="Number">Rises by one from operation to operation; no two have the same.</param>
/// <param name="Slot">What it changes.</param>
internal readonly record struct Operation(long Number, Slot Slot);
