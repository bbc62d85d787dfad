using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel</c> over a file of events, with no project around it.</summary>
public sealed class FunnelCommandTests : IDisposable
{
    private readonly EventFolder _folder = new();

    [Fact]
    public void No_value_moves_the_cursor_of_a_terminal()
    {
        File.WriteAllText(_folder.PathOf("e.csv"), "user_id,event,time\n\u001b[31mred,a,1\n");

        foreach (var people in new[] { new[] { "--users", "1" }, ["--why", "\u001b[31mred"] })
        {
            var output = _folder.Run(["--events", "e.csv", "--steps", "a,b", .. people]).Done().Output;
            Assert.Contains("[31mred", output, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', output);
        }
    }

    [Fact]
    public void A_definition_is_answered_from_a_file()
    {
        using var json = JsonDocument.Parse(
            _folder.Run("--events", "events.csv", "--definition", "checkout.yaml", "--format", "json").Done().Output
        );
        var answer = json.RootElement;

        Assert.Equal([3, 1], Counts(answer));
        Assert.Equal("Bought", answer.GetProperty("steps")[1].GetProperty("name").GetString());
        Assert.Equal((1, 1), (Number(answer, "excluded"), Number(answer, "dropped_null_units")));
        Assert.Equal(
            ["x 1 1", "z 1 0", " 1 0"],
            answer
                .GetProperty("segments")
                .EnumerateArray()
                .Select(segment =>
                    $"{segment.GetProperty("key").GetProperty("product")} {string.Join(' ', Counts(segment))}"
                )
        );
    }

    [Fact]
    public void Options_alone_make_a_funnel() =>
        Assert.Equal([4, 2], Answer("--steps", "a,b", "--window", "7d").Select(count => count));

    [Theory]
    [InlineData("strict", new[] { 4, 1 })]
    [InlineData("unordered", new[] { 4, 3 })]
    [InlineData("open", new[] { 4, 3 })]
    public void Every_order_is_answered(string order, int[] counts) =>
        Assert.Equal(counts, Answer("--steps", "a,b", "--order", order));

    [Fact]
    public void Ranges_are_days_of_the_zone() =>
        Assert.Equal(
            [0, 0],
            Answer("--steps", "a,b", "--timezone", "Europe/Berlin", "--from", "1970-01-02", "--to", "1970-01-03")
        );

    [Fact]
    public void People_of_a_step_are_listed()
    {
        Assert.Equal(
            ["u1", "u2"],
            _folder
                .Run("--events", "events.csv", "--steps", "a,b", "--users", "b", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
        Assert.Equal(
            ["u3", "u4"],
            _folder
                .Run("--events", "events.csv", "--steps", "a,b", "--users", "2", "--dropped", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
    }

    [Theory]
    [InlineData("--from 2030-01-01", "No event is as late as 'from' (2030-01-01): the last is of 1970-01-01.")]
    [InlineData("--to 1969-01-01", "No event is as early as 'to' (1969-01-01): the first is of 1970-01-01.")]
    [InlineData(
        "--from 1970-01-01 --to 1970-01-03 --compare",
        "The range compared with (1969-12-30 to 1969-12-31) begins before the data: the first event is of 1970-01-01."
    )]
    [InlineData(
        "--attribution step:1",
        "The attribution has no effect: nothing is broken down by a property of events."
    )]
    public void What_is_seldom_meant_is_said(string arguments, string warning) =>
        Assert.Contains(
            warning,
            JsonDocument
                .Parse(
                    _folder
                        .Run(["--events", "events.csv", "--steps", "a,b", .. arguments.Split(' '), "--format", "json"])
                        .Done()
                        .Output
                )
                .RootElement.GetProperty("warnings")
                .EnumerateArray()
                .Select(text => text.GetString())
        );

    [Theory]
    [InlineData("properties")]
    [InlineData("unit")]
    [InlineData("micros")]
    [InlineData("word0")]
    [InlineData("property0")]
    [InlineData("file")]
    [InlineData("value0")]
    [InlineData("given")]
    [InlineData("row")]
    [InlineData("details")]
    [InlineData("step")]
    public void A_column_may_be_called_like_one_of_a_statement(string name)
    {
        _folder.Write("odd.csv", $"user_id,event,time,{name}\nu1,a,1,x\nu1,b,2,x\nu2,a,3,y\n");
        _folder.Write(
            "odd.yaml",
            $"steps: [{{event: a, where: '\"{name}\" = ''x'' '}}, b]\nby: [event.{name}]\nhold: [{name}]\n"
        );

        Assert.Equal(
            ["x,1,a,1", "x,2,b,1", ",1,a,1", ",2,b,1"],
            _folder
                .Run("--events", "odd.csv", "--definition", "odd.yaml", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => string.Join(',', line.Split(',').Take(4)))
        );
        Assert.Equal(
            [
                $"1970-01-01T00:00:01Z,a,used,gives step 1 (a),{name}=x",
                $"1970-01-01T00:00:02Z,b,used,gives step 2 (b),{name}=x",
            ],
            _folder
                .Run("--events", "odd.csv", "--definition", "odd.yaml", "--why", "u1", "--format", "csv")
                .Done()
                .Lines.Skip(1)
        );
    }

    [Fact]
    public void Keys_of_a_column_that_looks_like_properties_are_told_to_be_readable()
    {
        const string Hint = "The keys of the JSON in 'properties' are read with --columns properties=properties.";
        _folder.Write("json.jsonl", """{"user_id":"u","event":"a","time":1,"properties":{"plan":"pro"}}""" + "\n");
        _folder.Write("plan.yaml", "steps: [{event: a, where: \"plan = 'pro'\"}, b]\n");

        _folder.Run("--events", "json.jsonl", "--steps", "a,b", "--by", "plan").Fails(2, Hint);
        _folder.Run("--events", "json.jsonl", "--steps", "a,b", "--hold", "plan").Fails(2, Hint);
        _folder.Run("--events", "json.jsonl", "--definition", "plan.yaml").Fails(2, Hint);
        _folder.Run("--events", "json.jsonl", "--definition", "plan.yaml", "--columns", "properties=properties").Done();
    }

    [Fact]
    public void A_column_of_an_odd_name_is_written_in_quotes()
    {
        _folder.Write("odd.csv", "user_id,event,time,utm:src,event.kind,\"x,y\"\nu1,a,1,m,n,o\nu1,b,2,m,n,o\n");

        Assert.StartsWith(
            "utm:src,event.kind,\"x,y\",step,",
            _folder
                .Run(
                    "--events",
                    "odd.csv",
                    "--steps",
                    "a,b",
                    "--format",
                    "csv",
                    "--by",
                    "\"utm:src\",event.event.kind",
                    "--by",
                    "\"x,y\""
                )
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        _folder
            .Run("--events", "odd.csv", "--steps", "a,b", "--by", "utm:src")
            .Fails(2, "in double quotes: \"utm:src\"");
        _folder.Run("--events", "odd.csv", "--steps", "a,b", "--by", "event.kind").Fails(2, "--by '\"event.kind\"'");
    }

    [Theory]
    [InlineData("product,event.product")]
    [InlineData("product,Product")]
    public void Two_words_for_one_column_are_refused(string by) =>
        _folder.Run("--events", "events.csv", "--steps", "a,b", "--by", by).Fails(2, "which are the same");

    [Fact]
    public void Steps_of_an_unordered_funnel_are_any_of_its_steps_also_where_people_are_listed()
    {
        _folder.Write("any.csv", "user_id,event,time\nu,b,0\nu,c,3\n");
        string[] how =
        [
            "--events",
            "any.csv",
            "--steps",
            "a,b,c",
            "--order",
            "unordered",
            "--window",
            "10s",
            "--format",
            "csv",
        ];

        Assert.Equal("unit,any 1 of 3,any 2 of 3,all 3", _folder.Run([.. how, "--users", "2"]).Done().Lines[0]);
        Assert.Contains(
            "gives step 1 (any 1 of 3)",
            _folder.Run([.. how, "--why", "u"]).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_csv_does_not_count_is_said_beside_it()
    {
        _folder.Write("left.csv", "user_id,event,time\nu1,a,1\nu1,refund,2\nu1,b,3\nu2,a,1\n,a,1\n");

        var said = _folder
            .Run("--events", "left.csv", "--steps", "a,b", "--exclude", "refund:1:2", "--format", "csv")
            .Done()
            .Error;

        Assert.Contains("note: excluded: 1 user, by an event", said, StringComparison.Ordinal);
        Assert.Contains("note: left out: 1 event that belongs to nobody", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Columns_of_other_names_are_named_on_the_line(string format)
    {
        using var file =
            format == "csv"
                ? EventFile.Text("e.csv", "User Id,session,what,ts,event\n1,s1,a,0,x\n1,s2,b,5,y\n2,s3,a,9,x\n")
                : EventFile.Parquet(
                    "select * from (values (1, 's1', 'a', 0, 'x'), (1, 's2', 'b', 5, 'y'), (2, 's3', 'a', 9, 'x')) t(\"User Id\", session, what, ts, event)"
                );
        string[] question = ["--events", file.Path, "--steps", "a,b", "--format", "json"];

        Assert.Equal([2, 1], Counts("--columns", "user_id=User Id,event=what", "--columns", "time=ts"));
        Assert.Equal(
            [2, 0],
            Counts("--columns", "user_id=User Id,event=what,time=ts,session_id=session", "--unit", "session")
        );
        _folder
            .Run([.. question, "--columns", "user_id=ts,event=what,time=ts"])
            .Fails(2, "'ts'", "user_id and time at once");
        _folder
            .Run([.. question, "--columns", "user_id=User,event=what,time=ts"])
            .Fails(2, "no column 'User'", "Did you mean --columns \"user_id=User Id\"?");

        IReadOnlyList<int> Counts(params string[] columns)
        {
            using var json = JsonDocument.Parse(_folder.Run([.. question, .. columns]).Done().Output);
            return FunnelCommandTests.Counts(json.RootElement);
        }
    }

    [Fact]
    public void A_parquet_file_is_answered_like_the_csv_of_its_rows()
    {
        using var parquet = EventFile.Parquet(
            $"select * from read_csv('{_folder.PathOf("events.csv").Replace("'", "''", StringComparison.Ordinal)}')"
        );
        foreach (var format in new[] { "table", "csv", "json" })
        {
            foreach (var more in new[] { "--by product --window 1m", "--trend day --exclude refund", "--why u2" })
            {
                Assert.Equal(Of("events.csv"), Of(parquet.Path));

                string Of(string file) =>
                    _folder
                        .Run(["--events", file, "--steps", "a,b", "--format", format, .. more.Split(' ')])
                        .Done()
                        .Output.Replace("events.csv", "FILE", StringComparison.Ordinal)
                        .Replace("e.parquet", "FILE", StringComparison.Ordinal)
                        .Replace(Path.GetDirectoryName(parquet.Path)! + "/", "", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Explain_says_what_answers_and_why() =>
        Assert.Contains(
            "A file has no index.",
            _folder.Run("--events", "events.csv", "--steps", "a,b", "--explain").Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Explain_says_what_the_reference_engine_is_and_which_units_were_read()
    {
        var told = _folder
            .Run("--events", "events.csv", "--steps", "a,b", "--explain", "--engine", "reference")
            .Done()
            .Output;

        Assert.Contains("engine     reference\n", told, StringComparison.Ordinal);
        Assert.Contains(
            "evaluator  reference evaluator, over events that SQL reads and sorts\n",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains("because    It was asked for: the definition itself", told, StringComparison.Ordinal);
        Assert.Contains(
            "read       9 events; 4 units with an event that the funnel looks at\n",
            told,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_page_stands_alone()
    {
        var page = _folder.Run("--events", "events.csv", "--steps", "a,b", "--format", "html").Done().Output;

        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http",
            page.Replace("http://www.w3.org", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_event_that_never_occurs_is_counted_as_0_and_said_with_the_nearest()
    {
        var result = _folder.Run("--events", "events.csv", "--steps", "a,refnd").Done();

        Assert.Contains("There is no event 'refnd'. Did you mean 'refund'?", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_stands_beside_csv() =>
        Assert.Contains(
            "Did you mean 'refund'?",
            _folder.Run("--events", "events.csv", "--steps", "a,refnd", "--format", "csv").Done().Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_definition_with_tables_of_its_own_reads_no_file()
    {
        File.WriteAllText(_folder.PathOf("tables.yaml"), "events: {a: t1, b: t2}\nsteps: [a, b]\n");

        _folder.Run("--events", "events.csv", "--definition", "tables.yaml").Fails(2, "tables of its own", "--events");
    }

    [Fact]
    public void A_definition_that_contains_itself_is_refused()
    {
        File.WriteAllText(_folder.PathOf("endless.yaml"), "steps: &x [a, *x]\n");

        _folder
            .Run("--events", "events.csv", "--definition", "endless.yaml")
            .Fails(2, "endless.yaml:1", "contains itself");
    }

    [Theory]
    [InlineData("1000d")]
    [InlineData("10675199d2h48m5s477ms")]
    public void A_window_beyond_the_data_leaves_everybody_time(string window)
    {
        using var json = JsonDocument.Parse(
            _folder
                .Run(
                    "--events",
                    "events.csv",
                    "--steps",
                    "a,b",
                    "--window",
                    window,
                    "--min-sample",
                    "1",
                    "--format",
                    "json"
                )
                .Done()
                .Output
        );
        var answer = json.RootElement;

        Assert.Equal([4, 2], Counts(answer));
        Assert.Equal([4, 2], answer.GetProperty("steps").EnumerateArray().Select(step => Number(step, "immature")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("estimate").ValueKind);
    }

    [Theory]
    [InlineData("two steps", "--steps", "a")]
    [InlineData("at most 10675199d", "--steps", "a,b", "--window", "10675200d")]
    [InlineData("longer than zero", "--steps", "a,b", "--window", "0s")]
    [InlineData("Did you mean 'product'?", "--steps", "a,b", "--by", "prodct")]
    [InlineData(
        "There are: amount, event, product, time, user_id. A property of users",
        "--steps",
        "a,b",
        "--by",
        "sex"
    )]
    [InlineData("Write --by product: the file has it", "--steps", "a,b", "--by", "user.product")]
    [InlineData("Add it to the file as a column and write --by sex;", "--steps", "a,b", "--by", "user.sex")]
    [InlineData(
        "The file has the columns user_id, event, time, amount, product.",
        "--steps",
        "a,b",
        "--by",
        "user.sex"
    )]
    [InlineData("for example date_month, and write --by date_month;", "--steps", "a,b", "--by", "month:date")]
    [InlineData("Leave time=zz out of --columns: then 'time' is read.", "--steps", "a,b", "--columns", "time=zz")]
    [InlineData("Did you mean 'strict'?", "--steps", "a,b", "--order", "strct")]
    [InlineData("no range inside the funnel", "--steps", "a,b", "--exclude", "refund:2:1")]
    [InlineData("also an event of step 1", "--steps", "a,b", "--exclude", "a")]
    [InlineData("There is no time zone", "--steps", "a,b", "--timezone", "Europe/Brlin")]
    public void What_is_wrong_is_said(string words, params string[] arguments) =>
        _folder.Run(["--events", "events.csv", .. arguments]).Fails(2, words);

    [Fact]
    public void A_hundred_steps_are_counted()
    {
        var steps = string.Join(',', Enumerable.Repeat("a|b", 100));

        Assert.Equal(100, Answer("--steps", steps).Count);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<int> Answer(params string[] arguments)
    {
        using var json = JsonDocument.Parse(
            _folder.Run(["--events", "events.csv", .. arguments, "--format", "json"]).Done().Output
        );
        return Counts(json.RootElement);
    }

    private static IReadOnlyList<int> Counts(JsonElement of) =>
        [.. of.GetProperty("steps").EnumerateArray().Select(step => Number(step, "count"))];

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
