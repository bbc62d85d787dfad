using System.Text.Json;
using Sluice.Cli.Output;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Project.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Tells those who want to know of a run that failed or is late.</summary>
/// <param name="root">The project's folder: commands run there.</param>
/// <param name="note">Told of what could not be sent.</param>
/// <param name="end">Nobody is called any more, and who is being called is left.</param>
internal sealed class CallbackSender(string root, Action<string> note, CancellationToken end = default)
{
    // With its name, and three bytes for a character, it is below what the system takes for one variable.
    private const int MostOfAVariable = 40_000;

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
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
            patience.CancelAfter(Patience);
            try
            {
                patience.Token.ThrowIfCancellationRequested();
                await SendAsync(callback, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Note(
                    callback,
                    end.IsCancellationRequested
                        ? "the scheduler was stopped, and its grace is over."
                        : $"it did not end within {ValueText.Span(Patience)}."
                );
            }
            catch (Exception failure)
            {
                // Whatever it is: the next one is still to be told.
                Note(callback, FailureReport.Words(failure).Message);
            }
        }

        Task<TaskOutcome> SendAsync(Callback callback, CancellationToken cancellationToken) =>
            callback switch
            {
                Callback.Webhook webhook => HttpRequest.SendAsync(
                    new TaskWork.Http("POST", Text(webhook.Url)) { Body = JsonSerializer.Serialize(facts) },
                    _ => { },
                    cancellationToken
                ),
                Callback.Command command => new ShellCommand(root, note, ownSession: true).RunAsync(
                    Text(command.Text),
                    facts.ToDictionary(fact => $"SLUICE_{fact.Key.ToUpperInvariant()}", fact => Variable(fact.Value)),
                    cancellationToken
                ),
                _ => throw new ArgumentOutOfRangeException(nameof(callbacks)),
            };

        string Text(string template) => TaskTemplates.Render(template, run, dag, Environment.GetEnvironmentVariable);

        // It is named as it is written: what it is filled with may be a secret.
        void Note(Callback callback, string why) =>
            note(
                callback switch
                {
                    Callback.Webhook webhook => $"{dag.Id}: the webhook {webhook.Url} failed: {why}",
                    Callback.Command command => $"{dag.Id}: the command '{command.Text.Trim()}' failed: {why}",
                    _ => why,
                }
            );
    }

    private static string Variable(string text) => text.Length > MostOfAVariable ? text[..MostOfAVariable] : text;
}
