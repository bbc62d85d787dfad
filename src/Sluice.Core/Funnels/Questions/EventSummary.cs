using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>What was read, before anything is counted.</summary>
/// <param name="Rows">All events.</param>
/// <param name="WithoutUnit">Events that belong to nobody.</param>
/// <param name="WithoutTime">Events of units that have no time.</param>
/// <param name="FirstMicros">The earliest time; null without events.</param>
/// <param name="LastMicros">The latest time; null without events.</param>
/// <param name="Named">The steps, and after them the exclusions, that some event is named for.</param>
internal sealed record EventSummary(
    long Rows,
    long WithoutUnit,
    long WithoutTime,
    long? FirstMicros,
    long? LastMicros,
    IReadOnlyList<int> Named
)
{
    private const int FirstWord = 5;

    public static async Task<EventSummary> ReadAsync(
        ISqlEngine engine,
        SqlQuery query,
        int words,
        CancellationToken cancellationToken
    )
    {
        await using var result = await engine.QueryAsync(query, cancellationToken);
        await result.ReadAsync(cancellationToken);
        var row = result.Rows;
        var bits = Enumerable.Range(FirstWord, words).Select(row.GetInt64).ToArray();
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), OrNull(3), OrNull(4), EventMatch.BitsOf(bits));

        long? OrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }
}
