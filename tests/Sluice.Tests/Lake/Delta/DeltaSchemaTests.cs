using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Delta;

public sealed class DeltaSchemaTests
{
    private static readonly TableId Users = TableId.Raw("app", "users");

    [Theory]
    [InlineData("")]
    [InlineData(
        "id long, name string, price decimal(10,2), seen timestamp, day date, ok boolean, b binary, d double, f float, i integer, s short, t byte"
    )]
    [InlineData("odd \"name\" long, größe string, a/b date")]
    public void What_is_written_is_read_again(string columns)
    {
        var schema = SchemaText.Parse(columns);

        Assert.True(schema.SameAs(DeltaSchema.Read(DeltaSchema.Write(schema), Users)));
    }

    [Fact]
    public void It_is_written_as_the_protocol_has_it() =>
        Assert.Equal(
            """{"type":"struct","fields":[{"name":"id","type":"long","nullable":true,"metadata":{}}]}""",
            DeltaSchema.Write(SchemaText.Parse("id long"))
        );

    [Theory]
    [InlineData("\"timestamp_ntz\"")]
    [InlineData("""{"type":"array","elementType":"long","containsNull":true}""")]
    public void A_type_that_is_not_read_is_named(string type)
    {
        var failure = Assert.Throws<PipelineException>(() =>
            DeltaSchema.Read(
                $$$"""{"type":"struct","fields":[{"name":"tags","type":{{{type}}},"nullable":true,"metadata":{}}]}""",
                Users
            )
        );

        Assert.StartsWith(
            "The column 'tags' of raw/app/users has the type ",
            failure.Message,
            StringComparison.Ordinal
        );
    }
}
