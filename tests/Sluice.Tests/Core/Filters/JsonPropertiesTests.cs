using Sluice.Core.Filters;

namespace Sluice.Tests.Core.Filters;

public sealed class JsonPropertiesTests
{
    public static TheoryData<string, object?> Values =>
        new()
        {
            { """{"a": 1}""", 1L },
            { """{"a": -0}""", 0L },
            { """{"a": 9223372036854775807}""", long.MaxValue },
            { """{"a": 9223372036854775808}""", 9223372036854775808d },
            { """{"a": 1.0}""", 1.0 },
            { """{"a": 1e2}""", 100.0 },
            { """{"a": 1e999}""", double.PositiveInfinity },
            { """{"a": NaN}""", double.NaN },
            { """{"a": -infinity}""", double.NegativeInfinity },
            { """{"a": true}""", true },
            { """{"a": null}""", null },
            { """{"a": "x\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000"}""", "x\"\\/\b\f\n\r\té\U0001F600\0" },
            { """ { "b" : [ 1 , { "a" : 2 } ] , "a" : 3 } """, 3L },
            { """{"a": 1, "a": 2}""", 1L },
            { """{"a": null, "a": 2}""", null },
            { """{"\u0061": 1}""", 1L },
            { """{"a": 1, }""", 1L },
            { """{"b": [1, ], "a": 1}""", 1L },
            { """{"A": 1}""", null },
            { """{"b": {"a": 1}}""", null },
            { """[{"a": 1}]""", null },
            { """["a", 1]""", null },
            { "\"a\"", null },
        };

    [Theory, MemberData(nameof(Values))]
    public void A_key_has_its_json_value(string json, object? expected) =>
        Assert.Equal(expected, JsonProperties.Find(json, "a"));

    [Theory]
    [InlineData("""{"a": {}}""")]
    [InlineData("""{"a": {"a": 1}}""")]
    [InlineData("""{"a": []}""")]
    [InlineData("""{"a": [[1], "a"]}""")]
    public void A_list_or_an_object_is_nested(string json) =>
        Assert.Same(JsonProperties.Nested, JsonProperties.Find(json, "a"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("""{"a": 1""")]
    [InlineData("""{"a": 1} x""")]
    [InlineData("""{"a": 1,, "b": 2}""")]
    [InlineData("""{, "a": 1}""")]
    [InlineData("""{"a": 1]""")]
    [InlineData("""{"a": 1, "b"}""")]
    [InlineData("""{"a": 1, "b": [,]}""")]
    [InlineData("""{"a": 01}""")]
    [InlineData("""{"a": +1}""")]
    [InlineData("""{"a": .5}""")]
    [InlineData("""{"a": 1.}""")]
    [InlineData("""{"a": 1e}""")]
    [InlineData("""{"a": -}""")]
    [InlineData("""{"a": True}""")]
    [InlineData("""{"a": infinit}""")]
    [InlineData("""{'a': 1}""")]
    [InlineData("""{a: 1}""")]
    [InlineData("""{"a": 1, "b": "\x"}""")]
    [InlineData("""{"a": 1, "b": "\u12"}""")]
    [InlineData("""{"a": 1, "b": "\ud800"}""")]
    [InlineData("""{"a": 1, "b": "\ud800\u0041"}""")]
    [InlineData("""{"a": 1, "b": "\udc00"}""")]
    [InlineData("{\"a\": 1, \"b\": \"\n\"}")]
    [InlineData("""{"a": 1} /* no comments */""")]
    [InlineData("\uFEFF{\"a\": 1}")]
    public void What_is_no_json_has_no_keys(string? json) => Assert.Null(JsonProperties.Find(json, "a"));

    [Fact]
    public void Nesting_has_no_limit() =>
        Assert.Equal(
            1L,
            JsonProperties.Find($$"""{"b": {{new string('[', 200_000)}}{{new string(']', 200_000)}}, "a": 1}""", "a")
        );
}
