using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Dbt;

/// <summary>Macros that dbt has for what databases write differently: <c>dbt.dateadd('day', 1, 'created_at')</c>.</summary>
internal static class CrossDatabase
{
    /// <summary>What stands after <c>dbt.</c></summary>
    /// <param name="engine">The engine whose SQL is written: <c>duckdb</c> or <c>spark</c>.</param>
    public static Members Of(string engine)
    {
        var isSpark = engine == "spark";
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        Add("type_string", [], _ => isSpark ? "string" : "varchar");
        Add("type_int", [], _ => "int");
        Add("type_bigint", [], _ => "bigint");
        Add("type_float", [], _ => "float");
        Add("type_numeric", [], _ => "numeric(28, 6)");
        Add("type_timestamp", [], _ => "timestamp");
        Add("type_boolean", [], _ => "boolean");
        Add("date_trunc", ["datepart", "date"], of => $"date_trunc('{of("datepart")}', {of("date")})");
        Add(
            "dateadd",
            ["datepart", "interval", "from_date_or_timestamp"],
            of =>
                isSpark
                    ? $"timestampadd({of("datepart")}, {of("interval")}, {of("from_date_or_timestamp")})"
                    : $"({of("from_date_or_timestamp")} + (interval '1 {of("datepart")}') * ({of("interval")}))"
        );
        // Spark counts whole spans, and dbt the borders between.
        Add(
            "datediff",
            ["first_date", "second_date", "datepart"],
            of =>
                isSpark
                    ? throw new TemplateException(
                        "'dbt.datediff' has no single expression on Spark.",
                        "Write it as a macro of your own with target.type."
                    )
                    : $"date_diff('{of("datepart")}', {of("first_date")}, {of("second_date")})"
        );
        Add("safe_cast", ["field", "type"], of => $"try_cast({of("field")} as {of("type")})");
        Add("hash", ["field"], of => $"md5(cast({of("field")} as {(isSpark ? "string" : "varchar")}))");
        Add("length", ["expression"], of => $"length({of("expression")})");
        Add(
            "replace",
            ["field", "old_chars", "new_chars"],
            of => $"replace({of("field")}, {of("old_chars")}, {of("new_chars")})"
        );
        Add("string_literal", ["value"], of => $"'{of("value")}'");
        Add("any_value", ["expression"], of => $"any_value({of("expression")})");
        Add("bool_or", ["expression"], of => $"bool_or({of("expression")})");
        Add("except", [], _ => "except");
        Add("intersect", [], _ => "intersect");
        members["concat"] = new Function(
            "dbt.concat",
            arguments =>
                string.Join(
                    " || ",
                    Evaluation
                        .Sequence.Of(arguments.Bind("dbt.concat", 1, "fields").Get("fields"))
                        .Select(PythonText.Of)
                )
        );
        return new("dbt", members);

        void Add(string name, string[] parameters, Func<Func<string, string>, string> text) =>
            members[name] = new Function(
                $"dbt.{name}",
                arguments =>
                {
                    var bound = arguments.Bind($"dbt.{name}", parameters.Length, parameters);
                    return text(parameter => PythonText.Of(bound.Get(parameter)));
                }
            );
    }
}
