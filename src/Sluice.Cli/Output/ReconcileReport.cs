using Sluice.Core.Extraction;
using Sluice.Core.Reconciling;
using Sluice.Core.Scheduling;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Shows a reconciling while it works, then what came of it.</summary>
internal static class ReconcileReport
{
    public static async Task<ReconcileOutcome> ShowAsync(
        bool quiet,
        string table,
        Func<IProgress<LoadProgress>?, Task<ReconcileOutcome>> run
    )
    {
        if (quiet || !Terminal.IsLive)
        {
            return await run(null);
        }

        ReconcileOutcome? outcome = null;
        await Terminal
            .Out.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync(Markup.Escape(table), async live => outcome = await run(new Live(live, table)));
        return outcome!;
    }

    public static void Write(ReconcileOutcome outcome, string table, bool dryRun)
    {
        Console.Out.WriteLine(
            $"{table}: {ValueText.Count(outcome.SourceRows)} rows in the source, {ValueText.Count(outcome.LakeRows)} in the lake."
        );
        Console.Out.WriteLine($"  {How(outcome)}");
        if (outcome.IsEqual)
        {
            Console.Out.WriteLine(outcome.Changed is null ? "  The keys are the same." : "  They are the same.");
            return;
        }

        Console.Out.WriteLine($"  {ValueText.Count(outcome.Missing), 12} rows are missing in the lake");
        if (outcome.Changed is { } changed)
        {
            Console.Out.WriteLine($"  {ValueText.Count(changed), 12} rows are another in the source");
        }

        Console.Out.WriteLine($"  {ValueText.Count(outcome.Deleted), 12} rows are gone from the source");
        Console.Out.WriteLine(
            outcome.Version is { } version ? $"  Repaired in version {version}; 'sluice model' builds from it."
            : dryRun ? "  Nothing was changed."
            : "  Nothing was changed: missing rows need their columns, run it without --keys-only."
        );
        if (outcome.Changed is null && outcome.Missing > 0 && outcome.Version is not null)
        {
            Console.Out.WriteLine("  Missing rows need their columns: run it without --keys-only.");
        }
    }

    private static string How(ReconcileOutcome outcome)
    {
        var read = $"{ValueText.Count(outcome.RowsRead)} rows were read";
        return outcome.Ranges == 0
            ? $"Compared row by row ({outcome.WhyRead}): {read}."
            : $"Counts and checksums of {ValueText.Count(outcome.Ranges)} key ranges: {ValueText.Count(outcome.DifferentRanges)} differed, {read}"
                + (outcome.WhyRead is { } why ? $" ({why})." : ".");
    }

    private sealed class Live(StatusContext status, string table) : IProgress<LoadProgress>
    {
        private readonly ProgressPace _pace = new(TimeProvider.System);

        public void Report(LoadProgress value)
        {
            var words = _pace.Words(new TaskProgress(value.Rows, value.Expected, value.Throttle?.Reason));
            status.Status = Markup.Escape($"{table}  {words}");
        }
    }
}
