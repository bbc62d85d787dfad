using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Lake.Sqlite;

namespace Sluice.Lake;

/// <summary>Opens the kinds of source that Sluice knows.</summary>
/// <param name="clock">The clock of databases that have none.</param>
public sealed class SourceFactory(TimeProvider clock) : ISourceFactory
{
    /// <inheritdoc/>
    public async Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Kind switch
        {
            SourceKind.Sqlite => await SqliteSource.OpenAsync(source, clock, cancellationToken),
            SourceKind.Import => throw new PipelineException(
                $"The source '{source.Name}' holds imported files; there is nothing to extract."
            ),
        };
    }
}
