using Sluice.Core;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Templates;

public sealed class DocBlocksTests
{
    private readonly Problems _problems = new();
    private readonly DocBlocks _docs = new(
        TemplateProject.Empty with
        {
            Name = "shop",
            Variables = new Dictionary<string, object?> { ["unit"] = "EUR" },
        }
    );

    [Fact]
    public void A_description_takes_blocks_variables_and_nothing_else()
    {
        _docs.Add(
            "docs.md",
            "# Title\n{% docs a %}\n\nOne *a*.\n{% enddocs %}\ntext {%- docs b -%}two{%- enddocs -%}\n",
            _problems
        );

        Assert.Equal("One *a*.", Render("{{ doc('a') }}"));
        Assert.Equal("In EUR: two.", Render("In {{ var('unit') }}: {{ doc('shop', 'b') }}."));
        Assert.Equal("plain", Render("plain"));
        _problems.ThrowIfAny();
    }

    [Theory]
    [InlineData("{{ doc('aa') }}", "models/schema.yml:7: doc('aa') names no doc block.\n    There are: a.")]
    [InlineData("\n{{ ref('a') }}", "models/schema.yml:8: 'ref' is not known.")]
    public void What_is_not_there_is_named_with_its_line(string description, string expected)
    {
        _docs.Add("docs.md", "{% docs a %}x{% enddocs %}", _problems);
        Render(description);

        Assert.StartsWith(
            expected,
            Assert.Throws<DefinitionException>(_problems.ThrowIfAny).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\n{% docs a %}x", "docs.md:2: '{% docs a %}' is never closed.")]
    [InlineData("{% docs a %}x\n{% docs b %}y{% enddocs %}", "docs.md:1: '{% docs a %}' is never closed.")]
    [InlineData(
        "{% docs a %}x{% enddocs %}\n{% docs a %}y{% enddocs %}",
        "docs.md:2: the doc block 'a' is there twice, also in docs.md, line 1."
    )]
    public void A_block_that_is_no_block_is_named(string text, string expected)
    {
        _docs.Add("docs.md", text, _problems);

        Assert.StartsWith(
            expected,
            Assert.Throws<DefinitionException>(_problems.ThrowIfAny).Message,
            StringComparison.Ordinal
        );
    }

    private string Render(string description) => _docs.Render(description, "models/schema.yml", 7, _problems);
}
