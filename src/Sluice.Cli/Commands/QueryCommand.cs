using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Catalog;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice query</c>: a SELECT over the tables of a build.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "query",
            "Runs one SELECT over the published tables: models by name, raw tables as source.name.",
            "sluice query \"select channel, count(*) from dim_user group by channel\"",
            "sluice query \"select ds, count(*) from app.users group by ds\" --format csv",
            "sluice query \"select count(*) from dim_user\" --as-of 2015-05-01"
        );
        var sql = new Argument<string>("SQL")
        {
            Description = "The statement, in DuckDB's dialect. It can read and change nothing.",
        };
        var (asOf, format) = (Shared.AsOf(), Shared.Format());
        command.Add(sql);
        command.Add(asOf);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var build = await sluice.Builds.ResolveAsync(parsed.GetValue(asOf), cancellationToken);
                var query = await BuildTables.QueryAsync(
                    sluice.Ports.Store,
                    build,
                    parsed.GetValue(sql)!,
                    cancellationToken
                );
                await using var result = await sluice.Ports.Engine.QueryAsync(query, cancellationToken);
                await RowOutput.WriteAsync(result, Shared.FormatOf(parsed, format), cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }
}
