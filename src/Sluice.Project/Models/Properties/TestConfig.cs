using System.Globalization;
using Sluice.Core;
using Sluice.Core.Models.Testing;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>How a test is run: what stands below <c>config</c>, or beside the arguments as dbt wrote it before.</summary>
internal sealed class TestConfig
{
    /// <summary>The keys that are read or passed over, below <c>config</c> and beside the arguments.</summary>
    public static readonly string[] Keys =
    [
        "severity",
        "where",
        "limit",
        "warn_if",
        "error_if",
        "fail_calc",
        "tags",
        "enabled",
        "store_failures",
        "store_failures_as",
        "meta",
    ];

    private static readonly string[] PassedOver = ["schema", "database", "alias"];

    private readonly Func<string, object?> _value;
    private readonly Action<string, string, string> _report;

    /// <summary>That of a generic test.</summary>
    /// <param name="test">What is written; null for nothing.</param>
    /// <param name="inherited">What its folder says.</param>
    /// <param name="problems">Told what is wrong with that.</param>
    public TestConfig(YamlMap? test, IReadOnlyDictionary<string, ConfigValue> inherited, Problems problems)
    {
        var config = test?.Map("config");
        config?.Allow([.. Keys, .. PassedOver]);
        _value = key => config?.Value(key) ?? test?.Value(key) ?? inherited.GetValueOrDefault(key)?.Value;
        _report = (key, problem, hint) =>
        {
            if (new[] { config, test }.FirstOrDefault(map => map?.Has(key) == true) is { } own)
            {
                own.Report(key, problem, hint);
            }
            else
            {
                problems.Add(inherited[key].File, inherited[key].Line, problem, hint);
            }
        };
    }

    /// <summary>That of a singular test, from its <c>config()</c> over what its folder says.</summary>
    public TestConfig(IReadOnlyDictionary<string, ConfigValue> config, Problems problems)
    {
        _value = key => config.GetValueOrDefault(key)?.Value;
        _report = (key, problem, hint) => problems.Add(config[key].File, config[key].Line, problem, hint);
    }

    /// <summary>Reports keys below <c>data_tests</c> of <c>dbt_project.yml</c> that no test has.</summary>
    public static void Check(FolderConfig folders, Problems problems)
    {
        foreach (var (key, value) in folders.All.Where(one => !Keys.Concat(PassedOver).Contains(one.Key)))
        {
            problems.Add(value.File, value.Line, $"a test has no '{key}'.", Nearest.Suggest(key, Keys));
        }
    }

    public bool Enabled => _value("enabled") is not false;

    public string? Where => _value("where") as string;

    public DataTest Apply(DataTest test) =>
        test with
        {
            Severity = Severity(),
            WarnIf = Threshold("warn_if"),
            ErrorIf = Threshold("error_if"),
            FailureCount = _value("fail_calc") as string ?? test.FailureCount,
            Limit = _value("limit") as long?,
            Tags = _value("tags") switch
            {
                string tag => [tag],
                IEnumerable<object?> tags => [.. tags.Select(tag => $"{tag}")],
                _ => [],
            },
        };

    private TestSeverity Severity()
    {
        var text = (_value("severity") as string)?.ToLowerInvariant();
        if (text is not (null or "warn" or "error"))
        {
            _report("severity", $"'{text}' is no severity.", "Write error or warn.");
        }

        return text == "warn" ? TestSeverity.Warn : TestSeverity.Error;
    }

    private TestThreshold Threshold(string key)
    {
        if (_value(key) is not { } value)
        {
            return TestThreshold.Any;
        }

        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (TestThreshold.Parse(text) is { } threshold)
        {
            return threshold;
        }

        _report(key, $"'{text}' is no condition on a number of failures.", "Write for example '> 10' or '!= 0'.");
        return TestThreshold.Any;
    }
}
