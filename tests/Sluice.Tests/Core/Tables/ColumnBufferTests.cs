using System.Text;
using CsCheck;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

public sealed class ColumnBufferTests
{
    [Fact]
    public void Every_kind_has_a_buffer() =>
        Assert.All(
            Enum.GetValues<ColumnKind>(),
            kind => Assert.Equal(kind, ColumnBuffer.Create(new("c", kind)).Column.Type.Kind)
        );

    [Fact]
    public void Fixed_values_and_nulls_come_back_in_order() =>
        Gen
            .Long.Nullable()
            .Array[0, 2_000]
            .Sample(
                values =>
                {
                    var buffer = (FixedColumnBuffer<long>)ColumnBuffer.Create(new("c", ColumnKind.Long));
                    for (var round = 0; round < 2; round++)
                    {
                        // What was null before must not be null again.
                        values = [.. values.Reverse()];
                        buffer.Clear();
                        Fill(buffer, values, (target, value) => target.Append(value!.Value));

                        Assert.Equal(values.OfType<long>(), buffer.Values.ToArray());
                        AssertLevels(values, buffer);
                        Assert.Equal(8L * values.Count(value => value is not null), buffer.ByteSize);
                    }
                },
                iter: 200
            );

    [Fact]
    public void Texts_and_nulls_come_back_in_order() =>
        Gen.OneOf(Gen.String.Null(), Gen.String[0, 3_000])
            .Array[0, 60]
            .Select(texts =>
                texts
                    .Select(text => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))
                    .ToArray()
            )
            .Sample(
                texts =>
                {
                    var buffer = (BytesColumnBuffer)ColumnBuffer.Create(new("c", ColumnKind.String));
                    for (var round = 0; round < 2; round++)
                    {
                        texts = [.. texts.Reverse()];
                        buffer.Clear();
                        Fill(buffer, texts, (target, text) => target.Append(text.AsSpan()));

                        Assert.Equal(texts.OfType<string>(), Values(buffer).Select(Encoding.UTF8.GetString));
                        AssertLevels(texts, buffer);
                    }
                },
                iter: 200
            );

    [Fact]
    public void Rows_added_at_once_are_as_if_added_one_by_one() =>
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 700], Gen.String[0, 9])
            .Sample(
                (before, added, text) =>
                {
                    var (texts, longs) = (
                        new BytesColumnBuffer(new("t", ColumnKind.String)),
                        new FixedColumnBuffer<long>(new("n", ColumnKind.Long))
                    );
                    for (var i = 0; i < before; i++)
                    {
                        texts.Append("old"u8);
                        longs.AppendNull();
                    }

                    texts.AppendRows(Encoding.UTF8.GetBytes(text), added);
                    longs.AppendRows(added).Fill(7);
                    texts.Append("new"u8);
                    longs.Append(8);

                    Assert.Equal(
                        [.. Enumerable.Repeat("old", before), .. Enumerable.Repeat(text, added), "new"],
                        Values(texts).Select(Encoding.UTF8.GetString)
                    );
                    Assert.Equal([.. Enumerable.Repeat(7L, added), 8], longs.Values.ToArray());
                    Assert.Equal((before, before + added + 1), (longs.Nulls, longs.Rows));
                    Assert.Equal(before + added + 1, texts.Rows);
                    Assert.DoesNotContain((short)0, texts.Levels.ToArray());
                },
                iter: 300
            );

    [Fact]
    public void Bytes_of_any_length_come_back()
    {
        var buffer = new BytesColumnBuffer(new("c", ColumnKind.Binary));
        byte[][] values =
        [
            [],
            [1],
            new byte[4_096],
            [.. Enumerable.Repeat((byte)7, 100_000)],
            [],
        ];
        foreach (var value in values)
        {
            buffer.Append(value);
        }

        Assert.Equal(values, Values(buffer));
    }

    private static void Fill<TBuffer, T>(TBuffer buffer, IEnumerable<T?> values, Action<TBuffer, T> append)
        where TBuffer : ColumnBuffer
    {
        foreach (var value in values)
        {
            if (value is null)
            {
                buffer.AppendNull();
            }
            else
            {
                append(buffer, value);
            }
        }
    }

    private static void AssertLevels<T>(IReadOnlyCollection<T> values, ColumnBuffer buffer)
    {
        Assert.Equal(values.Count, buffer.Rows);
        Assert.Equal(values.Count(value => value is null), buffer.Nulls);
        Assert.Equal(values.Select(value => (short)(value is null ? 0 : 1)), buffer.Levels.ToArray());
    }

    private static List<byte[]> Values(BytesColumnBuffer buffer)
    {
        var values = new List<byte[]>();
        var begin = 0;
        foreach (var end in buffer.Ends)
        {
            values.Add(buffer.Data[begin..end].ToArray());
            begin = end;
        }

        return values;
    }
}
