using System.Diagnostics;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Pipelines;
using Sluice.Core.Time;
using Spectre.Console;

namespace Sluice.Cli.Demo;

/// <summary>Makes the demo's project and database, runs both DAGs and prints the three funnels. Done again, it goes on from what is there.</summary>
/// <param name="folder">Absolute path of the project.</param>
/// <param name="users">Users of the shop.</param>
/// <param name="quiet">Plain lines only.</param>
internal sealed class DemoRun(string folder, long users, bool quiet)
{
    private static readonly DateOnly LogicalDate = new(2015, 5, 1);
    private static readonly string[] Funnels = ["step6_visits", "payment_to_confirmation", "search_to_payment"];

    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (users is < 1 or > SampleOptions.MaxUsers)
        {
            throw new DefinitionException($"--users takes 1 to {ValueText.Count(SampleOptions.MaxUsers)}.");
        }

        DemoProject.Write(folder);
        await MakeDatabaseAsync(cancellationToken);

        var sluice = Composition.Open(folder);
        var interval = DataInterval.OfDay(LogicalDate, sluice.Project.TimeZone);
        var times = new DemoTimes();
        await using var keep = sluice.KeepRuns();
        Console.Out.WriteLine($"Running both DAGs for {interval.Ds}:");
        var result = await RunReport.WatchAsync(
            quiet,
            events =>
                ArtifactOutput.AfterAsync(
                    sluice,
                    "run",
                    () => sluice.Pipeline(events).RunAsync(interval, new RunOptions(), keep, cancellationToken),
                    cancellationToken
                ),
            times
        );
        if (!result.Succeeded)
        {
            return ExitCode.Failed;
        }

        Console.Out.WriteLine(times.Summary());
        foreach (var name in Funnels)
        {
            var funnel = sluice.Project.Funnel(name);
            var source = await sluice.Sources.ResolveAsync(funnel, result.Build!, cancellationToken);
            var answer = await new FunnelQuestion(sluice.Ports.Engine).AskAsync(
                funnel,
                source,
                cancellationToken: cancellationToken
            );
            FunnelOutput.Write(answer, FunnelFormat.Table);
        }

        Console.Out.WriteLine(NextSteps.Text(folder));
        return ExitCode.Done;
    }

    private async Task MakeDatabaseAsync(CancellationToken cancellationToken)
    {
        using var held = Lock();
        var database = Path.Combine(folder, DemoProject.DatabaseName);
        if (File.Exists(database))
        {
            Console.Out.WriteLine($"Using the database {database} as it is; delete the folder to start anew.");
            return;
        }

        var started = Stopwatch.GetTimestamp();
        SampleSummary summary;
        if (quiet || !Terminal.IsLive)
        {
            summary = Fill(database, null, cancellationToken);
        }
        else
        {
            summary = await Terminal
                .Out.Progress()
                .StartAsync(live =>
                {
                    var task = live.AddTask("making the shop's database", maxValue: users);
                    return Task.FromResult(Fill(database, done => task.Value = done, cancellationToken));
                });
        }

        var rows = summary.Users + summary.Steps.Sum() + summary.Events;
        Console.Out.WriteLine(
            $"Made {database}: {ValueText.Count(summary.Users)} users, {ValueText.Count(rows)} rows in 8 tables, {ValueText.Span(Stopwatch.GetElapsedTime(started))}"
        );
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, DemoProject.LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException failure)
        {
            throw new PipelineException($"Another demo is making its database in '{folder}'.", failure)
            {
                Hint = "Wait until it is done, or choose another folder with --path.",
            };
        }
    }

    private SampleSummary Fill(string database, Action<long>? done, CancellationToken cancellationToken) =>
        SampleDatabase.Write(database, new SampleOptions { Users = users }, done, cancellationToken);
}
