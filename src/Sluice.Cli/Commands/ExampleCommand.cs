using System.CommandLine;

namespace Sluice.Cli.Commands;

/// <summary>A command whose help shows how it is used.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, in a sentence.</param>
/// <param name="examples">Lines that can be copied as they are.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Whether it looks after signals itself, and takes its time to end.</summary>
    public bool HandlesSignals { get; init; }
}
