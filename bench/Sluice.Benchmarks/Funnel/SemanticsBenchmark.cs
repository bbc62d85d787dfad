using System.Globalization;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Sluice.Core.Funnels.Kernel;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// <c>sluice funnel</c> for what the vector lanes leave to others: every order, entry and attribution, exclusions, <c>hold</c>, filters, and
/// events straight from a file. Each is a process of its own, from its start to the printed answer. What the index answers, SQL must answer alike.
/// </summary>
internal static class SemanticsBenchmark
{
    private const string Definition = "filtered.yaml";
    private const string Steps = "step1,step2,step3,step4,step5,step6";

    private static readonly IReadOnlyList<(string Name, string Arguments)> Questions =
    [
        ("ordered", $"--steps {Steps} --window 7d"),
        ("ordered, an exclusion", $"--steps {Steps} --window 7d --exclude step7:1:6"),
        ("ordered, an optional step", "--steps step1,step2?,step3,step4,step5,step6 --window 7d"),
        ("ordered, `entry: first`", $"--steps {Steps} --window 7d --entry first"),
        ("ordered, `entry: every`", $"--steps {Steps} --window 7d --entry every"),
        ("ordered, `hold`", $"--steps {Steps} --window 7d --hold product"),
        ("ordered, a filter", $"--definition {Definition}"),
        ("ordered, by the day of the entry", $"--steps {Steps} --window 7d --by day --limit 40"),
        ("strict", $"--steps {Steps} --window 7d --order strict"),
        ("unordered", $"--steps {Steps} --window 7d --order unordered"),
        ("unordered, an exclusion", $"--steps {Steps} --window 7d --order unordered --exclude step7"),
        ("open", $"--steps {Steps} --order open"),
        ("`window_funnel`", $"--steps {Steps} --window 7d --semantics window_funnel"),
        ("by a property of events, `first_touch`", $"--steps {Steps} --window 7d --by channel"),
        ("by a property of events, `last_touch`", $"--steps {Steps} --window 7d --by channel --attribution last_touch"),
        ("by a property of events, `all_events`", $"--steps {Steps} --window 7d --by channel --attribution all_events"),
        ("by a property of events, `step:2`", $"--steps {Steps} --window 7d --by channel --attribution step:2"),
    ];

