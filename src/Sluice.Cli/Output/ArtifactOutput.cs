using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Pipelines;

namespace Sluice.Cli.Output;

/// <summary>Writes dbt's artifacts into the project's <c>target</c> folder.</summary>
internal static class ArtifactOutput
{
    public const string Manifest = "manifest.json";
    public const string RunResults = "run_results.json";

    /// <summary>A call of a command.</summary>
    public static ArtifactRun RunOf(Composition sluice, string command, ModelScope scope) =>
        new(AppVersion.Text, Guid.NewGuid().ToString(), sluice.Clock.GetUtcNow())
        {
            Arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["which"] = command,
                ["date"] = scope.Interval.Ds,
                ["target"] = scope.TargetName,
                ["vars"] = scope.Variables,
            },
        };

    /// <summary>Does a run over the models and writes both. What cannot be written changes nothing of the run and is said.</summary>
    public static async Task<PipelineResult> AfterAsync(
        Composition sluice,
        string command,
        Func<Task<PipelineResult>> run,
        CancellationToken cancellationToken
    )
    {
        var began = sluice.Clock.GetTimestamp();
        var result = await run();
        await WriteAsync(sluice, command, result, sluice.Clock.GetElapsedTime(began), cancellationToken);
        return result;
    }

    private static async Task WriteAsync(
        Composition sluice,
        string command,
        PipelineResult result,
        TimeSpan elapsed,
        CancellationToken cancellationToken
    )
    {
        if (result.Scope is not { } scope)
        {
            return;
        }

        var run = RunOf(sluice, command, scope);
        try
        {
            await WriteManifestAsync(sluice, run, scope, result, cancellationToken);
            var outcome = new RunOutcome(result.Models, result.LateTests, result.SkippedModels, elapsed);
            var results = RunResultsJson.Write(
                sluice.Project,
                run,
                outcome,
                await sluice.Target.ReadAsync(RunResults, cancellationToken)
            );
            await sluice.Target.WriteAsync(RunResults, results, cancellationToken);
        }
        catch (PipelineException failure)
        {
            Console.Error.WriteLine($"warning: {failure.Message}");
        }
    }

    /// <summary>Writes the manifest.</summary>
    /// <exception cref="PipelineException">The disk is full, or refuses.</exception>
    public static Task WriteManifestAsync(
        Composition sluice,
        ArtifactRun run,
        ModelScope scope,
        PipelineResult? result,
        CancellationToken cancellationToken
    )
    {
        var statements = (result?.Models ?? [])
            .Where(model => model.Statement.Length > 0)
            .ToDictionary(model => model.Model.Name, model => model.Statement, StringComparer.Ordinal);
        var manifest = ManifestJson.Write(sluice.Project, scope, run, statements);
        return sluice.Target.WriteAsync(Manifest, manifest, cancellationToken);
    }
}
