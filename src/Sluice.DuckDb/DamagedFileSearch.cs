using System.Data.Common;
using DuckDB.NET.Data;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Finds the file behind a failure that names none: bytes that were flipped make the reader fail anywhere.</summary>
internal static class DamagedFileSearch
{
    private static readonly string[] Kinds = ["INTERNAL Error", "Invalid Error", "IO Error", "Serialization Error"];

    /// <summary>The first file that cannot be read to its end; null where the failure is of another kind, or all can be read.</summary>
    public static (TableId Table, string Path)? Run(string message, IReadOnlyList<SqlRelation> relations)
    {
        if (!Array.Exists(Kinds, kind => message.StartsWith(kind, StringComparison.Ordinal)) && !SaysSo(message))
        {
            return null;
        }

        // What failed may have left its own database unusable.
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var relation in relations)
        {
            foreach (var file in relation.Files)
            {
                if (!CanRead(connection, file.Path))
                {
                    return (relation.Table, file.Path);
                }
            }
        }

        return null;
    }

    // What a statement's own values are wrong by is an invalid input as well, and no reason to read every file.
    private static bool SaysSo(string message) =>
        message.StartsWith("Invalid Input Error", StringComparison.Ordinal)
        && (
            message.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
            || message.Contains("Parquet file", StringComparison.Ordinal)
        );

    private static bool CanRead(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"select bit_xor(hash(t)) from read_parquet({SqlIdentifier.Literal(GlobPath.Escape(path))}, hive_partitioning = false) t";
        try
        {
            command.ExecuteScalar();
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
