using Sluice.Cli.Output;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Demo;

/// <summary>Adds up what the tasks took: those of the seven classic tables, and beside them those of the events.</summary>
internal sealed class DemoTimes : IProgress<TaskEvent>
{
    private static readonly string[] EventTasks = ["load_events", "fact_page_visit"];

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
        if (EventTasks.Contains(ended.Task.Id, StringComparer.Ordinal))
        {
            _events += ended.Elapsed;
            _eventRows += loaded;
        }
        else
        {
            _classic += ended.Elapsed;
            _classicRows += loaded;
        }
    }

    public string Summary() =>
        $"Seven tables, {ValueText.Count(_classicRows)} rows, through both DAGs: {ValueText.Span(_classic)}; "
        + $"events, {ValueText.Count(_eventRows)} rows: {ValueText.Span(_events)} more.";
}
