using System.Xml.Linq;
using Sluice.Core.Builds;
using Sluice.Core.Docs;
using Sluice.Core.Models;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Models.Properties;
using Sluice.Core.Tables;
using static Sluice.Tests.Core.Models.ModelProjects;

namespace Sluice.Tests.Core.Docs;

public sealed class DocsPageTests
{
    private const string Hostile = "</title><script>alert(\"x\")</script>'&amp;\u0000\u202Egnp\uD800 ";

    private static readonly DocsContent Built = new(Shop, Scope, Now)
    {
        Build = new()
        {
            Number = 4,
            CreatedAt = Now - TimeSpan.FromMinutes(5),
            Interval = Day,
            Promoted = true,
            Models = new Dictionary<string, ModelRecord>(),
            Tables = new Dictionary<TableId, TableVersion>(),
        },
        Tables = new[]
        {
            Snapshot(TableId.Mart("dim_user"), "user_id", "country"),
            Snapshot(TableId.Mart("fact_visit"), "visit_id"),
            Snapshot(Users, "user_id", "country") with
            {
                Transactions = new Dictionary<string, long> { [TaskToken.ExtractOf(Day)] = 1 },
            },
        }.ToDictionary(table => table.Table),
        LastRun = new(
            "2015-05-02T03:00:00.000000Z",
            new Dictionary<string, RunResult>
            {
                ["model.shop.dim_user"] = new("success", null, null, 1.5),
                ["model.shop.fact_visit"] = new("success", RunResultsJson.Unchanged, null, 0),
                ["unit_test.shop.dim_user.keeps_the_country"] = new("pass", null, 0, 0.1),
                [new ArtifactId(Shop).Of(DimUser.Tests[1])] = new("warn", "found 11 rows", 11, 0.1),
            }
        ),
    };

    [Fact]
    public void The_page_of_a_small_project() => Golden.Match("docs/shop.html", Page(Built));

    [Fact]
    public void A_page_is_well_formed_and_needs_nothing_from_elsewhere()
    {
        var page = XDocument.Parse(Page(Built));
        var names = page.Descendants().Select(element => element.Name.LocalName).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Intersect(["link", "img", "iframe", "object", "base", "form"]));
        Assert.Single(page.Descendants("script"));
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute =>
                attribute.Name.LocalName is "src" or "style" or "action"
                || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("@import", Page(Built), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Page(Built), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_leads_to_a_section_and_no_id_is_given_twice()
    {
        var page = XDocument.Parse(Page(Built));
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        var links = page.Descendants().Attributes("href").Select(link => link.Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link[1..], ids));
    }

    [Fact]
    public void Everything_of_the_project_is_told()
    {
        var sections = XDocument.Parse(Page(Built)).Descendants("section").ToList();
        foreach (var model in Shop.Models.Ordered)
        {
            var section = Section(sections, $"{(model.Seed is null ? "model" : "seed")}-{model.Name}");
            string[] wanted =
            [
                model.Name,
                model.File,
                .. Words(model.Properties.Description),
                .. model.Properties.Columns.SelectMany(column => new[] { column.Name, column.Description }),
                .. model.Tests.Select(test => test.Name),
                .. model.UnitTests.SelectMany(test => new[] { test.Name, test.Description }),
                .. model.Config.Tags,
                .. model.Config.UniqueKey,
                .. model.RawSql.Split('\n'),
                .. model.Seed is null ? [model.Render(Scope)] : Array.Empty<string>(),
            ];
            Assert.All(wanted, text => Assert.Contains(text, section.Value, StringComparison.Ordinal));
        }

        foreach (var source in Shop.SourceProperties)
        {
            var section = Section(sections, $"source-{source.Table.Schema}.{source.Table.Name}").Value;
            Assert.Contains(source.Node.Description, section, StringComparison.Ordinal);
            Assert.Contains(source.SourceDescription, section, StringComparison.Ordinal);
            Assert.Contains(source.Freshness!.LoadedAtField, section, StringComparison.Ordinal);
        }

        Assert.All(
            Shop.OtherTests,
            test => Assert.Contains(sections, section => section.Value.Contains(test.Name, StringComparison.Ordinal))
        );
        Assert.Contains(sections, section => section.Attribute("id")?.Value == "source-app.visits");
    }

