using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Commands;

/// <summary>Where the findings of <c>conformance</c> go.</summary>
internal interface IConformanceReport
{
    /// <summary>Takes what one document showed.</summary>
    void Add(ConformanceReport report);

    /// <summary>Takes the sum of all documents.</summary>
    void End(ConformanceReport all);
}
