using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

// A funnel over columns of your own: no project, no file, no database.
// Three users; the events of each lie together, and a code stands for an event's name.
string[] names = ["search", "payment", "confirmation", "refund"];
int[] starts = [0, 3, 6, 7];
long[] seconds = [0, 60, 90, 0, 30, 40, 5];
ushort[] codes = [0, 1, 2, 0, 3, 1, 0];
var micros = Array.ConvertAll(seconds, second => second * 1_000_000);

var funnel = new FunnelDefinition
{
    Name = "checkout",
    Steps = [FunnelStep.Of("search"), FunnelStep.Of("payment"), FunnelStep.Of("confirmation")],
    Window = TimeSpan.FromHours(1),
    Exclude = [new FunnelExclusion(EventSelector.Of("refund"), After: 1, Before: 2)],
};

var answer = FunnelColumns.Count(funnel, names, starts, micros, codes);
for (var step = 0; step < funnel.Steps.Count; step++)
{
    var counted = answer.Total.Steps[step];
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{funnel.Steps[step].Name}: {counted.Count.Count}, median {counted.Times?.Median.ToString(CultureInfo.InvariantCulture) ?? "-"} s"
        )
    );
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left by a refund: {answer.Excluded}"));
