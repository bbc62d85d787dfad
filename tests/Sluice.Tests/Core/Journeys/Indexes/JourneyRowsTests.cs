using System.Text;
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
    public void Equal_values_share_a_code_and_what_is_no_value_has_none()
    {
        var codes = new JourneyCodes();
        codes.TryAdd("0.0"u8.ToArray(), 0.0);
        codes.TryAdd("-0.0"u8.ToArray(), -0.0);
        codes.TryAdd("nan"u8.ToArray(), null);
        codes.TryAdd(""u8.ToArray(), "");

        Assert.Equal([1, 1, 0, 2], Texts.Select(text => (int)codes.Of(Bytes(text))));
        Assert.Throws<InvalidOperationException>(() => codes.Of(Bytes("other")));
    }

    [Fact]
    public void Values_of_an_index_below_keep_their_codes()
    {
        var codes = new JourneyCodes(["b", "gone"]);
        codes.TryAdd("a"u8.ToArray(), "a");
        codes.TryAdd("b"u8.ToArray(), "b");

        Assert.Equal(["b", "gone", "a"], codes.Values);
        Assert.Equal((3, 1), (codes.Of("a"u8), codes.Of("b"u8)));
    }

    [Fact]
    public void There_are_codes_for_65535_values()
    {
        var codes = new JourneyCodes([.. Enumerable.Range(1, JourneyProperty.MostValues - 1).Cast<object>()]);

        Assert.True(codes.TryAdd("one more"u8.ToArray(), "one more"));
        Assert.False(codes.TryAdd("too many"u8.ToArray(), "too many"));
        Assert.True(codes.TryAdd("7"u8.ToArray(), 7));
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
