namespace Sluice.IntegrationTests.Lake;

/// <summary>Decimals are kept in 32, 64 or 128 bits by their digits; another program must read each as what it is.</summary>
public sealed class DecimalReaderTests
{
    [Theory]
    [InlineData("decimal(4,2)")]
    [InlineData("decimal(9,2)")]
    [InlineData("decimal(10,2)")]
    [InlineData("decimal(18,2)")]
    [InlineData("decimal(19,2)")]
    [InlineData("decimal(38,2)")]
    public void Values_of_any_number_of_digits_agree(string type)
    {
        using var project = SluiceProject.Of(
            """
            create table t (id integer primary key, d text);
            insert into t values (1, '0.25'), (2, '-99.99'), (3, null), (4, '7'), (5, '12.5');
            """,
            $"t: {{ columns: {{ d: {{ type: '{type}' }} }} }}"
        );
        project.RunDay();

        Assert.Equal(
            project.Query("select id, (d * 100)::bigint from app.t order by id"),
            ClickHouse.Ask($"select id, toInt64(d * 100) from {ClickHouse.Table(project, "raw/app/t")} order by id")[0]
        );
        Assert.Equal("-9999", project.Value("select (d * 100)::bigint from app.t where id = 2"));
    }
}
