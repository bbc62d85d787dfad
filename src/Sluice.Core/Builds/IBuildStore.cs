namespace Sluice.Core.Builds;

/// <summary>The published builds. Safe for many threads and processes.</summary>
public interface IBuildStore
{
    /// <summary>The numbers of all builds, newest first.</summary>
    IReadOnlyList<long> ListNewestFirst();

    /// <summary>One build.</summary>
    /// <exception cref="PipelineException">It is not there, or its file is damaged.</exception>
    Task<Build> ReadAsync(long number, CancellationToken cancellationToken = default);

    /// <summary>Publishes a build under the next free number, in one step.</summary>
    /// <param name="draft">Makes the build for a number, or null to publish none; called again when another run took that number first.</param>
    /// <param name="cancellationToken">Stops the wait, never a publication half-way.</param>
    /// <returns>The build; null where none was made.</returns>
    Task<Build?> PublishAsync(
        Func<long, CancellationToken, Task<Build?>> draft,
        CancellationToken cancellationToken = default
    );
}
