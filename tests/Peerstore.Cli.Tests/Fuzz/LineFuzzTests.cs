using System.Text;
using Libp2p.Peerstore;
using Peerstore.Cli.Commands;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

/// <summary>Real lines, damaged at random.</summary>
public sealed class LineFuzzTests
{
    private const int Rounds = 20_000;

    [Fact]
    public async Task A_damaged_line_is_either_taken_or_has_a_reason()
    {
        var seed = Environment.TickCount;
        await ReplayAsync(seed, Rounds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task Seeds_that_were_once_drawn_hold(int seed) => await ReplayAsync(seed, 2_000);

    private static async Task ReplayAsync(int seed, int rounds)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] lines =
        [
            .. File.ReadLines(SampleData.Network).Where((_, index) => index % 40 == 0).Select(Encoding.UTF8.GetBytes),
            .. File.ReadLines(SampleData.BootNodes).Where((_, index) => index % 40 == 0).Select(Encoding.UTF8.GetBytes),
        ];
        var recognizer = new LineRecognizer(new RecordVerifier(StoreFile.Options.DecodeLimits), StoreFile.Options);
        await using IPeerstore store = MemoryPeerstore.Create(StoreFile.Options);
        var writer = new ObservationWriter(store, AddressTtl.Address, new IngestSummary());
        for (var round = 0; round < rounds; round++)
        {
            var line = Damage(lines[random.Next(lines.Length)], random);

            var format = recognizer.Read(line, out var observation, out var problem);

            Assert.Equal(format != LineFormat.Blank, (observation is null) != (problem is null));
            Assert.True(problem is not { } bad || bad.Reason.Length * bad.Detail.Length > 0, $"seed {seed}, round {round}");
            if (observation is not null)
            {
                await writer.WriteAsync(observation, TestContext.Current.CancellationToken);
            }
        }
    }

    private static byte[] Damage(byte[] line, Random random)
    {
        var damaged = line.ToList();
        for (var times = random.Next(1, 4); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.RemoveRange(at, random.Next(damaged.Count - at));
                    break;
                case 3:
                    damaged.Insert(at, "{}[]\",:\\0/"u8[random.Next(10)]);
                    break;
                default:
                    damaged.InsertRange(at, damaged.GetRange(at, random.Next(damaged.Count - at)));
                    break;
            }
        }

        return [.. damaged];
    }
}
