using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Freshness;

/// <summary>Looks how old the newest row of a raw table is, as dbt's <c>source freshness</c> does.</summary>
/// <param name="store">Where the table is.</param>
/// <param name="engine">Reads it.</param>
/// <param name="clock">Says what time it is.</param>
public sealed class FreshnessCheck(ITableStore store, ISqlEngine engine, TimeProvider clock)
{
    /// <summary>Looks at one table, at all that was ever loaded of it.</summary>
    /// <exception cref="PipelineException"><c>loaded_at_field</c> or <c>filter</c> is wrong, or a file is damaged.</exception>
    public async Task<FreshnessResult> RunAsync(
        TableId table,
        SourceFreshness limits,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(limits);
        var snapshot = await store.ReadAsync(table, cancellationToken: cancellationToken);
        var newest = snapshot is null ? null : await NewestAsync(snapshot, limits, cancellationToken);
        return new(table, limits, newest, newest is { } micros ? clock.GetUtcNow() - Micros.ToInstant(micros) : null);
    }

    private async Task<long?> NewestAsync(
        TableSnapshot snapshot,
        SourceFreshness limits,
        CancellationToken cancellationToken
    )
    {
        // A column is meant as it is called, also where its name is a word of SQL.
        var field = snapshot.Schema.Find(limits.LoadedAtField) is { } column
            ? SqlIdentifier.Quote(column.Name)
            : limits.LoadedAtField;
        var filter = limits.Filter is { } condition ? $" where ({condition}\n)" : "";
        var query = new SqlQuery(
            $"select epoch_us(max(cast({field} as timestamptz))) from {SqlIdentifier.Quote(snapshot.Table)}{filter}",
            [new SqlRelation(snapshot.Table, snapshot.Schema, snapshot.Files)]
        )
        {
            Subject = $"the freshness of {snapshot.Table} (loaded_at_field: {limits.LoadedAtField})",
        };
        await using var result = await engine.QueryAsync(query, cancellationToken);
        return await result.ReadAsync(cancellationToken) && !result.Rows.IsDBNull(0) ? result.Rows.GetInt64(0) : null;
    }
}
