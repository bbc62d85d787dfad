using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>The statements that prepare a database for a query.</summary>
internal static class SessionSetup
{
    public static IEnumerable<string> Statements(
        IReadOnlyList<SqlRelation> relations,
        DuckDbOptions options,
        string? folder
    )
    {
        // Times are UTC everywhere in the lake; an engine in another zone would cast them differently.
        yield return "set TimeZone = 'UTC'";
        if (options.Threads > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"set threads = {options.Threads}");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"set memory_limit = '{options.MemoryMiB}MiB'");

        var spill = folder is null
            ? Path.Combine(Path.GetTempPath(), $"sluice-{Environment.ProcessId}")
            : Path.Combine(folder, "spill");
        yield return $"set temp_directory = {SqlIdentifier.Literal(spill)}";
        var allowed = relations
            .SelectMany(relation => relation.Files)
            .Select(file => Path.GetDirectoryName(file.Path)!)
            .Append(folder ?? spill)
            // The check looks at a path before and after the pattern in it is resolved.
            .SelectMany(allowed => new[] { allowed, GlobPath.Escape(allowed) })
            .Distinct(StringComparer.Ordinal)
            .Select(SqlIdentifier.Literal);
        yield return $"set allowed_directories = [{string.Join(", ", allowed)}]";
        yield return "set enable_external_access = false";
        foreach (
            var schema in relations
                .Select(relation => relation.Table.Schema)
                .Append(TableId.MartsSchema)
                .Distinct(StringComparer.Ordinal)
        )
        {
            yield return $"create schema {SqlIdentifier.Quote(schema)}";
        }

        foreach (var relation in relations)
        {
            yield return RelationView.Text(relation);
        }

        yield return $"set search_path = {SqlIdentifier.Literal(TableId.MartsSchema)}";
        yield return "set lock_configuration = true";
    }
}
