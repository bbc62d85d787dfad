using Sluice.Core;
using Sylvan.Data.Csv;

namespace Sluice.Lake.Csv;

/// <summary>The column names of a CSV file.</summary>
internal static class CsvHeader
{
    /// <summary>The names, checked.</summary>
    /// <exception cref="PipelineException">A name is empty or there twice.</exception>
    public static IReadOnlyList<string> Names(string path, CsvDataReader rows)
    {
        var names = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        var empty = names.FindIndex(string.IsNullOrWhiteSpace);
        if (names.Count == 0 || empty >= 0)
        {
            throw new PipelineException($"{path}:1: column {empty + 1} has no name.")
            {
                Hint = "The first line must name every column.",
            };
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (names.Find(name => !seen.Add(name)) is { } twice)
        {
            throw new PipelineException($"{path}:1: the column '{twice}' is there twice.");
        }

        return names;
    }
}
