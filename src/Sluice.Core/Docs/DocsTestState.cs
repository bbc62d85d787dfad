namespace Sluice.Core.Docs;

/// <summary>How a test ended, as the page colours it.</summary>
internal enum DocsTestState
{
    Unknown,
    Passed,
    Warned,
    Failed,
    Skipped,
}
