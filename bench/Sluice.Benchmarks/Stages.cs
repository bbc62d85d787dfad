using Microsoft.Data.Sqlite;
using Sluice.Cli;
using Sluice.Core.Extraction;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Pipelines;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Csv;

namespace Sluice.Benchmarks;

/// <summary>The stages of the way, each as a command of <c>sluice</c> does it, and the reference of the extract.</summary>
internal static class Stages
{
    public const string CsvName = "events.csv";

    private static readonly DateOnly Date = new(2015, 5, 1);

    /// <summary>Runs a stage over the project in <paramref name="folder"/>; returns the rows that went through.</summary>
    public static async Task<long> RunAsync(string stage, string folder)
    {
        if (stage == "drain")
        {
            return Drain(Path.Combine(folder, "app.db"));
        }

        var sluice = Composition.Open(folder);
        var interval = DataInterval.OfDay(Date, sluice.Project.TimeZone);
        switch (stage)
        {
            case "import":
                return (
                    await new RawLoad(sluice.Ports.Store, sluice.Clock).RunAsync(
                        new CsvSource(Path.Combine(folder, CsvName)),
                        new SourceTable { Name = "events" },
                        TableId.Raw(SourceDefinition.ImportName, "events"),
                        interval,
                        again: true
                    )
                ).Rows;
            case "run":
                Check(await sluice.Pipeline(null).RunAsync(interval, new RunOptions()));
                return 0;
            case "extract":
                Check(await sluice.Pipeline(null).ExtractAsync(interval, new RunOptions(Reextract: true), ["events"]));
                return await RowsOfAsync(sluice, TableId.Raw("app", "events"));
            case "model":
                Check(
                    await sluice
                        .Pipeline(null)
                        .ModelAsync(
                            interval,
                            new RunOptions(FullRefresh: true),
                            new HashSet<string> { "fact_page_visit" }
                        )
                );
                return await RowsOfAsync(sluice, TableId.Raw("app", "events"));
            case "funnel":
                var build = await sluice.Builds.ResolveAsync(null);
                var funnel = sluice.Project.Funnel("checkout");
                var source = await sluice.Sources.ResolveAsync(funnel, build);
                var answer = await new FunnelQuestion(sluice.Ports.Engine).AskAsync(funnel, source);
                return answer.Total.Steps[0].Count.Count > 0
                    ? await RowsOfAsync(sluice, TableId.Mart("fact_page_visit"))
                    : throw new InvalidOperationException("The funnel is empty.");
            default:
                throw new ArgumentException($"There is no stage '{stage}'.", nameof(stage));
        }
    }

    private static void Check(PipelineResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException("The stage failed.");
        }
    }

    private static async Task<long> RowsOfAsync(Composition sluice, TableId table) =>
        (await sluice.Ports.Store.ReadAsync(table))!.Rows;

    // Reads what the extract reads, through the same driver and in the types it has, and writes nothing.
    private static long Drain(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select * from events";
        using var rows = command.ExecuteReader();
        var (count, sum) = (0L, 0L);
        while (rows.Read())
        {
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (!rows.IsDBNull(i))
                {
                    sum += i is 0 or 2 ? rows.GetInt64(i) : rows.GetString(i).Length;
                }
            }

            count++;
        }

        return sum > 0 ? count : 0;
    }
}
