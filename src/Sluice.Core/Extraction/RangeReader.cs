using Sluice.Core.Extraction.Throttling;

namespace Sluice.Core.Extraction;

/// <summary>Reads ranges of a table through one session, page by page, as fast as the throttle lets it.</summary>
/// <param name="source">The session.</param>
/// <param name="plan">What is read.</param>
/// <param name="throttle">The pace.</param>
/// <param name="pipe">Where the pages go.</param>
/// <param name="clock">Measures how long pages take.</param>
internal sealed class RangeReader(
    ISource source,
    ExtractPlan plan,
    IThrottle throttle,
    PagePipe<RangeStep> pipe,
    TimeProvider clock
)
{
    /// <summary>Reads a range from where it is to its end.</summary>
    public async Task RunAsync(int place, ExtractRange range, CancellationToken cancellationToken)
    {
        while (!range.IsDone)
        {
            var page = await pipe.RentAsync(cancellationToken);
            SourceBound? next;
            using (var turn = await throttle.WaitAsync(cancellationToken))
            {
                using var activity = ExtractMetrics.Activities.StartActivity("page");
                var started = clock.GetTimestamp();
                next = await source.ReadPageAsync(plan.Page(range, turn.MaxRows), page, cancellationToken);
                turn.Report(page.Rows, page.ByteSize);
                activity?.SetTag("sluice.table", plan.Target.ToString()).SetTag("sluice.rows", page.Rows);
                ExtractMetrics.Page(plan.Target, page.Rows, page.ByteSize, clock.GetElapsedTime(started));
            }

            plan.ThrowIfNullsAreRefused(range, page.Rows);
            plan.Columns.Replace(page);
            range = next is null ? range with { IsDone = true } : range with { Lower = next };
            await pipe.SendAsync(page, new RangeStep(place, range), cancellationToken);
        }
    }
}
