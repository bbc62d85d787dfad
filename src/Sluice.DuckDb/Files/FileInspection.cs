using System.Globalization;
using System.Text;
using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb.Files;

/// <summary>Looks at a user's file.</summary>
/// <param name="options">Memory and threads.</param>
internal sealed class FileInspection(DuckDbOptions options)
{
    private static readonly TableId Table = TableId.Mart(SqlFile.Relation);

    public async Task<SqlFile> InspectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, format) = FileHead.Read(name);
            var file = new SqlFile
            {
                Path = Path.GetFullPath(name),
                Name = name,
                Bytes = bytes,
                Format = format,
                Columns = [],
            };
            return format switch
            {
                SqlFileFormat.Csv => Csv(file),
                SqlFileFormat.JsonLines => Json(file),
                SqlFileFormat.Parquet => await ParquetAsync(file, cancellationToken),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The file '{name}' cannot be read: {failure.Message}", failure);
        }
    }

    private static SqlFile Csv(SqlFile file)
    {
        try
        {
            using var first = FileFault.OpenText(file.Path);
            var delimiter = CsvRecords.DelimiterOf(first);
            using var text = FileFault.OpenText(file.Path);
            var (line, names) = CsvRecords.Read(text, delimiter).FirstOrDefault((0, []));
            if (line != 1)
            {
                throw new PipelineException($"{file.Name}:1: the first line is empty.")
                {
                    Hint = "The first line must name the columns: user_id,event,time.",
                };
            }

            var empty = names.ToList().FindIndex(string.IsNullOrWhiteSpace);
            if (empty >= 0)
            {
                throw new PipelineException($"{file.Name}:1: column {empty + 1} has no name.")
                {
                    Hint = "The first line must name every column.",
                };
            }

            var quotes = CsvQuotes.Look(file.Path, delimiter);
            return quotes.OpenedAt is { } open
                ? throw FileFault.Quote(string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{open}"))
                : file with
                {
                    Columns = FileColumns.OfCsv(names),
                    Delimiter = delimiter,
                    HasQuotes = quotes.Any,
                };
        }
        catch (DecoderFallbackException failure)
        {
            throw FileFault.NotUtf8(file, failure);
        }
    }

    private static SqlFile Json(SqlFile file)
    {
        var keys = new JsonKeys();
        if (JsonLines.Read(file.Path, keys) is var (line, problem))
        {
            throw FileFault.JsonLine(file, line, problem);
        }

        return keys.All.Count > 0
            ? file with
            {
                Columns = FileColumns.OfJson(keys.All),
            }
            : throw new PipelineException($"The file '{file.Name}' has no events.");
    }

    private async Task<SqlFile> ParquetAsync(SqlFile file, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(file, cancellationToken);
        var columns = await session.DescribeAsync($"select * from {FileScan.Parquet(file.Path)}", cancellationToken);
        var instants = new HashSet<string>(StringComparer.Ordinal);
        await using var rows = await session.ReadAsync(
            $"select name from parquet_schema({SqlIdentifier.Literal(GlobPath.Escape(file.Path))}) where type = 'INT96'",
            cancellationToken
        );
        while (await session.GuardAsync(() => rows.ReadAsync(cancellationToken)))
        {
            instants.Add(rows.GetString(0));
        }

        return file with
        {
            Columns = FileColumns.OfParquet(columns, instants),
        };
    }

    private Task<DuckDbSession> OpenAsync(SqlFile file, CancellationToken cancellationToken) =>
        DuckDbSession.OpenAsync(
            new("", [SqlRelation.Of(Table, new([]), file)]) { Subject = file.Name },
            options,
            folder: null,
            cancellationToken
        );
}
