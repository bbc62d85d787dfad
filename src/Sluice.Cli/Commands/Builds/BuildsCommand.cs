using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core.Builds;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Builds;

/// <summary><c>sluice builds</c>: what was published, and which of it readers see.</summary>
internal static class BuildsCommand
{
    private static readonly ListOutput Listed = new("build", "date", "created", "current", "models", "tables");
    private static readonly ListOutput Shown = new("table", "version", "rows", "fingerprint");

    public static Command Create()
    {
        var command = new ExampleCommand(
            "builds",
            "The builds: which table versions were published together.",
            "sluice builds list",
            "sluice builds show 3",
            "sluice builds promote 2015-05-01"
        );
        command.Add(List());
        command.Add(Show());
        command.Add(Promote());
        return command;
    }

    private static Command List()
    {
        var command = new ExampleCommand("list", "Lists the builds, the newest first.", "sluice builds list");
        var format = Shared.Format();
        var limit = new Option<int>("--limit")
        {
            Description = "How many are listed.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        Shared.AtLeast(1, limit);
        command.Add(limit);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var current = await sluice.Builds.CurrentAsync(cancellationToken);
                var rows = new List<object?[]>();
                foreach (var number in sluice.Ports.Builds.ListNewestFirst().Take(parsed.GetValue(limit)))
                {
                    var build = await sluice.Ports.Builds.ReadAsync(number, cancellationToken);
                    rows.Add([
                        build.Number,
                        build.Interval.Ds,
                        InstantText.Of(Micros.From(build.CreatedAt)),
                        Mark(build, current),
                        build.Models.Count,
                        build.Tables.Count,
                    ]);
                }

                Listed.Write(rows, Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    // A build that was promoted has its tables in the current one.
    private static string Mark(Build build, Build? current) =>
        build.Number == current?.Number ? "current"
        : current is not null
        && build.Tables.Count == current.Tables.Count
        && !build.Tables.Except(current.Tables).Any()
            ? string.Create(CultureInfo.InvariantCulture, $"as {current.Number}")
        : build.Promoted ? ""
        : "recorded";

    private static Command Show()
    {
        var command = new ExampleCommand(
            "show",
            "Shows what belongs to a build: the current one, or another.",
            "sluice builds show",
            "sluice builds show 2015-05-01 --format json"
        );
        var (which, format) = (Which(ArgumentArity.ZeroOrOne), Shared.Format());
        command.Add(which);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var build = await sluice.Builds.ResolveAsync(parsed.GetValue(which), cancellationToken);
                var asked = Shared.FormatOf(parsed, format);
                if (asked == OutputFormat.Table)
                {
                    Console.Out.WriteLine(Words(build));
                }

                var rows = new List<object?[]>();
                foreach (var (table, version) in build.Tables.OrderBy(pin => pin.Key))
                {
                    var snapshot = await BuildSnapshot.FindAsync(sluice.Ports.Store, build, table, cancellationToken);
                    rows.Add([
                        TableName.Of(table),
                        version.Version,
                        snapshot?.Rows,
                        table.IsMart ? build.Models.GetValueOrDefault(table.Name)?.Fingerprint[..12] : null,
                    ]);
                }

                Shown.Write(rows, asked);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Promote()
    {
        var command = new ExampleCommand(
            "promote",
            "Makes an older build the one that readers see, by a new build of the same table versions.",
            "sluice builds promote 3"
        );
        var which = Which(ArgumentArity.ExactlyOne);
        command.Add(which);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var wanted = await sluice.Builds.ResolveAsync(parsed.GetValue(which), cancellationToken);
                var (build, alreadyDone) = await new BuildPromotion(sluice.Ports.Builds, sluice.Clock).RunAsync(
                    wanted,
                    cancellationToken
                );
                Console.Out.WriteLine(
                    alreadyDone
                        ? string.Create(CultureInfo.InvariantCulture, $"Build {build.Number} is current already.")
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"Build {build.Number} is current: the tables of build {wanted.Number}, of {build.Interval.Ds}."
                        )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Argument<string?> Which(ArgumentArity arity) =>
        new("BUILD") { Description = "Its number, or a date for the newest build of that day.", Arity = arity };

    private static string Words(Build build) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Build {build.Number} of {build.Interval.Ds}, created {InstantText.Of(Micros.From(build.CreatedAt))}{(build.Promoted ? "" : ", recorded and not promoted")}"
        );
}
