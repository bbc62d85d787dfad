using Sluice.Core.Models.Planning;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Core.Models;

public sealed class ModelFingerprintTests
{
    private static readonly string Usual = Of();

    [Fact]
    public void The_same_parts_give_the_same_print() => Assert.Equal(Usual, Of());

    [Fact]
    public void It_is_64_hex_digits() => Assert.Matches("^[0-9a-f]{64}$", Usual);

    [Fact]
    public void Every_part_changes_it()
    {
        string[] others =
        [
            Usual,
            Of(engine: "spark"),
            Of(statement: "select 2"),
            Of(sources: []),
            Of(sources: [Relation("b", "id long", "1.parquet")]),
            Of(sources: [Relation("a", "ID long", "1.parquet")]),
            Of(sources: [Relation("a", "id integer", "1.parquet")]),
            Of(sources: [Relation("a", "id long, x long", "1.parquet")]),
            Of(sources: [Relation("a", "id long", "2.parquet")]),
            Of(sources: [Relation("a", "id long", "1.parquet", "2.parquet")]),
            Of(sources: [Relation("a", "id long")]),
            Of(refs: []),
            Of(refs: ["y"]),
            Of(refs: ["x", "y"]),
            Of(refs: ["y", "x"]),
        ];

        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void Parts_that_read_the_same_end_to_end_differ()
    {
        Assert.NotEqual(Of(engine: "ab", statement: "c"), Of(engine: "a", statement: "bc"));
        Assert.NotEqual(Of(refs: ["ab", "c"]), Of(refs: ["a", "bc"]));
        Assert.NotEqual(Of(refs: ["abc"]), Of(refs: ["ab", "c"]));
        Assert.NotEqual(
            Of(sources: [Relation("a", "", "b"), Relation("c", "", "d")]),
            Of(sources: [Relation("a", ""), Relation("b", "", "c", "d")])
        );
    }

    [Fact]
    public void The_order_in_which_sources_are_given_does_not_matter() =>
        Assert.Equal(
            Of(sources: [Relation("a", "id long", "1"), Relation("b", "id long", "2")]),
            Of(sources: [Relation("b", "id long", "2"), Relation("a", "id long", "1")])
        );

    [Fact]
    public void A_lake_that_moved_to_another_folder_keeps_its_prints() =>
        Assert.Equal(
            Of(sources: [Relation("a", "id long", "/here/ds=2015-05-01/1.parquet")]),
            Of(sources: [Relation("a", "id long", "/there/ds=2015-05-01/1.parquet")])
        );

    private static string Of(
        string engine = "duckdb",
        string statement = "select 1",
        SqlRelation[]? sources = null,
        string[]? refs = null
    )
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources ?? [Relation("a", "id long", "1.parquet")])
        {
            inputs[source.Table.ToString()] = ModelFingerprint.OfSource(source);
        }

        foreach (var (place, fingerprint) in (refs ?? ["x"]).Index())
        {
            inputs[TableId.Mart($"model{place}").ToString()] = fingerprint;
        }

        return ModelFingerprint.Of(engine, statement, inputs);
    }

    private static SqlRelation Relation(string name, string columns, params string[] files) =>
        new(
            TableId.Raw("app", name),
            SchemaText.Parse(columns),
            [
                .. files.Select(path => new DataFile
                {
                    Path = path,
                    Bytes = 1,
                    Rows = 1,
                    Interval = "",
                }),
            ]
        );
}
