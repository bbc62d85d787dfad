using System.CommandLine;
using System.Text;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Airflow;
using Sluice.Lake.Files;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice airflow</c>: the DAGs for those who have Airflow.</summary>
internal static class AirflowCommand
{
    private const string Example = "sluice airflow export dags --workdir /srv/shop";

    public static Command Create()
    {
        var command = new ExampleCommand("airflow", "The DAGs as files for Airflow 3.", Example);
        command.Add(Export());
        return command;
    }

    private static Command Export()
    {
        var command = new ExampleCommand(
            "export",
            "Writes a file for each DAG, whose tasks call 'sluice tasks run', and a test of them.",
            "sluice airflow export dags",
            Example
        );
        var folder = new Argument<string>("DIR")
        {
            Description = "Where the files are written. Those of an earlier export are replaced, no others.",
        };
        var workdir = new Option<string?>("--workdir")
        {
            Description =
                "The project's folder on the machines on which Airflow runs tasks. By default where it is here.",
            HelpName = "DIR",
        };
        command.Add(folder);
        command.Add(workdir);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var project = Composition.Open(parsed.GetValue(Shared.Project)).Project;
                var files = AirflowExport.Files(project.Dags, parsed.GetValue(workdir) ?? project.Root);
                await WriteAsync(new(Path.GetFullPath(parsed.GetValue(folder)!)), files, cancellationToken);
                WriteHints(project.Dags, project.Pools);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task WriteAsync(
        ArtifactFolder folder,
        IReadOnlyList<AirflowFile> files,
        CancellationToken cancellationToken
    )
    {
        var foreign = new List<string>();
        foreach (var file in files)
        {
            if (await folder.ReadAsync(file.Name, cancellationToken) is { } there && !IsOurs(there))
            {
                foreign.Add(file.Name);
            }
        }

        if (foreign.Count > 0)
        {
            throw new DefinitionException(
                $"Not written by an export, and so not replaced: {string.Join(", ", foreign)} in '{folder.Path}'.",
                "Move them away, or export into another folder. Nothing was written."
            );
        }

        foreach (var file in files)
        {
            var path = await folder.WriteAsync(file.Name, Encoding.UTF8.GetBytes(file.Content), cancellationToken);
            Console.Out.WriteLine($"written  {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}");
        }

        // A DAG that is no more would go on in Airflow.
        foreach (
            var path in Directory
                .EnumerateFiles(folder.Path, $"{AirflowExport.Prefix}*.py")
                .Order(StringComparer.Ordinal)
        )
        {
            var name = Path.GetFileName(path);
            if (files.All(file => file.Name != name) && IsOurs((await folder.ReadAsync(name, cancellationToken))!))
            {
                File.Delete(path);
                Console.Out.WriteLine($"removed  {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}");
            }
        }
    }

    private static bool IsOurs(byte[] content) => content.AsSpan().StartsWith(Encoding.UTF8.GetBytes(AirflowFile.Mark));

    private static void WriteHints(IReadOnlyList<DagDefinition> dags, IReadOnlyDictionary<string, int> pools)
    {
        var used = dags.SelectMany(dag => dag.Tasks).Select(task => task.Pool).Where(pools.ContainsKey);
        foreach (var pool in used.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Console.Out.WriteLine(
                FormattableString.Invariant($"Airflow needs the pool: airflow pools set '{pool}' {pools[pool]} sluice")
            );
        }

        foreach (var dag in dags.Where(dag => dag.OnFailure.Count + dag.OnLate.Count > 0 || dag.Deadline is not null))
        {
            Console.Out.WriteLine($"Not exported of {dag.Id}: deadline, on_late and on_failure.");
        }
    }
}
