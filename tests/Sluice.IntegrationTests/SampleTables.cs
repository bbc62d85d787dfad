namespace Sluice.IntegrationTests;

/// <summary>Tells whether all rows of a sample's lake are the same, without carrying them.</summary>
internal static class SampleTables
{
    private static readonly string[] Raw = ["users", "step1", "step2", "step3", "step4", "step5", "step6", "events"];

    private static readonly string[] Marts =
    [
        "dim_channel",
        "dim_date",
        "dim_device",
        "dim_page",
        "dim_product",
        "dim_user",
        "dim_user_current",
        "fact_page_visit",
        "fact_session",
        "step1_fact",
        "step2_fact",
        "step3_fact",
        "step4_fact",
        "step5_fact",
        "step6_fact",
    ];

    /// <summary>Per table its name, its rows and the sum of their hashes. Of raw tables the source's columns and the day count.</summary>
    public static string Fingerprints { get; } =
        string.Join(
            " union all ",
            Raw.Select(table => Of($"app.{table}", " exclude (_op, _extracted_at, _seq)"))
                .Concat(Marts.Select(table => Of(table, "")))
        );

    /// <summary>The fingerprints of the marts alone.</summary>
    public static string MartFingerprints { get; } = string.Join(" union all ", Marts.Select(table => Of(table, "")));

    public static IReadOnlyList<string> Fingerprint(this SluiceProject project, string? asOf = null) =>
        project.Query(Fingerprints, asOf);

    private static string Of(string table, string exclude) =>
        $"select '{table}', count(*), sum(hash(t)::hugeint) from (select *{exclude} from {table}) t";
}
