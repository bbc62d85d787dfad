using System.CommandLine;
using Sluice.Core.Tables;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary><c>sluice lake</c>: what keeps the lake small, whole and explainable.</summary>
internal static class LakeCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "lake",
            "Looks after the lake: checks it, cleans it, and sets tables back.",
            "sluice lake verify",
            "sluice lake history users"
        );
        command.Add(HistoryCommand.Create());
        command.Add(VerifyCommand.Create());
        command.Add(CompactCommand.Create());
        command.Add(VacuumCommand.Create());
        command.Add(RestoreCommand.Create());
        return command;
    }

    /// <summary>The argument of commands that take one table.</summary>
    public static Argument<string> Table() =>
        new("TABLE") { Description = "A table of the lake, as users or app.users." };

    /// <summary>The argument of commands that take some tables.</summary>
    public static Argument<string[]> Tables() =>
        new("TABLE")
        {
            Description = "Tables of the lake, as users or app.users. By default all.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <summary>The tables that were named, or all of them.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">There is no such table.</exception>
    public static IReadOnlyList<TableId> Find(Composition sluice, IReadOnlyList<string>? names)
    {
        var all = sluice.Ports.Store.List();
        return names is null or []
            ? all
            : [.. names.Select(name => TableName.Find(all, name, "in the lake")).Distinct()];
    }
}
