using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

/// <summary>Keeps all bad lines.</summary>
internal sealed class BadLines : List<BadLine>, IBadLines;
