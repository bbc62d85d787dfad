using System.Reflection;
using System.Text.RegularExpressions;

namespace Sluice.Tests;

public sealed partial class LayeringTests
{
    private const int LongestFile = 400;

    public static TheoryData<string, string[]> Assemblies =>
        new()
        {
            { "Sluice.Core", [] },
            { "Sluice.Project", ["Sluice.Core"] },
            { "Sluice.Lake", ["Sluice.Core"] },
            { "Sluice.DuckDb", ["Sluice.Core"] },
            { "Sluice.State", ["Sluice.Core"] },
            { "sluice", ["Sluice.Core", "Sluice.Project", "Sluice.Lake", "Sluice.DuckDb", "Sluice.State"] },
        };

    // What each part of Core may use besides those below it in its own row: values, then what is made of them, then the
    // definition of a project, then what runs one. Projects, Funnels, Models and Scheduling know each other: a project is made
    // of funnels, models and DAGs, which are answered, built and run for a project.
    public static TheoryData<string, string[]> PartsOfCore =>
        new()
        {
            { "Time", [] },
            { "Statistics", [] },
            { "Tables", ["Time"] },
            { "Sql", ["Tables"] },
            { "Builds", ["Tables", "Time"] },
            { "Catalog", ["Builds", "Sql", "Tables"] },
            { "Extraction", ["Tables", "Time"] },
            { "Reconciling", ["Extraction", "Sql", "Tables", "Time"] },
            { "Filters", ["Sql", "Tables", "Time"] },
            { "Journeys", ["Sql", "Tables", "Time"] },
            { "Funnels", ["Builds", "Filters", "Journeys", "Projects", "Sql", "Statistics", "Tables", "Time"] },
            { "Models", ["Builds", "Extraction", "Journeys", "Projects", "Sql", "Tables", "Time"] },
            { "Upkeep", ["Extraction", "Tables", "Time"] },
            { "Projects", ["Extraction", "Funnels", "Models", "Scheduling", "Tables"] },
            { "Reports", ["Funnels", "Statistics", "Tables", "Time"] },
            { "Docs", ["Builds", "Extraction", "Models", "Projects", "Reports", "Tables", "Time"] },
            { "Scheduling", ["Extraction", "Models", "Projects", "Time"] },
            {
                "Pipelines",
                ["Builds", "Extraction", "Models", "Projects", "Reconciling", "Scheduling", "Tables", "Time", "Upkeep"]
            },
        };

    [Theory, MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_the_layers_below_it(string name, string[] allowed)
    {
        var ours = Assembly
            .Load(name)
            .GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(reference => reference.StartsWith("Sluice.", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(ours.Except(allowed));
    }

    [Fact]
    public void Every_assembly_has_a_place_in_the_table() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal),
            Assemblies
                .Select(row => row.Data.Item1 == "sluice" ? "Sluice.Cli" : row.Data.Item1)
                .Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(PartsOfCore))]
    public void A_part_of_core_uses_only_the_parts_below_it(string part, string[] allowed)
    {
        var used = Sources("Sluice.Core", part)
            .SelectMany(file =>
                PartOfCore().Matches(File.ReadAllText(file)).Select(match => match.Groups["part"].Value)
            )
            .Distinct()
            .Where(other => other != part && PartsOfCore.Any(row => row.Data.Item1 == other));

        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void Every_part_of_core_has_a_place_in_the_table() =>
        Assert.Equal(
            Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, "src", "Sluice.Core"))
                .Select(folder => Path.GetFileName(folder)!)
                .Where(name => name is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal),
            PartsOfCore.Select(row => row.Data.Item1).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Core_touches_no_files()
    {
        var users = Sources("Sluice.Core").Where(file => FileApi().IsMatch(Code(file)));

        Assert.Empty(users.Select(Relative));
    }

    [Fact]
    public void A_namespace_is_the_folder_it_lies_in()
    {
        var strange = Sources()
            .Where(file =>
                Namespace().Match(File.ReadAllText(file)) is { Success: true } match
                && match.Groups["name"].Value.Trim() != Path.GetDirectoryName(Relative(file))![4..].Replace('/', '.')
            );

        Assert.Empty(strange.Select(Relative));
    }

    [Fact]
    public void No_file_is_too_long_to_be_read()
    {
        var long_ = Sources().Where(file => File.ReadLines(file).Count() >= LongestFile);

        Assert.Empty(long_.Select(Relative));
    }

    private static IEnumerable<string> Sources(params string[] folder) =>
        Directory
            .EnumerateFiles(Path.Combine([Repository.Root, "src", .. folder]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj"));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string Code(string file) =>
        string.Join(
            '\n',
            File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        );

    [GeneratedRegex(
        @"(?<!namespace )(Sluice\.Core\.|(?<![\w.])(?=[A-Z]\w*\.[A-Z]))(?<part>[A-Z]\w*)(?=[.;])",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PartOfCore();

    [GeneratedRegex(
        @"(?<!\[|\w\.)\b(File|Directory|FileStream|FileInfo|DirectoryInfo|StreamReader|StreamWriter)(\.[A-Z]|\()|\bSystem\.IO\.(?!IOException)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FileApi();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();
}
