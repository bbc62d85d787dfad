using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sluice.Lake.Sqlite;
using SQLitePCL;

namespace Sluice.Benchmarks.Extract;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteBench(string path) : BenchDatabase
{
    static SqliteBench() => SqliteNative.LeaveLocksOut();

    public override string Name => "SQLite";

    public override string Address => path;

    public override string Yaml => $"kind: sqlite\n    path: {path}";

    public override void Fill(long rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            pragma journal_mode = off;
            pragma synchronous = off;
            drop table if exists visits;
            create table visits (
                id integer primary key, user_id integer not null, page integer not null, at timestamp not null,
                seconds real, amount decimal(12,2), channel text not null, url text);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows})
            insert into visits
            select i, i * 7919 % 1000003, i % 6 + 1,
                strftime('%Y-%m-%d %H:%M:%S', 1420070400 + i * 6, 'unixepoch'), i % 977 / 8.0,
                case when i % 6 = 5 then i % 99991 / 100.0 end,
                case i % 4 when 0 then 'search' when 1 then 'paid_ads' when 2 then 'mail' else 'direct' end,
                case when i % 10 > 0 then '/product/' || (i * 31 % 5003) || '?from=' || (i % 97) end
            from n;
            """;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    // SQLite's own calls, as the extract makes them.
    public override long Drain()
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var statement = SqliteStatement.Prepare(connection, "select * from visits");
        var (rows, sum, row) = (0L, 0L, statement.Row);
        while (statement.Step())
        {
            for (var i = 0; i < 8; i++)
            {
                var value = row[i];
                sum += value.Kind switch
                {
                    raw.SQLITE_INTEGER => value.Integer,
                    raw.SQLITE_FLOAT => (long)value.Number,
                    raw.SQLITE_TEXT => value.Text.Length,
                    _ => 0,
                };
            }

            rows++;
        }

        return sum > 0 ? rows : 0;
    }

    public override DbConnection? Connect() => null;

    public override TimeSpan? LongestStatement() => null;

    public override int Sessions(DbConnection connection) => 1;

    public override void Dispose() { }
}
