using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sluice.Cli.Commands;

/// <summary>Adds the examples of a command to its help.</summary>
/// <param name="help">The help itself.</param>
internal sealed class HelpExamples(HelpAction help) : SynchronousCommandLineAction
{
    public static void Attach(RootCommand root)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction help } option)
        {
            option.Action = new HelpExamples(help);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        // A command below another does not take the other's arguments.
        foreach (var above in parseResult.CommandResult.Command.Parents.OfType<Command>())
        {
            foreach (var argument in above.Arguments)
            {
                argument.Hidden = true;
            }
        }

        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return result;
    }
}
