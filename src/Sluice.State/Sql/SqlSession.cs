using System.Data.Common;

namespace Sluice.State.Sql;

/// <summary>An open connection and the statements that were prepared on it. Not thread-safe.</summary>
internal sealed class SqlSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqlStatement> _statements = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    /// <summary>The statement, prepared once and without values.</summary>
    public SqlStatement Statement(string text)
    {
        if (!_statements.TryGetValue(text, out var statement))
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            _statements[text] = statement = new(command);
        }

        return statement;
    }

    /// <summary>Runs statements once, without preparing them.</summary>
    public void Run(string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
