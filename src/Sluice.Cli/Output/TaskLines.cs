using System.Collections.Concurrent;
using Sluice.Core.Models.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Writes a line for each task that ends, and keeps a live line for the one at work.</summary>
/// <param name="live">The live line; null for plain lines only.</param>
/// <param name="also">Another listener; may be null.</param>
/// <param name="clock">Measures how fast tasks go.</param>
internal sealed class TaskLines(StatusContext? live, IProgress<TaskEvent>? also, TimeProvider clock)
    : IProgress<TaskEvent>
{
    private readonly ConcurrentDictionary<string, ProgressPace> _paces = new(StringComparer.Ordinal);

    public void Report(TaskEvent value)
    {
        also?.Report(value);
        switch (value)
        {
            case TaskEvent.Started when live is not null:
                live.Status = Markup.Escape($"{value.DagId}  {value.Task.Id}");
                break;
            case TaskEvent.Advanced advanced when live is not null:
                live.Status = Markup.Escape($"{value.DagId}  {value.Task.Id}  {Words(advanced)}");
                break;
            case TaskEvent.Noted noted:
                Console.Error.WriteLine($"{noted.Task.Id}: {noted.Text}");
                break;
            case TaskEvent.Ended ended:
                Write(ended);
                break;
        }
    }

    private string Words(TaskEvent.Advanced advanced)
    {
        var pace = _paces.GetOrAdd(advanced.Task.Id, _ => new ProgressPace(clock));
        lock (pace)
        {
            return pace.Words(advanced.Progress);
        }
    }

    private void Write(TaskEvent.Ended ended)
    {
        if (
            ended.State == TaskState.Success
            && ended.Task.Work is TaskWork.Empty or TaskWork.WaitFor or TaskWork.PinInputs
            && ended.Outcome?.Note is null
        )
        {
            return;
        }

        var line = $"{ended.DagId, -18}  {ended.Task.Id, -28}  {Result(ended)}";
        if (live is null)
        {
            Console.Out.WriteLine(line.TrimEnd());
        }
        else
        {
            Terminal.Out.WriteLine(line, ended.State == TaskState.Success ? Style.Plain : new Style(Color.Red));
        }

        if (ended.Failure is { } failure)
        {
            var (message, hint) = FailureReport.Words(failure);
            Console.Error.WriteLine($"error: {message}");
            if (hint is not null)
            {
                Console.Error.WriteLine($"  {hint}");
            }
        }

        TestOutput.WriteFindings((ended.Failure as TestFailureException)?.Results ?? ended.Outcome?.Tests ?? []);
    }

    private static string Result(TaskEvent.Ended ended)
    {
        if (ended.State != TaskState.Success)
        {
            return ended.State.ToName();
        }

        var outcome = ended.Outcome!;
        var rows = outcome.Rows is { } count ? $"{ValueText.Count(count), 12} rows" : "";
        var what = outcome.AlreadyDone ? "done before" : ValueText.Span(ended.Elapsed);
        var notes = string.Join(
            "; ",
            new[] { TestOutput.Summary(outcome.Tests), outcome.Note }.Where(note => !string.IsNullOrEmpty(note))
        );
        return $"{rows, 17}  {what, 11}{(notes.Length == 0 ? "" : $"  {notes}")}";
    }
}
