namespace Sluice.IntegrationTests.Lake;

/// <summary>Another program reads every table of the lake as Sluice does, with both of its parsers of the Delta log.</summary>
public sealed class IndependentReaderTests(IndependentReaderTests.TwoDays lake)
    : IClassFixture<IndependentReaderTests.TwoDays>
{
    // It knows a partitioned table's columns only where the newest commit names them: it is asked about the first day.
    private const string OlderParser = " settings allow_experimental_delta_kernel_rs = 0";

    private static readonly (string Lake, string Sql)[] Tables =
    [
        ("raw/app/users", "app.users"),
        ("raw/app/step1", "app.step1"),
        ("raw/app/step4", "app.step4"),
        ("raw/app/step5", "app.step5"),
        ("raw/app/step6", "app.step6"),
        ("marts/dim_user", "dim_user"),
        ("marts/step1_fact", "step1_fact"),
        ("marts/step5_fact", "step5_fact"),
        ("marts/fact_page_visit", "fact_page_visit"),
    ];

    public static TheoryData<string> Parsers => ["", OlderParser];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Counts_and_sums_of_every_table_agree(string parser)
    {
        const string What = "select count(*), sum(user_id), min(user_id), max(user_id) from";

        var theirs = ClickHouse.Ask(
            Tables.Select(table => $"{What} {ClickHouse.Table(Project(parser), table.Lake)}{parser}")
        );

        Assert.Equal(
            Project(parser).Query(string.Join(" union all ", Tables.Select(table => $"{What} {table.Sql}"))),
            theirs.Select(rows => Assert.Single(rows))
        );
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Nulls_and_texts_and_times_of_the_events_agree(string parser)
    {
        var theirs = ClickHouse.Ask(
            $"""
            select
                count(*), count(user_id), count(distinct message_id), sum(lengthUTF8(properties)), count(distinct product),
                sum(toInt128(toUnixTimestamp64Micro(occurred_at))), toUnixTimestamp64Micro(max(received_at))
            from {ClickHouse.Table(Project(parser), "raw/app/events")}{parser}
            """
        );

        Assert.Equal(
            Project(parser)
                .Query(
                    """
                    select
                        count(*), count(user_id), count(distinct message_id), sum(length(properties)), count(distinct product),
                        sum(epoch_us(occurred_at)), epoch_us(max(received_at))
                    from app.events
                    """
                ),
            theirs[0]
        );
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Days_are_partitions(string parser) =>
        Assert.Equal(
            Project(parser).Query("select ds, count(user_id) from app.step5 group by ds order by ds"),
            ClickHouse.Ask(
                $"select ds, count(user_id) from {ClickHouse.Table(Project(parser), "raw/app/step5")} group by ds order by ds{parser}"
            )[0]
        );

    [Fact]
    public void An_old_version_is_what_it_was()
    {
        var then = lake.Project.Value("select count(*) from app.step5", asOf: "1");
        Assert.NotEqual(then, lake.Project.Value("select count(*) from app.step5"));
        Assert.Equal(
            [then],
            ClickHouse.Ask(
                $"select count(*) from {ClickHouse.Table(lake.Project, "raw/app/step5")} settings delta_lake_snapshot_version = 0"
            )[0]
        );
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Columns_of_every_type_agree(string parser) =>
        Assert.Equal(
            Project(parser)
                .Query(
                    """
                    select id, b, i, r, d, t, epoch_us("at"), day, hex(x)
                    from app.types order by ds, id
                    """
                ),
            ClickHouse.Ask(
                $"select id, b, i, r, d, t, toUnixTimestamp64Micro(at), day, hex(x) from {ClickHouse.Table(Project(parser), "raw/app/types")} order by ds, id{parser}"
            )[0]
        );

    [Fact]
    public void A_column_that_came_later_is_null_before() =>
        Assert.Equal(
            ["2015-05-01,0", "2015-05-02,1"],
            ClickHouse.Ask(
                $"select ds, count(later) from {ClickHouse.Table(lake.Project, "raw/app/evolved")} group by ds order by ds"
            )[0]
        );

    [Theory]
    [InlineData("")]
    [InlineData(OlderParser)]
    public void A_table_of_an_odd_name_is_read(string parser) =>
        Assert.Equal(
            ["7"],
            ClickHouse.Ask($"select id from {ClickHouse.Table(lake.FirstDay, "raw/app/a~2Fb~20é")}{parser}")[0]
        );

    [Fact]
    public void An_empty_table_is_empty() =>
        Assert.Equal(
            ["0"],
            ClickHouse.Ask($"select count(*) from {ClickHouse.Table(lake.Project, "raw/app/blank")}")[0]
        );

    private SluiceProject Project(string parser) => parser == OlderParser ? lake.FirstDay : lake.Project;

    /// <summary>A sample and tables of the test's own, loaded for two days with a change between them.</summary>
    public sealed class TwoDays : IDisposable
    {
        public TwoDays()
        {
            Project = SluiceProject.Sample(users: 3_000);
            Project.Sql(
                """
                create table types (
                    id integer primary key, b boolean, i bigint, r real, d decimal(18, 4), t text, at timestamp, day date, x blob
                );
                insert into types values
                    (1, true, 9223372036854775807, 0.25, 1234.5678, 'é漢', '2015-05-01T10:20:30.123456Z', '2015-05-01', x'00ff'),
                    (2, false, -9223372036854775808, -1.5, -0.0001, 'two "words"', '1969-12-31T23:59:59Z', '1969-12-31', x'');
                create table evolved (id integer); insert into evolved values (1);
                create table blank (id integer, t text);
                create table "a/b é" (id integer); insert into "a/b é" values (7);
                """
            );
            var yaml = Path.Combine(Project.Folder, "sluice.yaml");
            File.WriteAllText(
                yaml,
                File.ReadAllText(yaml)
                    .Replace(
                        "      events:",
                        "      types:\n      evolved:\n      blank:\n      \"a/b é\":\n      events:",
                        StringComparison.Ordinal
                    )
            );
            Project.RunDay();
            FirstDay = Project.Copy();
            Project.Sql(
                """
                delete from step5 where user_id % 2 = 0;
                alter table evolved add column later text; update evolved set later = 'now';
                """
            );
            Project.RunDay("2015-05-02");
        }

        internal SluiceProject Project { get; }

        internal SluiceProject FirstDay { get; }

        public void Dispose()
        {
            Project.Dispose();
            FirstDay.Dispose();
        }
    }
}
