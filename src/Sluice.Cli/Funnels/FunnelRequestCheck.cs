using Sluice.Cli.Output;
using Sluice.Core;

namespace Sluice.Cli.Funnels;

/// <summary>Says what does not go together in a request.</summary>
internal static class FunnelRequestCheck
{
    private const int MostBins = 10_000;

    /// <summary>Holds a request against itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="explain">Whether an explanation is asked for, also where something else is.</param>
    /// <exception cref="DefinitionException">Something is wrong; all problems are named.</exception>
    public static void ThrowIfWrong(FunnelRequest request, bool explain)
    {
        var problems = Problems(request, explain).ToList();
        if (problems.Count == 1)
        {
            throw new DefinitionException(problems[0].Message, problems[0].Hint);
        }

        if (problems.Count > 1)
        {
            throw new DefinitionException(string.Join('\n', problems.Select(Line)));
        }
    }

    private static IEnumerable<(string Message, string Hint)> Problems(FunnelRequest request, bool explain)
    {
        var funnels = Given(
            ("NAME", request.Name is not null),
            ("--steps", request.Arguments.Steps is not null),
            ("--definition", request.Definition is not null)
        );
        if (funnels.Count == 0)
        {
            yield return (
                "Which funnel is meant?",
                "Give the NAME of a saved one, --steps a,b or --definition FILE; 'sluice funnel' lists those saved."
            );
        }

        if (funnels.Count > 1)
        {
            yield return (
                $"{And(funnels)} each name a funnel, and only one can be asked.",
                "Leave all but one out; every other option changes the one that stays."
            );
        }

        var subjects = Given(
            ("--users", request.UsersOf is not null),
            ("--why", request.Why is not null),
            ("--explain", explain)
        );
        if (subjects.Count > 1)
        {
            yield return ($"{And(subjects)} each ask for something else.", "Ask one after the other.");
        }

        var shown = Given(
            ("--trend", request.Options.Trend is not null),
            ("--compare", request.Options.CompareBefore),
            ("--bins", request.Options.Bins is not null)
        );
        if (subjects.Count > 0 && shown.Count > 0)
        {
            yield return (
                $"{And(shown)} {(shown.Count == 1 ? "belongs" : "belong")} to the counts, which {subjects[0]} does not show.",
                $"Leave {subjects[0]} out, or {And(shown)}."
            );
        }

        if (explain && request.Format != FunnelFormat.Table)
        {
            yield return (
                "--explain is written as text only.",
                "Leave --format out; the JSON of an answer has its provenance."
            );
        }

        if (request.Options.Bins is not null && request.Format == FunnelFormat.Csv)
        {
            yield return (
                "--bins makes a histogram, and csv has no place for it.",
                "Leave --bins out, or use --format table, html or json, which has one for each segment."
            );
        }

        if (request.Dropped && request.UsersOf is null)
        {
            yield return (
                "--dropped lists the users lost at a step, and no step is named.",
                "Add for example --users 2"
            );
        }

        if (request.Events is not null && request.AsOf is not null)
        {
            yield return ("--as-of names a build, and --events reads a file.", "Leave one of the two out.");
        }

        var ofFile = Given(("--columns", request.Columns is not null), ("--timezone", request.TimeZone is not null));
        if (request.Events is null && ofFile.Count > 0)
        {
            yield return (
                $"{And(ofFile)} {(ofFile.Count == 1 ? "tells" : "tell")} how a file is read, and no --events names one.",
                "Leave it out, or add --events FILE; a project has both in its sluice.yaml (events: and timezone:)."
            );
        }

        if (request.Options.Bins is < 1 or > MostBins)
        {
            yield return (
                FormattableString.Invariant($"--bins is a whole number from 1 to {MostBins}."),
                "Leave it out for as many as suit the times."
            );
        }
    }

    private static List<string> Given(params (string Name, bool IsGiven)[] options) =>
        [.. options.Where(option => option.IsGiven).Select(option => option.Name)];

    private static string And(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Line((string Message, string Hint) problem) => $"{problem.Message}\n    {problem.Hint}";
}
