using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Sql;
using Sluice.DuckDb;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>A file of events in a folder of its own, and what Sluice reads in it.</summary>
internal sealed class EventFile : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly DuckDbEngine _engine = new(new DuckDbOptions());

    private EventFile(string name)
    {
        _folder = Directory.CreateTempSubdirectory("sluice-test-");
        Path = System.IO.Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
    }

    public string Path { get; }

    public EventTable? Columns { get; set; }

    public bool AsksTimes { get; set; } = true;

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public static EventFile Text(string name, string content, string zone = "UTC") =>
        Bytes(name, Encoding.UTF8.GetBytes(content), zone);

    public static EventFile Bytes(string name, byte[] content, string zone = "UTC")
    {
        var file = new EventFile(name) { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        File.WriteAllBytes(file.Path, content);
        return file;
    }

    /// <summary>A Parquet file with the rows of a SELECT.</summary>
    public static EventFile Parquet(string select, string name = "e.parquet", string zone = "UTC")
    {
        var file = new EventFile(name) { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy ({select}) to {SqlIdentifier.Literal(file.Path)} (format parquet)";
        command.ExecuteNonQuery();
        return file;
    }

    public static EventFile Folder(string name)
    {
        var file = new EventFile(name);
        Directory.CreateDirectory(file.Path);
        return file;
    }

    public static EventFile Missing(string name) => new(name);

    public byte[] Content() => File.ReadAllBytes(Path);

    public Task<FunnelSource> OpenAsync() => new EventFileSource(_engine).OpenAsync(Path, Columns, Zone, AsksTimes);

    /// <summary>The rows as <c>1|view|1430481600000000|…</c>, in the order of the file.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync()
    {
        var source = await OpenAsync();
        var table = source.Events.Single();
        var columns = table.Relation.Schema.Columns.Select(column =>
            column.Name == table.Columns.Time
                ? $"epoch_us(cast({SqlIdentifier.Quote(column.Name)} as timestamp))"
                : SqlIdentifier.Quote(column.Name)
        );
        await using var result = await _engine.QueryAsync(
            new(
                $"select {string.Join(", ", columns)} from {SqlIdentifier.Quote(table.Relation.Table)}",
                source.Relations
            )
        );
        var rows = new List<string>();
        while (await result.ReadAsync())
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, result.Rows.FieldCount)
                        .Select(i => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))
                )
            );
        }

        return rows;
    }

    /// <summary>The columns as <c>user_id string, event string, time timestamp</c>.</summary>
    public async Task<string> SchemaAsync() =>
        string.Join(
            ", ",
            (await OpenAsync()).Events.Single().Relation.Schema.Columns.Select(column => $"{column.Name} {column.Type}")
        );

    public async Task<FunnelAnswer> AskAsync(params string[] steps)
    {
        var funnel = new FunnelDefinition
        {
            Name = "test",
            EventTable = "e",
            Steps = [.. steps.Select(FunnelStep.Of)],
            Window = TimeSpan.FromDays(7),
        };
        return await new FunnelQuestion(_engine).AskAsync(funnel, await OpenAsync());
    }

    /// <summary>What is said of the file, with <c>PATH</c> in place of its path; then the hint.</summary>
    public async Task<string> ErrorAsync()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(OpenAsync);
        var (message, hint) = failure switch
        {
            Core.PipelineException fault => (fault.Message, fault.Hint),
            Core.DefinitionException wrong => (wrong.Problem, wrong.Hint),
            _ => ($"{failure.GetType().Name}: {failure.Message}", null),
        };
        return $"{message} {hint}".Replace(Path, "PATH", StringComparison.Ordinal).TrimEnd();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
