using System.Globalization;
using Sluice.Benchmarks;

// Without arguments all benchmarks run; see docs/benchmarks for what they printed.
var smoke = args.Contains("--smoke");
var rows = smoke ? 20_000 : Number("--rows", 1_000_000);
var rounds = smoke ? 1 : (int)Number("--rounds", 5);
switch (args.FirstOrDefault(argument => !argument.StartsWith('-')))
{
    case "stage":
        return await StageProcess.ServeAsync(args[1..]);
    case "pipeline":
        await PipelineBenchmark.RunAsync(rows, rounds);
        return 0;
    case "startup":
        StartupBenchmark.Run(smoke ? 2 : 25);
        return 0;
    case null:
        StartupBenchmark.Run(smoke ? 2 : 25);
        await PipelineBenchmark.RunAsync(rows, rounds);
        return 0;
    default:
        Console.Error.WriteLine("usage: [pipeline | startup] [--rows N] [--rounds N] [--smoke]");
        return 2;
}

long Number(string name, long fallback)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
}
