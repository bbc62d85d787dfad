using System.Reflection;

namespace Sluice.Cli;

/// <summary>The version of this program, as the build stamped it.</summary>
internal static class AppVersion
{
    /// <summary>The version without the commit.</summary>
    public static string Text { get; } =
        typeof(AppVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