    [Theory]
    [InlineData("model-dim_user", "reads", "stg_users, countries")]
    [InlineData("model-dim_user", "further up", "app.users")]
    [InlineData("model-dim_user", "read by", "fact_visit, users_now")]
    [InlineData("source-app.users", "read by", "stg_users")]
    [InlineData("source-app.users", "further down", "dim_user, fact_visit, users_now")]
    [InlineData("source-app.users", "reads", "nothing")]
    [InlineData("source-app.users", "loaded", "2015-05-01, at 2015-05-02T02:00:00Z")]
    [InlineData("source-app.users", "data up to", "2015-05-02T00:00:00Z, 3 h old when this page was written")]
    [InlineData("source-app.users", "must be fresh", "warns after 1 day 12 hours, fails after 3 days, by updated_at")]
    [InlineData("source-app.visits", "loaded", "not yet")]
    [InlineData("model-dim_user", "build", "4 of 2015-05-01")]
    [InlineData("model-dim_user", "rows", "7")]
    [InlineData("model-dim_user", "size", "1.5 kB in 1 file")]
    [InlineData("model-dim_user", "last run", "built in 1.50 s")]
    [InlineData("model-fact_visit", "last run", "nothing changed")]
    [InlineData("model-fact_visit", "strategy", "delete+insert")]
    [InlineData("model-users_now", "built", "not yet")]
    [InlineData("model-stg_users", "built", "never by itself: it is a part of the statements that read it")]
    public void A_section_says(string id, string term, string text)
    {
        var section = Section([.. XDocument.Parse(Page(Built)).Descendants("section")], id);
        var line = section.Descendants("dt").First(dt => dt.Value == term);
        Assert.Equal(
            text,
            string.Join(
                    ' ',
                    line.ElementsAfterSelf().Single().Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                )
                .Replace(" ,", ",", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_column_has_its_type_as_built_and_one_that_is_gone_is_told()
    {
        var section = Section([.. XDocument.Parse(Page(Built)).Descendants("section")], "model-dim_user");
        var types = section
            .Descendants("tr")
            .Where(row => row.Elements("td").Count() == 4)
            .ToDictionary(row => row.Elements("td").First().Value.Trim(), row => row.Elements("td").ElementAt(1).Value);
        Assert.Equal(["user_id", "country", "gone"], types.Keys);
        Assert.Equal(["long", "long", "not in the table"], types.Values);
    }

    [Fact]
    public void What_warned_in_the_last_run_stands_at_the_top()
    {
        var warnings = XDocument
            .Parse(Page(Built))
            .Descendants("section")
            .First(section => section.Attribute("class")?.Value == "warnings");
        Assert.Contains("accepted_values_dim_user_country__DE__FR", warnings.Value, StringComparison.Ordinal);
        Assert.Contains("warns: 11 rows", warnings.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_text_stays_a_text_wherever_it_stands()
    {
        var (plain, hostile) = (Page(Named("plain")), Page(Named(Hostile)));
        Assert.Equal(Elements(plain), Elements(hostile));
        Assert.DoesNotContain("<script>alert", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', hostile);
        Assert.DoesNotContain('\0', hostile);
    }

    [Fact]
    public void A_project_that_was_never_run_has_a_page() =>
        Assert.Contains("nothing is published yet", Page(new(Shop, Scope, Now)), StringComparison.Ordinal);

    [Fact]
    public void A_project_without_models_has_a_page() =>
        Assert.NotEmpty(XDocument.Parse(Page(new(OfModels([]), Scope, Now))).Descendants("main"));

    private static DocsContent Named(string text)
    {
        var test = Test(text, text, TableId.Mart(text), text, [text]) with { Description = text };
        var model = Model(text, [], [TableId.Raw(text, text)]) with
        {
            File = text,
            RawSql = text,
            Render = _ => text,
            Properties = new()
            {
                Description = text,
                Columns = [new ColumnProperties(text, text) { DataType = text }],
                Tags = [text],
            },
            Config = new()
            {
                Materialized = Materialization.Incremental,
                UniqueKey = [text],
                PartitionBy = [text],
                Tags = [text],
            },
            Tests = [test],
        };
        return new(OfModels([model]) with { Name = text, OtherTests = [test with { Of = null }] }, Scope, Now)
        {
            LastRun = new(
                text,
                new Dictionary<string, RunResult> { [$"model.{text}.{text}"] = new("error", text, null, 0) }
            ),
        };
    }

    private static IEnumerable<string> Elements(string page) =>
        XDocument.Parse(page).Descendants().Select(element => element.Name.LocalName);

    private static IEnumerable<string> Words(string description) => description.Length == 0 ? [] : [description];

    private static XElement Section(IReadOnlyList<XElement> sections, string id) =>
        Assert.Single(sections, section => section.Attribute("id")?.Value == id);

    private static string Page(DocsContent content)
    {
        using var text = new StringWriter();
        DocsPage.Write(content, text);
        return text.ToString();
    }

    private static TableSnapshot Snapshot(TableId table, params string[] columns) =>
        new()
        {
            Table = table,
            Incarnation = "a",
            Version = 3,
            Schema = new(columns.Select(name => new Column(name, ColumnKind.Long))),
            Files =
            [
                new()
                {
                    Path = "/shop/a.parquet",
                    Bytes = 1_500,
                    Rows = 7,
                    Interval = Day.Id,
                },
            ],
            Transactions = new Dictionary<string, long>(),
            CommittedAt = Now - TimeSpan.FromHours(1),
        };
}
