using CsCheck;
using Sluice.Core.Scheduling;

namespace Sluice.Tests.Core.Scheduling;

public sealed class TaskNamesTests
{
    [Theory]
    [InlineData("load_users", "load_users")]
    [InlineData("Load.users-2", "Load.users-2")]
    [InlineData("a table", "a_table")]
    [InlineData("größe", "gr__e")]
    [InlineData("a/b'c\"d;", "a_b_c_d_")]
    public void Only_airflows_characters_stay(string name, string expected) =>
        Assert.Equal(expected, new TaskNames().Unique(name));

    [Fact]
    public void No_id_is_given_twice()
    {
        var names = new TaskNames();

        Assert.Equal("a_b", names.Unique("a b"));
        Assert.Equal("a_b_2", names.Unique("a_b"));
        Assert.Equal("a_b_3", names.Unique("a/b"));
        Assert.Equal("a_b_2_2", names.Unique("a_b_2"));
    }

    [Fact]
    public void Any_names_give_different_valid_ids() =>
        Gen.String[0, 6]
            .Array[0, 20]
            .Sample(texts =>
            {
                var names = new TaskNames();
                var ids = texts.Select(names.Unique).ToList();

                Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
                Assert.All(ids, id => Assert.Matches(@"\A[A-Za-z0-9_.\-]*\z", id));
            });
}
