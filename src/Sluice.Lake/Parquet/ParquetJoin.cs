using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Writes the rows of data files into one new file, in their order, a page at a time.</summary>
internal static class ParquetJoin
{
    /// <summary>Joins the files.</summary>
    /// <returns>The new file; null where they have no rows.</returns>
    public static StagedFile? Run(
        IReadOnlyList<DataFile> files,
        TableSchema schema,
        string folder,
        CancellationToken cancellationToken
    )
    {
        // The pages of the extract are not needed any more, and would stay beside those of the join.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var writer = new ParquetPageWriter(folder, schema, targetFileBytes: long.MaxValue);
        try
        {
            var page = new RowPage(schema);
            foreach (var file in files)
            {
                Copy(file, page, writer, cancellationToken);
            }

            return writer.Finish().SingleOrDefault();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void Copy(DataFile file, RowPage page, ParquetPageWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new ParquetPageReader(file.Path);
            var rows = 0L;
            foreach (var filled in reader.Read(page))
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write(filled);
                rows += filled.Rows;
            }

            if (file.Rows >= 0 && rows != file.Rows)
            {
                throw new InvalidDataException($"it has {rows} rows instead of {file.Rows}");
            }
        }
        catch (InvalidDataException damage)
        {
            throw new PipelineException($"The data file '{file.Path}' cannot be read: {damage.Message}.", damage)
            {
                Hint = "Restore it from a backup, or load its date again: sluice run --date DATE --reextract.",
            };
        }
    }
}
