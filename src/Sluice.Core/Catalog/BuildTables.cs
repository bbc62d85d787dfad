using Sluice.Core.Builds;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Catalog;

/// <summary>The tables that a reader of a build sees.</summary>
public static class BuildTables
{
    /// <summary>A statement over all tables of a build.</summary>
    public static async Task<SqlQuery> QueryAsync(
        ITableStore store,
        Build build,
        string text,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(build);
        var relations = new List<SqlRelation>();
        foreach (var table in build.Tables.Keys.Order())
        {
            var snapshot = await BuildSnapshot.ReadAsync(store, build, table, cancellationToken);
            relations.Add(new SqlRelation(table, snapshot.Schema, snapshot.Files));
        }

        return new SqlQuery(text, relations) { LeavesOutDamaged = true };
    }

    /// <summary>All tables: those of the build at its versions, the others at their newest and marked as unpublished.</summary>
    public static async Task<IReadOnlyList<CatalogEntry>> ListAsync(
        ITableStore store,
        Build? build,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var entries = new List<CatalogEntry>();
        foreach (var table in store.List())
        {
            var published = build is not null && build.Tables.ContainsKey(table);
            var snapshot = published
                ? await BuildSnapshot.ReadAsync(store, build!, table, cancellationToken)
                : (await store.ReadAsync(table, cancellationToken: cancellationToken))!;
            entries.Add(new(snapshot, published));
        }

        return entries;
    }
}
