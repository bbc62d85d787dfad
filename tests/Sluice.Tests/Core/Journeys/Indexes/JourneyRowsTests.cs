using System.Text;
using Sluice.Core.Journeys;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;

namespace Sluice.Tests.Core.Journeys.Indexes;

public sealed class JourneyRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_user_may_lie_in_any_number_of_batches(int batch)
    {
        (string, long, byte)[] rows = [("1", 5, 1), ("1", 6, 2), ("1", 6, 3), ("2", 1, 1), ("7", 1, 1), ("7", 9, 4)];
        var reader = new JourneyEventRows(new Batches(rows, batch), integers: true, CancellationToken.None);
        var texts = new JourneyEventRows(new Batches(rows, batch), integers: false, CancellationToken.None);
        var user = new JourneyBuffer(0);
        var read = new List<string>();

        while (reader.TryRead(user))
        {
            var byNumber = Text(user);
            Assert.True(texts.TryRead(user));
            Assert.Equal(byNumber, Text(user));
            read.Add(byNumber);
        }

        Assert.Equal(["1: 5/1 6/2 6/3", "2: 1/1", "7: 1/1 9/4"], read);
        Assert.False(reader.TryRead(user));
    }

    private static readonly string[] Texts = ["0.0", "-0.0", "nan", ""];

    [Fact]
    public void Old_and_new_events_come_in_order_of_time_and_code()
    {
        var builder = new JourneyShardBuilder();
        builder.TryAdd([1, 5, 5], [9, 2, 200]);
        var user = new JourneyBuffer(0);
        user.Start(4);
        user.Append([0, 5, 5, 8], [1, 1, 3, 1]);

        user.Merge(builder.Build(out _), 0);

        Assert.Equal("4: 0/1 1/9 5/1 5/2 5/3 5/200 8/1", Text(user));
    }

    [Fact]
    public void Equal_values_share_a_code_and_what_is_no_value_has_none()
    {
        var codes = new JourneyCodes();
        codes.Add("0.0"u8.ToArray(), 0.0);
        codes.Add("-0.0"u8.ToArray(), -0.0);
        codes.Add("nan"u8.ToArray(), null);
        codes.Add(""u8.ToArray(), "");

        Assert.Equal([1, 1, 0, 2], Texts.Select(text => (int)codes.Of(Bytes(text))));
        Assert.Throws<InvalidOperationException>(() => codes.Of(Bytes("other")));
    }

    [Fact]
    public void An_origin_tells_what_was_added_and_nothing_else()
    {
        var before = new JourneyOrigin("s", "i", ["a", "b"]);

        Assert.Equal(["c"], new JourneyOrigin("s", "i", ["a", "b", "c"]).Since(before)!);
        Assert.Null(new JourneyOrigin("s", "i", ["b", "c"]).Since(before));
        Assert.Null(new JourneyOrigin("other", "i", ["a", "b", "c"]).Since(before));
        Assert.Null(new JourneyOrigin("s", "other", ["a", "b", "c"]).Since(before));
    }

    [Fact]
    public void Summaries_add_up()
    {
        var one = new JourneySummary(10, 1, 2, 3, 5, 9);

        Assert.Equal(new(14, 2, 2, 3, 4, 9), one + new JourneySummary(4, 1, 0, 0, 4, 4));
        Assert.Equal(new(10, 1, 2, 3, 5, 9), one + new JourneySummary(0, 0, 0, 0, null, null));
        Assert.Equal(4, one.Events);
    }

    [Fact]
    public void A_name_that_may_be_rare_is_never_said_to_be_absent()
    {
        var names = new JourneyNames(["a", ""], ["r"]);

        Assert.Equal((1, 2, 255, 0), (names.CodeOf("a"), names.CodeOf(""), names.CodeOf("r"), names.CodeOf("x")));
        Assert.Equal(255, (names with { MoreRare = true }).CodeOf("x"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(JourneyBuffer user)
    {
        var events = new List<string>();
        for (var i = 0; i < user.Events; i++)
        {
            events.Add($"{user.Micros[i]}/{user.Codes[i]}");
        }

        return $"{Encoding.UTF8.GetString(user.Key)}: {string.Join(' ', events)}";
    }

    private sealed class Batches((string Unit, long Micros, byte Code)[] rows, int size) : SqlColumns
    {
        private int _next;
        private (string Unit, long Micros, byte Code)[] _batch = [];

        public override int Rows => _batch.Length;

        public override bool MoveNext(CancellationToken cancellationToken)
        {
            _batch = [.. rows.Skip(_next).Take(size)];
            _next += _batch.Length;
            return _batch.Length > 0;
        }

        public override ReadOnlySpan<long> Numbers(int column) =>
            column == 0
                ? Array.ConvertAll(
                    _batch,
                    row => long.Parse(row.Unit, System.Globalization.CultureInfo.InvariantCulture)
                )
                : Array.ConvertAll(_batch, row => row.Micros);

        public override ReadOnlySpan<byte> Bytes(int column) => Array.ConvertAll(_batch, row => row.Code);

        public override ReadOnlySpan<byte> Text(int column, int row) => JourneyRowsTests.Bytes(_batch[row].Unit);

        public override bool IsNull(int column, int row) => false;

        protected override ValueTask DisposeCoreAsync() => ValueTask.CompletedTask;
    }
}
