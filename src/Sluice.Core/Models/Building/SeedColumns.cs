using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.Core.Models.Building;

/// <summary>Finds the types of a seed's columns: the first that all of its values fit.</summary>
internal static class SeedColumns
{
    private static readonly (string Type, string Condition)[] Candidates =
    [
        ("bigint", """regexp_full_match({0}, '[+-]?[0-9]+') and try_cast({0} as bigint) is not null"""),
        (
            "double",
            """regexp_full_match({0}, '[+-]?[0-9.]+([eE][+-]?[0-9]+)?') and try_cast({0} as double) is not null"""
        ),
        (
            "date",
            """regexp_full_match({0}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') and try_cast({0} as date) is not null"""
        ),
        // A time without offset is UTC, as everywhere; one with an offset is that instant.
        ("timestamptz", """regexp_full_match({0}, '[0-9]{{4}}-.*') and try_cast({0} as timestamptz) is not null"""),
        ("boolean", """lower({0}) in ('true', 'false')"""),
    ];

    /// <summary>The type of each column that is not a text, in the engine's words.</summary>
    /// <param name="engine">Reads the file.</param>
    /// <param name="file">The file as a relation; its columns are texts.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyDictionary<string, string>> GuessAsync(
        ISqlEngine engine,
        SqlRelation file,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var columns = file.Schema.Columns.Select(column => column.Name).ToList();
        var tests = columns
            .Select(SqlIdentifier.Quote)
            .SelectMany(name =>
                Candidates
                    .Select(candidate =>
                        $"count(*) filter (where {name} is not null and not coalesce({string.Format(CultureInfo.InvariantCulture, candidate.Condition, name)}, false))"
                    )
                    .Append($"count({name})")
            );
        await using var result = await engine.QueryAsync(
            new($"select {string.Join(", ", tests)} from {SqlIdentifier.Quote(file.Table)}", [file])
            {
                Subject = subject,
            },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < columns.Count; column++)
        {
            var first = column * (Candidates.Length + 1);
            var fit = Enumerable
                .Range(0, Candidates.Length)
                .FirstOrDefault(candidate => result.Rows.GetInt64(first + candidate) == 0, -1);
            // A column without a value stays a text.
            if (fit >= 0 && result.Rows.GetInt64(first + Candidates.Length) > 0)
            {
                types[columns[column]] = Candidates[fit].Type;
            }
        }

        return types;
    }
}
