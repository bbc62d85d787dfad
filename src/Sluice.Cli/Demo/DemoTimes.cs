using Sluice.Cli.Output;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Demo;

/// <summary>Adds up what the tasks took: those of the seven classic tables, and beside them the rest: the events and what is made of them, the calendar.</summary>
internal sealed class DemoTimes : IProgress<TaskEvent>
{
    private static readonly string[] ClassicTasks =
    [
        "load_users",
        "dim_user",
        "dim_user_current",
        .. Enumerable.Range(1, FunnelStep.Last).SelectMany(step => new[] { $"load_step{step}", $"step{step}_fact" }),
    ];

    private TimeSpan _classic;
    private TimeSpan _events;
    private long _classicRows;
    private long _eventRows;

    public void Report(TaskEvent value)
    {
        if (value is not TaskEvent.Ended ended)
        {
            return;
        }

        var loaded = ended.Task.Work is TaskWork.Extract ? ended.Outcome?.Rows ?? 0 : 0;
        if (ClassicTasks.Contains(ended.Task.Id, StringComparer.Ordinal))
        {
            _classic += ended.Elapsed;
            _classicRows += loaded;
        }
        else
        {
            _events += ended.Elapsed;
            _eventRows += loaded;
        }
    }

    public string Summary() =>
        $"Seven tables, {ValueText.Count(_classicRows)} rows, through both DAGs: {ValueText.Span(_classic)}; "
        + $"events, {ValueText.Count(_eventRows)} rows: {ValueText.Span(_events)} more.";
}
