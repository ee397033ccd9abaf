using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore.Testing;

/// <summary>What a check wants. Everything else is a <see cref="ContractViolationException"/> with both sides in it.</summary>
internal static class Expect
{
    /// <summary>How long a stream may keep silent before a check gives up. No check that passes waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void That(bool isSo, string wanted, string got)
    {
        if (!isSo)
        {
            throw new ContractViolationException($"wanted {wanted}, got {got}.");
        }
    }

    public static void Equal<T>(T wanted, T got, [CallerArgumentExpression(nameof(got))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, got))
        {
            throw Violation(wanted?.ToString(), got?.ToString(), what);
        }
    }

    /// <summary>The same elements in the same order.</summary>
    public static void List<T>(
        IEnumerable<T> wanted, IEnumerable<T> got, [CallerArgumentExpression(nameof(got))] string what = "")
    {
        var (left, right) = (wanted.ToList(), got.ToList());
        if (!left.SequenceEqual(right))
        {
            throw Violation(Show(left), Show(right), what);
        }
    }

    /// <summary>The same elements, each once, in any order.</summary>
    public static void Set<T>(
        IEnumerable<T> wanted, IReadOnlyCollection<T> got, [CallerArgumentExpression(nameof(got))] string what = "")
    {
        var left = wanted.ToHashSet();
        if (!left.SetEquals(got) || left.Count != got.Count)
        {
            throw Violation(Show(left), Show(got), what);
        }
    }

    public static void None<T>(IReadOnlyCollection<T> got, [CallerArgumentExpression(nameof(got))] string what = "") =>
        List([], got, what);

    public static void Bytes(
        ReadOnlyMemory<byte> wanted, ReadOnlyMemory<byte>? got, [CallerArgumentExpression(nameof(got))] string what = "") =>
        Equal(Convert.ToHexString(wanted.Span), got is { } bytes ? Convert.ToHexString(bytes.Span) : null, what);

    public static async Task<T> FoundAsync<T>(
        ValueTask<T?> got, [CallerArgumentExpression(nameof(got))] string what = "")
        where T : class =>
        await got ?? throw new ContractViolationException($"wanted a value of {what}, got null.");

    /// <summary>The exception, or one derived from it.</summary>
    public static async Task<T> ThrowsAsync<T>(Func<Task> act, [CallerArgumentExpression(nameof(act))] string what = "")
        where T : Exception
    {
        try
        {
            await act();
        }
        catch (T exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            throw new ContractViolationException($"wanted {typeof(T)} of {what}, got {exception.GetType()}.", exception);
        }

        throw new ContractViolationException($"wanted {typeof(T)} of {what}, got no exception.");
    }

    public static async Task<T> SoonAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new ContractViolationException($"wanted an answer of {what}, got none in {Patience}.", exception);
        }
    }

    public static async Task<AddressEvent> NextAsync(IAsyncEnumerator<AddressEvent> stream)
    {
        That(await SoonAsync(stream.MoveNextAsync().AsTask(), "the stream"), "a further address", "the end of the stream");
        return stream.Current;
    }

    public static async Task EndAsync(IAsyncEnumerator<AddressEvent> stream) =>
        That(!await SoonAsync(stream.MoveNextAsync().AsTask(), "the stream"), "the end of the stream", "an address");

    private static ContractViolationException Violation(string? wanted, string? got, string what) =>
        new($"wanted {wanted ?? "null"} of {what}, got {got ?? "null"}.");

    private static string Show<T>(IEnumerable<T> items) => $"[{string.Join(", ", items.Take(20))}]";
}
