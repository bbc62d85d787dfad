using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Project.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Tells those who want to know of a run that failed or is late.</summary>
/// <param name="root">The project's folder: commands run there.</param>
/// <param name="note">Told of what could not be sent.</param>
internal sealed class CallbackSender(string root, Action<string> note)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends it to all; what fails is noted and stops nothing.</summary>
    /// <param name="callbacks">Who is told.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="run">Its run.</param>
    /// <param name="facts">What happened, by name.</param>
    public async Task SendAsync(
        IReadOnlyList<Callback> callbacks,
        DagDefinition dag,
        DagRun run,
        IReadOnlyDictionary<string, string> facts
    )
    {
        foreach (var callback in callbacks)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await (
                    callback switch
                    {
                        Callback.Webhook webhook => HttpRequest.SendAsync(
                            new TaskWork.Http("POST", Text(webhook.Url)) { Body = JsonSerializer.Serialize(facts) },
                            _ => { },
                            patience.Token
                        ),
                        Callback.Command command => new ShellCommand(root, note, ownSession: true).RunAsync(
                            Text(command.Text),
                            facts.ToDictionary(fact => $"SLUICE_{fact.Key.ToUpperInvariant()}", fact => fact.Value),
                            patience.Token
                        ),
                        _ => throw new ArgumentOutOfRangeException(nameof(callbacks)),
                    }
                );
            }
            catch (Exception failure)
                when (failure
                        is PipelineException
                            or DefinitionException
                            or OperationCanceledException
                            or InvalidOperationException
                            or UriFormatException
                            or IOException
                )
            {
                note($"a callback of {facts["dag_id"]} failed: {failure.Message}");
            }
        }

        string Text(string template) => TaskTemplates.Render(template, run, dag, Environment.GetEnvironmentVariable);
    }
}
