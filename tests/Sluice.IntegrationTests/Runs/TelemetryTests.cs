using System.Buffers.Binary;
using System.Text;
using Sluice.Cli.Telemetry;

namespace Sluice.IntegrationTests.Runs;

/// <summary>What an extract measures reaches a collector, if the standard variables name one.</summary>
public sealed class TelemetryTests
{
    private const int Rows = 54_321;

    [Fact]
    public async Task Rows_and_spans_of_an_extract_reach_a_collector()
    {
        await using var collector = new OtlpCollector();
        using var project = Project();

        Extract(project, collector.Variables);

        var metrics = collector.BodiesOf("/v1/metrics");
        var traces = collector.BodiesOf("/v1/traces");
        Assert.All(
            [
                "sluice.extraction.rows",
                "sluice.extraction.bytes",
                "sluice.extraction.page.duration",
                "sluice.source",
                "service.name",
            ],
            name => Assert.True(Holds(metrics, Encoding.UTF8.GetBytes(name)), name)
        );
        Assert.True(Holds(metrics, IntegerOf(Rows)), "The rows are not those of the table.");
        Assert.All(
            ["extract", "page", "sluice.table", "raw/app/t"],
            name => Assert.True(Holds(traces, Encoding.UTF8.GetBytes(name)), name)
        );
    }

    [Fact]
    public void A_collector_that_is_not_there_stops_no_extract()
    {
        using var project = Project();

        Extract(
            project,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "1000",
            }
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("OTEL_SERVICE_NAME=x")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9;OTEL_SDK_DISABLED=true")]
    public void Nothing_is_exported_where_nobody_asks(string variables)
    {
        var given = variables
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        Assert.Null(TelemetryExport.Start(given.GetValueOrDefault));
    }

    private static void Extract(SluiceProject project, IReadOnlyDictionary<string, string> variables)
    {
        using var extract = Cli.Start(project.Folder, variables, "extract", "--date", SluiceProject.Day, "--quiet");
        Cli.Finish(extract).Done();
    }

    private static SluiceProject Project() =>
        SluiceProject.Of(
            $"""
            create table t (id integer primary key, x text);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {Rows}) insert into t select i, 'x' from n
            """,
            "t: {key: id}"
        );

    // as_int of a data point: field 6, eight bytes.
    private static byte[] IntegerOf(long value)
    {
        var bytes = new byte[9];
        bytes[0] = (6 << 3) | 1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static bool Holds(IEnumerable<byte[]> bodies, byte[] part) =>
        bodies.Any(body => body.AsSpan().IndexOf(part) >= 0);
}
