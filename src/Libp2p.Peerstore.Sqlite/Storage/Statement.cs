using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A prepared statement without an array, a parameter and a reader for each row. Used by one thread at a time.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it.</summary>
    /// <param name="connection">An open connection; it is closed after the statement was disposed of.</param>
    /// <param name="sql">A constant of this assembly.</param>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets a parameter, counted from one. Not to nothing: that would be NULL.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int, ReadOnlySpan{byte})"/>
    public Statement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW)
        {
            return true;
        }

        if (result is not raw.SQLITE_DONE)
        {
            // Before it is reset, which forgets the message.
            Check(result);
        }

        return false;
    }

    /// <summary>Does what it says, from the beginning to the end.</summary>
    public void Run()
    {
        try
        {
            while (Read())
            {
            }
        }
        finally
        {
            // Gives the former result once more.
            _ = raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Reads one number; 0 where there is no row.</summary>
    public long ReadNumber()
    {
        try
        {
            return Read() ? raw.sqlite3_column_int64(_statement, 0) : 0;
        }
        finally
        {
            _ = raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>A column of the row, counted from zero: good until the next row.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result is not raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
