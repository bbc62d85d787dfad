using Sluice.Core;

namespace Sluice.Tests.Core;

public sealed class NearestTests
{
    [Theory]
    [InlineData("user", "Did you mean 'users'?")]
    [InlineData("USERS", "Did you mean 'users'?")]
    [InlineData("evnets", "Did you mean 'events'?")]
    [InlineData("x", "There are: events, steps, users.")]
    [InlineData("orders", "There are: events, steps, users.")]
    public void The_likeliest_name_is_suggested_else_all(string wanted, string expected) =>
        Assert.Equal(expected, Nearest.Suggest(wanted, ["users", "steps", "events"]));

    [Fact]
    public void Without_names_it_says_so() => Assert.Equal("There are none yet.", Nearest.Suggest("x", []));

    [Theory]
    [InlineData("", "There are: a, ab, sex.")]
    [InlineData("b", "There are: a, ab, sex.")]
    [InlineData("A", "Did you mean 'a'?")]
    [InlineData("bb", "There are: a, ab, sex.")]
    [InlineData("abc", "Did you mean 'ab'?")]
    [InlineData("sx", "Did you mean 'sex'?")]
    [InlineData("six", "Did you mean 'sex'?")]
    [InlineData("sixe", "There are: a, ab, sex.")]
    public void A_short_name_is_near_where_most_of_it_agrees(string wanted, string expected) =>
        Assert.Equal(expected, Nearest.Suggest(wanted, ["a", "ab", "sex"]));

    [Fact]
    public void Of_equally_likely_names_the_first_is_suggested() =>
        Assert.Equal("Did you mean 'step1'?", Nearest.Suggest("step", ["step3", "step1", "step2"]));

    [Fact]
    public void Of_many_names_20_are_shown()
    {
        var names = Enumerable.Range(100, 21).Select(number => $"table{number}").ToList();

        Assert.EndsWith("table119, ….", Nearest.Suggest("x", names), StringComparison.Ordinal);
        Assert.EndsWith("table119.", Nearest.Suggest("x", names.Take(20)), StringComparison.Ordinal);
    }
}
