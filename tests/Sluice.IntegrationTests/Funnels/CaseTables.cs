using System.Globalization;
using DuckDB.NET.Data;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb;
using Sluice.Lake.Journeys;
using Sluice.Tests.Funnels;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Puts the events and users of cases into Parquet files and journeys indexes.</summary>
internal sealed class CaseTables : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-cases-").FullName;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private int _files;

    public CaseTables()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".sluice"));
        Store = new FileJourneyStore(Path.Combine(_folder, ".sluice"));
        _connection.Open();
    }

    public IJourneyStore Store { get; }

    public DuckDbEngine Engine { get; } = new(new DuckDbOptions { Threads = 1 });

    /// <summary>The source of a case, with files.</summary>
    public FunnelSource Source(FunnelCase item, FunnelDefinition funnel)
    {
        var source = item.Source(funnel);
        var events = source.Events[0];
        var unit = FunnelCase.UnitColumn(funnel);
        return source with
        {
            Events =
            [
                events with
                {
                    Relation = Save(
                        events.Relation,
                        item.Events.Select(row =>
                            (IEnumerable<object?>)
                                [
                                    row.User,
                                    row.Name,
                                    row.Micros is { } micros ? new Instant(micros) : null,
                                    .. unit is null ? Array.Empty<object?>() : [row.UnitIn(funnel)],
                                    row.Json,
                                ]
                        )
                    ),
                },
            ],
            Users = source.Users is not { } users
                ? null
                : users with
                {
                    Relation = Save(
                        users.Relation,
                        item.Users.Select(user =>
                            (IEnumerable<object?>)
                                [
                                    user.User,
                                    user.FromMicros is { } from ? new Instant(from) : null,
                                    user.ToMicros is { } to ? new Instant(to) : null,
                                    .. item.UserColumns.Select(column => user.Values.GetValueOrDefault(column.Name)),
                                ]
                        )
                    ),
                },
        };
    }

    /// <summary>The same source with an index of its events.</summary>
    public async Task<FunnelSource> IndexedAsync(FunnelSource source)
    {
        var events = source.Events[0];
        var outcome = await new JourneyBuild(Engine, Engine, Store).RunAsync(
            new()
            {
                Events = events.Relation,
                Incarnation = "case",
                Unit = events.Relation.Schema.Find("user_id")!,
                Time = events.Relation.Schema.Find("time")!,
                Name = events.Relation.Schema.Find("event")!,
            }
        );
        return source with { Index = outcome.Id };
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SqlRelation Save(SqlRelation relation, IEnumerable<IEnumerable<object?>> rows)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_files++}.parquet"));
        var columns = relation.Schema.Columns;
        var names = string.Join(", ", columns.Select(column => SqlIdentifier.Quote(column.Name)));
        var types = string.Join(", ", columns.Select(column => $"cast(null as {TypeOf(column)})"));
        var values = rows.Select(row => $"({string.Join(", ", row.Select(Text))})").ToList();
        var given = values.Count == 0 ? "" : $" union all select * from (values {string.Join(", ", values)})";
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"copy (select * from (select {types} where false{given}) as t({names})) to '{path}' (format parquet)";
        command.ExecuteNonQuery();
        return relation with
        {
            Files =
            [
                new()
                {
                    Path = path,
                    Bytes = new FileInfo(path).Length,
                    Rows = values.Count,
                    Interval = "",
                },
            ],
        };
    }

    private static string TypeOf(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Timestamp => "timestamptz",
            ColumnKind.Long => "bigint",
            ColumnKind.Double => "double",
            ColumnKind.Boolean => "boolean",
            ColumnKind.Date => "date",
            _ => "varchar",
        };

    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            string text => SqlIdentifier.Literal(text),
            Instant at => string.Create(CultureInfo.InvariantCulture, $"make_timestamptz({at.Micros})"),
            DateTimeOffset at => string.Create(
                CultureInfo.InvariantCulture,
                $"make_timestamptz({Core.Time.Micros.From(at)})"
            ),
            DateOnly date => string.Create(CultureInfo.InvariantCulture, $"date '{date:yyyy-MM-dd}'"),
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"{value} cannot be written.", nameof(value)),
        };

    private sealed record Instant(long Micros);
}
