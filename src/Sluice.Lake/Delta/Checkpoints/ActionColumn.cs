using Apache.Arrow;
using Apache.Arrow.Types;

namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>A column of a checkpoint, or a field of one: how the values of some actions become an Arrow array.</summary>
/// <typeparam name="T">What has the values; null where a row is of another action.</typeparam>
/// <param name="Field">Its name and type; it may always be null.</param>
/// <param name="Build">Makes the array, a value per item.</param>
internal sealed record ActionColumn<T>(Field Field, Func<IReadOnlyList<T?>, IArrowArray> Build)
    where T : class;

/// <summary>Makes columns out of the properties of actions.</summary>
internal static class ActionColumn
{
    public static readonly MapType MapOfTexts = new(
        new Field("key", StringType.Default, nullable: false),
        new Field("value", StringType.Default, nullable: true)
    );

    private static readonly ListType ListOfTexts = new(new Field("element", StringType.Default, nullable: true));

    public static ActionColumn<T> Text<T>(string name, Func<T, string?> value)
        where T : class =>
        new(
            new Field(name, StringType.Default, nullable: true),
            items =>
            {
                var texts = new StringArray.Builder();
                foreach (var item in items)
                {
                    _ = item is null || value(item) is not { } text ? texts.AppendNull() : texts.Append(text);
                }

                return texts.Build();
            }
        );

    public static ActionColumn<T> Long<T>(string name, Func<T, long?> value)
        where T : class =>
        new(
            new Field(name, Int64Type.Default, nullable: true),
            items =>
            {
                var numbers = new Int64Array.Builder();
                foreach (var item in items)
                {
                    _ = item is null || value(item) is not { } number ? numbers.AppendNull() : numbers.Append(number);
                }

                return numbers.Build();
            }
        );

    public static ActionColumn<T> Integer<T>(string name, Func<T, int?> value)
        where T : class =>
        new(
            new Field(name, Int32Type.Default, nullable: true),
            items =>
            {
                var numbers = new Int32Array.Builder();
                foreach (var item in items)
                {
                    _ = item is null || value(item) is not { } number ? numbers.AppendNull() : numbers.Append(number);
                }

                return numbers.Build();
            }
        );

    public static ActionColumn<T> Truth<T>(string name, Func<T, bool?> value)
        where T : class =>
        new(
            new Field(name, BooleanType.Default, nullable: true),
            items =>
            {
                var truths = new BooleanArray.Builder();
                foreach (var item in items)
                {
                    _ = item is null || value(item) is not { } truth ? truths.AppendNull() : truths.Append(truth);
                }

                return truths.Build();
            }
        );

    public static ActionColumn<T> List<T>(string name, Func<T, IReadOnlyList<string>?> value)
        where T : class =>
        new(
            new Field(name, ListOfTexts, nullable: true),
            items =>
            {
                var lists = new ListArray.Builder(ListOfTexts.ValueField);
                var texts = (StringArray.Builder)lists.ValueBuilder;
                foreach (var item in items)
                {
                    if (item is null || value(item) is not { } list)
                    {
                        lists.AppendNull();
                        continue;
                    }

                    lists.Append();
                    texts.AppendRange(list);
                }

                return lists.Build();
            }
        );

    public static ActionColumn<T> Map<T>(string name, Func<T, IEnumerable<KeyValuePair<string, string?>>?> value)
        where T : class =>
        new(
            new Field(name, MapOfTexts, nullable: true),
            items =>
            {
                var maps = new MapArray.Builder(MapOfTexts);
                var (keys, values) = ((StringArray.Builder)maps.KeyBuilder, (StringArray.Builder)maps.ValueBuilder);
                foreach (var item in items)
                {
                    if (item is null || value(item) is not { } map)
                    {
                        maps.AppendNull();
                        continue;
                    }

                    maps.Append();
                    foreach (var (key, text) in map)
                    {
                        keys.Append(key);
                        _ = text is null ? values.AppendNull() : values.Append(text);
                    }
                }

                return maps.Build();
            }
        );

    /// <summary>A group of fields; null where the part is.</summary>
    public static ActionColumn<T> Struct<T, TPart>(
        string name,
        Func<T, TPart?> part,
        params ActionColumn<TPart>[] fields
    )
        where T : class
        where TPart : class
    {
        var type = new StructType([.. fields.Select(field => field.Field)]);
        return new(
            new Field(name, type, nullable: true),
            items =>
            {
                var parts = items.Select(item => item is null ? null : part(item)).ToList();
                var valid = new ArrowBuffer.BitmapBuilder(parts.Count);
                parts.ForEach(item => valid.Append(item is not null));
                return new StructArray(
                    type,
                    parts.Count,
                    fields.Select(field => field.Build(parts)),
                    valid.Build(),
                    parts.Count(item => item is null)
                );
            }
        );
    }
}
