namespace Sluice.Core.Extraction;

/// <summary>Opens the sources that the project defines.</summary>
public interface ISourceFactory
{
    /// <summary>Connects.</summary>
    /// <exception cref="PipelineException">The database is not there or refuses.</exception>
    Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default);
}
