using System.CommandLine;
using System.Text;
using Sluice.Cli.Output;
using Sluice.Core.Docs;
using Sluice.Core.Models;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Time;
using Sluice.Lake.Files;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice docs</c>: the page about the models.</summary>
internal static class DocsCommand
{
    private const string Page = "index.html";

    public static Command Create()
    {
        var command = new ExampleCommand(
            "docs",
            "Writes a page about the models: a graph, and of each its columns, tests, SQL, rows and age.",
            "sluice docs",
            "sluice docs --out public/models"
        );
        var output = new Option<string?>("--out")
        {
            Description = "The folder of the page. By default target/docs in the project.",
            HelpName = "DIR",
        };
        command.Add(output);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var folder = parsed.GetValue(output) is { } wanted
                    ? new ArtifactFolder(Path.GetFullPath(wanted))
                    : new ArtifactFolder(Path.Combine(sluice.Target.Path, "docs"));
                var path = await WriteAsync(sluice, folder, cancellationToken);
                Console.Out.WriteLine(
                    $"{Path.GetRelativePath(Directory.GetCurrentDirectory(), path)} is written: open it in a browser."
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<string> WriteAsync(
        Composition sluice,
        ArtifactFolder folder,
        CancellationToken cancellationToken
    )
    {
        var scope = new ModelScope(await IntervalAsync(sluice, cancellationToken), sluice.Ports.Engine.Name);
        var content = await DocsReader.ReadAsync(sluice.Project, sluice.Ports, scope, cancellationToken);
        if (await sluice.Target.ReadAsync(ArtifactOutput.RunResults, cancellationToken) is { } results)
        {
            content = content with { LastRun = RunResults.Read(results) };
        }

        using var text = new StringWriter { NewLine = "\n" };
        DocsPage.Write(content, text);
        var run = ArtifactOutput.RunOf(sluice, "docs", scope);
        await ArtifactOutput.WriteManifestAsync(sluice, run, scope, result: null, cancellationToken);
        return await folder.WriteAsync(Page, Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    // Statements are shown as for the build that is current; before there is one, as for yesterday.
    private static async Task<DataInterval> IntervalAsync(Composition sluice, CancellationToken cancellationToken) =>
        (await sluice.Builds.CurrentAsync(cancellationToken))?.Interval
        ?? Shared.IntervalOf(date: null, sluice.Project.TimeZone, sluice.Clock);
}
