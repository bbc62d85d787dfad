using System.Globalization;
using Sluice.Benchmarks;
using Sluice.Benchmarks.Extract;
using Sluice.Benchmarks.Funnel;
using Sluice.Benchmarks.Models;
using Sluice.Benchmarks.Scheduling;

// Without arguments all benchmarks run; see docs/benchmarks for what they printed.
var smoke = args.Contains("--smoke");
var rows = smoke ? 20_000 : Number("--rows", 1_000_000);
var rounds = smoke ? 1 : (int)Number("--rounds", 5);
var events = smoke ? 200_000 : Number("--events", 50_000_000);
var ofFile = Math.Min(events, Number("--file-events", 2_000_000));
switch (args.FirstOrDefault(argument => !argument.StartsWith('-')))
{
    case "stage":
        return await StageProcess.ServeAsync(args[1..]);
    case "pipeline":
        await PipelineBenchmark.RunAsync(rows, rounds);
        return 0;
    case "models":
        await ModelBenchmark.RunAsync(events, smoke ? 1 : (int)Number("--rounds", 3), (int)Number("--memory", 1024));
        return 0;
    case "funnel":
        await FunnelBenchmark.RunAsync(events, rounds, Text("--part"), ofFile);
        return 0;
    case "funnel-kernel":
        return KernelRun.Serve(
            int.Parse(args[1], CultureInfo.InvariantCulture),
            int.Parse(args[2], CultureInfo.InvariantCulture)
        );
    case "extract":
        await ExtractBenchmark.RunAsync(rows, rounds, smoke ? 0 : Number("--many", 20_000_000), Text("--source"));
        return 0;
    case "throttle":
        await ThrottleBenchmark.RunAsync(
            Text("--source") ?? "postgresql",
            smoke ? rows : Number("--rows", 5_000_000),
            smoke ? 1 : (int)Number("--rounds", 10),
            Text("--load") is { } load ? double.Parse(load, CultureInfo.InvariantCulture) : null
        );
        return 0;
    case "load":
        return OltpLoad.Serve(args[1..]);
    case "scheduler":
        await SchedulerBenchmark.RunAsync(
            smoke ? 20 : 1_000,
            TimeSpan.FromSeconds(smoke ? 5 : Number("--seconds", 300)),
            smoke ? 1 : rounds
        );
        return 0;
    case "startup":
        StartupBenchmark.Run(smoke ? 2 : 25);
        return 0;
    case null:
        StartupBenchmark.Run(smoke ? 2 : 25);
        await PipelineBenchmark.RunAsync(rows, rounds);
        await ExtractBenchmark.RunAsync(rows, rounds, 0, null);
        await FunnelBenchmark.RunAsync(events, rounds, null, ofFile);
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: [pipeline | startup | scheduler | extract | throttle | funnel | models] [--part kernel | rivals | command | semantics] [--source sqlite | postgresql | mariadb] [--rows N] [--many N] [--load N] [--events N] [--file-events N] [--memory MIB] [--rounds N] [--seconds N] [--smoke]"
        );
        return 2;
}

long Number(string name, long fallback) =>
    Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : fallback;

string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
