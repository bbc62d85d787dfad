using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>The statements that prepare a database for a query.</summary>
internal static class SessionSetup
{
    /// <summary>The statements before the relations, in their order.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Memory and threads.</param>
    /// <param name="folder">The folder that it may write to.</param>
    /// <param name="spill">
    /// Where it puts what memory does not hold, inside that folder. Databases that share it write over each other's files.
    /// </param>
    public static IEnumerable<string> Statements(SqlQuery query, DuckDbOptions options, string folder, string spill)
    {
        var relations = query.Relations;
        // Times are UTC everywhere in the lake; an engine in another zone would cast them differently.
        yield return "set TimeZone = 'UTC'";
        if (options.Threads > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"set threads = {options.Threads}");
        }

        var memory = Math.Max(1, (long)(options.MemoryMiB * query.MemoryShare));
        yield return string.Create(CultureInfo.InvariantCulture, $"set memory_limit = '{memory}MiB'");

        yield return $"set temp_directory = {SqlIdentifier.Literal(spill)}";
        var allowed = relations
            .SelectMany(relation => relation.Paths)
            .Select(path => Path.GetDirectoryName(path)!)
            .Append(folder)
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

        if (query.ChecksArithmetic)
        {
            yield return ArithmeticCheck.Setup;
        }
    }

    /// <summary>What comes once the relations are there.</summary>
    public static string End { get; } =
        $"set search_path = {SqlIdentifier.Literal(TableId.MartsSchema)}; set lock_configuration = true";
}
