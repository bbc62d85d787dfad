using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sluice.Core.Funnels.Kernel;
using Sluice.Lake.Journeys;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// <c>sluice funnel</c> in a project of the sample's events, from the start of the process to the printed answer, and what the
/// index behind it took. Every answer must have the kernel's counts. The files lie in the system's cache.
/// </summary>
internal static class CommandBenchmark
{
    private static readonly string[] Question =
    [
        "funnel",
        "--steps",
        string.Join(',', Enumerable.Range(1, FunnelSample.Steps).Select(SampleFeed.NameOf)),
        "--window",
        "7d",
        "--engine",
        "index",
    ];

    private static readonly Dictionary<string, string[]> Questions = new(StringComparer.Ordinal)
    {
        ["six steps in 7 days"] = Question,
        ["the same by a property of 16 values"] = [.. Question, "--by", "segment"],
    };

    public static async Task RunAsync(FunnelSample sample, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            await SampleProject.WriteAsync(sample, folder);
            Sluice(folder, "model", "--date", SampleProject.Date);
            await SampleProject.WantIndexAsync(folder);
            var built = CommandProcess.Watch(folder, CommandProcess.Sluice, "model", "--date", SampleProject.Date);
            await PrintIndexAsync(sample, folder, built);
            Check(folder, sample);
            PrintAnswers(folder, rounds);
            await PrintNightAsync(sample, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrintIndexAsync(FunnelSample sample, string folder, CommandProcess built)
    {
        var store = new FileJourneyStore(Path.Combine(folder, ".sluice"));
        var id = store.List().Single().Id;
        var opens = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var index = await store.OpenAsync(id);
            opens.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var bytes = new DirectoryInfo(Path.Combine(folder, ".sluice", "journeys", id))
            .EnumerateFiles()
            .Sum(file => file.Length);
        var seconds = built.Milliseconds / 1000;
        Line($"");
        Line($"`sluice model` where only the index is left to build, a process of its own, with its start:");
        Line($"");
        Line($"| events | users | s | events/s | peak MB | index MB | open and check ms |");
        Line($"|---:|---:|---:|---:|---:|---:|---:|");
        Line(
            $"| {sample.Events:N0} | {sample.Users:N0} | {seconds:0.0} | {sample.Events / seconds:N0} | {built.PeakMegabytes:0} | {bytes / 1e6:0} | {Median.Of(opens):0} |"
        );
    }

    // The users' table is written again, so that no file tells which of them changed.
    private static async Task PrintNightAsync(FunnelSample sample, string folder)
    {
        const string Next = "2015-05-02";
        await SampleProject.LoadAsync(new FunnelSample(sample.Users / 50), folder, Next, sample.Users);
        foreach (var task in new[] { "start_dimension_modeling", SampleProject.Model, "people" })
        {
            Sluice(folder, [.. TaskOf(task)]);
        }

        var layer = Index();
        Directory.Delete(Path.Combine(folder, ".sluice", "journeys"), recursive: true);
        var full = Index();
        Line($"");
        Line(
            $"The index's task after a day more, with events of one of fifty users, and after the same without an index before:"
        );
        Line($"");
        Line($"| | s | of the full | peak MB | it said |");
        Line($"|---|---:|---:|---:|---|");
        foreach (var (name, index) in new[] { ("a layer", layer), ("in full", full) })
        {
            Line(
                $"| {name} | {index.Milliseconds / 1000:0.0} | {index.Milliseconds / full.Milliseconds:0.00} | {index.PeakMegabytes:0} | {index.Output.Split('\n')[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1]} |"
            );
        }

        CommandProcess Index() =>
            CommandProcess.Watch(folder, CommandProcess.Sluice, [.. TaskOf($"journeys_{SampleProject.Model}")]);

        static IEnumerable<string> TaskOf(string task) =>
            ["tasks", "run", "dimension_modeling", task, "--date", Next, "--quiet"];
    }

    private static void PrintAnswers(string folder, int rounds)
    {
        var empty = new List<double>();
        var figures = Questions.Keys.ToDictionary(name => name, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = -1; round < rounds; round++)
        {
            Add(empty, CommandProcess.Run(folder, CommandProcess.Empty), round);
            foreach (var (name, question) in Questions)
            {
                Add(figures[name], Sluice(folder, question), round);
            }
        }

        Line($"");
        Line($"From the start of the process to the printed answer, {rounds} rounds, all in turn:");
        Line($"");
        Line($"| `sluice funnel` | median ms | least | most | of an empty .NET program |");
        Line($"|---|---:|---:|---:|---:|");
        foreach (var (name, times) in figures.Prepend(new("an empty .NET program", empty)))
        {
            Line(
                $"| {name} | {Median.Of(times):0} | {times.Min():0} | {times.Max():0} | {Median.Of(times.Zip(empty, (a, b) => a / b)):0.0} |"
            );
        }
    }

    private static void Add(List<double> figures, CommandProcess process, int round)
    {
        if (round >= 0)
        {
            figures.Add(process.Milliseconds);
        }
    }

    private static void Check(string folder, FunnelSample sample)
    {
        var counts = OrderedKernel.Count([sample.Input], FunnelSample.Plan, 1, new ReferenceJudge());
        var reached = Enumerable.Range(1, FunnelSample.Steps).Select(step => counts.Reached(0, step));
        foreach (var question in Questions.Values)
        {
            using var answer = JsonDocument.Parse(Sluice(folder, [.. question, "--format", "json"]).Output);
            var found = answer
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => step.GetProperty("count").GetInt64())
                .ToList();
            if (!found.SequenceEqual(reached))
            {
                throw new InvalidOperationException(
                    $"'{string.Join(' ', question)}' counts {string.Join(", ", found)}."
                );
            }
        }
    }

    private static CommandProcess Sluice(string folder, params string[] arguments) =>
        CommandProcess.Run(folder, CommandProcess.Sluice, arguments);

    private static void Line(FormattableString text) =>
        Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
