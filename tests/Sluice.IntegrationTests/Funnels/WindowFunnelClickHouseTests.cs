using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.IntegrationTests.Lake;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>semantics: window_funnel</c> gives each unit the level that ClickHouse gives it, in every mode.</summary>
public sealed class WindowFunnelClickHouseTests
{
    private const int Units = 1_200;
    private const int MostSteps = 5;

    // Under both of these ClickHouse's answer depends on the order of its rows within an instant; Sluice's is the best of them.
    private const WindowFunnelModes Unsettled = WindowFunnelModes.StrictOnce | WindowFunnelModes.StrictDeduplication;

    private static readonly (WindowFunnelModes Mode, string Name)[] Names =
    [
        (WindowFunnelModes.StrictDeduplication, "strict_deduplication"),
        (WindowFunnelModes.StrictOrder, "strict_order"),
        (WindowFunnelModes.StrictIncrease, "strict_increase"),
        (WindowFunnelModes.StrictOnce, "strict_once"),
        (WindowFunnelModes.AllowReentry, "allow_reentry"),
    ];

    private static readonly WindowFunnelModes[] EveryMode =
    [
        .. Enumerable
            .Range(0, 1 << Names.Length)
            .Select(modes => (WindowFunnelModes)modes)
            .Where(modes =>
                modes.HasFlag(WindowFunnelModes.StrictOrder) || !modes.HasFlag(WindowFunnelModes.AllowReentry)
            ),
    ];

    private static readonly Question[] Questions =
    [
        .. from steps in new[] { 2, 3, MostSteps }
        from window in new[] { 0, 2, 3, 100 }
        select new Question(steps, window),
    ];

    private static readonly Row[][] Sample = RandomUnits(new Random(20_261_124));

    [Fact]
    public void Each_unit_has_the_level_that_ClickHouse_gives_it()
    {
        var modes = EveryMode.Where(modes => !modes.HasFlag(Unsettled)).ToArray();

        AssertSame(Questions, modes, orders: 1);
    }

    [Fact]
    public void Where_the_order_of_rows_decides_each_unit_has_the_best_level_that_ClickHouse_can_give_it()
    {
        var modes = EveryMode.Where(modes => modes.HasFlag(Unsettled)).ToArray();

        AssertSame([new(3, 2), new(MostSteps, 3)], modes, orders: 40);
    }

    [Fact]
    public void ClickHouse_answers_the_examples_of_the_documents_as_they_say()
    {
        (string Rows, int Steps, WindowFunnelModes Modes, int Level)[] examples =
        [
            ("1@0 1@5 2@8", 2, WindowFunnelModes.None, 2),
            ("1@0 1@8 2@12", 2, WindowFunnelModes.None, 2),
            ("1@0 2@10", 2, WindowFunnelModes.None, 2),
            ("12@0", 2, WindowFunnelModes.None, 2),
            ("1@0 23@1", 3, WindowFunnelModes.None, 3),
            ("2@5 1@5", 2, WindowFunnelModes.None, 2),
            ("2@0 1@1", 2, WindowFunnelModes.None, 1),
            ("1@0 1@5 2@5", 2, WindowFunnelModes.StrictIncrease, 1),
            ("1@0 1@5 2@5", 2, WindowFunnelModes.StrictIncrease | WindowFunnelModes.StrictOnce, 2),
            ("1@0 3@1 2@2", 3, WindowFunnelModes.StrictOrder, 1),
            ("1@0 3@1 2@2", 3, WindowFunnelModes.StrictOrder | WindowFunnelModes.AllowReentry, 2),
            ("12@0 2@0 3@0", 3, Unsettled, 3),
            ("2@0 12@0 3@0", 3, Unsettled, 2),
        ];

        var theirs = ClickHouse.Ask(examples.Select(example => Text(example.Rows, example.Steps, example.Modes)));

        Assert.Equal(examples.Select(example => $"{example.Level}"), theirs.Select(rows => Assert.Single(rows)));

        static string Text(string rows, int steps, WindowFunnelModes modes) =>
            $"""
                select {Level(new(steps, 10), modes)}
                from values('micros UInt64, matches UInt8', {string.Join(", ", rows.Split(' ').Select(Row.Values))})
                settings max_threads = 1
                """;
    }

