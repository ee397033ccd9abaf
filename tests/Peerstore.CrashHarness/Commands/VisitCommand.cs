using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary><c>peerstore-crash visit</c>: what a shell does that opens a file, asks something, and closes it.</summary>
internal static class VisitCommand
{
    public static Command Create()
    {
        var db = new Option<string>("--db") { Description = "The peerstore.", Required = true };
        var command = new Command("visit", "Opens a file as any program would, says how many peers are in it, and closes it.") { db };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(db)));
        return command;
    }

    private static async Task RunAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM peer";
        await Console.Out.WriteLineAsync($"{await command.ExecuteScalarAsync()}");
    }
}
