namespace Sluice.Tests.Core.Scheduling;

/// <summary>Runs as they were recorded: what happens to tasks, and what must become of all of them.</summary>
public sealed class HistoryTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, History> All { get; } =
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests", "histories"), "*.history")
            .SelectMany(file =>
                File.ReadAllText(file)
                    .Split("===\n")
                    .Select((text, i) => (Name: $"{Path.GetFileNameWithoutExtension(file)} {i + 1}", text))
            )
            .ToDictionary(history => history.Name, history => new History(history.text), StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_comes_to_what_was_recorded(string name) => All[name].Run();
}
