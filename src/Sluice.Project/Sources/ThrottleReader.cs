using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Sources;

/// <summary>Reads how fast a source may be read and what its sessions may do: <c>throttle</c> and <c>guards</c>.</summary>
internal static class ThrottleReader
{
    /// <summary>Reads the throttle of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="isServer">Whether it is a server, whose other users the controller spares unless it is switched off.</param>
    /// <param name="root">What paths are relative to.</param>
    /// <param name="zone">The zone of the hours.</param>
    public static ThrottleSettings Throttle(YamlMap source, bool isServer, string root, TimeZoneInfo zone)
    {
        var usual = new ThrottleSettings { IsAdaptive = isServer, Zone = zone };
        if (source.Map("throttle") is not { } throttle)
        {
            return usual;
        }

        throttle.Allow(
            "max_connections",
            "max_rows_per_second",
            "max_bytes_per_second",
            "hours",
            "throttle_query",
            "flag_file",
            "max_running_threads",
            "critical_running_threads",
            "max_replica_lag",
            "adaptive",
            "floor_rows_per_second"
        );
        return usual with
        {
            MaxConnections = throttle.Number("max_connections", usual.MaxConnections, 1, 64),
            MaxRowsPerSecond = Limit(throttle, "max_rows_per_second"),
            MaxBytesPerSecond = Limit(throttle, "max_bytes_per_second"),
            Hours = [.. throttle.Items("hours").Select(item => Hours(throttle, item)).OfType<(TimeOnly, TimeOnly)>()],
            Query = throttle.Text("throttle_query"),
            FlagFile = throttle.Text("flag_file") is { } path ? Path.GetFullPath(path, root) : null,
            MaxRunningThreads = (int?)Limit(throttle, "max_running_threads", int.MaxValue),
            CriticalRunningThreads = (int?)Limit(throttle, "critical_running_threads", int.MaxValue),
            MaxReplicaLag = throttle.Duration("max_replica_lag"),
            IsAdaptive = throttle.Flag("adaptive", usual.IsAdaptive),
            FloorRowsPerSecond = Limit(throttle, "floor_rows_per_second") ?? usual.FloorRowsPerSecond,
        };
    }

    public static SessionGuards Guards(YamlMap source)
    {
        var usual = new SessionGuards();
        if (source.Map("guards") is not { } guards)
        {
            return usual;
        }

        guards.Allow("statement_timeout", "lock_timeout", "idle_timeout", "connect_timeout");
        return new SessionGuards
        {
            StatementTimeout = guards.Duration("statement_timeout") ?? usual.StatementTimeout,
            LockTimeout = guards.Duration("lock_timeout") ?? usual.LockTimeout,
            IdleTimeout = guards.Duration("idle_timeout") ?? usual.IdleTimeout,
            ConnectTimeout = guards.Duration("connect_timeout") ?? usual.ConnectTimeout,
        };
    }

    private static long? Limit(YamlMap throttle, string key, long most = long.MaxValue) =>
        throttle.Has(key) ? throttle.LongNumber(key, 1, most) : null;

    private static (TimeOnly From, TimeOnly To)? Hours(YamlMap throttle, YamlItem item)
    {
        var ends = (item.Text ?? "").Split('-', StringSplitOptions.TrimEntries);
        if (
            ends.Length == 2
            && TimeOnly.TryParseExact(ends[0], "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            && TimeOnly.TryParseExact(ends[1], "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
        )
        {
            return (from, to);
        }

        throttle.ReportAt(item, $"'{item.Text}' is no span of hours.", "Write it as 22:00-05:30.");
        return null;
    }
}
