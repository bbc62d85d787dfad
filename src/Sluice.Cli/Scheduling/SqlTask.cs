using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Catalog;
using Sluice.Core.Scheduling;
using Sluice.Core.Sql;

namespace Sluice.Cli.Scheduling;

/// <summary>Asks the current build, and writes the rows into a file or the log.</summary>
/// <param name="sluice">The project.</param>
internal sealed class SqlTask(Composition sluice)
{
    private const int RowsInTheLog = 20;

    // What the engine calls its file.
    private const string Parquet = ".parquet";

    public async Task<TaskOutcome> RunAsync(
        string statement,
        string? to,
        Action<string> output,
        CancellationToken cancellationToken
    )
    {
        var build = await sluice.Builds.ResolveAsync(null, cancellationToken);
        var query = await BuildTables.QueryAsync(sluice.Ports.Store, build, statement, cancellationToken);
        if (to is null)
        {
            await using var result = await sluice.Ports.Engine.QueryAsync(query, cancellationToken);
            var rows = 0L;
            while (await result.ReadAsync(cancellationToken))
            {
                if (rows++ < RowsInTheLog)
                {
                    output(RowOutput.LineOf(result));
                }
            }

            return new(Rows: rows);
        }

        var path = Path.GetFullPath(Path.Combine(sluice.Project.Root, to));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written beside its place, and then put there as a whole.
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}-{Guid.NewGuid():N}");
        try
        {
            var rows = await WriteAsync(query, path, part, cancellationToken);
            File.Move(part, path, overwrite: true);
            return new(Rows: rows, Note: $"written to {to}");
        }
        finally
        {
            File.Delete(part);
            File.Delete(part + Parquet);
        }
    }

    private async Task<long> WriteAsync(SqlQuery query, string path, string part, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(path).ToUpperInvariant();
        if (extension == ".PARQUET")
        {
            return await WriteParquetAsync(query, path, part, cancellationToken);
        }

        await using var result = await sluice.Ports.Engine.QueryAsync(query, cancellationToken);
        var file = new FileStream(part, FileMode.CreateNew);
        return extension switch
        {
            ".CSV" => await RowOutput.WriteCsvAsync(result, file, cancellationToken),
            _ => await RowOutput.WriteJsonAsync(result, file, cancellationToken),
        };
    }

    private async Task<long> WriteParquetAsync(
        SqlQuery query,
        string path,
        string part,
        CancellationToken cancellationToken
    )
    {
        var made = await sluice.Ports.Engine.MaterializeAsync(
            query,
            Path.GetDirectoryName(part)!,
            Path.GetFileName(part),
            cancellationToken
        );
        if (made.Files is not [var file])
        {
            throw new PipelineException(
                $"The statement gave no rows for '{path}', and no Parquet file is made of none."
            )
            {
                Hint = "Let it give a row in any case, or write CSV.",
            };
        }

        File.Move(file.Path, part, overwrite: true);
        return file.Rows;
    }
}
