using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Models.Planning;

namespace Sluice.IntegrationTests.Models;

public sealed class IncrementalModelTests : IDisposable
{
    private readonly ModelLab _lab = new();

    [Fact]
    public async Task New_rows_stand_beside_the_old_ones()
    {
        Define(IncrementalStrategy.Append);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));

        var (plan, build) = await _lab.BuildAsync(2);

        Assert.Equal(PlanAction.Add, plan.Of("t").Action);
        Assert.Equal("1 a 1, 2 b 2", await ReadAsync(build));
    }

    [Fact]
    public async Task An_interval_that_is_built_again_replaces_what_it_appended()
    {
        Define(IncrementalStrategy.Append);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));
        await _lab.BuildAsync(2);
        await _lab.LoadAsync(2, Rows("2,'c'"));

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal("1 a 1, 2 c 2", await ReadAsync(build));
    }

    [Theory]
    [InlineData(IncrementalStrategy.DeleteInsert)]
    [InlineData(IncrementalStrategy.Merge)]
    public async Task A_row_takes_the_place_of_the_one_with_its_key(IncrementalStrategy strategy)
    {
        Define(strategy, key: ["id"]);
        await _lab.LoadAsync(1, Rows("1,'a'", "2,'a'", "null,'n'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'", "3,'b'", "null,'m'"));

        var (_, build) = await _lab.BuildAsync(2);

        // A row without a key is no other row's.
        Assert.Equal("1 a 1, 2 b 2, 3 b 2, null m 2, null n 1", await ReadAsync(build));
    }

    [Fact]
    public async Task Only_files_that_hold_a_row_which_goes_are_written_again()
    {
        Define(IncrementalStrategy.DeleteInsert, key: ["id"]);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));
        await _lab.BuildAsync(2);
        var before = (await _lab.NewestAsync("t"))!.Files.Select(file => file.Path).ToList();
        await _lab.LoadAsync(3, Rows("2,'c'"));

        var (_, build) = await _lab.BuildAsync(3);

        var after = (await _lab.NewestAsync("t"))!.Files.Select(file => file.Path).ToList();
        Assert.Equal([before[0]], after.Intersect(before));
        Assert.Equal("1 a 1, 2 c 3", await ReadAsync(build));
    }

    [Fact]
    public async Task A_merge_takes_one_row_for_each_key()
    {
        Define(IncrementalStrategy.Merge, key: ["id"]);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'", "2,'c'"));

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _lab.BuildAsync(2));

        Assert.Equal(
            "model t (models/t.sql): 1 values of unique_key (id) are there more than once, and a merge takes one row for each.",
            failure.Message
        );
    }

    [Fact]
    public async Task New_partitions_take_the_place_of_old_ones_null_among_them()
    {
        Define(IncrementalStrategy.InsertOverwrite, partition: ["name"]);
        await _lab.LoadAsync(1, Rows("1,'a'", "2,'a'", "3,'b'", "4,null"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("5,'a'", "6,null"));

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal("3 b 1, 5 a 2, 6 null 2", await ReadAsync(build));
    }

    [Fact]
    public async Task An_older_interval_gets_nothing_of_later_ones()
    {
        Define(IncrementalStrategy.Append);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(3, Rows("3,'c'"));
        await _lab.BuildAsync(3);
        await _lab.LoadAsync(2, Rows("2,'b'"));

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal("1 a 1, 2 b 2", await ReadAsync(build));
        Assert.False(build.Promoted);
    }

    [Fact]
    public async Task A_full_refresh_asks_for_everything_again()
    {
        Define(IncrementalStrategy.Append);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));

        var (plan, build) = await _lab.BuildAsync(2, fullRefresh: true);

        Assert.Equal(PlanAction.Build, plan.Of("t").Action);
        Assert.Equal("1 a 1, 2 b 2", await ReadAsync(build));
    }

    [Theory]
    [InlineData(SchemaChangePolicy.Ignore, "id name day", "1 a 1, 2 b 2")]
    [InlineData(SchemaChangePolicy.AppendNewColumns, "id name day extra", "1 a 1 null, 2 b 2 x")]
    [InlineData(SchemaChangePolicy.SyncAllColumns, "id name day extra", "1 a 1 null, 2 b 2 x")]
    public async Task A_new_column_is_treated_as_configured(SchemaChangePolicy policy, string columns, string rows)
    {
        Define(IncrementalStrategy.Append, policy: policy);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));
        Define(IncrementalStrategy.Append, policy: policy, columns: "*, 'x' as extra");

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal(columns, Columns(await _lab.NewestAsync("t")));
        Assert.Equal(rows, await ReadAsync(build));
    }

    [Fact]
    public async Task A_column_that_is_gone_leaves_the_table_only_when_columns_are_synced()
    {
        Define(IncrementalStrategy.Append, policy: SchemaChangePolicy.SyncAllColumns);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));
        Define(IncrementalStrategy.Append, policy: SchemaChangePolicy.SyncAllColumns, columns: "id, day");
        var (_, build) = await _lab.BuildAsync(2);
        Assert.Equal("1 1, 2 2", await ReadAsync(build));

        await _lab.LoadAsync(3, Rows("3,'c'"));
        Define(IncrementalStrategy.Append, columns: "id");
        var failure = await Assert.ThrowsAsync<PipelineException>(() => _lab.BuildAsync(3));

        Assert.Equal("model t (models/t.sql): it no longer gives day.", failure.Message);
    }

    [Fact]
    public async Task Fail_fails()
    {
        Define(IncrementalStrategy.Append, policy: SchemaChangePolicy.Fail);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));
        Define(IncrementalStrategy.Append, policy: SchemaChangePolicy.Fail, columns: "id, day, 1 as one");

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _lab.BuildAsync(2));

        Assert.Equal("model t (models/t.sql): its columns changed (new: one; gone: name).", failure.Message);
    }

    [Fact]
    public async Task A_wider_type_widens_the_old_rows_and_a_narrower_one_is_cast()
    {
        Define(IncrementalStrategy.DeleteInsert, key: ["id"]);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("5000000000,'b'"));
        Define(IncrementalStrategy.DeleteInsert, key: ["id"], columns: "cast(id as bigint) as id, name, day");
        var (_, wide) = await _lab.BuildAsync(2);
        Assert.Equal("1 a 1, 5000000000 b 2", await ReadAsync(wide));

        await _lab.LoadAsync(3, Rows("3::bigint,'c'"));
        Define(IncrementalStrategy.DeleteInsert, key: ["id"], columns: "cast(id as smallint) as id, name, day");
        var (_, narrow) = await _lab.BuildAsync(3);

        Assert.Equal("1 a 1, 3 c 3, 5000000000 b 2", await ReadAsync(narrow));
        Assert.Equal("long", (await _lab.NewestAsync("t"))!.Schema.Find("id")!.Type.ToString());
    }

    [Fact]
    public async Task A_key_that_the_statement_does_not_give_is_named()
    {
        Define(IncrementalStrategy.Merge, key: ["idd"]);
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _lab.BuildAsync(2));

        Assert.Equal(
            "model t (models/t.sql): unique_key names 'idd', which the statement does not give.",
            failure.Message
        );
        Assert.Equal("Did you mean 'id'?", failure.Hint);
    }

    [Fact]
    public async Task This_is_the_table_as_it_was()
    {
        _lab.Models.Add(
            ModelLab.Model(
                "t",
                scope =>
                    scope.IsIncremental
                        ? """select * from "app"."events" where day > (select max(day) from "marts"."t")"""
                        : """select * from "app"."events" """,
                new() { Materialized = Materialization.Incremental }
            )
        );
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, Rows("2,'b'"));

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal("1 a 1, 2 b 2", await ReadAsync(build));
    }

    [Fact]
    public async Task What_reads_a_table_that_was_built_anew_is_built_again_though_no_input_changed()
    {
        Define(IncrementalStrategy.Append);
        _lab.Models.Add(ModelLab.Model("total", _ => "select sum(id) as ids from t", null, "t") with { Sources = [] });
        await _lab.LoadAsync(1, Rows("1,'a'"));
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(1, Rows("1,'a'", "10,'late'"));
        await _lab.LoadAsync(2, Rows("2,'b'"));
        var (_, before) = await _lab.BuildAsync(2);
        Assert.Equal("3", await _lab.ReadAsync(before, "select ids from total"));

        await _lab.BuildAsync(2, fullRefresh: true, "t");
        var (plan, after) = await _lab.BuildAsync(2);

        Assert.Equal((PlanAction.Build, "changed: t"), (plan.Of("total").Action, plan.Of("total").Reason));
        Assert.Equal("13", await _lab.ReadAsync(after, "select ids from total"));
        Assert.Equal(PlanAction.Keep, (await _lab.StartAsync(2)).Plan.Of("total").Action);
    }

    [Fact]
    public async Task An_older_day_takes_over_no_rows_of_a_later_one()
    {
        var rows = "select 1 as id";
        _lab.Models.Clear();
        _lab.Models.Add(
            ModelLab.Model(
                "t",
                _ => "select * from list",
                new() { Materialized = Materialization.Incremental, UniqueKey = ["id"] },
                "list"
            ) with
            {
                Sources = [],
            }
        );
        _lab.Models.Add(ModelLab.Model("list", _ => rows) with { Sources = [] });
        await _lab.BuildAsync(1);
        rows = "select 3 as id";
        await _lab.BuildAsync(3);
        rows = "select 2 as id";
        await _lab.BuildAsync(4);

        var (_, build) = await _lab.BuildAsync(2);

        Assert.Equal("1, 2", await _lab.ReadAsync(build, "select id from t"));
    }

    public void Dispose() => _lab.Dispose();

    private void Define(
        IncrementalStrategy strategy,
        string[]? key = null,
        string[]? partition = null,
        SchemaChangePolicy policy = SchemaChangePolicy.Ignore,
        string columns = "*"
    )
    {
        _lab.Models.Clear();
        _lab.Models.Add(
            ModelLab.Model(
                "t",
                scope =>
                    $"""select {columns} from "app"."events" {(scope.IsIncremental ? $"where day = {scope.Interval.LogicalDate.Day}" : "")}""",
                new()
                {
                    Materialized = Materialization.Incremental,
                    IncrementalStrategy = strategy,
                    UniqueKey = key ?? [],
                    PartitionBy = partition ?? [],
                    OnSchemaChange = policy,
                }
            )
        );
    }

    private static string Rows(params string[] rows) =>
        $"select id, name from (values {string.Join(", ", rows.Select(row => $"({row})"))}) v(id, name)";

    private Task<string> ReadAsync(Core.Builds.Build build) => _lab.ReadAsync(build, "select * from t");

    private static string Columns(Core.Tables.TableSnapshot? table) =>
        string.Join(' ', table!.Schema.Columns.Select(column => column.Name));
}
