using Microsoft.Data.Sqlite;
using Peerstore.Scorecard.Durable;

namespace Peerstore.Scorecard.Tests;

public sealed class FileLayoutTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerstore-scorecard-tests-");

    private string File => Path.Combine(_directory.FullName, "some.db");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("DELETE FROM some WHERE id % 3 <> 0")]
    [InlineData("DELETE FROM some; INSERT INTO some VALUES (1, zeroblob(60000))")]
    public void All_of_the_file_is_accounted_for(string afterwards)
    {
        Make(afterwards);
        var layout = FileLayout.Read(File);
        Assert.Equal(new FileInfo(File).Length, layout.Cells + layout.Heads + layout.Empty + layout.Other);
        Assert.True(layout is { Cells: >= 0, Heads: >= 0, Empty: >= 0, Other: >= 0 }, $"{layout}");
    }

    [Fact]
    public void Rows_that_are_deleted_leave_room_and_free_pages()
    {
        Make("");
        var full = FileLayout.Read(File);
        Assert.InRange(full.Cells, 2_000 * 204, 2_000 * 220);
        Assert.Equal(0, full.Other);
        Make("DELETE FROM some WHERE id <= 1000 OR id % 2 = 0");
        var half = FileLayout.Read(File);
        Assert.InRange(half.Cells, 500 * 204, 500 * 220);
        Assert.True(half.Other > 1_000 * 200 * 3 / 4, $"{half}");
        Assert.True(half.Empty > 400 * 200, $"{half}");
    }

    private void Make(string afterwards)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = $"""
            DROP TABLE IF EXISTS some; VACUUM;
            CREATE TABLE some (id INTEGER PRIMARY KEY, value BLOB);
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2000)
            INSERT INTO some SELECT n, zeroblob(200) FROM number;
            {afterwards};
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