    /// <summary>The answers to statements: levels by unit, then by mode.</summary>
    private static IReadOnlyList<int[][]> Ask(IEnumerable<string> statements)
    {
        var rows = Sample.SelectMany(
            (unit, i) => unit.Select((row, place) => $"({i},{place},{row.Micros},{row.Matches})")
        );
        var answers = ClickHouse.Ask([
            "create temporary table events (unit UInt32, row UInt32, micros UInt64, matches UInt8) engine = Memory",
            $"insert into events values {string.Join(',', rows)}",
            .. statements,
        ]);
        return
        [
            .. answers
                .Skip(2)
                .Select(units => units.Select(levels => levels.Split(',').Select(Number).ToArray()).ToArray()),
        ];
    }

    /// <summary>Asks for the best level of each unit over some orders of its rows.</summary>
    private static string Levels(Question question, IReadOnlyList<WindowFunnelModes> modes, int orders)
    {
        var levels = modes.Select((mode, i) => $"{Level(question, mode)} as level{i}");
        return $"""
            select {string.Join(", ", modes.Select((_, i) => $"max(level{i})"))}
            from (
                select unit, {string.Join(", ", levels)}
                from (select * from events, numbers({orders}) as orders order by cityHash64(unit, row, number))
                group by unit, number
            )
            group by unit order by unit settings max_threads = 1, query_plan_remove_redundant_sorting = 0
            """;
    }

    /// <summary>ClickHouse's call.</summary>
    private static string Level(Question question, WindowFunnelModes modes)
    {
        var names = Names.Where(name => modes.HasFlag(name.Mode)).Select(name => $"'{name.Name}'");
        var conditions = Enumerable.Range(0, question.Steps).Select(step => $"bitTest(matches, {step})");
        return $"windowFunnel({string.Join(", ", names.Prepend($"{question.Window}"))})(micros, {string.Join(", ", conditions)})";
    }

    private static void AssertSame(Question[] questions, WindowFunnelModes[] modes, int orders)
    {
        var theirs = Ask(questions.Select(question => Levels(question, modes, orders)));
        var differences =
            from question in Enumerable.Range(0, questions.Length)
            from unit in Enumerable.Range(0, Sample.Length)
            from mode in Enumerable.Range(0, modes.Length)
            let ours = Level(Sample[unit], questions[question], modes[mode])
            where ours != theirs[question][unit][mode]
            orderby Sample[unit].Length
            select $"{string.Join(' ', Sample[unit])}, {questions[question]}, {modes[mode]}: {ours}, ClickHouse {theirs[question][unit][mode]}";

        Assert.Empty(differences.Take(10));
    }

    private static int Level(IEnumerable<Row> unit, Question question, WindowFunnelModes modes)
    {
        var rules = new FunnelRules(question.Steps)
        {
            Semantics = FunnelSemantics.WindowFunnel,
            Modes = modes,
            WindowMicros = question.Window,
        };
        var outcome = FunnelEvaluator.Evaluate([.. unit.Select(row => row.ToEvent(question.Steps))], rules);
        return outcome.Attempts is [var attempt] ? attempt.Depth : 0;
    }

    /// <summary>Units of few instants, so that many events share one, and of few to many steps for an event.</summary>
    private static Row[][] RandomUnits(Random random)
    {
        return [.. Enumerable.Range(0, Units).Select(_ => Unit(random.Next(1, 7), random.Next(3)))];

        Row[] Unit(int instants, int richness) =>
            [
                .. Enumerable
                    .Range(0, random.Next(50) == 0 ? 16 : random.Next(1, 9))
                    .Select(_ => new Row(random.Next(instants), Matches(richness))),
            ];

        int Matches(int richness) =>
            Enumerable
                .Range(0, random.Next(richness == 0 ? 0 : 1, richness + 2))
                .Aggregate(0, (matches, _) => matches | (1 << random.Next(MostSteps)));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Question(int Steps, int Window);

    /// <summary>An event; bit k of <paramref name="Matches"/> says whether it matches step k, from 0.</summary>
    private readonly record struct Row(int Micros, int Matches)
    {
        public FunnelEvent ToEvent(int steps) => new(Micros, new(StepsOf(steps), []));

        /// <summary>The values of a row that is written as <c>12@5</c>: at instant 5, for steps 1 and 2.</summary>
        public static string Values(string text)
        {
            var parts = text.Split('@');
            return $"({parts[1]}, {parts[0].Sum(step => 1 << (step - '1'))})";
        }

        public override string ToString() => $"{string.Concat(StepsOf(MostSteps).Select(step => step + 1))}@{Micros}";

        private IEnumerable<int> StepsOf(int steps)
        {
            var matches = Matches;
            return Enumerable.Range(0, steps).Where(step => ((matches >> step) & 1) == 1);
        }
    }
}
