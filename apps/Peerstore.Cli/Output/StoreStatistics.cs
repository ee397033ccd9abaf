namespace Peerstore.Cli.Output;

/// <summary>A store in numbers.</summary>
internal sealed record StoreStatistics
{
    /// <summary>The peers of which anything is known.</summary>
    public required int Peers { get; init; }

    /// <summary>Those with a live address.</summary>
    public required int PeersWithAddresses { get; init; }

    /// <summary>The live addresses.</summary>
    public required long Addresses { get; init; }

    /// <summary>Those that stand in a signed record.</summary>
    public required long CertifiedAddresses { get; init; }

    /// <summary>The signed records.</summary>
    public required int Records { get; init; }

    /// <summary>The peers of which a key is stored.</summary>
    public required int Keys { get; init; }

    /// <summary>The addresses by transport, the most frequent first.</summary>
    public required IReadOnlyList<Frequency> Transports { get; init; }

    /// <summary>The ten protocols that most peers speak.</summary>
    public required IReadOnlyList<Frequency> Protocols { get; init; }

    /// <summary>The ten agents that most peers run.</summary>
    public required IReadOnlyList<Frequency> Agents { get; init; }
}
