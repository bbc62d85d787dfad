using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Catalog;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice tables</c>: what the lake has.</summary>
internal static class TablesCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "tables",
            "Lists the tables of the lake: zone, name, version, rows, bytes and freshness.",
            "sluice tables",
            "sluice tables --as-of 2015-05-01 --format json"
        );
        var (asOf, format) = (Shared.AsOf(), Shared.Format());
        command.Add(asOf);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var wanted = parsed.GetValue(asOf);
                var build = wanted is null
                    ? await sluice.Builds.CurrentAsync(cancellationToken)
                    : await sluice.Builds.ResolveAsync(wanted, cancellationToken);
                var tables = await BuildTables.ListAsync(sluice.Ports.Store, build, cancellationToken);
                TablesOutput.Write(tables, build, sluice.Clock.GetUtcNow(), Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }
}
