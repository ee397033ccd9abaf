namespace Peerstore.Cli.Ingest;

/// <summary>Is told of every bad line, in the order of the file.</summary>
internal interface IBadLines
{
    /// <summary>Takes one.</summary>
    /// <param name="line">The bad line.</param>
    void Add(BadLine line);
}
