using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>The methods of a map.</summary>
internal static class MapMethods
{
    public static Function? Find(ValueMap map, string name)
    {
        Func<Arguments, object?>? call = name switch
        {
            "items" => arguments => None(arguments) ? Pairs(map) : null,
            "keys" => arguments => None(arguments) ? map.Keys.ToList() : null,
            "values" => arguments => None(arguments) ? map.Values.ToList() : null,
            "copy" => arguments => None(arguments) ? map.Copy() : null,
            "get" => arguments =>
                arguments.Bind(name, 1, "key", "default") is var bound && map.TryGet(bound.Get("key"), out var value)
                    ? value
                    : bound.Get("default"),
            "pop" => arguments => Pop(map, arguments.Bind(name, 1, "key", "default")),
            "setdefault" => arguments => SetDefault(map, arguments.Bind(name, 1, "key", "default")),
            "update" => arguments => Update(map, arguments),
            _ => null,
        };
        return call is null ? null : new Function(name, call);

        bool None(Arguments arguments) => arguments.Bind(name, 0) is not null;
    }

    /// <summary>The keys with their values, as tuples.</summary>
    public static List<object?> Pairs(ValueMap map) =>
        [.. map.Items.Select(item => new FixedList([item.Key, item.Value]))];

    private static object? Pop(ValueMap map, BoundArguments bound)
    {
        var key = bound.Get("key");
        if (map.TryGet(key, out var value))
        {
            map.Remove(key);
            return value;
        }

        return bound.Has("default") ? bound.Get("default") : throw Methods.NoKey(map, key).ToException();
    }

    private static object? SetDefault(ValueMap map, BoundArguments bound)
    {
        if (!map.TryGet(bound.Get("key"), out var value))
        {
            map[bound.Get("key")] = value = bound.Get("default");
        }

        return value;
    }

    private static object? Update(ValueMap map, Arguments arguments)
    {
        switch (arguments.Positional)
        {
            case []:
                break;
            case [ValueMap other]:
                foreach (var (key, value) in other.Items.ToList())
                {
                    map[key] = value;
                }

                break;
            default:
                throw new TemplateException("update() wants a map, or names with values.");
        }

        foreach (var (key, value) in arguments.Named)
        {
            map[key] = value;
        }

        return null;
    }
}
