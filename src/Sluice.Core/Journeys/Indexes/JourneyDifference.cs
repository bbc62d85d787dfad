using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Asks whose events or properties differ between two versions of a source. Only files that one of them lacks are read.</summary>
/// <param name="Query">The statement; its rows are the units, each once.</param>
/// <param name="Rows">How many rows it reads.</param>
internal sealed record JourneyDifference(SqlQuery Query, long Rows)
{
    /// <summary>The difference between two sources that have the same columns.</summary>
    /// <param name="now">One of them.</param>
    /// <param name="before">The other.</param>
    /// <param name="properties">The columns of users that count.</param>
    public static JourneyDifference Of(JourneySource now, JourneySource before, IReadOnlyList<Column> properties)
    {
        var (added, removed) = (Without(now, before, "now"), Without(before, now, "before"));
        var statement = JourneySql.Changed(added, removed, properties);
        IReadOnlyList<SqlRelation> relations = [.. added.Relations, .. removed.Relations];
        return new(
            JourneyReading.Query(now, statement) with
            {
                Relations = relations,
            },
            relations.Sum(relation => relation.Files.Sum(file => file.Rows))
        );
    }

    // The files that the other one does not have, under names of their own.
    private static JourneySource Without(JourneySource source, JourneySource other, string name) =>
        source with
        {
            Events = Without(source.Events, other.Events, $"events_{name}"),
            Users = source.Users is { } users
                ? users with
                {
                    Relation = Without(users.Relation, other.Users!.Relation, $"users_{name}"),
                }
                : null,
        };

    private static SqlRelation Without(SqlRelation relation, SqlRelation other, string name)
    {
        var common = other.Files.Select(JourneySource.FileName).ToHashSet(StringComparer.Ordinal);
        return relation with
        {
            Table = TableId.Raw("sluice_journeys", name),
            Files = [.. relation.Files.Where(file => !common.Contains(JourneySource.FileName(file)))],
        };
    }
}
