using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Indexed;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Benchmarks.Funnel;

/// <summary>Times the floor and the kernel, all in turn in every round, in this process or in one without AVX-512.</summary>
internal static class KernelRun
{
    public const string FloorOne = "floor: the same columns summed";
    public const string Counts = "counts";
    private const int TieEvery = 10;

    /// <summary>Per case the milliseconds of each round, on one thread and on all.</summary>
    public static Dictionary<string, double[][]> Measure(FunnelSample sample, int rounds)
    {
        KernelInput[] inputs = [sample.Input];
        var (plan, judge) = (FunnelSample.Plan, new ReferenceJudge());
        KernelInput[] tied = [new FunnelSample(sample.Users, tieEvery: TieEvery).Input];
        using var exact = ExactJudge();
        Dictionary<string, Action<KernelOptions>> cases = new(StringComparer.Ordinal)
        {
            [FloorOne] = options => Floor.Sum(sample.Shard, options.Degree),
            [Counts] = options => OrderedKernel.Count(inputs, plan, 1, judge, options),
            ["counts in a range"] = options => OrderedKernel.Count(inputs, FunnelSample.RangedPlan, 1, judge, options),
            ["counts, 16 segments"] = options =>
                OrderedKernel.Count(inputs, plan, FunnelSample.Segments, judge, options),
            ["counts, every tenth user with two events at one instant"] = options =>
                OrderedKernel.Count(tied, plan, 1, exact, options),
            ["with time to convert"] = options => OrderedKernel.CountWithTimes(inputs, plan, 1, judge, options),
            ["with time to convert, 16 segments"] = options =>
                OrderedKernel.CountWithTimes(inputs, plan, FunnelSample.Segments, judge, options),
            ["counts, vectors of 128 bits"] = options =>
                OrderedKernel.Count(inputs, plan, 1, judge, options with { Width = KernelWidth.Bits128 }),
            ["counts, plain scalar code"] = options =>
                OrderedKernel.Count(inputs, plan, 1, judge, options with { Width = KernelWidth.Scalar }),
        };
        var figures = cases.Keys.ToDictionary(
            name => name,
            _ => new[] { new double[rounds], new double[rounds] },
            StringComparer.Ordinal
        );
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, run) in cases)
            {
                for (var all = 0; all < 2; all++)
                {
                    var options = all == 0 ? new KernelOptions { Degree = 1 } : new KernelOptions();
                    var started = Stopwatch.GetTimestamp();
                    run(options);
                    if (round >= 0)
                    {
                        figures[name][all][round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    }
                }
            }
        }

        return figures;
    }

    // As the index has them judged.
    private static ExactUnits ExactJudge()
    {
        IReadOnlyList<string> names =
        [
            .. Enumerable.Range(1, FunnelSample.Names).Select(code => code.ToString(CultureInfo.InvariantCulture)),
        ];
        var funnel = new FunnelDefinition
        {
            Name = "sample",
            Steps = [.. names.Take(FunnelSample.Steps).Select(name => new FunnelStep(EventSelector.Of(name), name))],
            Window = TimeSpan.FromSeconds(FunnelSample.WindowSeconds),
        };
        return new(FunnelRules.Of(funnel, TimeZoneInfo.Utc), new IndexKinds(funnel, new JourneyNames(names, [])));
    }

    /// <summary>The same in a process in which the runtime does without AVX-512; null where the machine has none.</summary>
    public static Dictionary<string, double[][]>? MeasureWithoutAvx512(int users, int rounds)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            return null;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!, ["funnel-kernel", $"{users}", $"{rounds}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // .NET 10 calls it so; .NET 8 and 9 had an F at the end.
        start.Environment["DOTNET_EnableAVX512"] = "0";
        start.Environment["DOTNET_EnableAVX512F"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Dictionary<string, double[][]>>(output)
            : throw new InvalidOperationException("The kernel without AVX-512 failed.");
    }

    /// <summary>The other side.</summary>
    public static int Serve(int users, int rounds)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Console.Error.WriteLine("AVX-512 is still on.");
            return 1;
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(Measure(new FunnelSample(users), rounds)));
        return 0;
    }
}
