using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>The columns that a query's result has in the lake.</summary>
internal static class LakeSchema
{
    /// <summary>Maps every column.</summary>
    /// <exception cref="PipelineException">The lake has no such type, or two columns have one name.</exception>
    public static TableSchema Of(string subject, IReadOnlyList<QueryColumn> columns)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var mapped = new List<Column>();
        foreach (var column in columns)
        {
            if (!names.Add(column.Name))
            {
                throw new PipelineException($"{subject}: two columns are called '{column.Name}'.")
                {
                    Hint = "Give one of them another name with 'as'.",
                };
            }

            if (SqlTypes.Find(column.Type) is not { } type)
            {
                throw new PipelineException(
                    $"{subject}: the column '{column.Name}' has the type {column.Type}, which the lake cannot hold."
                )
                {
                    Hint = $"Cast it, for example: cast({column.Name} as varchar).",
                };
            }

            mapped.Add(new(column.Name, type));
        }

        return new(mapped);
    }
}
