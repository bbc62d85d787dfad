namespace Sluice.IntegrationTests.Demo;

/// <summary>The three tables of the sample's shop as an analyst would ask the star schema for them.</summary>
internal static class StarSchemaQueries
{
    /// <summary>The segments of a funnel with its two counts, from the pages that were visited.</summary>
    public static string OfVisits(int from, int to, bool byMonth) =>
        $"""
            with reached as (
                select
                    user_key,
                    bool_or(pages.step = {from}) as first_step,
                    bool_or(pages.step = {to}) as second_step
                from fact_page_visit
                inner join dim_page as pages using (page_key)
                group by user_key
            )
            {Counted(byMonth)}
            """;

    /// <summary>The same from the tables of one step each.</summary>
    public static string OfSteps(int from, int to, bool byMonth) =>
        $"""
            with reached as (
                select user_key, first_fact.visited as first_step, second_fact.visited as second_step
                from step{from}_fact as first_fact
                left join step{to}_fact as second_fact using (user_key)
            )
            {Counted(byMonth)}
            """;

    // The months are those of the calendar, joined by its key.
    private static string Counted(bool byMonth) =>
        $"""
            select
                sex || '|' || channel{(byMonth ? " || '|' || days.month" : "")} as segment,
                count(*) filter (where first_step) as first_step,
                count(*) filter (where first_step and second_step) as second_step
            from reached
            inner join dim_user_current as users using (user_key)
            inner join dim_date as days on days.date = users.date
            group by segment
            having count(*) filter (where first_step) > 0
            """;
}
