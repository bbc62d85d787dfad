using System.Text;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Reads what the building of an index has to know before the events.</summary>
internal sealed class JourneyReading
{
    private const string TooMany = "it has more than 65,535 values";
    private readonly ISqlEngine _engine;
    private readonly JourneySource _source;

    private JourneyReading(ISqlEngine engine, JourneySource source) => (_engine, _source) = (engine, source);

    /// <summary>The number of events and users, the names, and the properties that have codes or are left out.</summary>
    /// <param name="engine">Reads the tables; it is opened once.</param>
    /// <param name="source">The tables.</param>
    /// <param name="before">An older index, whose names and values keep their codes; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<(
        JourneySummary Summary,
        JourneyNames Names,
        IReadOnlyList<(Column Column, JourneyCodes Codes)> Properties,
        IReadOnlyList<JourneyLeftOut> LeftOut
    )> RunAsync(ISqlEngine engine, JourneySource source, JourneyContents? before, CancellationToken cancellationToken)
    {
        await using var shared = engine.Share(Query(source, "").Relations, folder: null);
        var reading = new JourneyReading(shared, source);
        var summary = await reading.SummaryAsync(cancellationToken);
        var names = await reading.NamesAsync(before?.Names, cancellationToken);
        var (properties, leftOut) = await reading.PropertiesAsync(before, cancellationToken);
        return (summary, names, properties, leftOut);
    }

    public static SqlQuery Query(JourneySource source, string text, double memoryShare = 1) =>
        new(text, [.. source.Relations])
        {
            Subject = $"the journeys index of {source.Events.Table.Name}",
            MemoryShare = memoryShare,
            ComparesChecksums = true,
        };

    private async Task<JourneySummary> SummaryAsync(CancellationToken cancellationToken)
    {
        await using var result = await AskAsync(JourneySql.Summary(_source), cancellationToken);
        await result.ReadAsync(cancellationToken);
        var row = result.Rows;
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), OrNull(4), OrNull(5));

        long? OrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }

    /// <summary>The names, with those of an older index under their old codes.</summary>
    private async Task<JourneyNames> NamesAsync(JourneyNames? before, CancellationToken cancellationToken)
    {
        var coded = before?.Coded.ToList() ?? [];
        var rare = new SortedSet<string>(before?.Rare ?? [], StringComparer.Ordinal);
        var known = coded.ToHashSet(StringComparer.Ordinal);
        var moreRare = before?.MoreRare ?? false;
        await using var result = await AskAsync(JourneySql.Names(_source), cancellationToken);
        while (await result.ReadAsync(cancellationToken))
        {
            var name = result.Rows.GetString(0);
            if (known.Contains(name) || rare.Contains(name))
            {
                continue;
            }

            // A name that a statement cannot hold is never coded; one that may have been rare before stays rare.
            if (coded.Count < JourneyNames.MostCoded && !moreRare && !name.Contains('\0', StringComparison.Ordinal))
            {
                coded.Add(name);
            }
            else if (rare.Count < JourneyNames.MostRare)
            {
                rare.Add(name);
            }
            else
            {
                moreRare = true;
            }
        }

        return new(coded, [.. rare], moreRare);
    }

    /// <summary>The properties with the codes of their values, and those that have too many.</summary>
    private async Task<(
        IReadOnlyList<(Column Column, JourneyCodes Codes)> Properties,
        IReadOnlyList<JourneyLeftOut> LeftOut
    )> PropertiesAsync(JourneyContents? before, CancellationToken cancellationToken)
    {
        var properties = new List<(Column, JourneyCodes)>();
        var leftOut = new List<JourneyLeftOut>();
        if (_source.Users is not { } users || !users.Properties.Any())
        {
            return (properties, leftOut);
        }

        var columns = users.Properties.ToList();
        var about = new List<long>();
        await using (var result = await AskAsync(JourneySql.CountValues(users, columns), cancellationToken))
        {
            await result.ReadAsync(cancellationToken);
            about.AddRange(Enumerable.Range(0, columns.Count).Select(result.Rows.GetInt64));
        }

        foreach (var (column, count) in columns.Zip(about))
        {
            // The estimate is off by a few in a hundred; listing millions of values only to count them is for nothing.
            var codes =
                count > 2 * JourneyProperty.MostValues
                    ? null
                    : await CodesAsync(
                        JourneySql.Values(users, column),
                        before?.Properties.FirstOrDefault(property => property.Name == column.Name)?.Values ?? [],
                        cancellationToken
                    );
            if (codes is null)
            {
                leftOut.Add(new(column.Name, TooMany));
            }
            else
            {
                properties.Add((column, codes));
            }
        }

        return (properties, leftOut);
    }

    private async Task<JourneyCodes?> CodesAsync(
        string statement,
        IReadOnlyList<object> before,
        CancellationToken cancellationToken
    )
    {
        var codes = new JourneyCodes(before);
        var texts = 0;
        await using var result = await AskAsync(statement, cancellationToken);
        while (await result.ReadAsync(cancellationToken))
        {
            if (
                ++texts > JourneyProperty.MostValues
                || !codes.TryAdd(
                    Encoding.UTF8.GetBytes(result.Rows.GetString(1)),
                    SqlValue.Read(result.Rows.GetValue(0))
                )
            )
            {
                return null;
            }
        }

        return codes;
    }

    private Task<SqlResult> AskAsync(string statement, CancellationToken cancellationToken) =>
        _engine.QueryAsync(Query(_source, statement), cancellationToken);
}
