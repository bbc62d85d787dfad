using System.Text;
using Sluice.Cli.Scheduling;

namespace Sluice.Tests.Cli.Scheduling;

public sealed class ChildOutputTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb\rc\n\nd", "a|b|c||d")]
    [InlineData("\r\n\n\r", "||")]
    public async Task Lines_end_as_on_any_system(string written, string expected) =>
        Assert.Equal(expected, string.Join('|', await LinesAsync(new StringReader(written))));

    [Fact]
    public async Task A_line_without_an_end_comes_in_pieces()
    {
        const int Length = (3 * ChildOutput.LongestLine) + 1;
        var lines = await LinesAsync(new StringReader(new string('a', Length)));

        Assert.Equal(Length, lines.Sum(line => line.Length));
        Assert.All(lines, line => Assert.True(line.Length <= ChildOutput.LongestLine));
    }

    [Fact]
    public async Task A_character_of_two_halves_is_not_cut()
    {
        var lines = await LinesAsync(new StringReader("a" + string.Concat(Enumerable.Repeat("😀", 40_000))));

        Assert.Equal(80_001, lines.Sum(line => line.Length));
        Assert.All(lines, line => Assert.False(char.IsLowSurrogate(line[0])));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_replaced()
    {
        using var reader = new StreamReader(new MemoryStream([0x61, 0xFF, 0xC3, 0x0A, 0x62]), Encoding.UTF8);

        Assert.Equal(["a\uFFFD\uFFFD", "b"], await LinesAsync(reader));
    }

    [Fact]
    public async Task What_has_come_is_told_when_the_rest_is_left()
    {
        using var leave = new CancellationTokenSource();
        var lines = new List<string>();
        using var reader = new StreamReader(new EndlessStream("begun"u8.ToArray(), leave.Cancel));
        await ChildOutput.CopyAsync(reader, lines.Add, leave.Token);

        Assert.Equal(["begun"], lines);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_read_all_the_same()
    {
        using var reader = new StringReader(new string('\n', 10_000));
        var copy = ChildOutput.CopyAsync(
            reader,
            _ => throw new IOException("no space"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("no space", (await Assert.ThrowsAsync<IOException>(() => copy)).Message);
        Assert.Equal(-1, reader.Peek());
    }

    private static async Task<List<string>> LinesAsync(TextReader reader)
    {
        var lines = new List<string>();
        await ChildOutput.CopyAsync(reader, lines.Add, TestContext.Current.CancellationToken);
        return lines;
    }

    // Gives what it has, tells of it, and then nothing for ever.
    private sealed class EndlessStream(byte[] first, Action given) : MemoryStream(first)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (Position < Length)
            {
                return Read(buffer.Span);
            }

            given();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
