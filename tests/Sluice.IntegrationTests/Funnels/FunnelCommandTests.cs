using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel</c> over a file of events, with no project around it.</summary>
public sealed class FunnelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-events-").FullName;

    public FunnelCommandTests()
    {
        File.WriteAllText(
            Path.Combine(_folder, "events.csv"),
            """
            user_id,event,time,amount,product
            u1,a,0,5,x
            u1,b,10,2,x
            u2,a,0.5,,y
            u2,refund,3,,
            u2,b,4,7,y
            ,a,1,1,x
            u3,b,1,,
            u3,a,2,3,
            u4,a,100,9,z

            """
        );
        File.WriteAllText(
            Path.Combine(_folder, "checkout.yaml"),
            """
            steps: [a, {event: b, where: "amount > 1", name: Bought}]
            window: 1m
            exclude: [{event: refund, after: 1, before: 2}]
            by: [product]
            """
        );
    }

    [Fact]
    public void No_value_moves_the_cursor_of_a_terminal()
    {
        File.WriteAllText(Path.Combine(_folder, "e.csv"), "user_id,event,time\n\u001b[31mred,a,1\n");

        foreach (var people in new[] { new[] { "--users", "1" }, ["--why", "\u001b[31mred"] })
        {
            var output = Run(["--events", "e.csv", "--steps", "a,b", .. people]).Done().Output;
            Assert.Contains("[31mred", output, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', output);
        }
    }

    [Fact]
    public void A_definition_is_answered_from_a_file()
    {
        using var json = JsonDocument.Parse(
            Run("--events", "events.csv", "--definition", "checkout.yaml", "--format", "json").Done().Output
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
            Run("--events", "events.csv", "--steps", "a,b", "--users", "b", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
        Assert.Equal(
            ["u3", "u4"],
            Run("--events", "events.csv", "--steps", "a,b", "--users", "2", "--dropped", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => line.Split(',')[0])
        );
    }

    [Fact]
    public void Why_names_the_use_of_each_event_and_its_rule()
    {
        var lines = Run("--events", "events.csv", "--definition", "checkout.yaml", "--why", "u2", "--format", "csv")
            .Done()
            .Lines;

        Assert.Equal(["ignored", "excluded", "ignored"], lines.Skip(1).Select(line => line.Split(',')[2]));
        Run("--events", "events.csv", "--steps", "a,b", "--why", "nobody").Fails(2, "nobody", "no events");
    }

    [Fact]
    public void Why_tells_an_event_that_a_filter_left_out_from_one_of_no_step() =>
        Assert.Contains(
            "b,ignored,\"has the name of a step or exclusion, but not what its filter asks for\"",
            Run("--events", "events.csv", "--definition", "checkout.yaml", "--why", "u3", "--format", "csv")
                .Done()
                .Output,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("--from 2030-01-01", "No event is as late as 'from' (2030-01-01): the last is of 1970-01-01.")]
    [InlineData("--to 1969-01-01", "No event is as early as 'to' (1969-01-01): the first is of 1970-01-01.")]
    [InlineData(
        "--from 1970-01-01 --to 1970-01-03 --compare",
        "The range compared with (1969-12-30 to 1970-01-01) begins before the data: the first event is of 1970-01-01."
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
                    Run(["--events", "events.csv", "--steps", "a,b", .. arguments.Split(' '), "--format", "json"])
                        .Done()
                        .Output
                )
                .RootElement.GetProperty("warnings")
                .EnumerateArray()
                .Select(text => text.GetString())
        );

    [Fact]
    public void Why_tells_events_of_one_name_and_instant_apart_by_the_rest_of_their_rows()
    {
        Write("ties.csv", "user_id,event,time,sku,n\nu,a,1,k1,\nu,a,1,k2,7\nu,b,2,k3,\nu,b,2,k3,\n");

        Assert.Equal(
            [
                "time,event,use,rule,details",
                "1970-01-01T00:00:01Z,a,used,gives step 1 (a),sku=k1",
                "1970-01-01T00:00:01Z,a,ignored,its step was given by another event of this instant,\"sku=k2, n=7\"",
                "1970-01-01T00:00:02Z,b,used,gives step 2 (b),sku=k3",
                "1970-01-01T00:00:02Z,b,ignored,its step was given by another event of this instant,sku=k3",
            ],
            Run("--events", "ties.csv", "--steps", "a,b", "--why", "u", "--format", "csv").Done().Lines
        );
        var table = Run("--events", "ties.csv", "--steps", "a,b", "--why", "u").Done().Output;
        Assert.Contains("sku=k1", table, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "details",
            Run("--events", "events.csv", "--steps", "a,b", "--why", "u1").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--order open", "repeats a step that another event gave")]
    [InlineData(
        "--semantics window_funnel --window 1d",
        "may have given step 2: window_funnel knows only the entry's event"
    )]
    public void Why_says_of_an_event_no_more_than_is_known(string how, string rule)
    {
        Write("twice.csv", "user_id,event,time\nu,a,1\nu,b,2\nu,b,3\n");

        var lines = Run(["--events", "twice.csv", "--steps", "a,b", "--why", "u", "--format", "csv", .. how.Split(' ')])
            .Done()
            .Lines;

        Assert.Equal($"1970-01-01T00:00:03Z,b,ignored,{rule},", lines[^1]);
    }

    [Theory]
    [InlineData(
        "--order strict",
        "a,x,b",
        "used|is an event of no step, and ends the strict attempt|comes after the event that ended the strict attempt"
    )]
    [InlineData(
        "--order strict",
        "a,a,b",
        "begins an attempt that does not count: another is clean, deeper, earlier complete or begins later|used|used"
    )]
    [InlineData(
        "--exclude x",
        "a,x,b,a,b",
        "begins an attempt that does not count: another is clean, deeper, earlier complete or begins later|is excluded, but lies outside the range of the exclusion in the attempt that counts|comes before the entry of the attempt that counts|used|used"
    )]
    [InlineData(
        "--entry latest",
        "a,b,a,b",
        "used|used|begins an attempt that does not count: another is deeper, clean or earlier complete|comes after the attempt was complete"
    )]
    [InlineData(
        "--window 1s",
        "a,b,a,b",
        "used|used|begins an attempt that does not count: another is deeper, clean or earlier complete|lies after the window of the attempt that counts"
    )]
    [InlineData("--entry first", "a,a,b", "used|is not the first entry, and with entry: first no other counts|used")]
    public void Why_says_by_which_rule_an_event_does_not_count(string how, string events, string rules)
    {
        Write(
            "rules.csv",
            "user_id,event,time\n" + string.Concat(events.Split(',').Select((name, at) => $"u,{name},{at}\n"))
        );

        var told = Run([
                "--events",
                "rules.csv",
                "--steps",
                "a,b",
                .. how.Contains("--window", StringComparison.Ordinal) ? Array.Empty<string>() : ["--window", "10s"],
                "--why",
                "u",
                "--format",
                "json",
                .. how.Split(' '),
            ])
            .Done()
            .Output;

        Assert.Equal(
            rules.Split('|'),
            JsonDocument
                .Parse(told)
                .RootElement.GetProperty("events")
                .EnumerateArray()
                .Select(line =>
                    line.GetProperty("use").GetString() == "used" ? "used" : line.GetProperty("rule").GetString()!
                )
        );
    }

    [Theory]
    [InlineData(
        "strict_order",
        "a,b,x,c",
        "Counted up to step 2: a, b. Then strict_order ended the pass, at an event of no step.",
        "is an event of no step, and ends the pass (strict_order)|comes after the event that ended the pass (strict_order)"
    )]
    [InlineData(
        "strict_order",
        "a,c,b",
        "Counted up to step 1: a. Then strict_order ended the pass, at step 3 without step 2 before it.",
        "ends the pass (strict_order): it is step 3, and step 2 was not reached|comes after the event that ended the pass (strict_order)"
    )]
    [InlineData(
        "strict_order,allow_reentry",
        "a,c,b",
        "Counted up to step 2: a, b.",
        "gives no step of the chain that counts|may have given step 2: window_funnel knows only the entry's event"
    )]
    [InlineData(
        "strict_deduplication",
        "a,b,b,c",
        "Counted up to step 2: a, b. Then strict_deduplication ended the pass, when step 2 came again.",
        "ends the pass (strict_deduplication): step 2 was reached before, or comes twice at this instant|comes after the event that ended the pass (strict_deduplication)"
    )]
    [InlineData(
        "strict_order",
        "a,a,b,c",
        "Came through: a, b, c.",
        "may have given step 2: window_funnel knows only the entry's event|may have given step 3: window_funnel knows only the entry's event"
    )]
    public void Why_says_what_ended_the_pass_of_window_funnel(string modes, string events, string verdict, string last)
    {
        Write(
            "pass.csv",
            "user_id,event,time\n" + string.Concat(events.Split(',').Select((name, at) => $"u,{name},{at}\n"))
        );

        using var told = JsonDocument.Parse(
            Run([
                    "--events",
                    "pass.csv",
                    "--steps",
                    "a,b,c",
                    "--why",
                    "u",
                    "--format",
                    "json",
                    "--semantics",
                    "window_funnel",
                    "--window",
                    "10s",
                    "--modes",
                    modes,
                ])
                .Done()
                .Output
        );

        Assert.Equal(verdict, told.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(
            last.Split('|'),
            told.RootElement.GetProperty("events")
                .EnumerateArray()
                .TakeLast(2)
                .Select(line => line.GetProperty("rule").GetString()!)
        );
    }

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
        Write("odd.csv", $"user_id,event,time,{name}\nu1,a,1,x\nu1,b,2,x\nu2,a,3,y\n");
        Write(
            "odd.yaml",
            $"steps: [{{event: a, where: '\"{name}\" = ''x'' '}}, b]\nby: [event.{name}]\nhold: [{name}]\n"
        );

        Assert.Equal(
            ["x,1,a,1", "x,2,b,1"],
            Run("--events", "odd.csv", "--definition", "odd.yaml", "--format", "csv")
                .Done()
                .Lines.Skip(1)
                .Select(line => string.Join(',', line.Split(',').Take(4)))
        );
        Assert.Equal(
            [
                $"1970-01-01T00:00:01Z,a,used,gives step 1 (a),{name}=x",
                $"1970-01-01T00:00:02Z,b,used,gives step 2 (b),{name}=x",
            ],
            Run("--events", "odd.csv", "--definition", "odd.yaml", "--why", "u1", "--format", "csv")
                .Done()
                .Lines.Skip(1)
        );
    }

    [Fact]
    public void Keys_of_a_column_that_looks_like_properties_are_told_to_be_readable()
    {
        const string Hint = "The keys of the JSON in 'properties' are read with --columns properties=properties.";
        Write("json.jsonl", """{"user_id":"u","event":"a","time":1,"properties":{"plan":"pro"}}""" + "\n");
        Write("plan.yaml", "steps: [{event: a, where: \"plan = 'pro'\"}, b]\n");

        Run("--events", "json.jsonl", "--steps", "a,b", "--by", "plan").Fails(2, Hint);
        Run("--events", "json.jsonl", "--steps", "a,b", "--hold", "plan").Fails(2, Hint);
        Run("--events", "json.jsonl", "--definition", "plan.yaml").Fails(2, Hint);
        Run("--events", "json.jsonl", "--definition", "plan.yaml", "--columns", "properties=properties").Done();
    }

    [Fact]
    public void A_column_of_an_odd_name_is_written_in_quotes()
    {
        Write("odd.csv", "user_id,event,time,utm:src,event.kind,\"x,y\"\nu1,a,1,m,n,o\nu1,b,2,m,n,o\n");

        Assert.StartsWith(
            "utm:src,event.kind,\"x,y\",step,",
            Run(
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
        Run("--events", "odd.csv", "--steps", "a,b", "--by", "utm:src").Fails(2, "in double quotes: \"utm:src\"");
        Run("--events", "odd.csv", "--steps", "a,b", "--by", "event.kind").Fails(2, "--by '\"event.kind\"'");
    }

    [Theory]
    [InlineData("product,event.product")]
    [InlineData("product,Product")]
    public void Two_words_for_one_column_are_refused(string by) =>
        Run("--events", "events.csv", "--steps", "a,b", "--by", by).Fails(2, "which are the same");

    [Fact]
    public void Why_tells_that_a_property_held_has_another_value()
    {
        Write("held.csv", "user_id,event,time,p\nu,a,0,k\nu,b,1,m\nu,x,3,m\n");

        var lines = Run(
                "--events",
                "held.csv",
                "--steps",
                "a,b,c",
                "--window",
                "10s",
                "--hold",
                "p",
                "--exclude",
                "x",
                "--why",
                "u",
                "--format",
                "csv"
            )
            .Done()
            .Lines;

        Assert.Contains("b,ignored,has another value of the properties held", lines[2], StringComparison.Ordinal);
        Assert.Contains(
            "x,ignored,\"is excluded, but has another value of the properties held\"",
            lines[3],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Steps_of_an_unordered_funnel_are_any_of_its_steps_also_where_people_are_listed()
    {
        Write("any.csv", "user_id,event,time\nu,b,0\nu,c,3\n");
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

        Assert.Equal("unit,any 1 of 3,any 2 of 3,all 3", Run([.. how, "--users", "2"]).Done().Lines[0]);
        Assert.Contains(
            "gives step 1 (any 1 of 3)",
            Run([.. how, "--why", "u"]).Done().Output,
            StringComparison.Ordinal
        );
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
        Run([.. question, "--columns", "user_id=ts,event=what,time=ts"]).Fails(2, "'ts'", "user_id and time at once");
        Run([.. question, "--columns", "user_id=User,event=what,time=ts"])
            .Fails(2, "no column 'User'", "Did you mean --columns \"user_id=User Id\"?");

        IReadOnlyList<int> Counts(params string[] columns)
        {
            using var json = JsonDocument.Parse(Run([.. question, .. columns]).Done().Output);
            return FunnelCommandTests.Counts(json.RootElement);
        }
    }

    [Fact]
    public void A_parquet_file_is_answered_like_the_csv_of_its_rows()
    {
        using var parquet = EventFile.Parquet(
            $"select * from read_csv('{Path.Combine(_folder, "events.csv").Replace("'", "''", StringComparison.Ordinal)}')"
        );
        foreach (var format in new[] { "table", "csv", "json" })
        {
            foreach (var more in new[] { "--by product --window 1m", "--trend day --exclude refund", "--why u2" })
            {
                Assert.Equal(Of("events.csv"), Of(parquet.Path));

                string Of(string file) =>
                    Run(["--events", file, "--steps", "a,b", "--format", format, .. more.Split(' ')])
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
            Run("--events", "events.csv", "--steps", "a,b", "--explain").Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Explain_says_what_the_reference_engine_is_and_which_units_were_read()
    {
        var told = Run("--events", "events.csv", "--steps", "a,b", "--explain", "--engine", "reference").Done().Output;

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
        var page = Run("--events", "events.csv", "--steps", "a,b", "--format", "html").Done().Output;

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
        var result = Run("--events", "events.csv", "--steps", "a,refnd").Done();

        Assert.Contains("There is no event 'refnd'. Did you mean 'refund'?", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_stands_beside_csv() =>
        Assert.Contains(
            "Did you mean 'refund'?",
            Run("--events", "events.csv", "--steps", "a,refnd", "--format", "csv").Done().Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_definition_with_tables_of_its_own_reads_no_file()
    {
        File.WriteAllText(Path.Combine(_folder, "tables.yaml"), "events: {a: t1, b: t2}\nsteps: [a, b]\n");

        Run("--events", "events.csv", "--definition", "tables.yaml").Fails(2, "tables of its own", "--events");
    }

    [Fact]
    public void A_definition_that_contains_itself_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "endless.yaml"), "steps: &x [a, *x]\n");

        Run("--events", "events.csv", "--definition", "endless.yaml").Fails(2, "endless.yaml:1", "contains itself");
    }

    [Theory]
    [InlineData("1000d")]
    [InlineData("10675199d2h48m5s477ms")]
    public void A_window_beyond_the_data_leaves_everybody_time(string window)
    {
        using var json = JsonDocument.Parse(
            Run("--events", "events.csv", "--steps", "a,b", "--window", window, "--min-sample", "1", "--format", "json")
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
        Run(["--events", "events.csv", .. arguments]).Fails(2, words);

    [Fact]
    public void A_hundred_steps_are_counted()
    {
        var steps = string.Join(',', Enumerable.Repeat("a|b", 100));

        Assert.Equal(100, Answer("--steps", steps).Count);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<int> Answer(params string[] arguments)
    {
        using var json = JsonDocument.Parse(
            Run(["--events", "events.csv", .. arguments, "--format", "json"]).Done().Output
        );
        return Counts(json.RootElement);
    }

    private CliResult Run(params string[] arguments) => Cli.Run(_folder, ["funnel", .. arguments]);

    private static IReadOnlyList<int> Counts(JsonElement of) =>
        [.. of.GetProperty("steps").EnumerateArray().Select(step => Number(step, "count"))];

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
