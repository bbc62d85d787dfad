using Sluice.Core.Sql;

namespace Sluice.DuckDb.Files;

/// <summary>Finds the lines of rows.</summary>
internal static class FileLines
{
    /// <summary>The 1-based line on which a row begins; null for a format without lines.</summary>
    /// <param name="file">The file.</param>
    /// <param name="row">The 1-based place of the row.</param>
    public static int? Of(SqlFile file, long row)
    {
        using var text = FileFault.OpenText(file.Path);
        return file.Format switch
        {
            // The names come first.
            SqlFileFormat.Csv => CsvRecords.Read(text, file.Delimiter).ElementAtOrDefault(checked((int)row)).Line,
            SqlFileFormat.JsonLines => JsonLines.Filled(text).ElementAtOrDefault(checked((int)row - 1)),
            SqlFileFormat.Parquet => null,
        };
    }
}
