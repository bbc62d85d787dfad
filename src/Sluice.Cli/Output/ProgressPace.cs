using System.Globalization;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Output;

/// <summary>Tells of a task how far it is, how fast it goes at present and how long the rest will take. Not thread safe.</summary>
/// <param name="clock">The time.</param>
internal sealed class ProgressPace(TimeProvider clock)
{
    private const int BarCells = 20;

    // The pace of the last seconds: a throttle changes it, and what was before a resume is no work of this run.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Queue<(long At, long Rows)> _seen = [];
    private long _latest;

    /// <summary>The words for a line that is written anew again and again.</summary>
    public string Words(TaskProgress progress)
    {
        var rate = Learn(progress.Rows);
        var (bar, of, left) = ("", "", "");
        if (progress.Expected is { } expected && expected > progress.Rows)
        {
            var cells = (int)(progress.Rows * BarCells / expected);
            bar = $"{new string('█', cells)}{new string('░', BarCells - cells)}  ";
            of = $" of about {ValueText.Count(expected)}";
            left =
                rate > 0
                    ? $"  {ValueText.Span(TimeSpan.FromSeconds((expected - progress.Rows) / rate.Value))} left"
                    : "";
        }

        var speed = rate is { } perSecond
            ? string.Create(CultureInfo.InvariantCulture, $"  {perSecond:N0} rows/s")
            : "";
        var note = progress.Note is { } text ? $"  ({text})" : "";
        return $"{bar}{ValueText.Count(progress.Rows)}{of} rows{speed}{left}{note}";
    }

    // Rows per second of late; null before there is enough to tell.
    private double? Learn(long rows)
    {
        var now = clock.GetTimestamp();
        if (_seen.Count == 0 || clock.GetElapsedTime(_latest, now) >= Window / 20)
        {
            _seen.Enqueue((now, rows));
            _latest = now;
        }

        while (_seen.Count > 1 && clock.GetElapsedTime(_seen.Peek().At, now) > Window)
        {
            _seen.Dequeue();
        }

        var (since, before) = _seen.Peek();
        var elapsed = clock.GetElapsedTime(since, now);
        return elapsed >= Shortest ? (rows - before) / elapsed.TotalSeconds : null;
    }
}
