using System.Buffers.Binary;
using ParquetSharp;
using Sluice.Core.Tables;

namespace Sluice.Lake.Parquet;

/// <summary>Copies the values of one column of a row group into a page, in pieces; narrower ones are widened on the way.</summary>
internal abstract class ParquetColumnCopy : IDisposable
{
    /// <summary>Adds the next rows to a column that holds what the file's column does, or something wider.</summary>
    /// <exception cref="InvalidDataException">The column ends early, or its type does not fit.</exception>
    public abstract void Fill(ColumnBuffer target, int rows);

    public abstract void Dispose();

    /// <summary>The copy of a column of the file.</summary>
    /// <param name="reader">The column.</param>
    /// <param name="type">What the page wants.</param>
    public static ParquetColumnCopy Of(ColumnReader reader, ColumnType type) =>
        (reader, type.Kind) switch
        {
            (ColumnReader<bool> bits, ColumnKind.Boolean) => new Fixed<bool, bool>(bits, bit => bit),
            (ColumnReader<int> ints, ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Date) =>
                new Fixed<int, int>(ints, value => value),
            (ColumnReader<int> ints, ColumnKind.Decimal) when type.Precision > 18 => new Fixed<int, Int128>(
                ints,
                value => value
            ),
            (ColumnReader<int> ints, ColumnKind.Long or ColumnKind.Decimal) => new Fixed<int, long>(
                ints,
                value => value
            ),
            (ColumnReader<long> longs, ColumnKind.Decimal) when type.Precision > 18 => new Fixed<long, Int128>(
                longs,
                value => value
            ),
            (ColumnReader<long> longs, ColumnKind.Long or ColumnKind.Decimal or ColumnKind.Timestamp) => new Fixed<
                long,
                long
            >(longs, value => value),
            (ColumnReader<FixedLenByteArray> wide, ColumnKind.Decimal) when type.Precision > 18 => new Fixed<
                FixedLenByteArray,
                Int128
            >(wide, WideOf(wide.ColumnDescriptor.TypeLength)),
            (ColumnReader<float> floats, ColumnKind.Float) => new Fixed<float, float>(floats, value => value),
            (ColumnReader<float> floats, ColumnKind.Double) => new Fixed<float, double>(floats, value => value),
            (ColumnReader<double> doubles, ColumnKind.Double) => new Fixed<double, double>(doubles, value => value),
            (ColumnReader<ByteArray> bytes, ColumnKind.String or ColumnKind.Binary) => new Bytes(bytes),
            _ => throw new InvalidDataException($"it holds {reader.ElementType.Name} where {type} is wanted"),
        };

    private static unsafe Func<FixedLenByteArray, Int128> WideOf(int length) =>
        value =>
        {
            // Big-endian, of any length up to 16: the sign goes on to the left.
            var bytes = new ReadOnlySpan<byte>((void*)value.Pointer, length);
            Span<byte> all = stackalloc byte[ParquetFile.WideDecimalBytes];
            all.Fill((sbyte)bytes[0] < 0 ? (byte)0xFF : (byte)0);
            bytes.CopyTo(all[^length..]);
            return BinaryPrimitives.ReadInt128BigEndian(all);
        };

    private abstract class Batches<T>(ColumnReader<T> reader) : ParquetColumnCopy
        where T : unmanaged
    {
        private readonly bool _hasNulls = reader.ColumnDescriptor.MaxDefinitionLevel > 0;
        private short[] _levels = [];
        private T[] _values = [];

        public sealed override void Fill(ColumnBuffer target, int rows)
        {
            if (_values.Length < rows)
            {
                (_levels, _values) = (new short[rows], new T[rows]);
            }

            while (rows > 0)
            {
                var levels = _hasNulls ? _levels.AsSpan(0, rows) : default;
                var read = (int)reader.ReadBatch(rows, levels, default, _values, out var values);
                if (read == 0 && values == 0)
                {
                    throw new InvalidDataException("a column ends before its row group does");
                }

                Append(target, _hasNulls ? levels[..read] : default, _values.AsSpan(0, (int)values));
                rows -= _hasNulls ? read : (int)values;
            }
        }

        public sealed override void Dispose() => reader.Dispose();

        protected abstract void AppendValue(ColumnBuffer target, T value);

        private void Append(ColumnBuffer target, ReadOnlySpan<short> levels, ReadOnlySpan<T> values)
        {
            var next = 0;
            foreach (var level in levels)
            {
                if (level == 0)
                {
                    target.AppendNull();
                }
                else
                {
                    AppendValue(target, values[next++]);
                }
            }

            for (; levels.IsEmpty && next < values.Length; next++)
            {
                AppendValue(target, values[next]);
            }
        }
    }

    private sealed class Fixed<TFile, TPage>(ColumnReader<TFile> reader, Func<TFile, TPage> convert)
        : Batches<TFile>(reader)
        where TFile : unmanaged
        where TPage : unmanaged
    {
        protected override void AppendValue(ColumnBuffer target, TFile value) =>
            ((FixedColumnBuffer<TPage>)target).Append(convert(value));
    }

    private sealed class Bytes(ColumnReader<ByteArray> reader) : Batches<ByteArray>(reader)
    {
        protected override unsafe void AppendValue(ColumnBuffer target, ByteArray value) =>
            ((BytesColumnBuffer)target).Append(new ReadOnlySpan<byte>((void*)value.Pointer, value.Length));
    }
}
