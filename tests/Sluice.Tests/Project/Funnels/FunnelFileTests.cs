using Sluice.Core;
using Sluice.Project.Funnels;

namespace Sluice.Tests.Project.Funnels;

public sealed class FunnelFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("steps: [a, b]\n", "my-funnel")]
    [InlineData("name: other\nsteps: [a, b]\n", "other")]
    public void A_funnel_is_called_by_its_key_or_its_file(string yaml, string name) =>
        Assert.Equal(name, FunnelFile.Load(_folder.Write("my-funnel.yaml", yaml)).Name);

    [Theory]
    [InlineData("steps: [a, b]\n", "fact_page_visit")]
    [InlineData("events: visits\nsteps: [a, b]\n", "visits")]
    public void Its_table_may_be_named(string yaml, string table) =>
        Assert.Equal(table, FunnelFile.Load(_folder.Write("f.txt", yaml)).EventTable);

    [Fact]
    public void What_is_wrong_is_named_with_the_path()
    {
        var path = _folder.Write("f.yaml", "steps: [a]\nordr: open\n");

        var wrong = Assert.Throws<DefinitionException>(() => FunnelFile.Load(path));

        Assert.Equal(
            [$"{path}:2: the key 'ordr' is not known here.", $"{path}:1: A funnel has two steps or more."],
            wrong.Diagnostics.Select(problem => (problem with { Hint = null }).ToString())
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("steps: [a,\n")]
    [InlineData("- a\n")]
    [InlineData("steps: [a, b]\nsteps: [a, b]\n")]
    public void What_is_no_map_is_refused(string yaml) =>
        Assert.Throws<DefinitionException>(() => FunnelFile.Load(_folder.Write("f.yaml", yaml)));

    [Theory]
    [InlineData("none.yaml")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_missing_file_is_told(string name) =>
        Assert.Equal(
            $"There is no file '{name}'.",
            Assert.Throws<DefinitionException>(() => FunnelFile.Load(name)).Problem
        );

    [Fact]
    public void A_folder_is_told() =>
        Assert.Equal(
            $"'{_folder.Path}' is a folder.",
            Assert.Throws<DefinitionException>(() => FunnelFile.Load(_folder.Path)).Problem
        );
}
