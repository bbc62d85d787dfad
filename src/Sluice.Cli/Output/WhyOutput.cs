using Sluice.Core.Funnels.Questions;

namespace Sluice.Cli.Output;

/// <summary>How one unit was counted.</summary>
internal static class WhyOutput
{
    public static void Write(FunnelWitness witness, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                Console.Out.WriteLine($"{witness.Unit}: {witness.Verdict}");
                var table = new TextTable("time", "event", "use", "rule");
                foreach (var item in witness.Events)
                {
                    table.Add(Cells(item));
                }

                table.Write();
                break;
            case OutputFormat.Csv:
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    CsvText.WriteLine(output, ["time", "event", "use", "rule"]);
                    foreach (var item in witness.Events)
                    {
                        CsvText.WriteLine(output, Cells(item));
                    }
                }

                break;
            case OutputFormat.Json:
                WriteJson(witness);
                break;
        }
    }

    private static IEnumerable<string> Cells(WitnessedEvent item) =>
        [InstantText.Of(item.Micros) ?? "", item.Name, UseOf(item), item.Rule];

    private static string UseOf(WitnessedEvent item) => item.Use.ToString().ToLowerInvariant();

    private static void WriteJson(FunnelWitness witness)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = JsonText.Create(output))
        {
            json.WriteStartObject();
            json.WriteString("unit", witness.Unit);
            json.WriteString("verdict", witness.Verdict);
            json.WriteStartArray("events");
            foreach (var item in witness.Events)
            {
                json.WriteStartObject();
                json.WriteString("time", InstantText.Of(item.Micros));
                json.WriteString("event", item.Name);
                json.WriteString("use", UseOf(item));
                json.WriteString("rule", item.Rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
