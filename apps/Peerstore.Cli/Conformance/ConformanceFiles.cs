using System.Runtime.CompilerServices;
using Libp2p.Peerstore.Testing;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Conformance;

/// <summary>Finds the documents under paths, and says in one sentence each what cannot be read or is no document.</summary>
/// <param name="error">Where the sentences go.</param>
internal sealed class ConformanceFiles(TextWriter error)
{
    // A link to a folder above would never end.
    private static readonly EnumerationOptions AllBelow = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        MatchCasing = MatchCasing.CaseInsensitive,
    };

    /// <summary>Whether a path was not there, or a file could not be read or was not JSON.</summary>
    public bool HasUnreadable { get; private set; }

    /// <summary>Reads the documents of known kinds, one after the other, in the order of the paths and of the names.</summary>
    public async IAsyncEnumerable<ConformanceDocument> ReadAsync(
        IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in paths.SelectMany(Find))
        {
            if (await ReadAsync(file, cancellationToken) is not { } document)
            {
                continue;
            }

            if (document.Kind == ConformanceDocumentKind.Unknown)
            {
                Complain($"{file} is not a document of a known kind.");
            }
            else
            {
                yield return document;
            }
        }
    }

    private IEnumerable<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            return Unreadable(path, "there is no such file or folder");
        }

        try
        {
            return [.. Directory.EnumerateFiles(path, "*.json", AllBelow).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, exception.Message);
        }
    }

    private async Task<ConformanceDocument?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        string? problem;
        try
        {
            if (new FileInfo(file).Length > ConformanceDocument.MaxBytes)
            {
                problem = $"it has more than {ConformanceDocument.MaxBytes / (1024 * 1024)} MiB";
            }
            else if (ConformanceDocument.TryParse(
                file, await File.ReadAllBytesAsync(file, cancellationToken), out var document, out problem))
            {
                return document;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
        }

        _ = Unreadable(file, problem);
        return null;
    }

    private void Complain(string sentence) => error.WriteLine(TerminalText.Clean(sentence));

    private string[] Unreadable(string path, string problem)
    {
        HasUnreadable = true;
        Complain($"{path} cannot be read: {problem.TrimEnd('.')}.");
        return [];
    }
}
