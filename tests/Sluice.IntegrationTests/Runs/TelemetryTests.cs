using System.Buffers.Binary;
using System.Text;
using Sluice.Cli.Telemetry;
using Sluice.IntegrationTests.Scheduling;

namespace Sluice.IntegrationTests.Runs;

/// <summary>What extracts and schedulers measure reaches a collector, if the standard variables name one.</summary>
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
    public async Task Tries_and_runs_of_the_scheduler_reach_a_collector_and_what_a_process_does_belongs_to_its_try()
    {
        await using var collector = new OtlpCollector();
        using var project = Project();
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            """

            dags:
              funnel_pipeline: { schedule: none }
              dimension_modeling: { schedule: none }
              d: { schedule: none, tasks: { load: { extract: t } } }
            """
        );
        UserDags.Trigger(project, "d");
        using (var scheduler = RunningScheduler.Start(project, collector.Variables))
        {
            scheduler.Until("d 2015-05-01 success");
            scheduler.Stop().Done();
        }

        var metrics = collector.BodiesOf("/v1/metrics");
        Assert.All(
            ["sluice.scheduler.try.duration", "sluice.scheduler.runs", "sluice.dag", "sluice.extraction.rows"],
            name => Assert.True(Holds(metrics, Encoding.UTF8.GetBytes(name)), name)
        );
        var spans = collector.BodiesOf("/v1/traces");
        var task = Assert.Single(spans, body => Holds([body], Encoding.UTF8.GetBytes("sluice.try")));
        var trace = TraceOf(task);
        Assert.Contains(spans, body => Holds([body], "raw/app/t"u8.ToArray()) && Holds([body], trace));
        Assert.Contains(spans, body => Holds([body], "work"u8.ToArray()) && Holds([body], trace));
    }

    [Theory]
    [InlineData("", "sluice")]
    [InlineData("OTEL_SERVICE_NAME=nightly", "nightly")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES=service.name=shop", "shop")]
    public async Task The_service_is_sluice_unless_a_variable_names_it(string variables, string expected)
    {
        await using var collector = new OtlpCollector();
        using var project = Project();

        Extract(project, new Dictionary<string, string>([.. collector.Variables, .. Pairs(variables)]));

        // The name of the attribute, and its value as a text of that length.
        byte[] value = [0x0A, (byte)expected.Length, .. Encoding.UTF8.GetBytes(expected)];
        byte[] attribute = [.. "service.name"u8, 0x12, (byte)value.Length, .. value];
        Assert.True(Holds(collector.BodiesOf("/v1/traces"), attribute));
        Assert.True(Holds(collector.BodiesOf("/v1/metrics"), attribute));
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
        Assert.Null(TelemetryExport.Start(Pairs(variables).GetValueOrDefault));
    }

    private static Dictionary<string, string> Pairs(string variables) =>
        variables
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

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

    // The trace of the first span: field 1, sixteen bytes, before the span's own id in field 2.
    private static byte[] TraceOf(byte[] body)
    {
        for (var at = 0; at + 20 <= body.Length; at++)
        {
            if (body.AsSpan(at, 2).SequenceEqual("\n\u0010"u8) && body.AsSpan(at + 18, 2).SequenceEqual("\u0012\b"u8))
            {
                return body[(at + 2)..(at + 18)];
            }
        }

        throw new InvalidOperationException("There is no span.");
    }

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
