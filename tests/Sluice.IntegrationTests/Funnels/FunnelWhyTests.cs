using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>--why</c> over a file of events: how one user was counted, and by which rule.</summary>
public sealed class FunnelWhyTests : IDisposable
{
    private readonly EventFolder _folder = new();

    [Fact]
    public void Why_names_the_use_of_each_event_and_its_rule()
    {
        var lines = _folder
            .Run("--events", "events.csv", "--definition", "checkout.yaml", "--why", "u2", "--format", "csv")
            .Done()
            .Lines;

        Assert.Equal(["ignored", "excluded", "ignored"], lines.Skip(1).Select(line => line.Split(',')[2]));
        _folder.Run("--events", "events.csv", "--steps", "a,b", "--why", "nobody").Fails(2, "nobody", "no events");
    }

    [Fact]
    public void Why_tells_an_event_that_a_filter_left_out_from_one_of_no_step() =>
        Assert.Contains(
            "b,ignored,\"has the name of a step or exclusion, but not what its filter asks for\"",
            _folder
                .Run("--events", "events.csv", "--definition", "checkout.yaml", "--why", "u3", "--format", "csv")
                .Done()
                .Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Why_tells_events_of_one_name_and_instant_apart_by_the_rest_of_their_rows()
    {
        _folder.Write("ties.csv", "user_id,event,time,sku,n\nu,a,1,k1,\nu,a,1,k2,7\nu,b,2,k3,\nu,b,2,k3,\n");

        Assert.Equal(
            [
                "time,event,use,rule,details",
                "1970-01-01T00:00:01Z,a,used,gives step 1 (a),sku=k1",
                "1970-01-01T00:00:01Z,a,ignored,its step was given by another event of this instant,\"sku=k2, n=7\"",
                "1970-01-01T00:00:02Z,b,used,gives step 2 (b),sku=k3",
                "1970-01-01T00:00:02Z,b,ignored,its step was given by another event of this instant,sku=k3",
            ],
            _folder.Run("--events", "ties.csv", "--steps", "a,b", "--why", "u", "--format", "csv").Done().Lines
        );
        var table = _folder.Run("--events", "ties.csv", "--steps", "a,b", "--why", "u").Done().Output;
        Assert.Contains("sku=k1", table, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "details",
            _folder.Run("--events", "events.csv", "--steps", "a,b", "--why", "u1").Done().Output,
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
        _folder.Write("twice.csv", "user_id,event,time\nu,a,1\nu,b,2\nu,b,3\n");

        var lines = _folder
            .Run(["--events", "twice.csv", "--steps", "a,b", "--why", "u", "--format", "csv", .. how.Split(' ')])
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
        _folder.Write(
            "rules.csv",
            "user_id,event,time\n" + string.Concat(events.Split(',').Select((name, at) => $"u,{name},{at}\n"))
        );

        var told = _folder
            .Run([
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
        _folder.Write(
            "pass.csv",
            "user_id,event,time\n" + string.Concat(events.Split(',').Select((name, at) => $"u,{name},{at}\n"))
        );

        using var told = JsonDocument.Parse(
            _folder
                .Run([
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

    [Fact]
    public void Why_tells_that_a_property_held_has_another_value()
    {
        _folder.Write("held.csv", "user_id,event,time,p\nu,a,0,k\nu,b,1,m\nu,x,3,m\n");

        var lines = _folder
            .Run(
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

    public void Dispose() => _folder.Dispose();
}
