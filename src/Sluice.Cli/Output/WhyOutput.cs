using Sluice.Core.Funnels.Questions;
using Sluice.Core.Reports;

namespace Sluice.Cli.Output;

/// <summary>How one unit was counted.</summary>
internal static class WhyOutput
{
    private static readonly string[] Heads = ["time", "event", "use", "rule", "details"];

    public static void Write(FunnelWitness witness, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                Console.Out.WriteLine(VisibleText.Of($"{witness.Unit}: {witness.Verdict}"));
                var hasTies = HasTies(witness);
                var table = new TextTable([.. Heads.Where((_, i) => hasTies || i < Heads.Length - 1)]);
                foreach (var item in witness.Events)
                {
                    table.Add([.. Cells(item).Where((_, i) => hasTies || i < Heads.Length - 1)]);
                }

                table.Write();
                break;
            case OutputFormat.Csv:
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    CsvText.WriteLine(output, Heads);
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
        [InstantText.Of(item.Micros) ?? "", item.Name, UseOf(item), item.Rule, item.Details];

    // Two of one name and time are told apart by the rest of their rows; otherwise it would only be in the way.
    private static bool HasTies(FunnelWitness witness) =>
        witness.Events.GroupBy(item => (item.Name, item.Micros)).Any(group => group.Count() > 1);

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
                json.WriteString("details", item.Details);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
