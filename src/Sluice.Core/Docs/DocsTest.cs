using Sluice.Core.Models.Artifacts;
using Sluice.Core.Reports;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>A test on the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: <c>unique</c>, <c>singular</c>, <c>unit test</c>.</param>
/// <param name="Of">What it is written at; null for a singular test.</param>
/// <param name="Column">The column; null where there is none.</param>
/// <param name="Description">What it says; empty where nothing is written.</param>
/// <param name="Result">How it ended; null where it did not run.</param>
internal sealed record DocsTest(
    string Name,
    string Kind,
    TableId? Of,
    string? Column,
    string Description,
    RunResult? Result
)
{
    public DocsTestState State =>
        Result?.Status switch
        {
            "pass" => DocsTestState.Passed,
            "warn" => DocsTestState.Warned,
            "fail" or "error" => DocsTestState.Failed,
            "skipped" => DocsTestState.Skipped,
            _ => DocsTestState.Unknown,
        };

    /// <summary>How it ended, in words that follow its name.</summary>
    public string Words =>
        State switch
        {
            DocsTestState.Passed => "passed",
            DocsTestState.Warned => $"warns: {Found}",
            DocsTestState.Failed when Result!.Status == "error" => $"could not run: {Result.Message}",
            DocsTestState.Failed => $"failed: {Found}",
            DocsTestState.Skipped => "did not run: its model was not built",
            DocsTestState.Unknown => "did not run in the last run",
        };

    private string Found =>
        Result?.Failures is { } failures
            ? $"{Figures.Count(failures)} {(failures == 1 ? "row" : "rows")}"
            : Result?.Message ?? "rows that must not be there";
}
