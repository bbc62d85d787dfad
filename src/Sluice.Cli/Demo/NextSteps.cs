namespace Sluice.Cli.Demo;

/// <summary>What a newcomer can do after the demo.</summary>
internal static class NextSteps
{
    public static string Text(string folder) =>
        $"""

            Install the command once, from the tree:
              dotnet pack src/Sluice.Cli -o artifacts/tool
              dotnet tool install --global Sluice --prerelease --add-source artifacts/tool

            Then look around:
              cd {Shell(folder)}
              sluice funnel checkout                            an ordered funnel over timed events
              sluice funnel search_to_payment --by device       another breakdown
              sluice query "select channel, count(*) from step4_fact join dim_user_current using (user_key) group by channel"
              sluice tables                                     what is in the lake
              sluice run --date 2015-05-01                      says that the day is done
              sluice run --date 2015-05-02                      loads another day
            """;

    private static string Shell(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or ':' or '.' or '_' or '-')
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
