using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Lake.MySql;
using Sluice.Lake.PostgreSql;
using Sluice.Lake.Sources;
using Sluice.Lake.Sqlite;

namespace Sluice.Lake;

/// <summary>Opens the kinds of source that Sluice knows. What a server fails at for a moment is tried again.</summary>
/// <param name="clock">The clock of databases that have none, and of pauses between attempts.</param>
public sealed class SourceFactory(TimeProvider clock) : ISourceFactory
{
    /// <inheritdoc/>
    public async Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.MissingSecrets is [var missing, ..])
        {
            throw new PipelineException($"The source '{source.Name}' cannot be opened: {missing}")
            {
                Hint = "Set it, or correct the reference in sluice.yaml.",
            };
        }

        return source.Kind switch
        {
            // Whoever locks a SQLite database has been waited for.
            SourceKind.Sqlite => await SqliteSource.OpenAsync(source, clock, cancellationToken),
            SourceKind.MySql => await RetryAsync(
                async stop => await MySqlSource.OpenAsync(source, stop),
                cancellationToken
            ),
            SourceKind.PostgreSql => await RetryAsync(
                async stop => await PostgreSqlSource.OpenAsync(source, clock, stop),
                cancellationToken
            ),
            SourceKind.Import => throw new PipelineException(
                $"The source '{source.Name}' holds imported files; there is nothing to extract."
            ),
        };
    }

    private async Task<ISource> RetryAsync(
        Func<CancellationToken, Task<ISource>> open,
        CancellationToken cancellationToken
    ) => await new RetryingSource(open, RetryingSource.Usual(clock)).OpenAsync(cancellationToken);
}