    /// <summary>Runs it.</summary>
    /// <param name="sample">The events of the project.</param>
    /// <param name="ofFile">The events of the files.</param>
    /// <param name="rounds">Rounds of each figure.</param>
    public static async Task RunAsync(FunnelSample sample, FunnelSample ofFile, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            await SampleProject.WriteAsync(sample, folder, withProperties: true);
            await SampleProject.WantIndexAsync(folder);
            CommandProcess.Run(folder, CommandProcess.Sluice, "model", "--date", SampleProject.Date);
            await File.WriteAllTextAsync(
                Path.Combine(folder, Definition),
                "steps: [step1, {event: step2, where: \"channel in ('c1', 'c2')\"}, step3]\nwindow: 7d\n"
            );
            PrintQuestions(folder, rounds);
            PrintFiles(folder, ofFile, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void PrintQuestions(string folder, int rounds)
    {
        Line($"");
        Line($"`sluice funnel`, {rounds} rounds; by SQL once, to the same answer:");
        Line($"");
        Line($"| question | engine | evaluator | median ms | least | most | by SQL |");
        Line($"|---|---|---|---:|---:|---:|---:|");
        foreach (var (name, text) in Questions)
        {
            string[] question = ["funnel", .. text.Split(' ')];
            var explained = Ask(folder, [.. question, "--explain"]).Output.Split('\n');
            var (answer, times) = Asked(folder, question, rounds);
            var sql = Ask(folder, [.. question, "--engine", "sql", "--format", "json"]);
            if (!Counts(sql).SequenceEqual(answer))
            {
                throw new InvalidOperationException($"'{text}' counts otherwise by SQL.");
            }

            Line(
                $"| {name} | {Word("engine")} | {Word("evaluator")} | {Median.Of(times):0} | {times.Min():0} | {times.Max():0} | {sql.Milliseconds:0} |"
            );

            // An index is told with its id.
            string Word(string key) =>
                explained.Single(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..].Trim()
                    is var told
                && told.StartsWith("journeys index", StringComparison.Ordinal)
                    ? "journeys index"
                    : told.Split(',')[0];
        }
    }

    private static void PrintFiles(string folder, FunnelSample sample, int rounds)
    {
        WriteFiles(sample, folder);
        var counts = OrderedKernel.Count([sample.Input], FunnelSample.Plan, 1, new ReferenceJudge());
        var reached = Enumerable.Range(1, FunnelSample.Steps).Select(step => counts.Reached(0, step)).ToList();
        Line($"");
        Line($"`sluice funnel --events FILE`, {sample.Events:N0} events of {sample.Users:N0} users, {rounds} rounds:");
        Line($"");
        Line($"| file | MB | median ms | least | most |");
        Line($"|---|---:|---:|---:|---:|");
        foreach (var name in new[] { "events.csv", "events.jsonl", "events.parquet" })
        {
            string[] question = ["funnel", "--steps", Steps, "--window", "7d", "--events", name];
            var (answer, times) = Asked(folder, question, rounds);
            if (!answer.SequenceEqual(reached))
            {
                throw new InvalidOperationException($"{name} counts {string.Join(", ", answer)}.");
            }

            var bytes = new FileInfo(Path.Combine(folder, name)).Length;
            Line($"| {name} | {bytes / 1e6:0} | {Median.Of(times):0} | {times.Min():0} | {times.Max():0} |");
        }
    }

    // By user, as most exports come; the other formats from the first.
    private static void WriteFiles(FunnelSample sample, string folder)
    {
        var csv = Path.Combine(folder, "events.csv");
        using (var text = new StreamWriter(csv, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            text.WriteLine("user_id,event,time");
            sample.Replay(
                (user, seconds, codes) =>
                {
                    for (var i = 0; i < seconds.Length; i++)
                    {
                        var at = DateTimeOffset.UnixEpoch.AddMicroseconds(FunnelSample.MicrosOf(seconds[i]));
                        text.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{user},{SampleFeed.NameOf(codes[i])},{at:yyyy-MM-ddTHH:mm:ssZ}"
                            )
                        );
                    }
                }
            );
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (
            var (name, format, time) in new[]
            {
                ("events.jsonl", "json", "time"),
                ("events.parquet", "parquet", "cast(rtrim(time, 'Z') as timestamp)"),
            }
        )
        {
            command.CommandText =
                $"copy (select cast(user_id as bigint) as user_id, event, {time} as time from read_csv('{csv}', all_varchar = true)) to '{Path.Combine(folder, name)}' (format {format})";
            command.ExecuteNonQuery();
        }
    }

    private static (List<long> Counts, List<double> Milliseconds) Asked(string folder, string[] question, int rounds)
    {
        var asked = Enumerable.Range(0, rounds).Select(_ => Ask(folder, [.. question, "--format", "json"])).ToList();
        return (Counts(asked[0]), [.. asked.Select(one => one.Milliseconds)]);
    }

    private static CommandProcess Ask(string folder, params string[] arguments) =>
        CommandProcess.Run(folder, CommandProcess.Sluice, arguments);

    // All steps, those of segments too.
    private static List<long> Counts(CommandProcess asked)
    {
        using var answer = JsonDocument.Parse(asked.Output);
        var root = answer.RootElement;
        return
        [
            .. new[] { root }
                .Concat(root.GetProperty("segments").EnumerateArray())
                .SelectMany(of => of.GetProperty("steps").EnumerateArray())
                .Select(step => step.GetProperty("count").GetInt64()),
        ];
    }

    private static void Line(FormattableString text) =>
        Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
