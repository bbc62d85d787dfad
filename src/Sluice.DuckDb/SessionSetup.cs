using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>The statements that prepare a database.</summary>
internal static class SessionSetup
{
    /// <summary>The statements, in their order.</summary>
    /// <param name="reach">What the database reaches.</param>
    /// <param name="options">Memory and threads.</param>
    /// <param name="memoryShare">The part of that memory.</param>
    /// <param name="spill">
    /// Where it puts what memory does not hold. Databases that share it write over each other's files.
    /// </param>
    public static IEnumerable<string> Statements(
        DatabaseReach reach,
        DuckDbOptions options,
        double memoryShare,
        string spill
    )
    {
        // Times are UTC everywhere in the lake; an engine in another zone would cast them differently.
        yield return "set TimeZone = 'UTC'";
        if (options.Threads > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"set threads = {options.Threads}");
        }

        var memory = Math.Max(1, (long)(options.MemoryMiB * memoryShare));
        yield return string.Create(CultureInfo.InvariantCulture, $"set memory_limit = '{memory}MiB'");

        yield return $"set temp_directory = {SqlIdentifier.Literal(spill)}";
        var allowed = reach
            // The check looks at a path before and after the pattern in it is resolved.
            .Folders.Append(reach.Folder ?? spill)
            .SelectMany(allowed => new[] { allowed, GlobPath.Escape(allowed) })
            .Distinct(StringComparer.Ordinal)
            .Select(SqlIdentifier.Literal);
        yield return $"set allowed_directories = [{string.Join(", ", allowed)}]";
        yield return "set enable_external_access = false";
        yield return $"create schema {SqlIdentifier.Quote(TableId.MartsSchema)}";
        yield return $"set search_path = {SqlIdentifier.Literal(TableId.MartsSchema)}";
        yield return "set lock_configuration = true";
    }
}
