using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>Reads a stream line by line into a store. For one stream.</summary>
internal sealed class IngestRun
{
    private const int ReportEveryLines = 256;
    private readonly RecordVerifier _verifier;
    private readonly LineRecognizer _recognizer;
    private readonly IStoreSource _source;
    private readonly TimeSpan _ttl;
    private readonly IBadLines _badLines;

    /// <summary>Prepares for a store.</summary>
    /// <param name="source">Gives the store.</param>
    /// <param name="options">The limits of the store.</param>
    /// <param name="ttl">How long addresses live from now.</param>
    /// <param name="badLines">Is told of every bad line.</param>
    public IngestRun(IStoreSource source, PeerstoreOptions options, TimeSpan ttl, IBadLines badLines)
    {
        _verifier = new RecordVerifier(options.DecodeLimits);
        _recognizer = new LineRecognizer(_verifier, options);
        (_source, _ttl, _badLines) = (source, ttl, badLines);
    }

    /// <summary>What has been read so far; complete when <see cref="ReadAsync"/> is.</summary>
    public IngestSummary Summary { get; } = new();

    /// <summary>Reads the stream to its end.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="progress">Is told now and then how far it is.</param>
    /// <param name="cancellationToken">Stops between lines; what was read until then stays stored.</param>
    public async Task ReadAsync(Stream input, IProgress<IngestProgress>? progress, CancellationToken cancellationToken)
    {
        var reader = new LineReader(input);
        while (await reader.ReadAsync(cancellationToken))
        {
            await TakeAsync(reader, cancellationToken);
            if (reader.Number % ReportEveryLines == 0)
            {
                progress?.Report(new IngestProgress(reader.Number, reader.BytesRead));
            }
        }
    }

    private async ValueTask TakeAsync(LineReader reader, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var format = LineFormat.Unknown;
        Observation? observation = null;
        LineProblem? problem = null;
        if (reader.IsTooLong)
        {
            problem = new LineProblem(Reasons.TooLong, $"it has more than {LineReader.DefaultMaxLineBytes} bytes");
        }
        else
        {
            format = _recognizer.Read(reader.Line, out observation, out problem);
        }

        Summary.Count(format, problem);
        Summary.Records.Verified = _verifier.Verified;
        Summary.Records.Repeated = _verifier.Repeated;
        if (problem is { } bad)
        {
            _badLines.Add(new BadLine(reader.Number, bad.Reason, bad.Detail));
        }

        if (observation is not null)
        {
            await StoreAsync(observation);
        }
    }

    // Not cancelled within a line: a line is stored whole or not at all.
    private async ValueTask StoreAsync(Observation observation)
    {
        Summary.Count(observation);
        if (await _source.GetAsync(observation.SaysSomething) is { } store)
        {
            await new ObservationWriter(store, _ttl, Summary).WriteAsync(observation, CancellationToken.None);
        }
    }
}
