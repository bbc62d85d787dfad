using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Standard output as Spectre draws on it.</summary>
internal static class Terminal
{
    // A file has no width: what is redirected must not be wrapped.
    private const int NoWrap = 10_000;

    /// <summary>The console, without colours and wrapping where the output is redirected.</summary>
    public static IAnsiConsole Out { get; } = Create();

    /// <summary>Whether a person looks at it while it is written.</summary>
    public static bool IsLive => !Console.IsOutputRedirected && Out.Profile.Capabilities.Interactive;

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = NoWrap;
        }

        return console;
    }
}
