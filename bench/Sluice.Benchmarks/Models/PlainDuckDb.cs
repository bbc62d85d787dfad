using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Sluice.Cli;
using Sluice.Core.Models;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Benchmarks.Models;

/// <summary>The statements of the models on DuckDB alone, each written as one Parquet file.</summary>
/// <param name="sluice">The project.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class PlainDuckDb(Composition sluice, string folder)
{
    private readonly Dictionary<TableId, string> _tables = [];

    /// <summary>Runs all models in their order.</summary>
    /// <returns>The seconds of each.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(int memoryMiB)
    {
        var interval = DataInterval.OfDay(
            DateOnly.Parse(ShopLake.Date, CultureInfo.InvariantCulture),
            sluice.Project.TimeZone
        );
        foreach (var table in sluice.Ports.Store.List().Where(table => !table.IsMart))
        {
            var snapshot = (await sluice.Ports.Store.ReadAsync(table))!;
            _tables[table] =
                $"select *, date '{interval.Ds}' as ds from read_parquet([{string.Join(", ", snapshot.Files.Select(file => SqlIdentifier.Literal(file.Path)))}], hive_partitioning = false)";
        }

        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var model in sluice.Project.Models.Ordered)
        {
            var path = Path.Combine(folder, $"{model.Name}.parquet");
            seconds[model.Name] = Write(
                model.Render(new ModelScope(interval, sluice.Ports.Engine.Name)),
                path,
                memoryMiB
            );
            _tables[TableId.Mart(model.Name)] = $"from read_parquet({SqlIdentifier.Literal(path)})";
        }

        return seconds;
    }

    private double Write(string statement, string path, int memoryMiB)
    {
        var started = Stopwatch.GetTimestamp();
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(
            string.Create(
                CultureInfo.InvariantCulture,
                $"set TimeZone = 'UTC'; set memory_limit = '{memoryMiB}MiB'; set temp_directory = {SqlIdentifier.Literal(Path.Combine(folder, "spill"))}"
            )
        );
        foreach (var (table, select) in _tables)
        {
            Execute(
                $"create schema if not exists {SqlIdentifier.Quote(table.Schema)}; create view {SqlIdentifier.Quote(table)} as {select}"
            );
        }

        Execute(
            $"copy (\n{statement}\n) to {SqlIdentifier.Literal(path)} (format parquet, compression zstd, compression_level 3)"
        );
        return Stopwatch.GetElapsedTime(started).TotalSeconds;

        void Execute(string text)
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }
}
