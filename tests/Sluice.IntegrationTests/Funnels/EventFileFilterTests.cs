using Sluice.Core;
using Sluice.Core.Filters;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Questions;
using Sluice.DuckDb;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Filters over the columns of a file, whose types its values decide: a wrong one is said and never a step of 0.</summary>
public sealed class EventFileFilterTests
{
    private const string Mend =
        "Write the value as a number, or leave it empty where it is not known; or compare texts: '0'.";

    [Fact]
    public async Task One_odd_value_among_numbers_is_named_with_its_line()
    {
        var rows = Enumerable.Range(1, 100).Select(n => $"{n},b,1,{n}\n");
        using var file = EventFile.Text(
            "e.csv",
            $"user_id,event,time,amount\n1,a,0,\n\n{string.Concat(rows)}7,b,2,n/a\n"
        );

        Assert.Equal(
            "The filter of step 2 (b) can never be true where it asks amount > 0: the column 'amount' of e.csv is a string, which no number is compared with. "
                + $"The first value that cannot be read as a number is 'n/a' (PATH:104). {Mend}",
            await RefusalAsync(file, "amount > 0")
        );
    }

    [Theory]
    [InlineData("1,2,x", "amount > 0", "cannot be read as a number is 'x' (PATH:5)")]
    [InlineData("1,1e400", "amount > 0", "cannot be read as a number is '1e400' (PATH:4)")]
    [InlineData("1,NaN", "amount in (1, 2)", "cannot be read as a number is 'NaN' (PATH:4)")]
    [InlineData(
        "1,18446744073709551615",
        "0 < amount",
        "cannot be read as a number is '18446744073709551615' (PATH:4)"
    )]
    [InlineData("true,false,yes", "amount = true", "cannot be read as a truth value is 'yes' (PATH:5)")]
    [InlineData(
        "1,2",
        "amount = '1'",
        "the column 'amount' of e.csv is a long, which no text is compared with. Compare it with a number"
    )]
    [InlineData("1,2", "amount like '1%'", "is a long, which no text is compared with. Compare it with a number")]
    [InlineData(
        "true,false",
        "amount = 1",
        "is a boolean, which no number is compared with. Compare it with true or false."
    )]
    [InlineData(
        "2015-05-01,2015-05-02",
        "time < amount",
        "the column 'amount' of e.csv is a string, which no date or time is compared with. Compare columns of one type."
    )]
    [InlineData(
        "1,2.5",
        "amount = user_id",
        "the column 'user_id' of e.csv is a string, which no number is compared with"
    )]
    public async Task A_comparison_that_a_column_of_csv_can_never_fulfil_is_refused(
        string values,
        string where,
        string said
    )
    {
        var rows = values.Split(',').Select(value => $"1,b,1,{value}\n");
        using var file = EventFile.Text("e.csv", $"user_id,event,time,amount\n1,a,0,\n{string.Concat(rows)}");

        Assert.Contains(said, await RefusalAsync(file, where), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,\"5\"", "amount > 0", "The first value that is no number is \"5\" (PATH:4).")]
    [InlineData("\"x\",1", "amount > 0", "The first value that is no number is \"x\" (PATH:2).")]
    [InlineData("1,true", "amount > 0", "The first value that is no number is true (PATH:3).")]
    [InlineData("1,[2]", "amount > 0", "The first value that is no number is [2] (PATH:3).")]
    [InlineData("true,1", "amount = true", "The first value that is no truth value is 1 (PATH:3).")]
    [InlineData("1,1e400", "amount > 0", "The first value that cannot be read as a number is '1e400' (PATH:3).")]
    [InlineData("1,2", "amount = '1'", "is a long, which no text is compared with")]
    [InlineData("true,false", "amount = 'true'", "is a boolean, which no text is compared with")]
    public async Task A_comparison_that_a_key_of_json_lines_can_never_fulfil_is_refused(
        string values,
        string where,
        string said
    )
    {
        var rows = values
            .Split(',')
            .Select(value => $"{{\"user_id\":1,\"event\":\"b\",\"time\":1,\"amount\":{value}}}\n");
        using var file = EventFile.Text(
            "e.jsonl",
            $"{{\"user_id\":1,\"event\":\"a\",\"time\":0,\"amount\":null}}\n{string.Concat(rows)}"
        );

        Assert.Contains(said, await RefusalAsync(file, where), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "amount > 0",
        "is a string, which no number is compared with. Write the literal in quotes to compare texts: '0'."
    )]
    [InlineData("day = 5", "is a date, which no number is compared with. Compare it with an ISO 8601 date")]
    [InlineData("raw = 'x'", "is a binary, which no text is compared with. Of bytes only")]
    [InlineData("raw = raw", "is a binary, which no value is compared with. Of bytes only")]
    public async Task The_types_of_parquet_are_as_it_says(string where, string said)
    {
        using var file = EventFile.Parquet(
            "select 'u' as user_id, 'b' as event, 0 as time, '1' as amount, date '2015-05-01' as day, 'x'::blob as raw"
        );

        Assert.Contains(said, await RefusalAsync(file, where), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2", "amount > 0", 1)]
    [InlineData("1,,2.5", "amount >= 2.5", 1)]
    [InlineData(",", "amount > 0", 0)]
    [InlineData(",", "amount = 'x'", 0)]
    [InlineData("1,x", "amount = '1'", 1)]
    [InlineData("1,x", "amount like '%'", 1)]
    [InlineData("1,x", "amount is not null", 1)]
    [InlineData("1,x", "amount = null", 0)]
    [InlineData("2015-05-01,2015-05-02", "amount >= '2015-05-02'", 1)]
    public async Task What_a_column_can_fulfil_is_answered(string values, string where, long expected)
    {
        var rows = values.Split(',').Select(value => $"1,b,1,{value}\n");
        using var file = EventFile.Text("e.csv", $"user_id,event,time,amount\n1,a,0,\n{string.Concat(rows)}");

        var answer = await AskAsync(file, where);

        Assert.Equal([1, expected], answer.Total.Steps.Select(step => step.Count.Count));
    }

    [Fact]
    public async Task A_key_of_the_properties_has_a_type_per_value_and_one_that_none_fulfils_is_warned_of()
    {
        using var file = EventFile.Text(
            "e.jsonl",
            """
            {"user_id":1,"event":"a","time":0}
            {"user_id":1,"event":"b","time":1,"p":{"n":5}}
            {"user_id":2,"event":"a","time":0}
            {"user_id":2,"event":"b","time":1,"p":{"n":"5"}}
            """
        );
        file.Columns = new() { Time = "time", Properties = "p" };

        var some = await AskAsync(file, "n > 4");
        Assert.Equal([2, 1], some.Total.Steps.Select(step => step.Count.Count));
        Assert.Empty(some.Warnings);
        var none = await AskAsync(file, "n = true");
        Assert.Equal([2, 0], none.Total.Steps.Select(step => step.Count.Count));
        Assert.Equal(["The filter of step 2 (b) is true of no event that has its name: n = true."], none.Warnings);
    }

    [Fact]
    public async Task Who_asks_why_is_refused_too()
    {
        using var file = EventFile.Text("e.csv", "user_id,event,time,amount\n1,b,1,5\n1,b,1,x\n");
        var people = new FunnelPeople(new DuckDbEngine(new DuckDbOptions()));

        var refused = await Assert.ThrowsAsync<DefinitionException>(async () =>
            await people.WhyAsync(Funnel("amount > 0"), await file.OpenAsync(), "1")
        );

        Assert.Contains("'x'", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(EventFile file, string where)
    {
        var refused = await Assert.ThrowsAsync<DefinitionException>(() => AskAsync(file, where));
        return $"{refused.Problem} {refused.Hint}".Replace(file.Path, "PATH", StringComparison.Ordinal);
    }

    private static async Task<FunnelAnswer> AskAsync(EventFile file, string where) =>
        await new FunnelQuestion(new DuckDbEngine(new DuckDbOptions())).AskAsync(Funnel(where), await file.OpenAsync());

    private static FunnelDefinition Funnel(string where) =>
        new()
        {
            Name = "test",
            EventTable = "e",
            Steps = [FunnelStep.Of("a"), new(new EventSelector(["b"], FilterText.Parse(where)), "b")],
        };
}
