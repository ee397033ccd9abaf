using System.Diagnostics.Metrics;

namespace Libp2p.Peerstore.Tests;

/// <summary>What the stores of this process count from now on, for one counter and one limit.</summary>
internal sealed class MeterReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _total;

    public MeterReading(string counter, string limit)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Name, counter, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, number, tags, _) =>
            Interlocked.Add(ref _total, limit.Equals(tags[0].Value) ? number : 0));
        _listener.Start();
    }

    public long Total => Interlocked.Read(ref _total);

    public void Dispose() => _listener.Dispose();
}
