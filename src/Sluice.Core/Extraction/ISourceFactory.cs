namespace Sluice.Core.Extraction;

/// <summary>Opens sessions with the sources that the project defines.</summary>
public interface ISourceFactory
{
    /// <summary>Connects, and sets the session's guards.</summary>
    /// <exception cref="PipelineException">The database is not there or refuses.</exception>
    Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default);
}
