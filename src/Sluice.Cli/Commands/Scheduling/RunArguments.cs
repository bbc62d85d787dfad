using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary>How runs and intervals are named on the command line.</summary>
internal static class RunArguments
{
    public static Argument<string> Dag() => new("DAG") { Description = "A DAG, as 'sluice dags list' names them." };

    public static Argument<string> Run() =>
        new("RUN")
        {
            Description =
                "A run: its logical date (2015-05-01), the start of its interval (2015-05-01T06:00Z), or its id.",
        };

    public static Option<string?> Task() => new("--task") { Description = "A task of the run.", HelpName = "TASK" };

    public static Option<string?> Interval() =>
        new("--interval")
        {
            Description = "The interval: both ends, ISO 8601. The end is not part of it.",
            HelpName = "START/END",
        };

    public static Option<string[]> Params() =>
        new("--param")
        {
            Description = "A value for one of the DAG's params; may be given several times.",
            HelpName = "NAME=VALUE",
        };

    /// <summary>The values of <c>--param</c>.</summary>
    /// <exception cref="DefinitionException">One is no name and value.</exception>
    public static IReadOnlyDictionary<string, string> ValuesOf(IEnumerable<string> texts)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
            {
                throw new DefinitionException($"'{text}' is no parameter.", "Write --param name=value.");
            }

            values[text[..at]] = text[(at + 1)..];
        }

        return values;
    }

    /// <summary>The interval that a command line names for a DAG; the last that is over where it names none.</summary>
    /// <exception cref="DefinitionException">The text is no interval, or the date has none.</exception>
    public static DataInterval IntervalOf(DagDefinition dag, string? interval, string? date, DateTimeOffset now)
    {
        if (interval is not null && date is not null)
        {
            throw new DefinitionException("Both --interval and --date are given.", "Give one of them.");
        }

        return interval is not null ? IntervalText.Parse(interval, dag.TimeZone)
            : date is not null ? IntervalOnDate.Find(dag, DateText.Parse(date))
            : RunRequests.LastOf(dag, now);
    }

    /// <summary>The run that a text names.</summary>
    /// <exception cref="DefinitionException">There is none, or there are several.</exception>
    public static DagRun Find(IRunReader store, DagDefinition dag, string text)
    {
        var id = text.IndexOf("__", StringComparison.Ordinal);
        var start = id < 0 ? text : text[(id + 2)..];
        if (DateText.TryParse(start) is { } date)
        {
            var runs = store.Between(
                dag.Id,
                DataInterval.StartOf(date, dag.TimeZone),
                DataInterval.StartOf(date.AddDays(1), dag.TimeZone)
            );
            return runs switch
            {
                [var only] => only,
                [] => throw Unknown(store, dag, text),
                _ => throw new DefinitionException(
                    string.Create(CultureInfo.InvariantCulture, $"{dag.Id} has {runs.Count} runs on {text}."),
                    $"Name one by its start, as {RunName.StartOf(runs[0].Interval)}."
                ),
            };
        }

        return
            DateTimeOffset.TryParse(
                start,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var instant
            ) && store.Find(dag.Id, instant.ToUniversalTime()) is { } run
            ? run
            : throw Unknown(store, dag, text);
    }

    private static DefinitionException Unknown(IRunReader store, DagDefinition dag, string text) =>
        new(
            $"{dag.Id} has no run '{text}'.",
            store.Latest(dag.Id, 1) is [var last]
                ? $"Its latest is that of {RunName.Of(last.Interval, dag.TimeZone)}; 'sluice runs list {dag.Id}' shows them."
                : "It has none yet: 'sluice scheduler' makes them, 'sluice dags trigger' makes one by hand."
        );
}
