namespace Sluice.Tests.Cli.Demo;

/// <summary>What the table of events holds.</summary>
public sealed class SampleEventsTests(SmallSample sample) : IClassFixture<SmallSample>
{
    // Before the sign-in an event has no user; the browser's id, which stays, tells whose it is.
    private const string Visits = """
        with
        person as (select anonymous_id, max(user_id) as user_id from events group by 1),
        visit as (
            select distinct message_id, person.user_id, page, occurred_at
            from events join person using (anonymous_id)
            where event = 'page'
        ),
        step as (
            select * from step1 union all select * from step2
            union all select * from step3 union all select * from step4
            union all select * from step5 union all select * from step6
        )

        """;

    [Fact]
    public void Every_visit_of_a_step_is_one_page_event()
    {
        Assert.Equal(Number(Visits + "select count(*) from step"), Number(Visits + "select count(*) from visit"));
        AssertNone(Visits + "select user_id, page from step except select user_id, page from visit");
        AssertNone(Visits + "select user_id, page from visit except select user_id, page from step");
    }

    [Fact]
    public void Pages_of_a_user_come_in_step_order() =>
        AssertNone(
            Visits
                + """
                select * from visit as a join visit as b using (user_id)
                where a.page < b.page and a.occurred_at >= b.occurred_at
                """
        );

    [Fact]
    public void First_page_is_on_the_day_of_the_first_visit() =>
        AssertNone(
            Visits
                + """
                select * from visit join users using (user_id)
                where page = 'step1' and date <> substr(occurred_at, 1, 10)
                """
        );

    [Fact]
    public void A_user_has_one_browser_and_signs_in_once()
    {
        Assert.Equal(5_000, Number("select count(distinct anonymous_id) from events"));
        Assert.Equal(5_000, Number("select count(distinct user_id) from events"));
        Assert.Equal(5_000, Number("select count(*) from events where event = 'sign_in'"));
        AssertNone("select anonymous_id from events group by 1 having count(distinct user_id) <> 1");
    }

    [Fact]
    public void User_is_null_exactly_before_the_sign_in() =>
        AssertNone(
            """
            select * from events as e
            join events as sign_in
              on sign_in.anonymous_id = e.anonymous_id and sign_in.event = 'sign_in'
            where (e.user_id is null) <> (e.occurred_at < sign_in.occurred_at)
            """
        );

    [Fact]
    public void Device_and_channel_are_those_of_the_user() =>
        AssertNone(
            """
            select * from events as e join users as u using (user_id)
            where e.device <> u.device or e.channel <> u.channel
            """
        );

    [Fact]
    public void Three_in_ten_users_sign_out_and_nothing_follows()
    {
        Assert.InRange(Number("select count(*) from events where event = 'sign_out'"), 1_370, 1_630);
        AssertNone(
            """
            select * from events as e
            join events as sign_out
              on sign_out.anonymous_id = e.anonymous_id and sign_out.event = 'sign_out'
            where e.occurred_at > sign_out.occurred_at or sign_out.user_id is null
            """
        );
    }

    [Fact]
    public void Some_users_come_back_for_another_session()
    {
        const string sessions = "(select count(distinct session_id) as n from events group by anonymous_id)";

        Assert.InRange(Number($"select count(*) from {sessions} where n > 1"), 1_000, 2_000);
        AssertNone("select session_id from events group by 1 having count(distinct product) > 1");
    }

    [Fact]
    public void Some_events_arrive_hours_late_and_none_before_it_was_sent()
    {
        const string delay = "(julianday(sent_at) - julianday(occurred_at)) * 24";
        var percent = Number($"select 100 * sum({delay} > 0.99) / (count(*) / 10) from events");

        Assert.InRange(percent, 7, 13);
        AssertNone("select * from events where sent_at <= occurred_at or received_at <= sent_at");
        AssertNone($"select * from events where {delay} between 0.0015 and 0.99 or {delay} > 72.1");
    }

    [Fact]
    public void Some_page_events_are_stored_twice_and_differ_only_in_arrival()
    {
        const string others = """
            message_id, user_id, anonymous_id, session_id, product, event, page,
            occurred_at, sent_at, device, channel, properties
            """;
        var repeated = Number("select count(*) - count(distinct message_id) from events");

        Assert.InRange(repeated, 20, 90);
        Assert.Equal(
            Number("select count(distinct message_id) from events"),
            Number($"select count(*) from (select distinct {others} from events)")
        );
        AssertNone(
            """
            select * from events as a join events as b using (message_id)
            where a.event_id < b.event_id and (a.received_at >= b.received_at or a.event <> 'page')
            """
        );
    }

    [Fact]
    public void Properties_are_json_with_the_price_of_the_product_and_awkward_titles()
    {
        AssertNone("select * from events where not json_valid(properties)");
        AssertNone("select * from events where event = 'page' and properties ->> 'path' <> '/' || page");
        Assert.Equal(
            ["backpack,129", "lamp,19.9", "teapot,34.5"],
            sample.File.Rows(
                """
                select distinct product, properties ->> 'price'
                from events
                where event = 'page'
                order by 1
                """
            )
        );
        Assert.Contains(
            "Café \"Zoé\" – 50 % off",
            sample.File.Rows("select distinct properties ->> 'title' from events")
        );
    }

    [Fact]
    public void Times_are_fixed_width_text_and_message_ids_carry_theirs()
    {
        const string shape = "????-??-?? ??:??:??.???";
        AssertNone(
            $"""
            select * from events where occurred_at not glob '{shape}'
            or sent_at not glob '{shape}' or received_at not glob '{shape}'
            """
        );
        AssertNone(
            """
            select * from events where cast(substr(message_id, 10, 10) as integer)
            <> cast(strftime('%s', substr(occurred_at, 1, 19)) as integer)
            """
        );
    }

    [Fact]
    public void Page_is_null_except_for_page_events_and_ids_count_up_from_one()
    {
        AssertNone("select * from events where (page is null) = (event = 'page')");
        Assert.Equal(
            Number("select count(*) from events"),
            Number("select max(event_id) from events where 1 = (select min(event_id) from events)")
        );
    }

    private long Number(string sql) => sample.File.Number(sql);

    private void AssertNone(string sql) => Assert.Empty(sample.File.Rows(sql));
}
