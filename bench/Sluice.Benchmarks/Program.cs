using System.Globalization;
using Sluice.Benchmarks;
using Sluice.Benchmarks.Funnel;

// Without arguments all benchmarks run; see docs/benchmarks for what they printed.
var smoke = args.Contains("--smoke");
var rows = smoke ? 20_000 : Number("--rows", 1_000_000);
var rounds = smoke ? 1 : (int)Number("--rounds", 5);
var events = smoke ? 200_000 : Number("--events", 50_000_000);
switch (args.FirstOrDefault(argument => !argument.StartsWith('-')))
{
    case "stage":
        return await StageProcess.ServeAsync(args[1..]);
    case "pipeline":
        await PipelineBenchmark.RunAsync(rows, rounds);
        return 0;
    case "funnel":
        FunnelBenchmark.Run(events, rounds);
        return 0;
    case "funnel-kernel":
        return KernelRun.Serve(
            int.Parse(args[1], CultureInfo.InvariantCulture),
            int.Parse(args[2], CultureInfo.InvariantCulture)
        );
    case "journeys":
        await JourneyBenchmark.RunAsync(smoke ? rows : Number("--rows", 50_000_000));
        return 0;
    case "startup":
        StartupBenchmark.Run(smoke ? 2 : 25);
        return 0;
    case null:
        StartupBenchmark.Run(smoke ? 2 : 25);
        await PipelineBenchmark.RunAsync(rows, rounds);
        FunnelBenchmark.Run(events, rounds);
        await JourneyBenchmark.RunAsync(rows);
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: [pipeline | startup | funnel | journeys] [--rows N] [--events N] [--rounds N] [--smoke]"
        );
        return 2;
}

long Number(string name, long fallback)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
}
