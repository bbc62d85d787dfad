using System.Text;
using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Delta;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Delta;

public sealed partial class DeltaCommitBuilderTests
{
    private const string Id = "5d3d1c7e-0000-4000-8000-000000000000";
    private const long Now = 1_430_524_800_000;
    private static readonly TableId Users = TableId.Raw("app", "users");

    [Fact]
    public void The_first_commit_of_a_raw_table() => Match("first.json", Actions(null, Commit(1, 1), Add(1, "a")));

    [Fact]
    public void A_second_day_adds_files_and_nothing_else() =>
        Match("second_day.json", Actions(State(Commit(1, 1), Add(1, "a")), Commit(2, 2), Add(2, "b")));

    [Fact]
    public void A_day_loaded_again_replaces_its_own_files() =>
        Match(
            "day_again.json",
            Actions(
                State((Commit(1, 1), [Add(1, "a")]), (Commit(2, 2), [Add(2, "b")])),
                Commit(1, 3) with
                {
                    Watermarks = new Dictionary<string, long> { ["sluice.high"] = 50 },
                },
                Add(1, "c")
            )
        );

    [Fact]
    public void A_new_column_changes_the_metadata_and_keeps_the_rest() =>
        Match(
            "new_column.json",
            Actions(
                State(Commit(1, 1), Add(1, "a")),
                Commit(2, 2) with
                {
                    Schema = SchemaText.Parse("sex string, user_id long, ds date"),
                },
                Add(2, "b")
            )
        );

    [Fact]
    public void A_model_replaces_the_whole_table() =>
        Match(
            "model.json",
            Actions(
                State(Model(1, 1), MartFile(1, "a")),
                Model(2, 2) with
                {
                    Schema = SchemaText.Parse("other string"),
                },
                MartFile(2, "b")
            )
        );

    [Fact]
    public void An_empty_result_is_a_commit_without_files() =>
        Match("empty.json", Actions(State(Model(1, 1), MartFile(1, "a")), Model(1, 2) with { Files = [] }));

    [Fact]
    public void A_column_that_changed_its_type_stops_the_commit() =>
        Assert.Throws<PipelineException>(() =>
            Actions(
                State(Commit(1, 1), Add(1, "a")),
                Commit(2, 2) with
                {
                    Schema = SchemaText.Parse("user_id string, ds date"),
                }
            )
        );

    [Fact]
    public void The_same_state_and_commit_give_the_same_bytes() =>
        Assert.Equal(
            DeltaCommitBuilder.ToBytes(Actions(State(Commit(1, 1), Add(1, "a")), Commit(2, 2), Add(2, "b"))),
            DeltaCommitBuilder.ToBytes(Actions(State(Commit(1, 1), Add(1, "a")), Commit(2, 2), Add(2, "b")))
        );

    [Fact]
    public void What_was_removed_is_gone_and_what_was_added_is_live_in_its_order()
    {
        var state = State(
            (Commit(1, 1), [Add(1, "a"), Add(1, "b")]),
            (Commit(2, 2), [Add(2, "c")]),
            (Commit(1, 3), [Add(1, "d")])
        );

        Assert.Equal(["ds=2015-05-02/c.parquet", "ds=2015-05-01/d.parquet"], state.Live.Select(file => file.Path));
        Assert.Equal(3, state.TransactionOf(TaskToken.ExtractOf(Day(1))));
        Assert.Null(state.TransactionOf(TaskToken.ExtractOf(Day(3))));
    }

    private static void Match(string name, List<DeltaAction> actions) =>
        Golden.Match(
            $"delta/{name}",
            Version().Replace(Encoding.UTF8.GetString(DeltaCommitBuilder.ToBytes(actions)), "Sluice/VERSION")
        );

    private static List<DeltaAction> Actions(DeltaState? state, TableCommit commit, params DeltaAdd[] adds) =>
        DeltaCommitBuilder.Actions(Users, state, commit, adds, [], Id, Now);

    private static DeltaState State(TableCommit commit, params DeltaAdd[] adds) => State((commit, adds));

    private static DeltaState State(params (TableCommit Commit, DeltaAdd[] Adds)[] commits)
    {
        var state = new DeltaState(Users, "/lake/users");
        foreach (var (commit, adds) in commits)
        {
            state.Apply(state.Version + 1, Actions(state.Version < 0 ? null : state, commit, adds));
        }

        return state;
    }

    private static TableCommit Commit(int day, long token) =>
        new()
        {
            Interval = Day(day),
            Token = new(TaskToken.ExtractOf(Day(day)), token),
            Replaces = ReplaceScope.Interval,
            Schema = SchemaText.Parse("user_id long, ds date"),
            Files =
            [
                new()
                {
                    Bytes = 1,
                    Path = "/staged",
                    Rows = 7,
                },
            ],
            Partitioned = true,
            Watermarks = new Dictionary<string, long> { ["sluice.high"] = 100 * day },
        };

    private static TableCommit Model(int day, long token) =>
        Commit(day, token) with
        {
            Token = new(TaskToken.ModelOf(Day(day)), token),
            Replaces = ReplaceScope.Table,
            Schema = SchemaText.Parse("user_id long"),
            Partitioned = false,
            Watermarks = new Dictionary<string, long>(),
        };

    private static DeltaAdd Add(int day, string name) =>
        new()
        {
            Path = $"ds={Day(day).Ds}/{name}.parquet",
            PartitionValues = new Dictionary<string, string?> { ["ds"] = Day(day).Ds },
            Size = 1_000,
            ModificationTime = Now - 1,
            DataChange = true,
            Stats = """{"numRecords":7}""",
            Tags = new Dictionary<string, string> { [DeltaState.IntervalTag] = Day(day).Id },
        };

    private static DeltaAdd MartFile(int day, string name) =>
        Add(day, name) with
        {
            Path = $"{name}.parquet",
            PartitionValues = new Dictionary<string, string?>(),
        };

    private static DataInterval Day(int day) => DataInterval.OfDay(new(2015, 5, day), TimeZoneInfo.Utc);

    [GeneratedRegex(@"Sluice/\d+\.\d+\.\d+", RegexOptions.None, 1000)]
    private static partial Regex Version();

    [Fact]
    public void A_removed_file_that_claims_extended_metadata_has_its_tags()
    {
        var actions = Actions(State(Commit(1, 1), Add(1, "a")), Commit(1, 2), Add(1, "b"));

        Assert.Contains(
            "\"remove\":{\"path\":\"ds=2015-05-01/a.parquet\"",
            Encoding.UTF8.GetString(DeltaCommitBuilder.ToBytes(actions)),
            StringComparison.Ordinal
        );
        Assert.All(
            Encoding
                .UTF8.GetString(DeltaCommitBuilder.ToBytes(actions))
                .Split('\n')
                .Where(line => line.Contains("extendedFileMetadata", StringComparison.Ordinal)),
            line => Assert.Contains("\"tags\"", line, StringComparison.Ordinal)
        );
    }
}
