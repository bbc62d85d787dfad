using System.Runtime.CompilerServices;
using Sluice.Core.Sql;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels;

/// <summary>All events of one unit, cut out of a stream that is ordered by unit.</summary>
/// <param name="Name">The unit; null for the events that belong to nobody.</param>
/// <param name="Values">Its values of the breakdowns.</param>
/// <param name="Events">Its events, in no order.</param>
internal sealed record UnitEvents(string? Name, IReadOnlyList<object?> Values, List<FunnelEvent> Events)
{
    private const int FirstValue = 3;
    private const int NobodysEvents = 4096;

    public static async IAsyncEnumerable<UnitEvents> ReadAsync(
        SqlResult result,
        int breakdowns,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = result.Rows;
        UnitEvents? unit = null;
        while (await result.ReadAsync(cancellationToken))
        {
            var name = rows.IsDBNull(0) ? null : rows.GetString(0);
            if (unit is null || unit.Name != name || IsFull(unit))
            {
                if (unit is not null)
                {
                    yield return unit;
                }

                unit = new(
                    name,
                    [.. Enumerable.Range(FirstValue, breakdowns).Select(i => Normalize(rows.GetValue(i)))],
                    []
                );
            }

            // An event without a name takes no step.
            unit.Events.Add(
                new(
                    rows.IsDBNull(1) ? "" : rows.GetString(1),
                    rows.IsDBNull(2) ? FunnelEvent.NoTime : MicrosOf(rows.GetDateTime(2))
                )
            );
        }

        if (unit is not null)
        {
            yield return unit;
        }
    }

    // What belongs to nobody is only counted: it need not be together, and may be more than memory holds.
    private static bool IsFull(UnitEvents unit) => unit.Name is null && unit.Events.Count == NobodysEvents;

    private static long MicrosOf(DateTime utc) => Micros.From(new DateTimeOffset(utc.Ticks, TimeSpan.Zero));

    // One type per kind of value, whichever width the engine chose.
    private static object? Normalize(object value) =>
        value switch
        {
            DBNull => null,
            sbyte or short or int or byte or ushort or uint => Convert.ToInt64(
                value,
                System.Globalization.CultureInfo.InvariantCulture
            ),
            byte[] bytes => Convert.ToHexStringLower(bytes),
            DateTime time when time.TimeOfDay == TimeSpan.Zero => DateOnly.FromDateTime(time),
            _ => value,
        };
}
