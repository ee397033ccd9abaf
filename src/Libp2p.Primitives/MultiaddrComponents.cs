using System.Collections;

namespace Libp2p;

/// <summary>The components of a multiaddr, in order, to be enumerated without allocating.</summary>
/// <remarks><c>default</c> has none. Immutable; safe to share between threads.</remarks>
public readonly struct MultiaddrComponents : IEnumerable<MultiaddrComponent>
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    internal MultiaddrComponents(byte[]? array, int start, int length) => (_array, _start, _length) = (array, start, length);

    /// <summary>Begins at the first component.</summary>
    public Enumerator GetEnumerator() => new(_array ?? [], _start, _start + _length);

    IEnumerator<MultiaddrComponent> IEnumerable<MultiaddrComponent>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the components.</summary>
    /// <remarks>Not safe to share between threads.</remarks>
    public struct Enumerator : IEnumerator<MultiaddrComponent>
    {
        private readonly byte[] _array;
        private readonly int _start;
        private readonly int _end;
        private int _next;

        internal Enumerator(byte[] array, int start, int end) => (_array, _start, _end, _next) = (array, start, end, start);

        /// <summary>The component at which the enumerator stands.</summary>
        public MultiaddrComponent Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes to the next component.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_next == _end)
            {
                return false;
            }

            var start = _next;
            var protocol = ProtocolTable.Find((ulong)Varint.ReadTrusted(_array, ref _next))!;
            var length = protocol.Size < 0 ? Varint.ReadTrusted(_array, ref _next) : protocol.Size / 8;
            var valueStart = _next;
            _next += length;
            Current = new MultiaddrComponent(_array, protocol, start, valueStart, _next);
            return true;
        }

        /// <summary>Goes back to the beginning.</summary>
        public void Reset() => _next = _start;

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}
