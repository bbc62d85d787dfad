using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Answers;

/// <summary>Counts a funnel over flat columns that the caller owns: the whole engine without a file, a table or a project.</summary>
/// <remarks>
/// Everything that <see cref="FunnelDefinition"/> says of steps, order, window, exclusions, entry and range counts; its
/// filters, units, held properties and breakdowns do not: the caller decides with the codes what an event is. Stateless, so
/// thread safe. For more speed on many users see <see cref="Kernel.OrderedKernel"/>.
/// </remarks>
public static class FunnelColumns
{
    /// <summary>Counts the units.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="names">The event name of each code, from code 0.</param>
    /// <param name="starts">
    /// Where the events of each unit begin, and after the last unit the number of events: one element more than units,
    /// ascending, the first 0.
    /// </param>
    /// <param name="micros">The time of each event, microseconds since the epoch in UTC; in any order within a unit, fastest ascending.</param>
    /// <param name="codes">The code of each event; as many as times.</param>
    /// <param name="zone">The time zone in which the funnel's dates begin; null for UTC.</param>
    /// <param name="watermarkMicros">The instant up to which events are complete; null for the latest event's.</param>
    /// <exception cref="ArgumentException">The columns do not fit each other, or a code has no name.</exception>
    /// <exception cref="DefinitionException">The funnel is wrong.</exception>
    public static ColumnsAnswer Count(
        FunnelDefinition funnel,
        IReadOnlyList<string> names,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<long> micros,
        ReadOnlySpan<ushort> codes,
        TimeZoneInfo? zone = null,
        long? watermarkMicros = null
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(names);
        FunnelValidation.ThrowIfWrong(funnel);
        ThrowIfUnfit(starts, micros, codes, names.Count);
        EventKind[] kinds = [.. names.Select(name => EventKind.OfName(name, funnel))];
        var rules = FunnelRules.Of(funnel, zone ?? TimeZoneInfo.Utc);
        var evaluator = new UnitEvaluator(rules);
        var tally = new SegmentTally(rules, watermarkMicros ?? Latest(micros));
        var events = new List<FunnelEvent>();
        var excluded = 0L;
        for (var unit = 0; unit + 1 < starts.Length; unit++)
        {
            events.Clear();
            for (var at = starts[unit]; at < starts[unit + 1]; at++)
            {
                events.Add(new(micros[at], kinds[codes[at]]));
            }

            var outcome = evaluator.Evaluate(events);
            excluded += outcome.Excluded.Count;
            foreach (var attempt in outcome.Attempts)
            {
                tally.Add(attempt);
            }
        }

        return new(
            new SegmentStatistics(funnel).WithIntervals(tally.ToSegment([])),
            Math.Max(0, starts.Length - 1),
            excluded
        );
    }

    private static long? Latest(ReadOnlySpan<long> micros)
    {
        long? latest = null;
        foreach (var at in micros)
        {
            latest = latest is null || at > latest ? at : latest;
        }

        return latest;
    }

    private static void ThrowIfUnfit(
        ReadOnlySpan<int> starts,
        ReadOnlySpan<long> micros,
        ReadOnlySpan<ushort> codes,
        int names
    )
    {
        if (micros.Length != codes.Length)
        {
            throw new ArgumentException("Each event has a time and a code.", nameof(codes));
        }

        if (starts.IsEmpty || starts[0] != 0 || starts[^1] != micros.Length)
        {
            throw new ArgumentException("The starts begin with 0 and end with the number of events.", nameof(starts));
        }

        for (var unit = 0; unit + 1 < starts.Length; unit++)
        {
            if (starts[unit] > starts[unit + 1])
            {
                throw new ArgumentException("The starts ascend.", nameof(starts));
            }
        }

        foreach (var code in codes)
        {
            if (code >= names)
            {
                throw new ArgumentException($"The code {code} has no name.", nameof(codes));
            }
        }
    }
}
