using Sluice.Core;

namespace Sluice.Cli;

/// <summary>Tells the user what went wrong, where, and what to do next.</summary>
internal static class FailureReport
{
    /// <summary>What the line with the message begins with.</summary>
    public const string Prefix = "error: ";

    /// <summary>Whether a failure has words for the user. All others are faults of Sluice and are shown whole.</summary>
    public static bool IsForUser(Exception failure) =>
        failure
            is DefinitionException
                or PipelineException
                or OperationCanceledException
                or IOException
                or UnauthorizedAccessException;

    /// <summary>Writes it to standard error and says how to exit.</summary>
    public static int Write(Exception failure)
    {
        var (message, hint) = Words(failure);
        Console.Error.WriteLine(Prefix + message);
        if (hint is not null)
        {
            Console.Error.WriteLine($"  {hint}");
        }

        return failure is DefinitionException ? ExitCode.WrongUsage : ExitCode.Failed;
    }

    /// <summary>Tells that the work was asked to stop and had not, when the process ends all the same.</summary>
    public static int WriteCut(TimeSpan waited)
    {
        Console.Error.WriteLine(
            $"error: stopped; what was at work did not end within {waited.TotalSeconds:0} seconds and was left."
        );
        Console.Error.WriteLine("  What was committed stays; run again to do the rest.");
        return ExitCode.Failed;
    }

    /// <summary>The message, and the next step where there is one.</summary>
    public static (string Message, string? Hint) Words(Exception failure) =>
        failure switch
        {
            DefinitionException wrong => (wrong.Problem, wrong.Hint),
            PipelineException fault => (fault.Message, fault.Hint),
            OperationCanceledException => ("stopped.", "What was committed stays; run again to do the rest."),
            _ => (failure.Message, null),
        };
}
