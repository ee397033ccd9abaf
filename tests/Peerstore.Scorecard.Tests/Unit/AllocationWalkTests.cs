using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Tests;

public sealed class AllocationWalkTests
{
    private object? _last;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Objects_are_counted_exactly_whatever_their_size(int objects) => Assert.Equal(
        objects,
        AllocationWalk.Count(100, call =>
        {
            for (var i = 0; i < objects; i++)
            {
                _last = (i % 3) switch { 0 => new byte[call], 1 => new string('x', i + 1), _ => new object() };
            }
        }));

    [Fact]
    public void The_mean_of_calls_that_differ_is_taken() =>
        Assert.InRange(AllocationWalk.Count(100, call => _last = int.IsEvenInteger(call) ? new object() : _last)!.Value, 0.49, 0.51);

    [Fact]
    public void What_lies_elsewhere_on_the_heap_is_not_counted_wrongly() =>
        Assert.Null(AllocationWalk.Count(4, _ => _last = new byte[200_000]));
}
