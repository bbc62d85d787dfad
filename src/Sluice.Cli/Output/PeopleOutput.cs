using Sluice.Core.Funnels.Questions;

namespace Sluice.Cli.Output;

/// <summary>A list of people, each with the times of the steps; CSV and JSON hold all, a table what a person can read.</summary>
/// <param name="steps">The names of the funnel's steps.</param>
internal sealed class PeopleOutput(IReadOnlyList<string> steps)
{
    private const int TableRows = 1_000;

    public void Write(IReadOnlyList<UnitLine> people, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                WriteTable(people);
                break;
            case OutputFormat.Csv:
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    CsvText.WriteLine(output, steps.Prepend("unit"));
                    foreach (var person in people)
                    {
                        CsvText.WriteLine(output, Cells(person));
                    }
                }

                break;
            case OutputFormat.Json:
                WriteJson(people);
                break;
        }
    }

    private void WriteTable(IReadOnlyList<UnitLine> people)
    {
        var table = new TextTable(steps.Prepend("unit"));
        foreach (var person in people.Take(TableRows))
        {
            table.Add(Cells(person));
        }

        table.Write();
        Console.Error.WriteLine(
            people.Count > TableRows
                ? $"{ValueText.Count(people.Count)} in all; the first {ValueText.Count(TableRows)} are shown. --format csv or json writes all."
                : $"{ValueText.Count(people.Count)} in all."
        );
    }

    private void WriteJson(IReadOnlyList<UnitLine> people)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = JsonText.Create(output))
        {
            json.WriteStartArray();
            foreach (var person in people)
            {
                json.WriteStartObject();
                json.WriteString("unit", person.Unit);
                json.WriteStartArray("steps");
                for (var step = 0; step < steps.Count; step++)
                {
                    json.WriteStartObject();
                    json.WriteNumber("step", step + 1);
                    json.WriteString("name", steps[step]);
                    json.WriteBoolean("taken", person.Took[step]);
                    json.WriteString("time", InstantText.Of(person.StepMicros[step]));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static IEnumerable<string> Cells(UnitLine person) =>
        person
            .Took.Select(
                (took, step) =>
                    !took ? ""
                    : InstantText.Of(person.StepMicros[step]) is { } time ? time
                    : "yes"
            )
            .Prepend(person.Unit);
}
