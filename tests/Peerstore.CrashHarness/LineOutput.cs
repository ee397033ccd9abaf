using System.Text;

namespace Peerstore.CrashHarness;

/// <summary>What a process says to the one that will kill it. Thread-safe.</summary>
internal sealed class LineOutput
{
    // Guards: the output, one line at a time. A line is shorter than what a pipe takes as a whole.
    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Say(object line)
    {
        var bytes = Encoding.ASCII.GetBytes($"{line}\n");
        lock (_gate)
        {
            _output.Write(bytes);
        }
    }
}
