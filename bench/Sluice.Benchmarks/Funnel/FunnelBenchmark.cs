using System.Diagnostics;
using System.Globalization;
using Sluice.Core.Funnels.Kernel;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// The funnel kernel against the floor, the reference evaluator, DuckDB and ClickHouse, and the command over the same events.
/// All counts must be equal, and nothing may be allocated for a user.
/// </summary>
internal static class FunnelBenchmark
{
    private const string Kernel = "kernel";
    private const string Rivals = "rivals";
    private const string Command = "command";
    private const string Semantics = "semantics";
    private const int EventsOfUser = 10;
    private const int RunsBefore = 50;
    private const int ReferenceUsers = 50_000;

    // What a question allocates, whatever the number of users: sinks, batches, and of judged users what the reference needs.
    private const long BytesOfQuestion = 200_000;
    private const long BytesOfJudged = 50_000;

    /// <summary>Runs all parts or one of them, each of which draws the same events.</summary>
    /// <param name="events">How many.</param>
    /// <param name="rounds">Rounds of each figure.</param>
    /// <param name="part">kernel, rivals, command or semantics; null for all.</param>
    /// <param name="ofFile">How many events the files of the semantics have.</param>
    public static async Task RunAsync(long events, int rounds, string? part, long ofFile)
    {
        if (part is not (null or Kernel or Rivals or Command or Semantics))
        {
            throw new ArgumentException($"There is no part '{part}'.", nameof(part));
        }

        var started = Stopwatch.GetTimestamp();
        var sample = new FunnelSample((int)(events / EventsOfUser));
        var built = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var counts = OrderedKernel.Count([sample.Input], FunnelSample.Plan, 1, new ReferenceJudge());
        var reached = Enumerable.Range(1, FunnelSample.Steps).Select(step => counts.Reached(0, step)).ToArray();
        Line($"");
        Line($"{Machine.Description}; {SweepChoice.Widest}");
        Line(
            $"{sample.Events:N0} events of {sample.Users:N0} users in {sample.Shard.Slots:N0} slots, drawn and laid out in {built:0.0} s on one thread."
        );
        Line(
            $"Reached: {string.Join(", ", reached.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))}."
        );
        if (part is null or Kernel)
        {
            CheckAllocations(sample);
            PrintKernel(sample, rounds);
        }

        if (part is null or Rivals)
        {
            PrintRivals(sample, reached, rounds);
        }

        if (part is null or Command)
        {
            await CommandBenchmark.RunAsync(sample, rounds);
        }

        if (part is null or Semantics)
        {
            await SemanticsBenchmark.RunAsync(sample, new FunnelSample((int)(ofFile / EventsOfUser)), rounds);
        }
    }

    private static void PrintKernel(FunnelSample sample, int rounds)
    {
        Line($"Least of {rounds} rounds, all in turn; ratios are of these, to the floor on the same threads.");
        Line($"");
        Line($"| what | ms, 1 thread | of floor | ms, all threads | of floor |");
        Line($"|---|---:|---:|---:|---:|");
        Print(KernelRun.Measure(sample, rounds), "");
        if (KernelRun.MeasureWithoutAvx512(sample.Users, rounds) is { } narrow)
        {
            Print(narrow, " (AVX-512 off)");
        }
    }

    private static void PrintRivals(FunnelSample sample, long[] reached, int rounds)
    {
        // The runtime compiles what runs often a second time, better; the rivals are compiled as well as they ever will be.
        for (var run = 0; run < RunsBefore; run++)
        {
            CountMilliseconds(sample);
        }

        var best = Enumerable.Range(0, rounds).Min(_ => CountMilliseconds(sample));
        Line($"");
        Line($"| rival, all threads | ms | of the kernel's counts |");
        Line($"|---|---:|---:|");
        Line($"| the kernel's counts | {best:0.0} | 1 |");
        PrintReference(sample, best);
        PrintEngines(sample, best, reached, Math.Min(rounds, 3));
    }

    private static double CountMilliseconds(FunnelSample sample)
    {
        var started = Stopwatch.GetTimestamp();
        OrderedKernel.Count([sample.Input], FunnelSample.Plan, 1, new ReferenceJudge());
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void CheckAllocations(FunnelSample sample)
    {
        var options = new KernelOptions { Degree = 1 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var counts = OrderedKernel.CountWithTimes(
            [sample.Input],
            FunnelSample.Plan,
            FunnelSample.Segments,
            new ReferenceJudge(),
            options
        );
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        // Borrowed chunks of durations come back, but are allocated the first time: 10 bytes for each.
        var durations = Enumerable
            .Range(2, FunnelSample.Steps - 1)
            .Sum(step =>
                Enumerable.Range(0, FunnelSample.Segments).Sum(segment => counts.Counts.Reached(segment, step))
            );
        var budget =
            BytesOfQuestion + (counts.Counts.Exact * BytesOfJudged) + (FunnelSample.Steps * 700_000) + (durations * 40);
        Check(bytes <= budget, $"A question allocated {bytes:N0} bytes, {budget:N0} at most was meant.");
        before = GC.GetAllocatedBytesForCurrentThread();
        OrderedKernel.Count([sample.Input], FunnelSample.Plan, 1, new ReferenceJudge(), options);
        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        budget = BytesOfQuestion + (counts.Counts.Exact * BytesOfJudged);
        Check(bytes <= budget, $"A count allocated {bytes:N0} bytes, {budget:N0} at most was meant.");
    }

    private static void Print(Dictionary<string, double[][]> figures, string note)
    {
        var floor = figures[KernelRun.FloorOne];
        foreach (var (name, times) in figures)
        {
            Line(
                $"| {name}{note} | {times[0].Min():0.0} | {times[0].Min() / floor[0].Min():0.0} | {times[1].Min():0.0} | {times[1].Min() / floor[1].Min():0.0} |"
            );
        }
    }

    private static void PrintReference(FunnelSample sample, double best)
    {
        var stride = Math.Max(1, sample.Users / ReferenceUsers);
        var started = Stopwatch.GetTimestamp();
        new ReferenceJudge().Count(sample.Shard, stride, out var users);
        var all = Stopwatch.GetElapsedTime(started).TotalMilliseconds * sample.Users / users;
        Line($"| the reference evaluator, one thread; {users:N0} users, scaled | {all:N0} | {all / best:N0} |");
    }

    private static void PrintEngines(FunnelSample sample, double best, long[] reached, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            var parquet = Path.Combine(folder, "events.parquet");
            SampleFile.Write(sample, parquet);
            foreach (var (way, milliseconds, counted) in DuckDbRival.Run(parquet, rounds))
            {
                Engine($"DuckDB, {way}", (milliseconds, counted));
            }

            if (ClickHouseRival.Run(parquet, rounds) is { } answer)
            {
                Engine("ClickHouse, `windowFunnel` in order of user and time", answer);
            }
            else
            {
                Line($"| ClickHouse: chdb is not here (npm ci --prefix tests/delta-reader) | | |");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Engine(string name, (double Milliseconds, long[] Reached) answer)
        {
            Check(answer.Reached.SequenceEqual(reached), $"{name} counts {string.Join(", ", answer.Reached)}.");
            Line($"| {name} | {answer.Milliseconds:N0} | {answer.Milliseconds / best:N0} |");
        }
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static void Line(FormattableString text) =>
        Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
