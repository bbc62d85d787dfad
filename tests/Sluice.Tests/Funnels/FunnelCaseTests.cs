namespace Sluice.Tests.Funnels;

/// <summary>The suite of tests/funnels and the examples of docs/semantics.md, in memory.</summary>
public sealed class FunnelCaseTests
{
    private static readonly Dictionary<string, FunnelCase> Cases = CaseFile
        .Suite()
        .Concat(CaseFile.Document(Path.Combine(Repository.Root, "docs", "semantics.md")))
        .ToDictionary(item => item.Name, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Names =>
        Cases.Keys.Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    [Theory, MemberData(nameof(Names))]
    public void Every_engine_says_what_the_case_expects(string name)
    {
        var differences = CaseRun.Differences(Cases[name]);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
