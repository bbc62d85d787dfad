using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sluice.Cli.Demo;

/// <summary>Writes users and their events into a new SQLite file.</summary>
/// <remarks>
/// What was written counts only after <see cref="Complete"/>. Not safe for concurrent use.
/// </remarks>
internal sealed class SampleWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly InsertStatement _users;
    private readonly InsertStatement[] _steps;
    private readonly InsertStatement _events;

    /// <summary>Creates the file and its tables.</summary>
    public SampleWriter(string path)
    {
        // A pooled connection would keep the file open after Dispose, and it has to be renamed.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        _connection = new SqliteConnection(connectionString.ToString());
        _connection.Open();
        Execute(SampleSql.Prepare);

        // Not BeginTransaction: its Dispose rolls back, which is undefined without a journal.
        Execute(SampleSql.Begin);
        Execute(SampleSql.CreateTables);
        _users = new InsertStatement(_connection, SampleSql.InsertUser);
        _steps = [.. SampleSql.InsertSteps.Select(text => new InsertStatement(_connection, text))];
        _events = new InsertStatement(_connection, SampleSql.InsertEvent);
    }

    /// <summary>Inserts a user and the visits of the user's steps.</summary>
    public void Write(SampleUser user)
    {
        _users.Bind(1, user.UserId);
        _users.Bind(2, user.FirstVisit.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        _users.Bind(3, user.Device);
        _users.Bind(4, user.Sex);
        _users.Bind(5, user.Channel);
        _users.Execute();
        for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
        {
            if (user.Steps.Contains(step))
            {
                _steps[step - 1].Bind(1, user.UserId);
                _steps[step - 1].Execute();
            }
        }
    }

    /// <summary>Inserts an event.</summary>
    public void Write(SampleEvent row)
    {
        _events.Bind(1, row.MessageId);
        _events.Bind(2, row.UserId);
        _events.Bind(3, row.AnonymousId);
        _events.Bind(4, row.SessionId);
        _events.Bind(5, row.Product);
        _events.Bind(6, row.Event);
        _events.Bind(7, row.Page);
        _events.Bind(8, row.OccurredAt);
        _events.Bind(9, row.SentAt);
        _events.Bind(10, row.ReceivedAt);
        _events.Bind(11, row.Device);
        _events.Bind(12, row.Channel);
        _events.Bind(13, row.Properties);
        _events.Execute();
    }

    /// <summary>Commits all rows. The file is whole once the writer is disposed as well.</summary>
    public SampleSummary Complete()
    {
        Execute(SampleSql.Commit);
        return new SampleSummary(_users.Rows, [.. _steps.Select(step => step.Rows)], _events.Rows);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _users.Dispose();
        _events.Dispose();
        Array.ForEach(_steps, step => step.Dispose());
        _connection.Dispose();
    }

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
