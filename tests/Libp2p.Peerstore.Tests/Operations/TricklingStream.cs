namespace Libp2p.Peerstore.Tests;

/// <summary>Gives its bytes one by one, as a network may.</summary>
internal sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
{
    /// <summary>What is done once so many bytes were given.</summary>
    public (long Position, Action Do) At { get; init; } = (-1, static () => { });

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == At.Position)
        {
            At.Do();
        }

        return base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
