using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Shows an import while it works, then what came of it.</summary>
internal static class ImportReport
{
    public static async Task<LoadOutcome> ShowAsync(
        bool quiet,
        string path,
        Func<IProgress<long>, Task<LoadOutcome>> load
    )
    {
        if (quiet || !Terminal.IsLive)
        {
            return await load(new Silent());
        }

        LoadOutcome? outcome = null;
        await Terminal
            .Out.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync(Markup.Escape(path), async live => outcome = await load(new Live(live, path)));
        return outcome!;
    }

    public static void Write(LoadOutcome outcome, TableId target, DataInterval interval)
    {
        if (outcome.AlreadyDone)
        {
            Console.Out.WriteLine(
                $"{target} has a copy for {interval.Ds} already, and nothing was changed. --replace loads it again."
            );
            return;
        }

        Console.Out.WriteLine(
            $"{target}: {ValueText.Count(outcome.Rows)} rows for {interval.Ds}, version {outcome.Version}."
        );
        if (LoadNote.Of(outcome) is { } note)
        {
            Console.Out.WriteLine($"  {note}");
        }

        Console.Out.WriteLine($"  'sluice model --date {interval.Ds}' builds the models from it and publishes it.");
    }

    private sealed class Silent : IProgress<long>
    {
        public void Report(long value) { }
    }

    private sealed class Live(StatusContext status, string path) : IProgress<long>
    {
        public void Report(long value) => status.Status = Markup.Escape($"{path}  {ValueText.Count(value)} rows");
    }
}
